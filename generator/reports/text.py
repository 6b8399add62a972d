"""Diagnostics in; plain lines for pipes, or lines with the guilty source for people, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ..diagnostics import Diagnostic, Severity

SourceLine = Callable[[str, int], str]


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
    rows = [_flat(f"{one.severity}: {one.message}  [{one.rule}]"), f"  --> {one.location}"]
    source = source_line(one.location.path, one.location.line) if one.location.line else ""
    if source:
        number = str(one.location.line)
        marker = " " * (one.location.column - 1) + "^"
        rows += [f"  {number} | {_flat(source)}", f"  {' ' * len(number)} | {marker}"]
    rows += [f"  see {related.location}: {_flat(related.message)}" for related in one.related]
    if one.hint:
        rows.append(f"  help: {_flat(one.hint)}")
    return "\n".join(rows) + "\n"


def _flat(text: str) -> str:
    """Return text on one line, with control characters shown and not sent to the terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def tally(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the counts in words: `2 errors, 1 warning`."""
    counts = Counter(one.severity for one in diagnostics)
    words = [f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in Severity if counts[kind]]
    return ", ".join(words) or "no findings"
