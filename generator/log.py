"""The history of a registry in; its latest changes, and for each record when it changed, how often and by whom, out.

A change is a commit of the line that is checked out; what a merge brought in counts as one, on the day of the merge.
Credit goes to whoever wrote: to the authors of the commits that a merge brought, and to whoever merged only for what
no parent had. Subjects and names were written by strangers: here they lose what could turn or hide text, and are cut.
Passports have no history here: whoever committed one, on which day and in which words, leads to whom it is about.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice

from .history import Commit, History, HistoryError
from .records import KINDS, SINGLES, Passport
from .registry.scope import identify

LATEST = 100
LISTED = 8  # records of a change that are named
_LONGEST = 160
_LAST_SECOND = 253402300799  # of the year 9999
_KEPT = "\u200c\u200d"  # join and part letters of Persian, of Indian scripts and of emoji
_ORDER = {kind.record_kind: rank for rank, kind in enumerate((*KINDS, *SINGLES))}
# GitHub and GitLab write the title of what they merge into the body; Forgejo into the subject.
_MERGE = re.compile(r"Merge (?:pull request (?P<number>#\d+)|pull request|branch|branches|remote-tracking|tag|commit) ")
_FORGEJO = re.compile(r"Merge pull request '(?P<title>.+)' \((?P<number>#\d+)\) from .*")
_REVERTED = re.compile(r'(?:(?:Revert|Reapply) ")+')
# What forges write below the commit that several people's commits were squashed into.
_CO_AUTHOR = re.compile(r"^Co-authored-by:[ \t]*([^<\n]+)", re.IGNORECASE | re.MULTILINE)

Ref = tuple[str, str]  # the kind and id of a record


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a record's first and last change, how many there were, and who wrote it, the first of them first."""

    first: date
    last: date
    count: int
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records, and the first of them: hubs before machines before the rest."""

    count: int = 0
    first: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched records: its full id, its second since 1970, what it says, who wrote it, what it did."""

    id: str
    seconds: int
    summary: str
    authors: tuple[str, ...]
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


def read(history: History | None, latest: int = LATEST, paths: frozenset[str] = frozenset()) -> Log:
    """Return the log of a registry's folder, or of some paths below it only.

    What Git refuses is said in `missing`, never raised.
    """
    if history is None:
        return Log()
    try:
        if history.is_shallow:
            return Log(missing="shallow")
        if not history.has_commits:
            return Log(missing="")
        commits = history.log()
        return _log(tuple(_only(commit, paths) for commit in commits) if paths else tuple(commits), latest)
    except HistoryError:
        return Log(missing="unreadable")


def change(commit: Commit, authors: Iterable[str] = ()) -> Change | None:
    """Return what a commit did to records, and that some authors wrote it; None when it touched none but passports.

    The words of a commit that touched passports, too, are left out: they may be about one.
    """
    touched: dict[str, list[Ref]] = {"A": [], "M": [], "D": []}
    for status, path, _ in commit.files:
        if ref := _ref(path):
            touched[status if status in touched else "M"].append(ref)
    added, changed, removed = (_touched(refs) for refs in touched.values())
    if not added.count + changed.count + removed.count:
        return None
    said = "" if any(_is_passport(path) for _, path, _ in commit.files) else summary(commit)
    return Change(commit.id, _seconds(commit), said, tuple(authors), added, changed, removed)


def summary(commit: Commit) -> str:
    """Return what a commit says in a line; for a merge the title of what it merged, where the forge wrote it down.

    The branches of a merge bear names of accounts, which are left out; "" when nothing else is said.
    """
    subject = clean(commit.subject)
    if reverted := _REVERTED.match(subject):
        return _unnamed(reverted[0], subject)
    found = _MERGE.match(subject) if commit.is_merge else None
    if found is None:
        return subject
    lines = (clean(line) for line in commit.body.splitlines())
    return _titled(subject) or next(filter(None, lines), found["number"] or "")


def _unnamed(verbs: str, subject: str) -> str:
    """Return the subject of a commit that takes something back; if that was a merge, without its branch."""
    inner = subject.removeprefix(verbs).rstrip('"')
    found = _MERGE.match(inner)
    if found is None:
        return subject
    return verbs + (_titled(inner) or found[0].rstrip()) + '"' * verbs.count('"')


def _titled(subject: str) -> str:
    """Return the title in the subject of a merge that Forgejo made; "" for another."""
    found = _FORGEJO.fullmatch(subject)
    return f"{found['title']} ({found['number']})" if found else ""


