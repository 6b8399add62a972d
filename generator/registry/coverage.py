"""A registry in; what it covers out: hubs by country, how complete and fresh records are, what there is how often.

Invented hubs and hubs that closed for good are left out everywhere, with their machines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..records import Hub, Machine
from .completeness import completeness
from .demonstration import is_invented
from .freshness import freshness
from .registry import Registry


@dataclass(frozen=True, slots=True)
class Country:
    """What a registry holds of one country; levels and freshness each add up to the hubs.

    `machines` are records, `units` the machines that they stand for.
    """

    country: str
    hubs: int
    located: int
    basic: int
    matchable: int
    contractable: int
    fresh: int
    due: int
    stale: int
    unknown: int
    machines: int
    units: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many hubs have something, and how many of their machines, where it is something that machines have."""

    id: str
    hubs: int
    machines: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that is counted. Frequencies come the most frequent first; id "" counts hubs that do not say."""

    countries: tuple[Country, ...]
    processes: tuple[Frequency, ...]
    models: tuple[Frequency, ...]
    kinds: tuple[Frequency, ...]
    business_models: tuple[Frequency, ...]
    languages: tuple[Frequency, ...]
    networks: tuple[Frequency, ...]


def counted_hubs(registry: Registry) -> Iterator[Hub]:
    """Yield the hubs that figures are about."""
    return (hub for hub in registry.all(Hub) if is_counted(hub))


def is_counted(hub: Hub) -> bool:
    """Tell whether figures are about a hub: a real one that has not closed."""
    return not hub.demonstration and hub.status != "closed"


def coverage(registry: Registry) -> Coverage:
    """Return what a registry covers."""
    hubs = [(hub, _machines(registry, hub)) for hub in counted_hubs(registry)]
    return Coverage(
        countries=_countries(registry, hubs),
        processes=_of_machines(hubs, lambda machine: machine.processes),
        models=_of_machines(hubs, lambda machine: (machine.model,) if machine.model else ()),
        kinds=_of_hubs(hub.kind for hub, _ in hubs),
        business_models=_of_hubs(one for hub, _ in hubs for one in hub.business_models or ("",)),
        languages=_of_hubs(one for hub, _ in hubs for one in hub.languages or ("",)),
        networks=_of_hubs(one for hub, _ in hubs for one in hub.networks or ("",)),
    )


_Hubs = list[tuple[Hub, tuple[Machine, ...]]]


def _machines(registry: Registry, hub: Hub) -> tuple[Machine, ...]:
    return tuple(machine for machine in registry.machines_of(hub) if not is_invented(registry, machine))


def _countries(registry: Registry, hubs: _Hubs) -> tuple[Country, ...]:
    """Return each country's figures, the one with the most hubs first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for hub, machines in hubs:
        count = counts[hub.country]
        count["hubs"] += 1
        count["located"] += hub.location.point is not None
        count[completeness(hub, machines).level] += 1
        count[freshness(hub.verified, registry.as_of)] += 1
        count["machines"] += len(machines)
        count["units"] += sum(machine.quantity for machine in machines)
    keys = Country.__slots__[1:]
    found = (Country(code, **{key: count[key] for key in keys}) for code, count in counts.items())
    return tuple(sorted(found, key=lambda one: (-one.hubs, one.country)))


def _of_machines(hubs: _Hubs, ids: Callable[[Machine], Iterable[str]]) -> tuple[Frequency, ...]:
    machines = Counter(id for _, owned in hubs for machine in owned for id in ids(machine))
    having = Counter(id for _, owned in hubs for id in {id for machine in owned for id in ids(machine)})
    ordered = sorted(machines, key=lambda id: (-machines[id], id))
    return tuple(Frequency(id, having[id], machines[id]) for id in ordered)


def _of_hubs(ids: Iterable[str]) -> tuple[Frequency, ...]:
    """Return what hubs say; those that say nothing stand last."""
    counts = Counter(ids)
    return tuple(Frequency(id, counts[id]) for id in sorted(counts, key=lambda id: (not id, -counts[id], id)))
