"""A registry in; the processes and materials that its designs and requests need, and the countries that lack them, out.

Judged by each process and material alone, as `by_process` does. What no record says counts as lacking, though a hub
may well have it; nothing that is invented counts, neither as a need nor as an offer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..records import Design, Request
from ..records.design import Operation
from ..registry import Registry
from ..registry.coverage import counted_hubs
from ..registry.taxonomy import Taxonomy
from .by_process import NOBODY, Hubs, World, explode, offers


@dataclass(frozen=True, slots=True)
class Need:
    """A process or material, who needs it, the hubs that offer it or something narrower, and who has no such hub."""

    id: str
    designs: tuple[str, ...]
    requests: tuple[str, ...]
    hubs: int
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """All needs, those that the most countries lack first; `countries` are those with hubs."""

    countries: tuple[str, ...]
    processes: tuple[Need, ...]
    materials: tuple[Need, ...]


def needs(registry: Registry) -> Needs:
    """Return what designs and open requests need."""
    processes: dict[str, _Wanted] = defaultdict(_Wanted.empty)
    materials: dict[str, _Wanted] = defaultdict(_Wanted.empty)
    for kind, id, step in _steps(registry):
        processes[step.process].add(kind, id)
        if step.material:
            materials[step.material].add(kind, id)
    countries = tuple(sorted({hub.country for hub in counted_hubs(registry)}))
    offered = offers(registry, World.REAL).now
    return Needs(
        countries,
        _found(processes, registry.processes, offered, countries),
        _found(materials, registry.materials, _materials(registry), countries),
    )


@dataclass(slots=True)
class _Wanted:
    """Designs and requests that need one thing."""

    designs: set[str]
    requests: set[str]

    @classmethod
    def empty(cls) -> _Wanted:
        return cls(set(), set())

    def add(self, kind: str, id: str) -> None:
        (self.designs if kind == Design.record_kind else self.requests).add(id)


def _steps(registry: Registry) -> Iterator[tuple[str, str, Operation]]:
    """Yield (kind, id, operation) for what each real design and open request takes."""
    for design in registry.all(Design):
        if not design.demonstration:
            yield from ((design.record_kind, design.id, step) for _, step in explode(registry, design)[0])
    for request in registry.all(Request):
        wanted = registry.get(Design, request.design)
        if wanted is not None and request.status == "open" and not request.demonstration:
            yield from ((request.record_kind, request.id, step) for _, step in explode(registry, wanted)[0])


def _materials(registry: Registry) -> Mapping[str, Hubs]:
    """Return the hubs where a machine that works takes a material."""
    found: dict[str, set[str]] = defaultdict(set)
    for hub in counted_hubs(registry):
        for machine in registry.machines_of(hub) if hub.is_open else ():
            if machine.is_usable and not machine.demonstration:
                for use in machine.materials:
                    found[use.material].add(hub.id)
    return {id: frozenset(hubs) for id, hubs in found.items()}


def _found(
    wanted: Mapping[str, _Wanted], terms: Taxonomy, offered: Mapping[str, Hubs], countries: tuple[str, ...]
) -> tuple[Need, ...]:
    found = []
    for id, who in wanted.items():
        hubs = NOBODY.union(*(offered.get(one, NOBODY) for one in (id, *terms.narrower(id))))
        having = {hub.partition("/")[0] for hub in hubs}
        lacking = tuple(code for code in countries if code not in having)
        found.append(Need(id, tuple(sorted(who.designs)), tuple(sorted(who.requests)), len(hubs), lacking))
    return tuple(sorted(found, key=lambda need: (-len(need.lacking), -len(need.designs), need.id)))
