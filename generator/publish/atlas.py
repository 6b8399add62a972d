"""World-atlas' TopoJSON in; the same countries on a coarser grid and without their names out.

https://github.com/topojson/topojson-specification : arcs are steps on a grid of whole numbers. Nobody sees less than
a pixel, and the finer the grid, the more digits have to be sent.
"""

from __future__ import annotations

import json

_GRID = 1e5 - 1  # steps from edge to edge in world-atlas


def regridded(source: bytes, steps: int) -> bytes:
    """Return the countries of a topology with so many steps from edge to edge."""
    world = json.loads(source)
    factor = _GRID / steps
    countries = world["objects"]["countries"]["geometries"]
    kept = [{key: one[key] for key in ("type", "id", "arcs") if key in one} for one in countries]
    coarser = {
        "type": "Topology",
        "transform": {
            "scale": [scale * factor for scale in world["transform"]["scale"]],
            "translate": world["transform"]["translate"],
        },
        "objects": {"countries": {"type": "GeometryCollection", "geometries": kept}},
        "arcs": [_arc(arc, factor) for arc in world["arcs"]],
    }
    return json.dumps(coarser, separators=(",", ":")).encode() + b"\n"


def _arc(arc: list[list[int]], factor: float) -> list[list[int]]:
    """Return an arc's steps on the coarser grid; steps that have become too short are left out, its ends are kept."""
    x = y = 0
    steps: list[list[int]] = []
    last = (0, 0)
    for across, up in arc:
        x, y = x + across, y + up
        here = (round(x / factor), round(y / factor))
        if not steps or here != last:
            steps.append([here[0] - last[0], here[1] - last[1]])
            last = here
    return steps if len(steps) > 1 else [*steps, [0, 0]]
