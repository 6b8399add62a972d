"""Points on the globe in; the nearest others of each out, without comparing every pair.

Points are sorted into cubes of 40 km of space (not of latitude and longitude), so that the poles and the
date line need no care. Hubs that share a point, such as a city's centre, share the answer.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from ..units import EARTH_RADIUS_KM

Point = tuple[float, float]
_Position = tuple[float, float, float]
_Cell = tuple[int, int, int]
_SIDE_KM = 40.0
_REACH = 3  # cubes looked at in each direction
_SHELLS = tuple(
    tuple(step for step in product(range(-reach, reach + 1), repeat=3) if max(map(abs, step)) == reach)
    for reach in range(_REACH + 1)
)


@dataclass(slots=True)
class Nearby:
    """An index of points by name. `nearest` gives names and distances."""

    points: Mapping[str, Point]
    _cells: dict[_Cell, dict[Point, _Position]] = field(default_factory=dict)
    _names: dict[Point, list[str]] = field(default_factory=dict)
    _known: dict[tuple[Point, int], tuple[tuple[float, Point], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, point in self.points.items():
            self._names.setdefault(point, []).append(name)
            position = _position(point)
            self._cells.setdefault(_cell(position), {})[point] = position

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

    def _around(self, point: Point, count: int) -> tuple[tuple[float, Point], ...]:
        position = _position(point)
        home = _cell(position)
        found: list[tuple[float, Point]] = []
        for reach in range(_REACH + 1):
            for i, j, k in _SHELLS[reach]:
                cell = self._cells.get((home[0] + i, home[1] + j, home[2] + k))
                if cell is not None:
                    found += [(math.dist(position, other), place) for place, other in cell.items()]
            found = heapq.nsmallest(count + 1, found)
            # Whatever lies in a cube further out is at least `reach` whole cubes away.
            if len(found) > count and found[count][0] <= reach * _SIDE_KM:
                break
        return tuple(one for one in found if one[0] <= _REACH * _SIDE_KM)


def _position(point: Point) -> _Position:
    latitude, longitude = math.radians(point[0]), math.radians(point[1])
    level = math.cos(latitude) * EARTH_RADIUS_KM
    return (level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude) * EARTH_RADIUS_KM)


def _cell(position: _Position) -> _Cell:
    x, y, z = position
    return (math.floor(x / _SIDE_KM), math.floor(y / _SIDE_KM), math.floor(z / _SIDE_KM))
