"""A registry on both sides of a change in; what can be done where, before and after it, out."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..matching.by_process import NOBODY, Hubs, World, explode
from ..records import Design, Hub, Machine, Model, Process
from ..registry import Registry, identify
from .elsewhere import Elsewhere, Offer, Offers
from .entries import Sides, data_of

_MODEL = re.compile(rb'"model":"([^"]*)"')
Where = tuple[str, str]  # a process, and the country


class Side:
    """One side: what the hubs and machines in question offer on it, and all others on both."""

    def __init__(
        self, registry: Registry, hubs: Collection[str], machines: Collection[str], elsewhere: Elsewhere
    ) -> None:
        self.registry = registry
        self.elsewhere = elsewhere
        self._in_question = hubs, machines
        self.offers = functools.cache(self._offers)
        self.is_able = functools.cache(self._is_able)
        self.narrower = functools.cache(self._narrower)

    @functools.cached_property
    def _all_offers(self) -> tuple[Offer, ...]:
        offers, (hubs, machines) = Offers(self.registry), self._in_question
        return (*offers.of(sorted(hubs)), *offers.of_machines(sorted(machines)))

    def _offers(self, world: World) -> Mapping[Where, Hubs]:
        """Return the hubs in question by what they offer themselves, and their country."""
        found: dict[Where, set[str]] = {}
        for offer in self._all_offers:
            if offer.holds(world):
                found.setdefault((offer.process, offer.hub.partition("/")[0]), set()).add(offer.hub)
        return {where: frozenset(hubs) for where, hubs in found.items()}

    def _narrower(self, process: str) -> frozenset[str]:
        """Return a process and everything that is a kind of it."""
        return self.registry.processes.narrower(process) | {process}

    def hubs(self, process: str, country: str, world: World) -> Hubs:
        """Return those of the hubs in question that are able to do a process."""
        offered = self.offers(world)
        return NOBODY.union(*(offered.get((one, country), NOBODY) for one in self.narrower(process)))

    def _is_able(self, process: str, country: str, world: World) -> bool:
        """Tell whether any hub of a country can do a process."""
        return bool(self.hubs(process, country, world)) or self.elsewhere.offers(self.narrower(process), country, world)

    def needs(self, design: str) -> frozenset[str]:
        """Return the processes that a design takes; nothing when it does not say them all, or is not there."""
        record = self.registry.get(Design, design)
        steps, silent = explode(self.registry, record) if record is not None else ((), ("",))
        return frozenset() if silent else frozenset(step.process for _, step in steps)

    def can_make(self, needed: frozenset[str], country: str, world: World) -> bool:
        """Tell whether what is needed can all be done in a country."""
        return bool(needed) and all(self.is_able(process, country, world) for process in sorted(needed))

    def can_make_at_all(self, needed: frozenset[str], countries: Collection[str], world: World) -> bool:
        """Tell whether what is needed can be done, be it in several countries."""
        return bool(needed) and all(any(self.is_able(one, code, world) for code in countries) for one in sorted(needed))


@dataclass(frozen=True, slots=True)
class Both:
    """Both sides of a change, and the hubs whose own files differ."""

    before: Side
    after: Side
    hubs: frozenset[str]

    @property
    def elsewhere(self) -> Elsewhere:
        """What is the same on both sides."""
        return self.after.elsewhere

    @property
    def countries(self) -> tuple[str, ...]:
        """All countries with hubs, those with the most first."""
        own = sorted({hub.partition("/")[0] for hub in self.hubs} - set(self.elsewhere.countries))
        return (*self.elsewhere.countries, *own)

    def flips(self, world: World) -> Mapping[Where, bool]:
        """Return what can now be done in a country, or no longer: whether it can, by process and country."""
        found = {}
        for process, country in sorted(self._affected(world)):
            was, now = (side.is_able(process, country, world) for side in (self.before, self.after))
            if was != now:
                found[process, country] = now
        return found

    def _affected(self, world: World) -> set[Where]:
        """Return where it may have changed whether a process can be done."""
        offered = [side.offers(world) for side in (self.before, self.after)]
        found: set[Where] = set()
        for process, country in {where for where in {*offered[0], *offered[1]} if not _same(where, *offered)}:
            found.add((process, country))
            for side in (self.before, self.after):
                found.update((one, country) for one in side.registry.processes.broader(process))
        return found | {(process, country) for process in self._regrouped() for country in self.countries}

    def _regrouped(self) -> Iterator[str]:
        """Yield the processes under which other ones stand than before."""
        edges = [side.registry.processes.edges for side in (self.before, self.after)]
        if edges[0] != edges[1]:
            for process in sorted({*edges[0], *edges[1]}):
                if self.before.narrower(process) != self.after.narrower(process):
                    yield process


def _same(where: Where, before: Mapping[Where, Hubs], after: Mapping[Where, Hubs]) -> bool:
    return before.get(where) == after.get(where)


def both(sides: Sides) -> Both:
    """Return both sides of a change; in question are hubs whose files differ, and machines whose model does."""
    hubs: set[str] = set()
    models: set[str] = set()
    for path in sides.paths:
        kind, id = identify(path) or (Process, "")
        if kind is Hub:
            hubs.add(id)
        elif kind is Machine:
            hubs.add(id.rpartition("/")[0])
        elif kind is Model and _processes(sides.before, id) != _processes(sides.after, id):
            models.add(id)
    machines = {id for id in _of_models(sides.after, models) if id.rpartition("/")[0] not in hubs}
    elsewhere = Elsewhere(sides.after, hubs, models)
    before, after = (Side(registry, hubs, machines, elsewhere) for registry in (sides.before, sides.after))
    return Both(before, after, frozenset(hubs))


def _processes(registry: Registry, model: str) -> list[str]:
    found: list[str] = (data_of(registry, (Model.record_kind, model)) or {}).get("processes", [])
    return found


def _of_models(registry: Registry, models: Collection[str]) -> Iterator[str]:
    """Yield the machines that are of one of some models."""
    for kind, id, data in registry.raw() if models else ():
        if kind == Machine.record_kind and (found := _MODEL.search(data)) and found[1].decode() in models:
            yield id
