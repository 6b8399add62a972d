"""SpaceAPI's endpoints of every version become hubs; a directory alone says too little."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.checks import example
from generator.importers import spaceapi
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.source import Source
from generator.importers.terms import Terms

OLD = {
    "api": "0.12", "space": "Tin Shed", "url": "https://shed.example",
    "address": "Main Road 1, 1020 Renens, Switzerland",
    "lat": 46.53, "lon": 6.59, "contact": {"email": "aW5mb0BzaGVkLmV4YW1wbGU="}, "open": True,
}  # fmt: skip
NEW = {
    "api_compatibility": ["14", "15"], "space": "Shed Makerspace", "url": "https://shed.example",
    "location": {"address": "Main Road 1, 8001 Zürich", "lat": 47.371, "lon": 8.541, "country_code": "CH",
                 "areas": [{"square_meters": 40}, {"square_meters": 2.5}]},
    "contact": {"email": "info@shed.example", "matrix": "#shed:example.org",
                "keymasters": [{"name": "Ada Person", "phone": "+41 79 000 00 00"}]},
    "membership_plans": [{"name": "all", "value": 1, "currency": "CHF", "billing_interval": "monthly"}],
    "links": [{"name": "x", "url": "https://www.fablabs.io/labs/shed"}, {"name": "y", "url": "https://other.example"}],
    "state": {"open": False, "trigger_person": "Ada"},
}  # fmt: skip


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(registry.load(example.BASE, as_of=date(2026, 6, 30)))


def rows(terms: Terms, value: Any) -> list[Row]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(spaceapi.read(Source("space", content=content), terms))


def test_an_old_endpoint(terms: Terms) -> None:
    (found,) = rows(terms, OLD)
    assert isinstance(found, Draft)
    assert found.country == "ch"
    assert found.data["location"]["locality"] == "Renens"
    assert found.data["location"]["postcode"] == "1020"
    assert found.data["contact"] == {"email": "info@shed.example"}
    assert found.data["kind"] == "hackerspace"


def test_a_new_endpoint_without_the_people(terms: Terms) -> None:
    (found,) = rows(terms, NEW)
    assert isinstance(found, Draft)
    assert found.data["contact"] == {"email": "info@shed.example", "other": ["Matrix: #shed:example.org"]}
    assert "Ada" not in json.dumps(found.data)
    assert "people who hold keys were not taken" in found.notes
    assert found.data["floor_m2"] == 42.5
    assert found.data["same_as"] == ["https://www.fablabs.io/labs/shed"]
    assert found.data["kind"] == "makerspace"
    assert found.data["business_models"] == ["membership"]


@pytest.mark.parametrize("contact", [None, [], "x", {"email": 3}, {"phone": None, "irc": {}}, {"email": "%%%"}])
def test_odd_contacts_are_left_out(terms: Terms, contact: Any) -> None:
    (found,) = rows(terms, {**NEW, "contact": contact})
    assert isinstance(found, Draft)
    assert "contact" not in found.data


@pytest.mark.parametrize("location", [None, [], "x", {"lat": "north", "lon": []}, {"address": 7}])
def test_odd_places_do_no_harm(terms: Terms, location: Any) -> None:
    (found,) = rows(terms, {**NEW, "location": location})
    assert isinstance(found, Draft)
    assert "latitude" not in found.data["location"]


def test_a_directory_says_what_is_missing(terms: Terms) -> None:
    found = rows(terms, {"Tin Shed": "https://shed.example/api.json", "<Odd>": "ftp://x", "Other": None})
    assert [type(row) for row in found] == [Rejected] * 3
    assert "https://shed.example/api.json" in found[0].reason  # type: ignore[union-attr]
    assert "no http address" in found[1].reason  # type: ignore[union-attr]


@pytest.mark.parametrize("content", [b"[]", b'{"space": "x", "lat":', b"", b"\x00\x01", b'{"space": ""}'])
def test_what_cannot_be_read_has_a_reason(terms: Terms, content: bytes) -> None:
    assert [type(row) for row in rows(terms, content)] == [Rejected]


def test_a_folder_is_read_file_by_file(terms: Terms, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(OLD), encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    found = list(spaceapi.read(Source("spaces", path=tmp_path), terms))
    assert [(type(row), row.place.partition(":")[0]) for row in found] == [(Draft, "a.json"), (Rejected, "b.json")]


def test_files_are_recognised() -> None:
    assert spaceapi.recognises(json.dumps(OLD).encode(), "x.json")
    assert spaceapi.recognises(b'{\n  "A": "https://a.example",\n  "B": "http://b.example"\n}', "x.json")
    assert not spaceapi.recognises(b'[{"facility": {}}]', "x.json")
    assert not spaceapi.recognises(b'{"name": "A", "url": "https://a.example"}', "x.json")
