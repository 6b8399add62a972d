"""The tables of the open data in; the descriptor of a Frictionless Data Package out: `datapackage.json` beside them.

https://datapackage.org (version 1 of the profile). Columns have types and constraints, tables keys; each has its size
and checksum. Lists in a cell are parted by semicolons. A text that begins like a formula has an apostrophe before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import schemas
from ..records import Settings
from ..records.parts import Source
from ..registry import Registry
from . import tables

FILE = "datapackage.json"
Field = dict[str, Any]

_ID = {"required": True, "unique": True}
_LISTS = frozenset({
    "services", "processes", "materials", "networks", "same_as", "sources", "source_licences", "attribution", "aliases",
})  # fmt: skip
_NUMBERS = {
    "latitude": {"minimum": -90, "maximum": 90}, "longitude": {"minimum": -180, "maximum": 180},
    "floor_m2": {"minimum": 0}, "power_w": {"minimum": 0}, "tolerance_mm": {"minimum": 0},
}  # fmt: skip
_REQUIRED = frozenset({"id", "name", "kind", "status", "country", "locality", "precision", "freshness", "hub", "brand"})
_FRESHNESS = ("fresh", "due", "stale", "unknown")
ABOUT = {
    "id": "the record's id, unique within its table", "country": "code of ISO 3166-1 alpha-2, lower case",
    "latitude": "degrees of WGS 84", "longitude": "degrees of WGS 84", "page": "the record's page for people",
    "hub": "the hub at which it stands", "model": "its model", "envelope_mm": "the largest work piece, side by side",
    "freshness": "fresh: verified within 12 months; due: within 36; stale: longer ago; unknown: never",
    "rate": "amount, currency and for what", "hours": "in the syntax of OpenStreetMap's opening_hours",
    "attribution": "what the licences of the sources ask for",
    "verified_on": "the day of the last verification", "sources": "where the facts were taken from",
}  # fmt: skip
_LICENCES = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}  # fmt: skip


def descriptor(
    registry: Registry, settings: Settings, files: Iterable[Mapping[str, Any]], sources: Iterable[Source]
) -> bytes:
    """Return the descriptor for those of the files (path, sha256, bytes) that are tables."""
    given = {str(file["path"]): file for file in files}
    resources = [_resource(path, given[path]) for path in tables.COLUMNS if path in given]
    found = {
        "profile": "tabular-data-package",
        "name": "karakana",
        "title": settings.name.into(settings.language),
        "homepage": settings.url.rstrip("/") + "/",
        "version": registry.as_of.isoformat(),
        "created": f"{registry.as_of.isoformat()}T00:00:00Z",
        "licenses": [_licence(settings.licences.data)],
        "sources": _sources(sources),
        "contributors": [{"title": settings.licences.attribution or settings.name.into(settings.language)}],
        "resources": resources,
    }
    return (
        json.dumps({key: value for key, value in found.items() if value}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def _licence(expression: str) -> dict[str, str]:
    path = _LICENCES.get(expression, "")
    return {"name": expression, **({"path": path} if path else {})}


def _sources(given: Iterable[Source]) -> list[dict[str, str]]:
    """Return each source once, by name."""
    titles = {(one.name, one.url) for one in given}
    return [{"title": name, **({"path": url} if url else {})} for name, url in sorted(titles)]


def _resource(path: str, file: Mapping[str, Any]) -> dict[str, Any]:
    name = path.removesuffix(".csv")
    return {
        "profile": "tabular-data-resource", "name": name, "path": path, "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": file["bytes"], "hash": f"sha256:{file['sha256']}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": _schema(name, tables.COLUMNS[path]),
    }  # fmt: skip


def _schema(name: str, columns: Sequence[str]) -> dict[str, Any]:
    """Return the columns of a table, its key, and the tables to which its columns lead."""
    led = {"machines": {"hub": "hubs", "model": "models"}}.get(name, {})
    keys = [{"fields": column, "reference": {"resource": resource, "fields": "id"}} for column, resource in led.items()]
    fields = [field(name.removesuffix("s"), column) for column in columns]
    return {"fields": fields, "primaryKey": "id", **({"foreignKeys": keys} if keys else {}), "missingValues": [""]}


def field(kind: str, column: str) -> Field:
    """Return what a column of the table of a kind holds, in the words of the standard."""
    constraints: dict[str, Any] = dict(_NUMBERS.get(column, {}))
    field: Field = {"name": column, "type": "number" if column in _NUMBERS else "string"}
    if column == "verified_on":
        field |= {"type": "date", "format": "%Y-%m-%d"}
    if column == "quantity":
        field["type"] = "integer"
        constraints["minimum"] = 1
    if column in _REQUIRED:
        constraints["required"] = True
    if column == "id":
        constraints |= _ID
    if allowed := _allowed(kind, column):
        constraints["enum"] = list(allowed)
    about = ABOUT.get(column, "") or ("a list, parted by semicolons" if column in _LISTS else "")
    return field | ({"description": about} if about else {}) | ({"constraints": constraints} if constraints else {})


def _allowed(kind: str, column: str) -> Sequence[str]:
    """Return the only values that a column may have, as the record's schema says them; () when there are others."""
    if column == "freshness":
        return _FRESHNESS
    keys = {"precision": ("location", "precision"), "verified_how": ("verified", "how")}.get(column, (column,))
    found: Sequence[str] = schemas.at(kind, keys).get("enum", ())
    return found
