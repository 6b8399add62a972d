"""A registry in; an index of it out: what hubs and machines can do as columns of numbers, and what may do for what."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ..records import Process
from ..registry import Progress, Registry, quiet
from .arrays import Cases, Flags, Floats, Numbers, distinct, judges
from .by_process import World
from .capabilities import CLAIM, Capabilities, capabilities
from .judging import Degree, Link
from .operators import STAFF_ONLY, Operators, places_in
from .sites import MADE_FOR_OTHERS

LATE = 10_000  # days; behind everything whose lead time is known
_KEPT = 16  # processes whose machines are kept at hand
OF_SITES = ("status", "access", "accepts")  # what is asked of hubs themselves, but for services and the distance


class Speeds(NamedTuple):
    """By the number of a time: pieces a week and days until the start, NaN where not known, and the fewest pieces."""

    weekly: Floats
    leads: Floats
    least: Numbers


class Offering:
    """The machines that may do something, in order, and the hubs where they stand.

    `first` are the places where another hub begins.
    """

    def __init__(self, machines: Numbers, homes: Numbers, rows: Mapping[str, Numbers]) -> None:
        self.machines, self.homes = machines, homes[machines]
        self.first = np.flatnonzero(np.diff(self.homes, prepend=-1))
        self._rows, self._known = rows, dict[str, Numbers]()

    def rows(self, name: str) -> Numbers:
        """Return the rows of these machines in a column."""
        if name not in self._known:
            self._known[name] = self._rows[name][self.machines]
        return self._known[name]


class Index:
    """What all questions about one registry need; gathered once."""

    def __init__(self, registry: Registry, operators: Operators = STAFF_ONLY, *, progress: Progress = quiet) -> None:
        self.registry = registry
        self.operators = operators
        self.known: Capabilities = capabilities(registry, progress)
        self.numbers = {hub: number for number, hub in enumerate(self.known.hubs)}
        self.links = functools.cache(self._links)
        self.offering = functools.lru_cache(_KEPT)(self._offering)
        skills, sites = self.known.skills, self.known.sites
        self.judges = judges(skills)
        self.rows = {name: np.array(column.rows, np.int64) for name, column in skills.items()}
        self.site_rows = {name: np.array(column.rows, np.int64) for name, column in sites.items()}
        self.homes = np.array(self.known.homes, np.int64)
        self.first = np.array(self.known.first, np.int64)
        nowhere = (np.nan, np.nan)
        self.points = np.array([point or nowhere for point in sites["point"].values]).reshape(-1, 2)
        self.leads = np.array([LATE if one.lead_days is None else min(one.lead_days, LATE)
                               for one in skills["time"].values], np.int64)  # fmt: skip
        self.is_claim = np.array([status == CLAIM for status in skills["status"].values], bool)
        self.is_invented = np.array(skills["is_invented"].values, bool)

    def _offering(self, process: str, world: World) -> Offering:
        """Return the machines of a world that offer a process, or what may do for it."""
        links, offered = self.links(process), self.known.skills["processes"].values
        may: Flags = np.array([not links.keys().isdisjoint(one) for one in offered], bool)[self.rows["processes"]]
        if world is not World.INVENTED:
            may &= ~self.is_invented[self.rows["is_invented"]]
        return Offering(np.flatnonzero(may), self.homes, self.rows)

    @functools.cached_property
    def speeds(self) -> Speeds:
        """How fast machines are, when they can start, and how few pieces they take on."""
        times = self.known.skills["time"].values
        weekly = [np.nan if one.pieces_per_week is None else one.pieces_per_week for one in times]
        leads = [np.nan if one.lead_days is None else one.lead_days for one in times]
        return Speeds(np.array(weekly, float), np.array(leads, float), np.array([one.least for one in times], np.int64))

    @functools.cached_property
    def made_for_others(self) -> Numbers:
        """Which hubs make things for others: 1 or 0. No other service matters here."""
        made = [int(MADE_FOR_OTHERS in services) for services in self.known.sites["services"].values]
        return np.array(made, np.int64)[self.site_rows["services"]]

    @functools.cached_property
    def terms(self) -> Cases:
        """The cases of what hubs say of themselves: made for others, and a number for each of `OF_SITES`."""
        return distinct((self.made_for_others, *(self.site_rows[name] for name in OF_SITES)))

    @functools.cached_property
    def held(self) -> Cases:
        """The cases of certifications: a crew, and those of the hub."""
        return distinct((self.rows["crew"], self.site_rows["certifications"][self.homes]))

    @functools.cached_property
    def staff(self) -> Cases:
        """The cases of competent people: a crew, made for others, and the place."""
        return distinct((self.rows["crew"], self.made_for_others[self.homes], self.places))

    @functools.cached_property
    def places(self) -> Numbers:
        """The number of each machine among the places where somebody with a published passport can operate it."""
        return np.array(places_in(self.known, self.operators), np.int64)

    def _links(self, process: str) -> Mapping[str, Link]:
        """Return every process that may do for another, each with the closest degree."""
        terms, found = self.registry.processes, {process: Link(process, Degree.EXACT)}
        for one in sorted(terms.narrower(process)):
            found.setdefault(one, Link(one, Degree.NARROWER))
        for one in sorted(terms.broader(process)):
            found.setdefault(one, Link(one, Degree.BROADER))
        # What may stand in for a kind of it may stand in for it.
        for asked in (process, *sorted(terms.narrower(process))):
            record = self.registry.get(Process, asked)
            for substitute in record.substitutes if record is not None else ():
                condition = substitute.when.into(self.registry.language)
                for one in (substitute.process, *sorted(terms.narrower(substitute.process))):
                    found.setdefault(one, Link(one, Degree.SUBSTITUTE, condition))
        return found
