"""Open Know-Where JSON becomes hubs, the machine catalogue becomes models."""

import json
from datetime import date
from typing import Any

import pytest

from generator import registry
from generator.checks import example
from generator.importers import machine_catalogue, okw, okw_facilities
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.source import Source
from generator.importers.terms import Terms
from generator.registry import Registry

FACILITY: dict[str, Any] = {
    "geocoding": {"latitude": 6.68, "longitude": -1.62, "geocoding_id": "g"},
    "address": {"zip_code": "00233", "extended": "Ring Road 4", "address_id": "a"},
    "region": {"country": "GH", "state_region": "Ashanti", "city_town": "Kumasi", "region_id": "r"},
    "location": {"location_id": "l"},
    "facility": {
        "name": "Lake Lab",
        "url": "https://www.fablabs.io/labs/lake",
        "description": "fablab",
        "facility_id": "f",
    },
}


@pytest.fixture(scope="module")
def small() -> Registry:
    return registry.load(example.BASE, as_of=date(2026, 6, 30))


def rows(known: Registry, value: Any) -> list[Row]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(okw.read(Source("list", content=content), Terms(known)))


def draft(known: Registry, value: Any) -> Draft:
    found = rows(known, [value])[0]
    assert isinstance(found, Draft)
    return found


def test_a_facility_becomes_a_hub(small: Registry) -> None:
    found = draft(small, FACILITY)
    assert found.country == "GH"
    assert found.data["kind"] == "fab-lab"
    assert found.data["location"] == {
        "locality": "Kumasi", "region": "Ashanti", "postcode": "00233", "address": "Ring Road 4", "latitude": 6.68,
        "longitude": -1.62, "precision": "street",
    }  # fmt: skip
    assert found.data["same_as"] == ["https://www.fablabs.io/labs/lake"]
    assert "website" not in found.data


def test_its_own_site_is_no_page_in_a_directory(small: Registry) -> None:
    found = draft(small, FACILITY | {"facility": FACILITY["facility"] | {"url": "https://lake.example"}})
    assert found.data["website"] == "https://lake.example"
    assert "same_as" not in found.data


def test_what_is_no_address_town_or_region_is_said(small: Registry) -> None:
    region = {"country": "GH", "state_region": "Ghana", "city_town": None}
    found = draft(small, FACILITY | {"address": {"extended": "https://maps.example/x"}, "region": region})
    assert "address" not in found.data["location"]
    assert found.data["location"]["locality"] == "Ghana"
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([1], "no facility"),
        ([{"facility": {"name": ""}}], "no name"),
        ([{"region": {}}], "no facility"),
        (b'[{"facility": {"name"', "the middle"),
        (b"\xff\xfe\x00", "JSON"),
        (b"", "JSON"),
    ],
)
def test_what_is_no_facility_has_a_reason(small: Registry, value: Any, reason: str) -> None:
    found = rows(small, value)
    assert [type(row) for row in found] == [Rejected]
    assert reason in found[0].reason  # type: ignore[union-attr]


def test_the_flat_form_of_the_interface_is_read(small: Registry) -> None:
    found = draft(small, {
        "id": 4, "name": "Makerspace Lake", "latitude": 6.68, "longitude": -1.62, "address": "Ring Road 4",
        "city": "Kumasi", "country": "Ghana",
    })  # fmt: skip
    assert found.country == "Ghana"
    assert found.data["location"]["address"] == "Ring Road 4"
    assert found.data["kind"] == "makerspace"


PRINTERS = """Model,Technology,Materials,Brand,Build Size
LeapFrog Creatr,FDM (Fused Filament Fabrication),"PLA, Unobtainium and +2 materials",LeapFrog,200 x 270 x 200 mm
Zyyx+,Wishing,,Zyyx,12 in x 10 in x 1 in
Big,,,Acme,2000/8000 x 1 mm
,,,Acme,
"""


def test_printers_become_models(small: Registry) -> None:
    terms = Terms(small)
    found = list(machine_catalogue.read(Source("list", content=("\ufeff" + PRINTERS).encode()), terms))
    first, inches, odd, nameless = found
    assert isinstance(first, Draft)
    assert first.id == "leapfrog/creatr"
    assert first.data["name"] == "Creatr"
    assert first.data["envelope_mm"] == [200, 270, 200]
    assert first.notes == ("the list of materials is not whole: `and +2 materials`",)
    assert isinstance(inches, Draft)
    assert (inches.id, inches.data["envelope_mm"]) == ("zyyx/zyyx", [304.8, 254, 25.4])
    assert isinstance(odd, Draft)
    assert "envelope_mm" not in odd.data
    assert odd.notes
    assert nameless == Rejected("row 5", "Acme", "no model is given, and a model's id needs both")
    assert {word for _, word in terms.unknown} >= {"Unobtainium", "Wishing"}


