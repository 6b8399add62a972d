"""Open Know-How manifests become designs; what they do not say stays unknown."""

from datetime import date
from pathlib import Path

import pytest

from generator import canonical, documents, registry, schemas
from generator.importers import okh, okh_parts
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.licences import spdx
from generator.importers.source import Source
from generator.importers.terms import Terms

MINI = Path(__file__).parent / "mini" / "registry"

LOOM = """
okhv = "OKH-LOSHv1.0"
name = "Small loom\\n"
repo = "https://git.example/loom"
version = "0.10.0"
license = "LicenseRef-CC BY-SA-4.0"
licensor = "Ada Person <ada@example.org>"
function = "== What it is == A loom.\\n"
tsdc = "MEC"
manufacturing-instructions = "/docs/guide.md"

[[part]]
name = "Clamp ring"
tsdc = "3DP"
printing-process = "FDM"
material = "Plywood"
smallest-tolerance-class = "IT11"
[part.outer-dimensions]
openSCAD = "cylinder(h=30, r=28)"
unit = "mm"

[[part]]
name = "Clamp ring"
material = "unobtainium"
printing-process = "FDM"
tsdc = ["3DP", "XYZ"]
[part.outer-dimensions]
openSCAD = "cube(size = [12,6,1.8]"
unit = "cm"
"""
MANIFEST = """
# Open know-how manifest 0.1
date-created: 2020-01-01
title: Small loom
description: A loom.
version: 1
licensor:
  name: Ada Person
license:
  hardware: CERN-OHL-S-2.0
  documentation: CC BY-SA 4.0
documentation-home: https://docs.example/loom
design-files:
  - path: https://git.example/loom
    title: Files
making-instructions:
  - path: https://docs.example/loom/make
"""


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(registry.load(MINI, as_of=date(2026, 6, 30)))


def rows(terms: Terms, content: str, name: str, folder: Path) -> list[Row]:
    (folder / name).write_text(content, encoding="utf-8")
    return list(okh.read(Source("manifests", path=folder / name), terms))


def draft(terms: Terms, content: str, name: str, folder: Path) -> Draft:
    (found,) = rows(terms, content, name, folder)
    assert isinstance(found, Draft)
    assert schemas.validator("design")(found.data)
    assert documents.parse(canonical.canonical("design", found.data).encode()) == found.data
    return found


def test_a_manifest_of_losh(terms: Terms, tmp_path: Path) -> None:
    found = draft(terms, LOOM, "okh.toml", tmp_path)
    data = found.data
    assert (found.id, data["name"], data["version"]) == ("small-loom", "Small loom", "0.10.0")
    assert data["licence"] == {"hardware": "CC-BY-SA-4.0"}
    assert data["function"] == "What it is: A loom."
    assert [part["id"] for part in data["parts"]] == ["clamp-ring", "clamp-ring-2"]
    first = data["operations"][0]
    assert first["process"] == "fused-filament-fabrication"
    assert (first["material"], first["envelope_mm"]) == ("plywood", [56, 56, 30])
    assert first["tolerance"] == {"iso286": "IT11"}
    assert "documentation" not in data
    assert "Ada" not in str(data)


def test_what_the_taxonomy_lacks_is_counted_not_guessed(terms: Terms, tmp_path: Path) -> None:
    found = draft(terms, LOOM, "okh.toml", tmp_path)
    assert terms.unknown["process", "MEC"]
    assert terms.unknown["material", "unobtainium"]
    assert any("unobtainium" in note for note in found.notes)
    assert all(one["process"] != "machining" for one in found.data["operations"])


