"""Differences in; lines for a terminal out, and the parts of a report that other printers share.

Text of strangers stays on its line, and what a terminal would obey or turn is shown as its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import markdown
from .values import Differences, Entry, Statement

STATEMENTS = 40  # of one record that are printed


def text(found: Differences) -> str:
    """Return the differences for people at a terminal."""
    lines = [line for entry in told(found.entries) for line in _entry(entry)]
    if found.effects:
        lines += ["", "what follows, judged by process alone:"] if lines else []
        lines += [f"  {visible(effect.text)}" for effect in found.effects]
    return "\n".join(lines or ["no differences"]) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"{head(entry)}: {visible(name(entry))}" + visible(f", formerly {entry.formerly}" if entry.formerly else "")
    said, left = few(entry)
    yield from (f"  {visible(statement.text)}" for statement in said)
    if left:
        yield f"  and {left} more"


def told(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that no other one tells of."""
    paths = {entry.path for entry in entries}
    return tuple(entry for entry in entries if not entry.told_in or entry.told_in not in paths)


def head(entry: Entry) -> str:
    """Return what is said before a record's name: what happened to what."""
    return f"{'rewritten' if entry.how == 'format' else entry.how} {entry.kind or 'file'}"


def name(entry: Entry) -> str:
    """Return a record's name and id."""
    return (
        f"{entry.name} ({entry.id})" if entry.id and entry.name and entry.name != entry.id else entry.name or entry.id
    )


def few(entry: Entry) -> tuple[tuple[Statement, ...], int]:
    """Return the statements that are printed of an entry, and how many more there are."""
    return entry.statements[:STATEMENTS], max(0, len(entry.statements) - STATEMENTS)


def visible(text: str) -> str:
    """Return text on one line, with control characters, and those that turn or hide text, shown as their numbers."""
    return markdown.visible(flat(text))


def flat(text: str) -> str:
    """Return text on one line, its words parted by single spaces."""
    return " ".join(text.split())
