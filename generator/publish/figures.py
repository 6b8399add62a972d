"""Figures in; tables for programs out: one CSV (RFC 4180) and one JSON for each, with ids in place of names."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..artifacts import Artifact
from ..matching.needs import Need
from ..records import Settings
from ..registry.coverage import Country, Frequency
from .edition import Edition
from .page import Item

FOLDER = "data/insights"
FREQUENCIES = ("processes", "models", "kinds", "business_models", "languages", "networks")


def files(name: str) -> tuple[Item, ...]:
    """Return the files of a figure, as paths from the site's root."""
    return tuple(Item(ending.upper(), page=f"{FOLDER}/{name}.{ending}") for ending in ("csv", "json"))


def figures(edition: Edition) -> Iterator[Artifact]:
    """Yield two files for each figure of the insights."""
    day, coverage, needs = edition.registry.as_of.isoformat(), edition.relations.coverage, edition.relations.needs
    yield from _pair(edition.settings, day, "countries", Country, coverage.countries)
    for name in FREQUENCIES:
        yield from _pair(edition.settings, day, name.replace("_", "-"), Frequency, getattr(coverage, name))
    yield from _pair(edition.settings, day, "needed-processes", Need, needs.processes)
    yield from _pair(edition.settings, day, "needed-materials", Need, needs.materials)


def _pair(settings: Settings, day: str, name: str, kind: Any, rows: Sequence[Any]) -> Iterator[Artifact]:
    keys = [field.name for field in dataclasses.fields(kind)]
    table = [[getattr(row, key) for key in keys] for row in rows]
    yield Artifact(f"{FOLDER}/{name}.csv", _csv(keys, table))
    yield Artifact(f"{FOLDER}/{name}.json", _json(settings, day, keys, table))


def _csv(keys: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(keys)
    # Ids begin with a letter or digit: no spreadsheet takes one for a formula.
    writer.writerows([";".join(cell) if isinstance(cell, tuple) else cell for cell in row] for row in table)
    return text.getvalue().encode()


def _json(settings: Settings, day: str, keys: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    found = {
        "as_of": day,
        "licence": settings.licences.data,
        "attribution": settings.licences.attribution,
        "rows": [dict(zip(keys, row, strict=True)) for row in table],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
