"""A registry in; an index of it out: what hubs and machines can do as columns of numbers, and what may do for what."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from ..records import Process
from ..registry import Progress, Registry, quiet
from .arrays import Cases, Numbers, distinct, judges
from .capabilities import CLAIM, Capabilities, capabilities
from .judging import Degree, Link
from .sites import MADE_FOR_OTHERS, Competent, by_staff

LATE = 10_000  # days; behind everything whose lead time is known
OF_SITES = ("status", "access", "accepts")  # what is asked of hubs themselves, but for services and the distance


class Index:
    """What all questions about one registry need; gathered once."""

    def __init__(self, registry: Registry, competent: Competent = by_staff, *, progress: Progress = quiet) -> None:
        self.registry = registry
        self.competent = competent
        self.known: Capabilities = capabilities(registry, progress)
        self.numbers = {hub: number for number, hub in enumerate(self.known.hubs)}
        self.links = functools.cache(self._links)
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
        """The cases of competent people: a crew, made for others, and the hub where that matters."""
        which = self.homes if self.competent is not by_staff else np.zeros_like(self.homes)
        return distinct((self.rows["crew"], self.made_for_others[self.homes], which))

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
