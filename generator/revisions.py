"""Two revisions of a repository in; every file in which the second differs, with its mode, and what the base has out.

The work tree, its attributes and its settings have no part in it: only what the commits hold counts. A path is in the
change when the head's file is neither what the base has now nor what it had where the lines parted; where lines were
merged crosswise and parted at several commits, differing from one of them is enough. That is all that a merge can
bring, and a guess at one of the commits could hide a part of it.
"""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .documents import LIMIT_BYTES
from .history import HistoryError
from .owners import NOTHING, Base, Change, Version, Wanted, mentions

_AT_ONCE = 500  # paths in one question


class _Row(NamedTuple):
    """What stands at a path before and after."""

    old: Version
    new: Version


@dataclass(frozen=True, slots=True)
class Revisions:
    """A repository's top folder, what leads from it to the registry, and the commits that are compared.

    `forks` are the commits at which the head's line left the base's: one, or several where lines crossed.
    """

    top: Path
    lead: str
    base: str
    head: str
    forks: tuple[str, ...]

    def changes(self, needs_content: Callable[[str], bool]) -> tuple[Change, ...]:
        """Return what the head would change, sorted by path; contents come for the paths that need them."""
        rows = _differing(self.top, self.base, self.head)
        parted = [_differing(self.top, fork, self.head) for fork in self.forks]
        found = [
            Change(path, (row.old, *(one[path].old if path in one else row.new for one in parted)), row.new)
            for path, row in rows.items()
            if any(path in one for one in parted)
        ]
        wanted = {
            version.blob
            for change in found
            if needs_content(change.path)
            for version in (*change.before, change.head)
            if _is_file(version)
        }
        contents = _contents(self.top, wanted)
        return tuple(
            Change(one.path, tuple(_filled(version, contents) for version in one.before), _filled(one.head, contents))
            for one in sorted(found, key=lambda one: one.path)
        )

    def known(self, wanted: Wanted) -> Base:
        """Return what the base has of the wanted paths and texts."""
        found = _listed(self.top, self.base, wanted.paths)
        contents = _contents(self.top, {one.blob for one in found.values() if _is_file(one)})
        filled = {path: _filled(one, contents) for path, one in found.items()}
        return Base(self.lead, filled, self._holders(wanted.texts) if wanted.texts else {})

    def _holders(self, texts: frozenset[str]) -> dict[str, Version]:
        """Return the hubs of the base whose files hold one of the texts."""
        hubs = {path: one for path, one in _below(self.top, self.base, f"{self.lead}hubs").items() if _is_file(one)}
        contents = _contents(self.top, {one.blob for one in hubs.values()})
        holding = {blob for blob, content in contents.items() if mentions(content, texts)}
        return {path: _filled(one, contents) for path, one in hubs.items() if one.blob in holding}


def open_revisions(folder: Path, base: str, head: str) -> Revisions:
    """Return the revisions of the repository in which the registry's folder lies.

    Raises `HistoryError` without Git or a repository, for a revision that is not there, a shallow clone, and lines that
    have nothing in common.
    """
    top, lead, is_shallow = _place(folder)
    commits = {name: _commit(top, name) for name in (base, head)}
    if is_shallow:
        # Git would name some older commit as the one where lines parted, or none.
        hint = "fetch the rest with `git fetch --unshallow`"
        raise HistoryError(f"this clone is shallow, and cannot tell all that `{head}` changes; {hint}")
    try:
        forks = _git(top, "merge-base", "--all", commits[base], commits[head]).decode("ascii").split()
    except HistoryError as error:
        raise HistoryError(f"`{head}` has no commit in common with `{base}`; was it made from it?") from error
    return Revisions(top, lead, commits[base], commits[head], tuple(sorted(forks)))


def _place(folder: Path) -> tuple[Path, str, bool]:
    """Return the top of the repository around a folder, what leads from there to the folder, whether history lacks."""
    try:
        answer = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository")
    except HistoryError as error:
        raise HistoryError(f"this needs a Git repository around {folder}, and Git says: {error}") from error
    top, lead, is_shallow = os.fsdecode(answer).split("\n")[:3]
    return Path(top), lead, is_shallow == "true"


