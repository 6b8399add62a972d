"""The parts of an Open Know-How manifest in; a design's parts, and the operations that make them, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import words
from . import okh_measures, text
from .terms import Terms

_TSDC = "TSDC"  # technology-specific documentation criteria: DIN SPEC 3105-1
_PRINTING = "3d-printing"  # what `printing-process` says more exactly
_ASSEMBLY = "assembly"
_BOUGHT = frozenset({"buy", "bought", "purchase", "purchased", "standard", "standardpart", "offtheshelf", "cots"})
_INSIDE = ("part", "parts", "sub-part", "sub-parts", "components", "sub-components")
_BILLS = ("bom", "bill-of-materials")
_SAID = ("tsdc", "manufacturing-process", "manufacturing-processes", "process", "processes", "process-requirements")
_NAMES = ("process-name", "name", "title")
_OF = ("material-id", "name", "material-type", "title")
_PIECES = frozenset({"", "pc", "pcs", "piece", "pieces", "ea", "each", "unit", "units", "item", "items", "x", "count"})
_MOST = 100_000  # of a part in one unit
_DEEPEST = 12
_MOST_PARTS = 5000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a manifest: its data, its id and name, how many one unit has, and the ids of what it consists of."""

    said: Mapping[str, Any]
    id: str
    name: str
    quantity: int
    is_bought: bool
    inside: tuple[str, ...] = ()


