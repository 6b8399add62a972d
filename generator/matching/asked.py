"""One step and all machines of a registry in; what each comes to, and the best one of each hub, out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from .arrays import FAIL, UNKNOWN, Facts, Numbers, Results, results_of
from .by_process import World
from .capabilities import Crew, Site
from .index import LATE, Index
from .judging import Question, link_of
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
            hubs = matcher.known.hubs
            stated = [self.competent(hubs[hub], kinds[made], crews[crew]) for crew, made, hub in cases]
            yield from _groups(stated, case)

    def certified(self, site: Site, crew: Crew) -> Checks:
        """Return which certifications of those that are asked for are held."""
        return certifications_of(self.question, site, crew)

    def competent(self, hub: str, site: Site, crew: Crew) -> Checks:
        """Return who is competent for what is asked for."""
        return competences_of(self.question, hub, site, crew, self.matcher.competent)

    def people(self, hub: str, site: Site, crew: Crew) -> Checks:
        """Return what concerns a machine and its hub together: certifications, and competent people."""
        return people_of(self.question, hub, site, crew, self.matcher.competent)

    @functools.cached_property
    def cost(self) -> Numbers:
        """A number for each machine, smaller the better it does the step; `never` for one that does not do it."""
        matcher, rows = self.matcher, self.matcher.rows
        found = np.zeros(len(matcher.homes), np.int64)
        for name, facts in self.facts:
            if facts:
                found += _cost(facts.values())[rows[name]]
        for group in self.of_people:
            found += _cost(group.facts.values())[group.case]
        found = found * 2 + matcher.is_claim[rows["status"]]
        found = found * (LATE + 1) + matcher.leads[rows["time"]]
        offered = matcher.known.skills["processes"].values
        may = np.array([link_of(self.question, one) is not None for one in offered], bool)[rows["processes"]]
        if self.question.wish.world is not World.INVENTED:
            may &= ~matcher.is_invented[rows["is_invented"]]
        return np.where(may, found, self.never)

    @functools.cached_property
    def failed(self) -> Numbers:
        """How many facts fail of each machine that does the step."""
        return self.cost // (FAILED * 2 * (LATE + 1))

    @functools.cached_property
    def best(self) -> Numbers:
        """The machine that does the step best at each hub, the first one of several that are as good; or `NOBODY`."""
        first, count = self.matcher.first, len(self.cost)
        found = np.full(len(first) - 1, NOBODY, np.int64)
        has = first[:-1] < first[1:]
        if has.any():
            order = np.where(self.cost < self.never, self.cost * count + np.arange(count), self.never)
            least = np.minimum.reduceat(order, first[:-1][has])
            found[has] = np.where(least < self.never, least % count, NOBODY)
        return found

    def at_best(self) -> Iterator[tuple[str, Results]]:
        """Yield, by hub, what the best machines come to, for each fact."""
        found: dict[str, Results] = {}
        for fact, _, results in self.facts_at(self.best):
            found[fact] = np.maximum(found[fact], results) if fact in found else results
        yield from found.items()

    def facts_at_best(self) -> Iterator[tuple[str, Numbers, Results]]:
        """Yield, by hub, what the best machines come to for each fact, and the one that it is about, or `NOBODY`."""
        return self.facts_at(self.best)

    def facts_at(self, machines: Numbers) -> Iterator[tuple[str, Numbers, Results]]:
        """Yield what a machine of each hub (or `NOBODY`) comes to for each fact, and the one that it is about, or none.

        What the hub's own record decides is about no machine: one change there mends it for all.
        """
        has, best = machines != NOBODY, np.maximum(machines, 0)
        if not has.any():
            return
        nobody = np.full(len(best), NOBODY, np.int64)
        cases = [(facts, self.matcher.rows[name], machines) for name, facts in self.facts]
        cases += [(group.facts, group.case, nobody if group.is_hubs else machines) for group in self.of_people]
        for facts, rows, about in cases:
            for fact, results in facts.items():
                yield fact, about, np.where(has, results[rows[best]], 0).astype(np.int8)


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


def _cost(facts: Iterable[Results]) -> Numbers:
    """Return a number for each row that is smaller the fewer facts fail, and then the fewer are unknown."""
    found: Numbers = sum((one == FAIL) * np.int64(FAILED) + (one == UNKNOWN) for one in facts) + np.int64(0)
    return found
