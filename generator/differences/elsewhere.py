"""A registry and some of its hubs in; what they offer out, and what all others do, read no further than asked.

The same rules as in `matching.by_process`, on data as they are kept: building every record would take too long. Most
questions are about processes that the first few hubs of a country offer. Only what nobody else offers makes it read
every machine of the country, once.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..matching.by_process import World
from ..records import Hub, Machine, Model
from ..registry import Registry, Rows


class Offer(NamedTuple):
    """A process that an open hub offers, and whether that is invented."""

    process: str
    hub: str
    is_invented: bool

    def holds(self, world: World) -> bool:
        """Tell whether it counts."""
        return world is World.INVENTED or not self.is_invented


class Offers:
    """What hubs of one registry offer, now, and with machines that can be used."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._machines = Rows(registry, Machine)
        self._hubs = Rows(registry, Hub)

    @functools.cached_property
    def _models(self) -> Mapping[str, tuple[str, ...]]:
        return {model.id: model.processes for model in self.registry.all(Model)}

    def of(self, hubs: Iterable[str], models: Collection[str] = ()) -> Iterator[Offer]:
        """Yield what some hubs offer; not what their machines offer only by being of some models."""
        for id in hubs:
            hub = self._open_hub(id)
            if hub is not None:
                is_invented = hub.get("demonstration", False)
                yield from (Offer(process, id, is_invented) for process in hub.get("processes", ()))
                for _, row in self._machines.below(id):
                    yield from self._of_machine(row, id, is_invented, models)

    def of_machines(self, machines: Iterable[str]) -> Iterator[Offer]:
        """Yield what some machines offer."""
        for id in machines:
            home = id.rpartition("/")[0]
            hub = self._open_hub(home)
            if hub is not None:
                yield from self._of_machine(self._machines.of(id), home, hub.get("demonstration", False), ())

    def hubs(self, country: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield id and data of the hubs of a country."""
        return ((id, json.loads(data)) for id, data in self._hubs.below(country))

    def _open_hub(self, id: str) -> dict[str, Any] | None:
        hub: dict[str, Any] = json.loads(self._hubs.of(id) or b'{"status":""}')
        return hub if hub.get("status", "active") == "active" else None

    def _of_machine(self, row: bytes, hub: str, is_invented: bool, models: Collection[str]) -> Iterator[Offer]:
        machine = json.loads(row)
        if machine.get("status") != "broken":
            model = machine.get("model", "")
            processes = machine.get("processes") or (() if model in models else self._models.get(model, ()))
            of_it = is_invented or machine.get("demonstration", False)
            yield from (Offer(process, hub, of_it) for process in processes)


class Elsewhere:
    """Answers about everything that is not in question: other hubs, and other models."""

    def __init__(self, registry: Registry, hubs: Collection[str], models: Collection[str]) -> None:
        self._offers = Offers(registry)
        self._without = hubs
        self._models = models
        self._left: dict[str, Iterator[Offer]] = {}
        self._known: dict[tuple[str, World], set[str]] = {}

    @functools.cached_property
    def _ids(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id in self._offers.registry.ids(Hub):
            if id not in self._without:
                found.setdefault(id.partition("/")[0], []).append(id)
        return found

    @functools.cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries with such hubs, those with the most first."""
        counts = Counter({country: len(ids) for country, ids in self._ids.items()})
        return tuple(sorted(counts, key=lambda code: (-counts[code], code)))

    def offers(self, processes: Collection[str], country: str, world: World) -> bool:
        """Tell whether one of some processes is offered in a country."""
        if not self._known.setdefault((country, world), set()).isdisjoint(processes):
            return True
        if country not in self._left:
            self._left[country] = self._offers.of(self._ids.get(country, ()), self._models)
        for offer in self._left[country]:
            for each in World:
                if offer.holds(each):
                    self._known.setdefault((country, each), set()).add(offer.process)
            if offer.process in processes and offer.holds(world):
                return True
        return False

    def counts(self, country: str) -> bool:
        """Tell whether a country has a real hub that has not closed."""
        hubs = (hub for id, hub in self._offers.hubs(country) if id not in self._without)
        return any(hub.get("status") != "closed" and not hub.get("demonstration") for hub in hubs)