def test_lasers_have_their_type(small: Registry) -> None:
    table = "model,Brand,Laser Type,Working Area,Materials\nSP,Trotec,CO₂,1245 x 710 mm,Glass (engraving only)\n"
    (found,) = machine_catalogue.read(Source("list", content=table.encode()), Terms(small))
    assert isinstance(found, Draft)
    assert found.data["features"] == {"laser_type": "co2"}
    assert "laser-cutting" in found.data["processes"]
    assert "materials" not in found.data


def test_files_are_recognised() -> None:
    assert okw.recognises(json.dumps([FACILITY]).encode(), "x.json")
    assert machine_catalogue.recognises(PRINTERS.encode(), "x.csv")
    assert not okw.recognises(b'{"space": 1}', "x.json")
    assert not machine_catalogue.recognises(b"name,city\n", "x.csv")


PLANT: dict[str, Any] = {
    "id": "52", "name": "Makerspace Plant", "description": "Mills for others", "access_type": "Restricted",
    "facility_status": "Temporary Closure", "road_access": True, "loading_dock": False,
    "typical_batch_size": "500 -- 5000 units", "certifications": ["ISO 9001", "ISO 9001"], "floor_size": 317,
    "location": {"address": {"number": "4", "street": "Ring Road", "city": "Kumasi", "postcode": "AK-1"},
                 "gps_coordinates": "6.68, -1.62", "city": "Kumasi", "country": "Ghana"},
    "owner": {"name": "Ada Person", "contact_person": "Ada Person", "contact": {"mobile": "+233 20 000 0000"}},
    "equipment": [
        {"equipment_type": "https://en.wikipedia.org/wiki/CNC_mill", "make": "Brand A", "model": "Ender 3", "axes": 3,
         "manufacturing_process": "https://en.wikipedia.org/wiki/Machining", "condition": "Broken", "x_travel": 400,
         "y_travel": 300, "z_travel": 200, "materials_worked": [{"material_type": "https://en.wikipedia.org/wiki/Wood"}]},
        "lathe", {"equipment_type": ""},
    ],
    "manufacturing_processes": ["https://en.wikipedia.org/wiki/Laser_cutting", "Podcasting", "Casting?"],
}  # fmt: skip


def facility(known: Registry, value: Any) -> list[Row]:
    return list(okw_facilities.read(Source("list", content=json.dumps(value).encode()), Terms(known)))


def test_a_facility_with_its_equipment_becomes_a_hub_and_machines(small: Registry) -> None:
    hub, mill, *rest = facility(small, PLANT)
    assert isinstance(hub, Draft)
    assert isinstance(mill, Draft)
    assert (hub.country, hub.key, mill.hub) == ("Ghana", "52", "52")
    assert hub.data["location"]["locality"] == "Kumasi"
    assert {key: hub.data.get(key) for key in ("status", "batch", "access", "infrastructure", "certifications")} == {
        "status": "paused", "batch": "500-5000", "access": None, "infrastructure": {"road_access": "present"},
        "certifications": [{"scheme": "ISO 9001"}],
    }  # fmt: skip
    assert hub.data["contact"] == {"other": ["whoever keeps the list that it was taken from: facility 52"]}
    assert "Ada" not in str(hub)
    assert (mill.data["name"], mill.data["status"]) == ("Brand A Ender 3", "broken")
    assert mill.data["envelope_mm"] == [400, 300, 200]
    lathe, nothing = rest
    assert isinstance(lathe, Draft)
    assert (lathe.data, type(nothing)) == ({"name": "lathe"}, Rejected)


def test_lists_of_facilities_and_other_json_are_told_apart(small: Registry) -> None:
    assert okw_facilities.recognises(json.dumps(PLANT).encode(), "a.json")
    assert okw_facilities.recognises(b"name: X\nlocation:\n  city: Y\nequipment: []\n", "a.yaml")
    assert not okw_facilities.recognises(json.dumps([FACILITY]).encode(), "a.json")
    assert not okw_facilities.recognises(b'{"title": "Loom", "tsdc": ["3DP"]}', "a.json")
    for value in ([PLANT, PLANT], {"facilities": [PLANT]}):
        assert isinstance(facility(small, value)[0], Draft)
    assert all(isinstance(one, Rejected) for value in ([], 1, "x", {"a": [1]}, [None], {"name": None, "equipment": 3})
               for one in facility(small, value))  # fmt: skip
