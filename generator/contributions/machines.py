"""Lines that name machines in; drafts of machines out, with a note for each part that was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..importers import text
from ..importers.drafts import Draft
from ..importers.terms import Terms

MOST = 50
_BEFORE = re.compile(r"(\d{1,4})\s*(?:[x×*✕]|pcs\.?|pieces)\s+(?=\S)", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:[x×✕]\s*(\d{1,4})|\((?:[x×✕]\s*)?(\d{1,4})\s*(?:[x×✕])?\))\Z", re.IGNORECASE)
_SIZE = re.compile(
    r"(?P<sizes>\d+(?:\.\d+)?(?:\s*(?:mm|cm|m|in|\"))?(?:\s*[x×*✕]\s*\d+(?:\.\d+)?(?:\s*(?:mm|cm|m|in|\"))?){1,2})",
    re.IGNORECASE,
)
_ONE = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|cm|m|in|\")?", re.IGNORECASE)
_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, '"': 25.4}
_POWER = re.compile(r"(\d+(?:\.\d+)?)\s*(k?)w(?:atts?)?\Z", re.IGNORECASE)
_THICK = re.compile(r"(.+?)\s+(?:up to|max\.?|≤|<=|jusqu'à|até|hadi)\s+(\d+(?:\.\d+)?)\s*(mm|cm)\Z", re.IGNORECASE)
_PARTS = re.compile(r"\s*[,;]\s+|\s+[–—]\s+|;\s*")


def drafts(said: str, hub: str, terms: Terms) -> Iterator[Draft]:
    """Yield a draft for each line of an answer, at most `MOST`; `hub` is the id of the hub at which they stand."""
    for number, row in enumerate(said.split("\n")[:MOST], 1):
        if row.strip():
            yield _draft(f"line {number}", row.strip(), hub, terms)


def _counted(row: str) -> tuple[int, str]:
    """Return how many a line counts, 1 when it says nothing, and the line without the number."""
    if (found := _BEFORE.match(row)) and 0 < int(found[1]) <= 10_000:
        return int(found[1]), row[found.end() :]
    if (found := _AFTER.search(row)) and 0 < int(found[1] or found[2]) <= 10_000:
        return int(found[1] or found[2]), row[: found.start()]
    return 1, row


def _draft(place: str, row: str, hub: str, terms: Terms) -> Draft:
    quantity, rest = _counted(row)
    first, *parts = [part for part in _PARTS.split(rest) if part] or [rest]
    data: dict[str, Any] = {}
    notes: list[str] = []
    if model := terms.known_model(first):
        data["model"] = model
    else:
        if size := _sizes(first):
            data["envelope_mm"], first = size[0], size[1] or first
        data["name"] = text.cut(first, 120)
        if process := _process(first, terms):
            data["processes"] = [process]
        else:
            notes.append(
                f"{place}: `{text.cut(first, 60)}` is no model or process that is known; add `processes` to it"
            )
    for part in parts:
        if not _told(part, data, terms):
            notes.append(f"{place}: `{text.cut(part, 60)}` was not understood and is left out")
    if quantity > 1:
        data["quantity"] = quantity
    return Draft("machine", "", data, place, tuple(notes), hub=hub)


def _process(name: str, terms: Terms) -> str:
    """Return the process that a machine's name means, whole or by its last words: the first ones are often a brand."""
    several = name.split()
    return next((id for at in range(len(several)) if (id := terms.known_process(" ".join(several[at:])))), "")


def _told(part: str, data: dict[str, Any], terms: Terms) -> bool:
    """Note what a further part of a line says of the machine; False when it says nothing that is understood."""
    if (size := _sizes(part)) and not size[1]:
        data["envelope_mm"] = size[0]
        return True
    if power := _POWER.fullmatch(part):
        data["power_w"] = float(power[1]) * (1000 if power[2] else 1)
        return True
    thick = _THICK.fullmatch(part)
    if material := terms.material(thick[1] if thick else part):
        use: dict[str, Any] = {"material": material}
        if thick:
            use["max_thickness_mm"] = _plain(float(thick[2]) * _MM[thick[3].lower()])
        data.setdefault("materials", []).append(use)
        return True
    return False


def _sizes(part: str) -> tuple[list[float], str] | None:
    """Return the work space in a text, in millimetres, and what else the text says; None without one."""
    found = _SIZE.search(part)
    if found is None:
        return None
    sizes = _ONE.findall(found["sizes"])
    last = next((unit for _, unit in reversed(sizes) if unit), "")
    if not last:
        return None
    rest = " ".join(f"{part[: found.start()]} {part[found.end() :]}".split()).strip(" ,()")
    return [_plain(float(size) * _MM[(unit or last).lower()]) for size, unit in sizes], rest


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else round(value, 2)
