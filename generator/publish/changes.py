"""The history of a registry in; the page of its latest changes, by day, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .. import records
from ..log import Change, Ref, Touched
from ..records import Hub, Machine, Record
from . import credits, forge
from .edition import Edition
from .page import Fact, Item, Page, Section

PATH = "changes/"
FEED = "changes.atom"
Former = dict[Ref, str]  # the present ids of records that had another one before


class Line(NamedTuple):
    """A change as it is printed: its anchor, what it says, who wrote it and where, and the records that it touched."""

    id: str
    summary: str
    author: str
    commit: Item
    facts: tuple[Fact, ...]


def changes(edition: Edition) -> Page:
    """Return the page; its sections are days with lines, which only its own template prints."""
    strings, log = edition.strings, edition.history
    count = len(log.changes)
    about = strings("changes.latest", count=count) if count else strings(f"changes.{log.missing or 'none'}")
    return Page(
        path=PATH,
        title=strings("changes"),
        description=strings("changes.lead"),
        lead=strings("changes.lead"),
        about=(Item(strings("changes.feed"), page=FEED),),
        sections=(Section("", paragraphs=(about,)), *_days(edition)),
    )


def _days(edition: Edition) -> Iterator[Section]:
    days: dict[str, list[Change]] = {}
    for change in edition.history.changes:
        days.setdefault(change.day.isoformat(), []).append(change)
    former = former_ids(edition)
    for day in sorted(days, reverse=True):
        title = edition.strings.day(days[day][0].day)
        yield Section(title, id=day, sections=tuple(_line(edition, change, former) for change in days[day]))


def _line(edition: Edition, change: Change, former: Former) -> Line:
    return Line(
        change.short, said(edition, change), credits.line(edition, change.authors),
        Item(edition.strings("changes.commit", id=change.short), url=commit(edition, change)),
        touched(edition, change, former),
    )  # fmt: skip


def said(edition: Edition, change: Change) -> str:
    """Return what a change says of itself."""
    return change.summary or edition.strings("changes.untitled")


def commit(edition: Edition, change: Change) -> str:
    """Return where the forge shows a change; "" without a forge."""
    here = edition.settings.forge
    return forge.commit(here, change.id) if here is not None else ""


def former_ids(edition: Edition) -> Former:
    """Return the present id of each record that had another one before, where a change on the page needs it."""
    removed = {kind for change in edition.history.changes for kind, _ in change.removed.first}
    found: Former = {}
    for kind in records.KINDS:
        for record in edition.registry.all(kind) if kind.record_kind in removed else ():
            found.update({(kind.record_kind, id): record.id for id in getattr(record, "formerly", ())})
    return found


def touched(edition: Edition, change: Change, former: Former) -> tuple[Fact, ...]:
    """Return what was added, changed and removed, with links to what is still there."""
    parts = (("added", change.added), ("changed", change.changed), ("removed", change.removed))
    return tuple(
        Fact(edition.strings(f"changes.{key}", count=part.count), _items(edition, part, former))
        for key, part in parts
        if part.count
    )


def _items(edition: Edition, part: Touched, former: Former) -> tuple[Item, ...]:
    shown = tuple(dict.fromkeys(_item(edition, ref, former) for ref in part.first))
    left = part.count - len(part.first)
    return (*shown, Item(edition.strings("more", count=left))) if left else shown


def _item(edition: Edition, ref: Ref, former: Former) -> Item:
    kind = records.BY_NAME[ref[0]]
    if kind in records.SINGLES:
        return Item(edition.strings("instance"))
    id = ref[1] if ref[1] in edition.registry.ids(kind) else former.get(ref, ref[1])
    return edition.link(kind, id, _note(edition, kind, id))


def _note(edition: Edition, kind: type[Record], id: str) -> str:
    """Return what tells a record from a hub of the same name: for a machine its hub."""
    hub = id.rpartition("/")[0]
    if kind is Machine and hub in edition.registry.ids(Hub):
        return edition.label(Hub, hub)
    return "" if kind is Hub else edition.strings(kind.record_kind)
