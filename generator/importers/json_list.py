"""A list of hubs in JSON or GeoJSON of no known format, and the mapping of its keys, in; drafts out, as of a table."""

from __future__ import annotations

from collections.abc import Iterator

from . import flat, mapping, spreadsheet
from .drafts import Rejected, Row
from .mapping import Columns
from .source import Source
from .terms import Terms

NAME = "json"
TITLE = "a list in JSON or GeoJSON"
URL = ""
LICENCE = ""
ATTRIBUTION = ""


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file begins a list whose items have a name and a place."""
    return spreadsheet.has_hubs(flat.columns(head))


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield drafts by the mapping that the keys suggest."""
    yield from read_by(source, terms, mapping.guessed(flat.columns(source.head())))


def read_by(source: Source, terms: Terms, columns: Columns) -> Iterator[Row]:
    """Yield a draft for each item by a mapping, and after it one for each machine that it names."""
    for place, row, fault in flat.rows(source):
        if fault:
            yield Rejected(place, "", fault)
        else:
            yield from spreadsheet.rows_of(row, place, columns, terms)