def pieces(data: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Return the parts of a manifest, each after the parts that it consists of, with ids of their own.

    How many one unit has is counted through all levels; what is bought is not taken apart.
    """
    found: list[Piece] = []
    given = tuple(_given(data)) or tuple(_listed(data))
    _take(given, 1, 1, set(), found)
    return tuple(found)


def _take(given: Sequence[Mapping[str, Any]], times: int, depth: int, taken: set[str], found: list[Piece]) -> list[str]:
    """Add parts to what is found, and return their ids and those of what is in them."""
    ids: list[str] = []
    for number, part in enumerate(given, 1):
        if len(taken) >= _MOST_PARTS:
            break
        name = text.line(part.get("name") or part.get("title"), 120)
        id = _unlike(_id(part) or f"part-{number}", taken)
        taken.add(id)
        quantity = times * _count(part)
        is_bought = _is_bought(part)
        inner = () if is_bought or depth >= _DEEPEST else tuple(_given(part))
        inside = _take(inner, quantity, depth + 1, taken, found)
        found.append(Piece(part, id, name, quantity, is_bought, tuple(inside)))
        ids += [id, *inside]
    return ids


def _given(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the parts that stand in a manifest or a part. What two keys name, as Open Hardware Manager has it, is one.

    It says there all that either of them says.
    """
    found: list[Mapping[str, Any]] = []
    for key in _INSIDE:
        known = {id: at for at, part in enumerate(found) if (id := _id(part))}
        for one in _at(data.get(key)):
            at = known.get(_id(one), -1)
            if at < 0:
                found.append(one)
            else:
                found[at] = {**found[at], **{name: value for name, value in one.items() if value}}
    return found


def _at(values: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the parts of a list, or by their names."""
    if isinstance(values, dict) and values and all(isinstance(one, dict) for one in values.values()):
        values = [{"name": name, **one} for name, one in values.items()]
    yield from (one for one in values if isinstance(one, dict)) if isinstance(values, list) else ()


def _id(part: Mapping[str, Any]) -> str:
    return words.slug(text.line(part.get("name") or part.get("title"), 120))


def _listed(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield what a bill of materials lists, as far as it says how that comes about; screws and glue it does not."""
    for key in _BILLS:
        bill = data.get(key)
        values = [one for one in bill if isinstance(one, dict)] if isinstance(bill, list) else []
        for one in values or (_given(bill) if isinstance(bill, dict) else ()):
            inner = one.get("requirements")
            whole = {**(inner if isinstance(inner, dict) else {}), **one}
            if any(whole.get(name) for name in (*_SAID, "printing-process", *_INSIDE)) or _is_bought(one):
                yield whole


def _unlike(id: str, taken: set[str]) -> str:
    """Return an id that no part before has."""
    number = 2
    one = id
    while one in taken:
        one, number = f"{id[:60]}-{number}", number + 1
    return one


def _count(part: Mapping[str, Any]) -> int:
    """Return how many of a part there are, 1 where that is not said in pieces."""
    quantity = text.number(part.get("quantity") if "quantity" in part else part.get("qty"))
    is_whole = quantity is not None and quantity.is_integer() and 1 < quantity <= _MOST
    is_counted = words.term(text.line(part.get("unit"))) in _PIECES
    return int(quantity) if quantity is not None and is_whole and is_counted else 1


def _is_bought(part: Mapping[str, Any]) -> bool:
    said = (part.get(key) for key in ("procurement", "type", "source"))
    return any(words.term(text.line(one)) in _BOUGHT for one in said)


def parts(found: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return a design's `parts`."""
    made = []
    for piece in found:
        one = {"id": piece.id, "name": piece.name, "source": "bought" if piece.is_bought else "made"}
        made.append({key: value for key, value in one.items() if value} | _often(piece, "quantity"))
    return made


def _often(piece: Piece, key: str) -> dict[str, int]:
    return {key: piece.quantity} if 1 < piece.quantity <= _MOST else {}


def operations(data: Mapping[str, Any], found: Sequence[Piece], terms: Terms, notes: list[str]) -> list[dict[str, Any]]:
    """Return a design's `operations`: one for each process that a part names, then those of the whole."""
    made: list[dict[str, Any]] = []
    taken: set[str] = set()
    for piece in found:
        if piece.quantity > _MOST:
            notes.append(f"part `{piece.name}`: {piece.quantity} for one is more than a record holds: left out")
        for process in () if piece.is_bought else _processes(piece.said, terms):
            id = _unlike(words.slug(f"{process} {piece.id}"), taken)
            taken.add(id)
            facts = {**_facts(piece, process, terms, notes), **_often(piece, "quantity_per_unit")}
            made.append({"id": id, "part": piece.id, "process": process, **facts, **_after(process, piece, made)})
    whole = _of_the_whole(data, terms, {one["process"] for one in made})
    # Of several materials, or for one of several processes, nobody can tell which is for what.
    material = "" if made or len(whole) != 1 else _material(data, "the whole", terms, notes)
    for process in whole:
        id = _unlike(f"{process}-whole", taken)
        taken.add(id)
        before = {"after": [one["id"] for one in made]} if process == _ASSEMBLY and made else {}
        made.append({"id": id, "process": process, **({"material": material} if material else {}), **before})
    return made


def _after(process: str, piece: Piece, made: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what comes before parts are put together: whatever makes them."""
    inside = frozenset(piece.inside)
    before = [one["id"] for one in made if one["part"] in inside] if process == _ASSEMBLY else []
    return {"after": before} if before else {}


def _of_the_whole(data: Mapping[str, Any], terms: Terms, known: set[str]) -> list[str]:
    """Return what is done to the whole, or to no part that is named; putting together comes last."""
    specified = data.get("manufacturing-specs")
    several = [*_processes(data, terms), *(_processes(specified, terms) if isinstance(specified, dict) else ())]
    found = [process for process in dict.fromkeys(several) if process not in known]
    return sorted(found, key=lambda process: process == _ASSEMBLY)


def _processes(part: Mapping[str, Any], terms: Terms) -> list[str]:
    """Return the ids of what is done, each once: words that nobody understands are counted."""
    printing = terms.process(text.line(part.get("printing-process")))
    said = [word for key in _SAID for word in _words(part.get(key), _NAMES)]
    found = dict.fromkeys([printing, *(terms.process(word, _TSDC) for word in dict.fromkeys(said))])
    return [id for id in found if id and (id == printing or not (printing and id == _PRINTING))]


def _words(value: Any, names: Sequence[str]) -> Iterator[str]:
    """Yield the words of a list, and the names of what stands in it with more facts."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield next((word for name in names if (word := text.line(one.get(name)))), "")
        else:
            yield from text.items(one)


def _facts(piece: Piece, process: str, terms: Terms, notes: list[str]) -> dict[str, Any]:
    """Return what an operation must reach, as far as the manifest says it."""
    found: dict[str, Any] = {
        "material": _material(piece.said, f"part `{piece.name}`", terms, notes),
        "envelope_mm": okh_measures.envelope(piece.said, process),
        "tolerance": okh_measures.tolerance(piece.said),
    }
    return {key: value for key, value in found.items() if value}


def _material(part: Mapping[str, Any], whose: str, terms: Terms, notes: list[str]) -> str:
    """Return the one material that a part names, by any of its names; "" when it names none, or several."""
    said = part.get("material") or part.get("materials")
    several = [one for one in (said if isinstance(said, list) else [said]) if one]
    if len(several) != 1:
        if several:
            notes.append(f"{whose}: names several materials, and not which is for what: left out")
        return ""
    one = several[0]
    names = [word for key in _OF if (word := text.line(one.get(key)))] if isinstance(one, dict) else [text.line(one)]
    found = next((id for name in names if (id := terms.known_material(name))), "")
    if not found and names and names[0]:
        terms.material(names[0])
        notes.append(f"{whose}: material `{names[0]}` is not in the taxonomy: left out")
    return found
