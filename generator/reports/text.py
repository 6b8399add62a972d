"""Diagnostics in; plain lines for pipes, or lines with the guilty source for people, out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from ..diagnostics import Diagnostic, Severity

SourceLine = Callable[[str, int], str]
_SHOWN = 160  # characters of a guilty line


def lines(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line for each diagnostic: `path:line:column: severity: rule: message (hint)`."""
    return "".join(_line(one) + "\n" for one in diagnostics)


def _line(one: Diagnostic) -> str:
    hint = f" ({one.hint})" if one.hint else ""
    return _flat(f"{one.location}: {one.severity}: {one.rule}: {one.message}{hint}")


def with_sources(diagnostics: Sequence[Diagnostic], source_line: SourceLine) -> str:
    """Return a paragraph for each diagnostic, with the guilty line and what to do."""
    return "\n".join(_paragraph(one, source_line) for one in diagnostics)


def _paragraph(one: Diagnostic, source_line: SourceLine) -> str:
    rows = [_flat(f"{one.severity}: {one.message}  [{one.rule}]"), _flat(f"  --> {one.location}")]
    source = source_line(one.location.path, one.location.line) if one.location.line else ""
    if source:
        number = str(one.location.line)
        begin = max(0, one.location.column - 1 - _SHOWN // 2) if len(source) > _SHOWN else 0
        marker = " " * _width(_flat(source[begin : one.location.column - 1])) + "^"
        rows += [f"  {number} | {_flat(source[begin : begin + _SHOWN])}", f"  {' ' * len(number)} | {marker}"]
    rows += [_flat(f"  see {related.location}: {related.message}") for related in one.related]
    if one.hint:
        rows.append(f"  help: {_flat(one.hint)}")
    return "\n".join(rows) + "\n"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: letters of East Asia and emoji take two, accents none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _flat(text: str) -> str:
    """Return text on one line, with control characters shown and not sent to the terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the counts in words: `2 errors, 1 warning`."""
    counts = Counter(one.severity for one in diagnostics)
    words = [f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in Severity if counts[kind]]
    return ", ".join(words) or "no findings"
