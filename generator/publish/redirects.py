"""Former ids of records in; a page at each address that a record had before, which leads to where it is now, out."""

from __future__ import annotations

from collections.abc import Iterator

from .. import records
from ..artifacts import Artifact
from ..records import Hub, Machine, Record
from .edition import Edition, address, title
from .pages import Templates


def redirects(edition: Edition, templates: Templates) -> Iterator[Artifact]:
    """Yield a page for each former address that nobody else has taken; machines have moved along with their hub."""
    taken: set[str] = set()
    for kind, id, record in _former(edition):
        path = address(kind, id)
        if id not in edition.registry.ids(kind) and path not in taken:
            taken.add(path)
            to, name = address(kind, record.id), title(edition, record)
            up = "../" * path.count("/")
            yield templates.bare(f"{path}index.html", "redirect.html", up=up, to=to, name=name)


def _former(edition: Edition) -> Iterator[tuple[type[Record], str, Record]]:
    """Yield kind, former id and record."""
    for kind in records.KINDS:
        for record in edition.registry.all(kind):
            for id in getattr(record, "formerly", ()):
                yield kind, id, record
    for hub in edition.registry.all(Hub):
        for id in hub.formerly:
            for machine in edition.registry.machines_of(hub):
                yield Machine, f"{id}/{machine.id.rpartition('/')[2]}", machine
