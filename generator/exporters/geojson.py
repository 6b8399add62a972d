"""Hubs in; one GeoJSON FeatureCollection out (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..records import Hub
from ..registry import Registry
from ..registry.freshness import freshness

_DIGITS = 6  # RFC 7946, 11.2: six decimals are some ten centimetres


def hubs(registry: Registry, shown: Sequence[Hub]) -> bytes:
    """Return hubs as points with some facts; a hub without coordinates has the geometry null."""
    features = ",\n".join(
        json.dumps(_feature(registry, hub), ensure_ascii=False, separators=(",", ":")) for hub in shown
    )
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'.encode()


def _feature(registry: Registry, hub: Hub) -> dict[str, Any]:
    settings = registry.settings
    assert settings is not None
    point = hub.location.point
    return {
        "type": "Feature",
        "id": hub.id,
        "geometry": {"type": "Point", "coordinates": [round(point[1], _DIGITS), round(point[0], _DIGITS)]}
        if point
        else None,
        "properties": {
            "name": hub.name.into(settings.language),
            "kind": hub.kind,
            "status": hub.status,
            "country": hub.country,
            "locality": hub.location.locality,
            "precision": hub.location.precision,
            "freshness": str(freshness(hub.verified, registry.as_of)),
            **({"website": hub.website} if hub.website else {}),
            "page": f"{settings.url.rstrip('/')}/hubs/{hub.id}/",
        },
    }
