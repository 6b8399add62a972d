"""GeoJSON as RFC 7946 has it: points in WGS 84, longitude first, no `crs`, nothing else at the top."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.exporters import FORMATS, Invented
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"


def faults(collection: dict[str, Any]) -> list[str]:
    """Return what is not as the RFC has it; sections in brackets."""
    wrong = [] if collection.keys() == {"type", "features"} else ["foreign members or crs at the top (4, 6.1)"]
    wrong += [] if collection["type"] == "FeatureCollection" else ["no collection (3.3)"]
    for feature in collection["features"]:
        members = {"type", "geometry", "properties"} <= feature.keys() <= {"type", "id", "geometry", "properties"}
        geometry = feature["geometry"]
        wrong += [] if members and feature["type"] == "Feature" else ["no feature (3.2)"]
        wrong += [] if isinstance(feature.get("id"), str | int) else ["an id is a text or a number (3.2)"]
        if geometry is None:
            continue
        east, north = geometry["coordinates"]
        is_point = geometry.keys() == {"type", "coordinates"} and geometry["type"] == "Point"
        wrong += [] if is_point and abs(east) <= 180 and abs(north) <= 90 else ["no point (3.1.1, 3.1.2)"]
        decimals = max(len(str(value).partition(".")[2]) for value in (east, north))
        wrong += [] if decimals <= 6 else ["more than some ten centimetres (11.2)"]
    return wrong


@pytest.mark.parametrize("invented", Invented)
def test_it_is_as_the_rfc_has_it(invented: Invented, hostile: Registry) -> None:
    for known in (registry.load(MINI, as_of=date(2026, 6, 30)), hostile):
        assert faults(json.loads(FORMATS["geojson"].make(known, invented))) == []


def test_a_fault_would_be_noticed() -> None:
    found = json.loads(FORMATS["geojson"].make(registry.load(MINI, as_of=date(2026, 6, 30)), Invented.INCLUDED))
    assert faults({**found, "crs": {}})
    feature = next(one for one in found["features"] if one["geometry"])
    assert faults({**found, "features": [{**feature, "geometry": {"type": "Point", "coordinates": [6.7, 190]}}]})
