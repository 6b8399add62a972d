"""Open data: every file fits its own schema, tables are safe to open, the manifest tells the truth."""

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator import records, registry, schemas
from generator.artifacts import Artifact
from generator.exporters import Invented, StrictError, checked, open_data
from generator.exporters.tables import guarded
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


def files(known: Registry, invented: Invented = Invented.LEFT_OUT) -> dict[str, bytes]:
    return {one.path.removeprefix("api/v1/"): one.content for one in checked(open_data(known, invented))}


def of(found: dict[str, bytes], path: str) -> Any:
    return json.loads(found[path])


def test_a_machine_has_its_models_facts(mini: Registry) -> None:
    laser = of(files(mini), "machines/gh/tamale-open-workshop/laser.json")
    assert laser["processes"] == ["laser-cutting"]
    assert laser["envelope_mm"] == {"x": 600, "y": 400, "z": 100}
    assert laser["materials"][0]["max_thickness_mm"] == 6
    assert laser["hub"] == "gh/tamale-open-workshop"


def test_a_hub_says_what_it_can_do_and_where_that_comes_from(mini: Registry) -> None:
    hub = of(files(mini), "hubs/gh/tamale-open-workshop.json")
    assert hub["record"] == "hub"
    assert hub["page"] == "https://mini.example/registry/hubs/gh/tamale-open-workshop/"
    assert hub["can"] == ["fused-filament-fabrication", "laser-cutting", "sewing"]
    assert hub["name"] == {"en": "Tamale Open Workshop"}
    assert hub["freshness"] == "fresh"
    assert hub["sources"][0]["licence"] == "CC-BY-4.0"
    assert hub["sources"][0]["attribution"] == "The list's editors"


def test_invented_records_are_left_out_unless_asked_for(mini: Registry) -> None:
    assert not [path for path, content in files(mini).items() if "demo-lakeside" in path or b"demo-lakeside" in content]
    asked = files(mini, Invented.INCLUDED)
    assert of(asked, "hubs/ke/demo-lakeside.json")["demonstration"] is True
    assert "machines/ke/demo-lakeside/b-60.json" in asked


def test_the_manifest_tells_the_truth(mini: Registry) -> None:
    found = files(mini)
    manifest = of(found, "registry.json")
    assert manifest["as_of"] == "2026-06-30"
    assert manifest["counts"]["hub"] == 3
    for file in manifest["files"]:
        assert hashlib.sha256(found[file["path"]]).hexdigest() == file["sha256"]
        assert len(found[file["path"]]) == file["bytes"]


def test_geojson_has_longitude_first(mini: Registry) -> None:
    hubs = {one["id"]: one for one in of(files(mini), "hubs.geojson")["features"]}
    assert hubs["gh/tamale-open-workshop"]["geometry"] == {"type": "Point", "coordinates": [-0.8393, 9.4008]}
    assert hubs["ke/nakuru-repair"]["geometry"] is None


def test_tables_are_read_back(mini: Registry) -> None:
    found = files(mini)
    hubs = {row["id"]: row for row in csv.DictReader(io.StringIO(found["hubs.csv"].decode(), newline=""))}
    assert hubs["gh/tamale-open-workshop"]["phone"] == "'+233 20 000 0000"
    assert hubs["gh/tamale-open-workshop"]["longitude"] == "-0.8393"
    machines = {row["id"]: row for row in csv.DictReader(io.StringIO(found["machines.csv"].decode(), newline=""))}
    assert machines["gh/tamale-open-workshop/laser"]["envelope_mm"] == "600x400x100"
    assert all(line.endswith(b"\r") for line in found["hubs.csv"].split(b"\n")[:-1])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_run_as_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("cell", [-1.5, 3, None, "a=b", ""])
def test_other_cells_stay(cell: str | float | None) -> None:
    assert guarded(cell) == cell


def test_hostile_records_fit_the_schemas(hostile: Registry) -> None:
    found = files(hostile, Invented.INCLUDED)
    assert of(found, "hubs/gh/hostile.json")["name"]["en"].startswith("</script>")


def test_a_wrong_file_is_refused() -> None:
    wrong = Artifact("api/v1/hubs/gh/x.json", b'{"record":"hub"}')
    with pytest.raises(StrictError, match=r"schemas/api/hub\.json"):
        list(checked([lambda: [wrong]]))


def test_every_kind_has_a_published_schema() -> None:
    kinds = {kind.record_kind for kind in records.KINDS}
    tables = {"okw", "spaceapi", "spaceapi_directory", "data_package"}
    answers = {"diff", "match", "reverse", "gaps", "match_ci", "plan", "order", "order_terms"}
    answers |= {"decision", "openings", "credentials"}
    others = {"shared", "manifest", "index", "geojson", "exchange", "credential"}
    assert set(schemas.load_published()) == kinds | tables | answers | others


@pytest.mark.parametrize("name", sorted(schemas.load_published()))
def test_published_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas.load_published()[name])


def test_the_same_registry_gives_the_same_bytes(mini: Registry) -> None:
    again = registry.load(MINI, as_of=date(2026, 6, 30))
    assert list(checked(open_data(mini))) == list(checked(open_data(again)))
