"""Hubs as Open Know-Where: the keys that the Internet of Production Alliance's files have, linked by UUIDs."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.exporters import FORMATS, Invented
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"
# As the published files have them. What else stands there is ours.
KEYS = {
    "geocoding": {"latitude", "longitude", "geocoding_id"},
    "address": {"zip_code", "extended", "address_id"},
    "region": {"country", "city_town", "region_id"},
    "location": {"geocoding_id", "address_id", "region_id", "location_id"},
    "facility": {"name", "url", "description", "facility_id", "location_id"},
}


@pytest.fixture(scope="module")
def items() -> list[dict[str, Any]]:
    content = FORMATS["okw"].make(mini(), Invented.LEFT_OUT)
    found: list[dict[str, Any]] = json.loads(content)
    return found


def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


def test_every_item_has_the_keys_of_the_published_files(items: list[dict[str, Any]]) -> None:
    assert items
    for item in items:
        assert item.keys() >= KEYS.keys()
        for part, keys in KEYS.items():
            assert item[part] is None or item[part].keys() >= keys


def test_parts_are_linked_by_ids_that_stay(items: list[dict[str, Any]]) -> None:
    assert items == json.loads(FORMATS["okw"].make(mini(), Invented.LEFT_OUT))
    ids = []
    for item in items:
        location = item["location"]
        for part in ("geocoding", "address", "region"):
            assert location[f"{part}_id"] == (item[part] and item[part][f"{part}_id"])
        assert item["facility"]["location_id"] == location["location_id"]
        ids += [value for value in (*location.values(), item["facility"]["facility_id"]) if value]
    assert len(ids) == len(set(ids))
    assert {uuid.UUID(id).version for id in ids} == {5}


def test_equipment_names_brand_model_and_processes(items: list[dict[str, Any]]) -> None:
    (item,) = [item for item in items if item["facility"]["name"] == "Tamale Open Workshop"]
    assert item["region"]["country"] == "GH"
    assert {"type": "laser-cutting", "equipment_id": item["equipment"][0]["equipment_id"]}.items() <= item["equipment"][
        0
    ].items()
    assert "sewing" in item["facility"]["capabilities"]


def test_invented_hubs_are_left_out_unless_asked_for(items: list[dict[str, Any]]) -> None:
    more = json.loads(FORMATS["okw"].make(mini(), Invented.INCLUDED))
    assert len(more) > len(items)
