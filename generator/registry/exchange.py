"""A hub in; the line out by which other registries know it: who, what, where, since when, and the same elsewhere.

`schemas/api/exchange.json` says what a line may be. Version 1.1 of the open data brought it.
"""

from __future__ import annotations

import json
from typing import Any

from ..records import Hub
from .registry import Registry

VERSION = "1.1"
FILE = "hubs.jsonl"
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PLACE = ("locality", "region", "latitude", "longitude", "precision")
_DIGITS = 6  # as in GeoJSON: some ten centimetres


def line(registry: Registry, hub: Hub) -> bytes:
    """Return the line of a hub, as JSON without a line feed."""
    return _AS_JSON(facts(registry, hub)).encode()


def facts(registry: Registry, hub: Hub) -> dict[str, Any]:
    """Return what the line of a hub says, as plain data; what is not known is left out."""
    machines = registry.machines_of(hub)
    verified = hub.verified
    found = {
        "id": hub.id,
        "name": {code or registry.language: text for code, text in hub.name.texts},
        "kind": hub.kind,
        "status": hub.status,
        "location": _place(hub),
        "website": hub.website,
        "can": sorted({id for machine in machines for id in machine.processes} | set(hub.processes)),
        "verified": {"on": verified.on.isoformat(), "how": verified.how} if verified else {},
        "same_as": list(hub.same_as),
    }
    return {key: value for key, value in found.items() if value}


def _place(hub: Hub) -> dict[str, Any]:
    values = ((key, getattr(hub.location, key)) for key in _PLACE)
    return {
        key: round(value, _DIGITS) if isinstance(value, float) else value
        for key, value in values
        if value or value == 0
    }
