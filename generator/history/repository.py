"""The history of a folder: content ids, dates, commits, and what changed since or between revisions.

Every method is one or two Git commands whatever the size of the repository.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import git

from .between import between
from .commands import PLAIN, Commands
from .values import Changes, Commit, File, HistoryError

_SUBMODULE = ":160000"
_WATCHED = "H"  # of `git ls-files -v`: a file that Git compares with its index
_AT_ONCE = 500  # paths in one command
# Id, second of the commit, parents, author's name, subject, body; none of them can hold a zero byte.
_COMMIT = "%H%x00%ct%x00%P%x00%an%x00%s%x00%b%x00"


class History:
    """The Git repository that a folder lies in, as it stands when it is opened.

    `lead` is what stands before the folder's files in the repository's paths, such as `registry/`.
    """

    def __init__(self, repository: git.Repo, folder: Path) -> None:
        self._folder = folder.resolve()
        self._commands = Commands(repository, folder)
        self.lead = self._commands.lead
        # Git looks at every file of the folder while its caller reads something else.
        at_once = ThreadPoolExecutor(2)
        words = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--")
        self._status_later = at_once.submit(self._commands.run, *words, str(self._folder))
        self._index_later = at_once.submit(self._commands.run, "ls-files", "-s", "-v", "-z", "--", str(self._folder))
        at_once.shutdown(wait=False)

    def commit_date(self, revision: str = "HEAD") -> date | None:
        """Return the day (UTC) of a commit, that which is checked out when left out, or None when there is none."""
        try:
            words = ("log", "-1", "--format=%ct", "--no-show-signature", "--end-of-options", revision, "--")
            seconds = self._commands.run(*words).strip()
        except HistoryError:
            return None
        return datetime.fromtimestamp(int(seconds), UTC).date() if seconds else None

    @functools.cached_property
    def is_clean(self) -> bool:
        """Whether nothing below the folder differs from the commit that is checked out."""
        return not self._differing

    @functools.cached_property
    def blobs(self) -> Mapping[str, str]:
        """The blob id of each file below the folder whose content is that blob, by relative path."""
        differing = self._differing
        return {path: blob for path, blob in self._indexed.items() if path not in differing}

    @functools.cached_property
    def _indexed(self) -> Mapping[str, str]:
        """The blob id of each file that the index has below the folder, by relative path."""
        return {path: blob for _, blob, path in self._rows}

    @functools.cached_property
    def _rows(self) -> tuple[tuple[str, str, str], ...]:
        """What the index has below the folder: how Git looks at the file, the blob's id, and the relative path."""
        row = re.compile(rf"([A-Za-z?]) [0-7]+ ([0-9a-f]+) [0-3]\t{re.escape(self.lead)}([^\0]+)\0")
        return tuple(row.findall(self._index_later.result()))

    @functools.cached_property
    def tree(self) -> str:
        """The Git tree id of the folder when what lies on disk is just that, with nothing ignored; else ""."""
        if self._status or self._differing or self.commit_date() is None:
            return ""
        return self._commands.run("rev-parse", f"HEAD:{self.lead}").strip()

    @functools.cached_property
    def _differing(self) -> frozenset[str]:
        """Paths that may differ from the commit: Git can be told not to look at a file, as in a sparse checkout."""
        return self._changed | {path for how, _, path in self._rows if how != _WATCHED}

    @functools.cached_property
    def _changed(self) -> frozenset[str]:
        """Paths that differ from the commit, staged or not, and files that Git does not know."""
        return frozenset(self._commands.relative(row[3:]) for row in self._status if not row.startswith("!!"))

    @functools.cached_property
    def _ignored(self) -> frozenset[str]:
        """Paths that Git is told to ignore: they lie on disk, and are of no commit."""
        return frozenset(self._commands.relative(row[3:]) for row in self._status if row.startswith("!!"))

    @functools.cached_property
    def _status(self) -> tuple[str, ...]:
        return tuple(row for row in self._status_later.result().split("\0") if row)

    def changes(self, revision: str) -> Changes:
        """Return what differs between the files on disk and where the current line left `revision`.

        Raises `HistoryError` for a revision that is not there, as in a shallow clone.
        """
        base = self._base(revision)
        changed: set[str] = set()
        removed: set[str] = set()
        old: dict[str, str] = {}
        # Without `--cached` Git would look at every file on disk again; `_changed` has done that.
        words = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", base, "--", str(self._folder))
        rows = self._commands.run(*words).split("\0")
        for about, path in zip(rows[0::2], rows[1::2], strict=False):
            mode, _, blob, _, status = about.split(" ")
            relative = self._commands.relative(path)
            (removed if status == "D" else changed).add(relative)
            if status in "DMT" and mode != _SUBMODULE:
                old[relative] = blob
        for path in self._changed:
            if path in self._indexed and path not in changed:
                old[path] = self._indexed[path]
            is_there = os.path.lexists(self._folder / path)
            (changed if is_there else removed).add(path)
            (removed if is_there else changed).discard(path)
        # What was taken out of the index and lies on disk all the same is changed, not removed.
        return Changes(tuple(sorted(changed)), tuple(sorted(removed)), self._commands.contents(old))

    def between(self, base: str, head: str) -> Changes:
        """Return what `head` brings since it left `base`; the work tree has no part in it.

        Where lines crossed and left each other at several commits, it is what differs from `base` itself, of those
        files that differ from any of these commits: all that a merge could bring, and no guess. Raises `HistoryError`
        for a revision that is not there, for lines without a common commit, and where a shallow clone cannot tell.
        """
        return between(self._commands, base, head)

    def onto(self, revision: str) -> Mapping[str, bytes | None]:
        """Return what would make the files on disk those of a revision: contents by path, None for what must go.

        What is no plain file in the revision comes as an empty one. Raises `HistoryError` for an unknown revision.
        """
        id = self._commands.commit(revision)
        listed = self._commands.run("ls-tree", "-r", "-z", "--full-tree", id, "--", *filter(None, [self.lead]))
        row = re.compile(rf"([0-7]+) [a-z]+ ([0-9a-f]+)\t{re.escape(self.lead)}([^\0]+)\0")
        found = {path: (mode, blob) for mode, blob, path in row.findall(listed)}
        known = self.blobs
        other = {path: blob for path, (mode, blob) in found.items() if known.get(path) != blob}
        plain = {path: blob for path, blob in other.items() if found[path][0].startswith(PLAIN)}
        gone = (path for path in {*known, *self._differing, *self._ignored} if path not in found)
        return {**dict.fromkeys(sorted(gone)), **dict.fromkeys(sorted(other), b""), **self._commands.contents(plain)}

    def contents(self, revision: str, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Return the bytes of files at a revision by path, as far as they are there and plain."""
        id = self._commands.commit(revision)
        found: dict[str, str] = {}
        wanted = sorted({self.lead + path for path in paths})
        for at in range(0, len(wanted), _AT_ONCE):
            listed = self._commands.run("ls-tree", "-z", "--full-tree", id, "--", *wanted[at : at + _AT_ONCE])
            rows = (row.partition("\t")[::2] for row in listed.split("\0") if row.startswith(PLAIN))
            found |= {self._commands.relative(path): about.rpartition(" ")[2] for about, path in rows}
        return self._commands.contents(found)

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision names. Raises `HistoryError` when there is none."""
        return self._commands.commit(revision)

    def is_checked_out(self, revision: str) -> bool:
        """Whether the files on disk are those of a revision."""
        return self.commit(revision) == self.commit("HEAD") and self.is_clean

    @property
    def has_commits(self) -> bool:
        """Whether there is a commit at all."""
        try:
            return bool(self._commands.run("rev-parse", "--verify", "--quiet", "HEAD"))
        except HistoryError:
            return False

    @property
    def is_shallow(self) -> bool:
        """Whether this clone lacks a part of the history."""
        return self._commands.is_shallow

    def log(self) -> Iterator[Commit]:
        """Yield every commit that led to the one that is checked out, which comes first; none before its children.

        Raises `HistoryError` before the first commit.
        """
        # Commits that touch nothing below the folder come too: without them nobody could follow a line.
        words = ("--full-history", "--sparse", "--date-order", "--diff-merges=first-parent", "--raw", "--no-abbrev")
        settings = ("--no-renames", "--no-relative", "--encoding=UTF-8", "--no-color", "--no-follow",
                    "--no-show-signature", f"--format={_COMMIT}")  # fmt: skip
        return self._commits(self._commands.run("log", "-z", *words, *settings, "HEAD", "--", str(self._folder)))

    def _commits(self, text: str) -> Iterator[Commit]:
        parts = iter(text.split("\0"))
        head = next(parts)
        while head:
            seconds, parents, author, subject, body, _ = (next(parts, "") for _ in range(6))
            files = []
            # `:100644 100644 <blob> <blob> M`, the first on a line of its own; or else the id of the next commit.
            while (about := next(parts, "").lstrip("\n")).startswith(":"):
                _, blob, status = about.rsplit(" ", 2)
                files.append(File(status, self._commands.relative(next(parts, "")), blob))
            # Git gives no second for a date that it cannot read.
            yield Commit(head, int(seconds or 0), tuple(parents.split()), author, subject, body, tuple(files))
            head = about

    def _base(self, revision: str) -> str:
        commit = self._commands.commit(revision)
        try:
            return self._commands.run("merge-base", commit, "HEAD").strip()
        except HistoryError as error:
            if self.is_shallow:
                hint = "this clone is shallow: fetch the rest with `git fetch --unshallow`"
                raise HistoryError(f"Git does not know where this line left `{revision}`; {hint}") from error
            return commit


def open_history(folder: Path) -> History | None:
    """Return the history of a folder, or None when it is in no Git work tree, or there is no Git."""
    if shutil.which("git") is None:
        return None
    try:
        repository = git.Repo(folder.resolve(), search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    return None if repository.bare else History(repository, folder)
