"""An edition in; the page with map, list and filters, and the map alone for other sites, out.

The page holds the first hubs of its list, so that there is something to read and to open before the script has come.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..records import Hub, Process
from ..registry.freshness import Freshness, freshness
from . import lists, places
from .edition import Edition
from .page import Fact, Item, Page, Section, facts

PATH = "explore/"
_TOP = 60
_FIRST = 20
_FRESH_FIRST = (Freshness.FRESH, Freshness.DUE, Freshness.UNKNOWN, Freshness.STALE)
_TAGGED = (Freshness.FRESH, Freshness.STALE)


def explore(edition: Edition) -> Page:
    """Return the page that site/app/explore.entry.ts brings to life; without it, links lead to the same hubs."""
    strings = edition.strings
    return Page(
        path=PATH,
        title=strings("explore"),
        description=strings("explore.description", name=edition.name),
        lead=strings("explore.lead"),
        sections=(
            Section("", id="words", data=_data(edition)),
            _first(edition),
            Section(strings("countries"), id="countries", items=places.links(edition), style="tags"),
            Section(strings("processes"), id="processes", items=_processes(edition), style="tags"),
            Section(
                strings("search.without"),
                id="lists",
                items=lists.links(edition, "hubs", "machines", "models", "materials"),
                style="tags",
            ),
        ),
    )


def embed(edition: Edition) -> Page:
    """Return the map alone, which takes the same filters in its address."""
    strings = edition.strings
    return Page(
        path="embed/",
        title=strings("explore.map_of", name=edition.name),
        description=strings("explore.description", name=edition.name),
        lead=strings("explore.open_in", name=edition.name),
        sections=(Section("", id="words", data=_data(edition)),),
        hidden=True,
    )


def _first(edition: Edition) -> Section:
    """Return how many hubs there are, and the first of them as site/app/list.ts shows them."""
    registry = edition.registry
    active = [hub for hub in registry.all(Hub) if hub.status == "active"]
    # As in site/app/query.ts.
    active.sort(key=lambda hub: (hub.demonstration, _FRESH_FIRST.index(freshness(hub.verified, registry.as_of))))
    count = edition.strings("explore.count", count=len(active))
    return Section(count, id="hubs", items=tuple(_card(edition, hub) for hub in active[:_FIRST]))


def _card(edition: Edition, hub: Hub) -> Item:
    strings = edition.strings
    where = (strings.label("hub.kind", hub.kind), hub.location.locality, strings.country(hub.country))
    machines = len(edition.registry.machine_ids.get(hub.id, ()))
    said: tuple[Fact, ...] = facts(
        ("where", tuple(Item(one) for one in where)),
        ("why", strings("explore.machines", count=machines) if machines else ""),
        ("marks", tuple(_marks(edition, hub))),
    )
    return Item(edition.text(hub.name), page=f"hubs/{hub.id}/", facts=said)


def _marks(edition: Edition, hub: Hub) -> Iterator[Item]:
    fresh = freshness(hub.verified, edition.registry.as_of)
    if fresh in _TAGGED:
        yield Item(
            edition.strings(f"explore.verified.{fresh}"), tone="explore-fresh" if fresh == Freshness.FRESH else ""
        )
    if hub.demonstration:
        yield Item(edition.strings("demonstration"), tone="explore-invented")


def _data(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the words that the app shows as JSON, those of `explore.` without that prefix."""
    # Words for hubs of other registries only where there are any: pages of a registry without peers stay as they are.
    prefixes = ("explore.", "peers.explore.") if edition.relations.federation.hubs else ("explore.",)
    texts = {
        key.removeprefix(prefix): text
        for prefix in prefixes
        for key, text in edition.strings.texts.items()
        if key.startswith(prefix)
    }
    texts["demonstration"] = edition.strings("demonstration")
    texts["map.failed"] = edition.strings("map.failed")
    texts["site"] = edition.name
    return (("words", json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))),)


def _processes(edition: Edition) -> tuple[Item, ...]:
    hubs = edition.crossings.hubs_of_process
    top = sorted(hubs.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_TOP]
    return tuple(edition.link(Process, id, str(len(ids))) for id, ids in top)
