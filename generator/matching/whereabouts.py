"""Hubs and machines of a plan by id in; their numbers in a search, how fast they are and how far apart, out."""

from __future__ import annotations

from .capabilities import Time
from .plans import Assignment
from .search import Matcher, Search
from .sites import away
from .wanted import Point


def number_of(search: Search, one: Assignment) -> int:
    """Return the number of the machine, or of the claim, that an assignment is for."""
    known = search.known
    at = next(at for at, step in enumerate(search.wish.steps) if step.id == one.step)
    same = [
        number for number in known.machines_of(search.matcher.numbers[one.hub]) if known.names[number] == one.machine
    ]
    return min(same, key=lambda number: (int(search.of_step[at].cost[number]), number))


def time_of(search: Search, one: Assignment) -> Time:
    """Return how fast the machine of an assignment is, and when it can start."""
    found: Time = search.known.skills["time"][number_of(search, one)]
    return found


def distance(search: Search, start: str, end: str) -> float | None:
    """Return kilometres from a hub to another one, or to the place of the wish (""); None when one is not known."""
    here, there = _point(search.matcher, start), _point(search.matcher, end) if end else search.wish.near
    return away(here, there) if here is not None and there is not None else None


def _point(matcher: Matcher, hub: str) -> Point | None:
    found: Point | None = matcher.known.sites["point"][matcher.numbers[hub]]
    return found
