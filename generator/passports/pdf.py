"""The picture of a card in; the same as a PDF of its size out, or the letters that no font here has.

In a picture typst leaves out what it has no letter for, and says nothing: so letters are tried one by one.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from ..typesetting import Lacking, Press
from .card import Format

_PAGE = b"""\
#set document(title: sys.inputs.title, date: none)
#set page(width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: 100%, height: 100%)
"""
_LETTERS = b"""\
#set document(title: "letters", date: datetime(year: 2000, month: 1, day: 1))
#sys.inputs.letters
"""
_SVG = "{http://www.w3.org/2000/svg}"


def pdf(picture: str, paper: Format, fonts: Sequence[Path] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF and nothing, or b"" and the letters that no font has. `fonts` are folders with more fonts."""
    press, tree = Press(fonts), ET.fromstring(picture)
    texts = ["".join(one.itertext()).strip("\u2067\u2069") for one in tree.iter(f"{_SVG}text")]
    letters = sorted({letter for text in texts for letter in _letters(text)})
    lacking = tuple(letter for letter in letters if isinstance(press.archival(_LETTERS, {"letters": letter}), Lacking))
    if lacking:
        return b"", lacking
    inputs = {"picture": picture, "width": str(paper.width), "height": str(paper.height)}
    inputs["title"] = tree.findtext(f"{_SVG}title", "")
    return press.plain(_PAGE, inputs), ()


def _letters(text: str) -> list[str]:
    """Return the letters of a text, each with its marks."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.category(char).startswith("M"):
            found[-1] += char
        else:
            found.append(char)
    return found
