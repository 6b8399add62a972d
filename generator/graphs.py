"""Who leads to whom, as a mapping of names to names; cycles and everything that can be reached out."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping

Edges = Mapping[str, Iterable[str]]


def reachable(edges: Edges, start: str) -> frozenset[str]:
    """Return every name that can be reached from `start`, without `start` itself."""
    seen = {start}
    pending = [start]
    while pending:
        for name in edges.get(pending.pop(), ()):
            if name not in seen:
                seen.add(name)
                pending.append(name)
    return frozenset(seen - {start})


def reversed_edges(edges: Edges) -> dict[str, tuple[str, ...]]:
    """Return the same edges the other way round, each list in the order of names."""
    found: dict[str, list[str]] = {}
    for name in sorted(edges):
        for other in edges[name]:
            found.setdefault(other, []).append(name)
    return {name: tuple(others) for name, others in found.items()}


def cycles(edges: Edges) -> list[tuple[str, ...]]:
    """Return the shortest cycle through each name that is on one, smallest name first.

    A name stands in one cycle only: of two cycles that share a name, the second comes to light when the
    first is mended.
    """
    left = set(edges)
    found: list[tuple[str, ...]] = []
    for name in sorted(edges):
        cycle = _shortest(edges, name, left) if name in left else ()
        left -= set(cycle) or {name}
        if cycle:
            found.append(cycle)
    return found


def _shortest(edges: Edges, start: str, within: Collection[str]) -> tuple[str, ...]:
    """Return the shortest way from `start` back to itself, without its end; () when there is none."""
    came_from: dict[str, str] = {}
    pending = deque([start])
    while pending:
        name = pending.popleft()
        for other in edges.get(name, ()):
            if other == start:
                return _way(came_from, start, name)
            if other in within and other not in came_from:
                came_from[other] = name
                pending.append(other)
    return ()


def _way(came_from: Mapping[str, str], start: str, end: str) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
