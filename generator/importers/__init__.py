"""Other lists of hubs and shapes in; drafts of records and outlines out. One module for each source.

To add a source, write a module with what `Importer` asks for and put it into `IMPORTERS`. The order is the one in which
a file's format is guessed: what is told by its own keys comes before what only looks like a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Protocol

from . import (
    fablabs_ch,
    fablabs_io,
    hackerspaces_org,
    json_list,
    karakana,
    kobo,
    machine_catalogue,
    make_works,
    okh,
    okw,
    okw_facilities,
    open_badges,
    openstreetmap,
    spaceapi,
    spreadsheet,
)
from .drafts import Rejected, Row
from .source import Source
from .terms import Terms


class Importer(Protocol):
    """What a module for one source has. `NAME` is the format's on the command line; the others may be empty."""

    NAME: str
    TITLE: str
    URL: str
    LICENCE: str
    ATTRIBUTION: str

    def recognises(self, head: bytes, name: str) -> bool:
        """Tell whether a file with these first bytes and this name is of the format; b"" stands for a folder."""
        ...

    def read(self, source: Source, terms: Terms) -> Iterator[Row]:
        """Yield a draft or a rejection for each row, without holding them."""
        ...


IMPORTERS: tuple[Importer, ...] = (
    karakana, okw, okw_facilities, open_badges, okh, spaceapi, openstreetmap, fablabs_io, hackerspaces_org, make_works,
    machine_catalogue, fablabs_ch, kobo, spreadsheet, json_list,
)  # fmt: skip
BY_NAME = {importer.NAME: importer for importer in IMPORTERS}


_LOOKED_AT = 50  # files of a folder


def recognised(source: Source) -> tuple[str, ...]:
    """Return the formats of which a file, or most files of a folder, may be, the likeliest first."""
    head = source.head()
    if not source.is_folder:
        return tuple(one.NAME for one in IMPORTERS if one.recognises(head, source.file))
    if found := tuple(one.NAME for one in IMPORTERS if one.recognises(b"", source.file)):
        return found
    inside = Counter(name for file in islice(source.files(""), _LOOKED_AT) for name in recognised(file)[:1])
    return tuple(name for name, _ in inside.most_common())


def rows(importer: Importer, source: Source, terms: Terms) -> Iterator[Row]:
    """Yield what an importer makes of a file, or of each file of a folder that is of its format."""
    if not source.is_folder or importer.recognises(b"", source.file) or importer is BY_NAME["fablabs-ch"]:
        yield from importer.read(source, terms)
        return
    for file in source.files(""):
        where = file.path.relative_to(source.path).as_posix() if file.path and source.path else ""
        if importer.recognises(file.head(), file.file):
            yield from (_placed(row, where) for row in importer.read(file, terms))
        else:
            yield Rejected(where, "", f"it is no {importer.NAME}")


def _placed(row: Row, where: str) -> Row:
    """Return a row whose place, and whose names for hubs, are those within one file of several."""
    if isinstance(row, Rejected):
        return replace(row, place=f"{where}: {row.place}")
    key, hub = (f"{where}: {one}" if one else "" for one in (row.key, row.hub))
    return replace(row, place=f"{where}: {row.place}", key=key, hub=hub)
