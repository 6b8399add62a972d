"""The parts of an Open Know-How manifest in; a design's parts, and the operations that make them, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import words
from . import text
from .terms import Terms

_TSDC = "TSDC"  # technology-specific documentation criteria: DIN SPEC 3105-1
_BOUGHT = frozenset({"buy", "bought", "purchased", "standard", "offtheshelf"})
_SIDES = re.compile(r"cube\s*\(\s*(?:size\s*=\s*)?\[\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\]?")
_ROUND = re.compile(r"cylinder\s*\(([^()]*)\)?")
_LETTERS = re.compile(r"\b(h|r|d)\s*=\s*([\d.]+)")
_MM = {"mm": 1.0, "cm": 10.0, "dm": 100.0, "m": 1000.0, "in": 25.4, "inch": 25.4}
_GRADE = re.compile(r"IT(0?[0-9]|1[0-8])")
_GENERAL = re.compile(r"(?:ISO ?2768[- ]*)?([fmcv])", re.I)


def parts(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a design's `parts`: those of the manifest, each with an id of its own."""
    taken: set[str] = set()
    found = []
    for number, part in enumerate(_given(data), 1):
        name = text.line(part.get("name") or part.get("title"), 120)
        id = _unlike(words.slug(name) or f"part-{number}", taken)
        taken.add(id)
        quantity = text.number(part.get("quantity"))
        one = {"id": id, "name": name, "source": "bought" if _is_bought(part) else "made"}
        found.append({key: value for key, value in one.items() if value} | _count(quantity))
    return found


def _given(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    values = data.get("part") or data.get("parts") or data.get("sub-parts") or []
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _unlike(id: str, taken: set[str]) -> str:
    """Return an id that no part before has."""
    number = 2
    one = id
    while one in taken:
        one, number = f"{id[:60]}-{number}", number + 1
    return one


def _count(quantity: float | None) -> dict[str, int]:
    is_whole = quantity is not None and quantity.is_integer() and 1 < quantity <= 100_000
    return {"quantity": int(quantity)} if quantity is not None and is_whole else {}


def _is_bought(part: Mapping[str, Any]) -> bool:
    return words.term(text.line(part.get("procurement") or part.get("type"))) in _BOUGHT


def operations(
    data: Mapping[str, Any], made: Sequence[Mapping[str, Any]], terms: Terms, notes: list[str]
) -> list[dict[str, Any]]:
    """Return a design's `operations`: one for each process that a part names, then those of the whole."""
    found = []
    for part, record in zip(_given(data), made, strict=True):
        for process in _processes(part, terms):
            one: dict[str, Any] = {"id": words.slug(f"{process} {record['id']}"), "part": record["id"]}
            often = {"quantity_per_unit": record["quantity"]} if "quantity" in record else {}
            found.append({**one, "process": process, **_facts(part, process, terms, notes), **often})
    whole = [process for process in _processes(data, terms) if process not in {one["process"] for one in found}]
    found += [{"id": f"{process}-whole", "process": process} for process in whole]
    taken: set[str] = set()
    for one in found:
        one["id"] = _unlike(one["id"], taken)
        taken.add(one["id"])
    return found


def _processes(part: Mapping[str, Any], terms: Terms) -> Iterator[str]:
    """Yield the ids of what is done: the printing process where that is said, else by the code of TSDC."""
    if found := terms.known_process(text.line(part.get("printing-process"))):
        yield found
        return
    codes = text.items(part.get("tsdc"))
    yield from terms.processes(codes, _TSDC)


def _facts(part: Mapping[str, Any], process: str, terms: Terms, notes: list[str]) -> dict[str, Any]:
    """Return what an operation must reach, as far as the manifest says it."""
    said = text.line(part.get("material"))
    found: dict[str, Any] = {
        "material": terms.material(said) if said else "",
        "envelope_mm": _envelope(part, process),
        "tolerance": _tolerance(text.line(part.get("smallest-tolerance-class"))),
    }
    if said and not found["material"]:
        notes.append(f"part `{text.line(part.get('name'))}`: material `{said}` is not in the taxonomy: left out")
    return {key: value for key, value in found.items() if value}


def _envelope(part: Mapping[str, Any], process: str) -> list[float] | dict[str, float]:
    """Return the size in millimetres: what OpenSCAD's `cube` or `cylinder` says, or three numbers in `…-mm`."""
    if isinstance(direct := part.get("outer-dimensions-mm"), list):
        sides = [number for one in direct if (number := text.number(one))]
        return sides if len(sides) in (2, 3) else []
    given = part.get("outer-dimensions")
    outer = given if isinstance(given, dict) else {}
    factor = _MM.get(text.line(outer.get("unit")) or "mm", 0.0)
    said = str(outer.get("openSCAD") or outer.get("openscad") or "")
    if factor and (box := _SIDES.search(said)):
        sides = [float(side) * factor for side in box.groups()]
        return sides if min(sides) > 0 else []
    if factor and (turned := _ROUND.search(said)):
        return _turned({letter: float(number) * factor for letter, number in _LETTERS.findall(turned[1])}, process)
    return []


def _turned(found: Mapping[str, float], process: str) -> list[float] | dict[str, float]:
    """Return a cylinder: diameter and length for what turns, else the box around it."""
    diameter, length = found.get("d") or 2 * found.get("r", 0), found.get("h", 0.0)
    if not diameter or not length:
        return []
    return {"diameter": diameter, "length": length} if "turning" in process else [diameter, diameter, length]


def _tolerance(said: str) -> dict[str, str]:
    if found := _GRADE.fullmatch(said):
        return {"iso286": found[0]}
    general = _GENERAL.fullmatch(said)
    return {"iso2768": general[1].lower()} if general else {}
