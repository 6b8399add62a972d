"""A geometry of GeoJSON in; the middle of its box as latitude and longitude out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import text

_DEEPEST = 4  # coordinates nest by the geometry's type (RFC 7946, 3.1)
_MOST = 10_000  # positions that are looked at
Middle = tuple[float | None, float | None]


def middle(geometry: Any) -> Middle:
    """Return latitude and longitude of a geometry's middle; None for both when it has none."""
    if not isinstance(geometry, dict):
        return None, None
    several = geometry.get("geometries")
    parts = [one for one in several if isinstance(one, dict)] if isinstance(several, list) else [geometry]
    corners = [corner for part in parts for corner in positions(part.get("coordinates"))]
    return box_middle(corners[:_MOST])


def box_middle(corners: list[tuple[Any, Any]]) -> Middle:
    """Return the middle of the box around (longitude, latitude) corners, whatever of them is no number left out."""
    xs = [x for one, _ in corners if (x := text.number(one)) is not None]
    ys = [y for _, two in corners if (y := text.number(two)) is not None]
    if not xs or not ys:
        return None, None
    return round((min(ys) + max(ys)) / 2, 7), round((min(xs) + max(xs)) / 2, 7)


def positions(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield the positions of GeoJSON's coordinates."""
    if not isinstance(value, list) or depth > _DEEPEST:
        return
    if len(value) > 1 and not isinstance(value[0], list):
        yield value[0], value[1]
        return
    for one in value:
        yield from positions(one, depth + 1)
