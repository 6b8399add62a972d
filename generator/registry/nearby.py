"""Points on the globe in; the nearest others of each out, without comparing every pair.

Points are sorted into cubes of space (not of latitude and longitude), so that the poles and the date line need
no care: small cubes for where hubs are many, large ones for where they are few. Hubs that share a point, such
as a city's centre, share the answer.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from ..units import EARTH_RADIUS_KM

Point = tuple[float, float]
_Position = tuple[float, float, float]
_Cell = tuple[int, int, int]
_GRIDS = ((8.0, 2), (40.0, 3))  # the side of a cube in km, and how many cubes are looked at in each direction


@dataclass(slots=True)
class Nearby:
    """An index of points by name. `nearest` gives names and distances."""

    points: Mapping[str, Point]
    _names: dict[Point, list[str]] = field(default_factory=dict)
    _positions: dict[str, _Position] = field(default_factory=dict)
    _grids: tuple[_Grid, ...] = ()
    _known: dict[tuple[Point, int], list[tuple[float, Point]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, point in self.points.items():
            self._names.setdefault(point, []).append(name)
        positions = {point: _position(point) for point in self._names}
        self._positions.update((name, positions[point]) for name, point in self.points.items())
        self._grids = tuple(_Grid(positions, side, reach) for side, reach in _GRIDS)

    def nearest(self, name: str, count: int) -> list[tuple[str, float]]:
        """Return up to `count` others within 120 km as (name, kilometres), nearest first."""
        point = self.points.get(name)
        if point is None:
            return []
        key = (point, count)
        if key not in self._known:
            self._known[key] = self._around(point, count)
        found = [(other, away) for away, place in self._known[key] for other in self._names[place][: count + 1]]
        return [(other, away) for other, away in found if other != name][:count]

    def among(self, name: str, others: Iterable[str], count: int) -> list[tuple[str, float]]:
        """Return up to `count` of some others as (name, kilometres), nearest first, however far they are."""
        here = self._positions.get(name)
        if here is None:
            return []
        found = [(math.dist(here, there), other) for other in others if (there := self._positions.get(other))]
        nearest = heapq.nsmallest(count + 1, found)
        return [(other, away) for away, other in nearest if other != name][:count]

    def _around(self, point: Point, count: int) -> list[tuple[float, Point]]:
        """Return the point itself and the `count` nearest others, as (kilometres, point)."""
        position = _position(point)
        found: list[tuple[float, Point]] = []
        for grid in self._grids:
            found = grid.nearest(position, count + 1)
            if len(found) > count:
                break
        return found


class _Grid:
    """Points by the cube in which they lie, as far as some cubes' sides away."""

    def __init__(self, positions: Mapping[Point, _Position], side: float, reach: int) -> None:
        self._side = side
        self._rings = _rings(reach)
        self._cells: dict[_Cell, list[tuple[_Position, Point]]] = {}
        for point, position in positions.items():
            self._cells.setdefault(self._cell(position), []).append((position, point))

    def nearest(self, position: _Position, count: int) -> list[tuple[float, Point]]:
        """Return up to `count` points, as (kilometres, point), nearest first."""
        i, j, k = self._cell(position)
        found: list[tuple[float, Point]] = []
        certain = 0.0  # whatever lies further out is at least so far away
        for number, ring in enumerate(self._rings):
            for x, y, z in ring:
                if cell := self._cells.get((i + x, j + y, k + z)):
                    found += [(math.dist(position, other), place) for other, place in cell]
            found = heapq.nsmallest(count, found)
            certain = number * self._side
            if len(found) == count and found[-1][0] <= certain:
                break
        return [one for one in found if one[0] <= certain]

    def _cell(self, position: _Position) -> _Cell:
        x, y, z = position
        return (math.floor(x / self._side), math.floor(y / self._side), math.floor(z / self._side))


def _rings(reach: int) -> tuple[tuple[_Cell, ...], ...]:
    """Return the cubes around one: itself, those that touch it, those that touch these, and so on."""
    sides = range(-reach, reach + 1)
    steps = list(product(sides, sides, sides))
    return tuple(tuple(step for step in steps if max(map(abs, step)) == ring) for ring in range(reach + 1))


def _position(point: Point) -> _Position:
    latitude, longitude = math.radians(point[0]), math.radians(point[1])
    level = math.cos(latitude) * EARTH_RADIUS_KM
    return (level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude) * EARTH_RADIUS_KM)
