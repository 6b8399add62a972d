"""A registry and a wish in; every hub with a verdict, the best first, out; for one hub everything that was checked.

Hubs and machines are numbers here. All of them are judged at once, value by value of what they say (`arrays`); one hub
is explained in words by the same rules (`judging`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from ..records import Machine
from .answers import Answer, Explained, Row, Tried
from .arrays import FAIL, PASS, UNKNOWN, Facts, Flags, Floats, Numbers, Results, kilometres, results_of
from .asked import NOBODY, Asked
from .by_process import World
from .capabilities import CLAIM, Site
from .index import OF_SITES, Index
from .judging import Question, judged
from .sites import BY_SITE, MADE_FOR_OTHERS, judged_design, judged_site
from .together import together
from .values import Subject, Tally, Verdict
from .wanted import Wish

FAR = 100_000.0  # kilometres; behind everything whose distance is known


class Matcher(Index):
    """Answers about one registry; what its hubs can do is gathered once."""

    def answer(self, wish: Wish, limit: int | None = None) -> Answer:
        """Return every hub with a verdict, or the best few; all are judged and ranked first."""
        return Search(self, wish).answer(limit)

    def explain(self, wish: Wish, hub: str) -> Explained:
        """Return all that was checked of a hub. Raises `KeyError` when nothing is known of it."""
        return Search(self, wish).explained(self.numbers[hub])


class _Worst:
    """The worst that facts come to at so many places."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.found: dict[str, Results] = {}

    def note(self, fact: str, at: Numbers | slice, results: Results) -> None:
        """Add what a fact comes to at some places, each of which is there once."""
        known = self.found.setdefault(fact, np.zeros(self._places, np.int8))
        known[at] = np.maximum(known[at], results)


