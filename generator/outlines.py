"""A country and a point in; whether the point lies in the country or near it, by a bundled coarse outline.

The outlines are `data/countries.json`, made from Natural Earth (public domain, 1:10 million) by
`importers.world_atlas`. They are exact to some 6 km, which is enough to tell a wrong point from a right one.
"""

from __future__ import annotations

import functools
import json
import math
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).parent / "data" / "countries.json"
UNITS = 100  # a degree in the file's whole numbers
_KM = 111.195  # a degree of latitude, on the mean radius of GRS 80
_ROW = 0.1  # height in degrees of the rows for which crossings are kept

Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class _Ring:
    """A closed line as (longitude, latitude) in degrees, and its box: west, south, east, north."""

    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


@functools.cache
def _data() -> Mapping[str, Sequence[Sequence[int]]]:
    found: dict[str, list[list[int]]] = json.loads(PATH.read_bytes())
    return found


def countries() -> frozenset[str]:
    """Return the lower-case codes of the countries that have an outline."""
    return frozenset(_data())


@functools.cache
def _rings(country: str) -> tuple[_Ring, ...]:
    return tuple(map(_ring, _data().get(country, ())))


def _ring(steps: Sequence[int]) -> _Ring:
    """Return the ring of a file's steps: the first point, then the way from each point to the next."""
    x = y = 0
    points = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        points.append((x / UNITS, y / UNITS))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return _Ring((*points, points[0]), (min(xs), min(ys), max(xs), max(ys)))


def steps(country: str) -> Sequence[Sequence[int]]:
    """Return a country's outline as the file has it: rings of steps, east and north, in hundredths of a degree."""
    return _data().get(country, ())


def rings(country: str) -> tuple[tuple[Point, ...], ...]:
    """Return the closed lines of a country's outline as (longitude, latitude) in degrees; none for some too small."""
    return tuple(ring.points for ring in _rings(country))


@functools.cache
def _crossings(country: str, row: int) -> list[float]:
    """Return the longitudes at which a row's middle crosses the outline, sorted: in, out, in, out …"""
    latitude = (row + 0.5) * _ROW
    found = []
    for ring in _rings(country):
        if ring.box[1] <= latitude <= ring.box[3]:
            x, y = ring.points[0]
            for x1, y1 in ring.points[1:]:
                if (y > latitude) != (y1 > latitude):
                    found.append(x + (latitude - y) / (y1 - y) * (x1 - x))
                x, y = x1, y1
    return sorted(found)


def _covers(country: str, latitude: float, longitude: float) -> bool:
    return bisect(_crossings(country, math.floor(latitude / _ROW)), longitude) % 2 == 1


def is_near(country: str, point: Point, km: float) -> bool:
    """Tell whether a point lies in a country or at most `km` (20 or more) from it.

    A country without an outline (a few are too small) is near everything, so that nothing false is said.
    """
    latitude, longitude = point
    if country not in _data() or _covers(country, latitude, longitude):
        return True
    wide = _ROW / max(0.01, math.cos(math.radians(latitude)))
    if any(
        _covers(country, latitude + up, longitude + right)
        for up, right in ((_ROW, 0), (-_ROW, 0), (0, wide), (0, -wide))
    ):
        return True
    return distance_km(country, point, km) <= km


def distance_km(country: str, point: Point, limit: float = math.inf) -> float:
    """Return the way from a point to a country's nearest border or coast; what is beyond `limit` may be left out."""
    latitude, longitude = point
    scale = max(0.01, math.cos(math.radians(latitude)))
    up, aside = limit / _KM, limit / _KM / scale
    nearest = math.inf
    for ring in _rings(country):
        west, south, east, north = ring.box
        if south - up <= latitude <= north + up and west - aside <= longitude <= east + aside:
            nearest = min(nearest, *_squares(ring, latitude, longitude, scale))
    return math.sqrt(nearest) * _KM


def _squares(ring: _Ring, latitude: float, longitude: float, scale: float) -> Iterator[float]:
    """Yield the squared distance in degrees of latitude to each side of a ring, on a plane around the point."""
    flat = [((x - longitude) * scale, y - latitude) for x, y in ring.points]
    x, y = flat[0]
    for x1, y1 in flat[1:]:
        dx, dy = x1 - x, y1 - y
        length = dx * dx + dy * dy
        along = max(0.0, min(1.0, -(x * dx + y * dy) / length)) if length else 0.0
        yield (x + along * dx) ** 2 + (y + along * dy) ** 2
        x, y = x1, y1


def country_at(point: Point) -> str:
    """Return the code of the country in which a point lies, the smallest where several claim it, or ""."""
    found = [country for country in _data() if _covers(country, *point)]
    return min(found, key=lambda country: (sum(len(ring.points) for ring in _rings(country)), country), default="")
