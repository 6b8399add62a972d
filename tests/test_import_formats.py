"""Lists as their sites publish them, in small: what comes out of each importer, and which format a file is of."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import importers
from generator.importers import fablabs_ch, fablabs_io, hackerspaces_org, kobo, make_works, mapping, spreadsheet
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.source import Source
from generator.importers.terms import Terms
from generator.registry import Registry

PROCESSES = {
    "laser-cutting": {
        "labels": {"en": "Laser cutting"}, "aliases": {"en": ["laser cutter"]},
        "codes": [{"scheme": "fablabs.io", "code": "laser"}],
    },
    "3d-printing": {"labels": {"en": "3D printing"}, "codes": [{"scheme": "fablabs.io", "code": "three_d_printing"}]},
    "separating": {"labels": {"en": "Separating"}, "group": True},
}  # fmt: skip
MODELS = {
    "ultimaker/2": {"name": "2", "brand": "Ultimaker"},
    "ultimaker/2-plus": {"name": "2+", "brand": "Ultimaker"},
    "roland-dg/gx-24": {"name": "GX-24", "brand": "Roland DG"},
}
NETWORKS = {"fablabs-io": {"name": "fablabs.io", "kind": "thematic"}}


@pytest.fixture
def terms() -> Terms:
    tables = {
        kind: {id: json.dumps(data).encode() for id, data in found.items()}
        for kind, found in (("process", PROCESSES), ("model", MODELS), ("network", NETWORKS))
    }
    return Terms(Registry(root=Path(), as_of=date(2026, 3, 31), tables=tables))


def read(importer: Any, content: str | bytes, terms: Terms) -> list[Row]:
    data = content if isinstance(content, bytes) else content.encode()
    return list(importer.read(Source("a list", content=data), terms))


def drafts(rows: list[Row], kind: str = "hub") -> list[Draft]:
    return [row for row in rows if isinstance(row, Draft) and row.kind == kind]


LAB = {
    "id": 7, "name": "Oak Lab", "kind_name": "fab_lab", "slug": "oaklab", "blurb": "We <b>saw</b>.",
    "address_1": "Road 1",
    "city": "Ho", "country_code": "GH", "latitude": 6.6, "longitude": 0.47, "phone": "+233241234567",
    "email": "info@oak.example", "capabilities": ["laser", "three_d_printing"], "activity_status": "corona",
    "links": [{"id": 1, "url": "https://facebook.com/oak"}, {"id": 2, "url": "https://oak.example"}],
}  # fmt: skip
NESTED = {**LAB, "location": {"city": "Ho", "country_code": "gh", "coordinates": {"latitude": 6.6, "longitude": 0.47}}}
OLD = {"data": [{"type": "lab", "id": "7", "attributes": LAB, "relationships": {"machines": [
    {"id": 1, "name": "Ultimaker 2+", "brand": "Ultimaker"}, {"id": 2, "name": "Big saw", "brand": None},
]}}]}  # fmt: skip


@pytest.mark.parametrize(
    "content", [json.dumps([LAB]), json.dumps(OLD), json.dumps([NESTED]), f"var labs = {json.dumps([LAB])};"]
)
def test_fablabs_io_in_all_its_forms(content: str, terms: Terms) -> None:
    (lab,) = drafts(read(fablabs_io, content, terms))
    assert (lab.data["name"], lab.country.lower(), lab.key) == ("Oak Lab", "gh", "oaklab")
    assert lab.data["same_as"] == ["https://www.fablabs.io/labs/oaklab"]
    assert lab.data["website"] == "https://oak.example"
    assert lab.data["status"] == "paused"
    assert lab.data["processes"] == ["laser-cutting", "3d-printing"]
    assert lab.data["networks"] == ["fablabs-io"]
    assert (lab.data["location"]["latitude"], lab.data["location"]["longitude"]) == (6.6, 0.47)


def test_fablabs_io_machines_follow_their_lab(terms: Terms) -> None:
    first, second = drafts(read(fablabs_io, json.dumps(OLD), terms), "machine")
    assert (first.data, first.hub) == ({"model": "ultimaker/2-plus"}, "oaklab")
    assert second.data["name"] == "Big saw"
    assert terms.unknown["model", "Big saw"] == 1


def test_the_table_of_machines_gives_each_lab_once(terms: Terms) -> None:
    rows = read(
        fablabs_io,
        ",name,brand,slug,class_1,lab,city,county,country_code,latitude,longitude\n"
        "0,ultimaker 2,ultimaker,oak,three_d_printer,Oak Lab,Ho ,,GH,6.6,0.47\n"
        "1,gx-24,roland,oak,vinyl_cutting,Oak Lab,Ho ,,GH,6.6,0.47\n"
        "2,saw,,,other,,,,,,\n",
        terms,
    )
    assert [draft.key for draft in drafts(rows)] == ["oak"]
    assert [draft.data.get("model") for draft in drafts(rows, "machine")] == ["ultimaker/2", "roland-dg/gx-24"]
    assert [row.place for row in rows if isinstance(row, Rejected)] == ["row 4"]


WIKI = {"query": {"results": {
    "Oak Space": {
        "printouts": {
            "Country": [{"fulltext": "Ghana", "fullurl": "x"}], "Website": ["http://oak.example"], "City": ["Ho"],
            "Hackerspace status": ["suspected inactive"], "Has coordinates": [{"lat": 6.6, "lon": 0.47}],
        },
        "fulltext": "Oak Space", "fullurl": "https://wiki.hackerspaces.org/Oak_Space",
    },
    "Elm": {
        "printouts": {"Country": [], "Hackerspace status": ["odd"]},
        "fulltext": "Elm", "fullurl": "//wiki.hackerspaces.org/Elm",
    },
}}}  # fmt: skip


def test_hackerspaces_org(terms: Terms) -> None:
    oak, elm = drafts(read(hackerspaces_org, json.dumps(WIKI), terms))
    assert (oak.country, oak.data["status"], oak.data["location"]["locality"]) == ("Ghana", "paused", "Ho")
    assert (oak.data["location"]["latitude"], oak.data["location"]["longitude"]) == (6.6, 0.47)
    assert oak.data["same_as"] == ["https://wiki.hackerspaces.org/Oak_Space"]
    assert elm.data["same_as"] == ["https://wiki.hackerspaces.org/Elm"]
    assert elm.notes


COMPANY = {
    "id": 1, "m_id": 2, "name": "Oak Foundry", "slug": "oak-foundry", "address": "1 Mill Lane, Leeds LS1 4AP, UK",
    "intro": "<p>We cast.</p>", "contact_name": "Ama Mensah", "contact_email": "ama@oak.example", "lat": "53.8",
    "lng": "-1.5", "short_run": True, "sample_production": True, "year_founded": 1987, "website": "oak.example",
}  # fmt: skip


def test_make_works_leaves_people_out(terms: Terms) -> None:
    rows = read(make_works, json.dumps([COMPANY, {**COMPANY, "soft_delete": True}]), terms)
    (company,) = drafts(rows)
    assert "Ama" not in json.dumps(company.data)
    assert "ama@" not in json.dumps(company.data)
    assert (company.data["batch"], company.data["kind"]) == ("50-500", "manufacturer")
    assert (company.data["location"]["locality"], company.country) == ("Leeds", "gb")
    assert isinstance(rows[1], Rejected)


SPACE = """\
name: Oak FabLab
description: We saw.
city: Zug
zip: '6300'
country_code: CH
latitude: 47.18
longitude: 8.52
founded: 2019-03-01
language: DE, FR
fablabsio: oaklab
machines:
- Mars 90
- ref: Ultimaker 2+
  power: 0.5kW
  qty: 2
