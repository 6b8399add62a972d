"""A network, passport, recognition or contract template in; its page out."""

from __future__ import annotations

from ..records import Competence, Contract, Hub, Machine, Network, Passport, Recognition
from ..records.contract import Parameter
from .edition import Edition, address
from .hubs import row
from .page import Fact, Item, Page, Section, facts
from .trust import banners, trust

_SHOWN = 400


def network(edition: Edition, record: Network) -> Page:
    """Return the page of a network with its member hubs."""
    strings = edition.strings
    members = edition.crossings.hubs_of_network.get(record.id, [])
    more = (strings("more", count=len(members) - _SHOWN),) if len(members) > _SHOWN else ()
    return Page(
        path=address(Network, record.id),
        title=edition.text(record.name),
        kind=strings("network"),
        description=edition.text(record.summary) or edition.text(record.name),
        lead=edition.text(record.summary),
        lead_language=edition.language_of(record.summary),
        trail=(Item(strings("networks"), page="networks/"),),
        banners=banners(edition, record),
        facts=_network_facts(edition, record),
        sections=(
            Section(
                strings("network.hubs", count=len(members)),
                id="hubs",
                paragraphs=more,
                items=tuple(row(edition, id) for id in members[:_SHOWN]),
            ),
        ),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _network_facts(edition: Edition, record: Network) -> tuple[Fact, ...]:
    strings = edition.strings
    return facts(
        (strings("fact.kind"), edition.words("network.kind", (record.kind,))),
        (strings("fact.website"), (Item(record.website, url=record.website),) if record.website else ""),
        (
            strings("fact.countries"),
            tuple(
                Item(
                    strings.country(code),
                    page=f"countries/{code}/" if code in edition.crossings.hubs_of_country else "",
                )
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
                (strings("fact.level"), str(one.level)),
                (strings("fact.issuer"), (edition.link(Hub, one.issuer),)),
                (strings("fact.assessed"), strings.day(one.assessed_on)),
                (strings("fact.basis"), edition.words("passport.basis", (one.basis,))),
                (strings("fact.until"), strings.day(one.valid_until) if one.valid_until else ""),
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
        description=strings("recognition.title", hub=hub.text, competence=competence.text),
        trail=(Item(strings("recognitions"), page="recognitions/"), hub),
        banners=banners(edition, record),
        facts=_recognition_facts(edition, record),
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


def contract(edition: Edition, record: Contract) -> Page:
    """Return the page of a contract template's version: roles, what is filled in, and its clauses."""
    strings = edition.strings
    review = record.review
    return Page(
        path=address(Contract, record.id),
        title=strings("contract.title", title=edition.text(record.title), version=record.id.rpartition("/")[2]),
        kind=strings("contract"),
        description=edition.text(record.summary) or edition.text(record.title),
        lead=edition.text(record.summary),
        trail=(Item(strings("contracts"), page="contracts/"),),
        banners=(
            Item(strings(f"contract.review.{review.state}"), tone="warning" if review.state != "reviewed" else ""),
        ),
        facts=_contract_facts(edition, record),
        sections=_contract_sections(edition, record),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _contract_facts(edition: Edition, record: Contract) -> tuple[Fact, ...]:
    strings = edition.strings
    return facts(
        (strings("fact.status"), edition.words("contract.status", (record.status,))),
        (strings("fact.kind"), edition.words("contract.shape", (record.shape,))),
        (strings("fact.languages"), tuple(Item(code) for code in record.languages)),
        (strings("fact.prevailing"), record.prevailing_language),
        (strings("fact.licence"), record.licence),
        (strings("fact.published"), strings.day(record.published_on) if record.published_on else ""),
        (strings("fact.withdrawn"), strings.day(record.withdrawn_on) if record.withdrawn_on else ""),
    )


def _contract_sections(edition: Edition, record: Contract) -> tuple[Section, ...]:
    strings = edition.strings
    accepting = edition.crossings.hubs_accepting.get(record.id, [])
    parts = (
        Section(
            strings("contract.roles"),
            id="roles",
            items=tuple(Item(edition.text(one.label), note=edition.text(one.duties)) for one in record.roles),
        ),
        Section(
            strings("contract.parameters"),
            id="parameters",
            items=tuple(_parameter(edition, one) for one in record.parameters),
        ),
        Section(
            strings("contract.milestones"),
            id="milestones",
            items=tuple(Item(edition.text(one.label)) for one in record.milestones),
        ),
        Section(
            strings("contract.clauses"),
            id="clauses",
            sections=tuple(
                Section(edition.text(one.heading), id=one.id, paragraphs=tuple(edition.text(one.text).split("\n\n")))
                for one in record.clauses
            ),
        ),
        Section(strings("contract.hubs"), id="hubs", items=tuple(row(edition, id) for id in accepting[:_SHOWN])),
    )
    return tuple(part for part in parts if part.items or part.sections)


def _parameter(edition: Edition, one: Parameter) -> Item:
    strings = edition.strings
    notes = (
        strings.label("parameter", one.type),
        "" if one.required else strings("optional"),
        edition.text(one.description),
    )
    return Item(edition.text(one.label), note=" · ".join(note for note in notes if note))
