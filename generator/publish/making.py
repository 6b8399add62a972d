"""A design or a request in; its page out."""

from __future__ import annotations

from ..records import Contract, Design, Hub, Process, Request
from ..records.design import Operation, Part
from ..records.taxonomy import Material
from .edition import Edition, address
from .hubs import contacts, country_link
from .page import Fact, Item, Page, Section, facts
from .trust import banners, trust


def design(edition: Edition, record: Design) -> Page:
    """Return the page of a design: its parts, what making it takes, and who asks for it."""
    strings, asked = edition.strings, edition.crossings.requests_of_design.get(record.id, [])
    sections = (
        Section(
            strings("design.operations"),
            id="operations",
            items=tuple(_operation(edition, one) for one in record.operations),
        ),
        Section(strings("design.parts"), id="parts", items=tuple(_part(edition, one) for one in record.parts)),
        Section(strings("requests"), id="requests", items=edition.links(Request, asked)),
    )
    return Page(
        path=address(Design, record.id),
        title=edition.text(record.name),
        kind=strings("design"),
        description=edition.text(record.function)[:200] or edition.text(record.name),
        lead=edition.text(record.function),
        lead_language=edition.language_of(record.function),
        trail=(Item(strings("designs"), page="designs/"),),
        banners=banners(edition, record),
        facts=_design_facts(edition, record),
        sections=tuple(section for section in sections if section.items),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _design_facts(edition: Edition, record: Design) -> tuple[Fact, ...]:
    strings = edition.strings
    licences = (record.licence.hardware, record.licence.documentation, record.licence.software)
    return facts(
        (strings("fact.version"), record.version),
        (strings("fact.licence"), tuple(Item(one) for one in dict.fromkeys(licences) if one)),
        (
            strings("fact.repository"),
            (Item(record.repository, url=record.repository),) if record.repository else "",
        ),
        (
            strings("fact.documentation"),
            (Item(record.documentation, url=record.documentation),) if record.documentation else "",
        ),
        (strings("fact.manifest"), (Item(record.manifest, url=record.manifest),) if record.manifest else ""),
    )


def request(edition: Edition, record: Request) -> Page:
    """Return the page of a request: how many of what, by when, to which place."""
    strings = edition.strings
    what = edition.link(Design, record.design)
    title = strings("request.title", count=record.quantity, design=what.text, place=record.place.locality)
    return Page(
        path=address(Request, record.id),
        title=title,
        kind=strings("request"),
        description=title,
        lead=edition.text(record.summary),
        lead_language=edition.language_of(record.summary),
        trail=(Item(strings("requests"), page="requests/"),),
        banners=banners(edition, record),
        facts=_request_facts(edition, record),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _request_facts(edition: Edition, record: Request) -> tuple[Fact, ...]:
    strings, place = edition.strings, record.place
    return facts(
        (strings("fact.status"), edition.words("request.status", (record.status,))),
        (strings("fact.design"), (edition.link(Design, record.design),)),
        (strings("fact.quantity"), str(record.quantity)),
        (strings("fact.place"), (Item(place.locality), country_link(edition, place.country))),
        (strings("fact.posted"), strings.day(record.posted_on)),
        (strings("fact.needed"), strings.day(record.needed_by)),
        (strings("fact.by"), (edition.link(Hub, record.by),) if record.by else ""),
        (strings("fact.contact"), contacts(record.contact)),
        (strings("fact.within"), f"{record.within_km:g} km" if record.within_km else ""),
        (strings("fact.budget"), f"{record.budget.amount} {record.budget.currency}" if record.budget else ""),
        (strings("contract"), (edition.link(Contract, record.contract),) if record.contract else ""),
    )


def _operation(edition: Edition, one: Operation) -> Item:
    size = str(one.envelope_mm) if one.envelope_mm is not None else ""
    thickness = f"{one.thickness_mm:g} mm" if one.thickness_mm is not None else ""
    material = edition.label(Material, one.material) if one.material else ""
    notes = (one.part, material, thickness, size)
    return edition.link(Process, one.process, " · ".join(note for note in notes if note))


def _part(edition: Edition, one: Part) -> Item:
    count = f"{one.quantity} × " if one.quantity > 1 else ""
    return Item(
        f"{count}{one.name or one.id}",
        page=address(Design, one.design) if one.design else "",
        note=edition.strings.label("part.source", one.source),
    )
