"""The schemas: both validators say the same, records are bound to them, and every fault is told precisely."""

import copy
import dataclasses
import functools
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import regress
from hypothesis import given
from hypothesis import strategies as st

from generator import schemas
from generator.checks import example
from generator.documents import examine
from generator.records import BY_NAME, Record, build
from generator.records import KINDS as KINDS_OF_RECORDS
from generator.registry import files

ROOT = Path(__file__).resolve().parent.parent
KINDS = sorted(BY_NAME)


def every_record() -> Iterator[tuple[str, str, Any]]:
    """Yield kind, path and data of every file in the registry, the examples and the fixtures that can be read."""
    tops = [ROOT / "registry", example.BASE, *sorted(example.FOLDER.glob("*/*/")), ROOT / "tests" / "registry"]
    for top in filter(Path.is_dir, tops):
        for entry in files.scan(top)[0]:
            data = examine((top / entry.path).read_bytes()).data
            if data is not None:
                yield entry.kind.record_kind, entry.path, data


@functools.cache
def rich_records() -> list[tuple[str, Any]]:
    """Return the three valid records of each kind that say the most."""
    found: dict[str, list[Any]] = {}
    for kind, _, data in every_record():
        if schemas.validator(kind)(data):
            found.setdefault(kind, []).append(data)
    return [(kind, data) for kind in sorted(found) for data in sorted(found[kind], key=lambda one: -len(str(one)))[:3]]


def assert_agreed(kind: str, data: Any) -> None:
    told = [found.message for _, found in schemas.explain(kind, "", data)]
    assert schemas.UNEXPLAINED not in told
    assert schemas.validator(kind)(data) == (not told), told


def test_both_validators_agree_on_every_record() -> None:
    kinds = set()
    for kind, path, data in every_record():
        kinds.add(kind)
        told = [found.message for _, found in schemas.explain(kind, path, data)]
        assert schemas.validator(kind)(data) == (not told), (path, told)
        assert schemas.UNEXPLAINED not in told, path
    assert kinds == set(KINDS)


def places(data: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*keys, key)
        yield from places(value, (*keys, key))


ODD = [
    None, True, False, 0, 1, -1, 1.0, 1.5, 0.1, -0.0, 1e300, 10**29, -(10**29), 90.0000001, 180, 2**53 + 1, "", " ",
    "x", "no", "2023-02-30", "2024-02-29", "1999-13-01", "2024-1-1", "0999-01-01", "12.50", "gh", "GH", "en", "a/b",
    "a--b", "-a", "a" * 301, "é", "e\u0301", "😀" * 120, "http://", "https://x y", "https://é.example", "+233 30 000",
    "a@b.c", "٣", "gh\n", "https://x.example\n", [], [[]], [None], [1, 1], [1, True], ["x", "x"], {}, {"x": 1},
    {"en": "x"}, {"en": ""}, {"EN": "x"}, {"en\n": "x"}, {"diameter": 1}, [1, 2, 3, 4], {"eq": ["a", 1]},
    {"in": ["a", []]},
]  # fmt: skip


@given(st.data())
def test_both_validators_agree_on_what_is_almost_a_record(draw: st.DataObject) -> None:
    kind, valid = draw.draw(st.sampled_from(rich_records()))
    data = copy.deepcopy(valid)
    for _ in range(draw.draw(st.integers(1, 3))):
        here = list(places(data))
        if not here:
            break
        keys = draw.draw(st.sampled_from(here))
        around = functools.reduce(lambda value, key: value[key], keys[:-1], data)
        value = around[keys[-1]]
        match draw.draw(st.sampled_from(["drop", "odd", "line feed", "unknown", "twice", "wrap", "rename"])):
            case "drop":
                del around[keys[-1]]
            case "odd":
                around[keys[-1]] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
            case "line feed" if isinstance(value, str):
                around[keys[-1]] = value + "\n"
            case "unknown" if isinstance(around, dict):
                around[draw.draw(st.sampled_from(["x", "", "id", "Name", "name\n", "😀"]))] = copy.deepcopy(value)
            case "twice" if isinstance(around, list):
                around.append(copy.deepcopy(value))
            case "wrap":
                around[keys[-1]] = [value]
            case "rename" if isinstance(around, dict):
                around[f"{keys[-1]}s"] = around.pop(keys[-1])
    assert_agreed(kind, data)


@given(st.sampled_from(KINDS), st.sampled_from([None, True, 1, 1.5, "x", [], [1], {}, {"x": 1}]))
def test_both_validators_agree_on_what_is_no_record(kind: str, data: Any) -> None:
    assert_agreed(kind, data)


