"""Two revisions of a repository in; what the second brings since it left the first out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .commands import PLAIN, Commands
from .values import Changes, HistoryError

_MOST_RENAMES = 400  # beyond so many files on a side, Git pairs only those that are the same


class _Row(NamedTuple):
    """A file that differs between two commits: its modes and blobs, the status letter, its path; `to` when renamed."""

    old_mode: str
    new_mode: str
    old: str
    new: str
    status: str
    path: str
    to: str


def between(git: Commands, base: str, head: str) -> Changes:
    """Return what `head` brings since it left `base`: see `History.between`."""
    old, new = git.commit(base), git.commit(head)
    left = _where_left(git, (base, old), (head, new))
    start = left[0] if len(left) == 1 else old
    rows = _raw_diff(git, start, new)
    if len(left) > 1:
        theirs = {row.path for commit in left for row in _raw_diff(git, commit, new)}
        rows = tuple(row for row in rows if row.path in theirs)
    return _changes(git, rows, _renames(git, start, new, rows))


def _where_left(git: Commands, base: tuple[str, str], head: tuple[str, str]) -> tuple[str, ...]:
    """Return the commits at which the second (name, commit) left the first, in the order of their ids."""
    (base_name, old), (head_name, new) = base, head
    try:
        left = tuple(sorted(git.run("merge-base", "--all", old, new).split()))
    except HistoryError:
        left = ()
    hint = "this clone is shallow: fetch the rest with `git fetch --unshallow`"
    if git.is_shallow and not (left and _is_whole(git, old, new, left)):
        raise HistoryError(f"Git cannot tell where `{head_name}` left `{base_name}`; {hint}")
    if not left:
        hint = "name a branch that it was made from, or fetch it from where the fork was made"
        raise HistoryError(f"`{head_name}` and `{base_name}` have no commit in common; {hint}")
    return left


def _is_whole(git: Commands, old: str, new: str, left: tuple[str, ...]) -> bool:
    """Tell whether a shallow clone lacks nothing that could hold a later common commit."""
    if left in ((old,), (new,)):
        return True
    edge = set(Path(git.run("rev-parse", "--path-format=absolute", "--git-path", "shallow").strip())
               .read_text(encoding="ascii").split())  # fmt: skip
    return edge.isdisjoint(git.run("rev-list", old, new, "--not", *left).split())


def _raw_diff(git: Commands, old: str, new: str, *words: str) -> tuple[_Row, ...]:
    """Return what differs between two commits below the folder, one row for each file."""
    command = ("diff-tree", "-r", "--raw", "-z", "--no-abbrev", *(words or ("--no-renames",)), old, new, "--")
    parts = iter(git.run(*command, git.folder).split("\0"))
    found = []
    while about := next(parts):
        modes = about.removeprefix(":").split(" ")
        path = git.relative(next(parts))
        to = git.relative(next(parts)) if modes[4].startswith("R") else path
        old_mode, new_mode, old_blob, new_blob, status = modes
        found.append(_Row(old_mode, new_mode, old_blob, new_blob, status[0], path, to))
    return tuple(found)


def _renames(git: Commands, old: str, new: str, rows: tuple[_Row, ...]) -> dict[str, str]:
    """Return the old path of what Git takes for renamed, by the new one."""
    if not {"A", "D"} <= {row.status for row in rows}:
        return {}
    paths = {row.path for row in rows}
    found = _raw_diff(git, old, new, "--find-renames", f"-l{_MOST_RENAMES}", "--diff-filter=R")
    return {row.to: row.path for row in found if {row.path, row.to} <= paths}


def _changes(git: Commands, rows: tuple[_Row, ...], renamed: Mapping[str, str]) -> Changes:
    removed = tuple(sorted(row.path for row in rows if row.status == "D"))
    return Changes(
        changed=tuple(sorted(row.path for row in rows if row.status != "D")),
        removed=removed,
        before=git.contents({row.path: row.old for row in rows if row.old_mode.startswith(PLAIN)}),
        after=git.contents({row.path: row.new for row in rows if row.new_mode.startswith(PLAIN)}),
        renamed=renamed,
    )
