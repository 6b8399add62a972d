"""What is known of peers in; the page that says whose hubs are shown beside ours, and what other pages say of them out.

A foreign hub is named with its registry wherever it stands, links to its page there, and is counted in nothing of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..records import Hub
from ..registry.foreign import Copy, Federation, ForeignHub, Neighbour
from .edition import Edition
from .page import Item, Page, Section, facts

PATH = "peers/"
_EXPLORE = "explore/?registry="
_LISTED = 30  # foreign hubs of a country


def federated(edition: Edition, known: Federation) -> Page:
    """Return the page. What went wrong with a peer stands in no page: its words are not ours."""
    strings = edition.strings
    sections = tuple(_section(edition, known, one) for one in known.neighbours)
    lead = f"{strings('peers.lead')} {strings('peers.apart')}" if sections else strings("peers.lead")
    return Page(
        path=PATH,
        title=strings("peers"),
        description=strings("peers.lead"),
        lead=lead,
        sections=sections or (Section("", paragraphs=(strings("peers.none"),)),),
    )


def twins(edition: Edition, hub: Hub) -> tuple[Item, ...]:
    """Return links to the same hub in other registries: what one of ours is there, for sure or perhaps."""
    known = edition.relations.federation
    names = {one.peer.id: one.peer.name for one in known.neighbours}
    maybe = edition.strings("peers.maybe")
    return tuple(
        Item(names.get(twin.peer, twin.peer), url=twin.page, note="" if twin.page in hub.same_as else maybe)
        for twin in known.twins_of(hub)
    )


def in_country(edition: Edition, code: str) -> Section:
    """Return the first hubs of other registries in a country that are not closed, and the link to them in Explore."""
    strings, known = edition.strings, edition.relations
    here = [hub for hub in known.foreign_in.get(code, ()) if hub.record.status != "closed"]
    names = {one.peer.id: one.peer.name for one in known.federation.neighbours}
    items = tuple(_row(edition, hub, names.get(hub.peer, hub.peer)) for hub in here[:_LISTED])
    peers = ",".join(sorted({hub.peer for hub in here}))
    links = (Item(strings("explore.these"), page=f"{_EXPLORE}{peers}&country={code}"),) if items else ()
    return Section(strings("peers.country"), id="peers", items=items, links=links)


def _row(edition: Edition, hub: ForeignHub, registry: str) -> Item:
    kind = edition.strings.label("hub.kind", hub.record.kind)
    note = " · ".join(part for part in (kind, hub.record.location.locality, registry) if part)
    return Item(edition.text(hub.record.name), url=hub.page, note=note)


def _section(edition: Edition, known: Federation, one: Neighbour) -> Section:
    rows = tuple(_facts(edition, known, one))
    hubs = one.copy is not None and one.copy.hubs
    links = (Item(edition.strings("peers.show"), page=f"{_EXPLORE}{one.peer.id}"),) if hubs else ()
    return Section(one.peer.name, id=f"peer-{one.peer.id}", facts=facts(*rows), links=links)


def _facts(edition: Edition, known: Federation, one: Neighbour) -> Iterator[tuple[str, tuple[Item, ...] | str]]:
    strings = edition.strings
    yield strings("peers.site"), (Item(one.peer.url, url=one.peer.url),)
    yield strings("peers.state"), strings(f"peers.state.{one.state}")
    yield strings("peers.since"), strings.day(one.peer.since) if one.peer.since else ""
    if one.copy is not None:
        yield from _of_copy(edition, known, one.copy)


def _of_copy(edition: Edition, known: Federation, copy: Copy) -> Iterator[tuple[str, tuple[Item, ...] | str]]:
    strings, terms = edition.strings, copy.terms
    twins = sum(1 for hub in known.hubs if hub.peer == copy.peer and _is_ours_too(known, hub.key))
    note = strings("peers.twins", count=twins) if twins else ""
    yield strings("peers.hubs"), (Item(strings("peers.count", count=len(copy.hubs)), note=note),)
    yield strings("peers.countries"), _countries(edition, copy)
    yield strings("peers.licence"), (Item(terms.licence, note=terms.attribution),)
    yield strings("peers.fetched"), strings.day(copy.fetched.date())


def _countries(edition: Edition, copy: Copy) -> tuple[Item, ...]:
    """Return the countries in which a peer has hubs, by name, with their number."""
    strings = edition.strings
    counts = Counter(hub.record.country for hub in copy.hubs)
    items = (
        Item(strings.country(code), page=f"{_EXPLORE}{copy.peer}&country={code}", note=strings.number(count))
        for code, count in counts.items()
    )
    return tuple(sorted(items, key=lambda item: item.text))


def _is_ours_too(known: Federation, key: str) -> bool:
    return any(not twin.peer for twin in known.twins.get(key, ()))
