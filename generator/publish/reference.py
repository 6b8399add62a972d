"""A JSON Schema in; a section for each key that its data may have, with what it means and may be, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .. import records
from .edition import Edition
from .page import Fact, Item, Section, facts

Schema = Mapping[str, Any]
Definitions = Mapping[str, Schema]

_DEPTH = 6  # keys within keys
_REFERS = "_id"  # definitions whose name ends so hold ids of a kind: `process_id`
_ONE_LINE = r"^[^\u0000-\u001f\u007f-\u009f]+$"
_UNITS = {
    "mm": "mm", "m2": "m²", "meters": "m²", "w": "W", "km": "km", "days": "d", "week": "h", "latitude": "°",
    "longitude": "°", "lat": "°", "lon": "°", "bytes": "B",
}  # fmt: skip
_LOWEST = (("minimum", "≥"), ("exclusiveMinimum", ">"))
_HIGHEST = (("maximum", "≤"), ("exclusiveMaximum", "<"))


def keys(edition: Edition, schema: Schema, shared: Definitions) -> Iterator[Section]:
    """Yield a section for each key, each followed by those of the keys within it; `shared` are named definitions."""
    yield from _keys(edition, schema, {**shared, **schema.get("$defs", {})}, "", 1)


def one_of(schema: Schema) -> str:
    """Return keys of which at least one has to be there; "" when there are none."""
    branches = schema.get("anyOf", ())
    wanted = [" + ".join(branch["required"]) for branch in branches if "required" in branch]
    return " · ".join(wanted) if len(wanted) == len(branches) else ""


def _keys(edition: Edition, schema: Schema, shared: Definitions, prefix: str, depth: int) -> Iterator[Section]:
    required = set(schema.get("required", ()))
    for key, raw in schema.get("properties", {}).items():
        about = _resolved(raw, shared)
        inner = _resolved(about["items"], shared) if "items" in about else about
        yield Section(
            prefix + key,
            id=f"{prefix}{key}".replace(".", "-"),
            paragraphs=(about["description"],) if "description" in about else (),
            facts=_facts(edition, prefix + key, raw, shared, edition.strings("yes") if key in required else ""),
        )
        within = _mapping(inner, shared)
        if depth < _DEPTH and "properties" in within:
            yield from _keys(edition, within, shared, f"{prefix}{key}.", depth + 1)


def _facts(edition: Edition, path: str, raw: Schema, shared: Definitions, required: str) -> tuple[Fact, ...]:
    strings = edition.strings
    about = _resolved(raw, shared)
    items = about.get("items", raw)
    inner = _resolved(items, shared)
    allowed = inner.get("enum") or ((inner["const"],) if "const" in inner else ())
    values = tuple(Item(one if isinstance(one, str) else json.dumps(one)) for one in allowed)
    examples = [json.dumps(one, ensure_ascii=False) for one in about.get("examples", ())]
    return facts(
        (strings("fact.type"), _type(edition, about, shared)),
        (strings("fact.unit"), _unit(path)),
        (strings("fact.required"), required),
        (strings("fact.refers"), _refers(items)),
        (strings("fact.range"), _range(inner)),
        (strings("fact.longest"), str(inner.get("maxLength", ""))),
        (
            strings("fact.values"),
            values,
        ),
        (strings("fact.form"), "" if values or "format" in inner else _pattern(inner)),
        (strings("fact.keys"), str(about.get("propertyNames", {}).get("description", ""))),
        (strings("fact.one_needed"), one_of(_mapping(inner, shared))),
        (strings("fact.example"), " · ".join(examples)),
    )


def _type(edition: Edition, about: Schema, shared: Definitions) -> str:
    """Return the words for what a value is; for a list, for what its items are."""
    strings = edition.strings
    if _is_text(about):
        return strings("type.texts")
    forms = [_type(edition, _resolved(one, shared), shared) for one in about.get("oneOf", ())]
    if forms:
        return " / ".join(dict.fromkeys(forms))
    named = about.get("type", _named(about))
    if named == "array":
        inner = _resolved(about.get("items", {}), shared)
        return strings("type.list", of=_type(edition, inner, shared)) if inner else strings("type.array")
    if named == "string":
        named = {"date": "date", "uri": "url"}.get(about.get("format", ""), _by_form(about))
    names = named if isinstance(named, list) else [named]
    return " / ".join(strings.label("type", name) for name in names if name)


def _is_text(about: Schema) -> bool:
    """Tell whether a value is a text for people: one, or one per language."""
    forms = {str(one.get("type", "")): one for one in about.get("oneOf", ())}
    return set(forms) == {"string", "object"} and "propertyNames" in forms["object"]


def _named(about: Schema) -> str:
    """Return the type of a schema that gives values, or keys, alone."""
    values = about.get("enum") or [about["const"]] if "enum" in about or "const" in about else [None]
    known = {str: "string", bool: "boolean", int: "integer", float: "number"}
    return known.get(type(values[0]), "object" if "properties" in about else "")


def _by_form(about: Schema) -> str:
    return "url" if str(about.get("pattern", "")).startswith("^https?://") else "string"


def _pattern(about: Schema) -> str:
    """Return the pattern of a text, but not the one that only keeps it on a line."""
    found = str(about.get("pattern", ""))
    return "" if found == _ONE_LINE else found


def _unit(path: str) -> str:
    """Return the unit of a number, which is the end of its key's name, or of that of the key which it is in."""
    return next((unit for key in reversed(path.split(".")) if (unit := _UNITS.get(key.rpartition("_")[2]))), "")


def _range(about: Schema) -> str:
    low = [f"{sign} {about[name]:g}" for name, sign in _LOWEST if name in about]
    high = [f"{sign} {about[name]:.12g}" for name, sign in _HIGHEST if name in about]
    return ", ".join(low + high)


def _refers(raw: Schema) -> tuple[Item, ...]:
    """Return a link to the kind whose ids a value is one of."""
    name = str(raw.get("$ref", "")).rpartition("/")[2]
    kind = name.removesuffix(_REFERS)
    if not name.endswith(_REFERS) or kind not in records.BY_NAME:
        return ()
    return (Item(kind, page=f"kinds/{kind}/"),)


def _mapping(schema: Schema, shared: Definitions) -> Schema:
    """Return a schema, or of several forms the one for mappings; of a list, that of its items."""
    found = [one for one in (_resolved(form, shared) for form in schema.get("oneOf", ())) if "properties" in one]
    return found[0] if len(found) == 1 else schema


def _resolved(schema: Schema, shared: Definitions) -> Schema:
    """Return a schema with what its reference says; its own words win."""
    if "$ref" not in schema:
        return schema
    named = shared[str(schema["$ref"]).rpartition("/")[2]]
    return {**_resolved(named, shared), **{key: value for key, value in schema.items() if key != "$ref"}}
