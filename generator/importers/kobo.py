"""Answers to a survey of KoboToolbox or ODK, as a table or as JSON, in; drafts of hubs and their machines out.

Questions in groups have the group before their names (`hub/name`), questions with several answers a column for each
answer with 0 or 1 beside one with all (`processes`, `processes/laser`), and a place is four numbers in one cell.
Who answered, when and on which telephone is not taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import mapping, spreadsheet, structured, text
from .drafts import Rejected, Row
from .mapping import Columns
from .source import Source
from .terms import Terms

NAME = "kobo"
TITLE = "a survey"
URL = ""
LICENCE = ""
ATTRIBUTION = ""

_MARKS = ("_uuid", "meta/instanceID", "instanceID", "_submission_time", "KEY", "SubmissionDate", "_id")
_ENDS = ("_latitude", "_longitude")
_POINT = re.compile(r"\s*-?\d{1,2}(?:\.\d+)?(?: -?\d+(?:\.\d+)?){3}\s*")  # latitude, longitude, altitude, accuracy
_OWN = ("start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber", "enumerator")
_TRUE = ("1", "true", "yes")


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file's beginning has the columns or keys that such an export has."""
    columns = structured.header(head)
    if columns:
        return len([mark for mark in _MARKS if mark in columns]) > 1
    return structured.is_json(head) and b'"_geolocation"' in head and b'"_uuid"' in head


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield drafts by the mapping that the questions' names suggest."""
    yield from read_by(source, terms, Columns(()))


def read_by(source: Source, terms: Terms, columns: Columns) -> Iterator[Row]:
    """Yield a draft for each answer by a mapping, or by the questions' names when it is empty."""
    is_table = bool(structured.header(source.head()))
    for place, item, fault in structured.table(source) if is_table else structured.objects(source):
        if fault or not isinstance(item, dict):
            if fault or "[" in place:
                yield Rejected(place, "", fault or "it is no answer")
            continue
        row = answers(item)
        chosen = columns if columns.columns else suggested(row)
        yield from spreadsheet.rows_of(row, place, chosen, terms)


def answers(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer's values by the names of the questions, with the point and several answers put together."""
    row: dict[str, Any] = {}
    several: dict[str, list[str]] = {}
    for key, value in item.items():
        group, _, last = key.rpartition("/")
        if group and group in item and text.line(value).lower() in (*_TRUE, "0", "false", "no"):
            several.setdefault(group, []).extend([last] if text.line(value).lower() in _TRUE else [])
        elif isinstance(value, list) and key != "_geolocation" and value and isinstance(value[0], dict):
            row[key] = [text.line(next(iter(one.values()), "")) for one in value]
        else:
            row[key] = value
    for key, chosen in several.items():
        row[key] = [word.replace("_", " ") for word in chosen]
    place = _point(item)
    return {**row, "_place": place} if place else row


def _point(item: Mapping[str, Any]) -> str:
    """Return latitude and longitude of an answer in one text, "" when it gives none."""
    point = item.get("_geolocation")
    if isinstance(point, list) and len(point) > 1 and None not in point[:2]:
        return f"{point[0]} {point[1]}"
    lowered = {key.lower().replace("-", "_"): value for key, value in item.items()}
    for key, value in lowered.items():
        if key.endswith(_ENDS[0]) and text.number(value) is not None:
            east = text.number(lowered.get(f"{key.removesuffix(_ENDS[0])}{_ENDS[1]}"))
            return f"{value} {east}" if east is not None else ""
    return next((str(value) for value in item.values() if isinstance(value, str) and _POINT.fullmatch(value)), "")


def suggested(columns: Iterable[str]) -> Columns:
    """Return the mapping that questions' names suggest; those about the survey itself fill nothing."""
    asked = [name for name in columns if not name.startswith("_") and name.rpartition("/")[2] not in _OWN]
    found = mapping.guessed(asked)
    kept = tuple(one for one in found.columns if one[1] not in ("location.latitude", "location.longitude"))
    kept = tuple(one for one in kept if one[1] != "coordinates")
    return Columns((*kept, ("_place", "coordinates", "")))
