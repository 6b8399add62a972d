"""A design, and perhaps a place, in; the hubs that can do the most of its steps, and what each lacks, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..matching.by_process import World
from ..records import Design, Hub, Process
from ..units import distance_km
from .edition import Edition
from .hubs import row, where
from .page import Item, Section

_SHOWN = 12
Point = tuple[float, float]


def makers(edition: Edition, record: Design) -> Section:
    """Return the hubs that could make a design, judged by its processes alone."""
    wanted = _processes(record)
    covered = _covered(edition, wanted, World.INVENTED if record.demonstration else World.REAL)
    best = sorted(covered, key=lambda id: (-covered[id], edition.hub_ranks[id]))
    return _section(edition, wanted, tuple(_maker(edition, id, wanted) for id in best[:_SHOWN]), "makers.none")


def makers_near(edition: Edition, record: Design, away: Mapping[str, float], world: World) -> Section:
    """Return those of some hubs that could make a design, the nearest of equals first; `away` is in kilometres."""
    wanted = _processes(record)
    covered = {id: count for id, count in _covered(edition, wanted, world).items() if id in away}
    best = sorted(covered, key=lambda id: (-covered[id], away[id], id))
    items = tuple(_maker(edition, id, wanted, edition.strings.away(away[id])) for id in best[:_SHOWN])
    return _section(edition, wanted, items, "makers.none.near")


def _processes(record: Design) -> list[str]:
    return sorted({step.process for step in record.operations})


def _section(edition: Edition, wanted: Sequence[str], items: tuple[Item, ...], none: str) -> Section:
    strings = edition.strings
    said = strings("makers.lead" if items else none)
    return Section(strings("makers"), id="makers", paragraphs=(said,) if wanted else (), items=items)


def reach(edition: Edition, point: Point, within_km: float) -> dict[str, float]:
    """Return the hubs within so many kilometres of a point, with the way to each."""
    found = ((id, distance_km(*point, *other)) for id, other in edition.nearby.points.items())
    return {id: km for id, km in found if km <= within_km}


def _covered(edition: Edition, wanted: Sequence[str], world: World) -> Counter[str]:
    """Return how many of some processes each open hub can do."""
    counts = Counter(id for process in wanted for id in edition.crossings.hubs_of_process.get(process, ()))
    for id in list(counts):
        hub = edition.registry.get(Hub, id)
        if hub is None or not hub.is_open or not world.holds(hub):
            del counts[id]
    return counts


def _maker(edition: Edition, id: str, wanted: Sequence[str], way: str = "") -> Item:
    strings, able = edition.strings, edition.crossings.hubs_of_process
    lacks = [edition.label(Process, one) for one in wanted if id not in able.get(one, ())]
    hub = edition.registry.get(Hub, id)
    notes = (
        where(edition, hub) if hub is not None else "",
        way,
        strings("makers.steps", able=len(wanted) - len(lacks), total=len(wanted)) if lacks else strings("makers.whole"),
        strings("makers.lacks", names=strings.joined(lacks)) if lacks else "",
    )
    return row(edition, id, " · ".join(note for note in notes if note))
