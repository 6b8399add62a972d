"""Text that somebody gave as a value in; the same text in its one normal form out, or what in it cannot stand.

A contract is read, signed and hashed: nobody must sign letters that are not seen, or that turn the writing around.
Spaces and line ends become single spaces, letters their composed form (NFC). What is hidden is refused (`unseen`).
"""

from __future__ import annotations

import re
import unicodedata

from .. import unseen

LONGEST = 2_000  # characters of one value
_SPACE = " \t\r\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Several of any kind, or a line end: what comes after many of them is not seen.
_SPACES = re.compile(f"[{_SPACE}]{{2,}}|[\t\r\n\u2028\u2029]")
_ENDS = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")


def cleaned(text: str) -> str:
    """Return text on one line: NFC, with single spaces between words. What `fault` finds stays in it."""
    return _ENDS.sub("", spaced(unicodedata.normalize("NFC", text)))


def spaced(text: str) -> str:
    """Return text with single spaces between words; one that holds two words together stays."""
    return _SPACES.sub(" ", text)


def fault(text: str, longest: int = LONGEST) -> str:
    """Return what in a cleaned text cannot stand in a contract, or ""."""
    if not text:
        return "is empty"
    if len(text) > longest:
        return f"has {len(text)} characters; {longest} are allowed"
    return unseen.fault(text)
