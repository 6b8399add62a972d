"""The folder of schemas in; each schema, its parts by the keys of a record, and the fast test out."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs

from ..diagnostics import Key

_PACKAGE = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Return the folder of the schemas: in the wheel, else beside the package in a checkout."""
    packaged = _PACKAGE / "data" / "schemas"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "schemas"


@functools.cache
def load() -> Mapping[str, dict[str, Any]]:
    """Return every schema by the name of its file: the kinds, and `common`."""
    return {path.stem: json.loads(path.read_bytes()) for path in sorted(folder().glob("*.json"))}


@functools.cache
def validator(kind: str) -> Callable[[Any], bool]:
    """Return the fast yes-or-no test for records of a kind. Formats such as dates are asserted."""
    registry = jsonschema_rs.Registry([("json-schema:///common.json", load()["common"])])
    compiled = jsonschema_rs.validator_for(load()[kind], registry=registry, validate_formats=True)
    return compiled.is_valid


@functools.cache
def load_published() -> Mapping[str, dict[str, Any]]:
    """Return every schema of published JSON by the name of its file in `api/`: the kinds, and `shared`."""
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((folder() / "api").glob("*.json"))}


@functools.cache
def published(name: str) -> Callable[[Any], bool]:
    """Return the fast yes-or-no test for published JSON."""
    registry = jsonschema_rs.Registry([("json-schema:///shared.json", load_published()["shared"])])
    compiled = jsonschema_rs.validator_for(load_published()[name], registry=registry, validate_formats=True)
    return compiled.is_valid


def at(kind: str, keys: tuple[Key, ...]) -> Mapping[str, Any]:
    """Return the schema of the value that stands at `keys` in records of a kind; {} when nothing may."""
    schema: Mapping[str, Any] = load()[kind]
    for key in keys:
        schema = _resolved(kind, schema)
        inner = schema.get("items") if isinstance(key, int) else schema.get("properties", {}).get(key)
        schema = inner or schema.get("additionalProperties") or {}
    return _followed(kind, schema)


def properties(kind: str, keys: tuple[Key, ...] = ()) -> Mapping[str, Any]:
    """Return the properties, in order, of the mapping that stands at `keys` in records of a kind."""
    found: Mapping[str, Any] = _resolved(kind, at(kind, keys)).get("properties", {})
    return found


def _followed(kind: str, schema: Any) -> Mapping[str, Any]:
    """Follow `$ref`; what stands beside it wins."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" not in schema:
        return schema
    file, _, name = schema["$ref"].rpartition("#/$defs/")
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {**_followed(kind, load()["common" if file else kind]["$defs"][name]), **beside}


def _resolved(kind: str, schema: Any) -> Mapping[str, Any]:
    """Follow `$ref`, and of several forms take the one for mappings."""
    schema = _followed(kind, schema)
    forms = [form for form in schema.get("oneOf", ()) if form.get("type") == "object"]
    return _resolved(kind, forms[0]) if len(forms) == 1 else schema


def described(schema: Mapping[str, Any]) -> str:
    """Return a schema's own description and first example, through its `$ref` if need be."""
    if "$ref" in schema and "description" not in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        schema = load()["common"]["$defs"].get(name, schema)
    about = str(schema.get("description", ""))
    if schema.get("examples") and isinstance(schema["examples"][0], str | int | float):
        return f"{about}; for example `{schema['examples'][0]}`"
    return about


def matches(pattern: str, text: str) -> bool:
    """Tell whether text matches a schema's pattern, which is one of ECMA-262."""
    # Python's `$` also matches before a last line feed, that of ECMA-262 does not.
    return re.search(re.sub(r"\$\Z", r"\\Z", pattern), text) is not None
