"""A text and the width of a column in; the lines that surely fit, the last with an ellipsis when there is more, out.

Widths are those of a wide sans serif (DejaVu Sans), since nobody knows which font prints a picture.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from .. import unseen

_NARROW, _BROAD = frozenset("iljtfrI.,:;'’|!()[]-/ "), frozenset("mwMW@%&—…œæÆŒ")
_BOLD = 1.14
_HIDDEN = ("Mn", "Me", "Cf")
_ELLIPSIS = "…"


def clean(text: str) -> str:
    """Return a text in one line, without what cannot be seen or turns the direction of writing."""
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    # A joiner alone is judged with the letter before it; everything else by itself.
    return "".join(
        char for before, char in zip(" " + shown, shown, strict=False) if not unseen.fault(_in(before, char))
    )


def _in(before: str, char: str) -> str:
    return before + char if unicodedata.category(char) == "Cf" and not unseen.fault(before) else char


def is_rtl(text: str, otherwise: str = "ltr") -> bool:
    """Tell whether a text runs from right to left: its first letter with a direction decides."""
    for char in text:
        found = unicodedata.bidirectional(char)
        if found in ("L", "R", "AL"):
            return found != "L"
    return otherwise == "rtl"


def width(text: str, *, is_bold: bool) -> float:
    """Return the width of a text in ems, rather too much than too little."""
    return sum(map(_ems, text)) * (_BOLD if is_bold else 1)


def _ems(char: str) -> float:
    if unicodedata.category(char) in _HIDDEN:
        return 0
    if char in _NARROW:
        return 0.43
    if char in _BROAD or unicodedata.east_asian_width(char) in "WF":
        return 1.02
    return 0.74 if char.isupper() or not char.isascii() else 0.64


def lines(text: str, ems: float, most: int, *, is_bold: bool) -> tuple[str, ...]:
    """Return a text in at most so many lines of a width in ems, broken between words where it can be."""
    found: list[str] = []
    line = ""
    for word in _words(text, ems, is_bold):
        longer = f"{line} {word}" if line else word
        if line and width(longer, is_bold=is_bold) > ems:
            found.append(line)
            longer = word
        line = longer
    found += [line] if line else []
    if len(found) <= most:
        return tuple(found)
    return (*found[: most - 1], _cut(" ".join(found[most - 1 :]), ems, is_bold))


def _words(text: str, ems: float, is_bold: bool) -> Iterator[str]:
    """Yield words, those wider than a line in pieces."""
    for word in text.split():
        rest = word
        while rest:
            head = _head(rest, ems, is_bold)
            if head != rest and (end := 1 + max(map(head.rfind, "/-"))) > len(head) // 3:
                head = head[:end]  # an address breaks better after a slash
            yield head
            rest = rest[len(head) :]


def _head(word: str, ems: float, is_bold: bool) -> str:
    """Return as much of a word as a line takes, one letter at least, and no letter without its marks."""
    end, total = 0, 0.0
    for at, char in enumerate(word, start=1):
        total += width(char, is_bold=is_bold)
        if total > ems and end:
            return word[:end]
        end = at
    return word


def _cut(text: str, ems: float, is_bold: bool) -> str:
    room = ems - width(_ELLIPSIS, is_bold=is_bold)
    return _head(text, room, is_bold).rstrip() + _ELLIPSIS
