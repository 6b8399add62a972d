"""A hub in; what it can make alone, what it would have to say, and which single fix would open most, out.

All hubs are looked at together, aim by aim; what concerns one hub is a short piece of the rows that were kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..registry import Registry, part
from ..registry.taxonomy import Taxonomy
from .aims import Aim, aims
from .arrays import FAIL, PASS, UNKNOWN, Flags, Numbers
from .asked import NOBODY
from .by_process import World
from .capabilities import Site, Skill
from .judging import Question, judged
from .lacks import Lack, exceeds, is_about, mends, missing
from .operators import NOWHERE, STAFF_ONLY, Operators
from .rows import Rows, Table
from .search import Matcher
from .sites import judged_site, people_of
from .standing import Standing, standings
from .values import Check, Checks, Result, Subject, Tally
from .wanted import Wish


class Able(NamedTuple):
    """Something that a hub can make, with how much of it is checked."""

    aim: Aim
    tally: Tally


class Opening(NamedTuple):
    """A lack of a machine (its id, "" for a claimed process or the hub itself), and the aims that wait for it.

    `check` is what came of the most that they ask for.
    """

    machine: str
    lack: Lack
    check: Check
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Reverse:
    """What one hub comes to: what it can make, best first; facts to say; and single fixes, those that open most first.

    `questions` are facts that nobody states and that something it can make depends on.
    """

    hub: str
    able: tuple[Able, ...] = ()
    questions: tuple[Opening, ...] = ()
    fixes: tuple[Opening, ...] = ()


def reverse(registry: Registry, hub: str, operators: Operators = STAFF_ONLY) -> Reverse:
    """Return what a hub comes to; nothing for one that is closed or not there. Other hubs cost nothing."""
    matcher = Matcher(part(registry, (hub,)), operators)
    return ByHub(matcher, standings(matcher, aims(registry))).of(hub)


class ByHub:
    """What every hub comes to."""

    def __init__(self, matcher: Matcher, found: Iterable[Standing]) -> None:
        self._matcher = matcher
        self._aims: list[Aim] = []
        self._lacks: dict[Lack, int] = {}
        self._questions: dict[tuple[int, Lack], Question] = {}  # for each aim and what may be lacking for it
        able, unknown, fixes = Rows(3), Rows(3), Rows(3)
        for at, standing in enumerate(found):
            self._aims.append(standing.aim)
            self._add(at, standing, able, unknown, fixes)
        self._able, self._unknown, self._fixes = able.by_hub(), unknown.by_hub(), fixes.by_hub()
        self._names = list(self._lacks)

    def _add(self, at: int, standing: Standing, able: Rows, unknown: Rows, fixes: Rows) -> None:
        search = standing.search
        for one in standing.whole:
            self._questions |= {(at, fact.lack): one.question for fact in one.facts}
        counts, wanted = search.counts, _in_question(standing) & (search.missing < len(search.questions))
        is_able = wanted & (search.missing == 0) & (counts[FAIL] == 0)
        hubs = np.flatnonzero(is_able)
        able.add(hubs, at, counts[UNKNOWN][hubs], counts[PASS][hubs])
        is_near = wanted & (search.missing == 0) & (counts[FAIL] == 1)
        for lack, about, results in standing.facts():
            self._keep(unknown, is_able & (results == UNKNOWN), (at, lack), about)
            self._keep(fixes, is_near & (results == FAIL), (at, lack), about)
        self._add_missing(at, standing, wanted & (counts[FAIL] == 0), fixes)

    def _add_missing(self, at: int, standing: Standing, wanted: Flags, fixes: Rows) -> None:
        """Keep the hubs that do all but the steps of one process."""
        lacking: dict[str, Flags] = {}
        for one in standing.whole:
            lacking[one.process] = lacking.get(one.process, np.False_) | ~one.is_there
        number = sum(one.astype(np.int64) for one in lacking.values())
        nothing = np.full(len(wanted), NOBODY, np.int64)
        for process, is_lacking in lacking.items():
            self._keep(fixes, wanted & is_lacking & (number == 1), (at, missing(process)), nothing)

    def _keep(self, rows: Rows, which: Flags, of: tuple[int, Lack], machines: Numbers) -> None:
        hubs, (at, lack) = np.flatnonzero(which), of
        if len(hubs) and lack.can_be_mended:
            rows.add(hubs, at, self._lacks.setdefault(lack, len(self._lacks)), machines[hubs])

    def of(self, hub: str, most: int | None = None) -> Reverse:
        """Return what a hub comes to, with all questions and fixes or so many of each."""
        number = self._matcher.numbers.get(hub)
        if number is None:
            return Reverse(hub)
        found = [Able(self._aims[at], Tally(passed, unknown, 0)) for at, unknown, passed in self._able.of(number)]
        able = sorted(found, key=lambda one: one.tally.unknown)
        questions, fixes = (tuple(self._openings(number, rows, most)) for rows in (self._unknown, self._fixes))
        return Reverse(hub, tuple(able), questions, fixes)

    def _openings(self, hub: int, rows: Table, most: int | None) -> Iterator[Opening]:
        """Yield what some rows of a hub lack, that which opens most first."""
        lacking: dict[tuple[int, str], dict[int, list[Lack]]] = {}
        for at, lack, machine in rows.of(hub):
            one = self._names[lack]
            lacking.setdefault((machine, one.fact), {}).setdefault(at, []).append(one)
        found = [
            (machine, lack, opened)
            for (machine, _), waiting in lacking.items()
            for lack, opened in best(waiting, self._matcher.registry.processes)
        ]
        ordered = sorted(found, key=lambda one: (-len(one[2]), one[0], one[1].kind, one[1].asked))
        return (self._opening(hub, *one) for one in ordered[:most])

    def _opening(self, hub: int, machine: int, lack: Lack, opened: list[int]) -> Opening:
        at = next((at for at in opened if (at, lack) in self._questions), opened[0])
        question = self._questions.get((at, lack))
        checks = self._checks(hub, machine, question) if question else judged_site(*self._whole(at, hub))
        absent = Check(lack.rule, Result.FAIL, Subject.HUB, lack.field, "other", lack.asked)
        check = next((one for one in checks if is_about(lack, one)), absent)
        name = self._matcher.known.names[machine] if machine != NOBODY else ""
        return Opening(name, lack, check, tuple(self._aims[at] for at in opened))

    def _whole(self, at: int, hub: int) -> tuple[Wish, Site]:
        return self._aims[at].wish, self._matcher.known.site(hub)

    def _checks(self, hub: int, machine: int, question: Question) -> Checks:
        matcher, known, operators = self._matcher, self._matcher.known, self._matcher.operators
        if machine == NOBODY:
            skill, place = Skill(), operators.places.get(known.hubs[hub], NOWHERE)
        else:
            skill, place = known.skill(machine), int(matcher.places[machine])
        return (*judged(question, skill), *people_of(question, place, known.site(hub), skill.crew, operators))


def _in_question(standing: Standing) -> Flags:
    """Tell which hubs are in question: what is invented is made by invented ones, though others could."""
    search = standing.search
    if search.wish.world is not World.INVENTED:
        return search.is_wanted
    known = search.known.sites["is_invented"].values
    found: Flags = search.is_wanted & np.array(known, bool)[search.matcher.site_rows["is_invented"]]
    return found


def best(waiting: dict[int, list[Lack]], terms: Taxonomy) -> Iterator[tuple[Lack, list[int]]]:
    """Yield lacks of one fact, with all that wait for no more than that; none that another one outdoes for the same."""
    opened = {
        lack: [at for at, lacks in waiting.items() if all(mends(lack, other, terms) for other in lacks)]
        for lack in sorted({one for lacks in waiting.values() for one in lacks}, key=lambda one: one.asked)
    }
    for lack, found in opened.items():
        same = [other for other, more in opened.items() if more == found and other != lack]
        if found and not any(exceeds(lack, other, terms) for other in same):
            yield lack, found
