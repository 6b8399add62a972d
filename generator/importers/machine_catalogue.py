"""The machine catalogue of the Internet of Production Alliance (CSV) in; drafts of machine models out.

One table is of 3D printers (Technology, Build Size), the other of laser cutters (Laser Type, Working Area).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .. import words
from . import structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "okw-machines"
TITLE = "Machine catalogue of the Internet of Production Alliance (CSV)"
URL = "https://github.com/iop-alliance/okw_machines_catalog"
LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = "The Internet of Production Alliance"

_SIZE = re.compile(r"\d+(?:[.,]\d+)?")
_INCH = re.compile(r"\b(?:in|inch|inches)\b|\"|″")
_DIAMETER = re.compile(r"[øØ⌀]|dia", re.I)
_MORE = re.compile(r"\s*\band \+?\d+ (?:more )?materials?\b", re.I)
_LEAD = re.compile(r"^(?:sheet )?materials? including\s+|^and\s+", re.I)
_NOTE = re.compile(r"\(([^()]*)\)")
_LASERS = {  # by the normal form of the word: the laser's type, and what it can do beside cutting
    "co2": ("co2", ("laser-cutting", "laser-engraving")), "fiber": ("fiber", ("fibre-laser-cutting",)),
    "fibre": ("fiber", ("fibre-laser-cutting",)), "diode": ("diode", ("diode-laser-cutting", "laser-engraving")),
    "yag": ("yag", ("laser-cutting",)),
}  # fmt: skip
_MM_PER_INCH = 25.4


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a table has the columns of one of the catalogue's tables."""
    return any(structured.is_table(head, "model", "brand", size) for size in ("build size", "working area"))


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each row that names brand and model."""
    for place, row, fault in structured.table(source):
        if fault:
            yield Rejected(place, "", fault)
        else:
            yield _row({key.lower(): text.line(value) for key, value in row.items()}, place, terms)


def _row(cells: Mapping[str, str], place: str, terms: Terms) -> Row:
    name, brand = cells.get("model", ""), cells.get("brand", "")
    if not name or not brand:
        return Rejected(
            place, name or brand, f"no {'brand' if name else 'model'} is given, and a model's id needs both"
        )
    short = _without(name, brand)
    known = terms.known_model(name, brand) or terms.known_model(short, brand)
    id = known or f"{words.slug(brand)}/{words.slug(short) or words.slug(name)}"
    if id.startswith("/") or id.endswith("/"):
        return Rejected(place, name, "its name has no letters of which an id can be made")
    notes: list[str] = []
    found = {
        "name": short, "brand": brand, "envelope_mm": _envelope(cells, notes), **_ability(cells, terms),
        "materials": terms.materials(_materials(cells.get("materials", ""), notes)),
    }  # fmt: skip
    return Draft("model", id, {key: value for key, value in found.items() if value}, place, tuple(notes))


def _without(name: str, brand: str) -> str:
    """Return a model's name without the brand before it."""
    rest = name[len(brand) :].strip(" -") if name.lower().startswith(brand.lower()) else ""
    return rest if words.slug(rest) else name


def _ability(cells: Mapping[str, str], terms: Terms) -> dict[str, Any]:
    """Return processes and features, by the technology of a printer or the type of a laser."""
    if "laser type" in cells:
        kind = words.term(cells["laser type"].replace("₂", "2"))
        laser, processes = _LASERS.get(kind, ("", ("laser-cutting",)))
        features = {"features": {"laser_type": laser}} if laser else {}
        return {"processes": terms.processes(processes), **features}
    said = cells.get("technology", "")
    spelt = _NOTE.search(said)
    # One of its names is enough: `FDM (Fused Deposition Modeling)`.
    for word in (spelt[1] if spelt else "", _NOTE.sub("", said).strip()):
        if word and (found := terms.known_process(word)):
            return {"processes": [found]}
    return {"processes": terms.processes([said])}


def _materials(said: str, notes: list[str]) -> Iterator[str]:
    """Yield names of materials."""
    if _MORE.search(said):
        notes.append(f"the list of materials is not whole: `{_MORE.search(said)[0].strip()}`")  # type: ignore[index]
    for part in re.split(r"[,;]| and (?!\+)", _MORE.sub("", said)):
        if limit := _NOTE.search(part):
            notes.append(f"of materials it says: `{text.line(part)}`") if " only" in limit[1] else None
        if " only" in part:
            continue
        name = _LEAD.sub("", _NOTE.sub("", part).strip()).strip(" .")
        if name:
            yield name


def _envelope(cells: Mapping[str, str], notes: list[str]) -> list[float] | dict[str, float]:
    """Return millimetres, [] when no size is given or it cannot be understood."""
    said = re.sub(r"mm[³3]", "mm", cells.get("build size") or cells.get("working area") or "")
    factor = _MM_PER_INCH if _INCH.search(said) and "mm" not in said else 10 if re.search(r"\bcm\b", said) else 1
    sides = [round(float(number.replace(",", ".")) * factor, 1) for number in _SIZE.findall(said)]
    if not said or (sides and min(sides) <= 0):
        return []
    if _DIAMETER.search(said) and len(sides) == 2:
        # A round bed of a printer: the box that is sure to fit would be smaller; its square is what makers give.
        return [sides[0], sides[0], sides[1]]
    if len(sides) in (2, 3) and "/" not in said:  # `2000/8000 x 1300 mm`: several sizes
        return sides
    notes.append(f"its size `{said}` could not be understood: left out")
    return []
