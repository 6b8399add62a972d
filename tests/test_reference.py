"""The data reference: what a schema says of a key, as the page shows it; nothing that is published goes unexplained."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import exporters, registry, schemas
from generator.publish import files, kinds, reference, strings
from generator.publish.edition import Edition, Relations
from generator.publish.page import Page, Section

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def edition() -> Edition:
    known = registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")
    assert known.settings is not None
    return Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


def told(section: Section) -> dict[str, str]:
    return {fact.label: ", ".join(item.text for item in fact.items) for fact in section.facts}


PROCESS = {"Id of a": "process", "At most, in characters": "3"}
TEXTS = {"oneOf": [{"type": "string"}, {"type": "object", "propertyNames": {}}]}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 168}, {"Type": "number", "Range": "> 0, ≤ 168"}),
        ({"type": "string", "format": "date", "pattern": "^x$"}, {"Type": "date (YYYY-MM-DD)"}),
        ({"type": "string", "pattern": "^[a-z]$"}, {"Type": "text", "Pattern": "^[a-z]$"}),
        ({"type": "string", "pattern": "^https?://"}, {"Type": "web address", "Pattern": "^https?://"}),
        ({"enum": ["a", "b"], "examples": ["b"]}, {"Type": "text", "One of": "a, b", "For example": '"b"'}),
        ({"const": True}, {"Type": "true or false", "One of": "true"}),
        ({"$ref": "common.json#/$defs/process_id"}, {"Type": "text", **PROCESS}),
        ({"type": "array", "items": {"$ref": "#/$defs/process_id"}}, {"Type": "list: text", **PROCESS}),
        (TEXTS, {"Type": "text, or one text per language"}),
        ({"type": ["object", "null"]}, {"Type": "keys and values / nothing"}),
    ],
)
def test_what_a_schema_says_of_a_key(edition: Edition, schema: dict[str, Any], expected: dict[str, str]) -> None:
    shared = {"process_id": {"type": "string", "maxLength": 3}}
    (section,) = reference.keys(edition, {"properties": {"x": schema}}, shared)
    assert told(section) == expected


def test_a_unit_is_a_part_of_the_key(edition: Edition) -> None:
    inner = {"type": "object", "properties": {"x": {}}}
    schema = {"properties": {"power_w": {}, "envelope_mm": inner, "latitude": {}, "name": {}}}
    found = {section.title: told(section).get("Unit") for section in reference.keys(edition, schema, {})}
    assert found == {"power_w": "W", "envelope_mm": "mm", "envelope_mm.x": "mm", "latitude": "°", "name": None}


def test_keys_within_keys_and_which_are_needed(edition: Edition) -> None:
    inner = {"type": "object", "properties": {"a": {}, "b": {}}, "required": ["b"], "anyOf": [{"required": ["a"]}]}
    schema = {"properties": {"one": {"oneOf": [{"type": "number"}, inner]}, "many": {"type": "array", "items": inner}}}
    found = {section.title: told(section) for section in reference.keys(edition, schema, {})}
    assert list(found) == ["one", "one.a", "one.b", "many", "many.a", "many.b"]
    assert found["one.b"] == found["many.b"] == {"Required": "yes"}
    assert found["many"]["At least one of"] == "a"


def pages(edition: Edition) -> dict[str, Page]:
    every = (*kinds.kinds(edition), *files.files(edition, exporters.described()))
    return {page.path: page for page in every}


def test_every_key_of_every_kind_and_file_is_explained(edition: Edition) -> None:
    lost = [
        (page.path, section.title)
        for page in pages(edition).values()
        for section in page.sections
        if section.title and (not section.paragraphs or not section.facts)
    ]
    assert [one for one in lost if not one[0].startswith("files/registry-sqlite/")] == []


@pytest.mark.parametrize("name", sorted(schemas.load_published()))
def test_every_key_of_published_data_is_described(name: str) -> None:
    def bare(schema: Any, at: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        lost = [] if "description" in schema or "$ref" in schema or not at else [at]
        inner = [(key, one) for key, one in schema.get("properties", {}).items()]
        found = [path for key, one in inner for path in bare(one, f"{at}.{key}")]
        return lost + found + [path for path in bare(schema.get("items"), "") if path]

    if name != "data_package":  # a standard's own words
        assert bare(schemas.load_published()[name], "") == []


def test_units_are_told_for_every_measured_number(edition: Edition) -> None:
    for page in pages(edition).values():
        for section in page.sections:
            if section.title.endswith(("_mm", "_m2", "_w", "_days", "_km", "latitude", "longitude")):
                facts = told(section)
                if "number" in facts["Type"]:
                    assert facts.get("Unit"), (page.path, section.title)
