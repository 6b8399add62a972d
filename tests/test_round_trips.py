"""Export, then import into an empty registry: the same hubs, for the keys that a format can hold.

What a format loses is said in its exporter. Ids are made anew of name and country, `verified` and `sources` say that a
hub was imported and from where, so neither is compared.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import documents
from generator.exporters import geojson, okw, plain, spaceapi, tables
from generator.importers import BY_NAME, mapping, spreadsheet, structured
from generator.importers.outcomes import Drafted
from generator.importers.pipeline import Intake
from generator.importers.source import Source
from generator.importers.terms import Terms
from generator.records import Hub
from generator.registry import Registry
from generator.registry.registry import Tables

DAY = date(2026, 6, 30)
SETTINGS = {
    "name": "Made", "url": "https://made.example", "languages": ["en"],
    "licences": {"data": "CC-BY-4.0", "code": "Apache-2.0"},
}  # fmt: skip
PROCESSES = {"laser-cutting": {"labels": {"en": "Laser cutting"}}, "sewing": {"labels": {"en": "Sewing"}}}
PLACES = (
    ("gh", "Kumasi", 6.6885, -1.6244), ("ch", "Zürich", 47.3769, 8.5417), ("eg", "Alexandria", 31.1975, 29.8925),
    ("br", "São Paulo", -23.5506, -46.6334), ("ke", "Nakuru", -0.303, 36.08),
)  # fmt: skip
WORDS = ("Lake", "Atelier", "Ouvert", "Työpaja", "مركز", "工房", "№ 7", "O'Neil", "Über", "A&B", "(Old)", "-")

KINDS = ("fab-lab", "makerspace", "hackerspace", "workshop", "manufacturer")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join).filter(lambda name: name != "-")


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    """One of some values, or none."""
    return st.sampled_from((None, *values))


@st.composite
def hubs(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A hub's country and data, with any of the keys that one of the formats holds."""
    country, town, latitude, longitude = draw(st.sampled_from(PLACES))
    point = {"latitude": latitude, "longitude": longitude} if draw(st.booleans()) else {}
    location = {
        "locality": town, **point, "precision": draw(st.sampled_from(("exact", "street"))) if point else "city",
        "region": draw(maybe("North", "Côte")), "postcode": draw(maybe("00233", "8001")),
        "address": draw(maybe("Ring Road 4", "Rue du Lac 7 bis", "12, Main Street")),
    }  # fmt: skip
    contact = {
        "email": draw(maybe("info@lake.example")),
        "other": draw(maybe(["Matrix: #lake:example.org", "Bluesky: @lake.example"])),
    }
    data = {
        "name": draw(names), "kind": draw(st.sampled_from(KINDS)), "location": known(location),
        "status": draw(st.sampled_from(("active", "planned", "paused"))), "contact": known(contact),
        "website": draw(maybe("https://lake.example/", "https://lake.example/fr")),
        "processes": draw(maybe(["laser-cutting"], ["laser-cutting", "sewing"])),
        "hours": draw(maybe("Mo-Fr 09:00-18:00", "24/7")), "floor_m2": draw(maybe(40, 12.5)),
        "access": draw(maybe("public", "membership")), "summary": draw(maybe({"en": "A shed.", "fr": "Un abri."})),
        "same_as": ["https://www.fablabs.io/labs/lake"],
    }  # fmt: skip
    return country, known(data)


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, {}, [])}


def made(*records: tuple[str, dict[str, Any]]) -> Registry:
    """Return a registry of hubs that no folder holds."""
    found: Tables = {
        "registry": {"registry": json.dumps(SETTINGS).encode()},
        "process": {id: json.dumps(data).encode() for id, data in PROCESSES.items()},
        "hub": {f"{country}/hub-{at}": json.dumps(data).encode() for at, (country, data) in enumerate(records)},
    }
    return Registry(root=Path("nowhere"), as_of=DAY, tables=found)


def imported(content: bytes, format: str) -> list[dict[str, Any]]:
    """Return the data of the records that a file becomes in an empty registry."""
    empty, source = made(), Source("made", content=content, retrieved="2026-06-30")
    if format == "csv":
        guessed = mapping.guessed(structured.header(content))
        precise = replace(guessed, columns=(*guessed.columns, ("precision", "location.precision", "text")))
        rows = spreadsheet.read_by(source, Terms(empty), precise)
    else:
        rows = BY_NAME[format].read(source, Terms(empty))
    outcomes = list(Intake([empty], source, DAY).take(rows))
    assert all(isinstance(one, Drafted) for one in outcomes), outcomes
    return [
        {**documents.parse(one.content), "country": one.path.split("/")[1]}
        for one in outcomes
        if isinstance(one, Drafted)
    ]


