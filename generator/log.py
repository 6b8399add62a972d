"""The history of a registry in; its latest changes by record, and for each record when it changed how often, out.

A change is a commit of the line that is checked out; what a merge brought in counts as one. Subjects and names were
written by strangers: here they lose what could turn or hide text, and are cut.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from .history import Commit, History, HistoryError
from .records import KINDS, SINGLES
from .registry.scope import identify

LATEST = 100
LISTED = 24  # records of a change that are named
_LONGEST = 160
_LAST_SECOND = 253402300799  # of the year 9999
_KEPT = "\u200c\u200d"  # join and part letters of Persian, of Indian scripts and of emoji
_ORDER = {kind.record_kind: rank for rank, kind in enumerate((*KINDS, *SINGLES))}
# GitHub and GitLab write the title of what they merge into the body; Forgejo into the subject.
_MERGE = re.compile(r"Merge (?:pull request (?P<number>#\d+)|pull request|branch|branches|remote-tracking|tag|commit) ")
_FORGEJO = re.compile(r"Merge pull request '(?P<title>.+)' \((?P<number>#\d+)\) from .*")

Ref = tuple[str, str]  # the kind and id of a record


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a record's first and last change, and how many there were."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records, and the first of them: hubs before machines before the rest."""

    count: int = 0
    first: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched records: its full id, its second since 1970, what it says, and what it did.

    `author` is "" for a merge, which is made by whoever accepts the work of others.
    """

    id: str
    seconds: int
    summary: str
    author: str
    added: Touched
    changed: Touched
    removed: Touched

    @property
    def short(self) -> str:
        """The beginning of its id; of a fixed length, which `git log` would choose by what else is in the clone."""
        return self.id[:10]

    @property
    def moment(self) -> datetime:
        """When it was committed (UTC)."""
        return datetime.fromtimestamp(self.seconds, UTC)

    @property
    def day(self) -> date:
        """The day on which it was committed (UTC)."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class Log:
    """The latest changes, newest first, and the span of each record's changes by its path.

    `missing` says why there is nothing: no-git, shallow or unreadable; "" when the history is whole.
    """

    changes: tuple[Change, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    missing: str = "no-git"


def read(history: History | None, latest: int = LATEST) -> Log:
    """Return the log of a registry's folder. What Git refuses is said in `missing`, never raised."""
    if history is None:
        return Log()
    try:
        if history.is_shallow:
            return Log(missing="shallow")
        return _log(history.log(), latest) if history.has_commits else Log(missing="")
    except HistoryError:
        return Log(missing="unreadable")


def change(commit: Commit) -> Change | None:
    """Return what a commit did to records; None when it touched none."""
    touched: dict[str, list[Ref]] = {"A": [], "M": [], "D": []}
    for status, path in commit.files:
        if ref := _ref(path):
            touched[status if status in touched else "M"].append(ref)
    added, changed, removed = (_touched(refs) for refs in touched.values())
    if not added.count + changed.count + removed.count:
        return None
    author = "" if commit.is_merge else clean(commit.author)
    return Change(commit.id, _seconds(commit), summary(commit), author, added, changed, removed)


def summary(commit: Commit) -> str:
    """Return what a commit says in a line; for a merge the title of what it merged, where the forge wrote it down.

    The branches of a merge bear names of accounts, which are left out; "" when nothing else is said.
    """
    subject = clean(commit.subject)
    found = _MERGE.match(subject) if commit.is_merge else None
    if found is None:
        return subject
    if forgejo := _FORGEJO.fullmatch(subject):
        return f"{forgejo['title']} ({forgejo['number']})"
    lines = (clean(line) for line in commit.body.splitlines())
    return next(filter(None, lines), found["number"] or "")


def clean(text: str) -> str:
    """Return text on one line without control characters and marks that turn or hide text, cut to a length."""
    kept = "".join(_shown(char) for char in text[: 10 * _LONGEST])
    line = " ".join(kept.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _shown(char: str) -> str:
    """Return a character, a space for what ends lines, and nothing for controls, formats, surrogates and the like."""
    if char in _KEPT or char.isspace():
        return " " if char.isspace() else char
    return "" if unicodedata.category(char).startswith("C") else char


def _log(commits: Iterable[Commit], latest: int) -> Log:
    changes: list[Change] = []
    spans: dict[str, Span] = {}
    for commit in commits:
        day = _day(_seconds(commit))
        for _, path in commit.files:
            known = spans.get(path)
            if known is not None:
                spans[path] = Span(day, known.last, known.count + 1)
            elif _ref(path):
                spans[path] = Span(day, day, 1)
        if len(changes) < latest and (found := change(commit)):
            changes.append(found)
    return Log(tuple(changes), spans, "")


def _seconds(commit: Commit) -> int:
    """Return when it was committed, within what a calendar can hold."""
    return min(max(commit.seconds, 0), _LAST_SECOND)


@functools.lru_cache(maxsize=1 << 12)
def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _touched(refs: list[Ref]) -> Touched:
    return Touched(len(refs), tuple(sorted(refs, key=lambda ref: (_ORDER[ref[0]], ref[1]))[:LISTED]))


def _ref(path: str) -> Ref | None:
    found = identify(path)
    return (found[0].record_kind, found[1]) if found else None
