"""A registry in; the tables that the columns of hubs and machines refer to out: ids and figures, no words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..artifacts import Artifact
from ..records import Hub, Machine, Material, Model, Network, Process
from ..registry import Registry
from ..registry.foreign import ForeignHub
from ..registry.freshness import Freshness
from ..units import Envelope

FRESHNESS = (Freshness.UNKNOWN, Freshness.FRESH, Freshness.DUE, Freshness.STALE)
STATUSES = ("active", "planned", "paused", "closed")


class Tables:
    """Where each id or value stands in its table.

    What only `foreign` hubs have comes behind the rest, and is no row of our tables (`columns_peers`).
    """

    def __init__(self, registry: Registry, foreign: Sequence[ForeignHub] = ()) -> None:
        hubs = tuple(registry.all(Hub))
        self.processes = places(registry.ids(Process))
        self.materials = places(registry.ids(Material))
        self.models = places(registry.ids(Model))
        self.networks = places(registry.ids(Network))
        self.countries = places(hub.country for hub in hubs)
        self.kinds = places(sorted({hub.kind for hub in hubs}))
        self.access = places(sorted({hub.access for hub in hubs if hub.access}))
        self.services = places(sorted({one for hub in hubs for one in hub.services}))
        self.languages = places(sorted({one for hub in hubs for one in hub.languages}))
        self.states = places(sorted({machine.status for machine in registry.all(Machine)}))
        own = (len(self.countries), len(self.kinds))
        self.countries = places([*self.countries, *sorted({one.record.country for one in foreign})])
        self.kinds = places([*self.kinds, *sorted({one.record.kind for one in foreign})])
        self.foreign_countries, self.foreign_kinds = list(self.countries)[own[0] :], list(self.kinds)[own[1] :]
        self.own_countries, self.own_kinds = list(self.countries)[: own[0]], list(self.kinds)[: own[1]]


def tables(registry: Registry, known: Tables) -> dict[str, Any]:
    """Return the tables as JSON; broader terms stand as places in the same table."""
    return {
        "processes": _terms(known.processes, registry.all(Process)),
        "materials": _terms(known.materials, registry.all(Material)),
        "models": [_model(known, model) for model in registry.all(Model)],
        "networks": list(known.networks),
        "countries": known.own_countries,
        "kinds": known.own_kinds,
        "access": list(known.access),
        "services": list(known.services),
        "languages": list(known.languages),
        "states": list(known.states),
    }


def _terms(known: Mapping[str, int], terms: Iterable[Process | Material]) -> list[Any]:
    """Return [id, broader terms, whether it is a heading] of each."""
    return [
        [term.id, sorted(known[one] for one in term.broader if one in known) or 0, int(term.group)] for term in terms
    ]


def _model(known: Tables, model: Model) -> list[Any]:
    """Return [id, name with brand, aliases, processes, materials, envelope]."""
    return [
        model.id,
        model.full_name,
        " ".join(model.aliases) or 0,
        sorted({known.processes[id] for id in model.processes if id in known.processes}) or 0,
        sorted({known.materials[use.material] for use in model.materials if use.material in known.materials}) or 0,
        envelope(model.envelope_mm),
    ]


def envelope(value: Envelope | None) -> list[float] | int:
    """Return two or three sides in millimetres; for what turns [0, diameter, length], length 0 when unknown."""
    if value is None:
        return 0
    return list(value.sides) or [0, value.diameter or 0, value.length or 0]


def places(values: Iterable[str]) -> dict[str, int]:
    """Return where each value stands, in the order given, each counted once."""
    return {value: at for at, value in enumerate(dict.fromkeys(values))}


def file(path: str, value: Any) -> Artifact:
    """Return a file of JSON without any space."""
    return Artifact(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