def flat(country: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a hub's facts in one form: defaults written out, texts per language, the location's parts apart."""
    text = {key: {"en": value} if isinstance(value := data.get(key), str) else value for key in ("name", "summary")}
    location = {f"location.{key}": value for key, value in data.get("location", {}).items()}
    contact = {f"contact.{key}": value for key, value in data.get("contact", {}).items()}
    rest = {key: value for key, value in data.items() if key not in ("location", "contact")}
    return known({"country": country, "status": "active", **rest, **text, **location, **contact})


_PLACE = ("country", "location.locality", "location.latitude", "location.longitude", "location.precision")
_ADDRESS = ("location.region", "location.postcode", "location.address")
_WHO = ("name", "kind", "status")
ALL = (*_WHO, *_PLACE, *_ADDRESS, "website", "same_as", "summary", "processes", "hours", "floor_m2", "access",
       "contact.email", "contact.other")  # fmt: skip

Make = Callable[[Registry, Hub], bytes]
FORMATS: dict[str, tuple[str, Make, tuple[str, ...]]] = {
    "okw": ("okw", lambda all, hub: okw.hubs(all, [hub]), (*_WHO, *_PLACE, *_ADDRESS, "contact.email", "processes")),
    "spaceapi": ("spaceapi", spaceapi.endpoint, (
        "name", "kind", *_PLACE, *_ADDRESS, "same_as", "hours", "floor_m2", "contact.email", "contact.other")),
    "geojson": ("karakana", lambda all, hub: geojson.hubs(all, [hub]), (*_WHO, *_PLACE, "website")),
    "json": ("karakana", lambda all, hub: json.dumps(plain.published(all, hub), separators=(",", ":")).encode(), ALL),
    "csv": ("csv", lambda all, hub: tables.hubs(all, [hub]), (
        *_WHO, *_PLACE, *_ADDRESS, "website", "same_as", "access", "hours", "floor_m2", "contact.email", "processes")),
}  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60)
@given(record=hubs())
def test_a_hub_comes_back(format: str, record: tuple[str, dict[str, Any]]) -> None:
    importer, make, keys = FORMATS[format]
    country, data = record
    whole = made(record)
    (hub,) = whole.all(Hub)
    (found,) = imported(make(whole, hub), importer)
    before, after = flat(country, data), flat(found["country"], found)
    assert {key: after.get(key) for key in keys} == {key: before.get(key) for key in keys}


@pytest.mark.parametrize("format", ["okw", "geojson", "csv"])
def test_many_hubs_come_back_and_a_second_import_drafts_none(format: str) -> None:
    importer = FORMATS[format][0]
    several = [(country, {"name": f"Lab {town}", "kind": "fab-lab", "website": f"https://{country}.example",
                          "location": {"locality": town, "latitude": north, "longitude": east}})
               for country, town, north, east in PLACES]  # fmt: skip
    whole = made(*several)
    export: dict[str, Callable[..., bytes]] = {"okw": okw.hubs, "geojson": geojson.hubs, "csv": tables.hubs}
    content = export[format](whole, list(whole.all(Hub)))
    assert len(imported(content, importer)) == len(PLACES)
    source = Source("made", content=content)
    again = list(Intake([whole], source, DAY).take(BY_NAME[importer].read(source, Terms(whole))))
    assert [type(one).__name__ for one in again] == ["Duplicate"] * len(PLACES)


def test_another_registry_s_keys_and_stewards_are_not_taken() -> None:
    country, town, north, east = PLACES[0]
    data = {"name": "Lake", "kind": "fab-lab", "location": {"locality": town, "latitude": north, "longitude": east}}
    published = {
        **data, "record": "hub", "id": "gh/lake", "page": "https://made.example/hubs/gh/lake/",
        "record_licence": "CC0-1.0", "country": country,
        "keys": [{"public_key": "z6Mk", "valid_from": "2026-01-01"}], "stewards": [{"github": "x"}],
        "accepts": ["deal/1"], "name": {"en": "Lake"},
    }  # fmt: skip
    (found,) = imported(json.dumps(published).encode(), "karakana")
    assert not found.keys() & {"keys", "stewards", "accepts"}
    assert found["same_as"] == ["https://made.example/hubs/gh/lake/"]
