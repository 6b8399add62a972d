"""Hubs of other registries in; the columns by which Explore and the search show them beside ours out.

Nothing is written where no other registry has any. A hub that is one of ours too is not among them: it is named with
ours, by the place that ours has among all hubs (site/app/world.ts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..artifacts import Artifact
from ..records import Hub
from ..registry.foreign import ForeignHub, Neighbour
from ..words import slug
from .columns_marks import LATIN, marks, point
from .columns_tables import Tables, file, places
from .edition import Edition
from .markup import web

PART = 4000  # hubs in one file
_MAY_BE_EMPTY = ("also", "twins")


def named(edition: Edition, known: Tables) -> dict[str, Any]:
    """Return what the tables say of other registries: who they are, and terms that none of our hubs has."""
    peers = _with_hubs(edition)
    if not peers:
        return {}
    shown = {peer: len(list(hubs)) for peer, hubs in groupby(edition.relations.foreign, key=lambda hub: hub.peer)}
    rows = [[one.peer.id, one.peer.name, _site(one), _parts(shown.get(one.peer.id, 0))] for one in peers]
    return {"peers": {"registries": rows, "countries": known.foreign_countries, "kinds": known.foreign_kinds}}


def words(edition: Edition, known: Tables) -> dict[str, Any]:
    """Return the words for the terms that none of our hubs has."""
    if not _with_hubs(edition):
        return {}
    strings = edition.strings
    return {
        "peers": {
            "countries": [strings.country(code) for code in known.foreign_countries],
            "kinds": [strings.label("hub.kind", one) for one in known.foreign_kinds],
        }
    }


def peers(edition: Edition, known: Tables) -> Iterator[Artifact]:
    """Yield `data/peers/<id>-<part>.json`; a name that no country has."""
    number = {one.peer.id: at for at, one in enumerate(_with_hubs(edition))}
    if not number:
        return
    shown = {peer: list(hubs) for peer, hubs in groupby(edition.relations.foreign, key=lambda hub: hub.peer)}
    ours = _ours(edition)
    for peer in number:
        hubs = shown.get(peer, [])
        for at in range(0, max(1, len(hubs)), PART):
            table = _table(edition, known, number, hubs[at : at + PART])
            if not at and peer in ours:
                table["ours"] = ours[peer]
            yield file(f"data/peers/{peer}-{at // PART + 1}.json", table)


def _with_hubs(edition: Edition) -> tuple[Neighbour, ...]:
    known = edition.relations.federation.neighbours
    return tuple(one for one in known if one.copy is not None and one.copy.hubs)


def _site(one: Neighbour) -> str:
    """Return what the pages of a peer's hubs begin with; "" when it is no address of the web."""
    first = one.copy.hubs[0] if one.copy is not None else None
    return web(first.page.removesuffix(f"hubs/{first.record.id}/")) if first is not None else ""


def _parts(count: int) -> list[int]:
    return [min(PART, count - at) for at in range(0, max(1, count), PART)]


def _ours(edition: Edition) -> dict[str, list[int]]:
    """Return for each peer the places of our hubs that it seems to have too."""
    found: dict[str, list[int]] = {}
    twins = edition.relations.federation.twins
    for at, hub in enumerate(edition.registry.all(Hub)):
        for peer in sorted({twin.peer for twin in twins.get(f":{hub.id}", ())}):
            found.setdefault(peer, []).append(at)
    return found


def _table(
    edition: Edition, known: Tables, number: Mapping[str, int], hubs: Sequence[ForeignHub]
) -> dict[str, list[Any]]:
    towns = places(hub.record.location.locality for hub in hubs)
    rows = [_row(edition, known, number, towns, hub) for hub in hubs]
    table: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    full = {name: column for name, column in table.items() if name not in _MAY_BE_EMPTY or any(column)}
    return {"towns": list(towns), **full}


def _row(
    edition: Edition, known: Tables, number: Mapping[str, int], towns: Mapping[str, int], hub: ForeignHub
) -> dict[str, Any]:
    record = hub.record
    name, id = record.name.into(edition.settings.language), record.id.partition("/")[2]
    y, x = point(record)
    return {
        "id": 0 if id == slug(name) and max(name) <= LATIN else id,
        "name": name,
        "also": " ".join(sorted({text for _, text in record.name.texts if text != name})) or 0,
        "town": towns[record.location.locality],
        "country": known.countries[record.country],
        "kind": known.kinds[record.kind],
        "y": y,
        "x": x,
        "marks": marks(record, edition.registry.as_of),
        "can": sorted({known.processes[one] for one in hub.can if one in known.processes}) or 0,
        "twins": _twins(edition, number, hub),
    }


def _twins(edition: Edition, number: Mapping[str, int], hub: ForeignHub) -> list[list[Any]] | int:
    """Return who else seems to have a hub that is none of ours, as [registry, id]."""
    known = edition.relations.federation.twins.get(hub.key, ())
    return [[number[twin.peer], twin.id] for twin in known if twin.peer in number] or 0