def _git(top: Path, *words: str, told: bytes = b"") -> bytes:
    """Return what Git answers."""
    alone = {"GIT_LITERAL_PATHSPECS": "1", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}
    command = ["git", "--no-optional-locks", "-C", str(top), *words]
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False, env={**os.environ, **alone})
    except FileNotFoundError as error:
        raise HistoryError("this needs Git, and there is no `git` on this computer") from error
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise HistoryError(reason or f"git {words[0]} failed")
    return done.stdout


def _commit(top: Path, revision: str) -> str:
    try:
        found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except HistoryError as error:
        raise HistoryError(f"Git knows no revision `{revision}`; is it fetched?") from error
    return found.decode("ascii").strip()


def _differing(top: Path, old: str, new: str) -> dict[str, _Row]:
    """Return every file in which two commits differ; renamed ones are a removal and an addition."""
    words = ("-r", "--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=none", "--no-relative")
    parts = iter(_texts(_git(top, "diff-tree", *words, old, new, "--")))
    found = {}
    for about, path in zip(parts, parts, strict=False):
        old_mode, new_mode, old_blob, new_blob, _ = about.removeprefix(":").split(" ")
        # A tree made by hand can hold a name twice; what is no plain file is nobody's record.
        mode = "twice" if path in found else new_mode
        found[path] = _Row(_version(old_mode, old_blob), _version(mode, new_blob))
    return found


def _texts(answer: bytes) -> list[str]:
    return os.fsdecode(answer).split("\0")[:-1]


def _version(mode: str, blob: str) -> Version:
    return NOTHING if mode == "000000" else Version(mode, blob)


def _is_file(version: Version) -> bool:
    return version.mode.startswith("100")


def _filled(version: Version, contents: Mapping[str, bytes]) -> Version:
    return version._replace(content=contents[version.blob]) if version.blob in contents else version


def _listed(top: Path, commit: str, paths: Iterable[str]) -> dict[str, Version]:
    """Return those of the paths that a commit has, folders too."""
    found = {}
    for some in _in_parts(sorted(paths)):
        # With `-t` a folder comes too when one of its files is asked for as well.
        for row in _texts(_git(top, "ls-tree", "-t", "-z", "--full-tree", commit, "--", *some)):
            about, _, path = row.partition("\t")
            mode, _, blob = about.split(" ")
            found[path] = Version(mode, blob)
    return found


def _in_parts(items: list[str]) -> Iterator[list[str]]:
    return (items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE))


def _below(top: Path, commit: str, folder: str) -> dict[str, Version]:
    """Return every file below a folder of a commit."""
    rows = (
        row.partition("\t") for row in _texts(_git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder))
    )
    return {path: Version(about.split(" ")[0], about.split(" ")[2]) for about, _, path in rows}


def _contents(top: Path, blobs: Collection[str]) -> dict[str, bytes]:
    """Return the contents of blobs by id; of those too large to be a record, nothing."""
    asked = sorted(blobs)
    if not asked:
        return {}
    about = _git(top, "cat-file", "--batch-check=%(objectname) %(objectsize)", told=_lines(asked)).decode("ascii")
    sizes = {blob: int(size) for blob, size in (row.split(" ") for row in about.splitlines()) if size.isdigit()}
    small = [blob for blob in asked if sizes.get(blob, LIMIT_BYTES + 1) <= LIMIT_BYTES]
    answer = _git(top, "cat-file", "--batch=", told=_lines(small)) if small else b""
    # Each answer is an empty first line, the content, and a line feed.
    ends = itertools.accumulate((sizes[blob] + 2 for blob in small), initial=0)
    return {blob: answer[end + 1 : end + 1 + sizes[blob]] for blob, end in zip(small, ends, strict=False)}


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{id}\n" for id in ids).encode("ascii")
