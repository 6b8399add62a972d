"""A filled contract in; the same text as a PDF out, or the characters that no font has.

The program that sets the pages stands in `generator/data/contract.typ` and is always the same; the contract is its
data, so that nothing in a value is ever read as a command. PDF/A-2u refuses a text with a letter that it cannot show:
a contract with a box in place of a name must not be signed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..typesetting import Lacking, Press
from . import wording
from .rendering import notes
from .values import Filled

PROGRAM = Path(__file__).parent.parent / "data" / "contract.typ"
_MOST = 20  # characters that are named before it gives up
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
_WORDS = ("variables", "terms", "signatures", "name", "place", "signature")


def pdf(filled: Filled, fonts: Sequence[Path] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF and nothing, or b"" and the characters that no font has. `fonts` are folders with more fonts."""
    data, press = json.dumps(_data(filled), ensure_ascii=False), Press(fonts)
    program, lacking = PROGRAM.read_bytes(), list[str]()
    while len(lacking) < _MOST:
        made = press.archival(program, {"contract": data})
        if not isinstance(made, Lacking):
            return (b"" if lacking else made), tuple(lacking)
        new = _named(made.text, data)
        if not new:
            raise ValueError(f"no letter of {made.text!r} is foreign, and one of it cannot be shown")
        lacking += new
        data = data.translate(dict.fromkeys(map(ord, lacking)))  # without them, for what else is lacking
    return b"", tuple(lacking)


def _named(text: str, data: str) -> tuple[str, ...]:
    """Return what no font has in a text: its foreign letters, or the marks on letters that every font has."""
    letters = dict.fromkeys(char for char in text if not char.isascii())
    marks = (mark for base, mark in pairwise(data) if base in text and unicodedata.category(mark).startswith("M"))
    return tuple(letters or dict.fromkeys(marks))


def _data(filled: Filled) -> dict[str, Any]:
    said = filled.language
    return {
        "language": said.partition("-")[0],
        "direction": wording.word("direction", said),
        "day": _day(filled),
        "title": filled.title,
        "notes": list(notes(filled)),
        "words": {name: wording.word(name, said) for name in _WORDS},
        "cover": [{"label": one.label, "printed": one.printed} for one in filled.cover],
        "clauses": [
            {"number": one.number, "heading": one.heading, "blocks": [block._asdict() for block in one.blocks]}
            for one in filled.clauses
        ],
        "parties": [party._asdict() for party in filled.parties],
    }


def _day(filled: Filled) -> tuple[int, int, int]:
    """Return the date that the file bears: the earliest one in the contract; a file of this kind must have one."""
    days = sorted(found for one in filled.parameters.values() if (found := _read(one)) is not None)
    first = days[0] if days else date(2000, 1, 1)
    return first.year, first.month, first.day


def _read(value: Any) -> date | None:
    """Return the date that a value is, if it is one: a text may look like a date, and be a day that no calendar has."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.match(value) else None
    except ValueError:
        return None
