"""A hub's record in; its page out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from ..records import Hub, Machine
from ..registry.freshness import Freshness, freshness
from . import visiting, workshop
from .citing import cite
from .edition import Edition, address
from .opening import opening
from .page import Item, Page, Section, filled
from .structured import structured
from .trust import banners, hub_trust
from .unlocking import unlocking
from .whereabouts import whereabouts

_NEARBY = 6


def hub(edition: Edition, record: Hub) -> Page:
    """Return the page of a hub: what can be made there, when and how to get in, whom to ask, and where it is."""
    strings = edition.strings
    machines = edition.registry.machines_of(record)
    name, kind = edition.text(record.name), strings.label("hub.kind", record.kind)
    lead, path = edition.text(record.summary), address(Hub, record.id)
    here = f"{edition.settings.url.rstrip('/')}/{edition.prefix}{path}"
    return Page(
        path=path,
        title=name,
        language=edition.language_of(record.name),
        about=(Item(kind), Item(record.location.locality), country_link(edition, record.country)),
        description=lead[:200] or strings("hub.description", name=name, kind=kind, place=where(edition, record)),
        lead=lead,
        lead_language=edition.language_of(record.summary),
        trail=(Item(strings("hubs"), page="hubs/"), country_link(edition, record.country)),
        banners=banners(edition, record),
        sections=_sections(edition, record, machines),
        after=(*filled(whereabouts(edition, record), _nearby(edition, record)), *_citing(edition, record, path, name)),
        trust=hub_trust(edition, record, machines),
        data=edition.data(record),
        structured=None if edition.is_invented(record) else structured(edition, record, name, here),
        hidden=edition.is_hidden(record),
        printed=here,
    )


def _sections(edition: Edition, record: Hub, machines: Sequence[Machine]) -> tuple[Section, ...]:
    """Return what a visitor asks, in that order: when and how to get in, whom to ask, and then all that is long.

    Nobody gets into a hub that is closed for good.
    """
    able = (workshop.processes(edition, record, machines), workshop.machines(edition, record, machines))
    if record.status == "closed":
        return filled(*able, visiting.contact(edition, record), visiting.facts_of(edition, record))
    return filled(
        opening(edition, record),
        visiting.entry(edition, record),
        visiting.contact(edition, record),
        *able,
        *unlocking(edition, record),
        workshop.needs(edition, record, machines),
        visiting.facts_of(edition, record),
        visiting.partners(edition, record),
    )


def _citing(edition: Edition, record: Hub, path: str, name: str) -> tuple[Section, ...]:
    """Return how to cite a hub's page; nobody cites what is invented."""
    return () if record.demonstration else (cite(edition, path, name),)


def _nearby(edition: Edition, record: Hub) -> Section:
    strings = edition.strings
    near = edition.nearby.nearest(record.id, _NEARBY)
    items = tuple(row(edition, id, strings.away(km)) for id, km in near)
    return Section(strings("hub.nearby"), id="nearby", items=items)


def where(edition: Edition, record: Hub) -> str:
    """Return a hub's town and country in words."""
    return edition.strings.joined((record.location.locality, edition.strings.country(record.country)))


def country_link(edition: Edition, code: str) -> Item:
    """Return the link to a country's page."""
    return Item(edition.strings.country(code), page=f"countries/{code}/")


def row(edition: Edition, id: str, note: str = "") -> Item:
    """Return a hub as a line in a list: greyed when its facts are old, marked when it is invented."""
    name, page, kind, town, marks, tone = _line(edition, id)
    return Item(name, page=page, note=f"{kind} · {note or town}{marks}" if page else "", tone=tone)


@functools.lru_cache(maxsize=1 << 16)
def _line(edition: Edition, id: str) -> tuple[str, str, str, str, str, str]:
    """Return what all lines of a hub have in common: name, page, kind, town, marks and tone."""
    record = edition.registry.get(Hub, id)
    if record is None:
        return (id, "", "", "", "", "")
    strings = edition.strings
    marks = ""
    tone = "stale" if freshness(record.verified, edition.registry.as_of) is Freshness.STALE else ""
    if record.status != "active":
        marks += f" · {strings.label('hub.status', record.status)}"
        tone = "stale"
    if record.demonstration:
        marks += f" · {strings('demonstration')}"
    kind = strings.label("hub.kind", record.kind)
    return (edition.text(record.name), address(Hub, id), kind, record.location.locality, marks, tone)


def ordered(edition: Edition, ids: Iterable[str]) -> list[str]:
    """Return hubs by town and name; those that are closed or not verified for years come last."""
    return sorted(ids, key=edition.hub_ranks.__getitem__)
