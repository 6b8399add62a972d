"""The tables' descriptor: a Tabular Data Package whose types, constraints and keys the tables keep."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.exporters import FORMATS, Invented, tables
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"
CASTS: dict[str, Any] = {"string": str, "number": float, "integer": int, "date": date.fromisoformat}


def package(known: Registry) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(FORMATS["data-package"].make(known, Invented.INCLUDED))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def found() -> dict[str, bytes]:
    return package(registry.load(MINI, as_of=date(2026, 6, 30)))


def resources(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(files["datapackage.json"])["resources"]}


def rows(files: dict[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[path].decode(), newline="")))


def test_size_and_checksum_are_those_of_the_tables(found: dict[str, bytes]) -> None:
    for one in resources(found).values():
        assert one["bytes"] == len(found[one["path"]])
        assert one["hash"] == f"sha256:{hashlib.sha256(found[one['path']]).hexdigest()}"


def test_each_column_is_described(found: dict[str, bytes]) -> None:
    assert {one["path"] for one in resources(found).values()} == tables.COLUMNS.keys()
    for one in resources(found).values():
        header = found[one["path"]].decode().partition("\r\n")[0].split(",")
        assert [field["name"] for field in one["schema"]["fields"]] == header


def problems(files: dict[str, bytes]) -> list[str]:
    """Return what of the tables does not keep to the descriptor."""
    wrong = []
    for one in resources(files).values():
        table = rows(files, one["path"])
        for field in one["schema"]["fields"]:
            name, rules = field["name"], field.get("constraints", {})
            cells = [row[name] for row in table]
            known = [CASTS[field["type"]](cell) for cell in cells if cell]
            bad = [
                rules.get("required") and len(known) < len(cells),
                rules.get("unique") and len(set(known)) < len(known),
                "enum" in rules and not set(known) <= set(rules["enum"]),
                "minimum" in rules and known and min(known) < rules["minimum"],
                "maximum" in rules and known and max(known) > rules["maximum"],
            ]
            wrong += [f"{one['name']}.{name}"] if any(bad) else []
        for key in one["schema"].get("foreignKeys", ()):
            there = {row["id"] for row in rows(files, f"{key['reference']['resource']}.csv")}
            wrong += [row["id"] for row in table if row[key["fields"]] and row[key["fields"]] not in there]
    return wrong


def test_the_tables_keep_to_it(found: dict[str, bytes], hostile: Registry) -> None:
    assert problems(found) == []
    assert problems(package(hostile)) == []


def test_a_broken_table_would_be_noticed(found: dict[str, bytes]) -> None:
    machines = found["machines.csv"].replace(b"gh/tamale-open-workshop,gh", b"gh/nobody,gh")
    assert problems({**found, "machines.csv": machines})


def test_names_are_those_that_the_profile_allows(found: dict[str, bytes]) -> None:
    descriptor = json.loads(found["datapackage.json"])
    assert descriptor["profile"] == "tabular-data-package"
    assert all(name.replace("-", "").islower() for name in [descriptor["name"], *resources(found)])
    assert descriptor["licenses"][0]["name"]
    titles = [(one["title"], one.get("path")) for one in descriptor["sources"]]
    assert len(titles) == len(set(titles))


def test_the_same_registry_gives_the_same_bytes() -> None:
    known = registry.load(MINI, as_of=date(2026, 6, 30))
    assert FORMATS["data-package"].make(known, Invented.LEFT_OUT) == FORMATS["data-package"].make(
        known, Invented.LEFT_OUT
    )
