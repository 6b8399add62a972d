"""Aims and all hubs in; which missing machine, change or fact would open most of them, everywhere or by country, out.

An aim is possible somewhere when hubs there can do each of its steps, be it several hubs together that share one. For a
step that nobody can do, the smallest changes are single ones of a machine or hub that is there; where none would do, it
takes another machine. What nobody states is no gap: it is counted apart, as facts that somebody could ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..registry import Registry
from ..registry.taxonomy import Taxonomy
from .aims import Aim, aims
from .arrays import FAIL, PASS, UNKNOWN, Flags, Numbers
from .asked import NOBODY
from .by_process import World
from .lacks import MACHINE, Lack, exceeds, mends, missing
from .search import Matcher
from .standing import Fact, Part, Standing, standings

EVERYWHERE = ""
_OUTSIDE = -1
MACHINES = "machines"  # what a hub does not name that claims a process
_Topic = tuple[str, str]  # a process ("" for the hub itself), and what is not stated
_Ways = dict[Lack, int]  # what would mend a step, and at how many hubs


class Change(NamedTuple):
    """What would have to change, at how many hubs it would do (0 for a new machine), and what it opens.

    `opens` are the aims for which that is all; `helps` those that need more besides.
    """

    lack: Lack
    hubs: int
    opens: tuple[Aim, ...]
    helps: tuple[Aim, ...]

    @property
    def is_machine(self) -> bool:
        """Whether it takes a machine that nobody has."""
        return self.lack.rule == MACHINE


class Silence(NamedTuple):
    """A field that machines for a process, or hubs themselves (""), do not state; how many, and who waits for it.

    Where hubs claim a process and name no machine, the field is `machines`. An aim waits when it is possible, but not
    for certain.
    """

    process: str
    field: str
    number: int
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing in a place: how many aims are certain, possible when asked for, impossible, and say too little.

    `where` is a country's code, several with spaces between them, or `EVERYWHERE`.
    """

    where: str
    certain: int
    possible: int
    impossible: int
    not_matchable: int
    changes: tuple[Change, ...]
    silences: tuple[Silence, ...]


def gaps(registry: Registry, matcher: Matcher, countries: Sequence[str] = ()) -> Gaps:
    """Return what is missing in some countries together, or everywhere."""
    wanted = real(aims(registry))
    ledger = Ledger(matcher, (" ".join(countries),), _in(matcher, countries))
    for standing in standings(matcher, wanted):
        ledger.add(standing)
    return ledger.gaps(0, not_matchable=sum(not aim.is_matchable for aim in wanted))


def real(found: Iterable[Aim]) -> tuple[Aim, ...]:
    """Return what is really wanted: nothing that is invented makes a gap."""
    return tuple(aim for aim in found if aim.wish.world is World.REAL)


def _in(matcher: Matcher, countries: Sequence[str]) -> Numbers:
    chosen = [not countries or hub.partition("/")[0] in countries for hub in matcher.known.hubs]
    return np.where(np.array(chosen, bool), 0, _OUTSIDE)


def by_country(matcher: Matcher) -> Ledger:
    """Return a ledger with a place for each country that has hubs."""
    codes = [hub.partition("/")[0] for hub in matcher.known.hubs]
    names = sorted(set(codes))
    numbers = {code: at for at, code in enumerate(names)}
    return Ledger(matcher, names, np.array([numbers[code] for code in codes], np.int64))


def everywhere(matcher: Matcher) -> Ledger:
    """Return a ledger with one place, for all hubs."""
    return Ledger(matcher, (EVERYWHERE,), _in(matcher, ()))