def names(commit: Commit) -> tuple[str, ...]:
    """Return the author of a commit and those that its body names beside, each once."""
    found = (commit.author, *_CO_AUTHOR.findall(commit.body))
    return tuple(dict.fromkeys(filter(None, map(_clean_name, found))))


def clean(text: str) -> str:
    """Return text on one line without control characters and marks that turn or hide text, cut to a length."""
    kept = "".join(_shown(char) for char in text[: 10 * _LONGEST])
    line = " ".join(kept.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


_clean_name = functools.lru_cache(maxsize=1 << 12)(clean)


def _shown(char: str) -> str:
    """Return a character, a space for what ends lines, and nothing for controls, formats, surrogates and the like."""
    if char in _KEPT or char.isspace():
        return " " if char.isspace() else char
    return "" if unicodedata.category(char).startswith("C") else char


def _log(commits: Sequence[Commit], latest: int) -> Log:
    line, written = _line(commits), _written(commits)
    changes = islice(_changes(line, _brought(commits, line), written), latest)
    return Log(tuple(changes), _spans(line, _authors(commits, written)), "")


def _only(commit: Commit, paths: frozenset[str]) -> Commit:
    """Return a commit as if it had touched nothing but some paths."""
    return commit._replace(files=tuple(file for file in commit.files if file.path in paths))


def _line(commits: Sequence[Commit]) -> list[Commit]:
    """Return the commits of the line that is checked out, the newest first."""
    known = {commit.id: commit for commit in commits}
    line = [commits[0]]
    while line[-1].parents:
        line.append(known[line[-1].parents[0]])
    return line


def _written(commits: Sequence[Commit]) -> dict[str, list[str]]:
    """Return for each commit the records that its author wrote: for a merge those whose content nobody wrote before."""
    known = {blob for commit in commits if not commit.is_merge for _, _, blob in commit.files}
    written: dict[str, list[str]] = {}
    for commit in reversed(commits):
        files = commit.files
        if commit.is_merge:
            files = tuple(file for file in files if file.blob not in known)
            known.update(file.blob for file in files)
        written[commit.id] = [path for _, path, _ in files if _ref(path)]
    return written


def _authors(commits: Sequence[Commit], written: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return who wrote each record, the first of them first."""
    authors: dict[str, dict[str, None]] = {}
    for commit in reversed(commits):
        writers = dict.fromkeys(names(commit))
        for path in written[commit.id]:
            authors.setdefault(path, {}).update(writers)
    return {path: tuple(found) for path, found in authors.items()}


def _spans(line: Iterable[Commit], authors: Mapping[str, tuple[str, ...]]) -> dict[str, Span]:
    days: dict[str, list[date]] = {}
    for commit in line:
        day = _day(_seconds(commit))
        for _, path, _ in commit.files:
            if _ref(path):
                days.setdefault(path, []).append(day)
    return {path: Span(found[-1], found[0], len(found), authors.get(path, ())) for path, found in days.items()}


def _brought(commits: Sequence[Commit], line: Sequence[Commit]) -> dict[str, list[Commit]]:
    """Return for each merge of the line the commits that came with it, the oldest first."""
    known = {commit.id: commit for commit in commits}
    seen = {commit.id for commit in line}
    brought: dict[str, list[Commit]] = {}
    for commit in reversed(line):
        waiting = list(commit.parents[1:])
        found = []
        while waiting:
            id = waiting.pop()
            if id not in seen:
                seen.add(id)
                found.append(known[id])
                waiting += known[id].parents
        brought[commit.id] = found[::-1]
    return brought


def _changes(
    line: Iterable[Commit], brought: Mapping[str, Sequence[Commit]], written: Mapping[str, Sequence[str]]
) -> Iterator[Change]:
    for commit in line:
        writers = (one for one in (*brought[commit.id], commit) if written[one.id])
        found = change(commit, dict.fromkeys(name for one in writers for name in names(one)))
        if found is not None:
            yield found


def _seconds(commit: Commit) -> int:
    """Return when it was committed, within what a calendar can hold."""
    return min(max(commit.seconds, 0), _LAST_SECOND)


@functools.lru_cache(maxsize=1 << 12)
def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _touched(refs: list[Ref]) -> Touched:
    return Touched(len(refs), tuple(sorted(refs, key=lambda ref: (_ORDER[ref[0]], ref[1]))[:LISTED]))


@functools.lru_cache(maxsize=1 << 17)
def _ref(path: str) -> Ref | None:
    """Return the record that a path stands for; None for none, and for a passport."""
    found = identify(path)
    return (found[0].record_kind, found[1]) if found and found[0] is not Passport else None


def _is_passport(path: str) -> bool:
    return path.startswith(f"{Passport.folder}/")
