"""A registry and the last good copies of its peers in; all foreign hubs with their origin, and who may be whom, out.

Nothing of a peer becomes a record of ours: not its ids, former ids, stewards or pages. `Federation` is read beside the
registry, by whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..records import Process
from ..registry import Registry
from ..registry.foreign import Federation, ForeignHub, Neighbour
from . import copies
from .twins import twins


def federation(registry: Registry, folder: Path) -> Federation:
    """Return what is known of a registry's peers by the copies in a folder. Never fails, whatever lies there."""
    settings = registry.settings
    return merged(registry, copies.neighbours(folder, settings)) if settings is not None else Federation()


def merged(registry: Registry, neighbours: tuple[Neighbour, ...]) -> Federation:
    """Return the hubs of peers with the processes that we know too, and twins across registries."""
    hubs = tuple(_hubs(registry, neighbours))
    return Federation(neighbours=neighbours, hubs=hubs, twins=twins(registry, hubs) if hubs else {})


def _hubs(registry: Registry, neighbours: tuple[Neighbour, ...]) -> Iterator[ForeignHub]:
    known = registry.ids(Process)
    for neighbour in neighbours:
        for hub in neighbour.copy.hubs if neighbour.copy is not None else ():
            yield replace(hub, can=tuple(id for id in hub.can if id in known))
