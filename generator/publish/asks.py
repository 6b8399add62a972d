"""A machine in; what its hub asks of who wants to use it, and where to be assessed, the nearest first, out."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..passports.decision import Need, blocks_of
from ..passports.mutual import Worth, enough, member
from ..passports.packing import PAGE as VERIFY
from ..records import Hub, Machine, Network
from ..records.parts import Requirement
from . import grid, recognising
from .edition import Edition, Relations, address
from .page import Fact, Item, Section, facts

_NAMED = 4  # hubs, and networks, that are named for a requirement
_STAFF = "operated-by-staff"


class Ways(NamedTuple):
    """How a requirement is met: whether the hub is known to assess it, and whose credentials are enough or are not.

    `hubs` are open ones, with how far they are in kilometres (None when that is not known), the nearest first.
    """

    is_assessed_here: bool
    hubs: tuple[tuple[Worth, float | None], ...]
    networks: tuple[tuple[str, Worth], ...]
    against: tuple[tuple[str, Worth], ...]  # by hub or network


def section(edition: Edition, record: Machine) -> Section:
    """Return what a machine asks for, and where that can be had."""
    strings, door = edition.strings, edition.relations.facts.doors.get(record.id)
    contact = Item(strings("asks.contact", hub=edition.label(Hub, record.hub)), page=_contact(record.hub))
    title, id = strings("machine.needs"), "needs"
    if door is not None and any(one.code == _STAFF for one in blocks_of(edition.relations.facts, door)):
        return Section(title, id=id, paragraphs=(strings("asks.staff"),), links=(contact,))
    if not record.requires:
        return Section(title, id=id, paragraphs=(strings("asks.nothing"),), links=(contact,))
    return Section(
        strings("fact.requires"),
        id=id,
        items=tuple(_card(edition, record, one) for one in dict.fromkeys(record.requires)),
        style="cards",
        links=(Item(strings("asks.verify"), page=VERIFY), contact),
    )


def _card(edition: Edition, record: Machine, one: Requirement) -> Item:
    """Return a requirement with where to be assessed and whose credentials do not help."""
    (card,) = recognising.requirements(edition, (one,))
    return card._replace(facts=_told(edition, _need(edition, record, one)))


def _need(edition: Edition, record: Machine, one: Requirement) -> Need:
    """Return a requirement; with the name of the machine only where a rule excludes it, so that others share it."""
    rules = edition.relations.facts.rules.get((record.hub, one.competence))
    is_excluded = rules is not None and any(record.id in rule.excludes for rule in rules.accepting)
    return Need(record.id if is_excluded else "", record.hub, one.competence, one.level)


@functools.lru_cache(maxsize=1 << 12)
def _told(edition: Edition, need: Need) -> tuple[Fact, ...]:
    strings = edition.strings
    found = ways(edition.relations, need, recognising.top(edition, need.competence))
    here = Item(
        edition.label(Hub, need.hub),
        page=_contact(need.hub),
        note=strings("asks.here" if found.is_assessed_here else "asks.here.maybe"),
    )
    hubs = (_from(edition, one, km) for one, km in found.hubs[:_NAMED])
    networks = (
        edition.link(Network, id, strings.joined((strings("asks.member"), recognising.enough(edition, one.steps))))
        for id, one in found.networks[:_NAMED]
    )
    left = max(0, len(found.hubs) - _NAMED) + max(0, len(found.networks) - _NAMED)
    more = (Item(strings("more", count=left), page=grid.path(need.competence)),) if left else ()
    return tuple(
        fact._replace(style="where")
        for fact in facts(
            (strings("asks.where"), (here, *hubs, *networks, *more)),
            (strings("asks.against"), tuple(_against(edition, id, one) for id, one in found.against[:_NAMED])),
            (strings("matrix"), grid.link(edition, need.competence)),
        )
    )


def _from(edition: Edition, worth: Worth, km: float | None) -> Item:
    away = (edition.strings.away(km),) if km is not None else ()
    return edition.link(Hub, worth.issuer, " · ".join((*away, recognising.enough(edition, worth.steps))))


def _against(edition: Edition, id: str, worth: Worth) -> Item:
    """Return a hub or a network whose credentials are not enough, and why."""
    why = recognising.against(edition, worth.reason)
    note = " · ".join(part for part in (why.text, why.note) if part)
    if id == worth.issuer:
        return edition.link(Hub, id, note)
    return edition.link(Network, id, edition.strings.joined((edition.strings("asks.member"), note)))


def _contact(hub: str) -> str:
    return f"{address(Hub, hub)}#contact"


@functools.lru_cache(maxsize=1 << 14)
def ways(relations: Relations, need: Need, top: int) -> Ways:
    """Return how a requirement is met, by the hub's rules on the registry's day."""
    crossings, known = relations.crossings, relations.members
    assessors = crossings.issuers_of_competence.get(need.competence, ())
    rules = known.rules.get((need.hub, need.competence))
    if rules is None:
        return Ways(need.hub in assessors, (), (), ())
    members = (id for id in assessors if id in known.hubs and not known.hubs[id].networks.isdisjoint(rules.networks))
    named = [id for id in dict.fromkeys((*sorted(rules.issuers), *members)) if id != need.hub]
    hubs = {one.issuer: one for one in enough(known, relations.registry.as_of, need, named, top)}
    of = {member(id): id for id in sorted(rules.networks)}
    networks = [(of[one.issuer], one) for one in enough(known, relations.registry.as_of, need, of, top)]
    good = [id for id, one in hubs.items() if one.steps and known.hubs[id].is_open]
    near = dict(relations.nearby.among(need.hub, good, len(good)))
    places = (*near, *(id for id in good if id not in near))
    # A member that no rule names is told with its network.
    lost = [*((id, one) for id, one in hubs.items() if id in rules.issuers), *networks]
    return Ways(
        need.hub in assessors,
        tuple((hubs[id], near.get(id)) for id in places),
        tuple((id, one) for id, one in networks if one.steps),
        tuple((id, one) for id, one in lost if not one.steps and one.reason.record),
    )
