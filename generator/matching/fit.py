"""A work piece and a machine's envelope in; whether the piece fits out. The same cases as the site's: tests/sizes.json.

A bed of two sides says nothing of the height: the two longest sides of the piece are compared. What turns holds a piece
whose cross-section lies in the circle and whose third side is not longer than the machine's length, as far as known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..units import Envelope


def fits(piece: Envelope, room: Envelope, *, may_rotate: bool) -> bool:
    """Tell whether a piece fits; one that may not rotate must fit as its sides are given, too."""
    if piece.diameter is not None:
        return _turned(piece.diameter, piece.length or 0.0, room)
    if room.diameter is not None:
        return _in_circle(piece.sides, room.diameter, room.length or math.inf)
    does = _covers(sorted(room.sides, reverse=True), sorted(piece.sides, reverse=True))
    return does and (may_rotate or _covers(room.sides, piece.sides))


def _covers(room: Sequence[float], sides: Sequence[float]) -> bool:
    return all(side <= most for side, most in zip(sides, room, strict=False))


def _in_circle(sides: Sequence[float], diameter: float, length: float) -> bool:
    """Tell whether a box lies in a cylinder with one of its sides along the axis."""
    return any(
        side <= length and math.hypot(*(other for at, other in enumerate(sides) if at != axis)) <= diameter
        for axis, side in enumerate(sides)
    )


def _turned(diameter: float, length: float, room: Envelope) -> bool:
    """Tell whether a round piece lies in a cylinder, or in a box with its axis along one of the sides."""
    if room.diameter is not None:
        return diameter <= room.diameter and length <= (room.length or math.inf)
    return _covers(sorted(room.sides, reverse=True), sorted((diameter, diameter, length), reverse=True))
