"""One step and all machines of a registry in; what each comes to, and the best one of each hub, out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from .arrays import FAIL, UNKNOWN, Facts, Numbers, Results, results_of
from .capabilities import Crew, Site
from .index import LATE, Index, Offering
from .judging import Question
from .sites import MADE_FOR_OTHERS, certifications_of, competences_of, people_of
from .values import Checks, Subject

FAILED = 1024  # one failure weighs more than all that may be unknown
NOBODY = -1  # where a hub has no machine for a step


class Asked:
    """What every machine comes to for one step, and the best one of each hub."""

    never = np.iinfo(np.int64).max

    def __init__(self, matcher: Index, question: Question) -> None:
        self.matcher, self.question = matcher, question
        self.facts = [(name, judge(question)) for name, judge in matcher.judges.items()]

    @functools.cached_property
    def of_people(self) -> tuple[OfPeople, ...]:
        """What certifications and competent people come to."""
        return tuple(self._of_people())

    def _of_people(self) -> Iterator[OfPeople]:
        matcher, step = self.matcher, self.question.step
        if not matcher.known.names:
            return
        sites, crews = matcher.known.sites, matcher.known.skills["crew"].values
        if step.certifications:
            cases, case = matcher.held
            held = sites["certifications"].values
            stated = [self.certified(Site(certifications=held[site]), crews[crew]) for crew, site in cases]
            yield from _groups(stated, case)
        if step.requires:
            cases, case = matcher.staff
            kinds = (Site(), Site(services=frozenset({MADE_FOR_OTHERS})))
            there = set(np.unique(case[self.offering.machines]).tolist())
            stated = [
                self.competent(place, kinds[made], crews[crew]) if at in there else ()
                for at, (crew, made, place) in enumerate(cases)
            ]
            yield from _groups(stated, case)

    def certified(self, site: Site, crew: Crew) -> Checks:
        """Return which certifications of those that are asked for are held."""
        return certifications_of(self.question, site, crew)

    def competent(self, place: int, site: Site, crew: Crew) -> Checks:
        """Return who is competent for what is asked for."""
        return competences_of(self.question, place, site, crew, self.matcher.operators)

    def people(self, machine: int, site: Site, crew: Crew) -> Checks:
        """Return what concerns a machine and its hub together: certifications, and competent people."""
        return people_of(self.question, int(self.matcher.places[machine]), site, crew, self.matcher.operators)

    @functools.cached_property
    def offering(self) -> Offering:
        """The machines that do the step, well or not."""
        return self.matcher.offering(self.question.step.process, self.question.wish.world)

    @functools.cached_property
    def cost(self) -> Numbers:
        """A number for each machine, smaller the better it does the step; `never` for one that does not do it."""
        found = np.full(len(self.matcher.homes), self.never, np.int64)
        found[self.offering.machines] = self.costs
        return found

    @functools.cached_property
    def costs(self) -> Numbers:
        """The cost of each machine that does the step."""
        matcher, offering = self.matcher, self.offering
        found: Numbers = np.zeros(len(offering.machines), np.int64)
        for name, facts in self.facts:
            if facts:
                found += cost_of(facts.values())[offering.rows(name)]
        for group in self.of_people:
            found += cost_of(group.facts.values())[group.case[offering.machines]]
        found = found * 2 + matcher.is_claim[offering.rows("status")]
        found *= LATE + 1
        found += matcher.leads[offering.rows("time")]
        return found

    @functools.cached_property
    def best(self) -> Numbers:
        """The machine that does the step best at each hub, the first one of several that are as good; or `NOBODY`."""
        offering = self.offering
        found = np.full(len(self.matcher.first) - 1, NOBODY, np.int64)
        found[offering.homes[offering.first]] = offering.machines[self._best]
        return found

    @functools.cached_property
    def _best(self) -> Numbers:
        """The place of the best machine of each hub among those that do the step."""
        count = len(self.offering.machines)
        least: Numbers = np.minimum.reduceat(self.costs * count + np.arange(count), self.offering.first)
        return least % max(1, count)

    def _columns(self) -> Iterator[tuple[Facts, Numbers, bool]]:
        """Yield results by fact and value, the value of each machine, and whether the facts are the hubs' own."""
        yield from ((facts, self.matcher.rows[name], False) for name, facts in self.facts if facts)
        yield from self.of_people

    @functools.cached_property
    def failed_at_best(self) -> Numbers:
        """How many facts fail of the best machine of each hub; 0 where there is none."""
        offering, found = self.offering, np.zeros(len(self.matcher.first) - 1, np.int64)
        found[offering.homes[offering.first]] = self.costs[self._best] // (FAILED * 2 * (LATE + 1))
        return found

    def names(self) -> Iterator[str]:
        """Yield every fact that the step asks for."""
        for facts, *_ in self._columns():
            yield from facts

    def facts_of(self, machines: Numbers) -> Iterator[tuple[str, bool, Results]]:
        """Yield what some machines come to for each fact, and whether it is their hubs' own.

        What the hub's own record decides is about no machine: one change there mends it for all.
        """
        for facts, rows, is_hubs in self._columns():
            at = rows[machines]
            yield from ((fact, is_hubs, results[at]) for fact, results in facts.items())

    def at_best(self) -> Iterator[tuple[str, Results]]:
        """Yield, by hub, what the best machines come to, for each fact."""
        found: dict[str, Results] = {}
        for fact, _, results in self.facts_at(self.best):
            found[fact] = np.maximum(found[fact], results) if fact in found else results
        yield from found.items()

    def facts_at(self, machines: Numbers) -> Iterator[tuple[str, Numbers, Results]]:
        """Yield, by hub, what a machine (or `NOBODY`) comes to for each fact, and the one that it is about, or none."""
        has, nobody = machines != NOBODY, np.full(len(machines), NOBODY, np.int64)
        for fact, is_hubs, found in self.facts_of(machines[has]) if has.any() else ():
            results = np.zeros(len(machines), np.int8)
            results[has] = found
            yield fact, nobody if is_hubs else machines, results


class OfPeople(NamedTuple):
    """Results by fact and case, the case of each machine, and whether the facts are the hubs' own."""

    facts: Facts
    case: Numbers
    is_hubs: bool


def _groups(checks: list[Checks], case: Numbers) -> Iterator[OfPeople]:
    """Yield what some cases come to: facts of machines, and facts of hubs, which one change mends for all machines."""
    for is_hubs in (False, True):
        each = [[one for one in found if (one.subject is Subject.HUB) is is_hubs] for found in checks]
        if facts := results_of(each):
            yield OfPeople(facts, case, is_hubs)


def cost_of(facts: Iterable[Results]) -> Numbers:
    """Return a number for each row that is smaller the fewer facts fail, and then the fewer are unknown."""
    found: Numbers = sum((one == FAIL) * np.int64(FAILED) + (one == UNKNOWN) for one in facts) + np.int64(0)
    return found
