"""A country and a point in; a small drawing of the country's outline with the point on it, as SVG, out."""

from __future__ import annotations

import functools
import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from .. import outlines
from .page import Drawing

_SIDE = 240  # the longer side of a drawing, in its own units
_MARGIN = 16
_NEAR = 0.6  # how far an island may lie from the mainland, in sides of the mainland's box, to be drawn with it
_SMALLEST = 4  # units below which a ring is left out
_MOST = 2200  # bytes of a path; a longer one is drawn again with coarser steps
_SOFT, _DOT = 16, 6  # radius of a place known to its town only, and of one that is known

_Line = Sequence[tuple[float, float]]
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawn part of a country: its path, its size, and what turns degrees into its units."""

    path: str
    width: int
    height: int
    west: float
    north: float
    scale: float
    squeeze: float

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Return where a point lies on the sheet; outside of it for one that is not on it."""
        east = (longitude - self.west + 1) % 360 - 1
        return (
            round(_MARGIN + east * self.squeeze * self.scale),
            round(_MARGIN + (self.north - latitude) * self.scale),
        )


def drawing(country: str, point: tuple[float, float], title: str, description: str, *, soft: bool) -> Drawing | None:
    """Return the outline around a point with a mark on it; None where no outline is known, or the point is far off."""
    for sheet in _sheets(country):
        x, y = sheet.place(*point)
        if 0 <= x <= sheet.width and 0 <= y <= sheet.height:
            kind, radius = ("near", _SOFT) if soft else ("here", _DOT)
            return Drawing(
                f'<svg class="karakana-outline" viewBox="0 0 {sheet.width} {sheet.height}" role="img" '
                f'aria-labelledby="outline-title outline-text"><title id="outline-title">{html.escape(title)}</title>'
                f'<desc id="outline-text">{html.escape(description)}</desc><path d="{sheet.path}"/>'
                f'<circle class="karakana-{kind}" cx="{x}" cy="{y}" r="{radius}"/></svg>'
            )
    return None


@functools.cache
def _sheets(country: str) -> tuple[Sheet, ...]:
    """Return a sheet for each part of a country that lies by itself, the largest first."""
    rings = sorted(outlines.rings(country), key=lambda ring: (-_area(_box(ring)), ring))
    parts: list[list[_Line]] = []
    boxes: list[_Box] = []
    for ring in rings:
        for at, box in enumerate(boxes):
            turned = _turned(ring, box)
            if _is_near(_box(turned), box):
                parts[at].append(turned)
                break
        else:
            parts.append([ring])
            boxes.append(_box(ring))
    return tuple(map(_sheet, parts))


def _sheet(rings: Sequence[_Line]) -> Sheet:
    west, south, east, north = _box([point for ring in rings for point in ring])
    squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
    wide, high = max((east - west) * squeeze, 0.02), max(north - south, 0.02)
    scale = (_SIDE - 2 * _MARGIN) / max(wide, high)
    bare = Sheet(
        "", round(wide * scale) + 2 * _MARGIN, round(high * scale) + 2 * _MARGIN, west, north, scale, squeeze
    )  # fmt: skip
    placed = [[bare.place(y, x) for x, y in ring] for ring in rings]
    for step in (1, 2, 3, 4, 6, 8):
        path = "".join(_path(ring, step) for ring in placed)
        if len(path) <= _MOST:
            break
    return Sheet(path, bare.width, bare.height, west, north, scale, squeeze)


def _path(points: Sequence[tuple[int, int]], step: int) -> str:
    """Return a ring as a path of relative steps, each at least `step` units long; "" for one that is too small."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(max(xs) - min(xs), max(ys) - min(ys)) < _SMALLEST * min(step, 3):
        return ""
    x, y = points[0]
    parts = [f"M{x} {y}l"]
    for to_x, to_y in points[1:]:
        if max(abs(to_x - x), abs(to_y - y)) >= step:
            parts.append(f"{to_x - x}{' ' if to_y >= y else ''}{to_y - y} ")
            x, y = to_x, to_y
    return "".join(parts).rstrip().replace(" -", "-") + "z"


def _box(line: _Line) -> _Box:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return (min(xs), min(ys), max(xs), max(ys))


def _area(box: _Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _turned(ring: _Line, box: _Box) -> _Line:
    """Return a ring on the same side of the date line as a box."""
    away = (ring[0][0] - (box[0] + box[2]) / 2 + 180) // 360 * 360
    return [(x - away, y) for x, y in ring] if away else ring


def _is_near(box: _Box, other: _Box) -> bool:
    reach = _NEAR * max(other[2] - other[0], other[3] - other[1])
    return (
        box[0] >= other[0] - reach and box[1] >= other[1] - reach
        and box[2] <= other[2] + reach and box[3] <= other[3] + reach
    )  # fmt: skip