class Ledger:
    """What is missing in places that do not overlap; `place` is the number of each hub's, or -1."""

    def __init__(self, matcher: Matcher, names: Sequence[str], place: Numbers) -> None:
        self.names = tuple(names)
        self._terms, self._homes, self._place = matcher.registry.processes, matcher.homes, place
        self._is_claim = matcher.is_claim[matcher.rows["status"]]
        self._open: list[list[tuple[Aim, list[_Ways]]]] = [[] for _ in names]
        self._done = np.zeros((2, len(self.names)), np.int64)  # for certain, and when asked for
        self._silent: dict[_Topic, list[Numbers]] = {}
        self._waiting: list[dict[_Topic, list[Aim]]] = [{} for _ in names]

    def add(self, standing: Standing) -> None:
        """Add what is missing for an aim."""
        size, of_design = len(self.names), standing.of_design
        lacking: list[list[_Ways]] = [[] for _ in range(size)]
        is_certain = np.ones(size, bool)
        for part in standing.parts:
            able = standing.able(part) & (self._place != _OUTSIDE)
            is_able, is_sure = self._has(able), self._has(able & standing.sure(part))
            if not is_able.all():
                is_able |= self._shares(standing, part)
            is_certain &= is_sure
            for at, ways in self._ways(standing, part, ~is_able):
                lacking[at].append(ways)
            self._add_silent(standing, part, able, is_able & ~is_sure)
        is_possible = np.array([of_design != FAIL and not one for one in lacking], bool)
        is_certain &= of_design == PASS
        self._done += np.stack([is_certain, is_possible & ~is_certain])
        for at in np.flatnonzero(~is_possible).tolist():
            self._open[at].append((standing.aim, [] if of_design == FAIL else lacking[at]))

    def _counted(self, hubs: Flags) -> Numbers:
        """Return how many of some hubs each place has."""
        found: Numbers = np.bincount(self._place[hubs], minlength=len(self.names))
        return found

    def _has(self, hubs: Flags) -> Flags:
        found: Flags = self._counted(hubs) > 0
        return found

    def _shares(self, standing: Standing, part: Part) -> Flags:
        """Tell in which places hubs that are each too slow for a step make all its pieces together."""
        made, question = standing.slow(part), part.question
        inside = self._place != _OUTSIDE
        total = np.bincount(self._place[inside], weights=made[inside], minlength=len(self.names))
        found: Flags = total >= question.wish.pieces(question.step)
        return found

    def _ways(self, standing: Standing, part: Part, where: Flags) -> Iterator[tuple[int, _Ways]]:
        """Yield for some places what would mend a step there."""
        if not where.any():
            return
        found: dict[int, _Ways] = {at: {} for at in np.flatnonzero(where).tolist()}
        inside = standing.search.is_wanted & (self._place != _OUTSIDE) & part.is_there
        near = inside & (standing.site_failed + part.number(FAIL) == 1)
        for fact in (*standing.site, *part.facts) if near.any() else ():
            if fact.lack.can_be_mended:
                counts = self._counted(near & (fact.results == FAIL))
                lack = fact.lack._replace(process=part.process)
                for at in np.flatnonzero(where & (counts > 0)).tolist():
                    found[at][lack] = int(counts[at])
        yield from ((at, ways or {missing(part.process): 0}) for at, ways in found.items())

    def _add_silent(self, standing: Standing, part: Part, able: Flags, where: Flags) -> None:
        """Keep which facts machines and hubs do not state, in the places where somebody waits for them."""
        if not where.any():
            return
        asked = able & where[self._place]
        for fact in (*standing.site, *part.facts):
            hubs = np.flatnonzero(asked & (fact.results == UNKNOWN))
            if len(hubs) and fact.lack.can_be_mended:
                self._keep(standing.aim, fact, hubs)

    def _keep(self, aim: Aim, fact: Fact, hubs: Numbers) -> None:
        """Keep who does not state a fact: hubs themselves, claims or machines."""
        machines, lack = fact.about[hubs], fact.lack
        is_hub = machines == NOBODY
        is_claim = ~is_hub & self._is_claim[machines] & (lack.rule != MACHINE)
        is_machine = ~is_hub & ~is_claim
        for topic, numbers, which in (
            (("", lack.field), hubs, is_hub), ((lack.process, MACHINES), machines, is_claim),
            ((lack.process, lack.field), machines, is_machine),
        ):  # fmt: skip
            if which.any():
                self._silent.setdefault(topic, []).append(numbers[which])
                self._wait(topic, aim, self._place[hubs[which]])

    def _wait(self, topic: _Topic, aim: Aim, places: Numbers) -> None:
        for at in np.unique(places).tolist():
            waiting = self._waiting[at].setdefault(topic, [])
            if not (waiting and waiting[-1] is aim):
                waiting.append(aim)

    def gaps(self, at: int, not_matchable: int = 0) -> Gaps:
        """Return what is missing in a place, by its number."""
        certain, possible = self._done[:, at].tolist()
        changes = tuple(_changes(self._open[at], self._terms))
        count = len(self._open[at])
        return Gaps(self.names[at], certain, possible, count, not_matchable, changes, tuple(self._silences(at)))

    def _silences(self, at: int) -> list[Silence]:
        found = []
        for topic, waiting in self._waiting[at].items():
            numbers = np.unique(np.concatenate(self._silent[topic]))
            places = self._place[self._homes[numbers] if topic[0] else numbers]
            found.append(Silence(*topic, int((places == at).sum()), tuple(waiting)))
        return sorted(found, key=lambda one: (-len(one.aims), -one.number, one[:2]))


def _changes(lacking: Sequence[tuple[Aim, list[_Ways]]], terms: Taxonomy) -> list[Change]:
    """Return the single changes that would open something, or help to, those that open most first."""
    hubs: _Ways = {}
    for _, steps in lacking:
        for ways in steps:
            for lack, count in ways.items():
                hubs[lack] = max(count, hubs.get(lack, 0))
    mending = _mending(tuple(hubs), terms)
    opens: dict[Lack, list[Aim]] = {lack: [] for lack in hubs}
    helps: dict[Lack, list[Aim]] = {lack: [] for lack in hubs}
    for aim, steps in lacking:
        found = [{one for lack in ways for one in mending[lack]} for ways in steps]
        for lack in set().union(*found):
            (opens if all(lack in each for each in found) else helps)[lack].append(aim)
    changes = [Change(lack, hubs[lack], tuple(opens[lack]), tuple(helps[lack])) for lack in hubs]
    kept = (one for one in changes if not any(_outdoes(other, one, mending, terms) for other in changes))
    return sorted(kept, key=lambda one: (-len(one.opens), -len(one.helps), one.lack.kind, one.lack.asked))


def _mending(lacks: Sequence[Lack], terms: Taxonomy) -> Mapping[Lack, list[Lack]]:
    """Return for each lack all those that mend it when they are mended; what is of one kind can be compared."""
    kinds: dict[_Topic, list[Lack]] = {}
    for lack in lacks:
        kinds.setdefault(_comparable(lack), []).append(lack)
    return {lack: [one for one in kinds[_comparable(lack)] if mends(one, lack, terms)] for lack in lacks}


def _comparable(lack: Lack) -> _Topic:
    return ("", lack.fact) if lack.rule == MACHINE else lack.kind


def _outdoes(one: Change, other: Change, mending: Mapping[Lack, list[Lack]], terms: Taxonomy) -> bool:
    """Tell whether a change does the same as another one, with less."""
    return (
        one is not other and other.lack in mending[one.lack] and (one.opens, one.helps) == (other.opens, other.helps)
        and exceeds(other.lack, one.lack, terms)
    )  # fmt: skip
