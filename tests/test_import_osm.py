"""OpenStreetMap's objects become hubs, without what may be a person's."""

import json
from datetime import date
from typing import Any

import pytest

from generator import registry
from generator.checks import example
from generator.importers import openstreetmap
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.source import Source
from generator.importers.terms import Terms

TAGS = {
    "leisure": "hackerspace", "name": "Tin Shed", "addr:city": "Zürich", "addr:street": "Main Road",
    "addr:housenumber": "1", "addr:country": "CH", "website": "shed.example", "opening_hours": "Tu 19:00-23:00",
    "wheelchair": "limited", "toilets:wheelchair": "yes", "internet_access": "wlan", "start_date": "2009-05",
    "operator": "Ada Person", "note": "ask Ada", "description:de": "Ein Schuppen",
}  # fmt: skip
NODE = {"type": "node", "id": 42, "lat": 47.37, "lon": 8.54, "user": "ada", "uid": 7, "tags": TAGS}
SQUARE = [[[8.0, 47.0], [8.2, 47.0], [8.2, 47.4], [8.0, 47.4], [8.0, 47.0]]]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(registry.load(example.BASE, as_of=date(2026, 6, 30)))


def rows(terms: Terms, value: Any) -> list[Row]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(openstreetmap.read(Source("map", content=content), terms))


def draft(terms: Terms, element: Any) -> Draft:
    (found,) = rows(terms, {"version": 0.6, "generator": "Overpass API", "elements": [element]})
    assert isinstance(found, Draft)
    return found


def test_a_node_becomes_a_hub(terms: Terms) -> None:
    found = draft(terms, NODE)
    assert found.data == {
        "name": "Tin Shed", "kind": "hackerspace", "status": "", "summary": {"de": "Ein Schuppen"},
        "location": {"locality": "Zürich", "address": "Main Road 1", "latitude": 47.37, "longitude": 8.54,
                     "precision": "exact"},
        "founded_year": 2009, "website": "https://shed.example", "hours": "Tu 19:00-23:00",
        "accessibility": {"accessible_toilet": "present"}, "infrastructure": {"internet": "present"},
        "same_as": ["https://www.openstreetmap.org/node/42"],
    }  # fmt: skip
    assert "ada" not in json.dumps(found.data).lower()


@pytest.mark.parametrize(
    ("element", "point"),
    [
        ({"type": "way", "id": 1, "center": {"lat": 1.0, "lon": 2.0}}, (1.0, 2.0)),
        ({"type": "way", "id": 1, "bounds": {"minlat": 1, "maxlat": 2, "minlon": 3, "maxlon": 4}}, (1.5, 3.5)),
        ({"type": "Feature", "id": "way/1", "geometry": {"type": "Point", "coordinates": [2.0, 1.0]}}, (1.0, 2.0)),
        ({"type": "Feature", "id": "way/1", "geometry": {"type": "Polygon", "coordinates": SQUARE}}, (47.2, 8.1)),
        ({"type": "Feature", "id": "way/1", "geometry": None}, (None, None)),
    ],
)
def test_points_of_all_forms(terms: Terms, element: dict[str, Any], point: tuple[float | None, float | None]) -> None:
    key = "properties" if element["type"] == "Feature" else "tags"
    place = draft(terms, {**element, key: TAGS}).data["location"]
    assert (place.get("latitude"), place.get("longitude")) == point


@pytest.mark.parametrize(
    ("tags", "kind", "status"),
    [
        ({"name": "FabLab Bern"}, "fab-lab", ""),
        ({"hackerspace": "makerspace"}, "makerspace", ""),
        ({"leisure": "pub", "disused:leisure": "hackerspace"}, "hackerspace", "closed"),
        ({"leisure": "pub", "proposed:leisure": "hackerspace"}, "hackerspace", "planned"),
        ({"end_date": "2020"}, "hackerspace", "closed"),
    ],
)
def test_kinds_and_status(terms: Terms, tags: dict[str, str], kind: str, status: str) -> None:
    found = draft(terms, {**NODE, "tags": {**TAGS, **tags}})
    assert (found.data["kind"], found.data["status"]) == (kind, status)


@pytest.mark.parametrize(
    "element", [{"type": "node", "id": 1, "tags": {"leisure": "pub", "name": "x"}}, {"type": "node"}, 3, None,
                {"type": "node", "id": 1, "tags": {"leisure": "hackerspace"}}],
)  # fmt: skip
def test_what_is_no_workshop_has_a_reason(terms: Terms, element: Any) -> None:
    assert [type(row) for row in rows(terms, {"elements": [element]})] == [Rejected]


def test_a_broken_file_gives_what_can_be_read(terms: Terms) -> None:
    content = json.dumps({"elements": [NODE, NODE]}).encode()[:-90]
    assert [type(row) for row in rows(terms, content)] == [Draft, Rejected]


def test_files_are_recognised() -> None:
    assert openstreetmap.recognises(b'{"version": 0.6, "generator": "Overpass API", "elements": []}', "x.json")
    assert openstreetmap.recognises(b'{"type": "FeatureCollection", "features": [{"id": "node/42"}]}', "x.geojson")
    assert not openstreetmap.recognises(b'{"type": "FeatureCollection", "features": [{"id": "gh/x"}]}', "x.geojson")
