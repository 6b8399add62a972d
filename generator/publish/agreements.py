"""A passport or recognition in; its page out."""

from __future__ import annotations

from ..records import Competence, Hub, Machine, Network, Passport, Recognition
from . import grid, recognising
from .contracts import contract
from .edition import Edition, address
from .networks import network
from .page import Fact, Item, Page, Section, facts
from .trust import banners, trust

__all__ = ["contract", "network", "passport", "recognition"]


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
            (strings("fact.consent"), strings.month(record.consent_on)),
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
                (strings("fact.level"), recognising.level(edition, one.competence, one.level)),
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
        sections=(
            Section("", links=(*grid.link(edition, record.competence), Item(strings("matrix"), page=grid.OVERVIEW))),
        ),
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
