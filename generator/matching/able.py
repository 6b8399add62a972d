"""A search in; for each of its steps how many open hubs can do it, and how many would have to be asked, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .arrays import FAIL, PASS, UNKNOWN, Flags
from .asked import NOBODY, Asked
from .search import Search


class Able(NamedTuple):
    """How many hubs can do a step by itself: as far as is stated, and where something is not known."""

    certain: int
    perhaps: int


def able(search: Search) -> tuple[Able, ...]:
    """Return for each step of a search how many of the open hubs in question can do it; terms of hubs do not count."""
    return tuple(_able(search))


def _able(search: Search) -> Iterator[Able]:
    statuses, rows = search.known.sites["status"].values, search.matcher.site_rows["status"]
    is_open = search.is_wanted & np.array([status == "active" for status in statuses], bool)[rows]
    done: dict[int, Able] = {}
    for asked in search.of_step:
        known = done.get(id(asked))
        if known is None:
            known = done[id(asked)] = _of_step(asked, is_open)
        yield known


def _of_step(asked: Asked, is_open: Flags) -> Able:
    worst = np.full(len(asked.best), PASS, np.int8)
    for _, results in asked.at_best():
        worst = np.maximum(worst, results)
    found = worst[is_open & (asked.best != NOBODY)]
    return Able(int((found < UNKNOWN).sum()), int(((found >= UNKNOWN) & (found < FAIL)).sum()))
