"""A filled contract in; the same text as a PDF out, or the characters that no font has. The home of typst.

The program that sets the pages stands in `generator/data/contract.typ` and is always the same; the contract is its
data, so that nothing in a value is ever read as a command. PDF/A-2u refuses a text with a letter that it cannot show:
a contract with a box in place of a name must not be signed. Fonts of the system do not count, for the same bytes
everywhere; those that typst brings know Latin, Greek, Cyrillic, Arabic and Devanagari.
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

import typst

from . import wording
from .rendering import notes
from .values import Filled

PROGRAM = Path(__file__).parent.parent / "data" / "contract.typ"
_LACKING = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST = 20  # characters that are named before it gives up
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
_WORDS = ("variables", "terms", "signatures", "name", "place", "signature")


def pdf(filled: Filled, fonts: Sequence[Path] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF and nothing, or b"" and the characters that no font has. `fonts` are folders with more fonts."""
    data = json.dumps(_data(filled), ensure_ascii=False)
    compiler = typst.Compiler(ignore_system_fonts=True, font_paths=[str(folder) for folder in fonts])
    lacking: list[str] = []
    while True:
        try:
            made = compiler.compile(
                PROGRAM.read_bytes(), format="pdf", sys_inputs={"contract": data}, pdf_standards="a-2u", timestamp=0
            )
        except typst.TypstError as error:
            found = _LACKING.search(error.message)
            if found is None:
                raise
            new = _named(_ESCAPED.sub(_char, found["text"]), data)
            if not new:
                raise
            lacking += new
            data = data.translate(dict.fromkeys(map(ord, lacking)))  # without them, for what else is lacking
            if len(lacking) < _MOST:
                continue
            return b"", tuple(lacking)
        return (b"", tuple(lacking)) if lacking or not isinstance(made, bytes) else (made, ())


def _named(text: str, data: str) -> tuple[str, ...]:
    """Return what no font has in a text: its foreign letters, or the marks on letters that every font has."""
    letters = dict.fromkeys(char for char in text if not char.isascii())
    marks = (mark for base, mark in pairwise(data) if base in text and unicodedata.category(mark).startswith("M"))
    return tuple(letters or dict.fromkeys(marks))


def _char(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


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
