"""A network, passport or recognition in; its page out."""

from __future__ import annotations

from ..records import Competence, Hub, Machine, Network, Passport, Recognition
from . import matrix, recognising
from .contracts import contract
from .counting import counted, without
from .edition import Edition, address
from .hubs import row
from .machines import level
from .page import Fact, Item, Page, Section, facts, filled
from .rechecks import rechecks
from .terms import by_country
from .trust import banners, trust
from .visiting import contacts

__all__ = ["contract", "network", "passport", "recognition"]

_SHOWN = 400  # members listed on a network's own page


def network(edition: Edition, record: Network) -> Page:
    """Return the page of a network with its member hubs by country."""
    strings = edition.strings
    return Page(
        path=address(Network, record.id),
        title=edition.text(record.name),
        language=edition.language_of(record.name),
        kind=strings("network"),
        description=edition.text(record.summary) or edition.text(record.name),
        lead=edition.text(record.summary),
        lead_language=edition.language_of(record.summary),
        trail=(Item(strings("networks"), page="networks/"),),
        banners=banners(edition, record),
        facts=_network_facts(edition, record),
        sections=filled(_members(edition, record), _trusted(edition, record)),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _members(edition: Edition, record: Network) -> Section:
    strings = edition.strings
    ids = edition.crossings.hubs_of_network.get(record.id, [])
    groups = by_country(edition, ids)
    is_real = not edition.is_invented(record)
    title = strings("network.hubs", count=len(counted(edition, ids) if is_real else ids))
    note = without(edition, ids) if is_real else ()
    wanted = f"network={record.id}"
    these = Item(strings("explore.these"), page=f"explore/?{wanted}")
    link = (these, *rechecks(edition, ids, wanted)) if ids else ()
    is_whole = len(ids) <= _SHOWN
    before = f"{address(Network, record.id)}#" if is_whole else f"explore/?{wanted}&country="
    counts = tuple(
        Item(strings.country(code), page=f"{before}{code}", note=strings.number(len(found))) for code, found in groups
    )
    if not is_whole:
        return Section(title, id="hubs", paragraphs=note, items=counts, style="tags", links=link)
    parts = tuple(
        Section(strings.country(code), id=code, items=tuple(row(edition, id) for id in found)) for code, found in groups
    )
    said = note if ids else (strings("list.empty"),)
    above = counts if len(groups) > 1 else ()
    return Section(title, id="hubs", paragraphs=said, items=above, style="tags", sections=parts, links=link)


def _trusted(edition: Edition, record: Network) -> Section:
    """Return the rules by which hubs take or refuse the credentials of a network's members."""
    rules = (rule for rule in edition.registry.all(Recognition) if record.id in rule.networks)
    lines = tuple(recognising.line(edition, one) for one in rules)
    return Section(edition.strings("network.recognised"), id="recognition", items=lines)


def _network_facts(edition: Edition, record: Network) -> tuple[Fact, ...]:
    strings = edition.strings
    known = edition.crossings.hubs_of_country
    return facts(
        (strings("fact.kind"), edition.words("network.kind", (record.kind,))),
        (strings("fact.website"), (Item(record.website, url=record.website),) if record.website else ""),
        (strings("fact.contact"), contacts(record.contact)),
        (
            strings("fact.countries"),
            tuple(
                Item(strings.country(code), page=f"countries/{code}/" if code in known else "")
                for code in record.countries
            ),
        ),
        (strings("fact.charter"), (Item(record.charter, url=record.charter),) if record.charter else ""),
        (strings("fact.registry"), (Item(record.registry, url=record.registry),) if record.registry else ""),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.same_as)),
    )


def passport(edition: Edition, record: Passport) -> Page:
    """Return the page of a passport: the credentials that a maker chose to publish."""
    strings = edition.strings
    return Page(
        path=address(Passport, record.id),
        title=strings("passport.title", id=record.id),
        kind=strings("passport"),
        description=strings("passport.description"),
        lead=strings("passport.lead"),
        trail=(Item(strings("passports"), page="passports/"),),
        banners=banners(edition, record),
        facts=facts(
            (strings("fact.status"), edition.words("passport.status", (record.status,))),
            (strings("fact.consent"), strings.day(record.consent_on)),
        ),
        sections=_credentials(edition, record),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _credentials(edition: Edition, record: Passport) -> tuple[Section, ...]:
    strings = edition.strings
    return tuple(
        Section(
            edition.label(Competence, one.competence),
            facts=facts(
                (strings("fact.competence"), (edition.link(Competence, one.competence),)),
                (strings("fact.level"), level(edition, one.competence, one.level)),
                (strings("fact.issuer"), (edition.link(Hub, one.issuer),)),
                (strings("fact.assessed"), strings.month(one.assessed_on)),
                (strings("fact.basis"), edition.words("passport.basis", (one.basis,))),
                (strings("fact.until"), strings.month(one.valid_until) if one.valid_until else ""),
                (strings("fact.note"), one.note),
            ),
        )
        for one in record.credentials
    )


def recognition(edition: Edition, record: Recognition) -> Page:
    """Return the page of a recognition: whose credential a hub accepts, and as what."""
    strings = edition.strings
    hub, competence = edition.link(Hub, record.hub), edition.link(Competence, record.competence)
    return Page(
        path=address(Recognition, record.id),
        title=strings("recognition.title", hub=hub.text, competence=competence.text),
        kind=strings("recognition"),
        lead=recognising.sentence(edition, record),
        description=strings("recognition.title", hub=hub.text, competence=competence.text),
        trail=(Item(strings("recognitions"), page="recognitions/"), hub),
        banners=banners(edition, record),
        facts=_recognition_facts(edition, record),
        sections=(Section("", links=(Item(strings("matrix"), page=matrix.PATH),)),),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _recognition_facts(edition: Edition, record: Recognition) -> tuple[Fact, ...]:
    strings = edition.strings
    levels = tuple(Item(strings("recognition.level", theirs=one.theirs, ours=one.ours)) for one in record.levels)
    return facts(
        (strings("fact.hub"), (edition.link(Hub, record.hub),)),
        (strings("fact.decision"), edition.words("recognition.decision", (record.decision,))),
        (strings("fact.competence"), (edition.link(Competence, record.competence),)),
        (strings("fact.issuers"), edition.links(Hub, record.issuers)),
        (strings("fact.networks"), edition.links(Network, record.networks)),
        (strings("fact.levels"), levels),
        (strings("fact.max_age"), strings("days", count=record.max_age_days) if record.max_age_days else ""),
        (strings("fact.excludes"), edition.links(Machine, record.excludes)),
        (strings("fact.condition"), edition.text(record.condition)),
        (strings("fact.from"), strings.day(record.valid_from)),
        (strings("fact.until"), strings.day(record.valid_until) if record.valid_until else ""),
    )