"""


def test_fablabs_ch_gives_models_hubs_and_machines(tmp_path: Path, terms: Terms) -> None:
    files = {
        "machines/laser/Roland/Mars 90.yml": "name: Mars 90\nwork_size: 90cm x 600mm\n",
        "machines/_template.yml": "name: Machine",
        "spaces/oak.yml": SPACE,
        "spaces/closed/elm.yml": "name: Elm\ncity: Bern\ncountry_code: CH\nmachines: []\n",
        "spaces/broken.yml": "name: [",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    rows = list(fablabs_ch.read(Source("x", path=tmp_path), terms))
    (model,) = drafts(rows, "model")
    assert (model.id, model.data["envelope_mm"], model.data["brand"]) == ("roland-dg/mars-90", [900, 600], "Roland DG")
    hubs = {draft.data["name"]: draft for draft in drafts(rows)}
    assert hubs["Elm"].data["status"] == "closed"
    assert hubs["Oak FabLab"].data["languages"] == ["de", "fr"]
    first, second = drafts(rows, "machine")
    assert first.data == {"model": "roland-dg/mars-90"}
    assert second.data == {"model": "ultimaker/2-plus", "power_w": 500, "quantity": 2}
    assert [row.place for row in rows if isinstance(row, Rejected)] == ["spaces/broken.yml"]


HEADERS = [
    "name,city,country,lat,long,website", "Nom,Ville,Pays,Latitude,Longitude,Site web",
    "Nome,Cidade,País,Latitude,Longitude,Página", "Jina,Mji,Nchi,Latitudo,Longitudo,Tovuti",
    "الاسم,المدينة,البلد,خط العرض,خط الطول,موقع",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16"])
def test_columns_are_guessed_in_five_languages(header: str, name: str, terms: Terms) -> None:
    content = f"{header}\nOak Lab,Ho,Ghana,6.6,0.47,oak.example\n".encode(name)
    assert spreadsheet.recognises(content, "x.csv")
    (draft,) = drafts(read(spreadsheet, content, terms))
    assert draft.country == "Ghana"
    assert draft.data["website"] == "oak.example"
    assert draft.data["location"]["locality"] == "Ho"
    assert str(draft.data["location"]["latitude"]) == "6.6"


def test_a_mapping_says_what_columns_mean(terms: Terms) -> None:
    columns, fault = mapping.read(
        b"columns:\n  Title: name\n  Where: {key: coordinates, as: longitude-latitude}\n"
        b"  Genset: infrastructure.backup_power\n  Can: processes\n  Kit: machines\n"
        b"values:\n  country: gh\n  location.locality: Ho\n  kind: makerspace\n"
    )
    assert fault == ""
    content = (
        "Title;Where;Genset;Can;Kit\nOak;0.47, 6.6;oui;\"['laser cutter', 'separating', 'magic']\";Ultimaker 2 | Saw\n"
    )
    rows = list(spreadsheet.read_by(Source("x", content=content.encode("cp1252")), terms, columns))
    (draft,) = drafts(rows)
    assert draft.data == {
        "name": "Oak", "kind": "makerspace", "processes": ["laser-cutting"],
        "location": {"locality": "Ho", "latitude": 6.6, "longitude": 0.47},
        "infrastructure": {"backup_power": "present"},
    }  # fmt: skip
    assert [machine.data.get("model", machine.data.get("name")) for machine in drafts(rows, "machine")] == [
        "ultimaker/2",
        "Saw",
    ]
    assert terms.unknown["process", "magic"] == terms.unknown["process", "separating"] == 1


@pytest.mark.parametrize(
    "content", ["", "columns: name", "columns: {A: 1}", "columns: {A: {key: name, as: magic}}", "columns: [", "[]"]
)
def test_a_mapping_that_is_none_says_why(content: str) -> None:
    assert mapping.read(content.encode())[1]


def test_a_guessed_mapping_can_be_read_again() -> None:
    guess = mapping.guessed(["Name", "Stadt: x", "Oddity", "no"])
    again, fault = mapping.read(mapping.written(guess, ["Oddity"]).encode())
    assert (again, fault) == (guess, "")


ANSWER: Mapping[str, Any] = {
    "_id": 1, "_uuid": "u", "_submission_time": "2026-01-01", "username": "ama", "start": "2026-01-01",
    "hub/name": "Oak Lab", "hub/city": "Ho", "hub/country": "Ghana", "hub/website": "https://oak.example",
    "skills/processes": "laser_cutting 3d_printing", "skills/processes/laser_cutting": "1",
    "skills/processes/3d_printing": "1", "skills/processes/magic": "0", "hub/gps": "6.6 0.47 0 5",
    "_gps_latitude": "6.6", "_gps_longitude": "0.47",
}  # fmt: skip


def test_answers_of_a_survey_as_a_table_and_as_json(terms: Terms) -> None:
    table = ";".join(ANSWER) + "\n" + ";".join(f'"{value}"' for value in ANSWER.values()) + "\n"
    answer = {key: value for key, value in ANSWER.items() if not key.startswith("_gps")}
    listed = json.dumps({"count": 1, "results": [{**answer, "_geolocation": [6.6, 0.47]}]})
    for content in (table, listed):
        assert kobo.recognises(content.encode(), "x")
        (draft,) = drafts(read(kobo, content, terms))
        assert draft.data["name"] == "Oak Lab"
        assert draft.data["processes"] == ["laser-cutting", "3d-printing"]
        assert (draft.data["location"]["latitude"], draft.data["location"]["longitude"]) == (6.6, 0.47)
        assert "ama" not in json.dumps(draft.data)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (json.dumps([LAB]), "fablabs-io"),
        (json.dumps(WIKI), "hackerspaces-org"),
        (json.dumps([COMPANY]), "make-works"),
        (SPACE, "fablabs-ch"),
        ("name;city\nA;B\n", "csv"),
        (",".join(ANSWER), "kobo"),
    ],
)
def test_formats_are_recognised(content: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / ("x.yml" if content is SPACE else "x.txt")
    path.write_text(content)
    assert importers.recognised(Source("", path=path))[0] == expected


@pytest.mark.parametrize("importer", importers.IMPORTERS, ids=lambda importer: importer.NAME)
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[", b"{}", b"[1, null, {}]", b'{"data": 3}', b"a,b\n1", b"\0\0\0", b"name: [x", b"[[[["],
)
def test_no_importer_stumbles_over_junk(importer: Any, content: bytes, tmp_path: Path, terms: Terms) -> None:
    path = tmp_path / "junk.json"
    path.write_bytes(content)
    importer.recognises(content, "junk.json")
    list(importer.read(Source("x", path=path), terms))
    list(importer.read(Source("x", content=content), terms))
