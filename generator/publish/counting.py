"""Ids of hubs in; those that figures are about, and a word on those that are left out, out."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence

from ..records import Hub
from ..registry.coverage import is_counted
from .edition import Edition, Relations


def counted(edition: Edition, ids: Sequence[str]) -> list[str]:
    """Return the hubs that are counted: none that is invented or has closed for good."""
    out = _left_out(edition.relations)
    return [id for id in ids if id not in out]


def without(edition: Edition, ids: Collection[str]) -> tuple[str, ...]:
    """Return that invented and closed hubs are not counted, where any of these is one."""
    out = _left_out(edition.relations)
    return (edition.strings("counted.without"),) if any(id in out for id in ids) else ()


@functools.lru_cache(maxsize=8)
def _left_out(relations: Relations) -> frozenset[str]:
    return frozenset(hub.id for hub in relations.registry.all(Hub) if not is_counted(hub))
