"""Differences in; Markdown for a comment on a pull request out: short enough for a forge, and harmless."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..markdown import LIMIT, escaped
from .text import few, flat, head, name, told
from .values import Differences, Effect, Entry

_HEADING = "\n####"


def markdown(found: Differences, limit: int = LIMIT) -> str:
    """Return a comment of at most `limit` characters: what follows for the registry, then record by record."""
    parts = [*_effects(found.effects), *_entries(told(found.entries))]
    if not parts:
        return "No record differs.\n"
    kept = list(_fitting(parts, limit))
    left = sum(not part.startswith(_HEADING) for part in parts[len(kept) :])
    while kept and kept[-1].startswith(_HEADING):
        kept.pop()
    if left:
        kept.append(f"\n… and {left} more: `karakana diff` tells them.\n")
    return "".join(kept).lstrip("\n")


def _fitting(parts: Sequence[str], limit: int) -> Iterator[str]:
    length = 100  # for the line that says how many are left
    for part in parts:
        length += len(part)
        if length > limit:
            return
        yield part


def _effects(effects: Sequence[Effect]) -> Iterator[str]:
    if effects:
        yield "\n#### What follows, judged by process alone\n\n"
        yield from (f"- {_shown(effect.text)}\n" for effect in effects)


def _entries(entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield "\n#### What changed\n\n"
        yield from map(_entry, entries)


def _entry(entry: Entry) -> str:
    formerly = f", formerly {_shown(entry.formerly)}" if entry.formerly else ""
    said, left = few(entry)
    lines = [f"- **{_shown(head(entry))}:** {_shown(name(entry))}{formerly}"]
    lines += [f"  - {_shown(statement.text)}" for statement in said]
    lines += [f"  - and {left} more"] if left else []
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    return escaped(flat(text))