def test_a_manifest_of_version_1(terms: Terms, tmp_path: Path) -> None:
    data = draft(terms, MANIFEST, "okh.yml", tmp_path).data
    assert data["licence"] == {"hardware": "CERN-OHL-S-2.0", "documentation": "CC-BY-SA-4.0"}
    assert data["repository"] == "https://git.example/loom"
    assert data["documentation"] == "https://docs.example/loom"
    assert data["version"] == "1"
    assert "operations" not in data


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (LOOM.replace('license = "LicenseRef-CC BY-SA-4.0"', 'license = "CERN"'), "okh.toml", "`CERN` is none"),
        (LOOM.replace('license = "LicenseRef-CC BY-SA-4.0"\n', ""), "okh.toml", "no licence"),
        (LOOM.replace("https://git.example/loom", "."), "okh.toml", "no address"),
        (LOOM.replace("Small loom", "***"), "okh.toml", "no name"),
        ("okhv = ", "okh.toml", "no TOML"),
        ("title: [", "okh.yaml", "no YAML"),
        ("- title", "okh.yaml", "no YAML"),
    ],
)
def test_what_is_no_design_has_a_reason(terms: Terms, content: str, name: str, reason: str, tmp_path: Path) -> None:
    (found,) = rows(terms, content, name, tmp_path)
    assert isinstance(found, Rejected)
    assert reason in found.reason


@pytest.mark.parametrize(
    "odd", ["part = 3", "part = [1, 2]", 'tsdc = [["x"]]', "version = {a = 1}", "outer-dimensions = 4"]
)
def test_odd_values_do_no_harm(terms: Terms, odd: str, tmp_path: Path) -> None:
    key = odd.partition(" ")[0]
    head = "\n".join(line for line in LOOM.partition("[[part]]")[0].splitlines() if not line.startswith(key))
    draft(terms, f"{head}\n{odd}\n", "okh.toml", tmp_path)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0"), ("LicenseRef-CC BY-SA-4.0", "CC-BY-SA-4.0"), ("cc by 4.0", "CC-BY-4.0"),
        ("Creative Commons Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"), ("CC BY-SA", ""),
        ("https://creativecommons.org/licenses/by-nc/3.0/", "CC-BY-NC-3.0"), ("CERN", ""),
        ("CERN OHL v1.2", "CERN-OHL-1.2"),
        ("CERN-OHL-S v2", "CERN-OHL-S-2.0"), ("GPLv3", "GPL-3.0-only"), ("GPL-3.0+", "GPL-3.0-or-later"), ("GPL", ""),
        ("MIT License", "MIT"), ("MIT OR Apache-2.0", "MIT OR Apache-2.0"), ("MIT OR who knows", ""), ("", ""),
        ("CC0", "CC0-1.0"), ("all rights reserved", ""),
    ],
)  # fmt: skip
def test_licences_are_exact_or_unknown(said: str, meant: str) -> None:
    assert spdx(said) == meant


def test_files_are_recognised() -> None:
    assert okh.recognises(LOOM.encode(), "okh.toml")
    assert okh.recognises(MANIFEST.encode(), "okh.yml")
    assert not okh.recognises(b"title: x\n", "x.yaml")
    assert not okh.recognises(b"[tool.ruff]\n", "pyproject.toml")


def test_a_part_of_which_there_are_two_is_made_twice(terms: Terms, tmp_path: Path) -> None:
    found = draft(
        terms, LOOM.replace('tsdc = "3DP"\nprinting', 'quantity = 2\ntsdc = "3DP"\nprinting'), "okh.toml", tmp_path
    )
    assert [one.get("quantity_per_unit", 1) for one in found.data["operations"]][:2] == [2, 1]


def test_a_part_that_two_keys_name_is_one() -> None:
    said = {
        "parts": [{"name": "Housing", "tsdc": ["3DP"], "material": "PLA"}],
        "sub-parts": [
            {"name": "housing", "quantity": 2, "tsdc": [], "sub-parts": [{"name": "Clip", "quantity": 4}]},
            {"name": "Lid"},
        ],
    }
    found = okh_parts.pieces(said)
    assert [(one.id, one.quantity, one.inside) for one in found] == [
        ("clip", 8, ()), ("housing", 2, ("clip",)), ("lid", 1, ()),
    ]  # fmt: skip
    assert (found[1].said["tsdc"], found[1].said["material"]) == (["3DP"], "PLA")
