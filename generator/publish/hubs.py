"""A hub's record in; its page out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from ..records import Contract, Hub, Machine, Network, Process
from ..records.parts import Certification, Contact
from ..registry.freshness import Freshness, freshness
from ..words import language_name
from .edition import Edition, address
from .machines import summary
from .page import Fact, Item, Page, Section, facts
from .trust import banners, hub_trust

_NEARBY = 6


def hub(edition: Edition, record: Hub) -> Page:
    """Return the page of a hub."""
    strings = edition.strings
    machines = edition.registry.machines_of(record)
    name, place = edition.text(record.name), where(edition, record)
    lead = edition.text(record.summary)
    kind = strings.label("hub.kind", record.kind)
    return Page(
        path=address(Hub, record.id),
        title=name,
        language=edition.language_of(record.name),
        kind=kind,
        description=lead[:200] or strings("hub.description", name=name, kind=kind, place=place),
        lead=lead,
        lead_language=edition.language_of(record.summary),
        trail=(Item(strings("hubs"), page="hubs/"), country_link(edition, record.country)),
        banners=banners(edition, record),
        facts=_facts(edition, record),
        sections=_sections(edition, record, machines),
        trust=hub_trust(edition, record, machines),
        data=edition.data(record),
        structured=None if edition.is_invented(record) else _structured(edition, record, name),
        hidden=edition.is_hidden(record),
    )


def where(edition: Edition, record: Hub) -> str:
    """Return a hub's town and country in words."""
    return f"{record.location.locality}, {edition.strings.country(record.country)}"


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


def _facts(edition: Edition, record: Hub) -> tuple[Fact, ...]:
    strings, place = edition.strings, record.location
    lines = (place.address, f"{place.postcode} {place.locality}".strip(), place.region)
    certain = "" if place.precision == "exact" else strings.label("precision", place.precision)
    return facts(
        (strings("fact.place"), (Item(", ".join(line for line in lines if line), note=certain),)),
        (strings("fact.country"), (country_link(edition, record.country),)),
        (strings("fact.website"), (Item(_shown(record.website), url=record.website),) if record.website else ""),
        (strings("fact.contact"), contacts(record.contact)),
        (strings("fact.hours"), record.hours),
        (strings("fact.access"), edition.words("hub.access", (record.access,)) if record.access else ""),
        (strings("fact.services"), edition.words("hub.services", record.services)),
        (strings("fact.languages"), tuple(Item(language_name(one, edition.language)) for one in record.languages)),
        (strings("fact.founded"), str(record.founded_year or "")),
        (strings("fact.batch"), edition.words("hub.batch", (record.batch,)) if record.batch else ""),
        (strings("fact.floor"), f"{record.floor_m2:g} m²" if record.floor_m2 else ""),
        (strings("fact.certifications"), certifications(edition, record.certifications)),
        (strings("fact.infrastructure"), _present(edition, record.infrastructure)),
        (strings("fact.accessibility"), _present(edition, record.accessibility)),
        (strings("fact.business"), edition.words("hub.business_models", record.business_models)),
        (strings("fact.networks"), edition.links(Network, record.networks)),
        (strings("fact.accepts"), edition.links(Contract, record.accepts)),
        (strings("fact.elsewhere"), tuple(Item(_shown(url), url=url) for url in record.same_as)),
        (strings("fact.closed"), strings.day(record.closed_on) if record.closed_on else ""),
    )


def _sections(edition: Edition, record: Hub, machines: Sequence[Machine]) -> tuple[Section, ...]:
    strings = edition.strings
    processes = edition.links(Process, edition.crossings.processes_of_hub.get(record.id, ()))
    near = edition.nearby.nearest(record.id, _NEARBY)
    found = (
        Section(strings("hub.can"), id="processes", items=processes, style="tags"),
        Section(strings("hub.machines"), id="machines", items=tuple(summary(edition, one) for one in machines)),
        Section(
            strings("hub.nearby"),
            id="nearby",
            items=tuple(row(edition, id, strings("away", km=f"{km:.0f}" if km >= 1 else "<1")) for id, km in near),
        ),
    )
    return tuple(section for section in found if section.items)


def contacts(contact: Contact | None) -> tuple[Item, ...]:
    """Return the ways to reach an organisation."""
    if contact is None:
        return ()
    ways = (
        Item(contact.email, url=f"mailto:{quote(contact.email, safe='@')}") if contact.email else None,
        Item(contact.phone, url=f"tel:{''.join(contact.phone.split())}") if contact.phone else None,
        *(Item(other) for other in contact.other),
    )
    return tuple(way for way in ways if way is not None)


def certifications(edition: Edition, given: Sequence[Certification]) -> tuple[Item, ...]:
    """Return certifications with who gave them and until when they hold."""
    strings = edition.strings
    return tuple(
        Item(
            one.scheme,
            url=one.url,
            note=" ".join(
                part
                for part in (one.by, strings("until", date=strings.day(one.valid_until)) if one.valid_until else "")
                if part
            ),
        )
        for one in given
    )


def _present(edition: Edition, part: Any) -> tuple[Item, ...]:
    """Return what is there and what is not, in words, of a group of present/absent facts."""
    if part is None:
        return ()
    found = ((name, getattr(part, name)) for name in part.__dataclass_fields__ if name != "note")
    words = tuple(
        Item(edition.strings(f"has.{name}" if value == "present" else f"lacks.{name}"))
        for name, value in found
        if value
    )
    note = edition.text(getattr(part, "note", None))
    return (*words, Item(note)) if note else words


def _shown(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _structured(edition: Edition, record: Hub, name: str) -> dict[str, Any]:
    """Return the hub in schema.org's words (LocalBusiness, https://schema.org/LocalBusiness)."""
    place = record.location
    parts = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"{edition.settings.url.rstrip('/')}/{address(Hub, record.id)}",
        "name": name,
        "description": edition.text(record.summary),
        "url": record.website,
        "email": record.contact.email if record.contact else "",
        "telephone": record.contact.phone if record.contact else "",
        "foundingDate": str(record.founded_year or ""),
        "sameAs": list(record.same_as),
        "address": {
            "@type": "PostalAddress",
            "addressCountry": record.country.upper(),
            "addressLocality": place.locality,
            **({"addressRegion": place.region} if place.region else {}),
            **({"postalCode": place.postcode} if place.postcode else {}),
            **({"streetAddress": place.address} if place.address else {}),
        },
    }
    if place.point is not None and place.precision in ("exact", "street"):
        parts["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return {key: value for key, value in parts.items() if value}
