"""A registry in; compact columnar JSON for maps and searches out: one array for each fact, hubs in order of id.

Small numbers stand for what the tables hold (`columns_tables`), 0 for an empty list or text and for an id that follows
from the name; coordinates are in ten-thousandths of a degree. Words are apart, one file for each language
(`columns_labels`). The browser reads each file once (site/app/data.ts).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..artifacts import Artifact
from ..records import Hub, Machine, Model
from ..words import slug
from .columns_marks import INVENTED, LATIN, PER_DEGREE, SOFT, marks, point
from .columns_peers import named, peers
from .columns_tables import Tables, envelope, file, places, tables
from .edition import Edition

__all__ = ["INVENTED", "SOFT", "WHOLE", "columns"]
WHOLE = 4000  # hubs in one file; beyond that each country has a file of its own
_POINT = ("y", "x", "marks")
_DETAILS = ("slug", "called", "holds")  # of machines: what takes most room, fetched when somebody asks for it


def columns(edition: Edition) -> Iterator[Artifact]:
    """Yield the files that pages of every language read."""
    known = Tables(edition.registry, edition.relations.foreign)
    hubs = tuple(edition.registry.all(Hub))
    yield file("data/tables.json", {**tables(edition.registry, known), **named(edition, known)})
    yield from _hubs(edition, known, hubs)
    yield from peers(edition, known)
    points = _table(edition, known, hubs, _POINT) if len(hubs) <= WHOLE else _middles(hubs)
    yield file("data/points.json", {"countries": _counts(edition, hubs), **points})


def _hubs(edition: Edition, known: Tables, hubs: Sequence[Hub]) -> Iterator[Artifact]:
    counts = _counts(edition, hubs)
    if len(hubs) <= WHOLE:
        machines = _machines(edition, known, hubs)
        yield file("data/hubs.json", {"countries": counts, **_table(edition, known, hubs), **_without(machines)})
        yield file("data/machines.json", _only(machines))
        return
    yield file("data/hubs.json", {"countries": counts})
    for country, group in groupby(hubs, key=lambda hub: hub.country):
        here = tuple(group)
        machines = _machines(edition, known, here)
        yield file(f"data/hubs/{country}.json", {**_table(edition, known, here), **_without(machines)})
        yield file(f"data/machines/{country}.json", _only(machines))


def _counts(edition: Edition, hubs: Sequence[Hub]) -> list[tuple[str, int, int]]:
    """Return for each country its code and how many hubs and machines are there, in the order of hubs."""
    machines = edition.registry.machine_ids
    groups = ((country, list(group)) for country, group in groupby(hubs, key=lambda hub: hub.country))
    return [(country, len(group), sum(len(machines.get(hub.id, ())) for hub in group)) for country, group in groups]


def _middles(hubs: Sequence[Hub]) -> dict[str, list[int | None]]:
    """Return for each country the mean of its hubs' places."""
    means = [_mean([hub.location.point for hub in group]) for _, group in groupby(hubs, key=lambda hub: hub.country)]
    return {"y": [mean and mean[0] for mean in means], "x": [mean and mean[1] for mean in means]}


def _mean(points: Iterable[tuple[float, float] | None]) -> tuple[int, int] | None:
    known = [point for point in points if point is not None]
    if not known:
        return None
    y, x = (math.fsum(values) / len(known) for values in zip(*known, strict=True))
    return round(y * PER_DEGREE), round(x * PER_DEGREE)


def _table(edition: Edition, known: Tables, hubs: Sequence[Hub], only: Collection[str] = ()) -> dict[str, Any]:
    """Return columns of hubs: all, or some."""
    towns = places(hub.location.locality for hub in hubs)
    rows = [_hub(edition, known, towns, hub) for hub in hubs]
    names = only or (rows[0] if rows else ())
    table: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in names}
    return table if only else {"towns": list(towns), **table}


def _machines(edition: Edition, known: Tables, hubs: Sequence[Hub]) -> dict[str, list[Any]]:
    """Return columns of the machines of hubs, in the order of the hubs."""
    ids = (id for hub in hubs for id in edition.registry.machine_ids.get(hub.id, ()))
    rows = [_machine(edition, known, machine) for id in ids if (machine := edition.registry.get(Machine, id))]
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _without(machines: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: column for name, column in machines.items() if name not in _DETAILS}


def _only(machines: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: column for name, column in machines.items() if name in _DETAILS}


def _hub(edition: Edition, known: Tables, towns: Mapping[str, int], hub: Hub) -> dict[str, Any]:
    name, id = hub.name.into(edition.settings.language), hub.id.partition("/")[2]
    y, x = point(hub)
    return {
        "id": 0 if id == slug(name) and max(name) <= LATIN else id,
        "name": name,
        "also": " ".join(sorted({text for _, text in hub.name.texts if text != name})) or 0,
        "town": towns[hub.location.locality],
        "kind": known.kinds[hub.kind],
        "y": y,
        "x": x,
        "marks": marks(hub, edition.registry.as_of),
        "access": known.access[hub.access] + 1 if hub.access else 0,
        "services": _found(known.services, hub.services),
        "languages": _found(known.languages, hub.languages),
        "networks": _found(known.networks, hub.networks),
        "does": _found(known.processes, hub.processes),
        "machines": len(edition.registry.machine_ids.get(hub.id, ())),
    }


def _machine(edition: Edition, known: Tables, machine: Machine) -> dict[str, Any]:
    """Return a machine's facts as far as they differ from its model's; the model's place is counted from 1."""
    model = edition.registry.get(Model, machine.model) if machine.model else None
    slug = machine.id.rpartition("/")[2]
    own, shared = envelope(machine.envelope_mm), envelope(model.envelope_mm) if model is not None else 0
    return {
        "model": known.models[model.id] + 1 if model is not None else 0,
        "slug": 0 if model is not None and slug == model.id.rpartition("/")[2] else slug,
        "called": machine.name or 0,
        "state": known.states[machine.status],
        "can": _own(known.processes, machine.processes, model.processes if model is not None else ()),
        "works": _own(
            known.materials,
            [use.material for use in machine.materials],
            [use.material for use in model.materials] if model is not None else (),
        ),
        "holds": 0 if own == shared else own,
    }


def _own(known: Mapping[str, int], own: Sequence[str], shared: Sequence[str]) -> list[int] | int:
    return 0 if tuple(own) == tuple(shared) else _found(known, own)


def _found(known: Mapping[str, int], ids: Sequence[str]) -> list[int] | int:
    return sorted({known[id] for id in ids if id in known}) or 0
