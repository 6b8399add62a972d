"""Lists as people really save them: every row is drafted, a duplicate or rejected, and nothing falls over."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import documents, importers
from generator.importers.drafts import Rejected
from generator.importers.outcomes import Drafted, Duplicate, Outcome
from generator.importers.pipeline import Intake
from generator.importers.source import Source
from generator.importers.terms import Terms
from generator.registry import Registry

DAY = date(2026, 3, 31)


def registry(*hubs: dict[str, Any]) -> Registry:
    tables = {"hub": {f"tg/{at}": json.dumps(data).encode() for at, data in enumerate(hubs)}}
    return Registry(root=Path(), as_of=DAY, tables=tables)


def imported(content: bytes, form: str = "", known: Registry | None = None) -> list[Outcome]:
    source = Source("A list", content=content, retrieved="2026")
    name = form or importers.recognised(source)[0]
    rows = importers.rows(importers.BY_NAME[name], source, Terms(registry()))
    return list(Intake([known or registry()], source, DAY).take(rows))


def drafts(content: bytes, form: str = "") -> list[dict[str, Any]]:
    return [documents.parse(found.content) for found in imported(content, form) if isinstance(found, Drafted)]


TABLE = "Name;Ville;Pays;Site web;Latitude;Longitude\nAtelier Chêne;Lomé;Togo;chene.example;6,1375;1,2123\n"
OAK = {"name": "Oak", "city": "Lomé", "country": "TG", "url": "oak.example"}
LIST = json.dumps([OAK], ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_tables_in_any_encoding(encoding: str, delimiter: str) -> None:
    (found,) = drafts(TABLE.replace(";", delimiter).encode(encoding))
    assert found["name"] == "Atelier Chêne"
    assert found["location"]["latitude"] == 6.1375


@pytest.mark.parametrize(
    "text",
    [
        LIST, f"var labs = {LIST};", f"callback({LIST});", f'window.x = {{"labs": {LIST}, "meta": {{"pages": 3}}}};',
        json.dumps(OAK) + "\n" + json.dumps({**OAK, "name": ""}), json.dumps({"Oak": {**OAK, "name": ""}}),
        json.dumps({"data": {"hubs": [OAK]}}),
        json.dumps([{"address": {"city": "Lomé", "country": "TG"}, "title": "Oak", "web": "oak.example"}]),
        json.dumps([{**OAK, "lat": float("nan"), "lng": float("inf")}]), LIST[:-1] + ', {"name": "Elm", "ci',
    ],
)  # fmt: skip
def test_lists_in_any_wrapping(text: str) -> None:
    (found,) = drafts(text.encode(), "json")
    assert (found["name"], found["location"]["locality"], found["website"]) == ("Oak", "Lomé", "https://oak.example")


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {**OAK, **properties}, "geometry": geometry}


SQUARE = [[1.0, 6.0], [1.2, 6.0], [1.2, 6.2], [1.0, 6.0]]
GEOMETRIES = [
    ({"type": "Point", "coordinates": [1.1, 6.1, 30]}, 6.1),
    ({"type": "MultiPoint", "coordinates": [[1.0, 6.0], [1.2, 6.2]]}, 6.1),
    ({"type": "Polygon", "coordinates": [SQUARE]}, 6.1),
    ({"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [SQUARE]}]}, 6.1),
    (None, None), ({"type": "Point", "coordinates": []}, None), ({"type": "Point", "coordinates": ["x", None]}, None),
]  # fmt: skip


@pytest.mark.parametrize(("geometry", "latitude"), GEOMETRIES)
@pytest.mark.parametrize("lead", ["", "var points = ["])
def test_geojson_of_any_geometry(geometry: Any, latitude: float | None, lead: str) -> None:
    collection = {"type": "FeatureCollection", "features": [feature(geometry)]}
    text = lead + json.dumps(collection) + ("];" if lead else "")
    assert importers.recognised(Source("", content=text.encode()))[0] == "json"
    (found,) = drafts(text.encode())
    assert found["location"].get("latitude") == latitude


def test_a_drawn_map_has_its_link_in_the_description() -> None:
    point = {"type": "Point", "coordinates": [1.21, 6.13]}
    layer = {
        "type": "FeatureCollection",
        "features": [feature(point, url="", description="[[https://oak.example|Oak]]")],
    }
    (found,) = drafts(json.dumps({"type": "umap", "layers": [layer]}).encode(), "json")
    assert found["website"] == "https://oak.example"


@pytest.mark.parametrize(
    "cell",
    ["6.1375, 1.2123", "(6.1375 1.2123)", "6,1375; 1,2123", "geo:6.1375,1.2123", "POINT(1.2123 6.1375)",
     "6°08'15\" N, 1°12'44\" E", "6.1375 1.2123 12.5 4.1", "6.1375000000000000000000000000000000000001,1.2123"],
)  # fmt: skip
def test_coordinates_in_one_cell(cell: str) -> None:
    table = f"name\tcountry\tcoordinates\twebsite\nOak\tTG\t{cell}\toak.example\n"
    location = drafts(table.encode(), "csv")[0]["location"]
    assert (round(location["latitude"], 3), round(location["longitude"], 3)) == (6.138, 1.212)


@pytest.mark.parametrize(
    ("north", "east"), [("6°08'15\" N", "1°12'44\" E"), ("6,1375 N", "1,2123°E"), ("6.1375, 1.2123", "")]
)
def test_coordinates_in_two_cells(north: str, east: str) -> None:
    table = f"name\tcountry\tlat\tlon\twebsite\nOak\tTG\t{north}\t{east}\toak.example\n"
    assert round(drafts(table.encode(), "csv")[0]["location"]["latitude"], 3) == 6.138


@pytest.mark.parametrize("point", ["hub/gps", "_gps_latitude", "gps-Latitude"])
def test_a_survey_gives_its_point_in_several_ways(point: str) -> None:
    other = {"_gps_latitude": "_gps_longitude", "gps-Latitude": "gps-Longitude"}.get(point, "note")
    value = "6.1375 1.2123 12.5 4.1" if point == "hub/gps" else "6.1375"
    head = f"\ufeffSubmissionDate,KEY,hub/name,hub/city,hub/country,{point},{other},website\n"
    text = f"{head}2026-01-01,uuid:1,Oak,Lomé,TG,{value},1.2123,oak.example\n"
    assert importers.recognised(Source("", content=text.encode()))[0] == "kobo"
    assert drafts(text.encode())[0]["location"]["latitude"] == 6.1375


def test_endpoints_of_spaceapi_as_collectors_keep_them() -> None:
    one = {"api": "0.13", "space": "Oak", "url": "https://oak.example",
           "location": {"lat": 6.1375, "lon": 1.2123, "address": "Rue 1, 12345 Lomé, Togo"}}  # fmt: skip
    for text in (
        {"updatedAt": 1, "spaces": [one, ""]},
        [{"url": "https://oak.example/s.json", "data": one}, {"url": "x"}],
    ):
        found = imported(json.dumps(text).encode(), "spaceapi")
        assert [type(outcome) for outcome in found] == [Drafted, Rejected]


def test_a_row_without_an_address_of_its_own_or_a_country_can_be_known() -> None:
    known = registry(
        {"name": "Oak Guild", "kind": "workshop", "website": "https://oak.example",
         "location": {"locality": "Lomé", "latitude": 6.1375, "longitude": 1.2123}},
    )  # fmt: skip
    table = (
        "name,town,lat,lon\nOak Guild,,6.1376,1.2124\nOak Guild,Lome,,\nOAK guild,,1.2123,6.1375\nElm,,1.2123,46.1375\n"
    )
    found = sorted(imported(table.encode(), "csv", known), key=lambda outcome: outcome.place)
    assert [type(outcome) for outcome in found] == [Duplicate, Duplicate, Duplicate, Rejected]
    assert "exchanged" in [outcome.why for outcome in found if isinstance(outcome, Duplicate)][2]


def test_a_hub_that_may_be_known_is_drafted_with_a_note() -> None:
    known = registry({"name": "Oak Guild", "kind": "workshop", "website": "https://uni.example",
                      "location": {"locality": "Lomé"}})  # fmt: skip
    (found,) = imported(b"name,town,country,website\nElm Works,Lome,TG,uni.example\n", "csv", known)
    assert isinstance(found, Drafted)
    assert "may be the same as hubs/tg/0.yaml: the same website, the same town; but their names differ" in found.notes


def workbook() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "empty"), (b"\xef\xbb\xbf \n", "empty"), (workbook(), "CSV"), (gzip.compress(b"x", mtime=0), "gunzip"),
     (b"%PDF-1.7", "PDF"), (b"\n<!DOCTYPE html>", "web page"), (b"SQLite format 3\0", "SQLite"), (b"name,city\n", "")],
)  # fmt: skip
def test_what_is_no_text_is_named(content: bytes, word: str) -> None:
    told = Source("", content=content).packing
    assert word in told
    assert bool(told) is bool(word)


PIECES = st.sampled_from([
    *"[]{},:;\"'\n\\", "name", "lat", "city", LIST, '{"features":[', '"space":', '"api"', "\0", "\ufeff", "NaN", "=1",
    "'=x",
    "https://a.example", "%Open Know-How\n", "okhv: 1\n", "title: x\n", "licensor: y\n", "elements", "é", "🛠", "1" * 50,
])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=14), st.sampled_from(sorted(importers.BY_NAME)))
def test_no_file_makes_an_importer_fall_over(pieces: list[str], form: str) -> None:
    content = "".join(pieces).encode()
    importers.recognised(Source("", content=content))
    first = imported(content, form)
    assert all(isinstance(found, Drafted | Duplicate | Rejected) for found in first)
