"""Hubs in; links to those of them on Explore whose facts somebody should look at again out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..records import Hub
from ..registry.freshness import Freshness, freshness
from .edition import Edition
from .page import Item

_OLD = (Freshness.STALE, Freshness.DUE, Freshness.UNKNOWN)


def rechecks(edition: Edition, ids: Iterable[str], wanted: str) -> tuple[Item, ...]:
    """Return a link for each age of facts; `wanted` is what else Explore is asked for: `network=x`."""
    hubs = (hub for id in ids if (hub := edition.registry.get(Hub, id)) is not None)
    shown = (hub for hub in hubs if hub.status == "active" and not hub.demonstration)
    return links(edition, Counter(freshness(hub.verified, edition.registry.as_of) for hub in shown), f"{wanted}&")


def links(edition: Edition, counts: Mapping[Freshness, int], wanted: str = "") -> tuple[Item, ...]:
    """Return a link for each age that so many hubs have."""
    return tuple(
        Item(edition.strings(f"recheck.{age}", count=counts[age]), page=f"explore/?{wanted}verified={age}")
        for age in _OLD
        if counts[age]
    )