def resolved(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Follow `$ref`; what stands beside it wins."""
    while "$ref" in schema:
        file, _, name = schema["$ref"].rpartition("#/$defs/")
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**schemas.load()["common" if file else kind]["$defs"][name], **rest}
    return schema


def mapping(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the mapping with known keys that a value, or each item of a list, is; {} for others."""
    schema = resolved(kind, schema)
    if "items" in schema:
        return mapping(kind, schema["items"])
    forms = [form for form in schema.get("oneOf", [schema]) if "properties" in form]
    return forms[0] if len(forms) == 1 else {}


def dataclass_of(hint: Any) -> type | None:
    """Return the dataclass in a field's type, such as `tuple[Source, ...]` or `Verified | None`."""
    if dataclasses.is_dataclass(hint):
        return typing.cast(type, hint)
    if typing.get_origin(hint) in (tuple, types.UnionType, typing.Union):
        found = [one for one in map(dataclass_of, typing.get_args(hint)) if one is not None]
        return found[0] if found else None
    return None


def assert_bound(cls: type, kind: str, schema: dict[str, Any]) -> None:
    hints = typing.get_type_hints(cls)
    fields = {item.name: item for item in dataclasses.fields(cls) if item.name != "id" or not issubclass(cls, Record)}
    assert set(fields) == set(schema["properties"]), cls
    missing = dataclasses.MISSING
    needed = {name for name, item in fields.items() if item.default is missing and item.default_factory is missing}
    assert needed == set(schema.get("required", ())), cls
    for name, part in schema["properties"].items():
        inner = mapping(kind, part)
        bound = dataclass_of(hints[name])
        own = getattr(bound, "of", None) is not None  # texts and envelopes read several forms by themselves
        if inner and not own:
            assert bound is not None, f"{cls}.{name} has keys in the schema, and no dataclass"
            assert_bound(bound, kind, inner)
        elif bound is not None:
            assert own, f"{cls}.{name} is a dataclass, and has no keys in the schema"


@pytest.mark.parametrize("kind", KINDS)
def test_records_and_schemas_have_the_same_keys(kind: str) -> None:
    assert_bound(BY_NAME[kind], kind, schemas.load()[kind])


@pytest.mark.parametrize("kind", sorted(kind.record_kind for kind in KINDS_OF_RECORDS))
def test_whatever_a_record_may_say_is_in_the_open_data(kind: str) -> None:
    missing = schemas.load()[kind]["properties"].keys() - schemas.load_published()[kind]["properties"].keys()
    assert missing == ({"stewards"} if kind == "hub" else set())


def test_every_kind_has_a_schema_and_every_schema_a_kind() -> None:
    assert set(schemas.load()) == {*KINDS, "common"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rich_record_is_built_as_it_says(kind: str) -> None:
    data = next(data for name, data in rich_records() if name == kind)
    record = build(BY_NAME[kind], "some/id", data)
    assert {item.name for item in dataclasses.fields(record)} == {*schemas.load()[kind]["properties"], "id"}


def parts(kind: str, schema: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property below a schema, without following references, with a name to find it by."""
    if not isinstance(schema, dict):
        return
    for key, part in schema.get("properties", {}).items():
        yield f"{name}.{key}", part
        yield from parts(kind, part, f"{name}.{key}")
    for key, part in schema.get("$defs", {}).items():
        yield from parts(kind, part, f"{name}#{key}")
    yield from parts(kind, schema.get("items"), f"{name}[]")
    yield from parts(kind, schema.get("additionalProperties"), f"{name}.*")
    for form in schema.get("oneOf", ()):
        yield from parts(kind, form, name)


PARTS = {name: (kind, part) for kind in schemas.load() for name, part in parts(kind, schemas.load()[kind], kind)}


@pytest.mark.parametrize("name", PARTS)
def test_every_key_is_described_with_an_example(name: str) -> None:
    kind, part = PARTS[name]
    whole = resolved(kind, part)
    assert whole.get("description", "").strip()
    assert not whole["description"].endswith(".")
    if not mapping(kind, part) and whole.get("type") != "boolean":
        assert whole.get("examples")


def with_examples(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "examples" in schema:
            yield schema
        for key, value in schema.items():
            if key != "examples":
                yield from with_examples(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from with_examples(value)


@pytest.mark.parametrize("kind", schemas.load())
def test_every_example_is_valid(kind: str) -> None:
    registry = jsonschema_rs.Registry([("json-schema:///common.json", schemas.load()["common"])])
    definitions = schemas.load()[kind].get("$defs", {})
    for part in with_examples(schemas.load()[kind]):
        checked = jsonschema_rs.validator_for(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions, **part},
            registry=registry, validate_formats=True,
        )  # fmt: skip
        for shown in part["examples"]:
            assert checked.is_valid(shown), (part.get("description"), shown)


def patterns(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"], schema
        for value in schema.values():
            yield from patterns(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from patterns(value)


@pytest.mark.parametrize("kind", schemas.load())
def test_every_pattern_means_the_same_in_ecmascript(kind: str) -> None:
    """Forms on the site and other languages read the patterns with the Unicode flag of ECMA-262."""
    for pattern, schema in patterns(schemas.load()[kind]):
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        compiled = regress.Regex(pattern, "u")
        fast = jsonschema_rs.validator_for({"pattern": pattern})
        for text in [value for value in (*ODD, *schema.get("examples", ())) if isinstance(value, str)]:
            assert (compiled.find(text) is not None) == fast.is_valid(text), (pattern, text)


HUB: dict[str, Any] = {
    "name": "Lab", "kind": "fab-lab", "website": "https://lab.example",
    "location": {"locality": "Kumasi", "latitude": 6.7, "longitude": -1.6},
}  # fmt: skip
GONE = object()

# What is put into a good hub: what must be said of it, as (rule, keys, message, a part of the hint).
FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, tuple[Any, ...], str, str]]]] = {
    "misspelt key": (
        {"floor_m": 3}, [("unknown-key", ("floor_m",), "unknown key `floor_m`", "did you mean `floor_m2`?")],
    ),
    "misspelt key that must be there": (
        {"name": GONE, "nmae": "x"}, [("unknown-key", ("nmae",), "unknown key `nmae`", "did you mean `name`?")],
    ),
    "misspelt key, one of several that must be there": (
        {"website": GONE, "contcat": {"email": "x@y.example"}},
        [("unknown-key", ("contcat",), "unknown key `contcat`", "did you mean `contact`?")],
    ),
    "unknown key": (
        {"location": {**HUB["location"], "colour": 1}},
        [("unknown-key", ("location", "colour"), "unknown key `colour`", "known here: `locality`, `region`")],
    ),
    "missing key": ({"kind": GONE}, [("missing-key", (), "`kind` is missing", "what the hub is")]),
    "two missing keys": (
        {"kind": GONE, "name": GONE},
        [("missing-key", (), "`name` is missing", "name on the door"), ("missing-key", (), "`kind` is missing", "")],
    ),
    "wrong type": ({"floor_m2": "big"}, [("wrong-type", ("floor_m2",), "`big` is not a number", "square metres")]),
    "number as text": (
        {"founded_year": "2014"}, [("wrong-type", ("founded_year",), "`2014` is not a whole number", "")],
    ),
    "one value for a list": (
        {"services": "training"}, [("wrong-type", ("services",), "`training` is not a list", "")],
    ),
    "list for a text": ({"hours": ["Mo"]}, [("wrong-type", ("hours",), "a list is not text", "")]),
    "mapping for a list": ({"services": {}}, [("wrong-type", ("services",), "a mapping of keys is not a list", "")]),
    "no value": (
        {"hours": None}, [("wrong-type", ("hours",), "nothing stands where text belongs", "leave the key out")],
    ),
    "no value for a choice": (
        {"access": None}, [("wrong-type", ("access",), "nothing stands where a value belongs", "leave the key out")],
    ),
    "no value for a text in languages": (
        {"summary": None}, [("wrong-type", ("summary",), "nothing stands where a value belongs", "leave the key out")],
    ),
    "misspelt choice": (
        {"kind": "makerspce"},
        [("wrong-value", ("kind",), "`makerspce` is not one of those allowed", "did you mean `makerspace`?")],
    ),
    "unknown choice": (
        {"kind": "castle"}, [("wrong-value", ("kind",), "`castle` is not one of those allowed", "one of `makerspace`")],
    ),
    "day that does not exist": (
        {"closed_on": "2023-02-30"},
        [("wrong-value", ("closed_on",), "`2023-02-30` is no day of the calendar", "2026-03-31")],
    ),
    "no date": (
        {"closed_on": "soon"}, [("wrong-value", ("closed_on",), "`soon` does not have the right form", "ISO 8601")],
    ),
    "address of another scheme": (
        {"website": "javascript:alert(1)"},
        [("wrong-value", ("website",), "`javascript:alert(1)` does not have the right form", "https://")],
    ),
    "line feed at the end": (
        {"website": "https://x.example\n"},
        [("wrong-value", ("website",), "`https://x.example\n` does not have the right form", "https://")],
    ),
    "latitude out of range": (
        {"location": {**HUB["location"], "latitude": 106.7}},
        [("wrong-value", ("location", "latitude"), "`106.7` is more than 90", "swapped")],
    ),
    "same item twice": (
        {"services": ["training", "repair", "training"]},
        [("wrong-value", ("services", 2), "`training` stands twice in the list", "keep one")],
    ),
    "empty text": ({"summary": ""}, [("wrong-value", ("summary",), "nothing is in it", "")]),
    "empty list": ({"services": []}, [("wrong-value", ("services",), "nothing is in it", "")]),
    "empty mapping": ({"contact": {}}, [("wrong-value", ("contact",), "nothing is in it", "how to reach")]),
    "too long": (
        {"hours": "x" * 2000}, [("wrong-value", ("hours",), f"`{'x' * 60}…` is longer than 255 characters", "")],
    ),
    "unknown language": (
        {"summary": {"english": "x"}},
        [("unknown-key", ("summary", "english"), "key `english` does not have the right form", "language code")],
    ),
    "number in one language": (
        {"summary": {"en": 3}}, [("wrong-type", ("summary", "en"), "`3` is not text", "text for people")],
    ),
    "neither text nor languages": (
        {"summary": [1]}, [("wrong-type", ("summary",), "a list does not fit here", "text for people")],
    ),
    "latitude without longitude": (
        {"location": {"locality": "Kumasi", "latitude": 6.7}},
        [("missing-key", ("location", "latitude"), "`latitude` is there but `longitude` is missing", "both")],
    ),
    "longitude without latitude": (
        {"location": {"locality": "Kumasi", "longitude": 6.7, "precision": "city"}},
        [("missing-key", ("location", "longitude"), "`longitude` is there but `latitude` is missing", "both")],
    ),
    "neither coordinates nor precision": (
        {"location": {"locality": "Kumasi"}},
        [("missing-key", ("location",), "coordinates or `precision: city` is missing", "where it is")],
    ),
    "exact without coordinates": (
        {"location": {"locality": "Kumasi", "precision": "exact"}},
        [("missing-key", ("location",), "coordinates or `precision: city` is missing", "where it is")],
    ),
    "misspelt precision without coordinates": (
        {"location": {"locality": "Kumasi", "precision": "citty"}},
        [("wrong-value", ("location", "precision"), "`citty` is not one of those allowed", "did you mean `city`?")],
    ),
    "no way to reach it": (
        {"website": GONE}, [("missing-key", (), "`website` or `contact` or `same_as` is missing", "")],
    ),
    "in a list": (
        {"keys": [{"public_key": "abc", "valid_from": "2026-01-01"}]},
        [("wrong-value", ("keys", 0, "public_key"), "`abc` does not have the right form", "z6Mk")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_once_and_precisely(name: str) -> None:
    changes, expected = FAULTS[name]
    data = {key: value for key, value in {**HUB, **changes}.items() if value is not GONE}
    found = list(schemas.explain("hub", "hubs/gh/x.yaml", data))
    assert [(rule.id, one.at.keys, one.message) for rule, one in found] == [row[:3] for row in expected]
    assert all(row[3] in one.hint for (_, one), row in zip(found, expected, strict=True))
    assert {one.at.path for _, one in found} == {"hubs/gh/x.yaml"}


def test_a_good_hub_has_no_fault() -> None:
    assert list(schemas.explain("hub", "", HUB)) == []


@pytest.mark.parametrize("data", [[], "x", 3, True])
def test_what_is_no_mapping_is_told_so(data: Any) -> None:
    assert [(rule.id, found.at.keys) for rule, found in schemas.explain("hub", "", data)] == [("wrong-type", ())]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"eq": ["quantity", 1]}, []),
        ({"all": [{"eq": ["quantity", 1]}, {"gt": ["quantity", "x"]}]}, [(("all", 1, "gt", 1), "`x` is not a number")]),
        ({"eq": ["Quantity", 1]}, [(("eq", 0), "`Quantity` does not have the right form")]),
        ({"equals": ["quantity", 1]}, [((), "a mapping of keys does not fit here")]),
    ],
)
def test_a_condition_is_explained_by_the_form_that_was_meant(when: Any, expected: list[Any]) -> None:
    data = next(copy.deepcopy(data) for kind, data in rich_records() if kind == "contract")
    data["clauses"][0]["when"] = when
    found = [(one.at.keys[3:], one.message) for _, one in schemas.explain("contract", "", data)]
    assert found == expected


def test_a_single_value_is_explained_like_one_in_a_record() -> None:
    faults = list(schemas.explain_value("hub", ("location", "latitude"), 91))
    assert [(rule.id, found.message) for rule, found in faults] == [("wrong-value", "`91` is more than 90")]
    assert list(schemas.explain_value("contract", ("clauses", 0, "when"), {"eq": ["quantity", 1]})) == []
