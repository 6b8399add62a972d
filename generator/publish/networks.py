"""A network in; its page out: its members, its charter, and what they make of each other's credentials."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Contract, Hub, Network, Recognition
from . import recognising
from .counting import counted, without
from .edition import Edition, address
from .hubs import row
from .page import Fact, Item, Page, Section, facts, filled
from .rechecks import rechecks
from .terms import by_country
from .trust import banners, trust
from .visiting import contacts

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
        sections=filled(
            _members(edition, record), _assessing(edition, record), _trusted(edition, record), _silent(edition, record)
        ),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _members(edition: Edition, record: Network) -> Section:
    strings = edition.strings
    ids = _ids(edition, record)
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


def _assessing(edition: Edition, record: Network) -> Section:
    """Return the members whose signature counts today."""
    day = edition.registry.as_of
    hubs = [hub for id in _ids(edition, record) if (hub := edition.registry.get(Hub, id))]
    signing = [hub.id for hub in hubs if hub.is_open and any(key.is_in_force(day) for key in hub.keys)]
    return Section(edition.strings("network.assessing"), id="assess", items=_some(edition, signing))


def _trusted(edition: Edition, record: Network) -> Section:
    """Return the rules about a network's members: those that name the network, and what members say of each other."""
    strings, members = edition.strings, set(_ids(edition, record))
    rules = (
        rule for rule in edition.registry.all(Recognition)
        if record.id in rule.networks or (record.charter and rule.hub in members and members.intersection(rule.issuers))
    )  # fmt: skip
    said = (strings("network.charter.note"),) if record.charter else ()
    lines = tuple(recognising.line(edition, one) for one in rules)
    return Section(strings("network.recognised"), id="recognition", paragraphs=said, items=lines)


def _silent(edition: Edition, record: Network) -> Section:
    """Return the members that have signed a charter, and have no rule for anybody."""
    deciding = edition.crossings.recognitions_of_hub
    silent = [id for id in _ids(edition, record) if id not in deciding] if record.charter else []
    return Section(edition.strings("network.silent"), id="silent", items=_some(edition, silent))


def _some(edition: Edition, ids: Sequence[str]) -> tuple[Item, ...]:
    """Return links to hubs, and a count of those that are too many."""
    left = len(ids) - _SHOWN
    more = (Item(edition.strings("more", count=left)),) if left > 0 else ()
    return (*edition.links(Hub, ids[:_SHOWN]), *more)


def _ids(edition: Edition, record: Network) -> Sequence[str]:
    return edition.crossings.hubs_of_network.get(record.id, [])


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
        (strings("fact.charter"), edition.links(Contract, (record.charter,)) if record.charter else ""),
        (strings("fact.registry"), (Item(record.registry, url=record.registry),) if record.registry else ""),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.same_as)),
    )
