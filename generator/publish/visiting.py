"""A hub's record in; how to get in, whom to ask, what it offers and with whom it works out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..records import Contract, Hub, Network
from ..records.parts import Certification, Contact
from ..words import language_name
from . import federated
from .edition import Edition
from .page import Item, Section, facts


def entry(edition: Edition, record: Hub) -> Section:
    """Return who may come in, and what helps or hinders on the way."""
    strings, inside = edition.strings, record.accessibility
    return Section(
        strings("hub.entry"),
        id="entry",
        facts=facts(
            (strings("fact.access"), edition.words("hub.access", (record.access,)) if record.access else ""),
            (strings("fact.accessibility"), _present(edition, inside)),
            (strings("fact.steps"), edition.text(inside.note) if inside is not None else ""),
            (strings("fact.languages"), tuple(Item(language_name(one, edition.language)) for one in record.languages)),
        ),
    )


def contact(edition: Edition, record: Hub) -> Section:
    """Return how to reach a hub, and where else it is listed."""
    strings = edition.strings
    return Section(
        strings("fact.contact"),
        id="contact",
        facts=facts(
            (strings("fact.website"), (Item(_shown(record.website), url=record.website),) if record.website else ""),
            (strings("fact.reach"), contacts(record.contact)),
            (strings("fact.elsewhere"), tuple(Item(_shown(url), url=url) for url in record.same_as)),
            (strings("peers.also"), federated.twins(edition, record)),
        ),
    )


def facts_of(edition: Edition, record: Hub) -> Section:
    """Return what a hub offers, how many pieces it makes, what it lives on and what its building has."""
    strings = edition.strings
    return Section(
        strings("hub.offers"),
        id="offers",
        facts=facts(
            (strings("fact.services"), edition.words("hub.services", record.services)),
            (strings("fact.batch"), edition.words("hub.batch", (record.batch,)) if record.batch else ""),
            (strings("fact.business"), edition.words("hub.business_models", record.business_models)),
            (strings("fact.certifications"), certifications(edition, record.certifications)),
            (strings("fact.infrastructure"), _present(edition, record.infrastructure)),
            (strings("fact.floor"), f"{strings.number(record.floor_m2)} m²" if record.floor_m2 else ""),
            (strings("fact.founded"), str(record.founded_year or "")),
            (strings("fact.closed"), strings.day(record.closed_on) if record.closed_on else ""),
        ),
    )


def partners(edition: Edition, record: Hub) -> Section:
    """Return the networks of a hub and the contract templates that it is ready to sign."""
    strings = edition.strings
    return Section(
        strings("hub.partners"),
        id="partners",
        facts=facts(
            (strings("fact.networks"), edition.links(Network, record.networks)),
            (strings("fact.accepts"), edition.links(Contract, record.accepts)),
        ),
    )


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
    return tuple(
        Item(edition.strings(f"has.{name}" if value == "present" else f"lacks.{name}"))
        for name, value in found
        if value
    )


def _shown(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
