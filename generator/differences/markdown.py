"""Differences in; Markdown for a comment on a pull request out: short enough for a forge, and harmless.

What strangers wrote is shown as text: it names nobody, links nowhere, and makes no markup. Sources: CommonMark 0.31,
GitHub Flavored Markdown's autolinks, and the references of GitHub, GitLab and Forgejo. Forges look for references in
the text that is shown, so that a backslash is not enough: they are broken by a space of no width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .text import few, head, name, told, visible
from .values import Differences, Effect, Entry

LIMIT = 60_000  # a comment on GitHub holds 65,536 characters
_NO_WIDTH = "\u200b"
_HEADING = "\n####"
_REFERENCE = re.compile(
    r"[@#!~%$&^](?=\S)|:(?=[/\w+-])|www(?=\.)|gh-(?=[0-9])|\b[0-9a-f]{6}(?=[0-9a-f]+\b)", re.IGNORECASE
)
_MARKUP = str.maketrans(
    {char: f"\\{char}" for char in r"\`*_{}[]()#|!~^$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}
)
_BLOCK = re.compile(r"\A([-+=:]|[0-9]+(?=[.)]))")


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
        yield from (f"- {escaped(effect.text)}\n" for effect in effects)


def _entries(entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield "\n#### What changed\n\n"
        yield from map(_entry, entries)


def _entry(entry: Entry) -> str:
    formerly = f", formerly {escaped(entry.formerly)}" if entry.formerly else ""
    said, left = few(entry)
    lines = [f"- **{escaped(head(entry))}:** {escaped(name(entry))}{formerly}"]
    lines += [f"  - {escaped(statement.text)}" for statement in said]
    lines += [f"  - and {left} more"] if left else []
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text as Markdown that shows just that text."""
    broken = _REFERENCE.sub(lambda found: found[0] + _NO_WIDTH, visible(text))
    return _BLOCK.sub(r"\\\1" if not broken[:1].isdigit() else rf"\1{_NO_WIDTH}", broken.translate(_MARKUP))