class Search:
    """One wish against all hubs and machines."""

    def __init__(self, matcher: Matcher, wish: Wish) -> None:
        self.matcher, self.wish, self.known = matcher, wish, matcher.known
        materials = matcher.registry.materials
        self.questions = tuple(Question(wish, step, matcher.links(step.process), materials) for step in wish.steps)
        self.asked: dict[int, Asked] = {}
        # Steps that ask the same of a machine are asked once: a chair has four legs.
        same: dict[str, int] = {}
        self.of_step: list[Asked] = []
        self._first: list[int] = []
        for at, question in enumerate(self.questions):
            first = same.setdefault(repr(replace(question.step, id="", design="", part="", after=())), at)
            if first == at:
                self.asked[at] = Asked(matcher, question)
            self.of_step.append(self.asked[first])
            self._first.append(first)

    @functools.cached_property
    def distances(self) -> Floats:
        """The distance of each hub in kilometres; NaN where nobody knows or asks."""
        if self.wish.near is None:
            return np.full(len(self.known.hubs), np.nan)
        return kilometres(self.wish.near, self.matcher.points)[self.matcher.site_rows["point"]]

    @functools.cached_property
    def is_wanted(self) -> Flags:
        """Which hubs are in question at all: by country, world and networks."""
        wish, sites, rows = self.wish, self.known.sites, self.matcher.site_rows
        found = np.ones(len(self.known.hubs), bool)
        if wish.world is not World.INVENTED:
            found &= ~np.array(sites["is_invented"].values, bool)[rows["is_invented"]]
        if wish.networks:
            member = [not wish.networks.isdisjoint(one) for one in sites["networks"].values]
            found &= np.array(member, bool)[rows["networks"]]
        if wish.countries:
            found &= np.array([hub.partition("/")[0] in wish.countries for hub in self.known.hubs], bool)
        return found

    @functools.cached_property
    def best(self) -> Mapping[int, Numbers]:
        """For each step that is asked, the machine of each hub, or `NOBODY`."""
        return dict(zip(self.asked, together(tuple(self.asked.values())), strict=True))

    def _of_design(self) -> Facts:
        """Return what the wish itself comes to, whoever makes it."""
        return results_of([judged_design(self.wish)])

    def of_sites(self) -> Iterator[tuple[str, Results]]:
        """Yield what hubs themselves come to: distinct cases of what is asked of them."""
        sites = self.known.sites
        cases, of_hub = self.matcher.terms
        values = [sites[name].values for name in OF_SITES]
        kinds = []
        for made, *case in cases:
            stated = {name: each[at] for name, each, at in zip(OF_SITES, values, case, strict=True)}
            kinds.append(Site(services=frozenset({MADE_FOR_OTHERS} if made else ()), **stated))
        checks = [[check for judge in BY_SITE[:-1] for check in judge(self.wish, kind)] for kind in kinds]
        yield from ((fact, results[of_hub]) for fact, results in results_of(checks).items())
        if self.wish.within_km is not None:
            near = np.where(self.distances <= self.wish.within_km, PASS, FAIL)
            yield "distance", np.where(np.isnan(self.distances), UNKNOWN, near).astype(np.int8)

    @functools.cached_property
    def counts(self) -> Mapping[int, Numbers]:
        """How many facts passed, are unknown and failed at each hub: what one change would mend counts once."""
        hubs, machines = self._worst()
        homes = self.matcher.homes[self._chosen]
        found = {}
        for result in (PASS, UNKNOWN, FAIL):
            of_hubs = sum((one == result for one in hubs.values()), np.zeros(len(self.known.hubs), np.int64))
            of_machines = sum((one == result for one in machines.values()), np.zeros(len(homes), np.int64))
            found[result] = of_hubs + np.bincount(homes, of_machines, len(of_hubs)).astype(np.int64)
        return found

    @functools.cached_property
    def _chosen(self) -> Numbers:
        """The machines that do a step at their hub, in order."""
        is_chosen = np.zeros(len(self.matcher.homes), bool)
        for best in self.best.values():
            is_chosen[best[best != NOBODY]] = True
        return np.flatnonzero(is_chosen)

    def _worst(self) -> tuple[Facts, Facts]:
        """Return the worst that each fact comes to in all steps: of each hub, and of each machine that is chosen."""
        hubs = _Worst(len(self.known.hubs))
        machines = _Worst(len(self._chosen))
        place = np.zeros(len(self.matcher.homes), np.int64)
        place[self._chosen] = np.arange(len(self._chosen))
        for fact, results in (*self._of_design().items(), *self.of_sites()):
            hubs.note(fact, slice(None), results)
        for at, asked in self.asked.items():
            best = self.best[at][self.best[at] != NOBODY]
            homes, places = self.matcher.homes[best], place[best]
            for fact, is_hubs, results in asked.facts_of(best):
                if is_hubs:
                    hubs.note(fact, homes, results)
                else:
                    machines.note(fact, places, results)
        return hubs.found, machines.found

    @functools.cached_property
    def missing(self) -> Numbers:
        """For how many steps each hub has no machine."""
        found = np.zeros(len(self.known.hubs), np.int64)
        for asked in self.of_step:
            found += asked.best == NOBODY
        return found

    @functools.cached_property
    def is_beyond(self) -> Flags:
        """Which hubs lie further away than was asked."""
        within = self.wish.within_km
        found: Flags = self.distances > (within if within is not None else np.inf)
        return found

    @functools.cached_property
    def ranked(self) -> Numbers:
        """The hubs in question that may do at least one step, the best first."""
        hubs = np.flatnonzero(self.is_wanted & (self.missing < len(self.questions)))
        sites, rows = self.known.sites, self.matcher.site_rows
        speaks = [self.wish.languages.isdisjoint(one) for one in sites["languages"].values]
        evidence, fresh = (np.array(sites[name].values, np.int64)[rows[name]] for name in ("evidence", "freshness"))
        order = (
            fresh, evidence, np.array(speaks, bool)[rows["languages"]], *self._terms(),
            np.where(np.isnan(self.distances), FAR, self.distances), self.counts[UNKNOWN], self.counts[FAIL],
            self.is_beyond, self.missing,
        )  # fmt: skip
        # Hubs that are alike stay in the order of their ids.
        found: Numbers = hubs[np.lexsort([column[hubs] for column in order])]
        return found

    def _terms(self) -> tuple[Floats, Numbers]:
        """Return for each hub the highest rate and the longest lead time; what nobody knows is the largest.

        Rates count where all are in the wish's currency and for the same: an hour and a gram cannot be compared.
        """
        skills, rates = self.known.skills, self.known.skills["rate"].values
        leads = np.zeros(len(self.known.hubs), np.int64)
        price, units = np.zeros(len(leads)), np.full(len(leads), NOBODY)
        is_known = [one is not None and one.currency == self.wish.currency for one in rates]
        amounts = np.array([float(one.amount) if ok else np.inf for one, ok in zip(rates, is_known, strict=True)])
        names = {one.per: at for at, one in enumerate(rates) if one is not None}
        kinds = np.array([names[one.per] if one is not None else NOBODY for one in rates], np.int64)
        for machines in self.best.values():
            has, best = machines != NOBODY, np.maximum(machines, 0)
            if not len(skills["rate"].rows):
                continue
            rate = self.matcher.rows["rate"][best]
            leads = np.maximum(leads, np.where(has, self.matcher.leads[self.matcher.rows["time"][best]], 0))
            is_other = has & (units != NOBODY) & (units != kinds[rate])
            price = np.where(has, np.maximum(price, np.where(is_other, np.inf, amounts[rate])), price)
            units = np.where(has, kinds[rate], units)
        return price, leads

    def answer(self, limit: int | None = None) -> Answer:
        """Return every hub with a verdict, or the best few."""
        ranked = self.ranked if self.questions else np.zeros(0, np.int64)
        known = (self.counts[UNKNOWN], self.counts[FAIL], self.is_beyond, self.missing)
        unknown, failed, beyond, missing = (each[ranked] for each in known)
        # A case of each verdict stands for all that are alike.
        kinds = np.minimum(unknown, 1) + 2 * np.minimum(failed, 2) + 6 * beyond + 12 * np.minimum(missing, 1)
        counts = dict.fromkeys(Verdict, 0)
        for kind, number in enumerate(np.bincount(kinds, minlength=24).tolist()):
            counts[Tally(0, kind % 2, kind // 2 % 3, kind // 12, kind // 6 % 2).verdict] += number
        counts[Verdict.NO] += int(self.is_wanted.sum()) - len(ranked)
        rows = tuple(self.row(hub) for hub in ranked[:limit].tolist())
        return Answer(self.wish, judged_design(self.wish), counts, rows)

    def row(self, hub: int) -> Row:
        """Return what came of a hub."""
        passed, unknown, failed = (int(self.counts[result][hub]) for result in (PASS, UNKNOWN, FAIL))
        distance = float(self.distances[hub])
        tally = Tally(passed, unknown, failed, int(self.missing[hub]), int(self.is_beyond[hub]))
        return Row(self.known.hubs[hub], tally, None if np.isnan(distance) else distance)

    def explained(self, hub: int) -> Explained:
        """Return all that was checked of a hub."""
        name = self.known.hubs[hub]
        whole = (check._replace(record=check.record or name) for check in judged_site(self.wish, self.known.site(hub)))
        tried = ((one.step, self._tried(at, hub)) for at, one in enumerate(self.questions))
        return Explained(self.row(hub), (*judged_design(self.wish), *whole), tuple(tried))

    def _tried(self, step: int, hub: int) -> tuple[Tried, ...]:
        """Return the machines of a hub that may do a step, the best first."""
        asked, known = self.of_step[step], self.known
        machines = [machine for machine in known.machines_of(hub) if asked.cost[machine] < asked.never]
        best = self.best[self._first[step]][hub]
        ordered = sorted(machines, key=lambda machine: (machine != best, int(asked.cost[machine]), machine))
        return tuple(self._tried_one(self.questions[step], asked, hub, machine) for machine in ordered)

    def _tried_one(self, question: Question, asked: Asked, hub: int, machine: int) -> Tried:
        known = self.known
        skill, home, name = known.skill(machine), known.hubs[hub], known.names[machine]
        record = self.matcher.registry.get(Machine, name)
        records = {
            Subject.HUB: home, Subject.MACHINE: name, Subject.DESIGN: question.step.design,
            Subject.MODEL: record.model if record is not None else "",
        }  # fmt: skip
        checks = (*judged(question, skill), *asked.people(machine, known.site(hub), skill.crew))
        claimed = skill.processes[0] if skill.status == CLAIM else ""
        return Tried(name, tuple(one._replace(record=records.get(one.subject, "")) for one in checks), claimed)
