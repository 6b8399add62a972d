"""What an Open Know-How manifest says of a part's size and exactness in; millimetres and tolerances out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import text

_SIDES = re.compile(r"cube\s*\(\s*(?:size\s*=\s*)?\[\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\]?")
_ROUND = re.compile(r"cylinder\s*\(([^()]*)\)?")
_LETTERS = re.compile(r"\b(h|r|d)\s*=\s*([\d.]+)")
_MM = {"mm": 1.0, "cm": 10.0, "dm": 100.0, "m": 1000.0, "in": 25.4, "inch": 25.4}
_BOXES = (("length", "width", "height"), ("length", "width", "depth"), ("width", "depth", "height"), ("x", "y", "z"))
_GRADE = re.compile(r"IT(0?[0-9]|1[0-8])")
_GENERAL = re.compile(r"(?:ISO ?2768[- ]*)?([fmcv])", re.I)
_DEVIATION = re.compile(r"(?:±|\+/-|\+-)?\s*(\d{1,4}(?:\.\d{1,6})?)\s*mm")
_ANY_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,9})?")

Box = list[float] | dict[str, float]


def envelope(part: Mapping[str, Any], process: str) -> Box:
    """Return the size in millimetres, [] when it is not said in full.

    It is three numbers or two in `outer-dimensions-mm`, OpenSCAD's `cube` or `cylinder`, or length, width and height.
    """
    if isinstance(direct := part.get("outer-dimensions-mm"), list):
        return _sides([text.number(one) for one in direct], 1.0)
    given = part.get("outer-dimensions")
    outer = given if isinstance(given, dict) else {}
    factor = _MM.get(text.line(outer.get("unit")).lower() or "mm", 0.0)
    said = text.line(outer.get("openSCAD") or outer.get("openscad"))
    if not factor:
        return []
    if box := _SIDES.search(said):
        return _sides([_decimal(side) for side in box.groups()], factor)
    if turned := _ROUND.search(said):
        letters = {letter: (_decimal(number) or 0) * factor for letter, number in _LETTERS.findall(turned[1])}
        return _turned(letters.get("d") or 2 * letters.get("r", 0), letters.get("h", 0), process)
    across, long = text.number(outer.get("diameter")), text.number(outer.get("length") or outer.get("height"))
    if across is not None:
        return _turned(across * factor, (long or 0) * factor, process)
    named = next((names for names in _BOXES if all(name in outer for name in names)), ())
    return _sides([text.number(outer.get(name)) for name in named], factor)


def _decimal(said: str) -> float | None:
    return float(said) if _ANY_DECIMAL.fullmatch(said) else None


def _sides(found: list[float | None], factor: float) -> Box:
    sides = [round(side * factor, 6) for side in found if side is not None and side > 0]
    return sides if len(sides) == len(found) and len(sides) in (2, 3) else []


def _turned(across: float, long: float, process: str) -> Box:
    """Return a cylinder: diameter and length for what turns, else the box around it."""
    if not across > 0 or not long > 0:
        return []
    across, long = round(across, 6), round(long, 6)
    return {"diameter": across, "length": long} if "turning" in process else [across, across, long]


def tolerance(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a grade of ISO 286, a class of ISO 2768 or plus or minus some millimetres; {} when none is said so."""
    given = part.get("manufacturing-params")
    said = (
        part.get("smallest-tolerance-class"), part.get("tolerance-class"), part.get("tolerance"),
        given.get("tolerance") if isinstance(given, dict) else "",
    )  # fmt: skip
    return next((found for one in said if (found := _exactness(text.line(one)))), {})


def _exactness(said: str) -> dict[str, Any]:
    if found := _GRADE.fullmatch(said):
        return {"iso286": found[0]}
    if found := _GENERAL.fullmatch(said):
        return {"iso2768": found[1].lower()}
    deviation = _DEVIATION.fullmatch(said)
    return {"mm": float(deviation[1])} if deviation and float(deviation[1]) > 0 else {}
