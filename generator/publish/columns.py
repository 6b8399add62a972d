"""A registry in; compact columnar JSON for the map and the search out: one array for each fact, hubs in order of id.

A column holds small numbers where it can: places in the tables of kinds and processes, coordinates in
ten-thousandths of a degree, marks as bits. The browser reads each file once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..artifacts import Artifact
from ..records import Competence, Design, Hub, Machine, Material, Model, Network, Process
from ..registry.freshness import Freshness, freshness
from ..words import plain
from .edition import Edition
from .page import Item
from .places import links
from .shells import Guide

SOFT, INVENTED, STALE, SHUT = 1, 2, 4, 8  # bits of `marks`, read by site/app/hubs.ts
_PER_DEGREE = 10_000


def columns(edition: Edition, guides: Sequence[Guide]) -> Iterator[Artifact]:
    """Yield the files that the browser reads."""
    yield _file("data/hubs.json", _hubs(edition))
    yield _file("data/machines.json", _machines(edition))
    yield _file("data/others.json", _others(edition, guides))


def _file(path: str, value: Any) -> Artifact:
    return Artifact(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _hubs(edition: Edition) -> dict[str, Any]:
    kinds: dict[str, int] = {}
    processes = {id: at for at, id in enumerate(edition.registry.ids(Process))}
    table: dict[str, list[Any]] = {key: [] for key in ("id", "name", "also", "town", "kind", "y", "x", "marks", "can")}
    for hub in edition.registry.all(Hub):
        name = edition.text(hub.name)
        point = hub.location.point
        table["id"].append(hub.id)
        table["name"].append(name)
        table["also"].append(" ".join(sorted({text for _, text in hub.name.texts if text != name})))
        table["town"].append(hub.location.locality)
        table["kind"].append(kinds.setdefault(hub.kind, len(kinds)))
        table["y"].append(round(point[0] * _PER_DEGREE) if point else None)
        table["x"].append(round(point[1] * _PER_DEGREE) if point else None)
        table["marks"].append(_marks(edition, hub))
        able = edition.crossings.processes_of_hub.get(hub.id, ())
        table["can"].append([processes[id] for id in able if id in processes])
    return {
        **table,
        "kinds": [edition.strings.label("hub.kind", kind) for kind in kinds],
        "countries": {code: edition.strings.country(code) for code in edition.crossings.hubs_of_country},
        "processes": [_called(edition, id) for id in processes],
    }


def _marks(edition: Edition, hub: Hub) -> int:
    marks = 0 if hub.location.precision in ("exact", "street") else SOFT
    marks |= INVENTED if hub.demonstration else 0
    marks |= STALE if freshness(hub.verified, edition.registry.as_of) is Freshness.STALE else 0
    return marks | (SHUT if hub.status != "active" else 0)


def _called(edition: Edition, id: str) -> list[str]:
    """Return a process's label, and every other word for it and for what it is a kind of, for the search."""
    wide = sorted(edition.registry.processes.broader(id))
    own = edition.label(Process, id)
    record = edition.registry.get(Process, id)
    aliases = {alias for found in record.aliases.values() for alias in found} if record is not None else set()
    labels = {text for _, text in record.labels.texts} if record is not None else set()
    also = {plain(text) for text in (*aliases, *labels, *(edition.label(Process, one) for one in wide))}
    return [own, " ".join(sorted(also - {plain(own)}))]


def _machines(edition: Edition) -> dict[str, Any]:
    """Machines by the place of their hub and model in their tables; what follows from the model is left out."""
    hubs = {id: at for at, id in enumerate(edition.registry.ids(Hub))}
    models = {id: at for at, id in enumerate(edition.registry.ids(Model))}
    table: dict[str, list[Any]] = {key: [] for key in ("hub", "model", "slug", "name")}
    for machine in edition.registry.all(Machine):
        if machine.hub not in hubs:
            continue
        slug = machine.id.rpartition("/")[2]
        table["hub"].append(hubs[machine.hub])
        table["model"].append(models.get(machine.model, -1))
        table["slug"].append("" if slug == machine.model.rpartition("/")[2] else slug)
        table["name"].append(machine.name)
    shown = [[id, edition.label(Model, id), _aliases(edition, id)] for id in models]
    return {**table, "models": shown}


def _aliases(edition: Edition, id: str) -> str:
    model = edition.registry.get(Model, id)
    return " ".join(model.aliases) if model is not None else ""


def _others(edition: Edition, guides: Sequence[Guide]) -> dict[str, Any]:
    """Everything else that can be found: [what it is, name, address, other words]."""
    rows: list[list[str]] = []
    rows += [["country", item.text, item.page, ""] for item in links(edition)]
    rows += [
        ["process", *_called(edition, id)[:1], f"processes/{id}/", _called(edition, id)[1]]
        for id in edition.registry.ids(Process)
    ]
    rows += [
        ["model", edition.label(Model, id), f"models/{id}/", _aliases(edition, id)]
        for id in edition.registry.ids(Model)
    ]
    for kind in (Material, Competence, Network, Design):
        rows += [[kind.record_kind, item.text, item.page, ""] for item in _links(edition, kind)]
    rows += [
        ["guide", guide.title, guide.path, " ".join(guide.headings)] for guide in guides if guide.path.endswith("/")
    ]
    kinds = list(dict.fromkeys(row[0] for row in rows))
    return {
        "kind": [kinds.index(row[0]) for row in rows],
        "name": [row[1] for row in rows],
        "page": [row[2] for row in rows],
        "also": [row[3] for row in rows],
        "kinds": [edition.strings(kind) for kind in kinds],
        "hub": edition.strings("hub"),
        "machine": edition.strings("machine"),
    }


def _links(edition: Edition, kind: type[Material | Competence | Network | Design]) -> tuple[Item, ...]:
    return edition.links(kind, edition.registry.ids(kind))
