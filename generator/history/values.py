"""What the history of a registry is told in: changes of files, commits, and the error that Git gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class HistoryError(Exception):
    """Git refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Files below a folder that differ from a revision: paths relative to it, and their bytes back then.

    `after` holds the bytes at the other end, where that is no work tree; what is changed and missing there is no
    plain file: a symbolic link or a submodule. Of both, the bytes end where a file is too large to be a record.
    `renamed` gives the removed path of some added ones, as Git guesses.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def contents(self) -> Mapping[str, bytes | None]:
        """What the files are at the other end: None when removed, nothing in those that are not plain."""
        return dict.fromkeys(self.removed) | {path: self.after.get(path, b"") for path in self.changed}

    @property
    def contents_before(self) -> Mapping[str, bytes | None]:
        """What the files were at the base: None when they were not there, or not plain."""
        return {path: self.before.get(path) for path in (*self.changed, *self.removed)}


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
