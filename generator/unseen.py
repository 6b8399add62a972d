"""A text in; what in it nobody can see, or turns the direction of writing, out. For texts that people sign.

What is hidden is refused and not taken out: whoever gave it should know. A joiner stays where it shapes letters, as in
Persian and in Indian scripts.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_SHAPED = re.compile(r"[\u0600-\u0dff]\Z")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters of no width that Unicode does not count as format characters, or not in each of its versions: fillers,
# selectors of other forms, what joins hieroglyphs, places that are kept for more of them, and what is no character.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2065\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8\U00013430-\U0001343f\U000e0000-\U000e0fff]"
)
_HIDDEN = ("Cc", "Cf", "Co", "Cs")
_MARKS_IN_A_ROW = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{5}")


def fault(text: str) -> str:
    """Return what in a text of one line cannot stand in a contract, as the rest of a sentence about it, or ""."""
    if text.isascii() and text.isprintable():
        return ""
    for before, char in zip(" " + text, text, strict=False):
        if found := _fault(char, before):
            return found
    return "heaps marks on one letter" if _MARKS_IN_A_ROW.search(text) else ""


def _fault(char: str, before: str) -> str:
    if char in _TURNING:
        return f"holds U+{ord(char):04X}, which turns the direction of writing"
    if char in _JOINERS and _SHAPED.match(before):
        return ""
    if unicodedata.category(char) in _HIDDEN or _UNSEEN.match(char) or ord(char) & 0xFFFE == 0xFFFE:
        return f"holds U+{ord(char):04X}, which cannot be seen"
    return ""
