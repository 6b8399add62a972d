"""What is known of peers in; the page that says whose hubs are shown beside ours, under which terms, out."""

from __future__ import annotations

from collections.abc import Iterator

from ..registry.foreign import Copy, Federation, Neighbour
from .edition import Edition
from .page import Item, Page, Section, facts

PATH = "peers/"


def federated(edition: Edition, known: Federation) -> Page:
    """Return the page. What went wrong with a peer stands in no page: its words are not ours."""
    strings = edition.strings
    sections = tuple(_section(edition, known, one) for one in known.neighbours)
    return Page(
        path=PATH,
        title=strings("peers"),
        description=strings("peers.lead"),
        lead=strings("peers.lead"),
        sections=sections or (Section("", paragraphs=(strings("peers.none"),)),),
    )


def _section(edition: Edition, known: Federation, one: Neighbour) -> Section:
    rows = tuple(_facts(edition, known, one))
    return Section(one.peer.name, id=f"peer-{one.peer.id}", facts=facts(*rows))


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
    yield strings("peers.licence"), (Item(terms.licence, note=terms.attribution),)
    yield strings("peers.fetched"), strings.day(copy.fetched.date())


def _is_ours_too(known: Federation, key: str) -> bool:
    return any(not twin.peer for twin in known.twins.get(key, ()))
