"""Nothing in; what the tables of the open data hold out, as JSON Schemas: of a row of CSV, and of the SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from .. import schemas
from . import data_package, tables
from .sqlite_schema import TABLES

Schema = Mapping[str, Any]

_PLACES = ((), ("location",), ("contact",), ("verified",))  # of a record, in which a column's fact stands
_KINDS = {"hubs": "hub", "machines": "machine", "models": "model", "designs": "design", "networks": "network"}
_TYPES = {"TEXT": "string", "REAL": "number", "INTEGER": "integer"}
_OF_TABLES = {
    "registry": "the registry's name, url, licence, attribution, and as_of: the day of the data",
    "process_broader": "which process is a kind of which", "material_broader": "which material is a kind of which",
    "hub_processes": "what each hub can do, by itself or with its machines",
    "hub_networks": "who belongs to which network",
    "hub_services": "what each hub offers", "hub_pages": "the same hub elsewhere",
    "sources": "where facts were taken from", "hub_sources": "which hub has facts from where",
    "machine_processes": "what each machine can do",
    "machine_materials": "what each machine works, and within which limits",
}  # fmt: skip
_OF_COLUMNS = {
    "can": "labels of the processes that it can do, for searching", "name": "what people call it",
    "page": "the page for people", "x_mm": "width of the largest work piece", "y_mm": "its depth", "z_mm": "its height",
    "diameter_mm": "its largest diameter, for what turns", "length_mm": "its length, for what turns",
    "country": "a country code of ISO 3166-1 alpha-2, lower case", "brand": "who makes it",
    "verified_how": "how the facts were last verified", "services": "what it offers; parted by semicolons",
    "processes": "ids of what it can do; parted by semicolons", "networks": "ids of networks; parted by semicolons",
    "materials": "ids of materials; parted by semicolons", "aliases": "other names; parted by semicolons",
    "same_as": "the same hub elsewhere; parted by semicolons",
    "sources": "names of the lists that facts were taken from; parted by semicolons",
    "source_licences": "the licence of each source, in the same order; parted by semicolons",
    "attribution": "what each source asks to be said, in the same order; parted by semicolons",
    "envelope_mm": "the largest work piece in millimetres, sides parted by x; diameter and length for what turns",
    "description": "what it means", "broader": "the wider term", "service": "one of the hub's `services`",
    "url": "its address", "licence": "SPDX", "retrieved": "when it was read", "key": "which fact", "value": "the fact",
    "min_thickness_mm": "the thinnest it works", "max_thickness_mm": "the thickest it works",
    "form": "the form that the material comes in", "rate_amount": "what using it costs, a decimal number",
    "rate_currency": "ISO 4217", "rate_per": "for what", "quantity": "how many", "id": "unique within its table",
}  # fmt: skip


def described() -> tuple[tuple[str, Schema], ...]:
    """Return the path of each file, below `api/v1/`, with what a row of it holds; of SQLite, rows by their table."""
    rows = ((path, _row(path.removesuffix(".csv"), columns)) for path, columns in tables.COLUMNS.items())
    return (*rows, ("registry.sqlite", _database()))


def _database() -> Schema:
    found: dict[str, Schema] = {}
    with closing(sqlite3.connect(":memory:")) as made:
        for statement in TABLES:
            made.execute(statement)
        for (name,) in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").fetchall():
            about = _OF_TABLES.get(name, "")
            items = {"type": "object", **_columns(made, name)}
            found[name] = {"type": "array", "items": items, **({"description": about} if about else {})}
    return {
        "title": "SQLite",
        "description": "What `api/v1/registry.sqlite` holds: tables with keys, and `*_fts` for searching words.",
        "properties": found,
    }


def _row(name: str, columns: tuple[str, ...]) -> Schema:
    fields = {column: _field(name, column) for column in columns}
    required = [column for column, field in fields.items() if field.pop("required", False)]
    about = f"What a row of `api/v1/{name}.csv` holds. UTF-8, commas, one line of headings; an empty cell is not known."
    return {"title": f"{name}.csv", "description": about, "properties": fields, "required": required}


def _field(name: str, column: str) -> dict[str, Any]:
    field = data_package.field(_KINDS[name], column)
    about = _about(name, column) or field.get("description", "")
    limits = {key: value for key, value in field.get("constraints", {}).items() if key != "unique"}
    kind = {"type": "string", "format": "date"} if field["type"] == "date" else {"type": field["type"]}
    return {**kind, **limits, **({"description": about} if about else {})}


def _columns(made: sqlite3.Connection, table: str) -> Schema:
    keys = {row[3]: row[2] for row in made.execute(f"PRAGMA foreign_key_list({table})")}
    found, required = {}, []
    for _, column, type, is_needed, _, is_key in made.execute(f"PRAGMA table_info({table})").fetchall():
        about = f"id of a row of `{keys[column]}`" if column in keys else _about(table, column)
        found[column] = {"type": _TYPES[type], **({"description": about} if about else {})}
        if is_needed or is_key:
            required.append(column)
    return {"properties": found, "required": required}


def _about(table: str, column: str) -> str:
    """Return what a column means: in our words, or in those of the record's schema."""
    if known := _OF_COLUMNS.get(column) or data_package.ABOUT.get(column):
        return known
    places = (schemas.at(_KINDS[table], (*place, column)) for place in _PLACES) if table in _KINDS else ()
    return next((str(found["description"]) for found in places if "description" in found), "")
