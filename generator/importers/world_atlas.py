"""The atlas of Natural Earth in (TopoJSON of npm's `world-atlas`); coarse outlines of countries out.

`pytest --bless tests/test_outlines.py` writes them to `generator/data/countries.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import outlines, words

Line = list[tuple[float, float]]  # longitude, latitude
Box = tuple[float, float, float, float]  # west, south, east, north
Shapes = dict[str, list[list[int]]]

_TOLERANCE = 0.05  # degrees by which a simplified line may leave the true one
_CELL = 0.06  # degrees; an islet this near to a larger piece of its country is left out

# Pieces that the atlas gives without a code. A disputed one is whosoever's folder a hub chose.
_NAMED = {
    "Akrotiri": ("cy", "gb"), "Baikonur": ("kz",), "Clipperton I.": ("fr",), "Coral Sea Is.": ("au",),
    "Cyprus U.N. Buffer Zone": ("cy",), "Dhekelia": ("cy", "gb"), "Kosovo": ("rs", "xk"), "N. Cyprus": ("cy",),
    "Siachen Glacier": ("in", "pk"), "Somaliland": ("so",),
}  # fmt: skip
# Territories that have a code of ISO 3166-1 but lie in another country's outline, or are claimed by two.
_WITHIN: Mapping[str, tuple[str, tuple[Box, ...]]] = {
    "bq": ("nl", ((-70, 11.9, -68, 12.4), (-63.4, 17.3, -62.9, 17.8))),
    "cc": ("au", ((96, -13, 97, -11),)),
    "cx": ("au", ((105, -11, 106, -10),)),
    "gf": ("fr", ((-55, 2, -51, 6),)),
    "gp": ("fr", ((-62, 15.7, -60.9, 16.6),)),
    "mq": ("fr", ((-61.4, 14.2, -60.7, 15),)),
    "re": ("fr", ((55, -22, 56, -20),)),
    "sj": ("no", ((-10, 70, -7, 72), (9, 74, 36, 81))),
    "ua": ("ru", ((32, 44, 37, 46.5),)),
    "yt": ("fr", ((44.9, -13.2, 45.4, -12.5),)),
}
# Countries whose subdivisions in ISO 3166-2 have codes of their own in ISO 3166-1, and Western Sahara.
_ALSO = {
    "cn": ("hk", "mo", "tw"), "eh": ("ma",), "fi": ("ax",), "fr": ("bl", "mf", "nc", "pf", "pm", "tf", "wf"),
    "ma": ("eh",), "nl": ("aw", "cw", "sx"), "us": ("as", "gu", "mp", "pr", "vi"),
}  # fmt: skip


def read(topology: Mapping[str, Any]) -> Shapes:
    """Return rings by country code: each the first point, then steps, in hundredths of a degree."""
    arcs = [_simplified(line) for line in _lines(topology)]
    rings: dict[str, list[Line]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        for code in _codes(geometry):
            rings.setdefault(code, []).extend(_joined(arcs, ring) for ring in _arcs(geometry))
    own = dict(rings)
    for code, (parent, boxes) in _WITHIN.items():
        inside = [ring for ring in own[parent] if any(_is_inside(ring, box) for box in boxes)]
        rings[code] = own.get(code, []) + inside
    for code, parts in _ALSO.items():
        rings[code] = [ring for name in (code, *parts) for ring in own[name]]
    return {code: sorted(map(_steps, _without_islets(rings[code]))) for code in sorted(rings)}


def text(shapes: Shapes) -> str:
    """Return the outlines as JSON, one country on a line."""
    lines = [f'"{code}":{json.dumps(rings, separators=(",", ":"))}' for code, rings in shapes.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _codes(geometry: Mapping[str, Any]) -> tuple[str, ...]:
    code = words.country_of_number(geometry.get("id", ""))
    if code == "aq":
        return ()  # the pole lies on no plane map, and hubs there are few
    name = geometry["properties"]["name"]
    return (code,) if code else _NAMED.get(name, ("au",) if name == "Indian Ocean Ter." else ())


def _arcs(geometry: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    pieces = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return (ring for piece in pieces for ring in piece)


def _lines(topology: Mapping[str, Any]) -> Iterator[Line]:
    """Yield each arc in degrees (TopoJSON 1.0, 2.1.4: points are steps on a grid)."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for east, north in arc:
            x, y = x + east, y + north
            line.append((x * wide + west, y * high + south))
        yield line


def _simplified(line: Line) -> Line:
    """Return a line with fewer points (Douglas and Peucker 1973)."""
    kept, pending = {0, len(line) - 1}, [(0, len(line) - 1)]
    while pending:
        start, end = pending.pop()
        far, at = max(((_off(line[start], line[end], line[i]), i) for i in range(start + 1, end)), default=(0.0, 0))
        if far > _TOLERANCE**2:
            kept.add(at)
            pending += [(start, at), (at, end)]
    return [line[at] for at in sorted(kept)]


def _off(start: tuple[float, float], end: tuple[float, float], point: tuple[float, float]) -> float:
    """Return the squared distance of a point from a straight line's piece."""
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((point[0] - x) * dx + (point[1] - y) * dy) / length)) if length else 0.0
    return (point[0] - x - along * dx) ** 2 + (point[1] - y - along * dy) ** 2


def _joined(arcs: Sequence[Line], ring: Sequence[int]) -> Line:
    line: Line = []
    for at in ring:
        piece = arcs[at] if at >= 0 else arcs[~at][::-1]
        line += piece[1:] if line else piece
    return line[:-1]


def _is_inside(ring: Line, box: Box) -> bool:
    return all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in ring)


def _without_islets(rings: Sequence[Line]) -> Iterator[Line]:
    """Yield the rings of a country, without small ones so near to others that they decide nothing."""
    taken: set[tuple[int, int]] = set()
    for ring in sorted(rings, key=len, reverse=True):
        cells = {(int(x // _CELL), int(y // _CELL)) for x, y in ring}
        if len(ring) > 3 or not all(cell in taken for cell in cells):
            yield ring
        taken |= {(x + right, y + up) for x, y in cells for right in (-1, 0, 1) for up in (-1, 0, 1)}


def _steps(ring: Line) -> list[int]:
    points = [(round(x * outlines.UNITS), round(y * outlines.UNITS)) for x, y in ring]
    before = [(0, 0), *points[:-1]]
    return [step for (x, y), (x0, y0) in zip(points, before, strict=True) for step in (x - x0, y - y0)]
