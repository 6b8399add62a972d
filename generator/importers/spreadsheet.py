"""A table of hubs and the mapping of its columns in; drafts of hubs and of the machines named with them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import words
from . import mapping, places, structured, text
from .drafts import Draft, Rejected, Row
from .kinds_of_hub import kind_by_name, kind_of_hub
from .mapping import Columns
from .source import Source
from .terms import Terms

NAME = "csv"
TITLE = "a spreadsheet"
URL = ""
LICENCE = ""
ATTRIBUTION = ""

_STATUS = {
    "planned": ("planned", "planning", "prévu", "enprojet", "planeado", "planejado", "geplant", "inplanung", "مخطط"),
    "paused": ("paused", "inactive", "suspended", "corona", "temporaryclosure", "enpause", "suspenso", "pausiert"),
    "closed": ("closed", "dead", "defunct", "fermé", "fechado", "imefungwa", "مغلق", "geschlossen"),
    "active": ("active", "open", "operational", "actif", "ouvert", "ativo", "hai", "نشط", "aktiv", "offen"),
}
_BY_STATUS = {words.term(word): status for status, several in _STATUS.items() for word in several}
_LINK = re.compile(r"https?://[^\s\])}|<>\"]+")
_LISTS = ("processes", "services", "networks", "languages", "same_as", "business_models", "machines")
_NUMBERS = ("floor_m2",)


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file begins a table with a column for the name and one for the place."""
    return has_hubs(structured.header(head))


def has_hubs(columns: Iterable[str]) -> bool:
    """Tell whether there is a column for the name and one for the place."""
    found = {key for _, key, _ in mapping.guessed(columns).columns}
    return "name" in found and not found.isdisjoint(
        ("location.locality", "country", "location.latitude", "coordinates", "location.address")
    )


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield drafts by the mapping that the columns' names suggest."""
    yield from read_by(source, terms, mapping.guessed(structured.header(source.head())))


def read_by(source: Source, terms: Terms, columns: Columns) -> Iterator[Row]:
    """Yield a draft for each row by a mapping, and after it one for each machine that it names."""
    for place, row, fault in structured.table(source):
        if fault:
            yield Rejected(place, "", fault)
        else:
            yield from rows_of(row, place, columns, terms)


def rows_of(row: Mapping[str, Any], place: str, columns: Columns, terms: Terms) -> Iterator[Row]:
    """Yield the hub of a row, and its machines."""
    data: dict[str, Any] = {}
    for column, key, transform in columns.columns:
        cell = _bare(row.get(column))
        if cell not in (None, ""):
            data = _filled(data, key, cell, transform)
    for key, value in columns.values:
        data = mapping.put(data, key, value)
    name = text.line(data.get("name"))
    if not name:
        yield Rejected(place, "", "the row gives no name")
        return
    country, machines = text.line(data.pop("country", "")), data.pop("machines", ())
    data, notes = _worded(data, name, terms)
    yield Draft("hub", "", data, place, notes, country=country, key=place)
    for at, machine in enumerate(machines):
        model = terms.model(machine)
        done = terms.process(machine) if not model else ""
        facts: dict[str, Any] = {"model": model} if model else {"name": machine, "processes": [done] if done else []}
        yield Draft("machine", "", facts, f"{place}, machine {at + 1}", hub=place)


def _bare(cell: Any) -> Any:
    """Return a cell without the apostrophe by which exports keep spreadsheets from taking it for a formula."""
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _filled(data: dict[str, Any], key: str, cell: Any, transform: str) -> dict[str, Any]:
    """Return data with what a cell holds at a key."""
    if key == "coordinates" or transform in ("coordinates", "longitude-latitude"):
        north, east = places.pair(cell)
        if transform == "longitude-latitude":
            north, east = east, north
        if north is None:
            return data
        return mapping.put(mapping.put(data, "location.latitude", north), "location.longitude", east)
    if transform == "yes-no" or key.startswith(("infrastructure.", "accessibility.")):
        return mapping.put(data, key, text.presence(cell))
    if transform == "list" or (key in _LISTS and not transform):
        return mapping.put(data, key, text.items(cell))
    if transform == "number" or key in _NUMBERS:
        return mapping.put(data, key, text.number(cell))
    return mapping.put(data, key, text.prose(cell) if key == "summary" else text.line(cell))


def _worded(data: dict[str, Any], name: str, terms: Terms) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return data with the registry's words for kind, status, languages, access and processes."""
    notes: list[str] = []
    said = text.line(data.get("kind"))
    kind = kind_of_hub(said) or kind_by_name(said) or kind_by_name(name)
    if not kind:
        notes.append(f"kind `{said}` is not known; makerspace is a guess" if said else "no kind; makerspace is a guess")
    data = {**data, "kind": kind or "makerspace"}
    is_silent = not any(data.get(key) for key in ("website", "contact", "same_as"))
    # Maps that people draw have their links in the description.
    if is_silent and (found := _LINK.search(str(data.get("summary", "")))):
        data = {**data, "website": found[0]}
        notes.append("the website is the first address in its description")
    if status := text.line(data.pop("status", "")):
        known = _BY_STATUS.get(words.term(status), "")
        data = {**data, "status": known} if known else data
        notes += [] if known else [f"status `{status}` is not known: left out"]
    if "processes" in data:
        data = {**data, "processes": terms.processes(data["processes"])}
    if "languages" in data:
        data = {**data, "languages": [code for word in data["languages"] if words.is_language(code := word.lower())]}
    if "access" in data:
        data = {**data, "access": text.line(data["access"]).lower().replace(" ", "-")}
    return data, tuple(notes)
