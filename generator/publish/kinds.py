"""The JSON Schemas in; a page for each kind of record that lists its keys, what they mean and examples, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .. import records, schemas
from .edition import Edition
from .english import english
from .page import Fact, Item, Page, Section, facts
from .strings import WRITTEN_IN

NAMES = tuple(kind.record_kind for kind in (*records.KINDS, *records.SINGLES))
_DEPTH = 3  # keys within keys
_Schema = Mapping[str, Any]


def kinds(edition: Edition) -> Iterator[Page]:
    """Yield the list of kinds and a page for each."""
    strings, known = edition.strings, schemas.load()
    items = tuple(Item(name, page=f"kinds/{name}/", note=str(known[name]["description"])) for name in NAMES)
    page = Page(
        path="kinds/",
        title=strings("kinds"),
        description=strings("kinds.lead"),
        lead=strings("kinds.lead"),
        sections=(Section("", items=items),),
    )
    yield english(edition, page)
    for name in NAMES:
        yield english(edition, _kind(edition, name, known[name]))


def _kind(edition: Edition, name: str, schema: _Schema) -> Page:
    strings = edition.strings
    folder = records.BY_NAME[name].folder
    return Page(
        path=f"kinds/{name}/",
        title=str(schema["title"]),
        language=WRITTEN_IN,
        kind=strings("kind"),
        description=str(schema["description"]),
        lead=str(schema["description"]),
        lead_language=WRITTEN_IN,
        trail=(Item(strings("kinds"), page="kinds/"),),
        facts=facts(
            (strings("fact.file"), f"registry/{folder}/{_pattern(name)}.yaml" if folder else f"registry/{name}.yaml")
        ),
        sections=tuple(_keys(edition, schema, _shared(schema), "", 1)),
    )


def _pattern(name: str) -> str:
    """Return where in its folder the file of a record lies."""
    patterns = {1: "<id>", 2: "<group>/<id>", 3: "<country>/<hub>/<id>"}
    return "<country>/<hub>" if name == "hub" else patterns[records.BY_NAME[name].depth]


def _keys(edition: Edition, schema: _Schema, shared: _Schema, prefix: str, depth: int) -> Iterator[Section]:
    """Yield what each key means, and after it the keys within it; `prefix` is the key that they are in: `location.`."""
    required = edition.strings("yes")
    for key, raw in schema.get("properties", {}).items():
        about = _resolved(raw, shared)
        inner = _resolved(about["items"], shared) if "items" in about else about
        yield Section(
            prefix + key,
            id=f"{prefix}{key}".replace(".", "-"),
            paragraphs=(about["description"],) if "description" in about else (),
            facts=_facts(edition, about, inner, required if key in schema.get("required", ()) else ""),
        )
        if depth < _DEPTH and "properties" in inner:
            yield from _keys(edition, inner, shared, f"{prefix}{key}.", depth + 1)


def _facts(edition: Edition, about: _Schema, inner: _Schema, required: str) -> tuple[Fact, ...]:
    """Return whether a key must be there, and the values that it, or each item of its list, may have."""
    strings = edition.strings
    values = inner.get("enum", ())
    examples = [json.dumps(one, ensure_ascii=False) for one in about.get("examples", ())]
    return facts(
        (strings("fact.required"), required),
        (strings("fact.values"), tuple(Item(str(value)) for value in values)),
        (strings("fact.example"), " · ".join(examples)),
    )


def _shared(schema: _Schema) -> _Schema:
    """Return the definitions that a schema's references may name: its own and those of all kinds."""
    return {**schemas.load()["common"]["$defs"], **schema.get("$defs", {})}


def _resolved(schema: _Schema, shared: _Schema) -> _Schema:
    """Return a schema with what its reference says; its own words win."""
    if "$ref" not in schema:
        return schema
    named = shared[str(schema["$ref"]).rpartition("/")[2]]
    return {**_resolved(named, shared), **{key: value for key, value in schema.items() if key != "$ref"}}
