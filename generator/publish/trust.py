"""A record in; why it can be believed and how it can be mended out: verification, sources, links to the forge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..records import Hub, Machine, Passport, Record
from ..records.parts import Source, Verified
from ..registry.completeness import LEVELS, completeness
from ..registry.freshness import Freshness, freshness
from . import credits, forge
from .edition import Edition, title
from .forms import PATH as FORM
from .page import Item, Step, Trust


def trust(edition: Edition, record: Record) -> Trust:
    """Return what a record's page says about where its facts come from."""
    verified: Verified | None = getattr(record, "verified", None)
    sources: Sequence[Source] = getattr(record, "sources", ())
    tone = freshness(verified, edition.registry.as_of) if hasattr(record, "verified") else ""
    return Trust(
        verified=_verified(edition, verified, tone) if tone else "",
        tone=tone,
        sources=tuple(_source(edition, source) for source in sources),
        history=_history(edition, record),
        actions=actions(edition, record),
    )


def hub_trust(edition: Edition, hub: Hub, machines: Sequence[Machine]) -> Trust:
    """Return the same for a hub, with how complete its record is and what to add next."""
    found = completeness(hub, machines)
    steps = tuple(Step(edition.strings(f"complete.{level}"), found.reaches(level)) for level in LEVELS)
    advice = _advice(edition, hub, found.missing[0]) if found.missing and hub.status != "closed" else ()
    return trust(edition, hub)._replace(steps=steps, advice=advice)


# Where the keys that answer an advice are explained: the kind of record, and the key.
_KEYS = {
    "coordinates": ("hub", "location-latitude"),
    "contact": ("hub", "contact"),
    "machines": ("machine", "model"),
    "envelope": ("machine", "envelope_mm"),
    "materials": ("machine", "materials"),
}


def _advice(edition: Edition, hub: Hub, missing: str) -> tuple[Item, ...]:
    """Return what to add next, as a link to the place to do it, and a link to how it is written."""
    here, (kind, key) = edition.settings.forge, _KEYS.get(missing, ("hub", missing))
    in_hub = here is not None and kind == "hub"
    url = forge.edit(here, edition.registry.prefix + hub.path) if here is not None and in_hub else ""
    return (
        Item(edition.strings(f"complete.add.{missing}"), url=url),
        Item(edition.strings("complete.how"), page=f"kinds/{kind}/#{key}"),
    )


def banners(edition: Edition, record: Record) -> tuple[Item, ...]:
    """Return what a reader must know before all else."""
    found = []
    if edition.is_invented(record):
        key = "banner.demonstration" if isinstance(record, Hub) else "banner.demonstration.record"
        found.append(Item(edition.strings(key), tone="demonstration"))
    status = getattr(record, "status", "")
    if isinstance(record, Hub) and status != "active":
        found.append(Item(edition.strings(f"banner.{status}"), tone="warning"))
    if freshness(getattr(record, "verified", None), edition.registry.as_of) is Freshness.STALE:
        found.append(Item(edition.strings("banner.stale"), tone="warning"))
    return tuple(found)


def actions(edition: Edition, record: Record) -> tuple[Item, ...]:
    """Return links to change the record, to report a problem, and to its file's history.

    A passport has none: they lead to who committed it, and its holder to a public message from an account of her own.
    """
    here = edition.settings.forge if not isinstance(record, Passport) else None
    ours = _in_the_form(edition, record) if isinstance(record, Hub | Machine) else ()
    if here is None:
        return ours
    path = edition.registry.prefix + record.path
    if edition.registry.shown(record.path) != path:  # the forge of this registry has no such file
        return ours
    report = edition.strings("report.title", record=f"{record.folder}/{record.id}")
    body = edition.strings("report.body", path=path, name=title(edition, record))
    return (
        *(ours or (Item(edition.strings("action.edit"), url=forge.edit(here, path)),)),
        Item(edition.strings("action.report"), url=forge.issue(here, report, body)),
        Item(edition.strings("action.history"), url=forge.history(here, path)),
    )


def _in_the_form(edition: Edition, record: Hub | Machine) -> tuple[Item, ...]:
    """Return links to the site's form, which leads on to the forge."""
    change = Item(edition.strings("action.edit"), page=f"{FORM}?edit={record.folder}/{record.id}")
    if isinstance(record, Machine):
        return (change,)
    return change, Item(edition.strings("entry.machine_add"), page=f"{FORM}?machine={record.id}")


def _history(edition: Edition, record: Record) -> str:
    """Return how long a record has been here, how often it was changed and by whom; "" where Git was not asked."""
    found = edition.history.spans.get(record.path)
    if found is None:
        return ""
    strings = edition.strings
    first, last = strings.day(found.first), strings.day(found.last)
    if found.count < 2:
        told = strings("history.new", date=first)
    else:
        told = strings("history.changed", first=first, last=last, count=found.count)
    names = credits.line(edition, found.authors)
    return f"{told} {strings('history.by', names=names)}" if names else told


def _verified(edition: Edition, verified: Verified | None, tone: str) -> str:
    strings = edition.strings
    if verified is None:
        return strings("verified.never")
    key = f"verified.{verified.how}.by" if verified.by else f"verified.{verified.how}"
    text = strings(key, date=strings.day(verified.on), by=verified.by)
    return text if tone == "fresh" else f"{text} {strings(f'verified.{tone}')}"


def _source(edition: Edition, source: Source) -> Item:
    notes = (
        source.attribution,
        source.licence,
        source.retrieved and edition.strings("source.read", date=_day(edition, source.retrieved)),
    )
    return Item(source.name, url=source.url, note=" · ".join(note for note in notes if note))


def _day(edition: Edition, text: str) -> str:
    """Return a date in words; a year or a month stays as the record gives it."""
    try:
        return edition.strings.day(date.fromisoformat(text))
    except ValueError:
        return text
