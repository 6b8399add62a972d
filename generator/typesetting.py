"""A typst program and its inputs in; a PDF out, or the text in it of which no font has a letter. The home of typst.

Inputs are data, and never read as a command. Fonts of the system do not count, for the same bytes everywhere; those
that typst brings know Latin, Greek, Cyrillic, Arabic and Devanagari. Only PDF/A-2u refuses what it has no letter for:
without it such a letter is left out, or is a box, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import typst

_LACKING = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Lacking(NamedTuple):
    """A text of which no font has some letter."""

    text: str


class Press:
    """Sets pages with the fonts that typst brings, and those in some folders."""

    def __init__(self, fonts: Sequence[Path] = ()) -> None:
        self._compiler = typst.Compiler(ignore_system_fonts=True, font_paths=[str(folder) for folder in fonts])

    def plain(self, program: bytes, inputs: Mapping[str, str]) -> bytes:
        """Return the PDF; the program names its date, or none, so that its bytes are always the same."""
        made = self._compiler.compile(program, format="pdf", sys_inputs=dict(inputs), timestamp=0)
        return made if isinstance(made, bytes) else b""

    def archival(self, program: bytes, inputs: Mapping[str, str]) -> bytes | Lacking:
        """Return a PDF/A-2u, in which every letter can be seen, or the first text of which that cannot be."""
        try:
            made = self._compiler.compile(
                program, format="pdf", sys_inputs=dict(inputs), pdf_standards="a-2u", timestamp=0
            )
        except typst.TypstError as error:
            found = _LACKING.search(error.message)
            if found is None:
                raise
            return Lacking(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), found["text"]))
        return made if isinstance(made, bytes) else b""
