"""Figures in; tables for programs out: one CSV (RFC 4180) and one JSON for each, with ids in place of names."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..artifacts import Artifact
from ..matching.needs import Need
from ..records import Settings
from ..registry.coverage import Country, Frequency
from .edition import Edition
from .page import Item
from .unlocking import survey_of

if TYPE_CHECKING:
    from ..matching.aims import Aim

FOLDER = "data/insights"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
FREQUENCIES = ("processes", "models", "kinds", "business_models", "languages", "networks")


@dataclasses.dataclass(frozen=True, slots=True)
class Gap:
    """What would have to change, at how many hubs (0 for a machine that nobody has), and the ids of what it opens."""

    process: str
    rule: str
    field: str
    asked: str
    hubs: int
    opens: tuple[str, ...]
    helps: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Unstated:
    """A field that machines for a process, or hubs (""), do not state, how many, and the ids of what waits for it."""

    process: str
    field: str
    number: int
    waiting: tuple[str, ...]


def files(name: str) -> tuple[Item, ...]:
    """Return the files of a figure, as paths from the site's root."""
    return tuple(Item(ending.upper(), page=f"{FOLDER}/{name}.{ending}") for ending in ("csv", "json"))


def figures(edition: Edition) -> Iterator[Artifact]:
    """Yield two files for each figure of the insights."""
    day, coverage, needs = edition.registry.as_of.isoformat(), edition.relations.coverage, edition.relations.needs
    yield from _pair(edition.settings, day, "countries", Country, coverage.countries)
    for name in FREQUENCIES:
        yield from _pair(edition.settings, day, name.replace("_", "-"), Frequency, getattr(coverage, name))
    yield from _pair(edition.settings, day, "gaps", Gap, gaps(edition))
    yield from _pair(edition.settings, day, "silences", Unstated, silences(edition))
    yield from _pair(edition.settings, day, "needed-processes", Need, needs.processes)
    yield from _pair(edition.settings, day, "needed-materials", Need, needs.materials)


def gaps(edition: Edition) -> tuple[Gap, ...]:
    """Return what would open most, everywhere."""
    found = survey_of(edition.relations)
    changes = found.everywhere.changes if found is not None else ()
    return tuple(
        Gap(one.lack.process, one.lack.rule, one.lack.field, one.lack.asked, one.hubs, _ids(one.opens), _ids(one.helps))
        for one in changes
    )


def silences(edition: Edition) -> tuple[Unstated, ...]:
    """Return what no record states though something depends on it, everywhere."""
    found = survey_of(edition.relations)
    silent = found.everywhere.silences if found is not None else ()
    return tuple(Unstated(one.process, one.field, one.number, _ids(one.aims)) for one in silent)


def _ids(aims: Iterable[Aim]) -> tuple[str, ...]:
    return tuple(aim.id for aim in aims)


def _pair(settings: Settings, day: str, name: str, kind: Any, rows: Sequence[Any]) -> Iterator[Artifact]:
    keys = [field.name for field in dataclasses.fields(kind)]
    table = [[getattr(row, key) for key in keys] for row in rows]
    yield Artifact(f"{FOLDER}/{name}.csv", _csv(keys, table))
    yield Artifact(f"{FOLDER}/{name}.json", _json(settings, day, keys, table))


def _csv(keys: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(keys)
    writer.writerows([_cell(";".join(cell) if isinstance(cell, tuple) else cell) for cell in row] for row in table)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula: what is asked for is as somebody wrote it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _json(settings: Settings, day: str, keys: Sequence[str], table: Sequence[Sequence[Any]]) -> bytes:
    found = {
        "as_of": day,
        "licence": settings.licences.data,
        "attribution": settings.licences.attribution,
        "rows": [dict(zip(keys, row, strict=True)) for row in table],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
