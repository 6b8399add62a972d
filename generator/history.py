"""Git's knowledge of a registry: content ids, dates, and what changed since a revision. Few calls, no loops.

Every function is one or two Git commands whatever the size of the repository.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

# Without this, GitPython cannot even be imported where there is no `git`.
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

import git

_SUBMODULE = ":160000"
# Id, second of the commit, parents, author's name, subject, body; none of them can hold a zero byte.
_COMMIT = "%H%x00%ct%x00%P%x00%an%x00%s%x00%b%x00"


class HistoryError(Exception):
    """Git refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files below a folder that differ from a revision: paths relative to it, and their bytes back then."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    before: Mapping[str, bytes] = field(default_factory=dict)


class File(NamedTuple):
    """A file that a commit added (A), changed (M, T) or removed (D), and the id of its content since then."""

    status: str
    path: str
    blob: str


class Commit(NamedTuple):
    """A commit, and the files below a folder that differ from its first parent.

    `seconds` since 1970 are when it was committed. Texts are as their author wrote them: hostile.
    """

    id: str
    seconds: int
    parents: tuple[str, ...]
    author: str
    subject: str
    body: str
    files: tuple[File, ...]

    @property
    def is_merge(self) -> bool:
        """Whether it joins lines."""
        return len(self.parents) > 1


class History:
    """The Git repository that a folder lies in, as it stands when it is opened.

    `lead` is what stands before the folder's files in the repository's paths, such as `registry/`.
    """

    def __init__(self, repository: git.Repo, folder: Path) -> None:
        self._git = repository.git
        self._folder = folder.resolve()
        self._top = Path(str(repository.working_tree_dir)).resolve()

        inside = self._folder.relative_to(self._top).as_posix()
        self.lead = "" if inside == "." else f"{inside}/"
        # Git looks at every file of the folder while its caller reads something else.
        at_once = ThreadPoolExecutor(2)
        words = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--")
        self._status_later = at_once.submit(self._run, *words, str(self._folder))
        self._index_later = at_once.submit(self._run, "ls-files", "-s", "-z", "--", str(self._folder))
        at_once.shutdown(wait=False)

    def _relative(self, path: str) -> str:
        return path.removeprefix(self.lead)

    def _run(self, *words: str) -> str:
        try:
            # Git speaks in bytes that need not be UTF-8; file names that are not are reported as misnamed later.
            command = ["git", "--no-optional-locks", "-C", str(self._top), "--literal-pathspecs", *words]
            answer: str = self._git.execute(command, strip_newline_in_stdout=False)
        except git.GitCommandError as error:
            raise HistoryError(_reason(error)) from error
        return answer

    def commit_date(self) -> date | None:
        """Return the day (UTC) of the commit that is checked out, or None before the first commit."""
        try:
            seconds = self._run("log", "-1", "--format=%ct", "--no-show-signature").strip()
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
        row = re.compile(rf"[0-7]+ ([0-9a-f]+) [0-3]\t{re.escape(self.lead)}([^\0]+)\0")
        return {path: blob for blob, path in row.findall(self._index_later.result())}

    @functools.cached_property
    def tree(self) -> str:
        """The Git tree id of the folder when what lies on disk is just that, with nothing ignored; else ""."""
        if self._status or self.commit_date() is None:
            return ""
        return self._run("rev-parse", f"HEAD:{self.lead}").strip()

    @functools.cached_property
    def _differing(self) -> frozenset[str]:
        """Paths that differ from the commit, staged or not, and files that Git does not know."""
        return frozenset(self._relative(row[3:]) for row in self._status if not row.startswith("!!"))

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
        # Without `--cached` Git would look at every file on disk again; `_differing` has done that.
        words = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", base, "--", str(self._folder))
        rows = self._run(*words).split("\0")
        for about, path in zip(rows[0::2], rows[1::2], strict=False):
            mode, _, blob, _, status = about.split(" ")
            relative = self._relative(path)
            (removed if status == "D" else changed).add(relative)
            if status in "DMT" and mode != _SUBMODULE:
                old[relative] = blob
        for path in self._differing:
            if path in self._indexed and path not in changed:
                old[path] = self._indexed[path]
            is_there = os.path.lexists(self._folder / path)
            (changed if is_there else removed).add(path)
            (removed if is_there else changed).discard(path)
        # What was taken out of the index and lies on disk all the same is changed, not removed.
        return Changes(tuple(sorted(changed)), tuple(sorted(removed)), self._contents(old))

    @property
    def has_commits(self) -> bool:
        """Whether there is a commit at all."""
        try:
            return bool(self._run("rev-parse", "--verify", "--quiet", "HEAD"))
        except HistoryError:
            return False

    @property
    def is_shallow(self) -> bool:
        """Whether this clone lacks a part of the history."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == "true"

    def log(self) -> Iterator[Commit]:
        """Yield every commit that led to the one that is checked out, which comes first; none before its children.

        Raises `HistoryError` before the first commit.
        """
        # Commits that touch nothing below the folder come too: without them nobody could follow a line.
        words = ("--full-history", "--sparse", "--date-order", "--diff-merges=first-parent", "--raw", "--no-abbrev")
        settings = ("--no-renames", "--no-relative", "--encoding=UTF-8", "--no-color", "--no-follow",
                    "--no-show-signature", f"--format={_COMMIT}")  # fmt: skip
        return self._commits(self._run("log", "-z", *words, *settings, "HEAD", "--", str(self._folder)))

    def _commits(self, text: str) -> Iterator[Commit]:
        parts = iter(text.split("\0"))
        head = next(parts)
        while head:
            seconds, parents, author, subject, body, _ = (next(parts, "") for _ in range(6))
            files = []
            # `:100644 100644 <blob> <blob> M`, the first on a line of its own; or else the id of the next commit.
            while (about := next(parts, "").lstrip("\n")).startswith(":"):
                _, blob, status = about.rsplit(" ", 2)
                files.append(File(status, self._relative(next(parts, "")), blob))
            # Git gives no second for a date that it cannot read.
            yield Commit(head, int(seconds or 0), tuple(parents.split()), author, subject, body, tuple(files))
            head = about

    def _base(self, revision: str) -> str:
        try:
            commit = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        except HistoryError as error:
            hint = "a shallow clone may lack it: fetch it with `git fetch --unshallow` or `--depth`"
            raise HistoryError(f"Git knows no revision `{revision}`; {hint}") from error
        try:
            return self._run("merge-base", commit, "HEAD").strip()
        except HistoryError as error:
            if self.is_shallow:
                hint = "this clone is shallow: fetch the rest with `git fetch --unshallow`"
                raise HistoryError(f"Git does not know where this line left `{revision}`; {hint}") from error
            return commit

    def _contents(self, ids: Mapping[str, str]) -> dict[str, bytes]:
        """Return the content of blobs by path, all through one process."""
        try:
            return {path: self._git.get_object_data(id)[3] for path, id in sorted(ids.items())}
        except ValueError as error:
            raise HistoryError(f"Git lacks an object of this repository: {error}") from error
        finally:
            self._git.clear_cache()


def open_history(folder: Path) -> History | None:
    """Return the history of a folder, or None when it is in no Git work tree, or there is no Git."""
    if shutil.which("git") is None:
        return None
    try:
        repository = git.Repo(folder.resolve(), search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return None
    return None if repository.bare else History(repository, folder)


def _reason(error: git.GitCommandError) -> str:
    said = str(error.stderr or error).strip().removeprefix("stderr:").strip(" '\n")
    if "dubious ownership" in said:
        return "Git does not trust this folder, which belongs to another user: see `git config safe.directory`"
    return said.partition("\n")[0]
