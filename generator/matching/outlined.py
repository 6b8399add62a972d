"""Headings with lines in; text for a terminal, or Markdown, out, in which words of strangers are only words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..markdown import cut, escaped, visible
from .aims import DESIGN, Aim

_WIDTH = 80
_NAMED = 5


class Block(NamedTuple):
    """A heading, lines below it, and how many more there would be; with no lines, what is said instead."""

    title: str
    lines: tuple[str, ...]
    more: int = 0
    nothing: str = ""


def text(title: str, blocks: Sequence[Block]) -> str:
    """Return lines of at most 80 columns, as far as words allow."""
    return "\n".join(line for line in (*_wrapped(title, ""), *(line for one in blocks for line in _text(one)))) + "\n"


def _text(block: Block) -> Iterator[str]:
    yield ""
    yield from _wrapped(block.title, "")
    for line in block.lines or (block.nothing,):
        yield from _wrapped(line, "  ")
    if block.more:
        yield f"  … and {block.more:,} more: --limit {len(block.lines) + block.more}"


def _wrapped(said: str, lead: str) -> Iterator[str]:
    yield from textwrap.wrap(
        visible(said), _WIDTH, initial_indent=lead, subsequent_indent=f"{lead}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def markdown(title: str, blocks: Sequence[Block]) -> str:
    """Return a heading, and a list below each heading."""
    return cut("\n".join((f"### {escaped(title)}", *(line for one in blocks for line in _markdown(one)))) + "\n")


def _markdown(block: Block) -> Iterator[str]:
    yield f"\n#### {escaped(block.title)}\n"
    yield from (f"- {escaped(line)}" for line in block.lines or (block.nothing,))
    if block.more:
        yield f"- … and {block.more:,} more"


def counted(number: int, word: str) -> str:
    """Return "1 hub" or "12 hubs"."""
    return f"{number:,} {word}" + ("" if number == 1 else "es" if word.endswith("s") else "s")


def named(aims: Sequence[Aim]) -> str:
    """Return how many designs and requests there are, and the first few."""
    designs = sum(aim.kind == DESIGN for aim in aims)
    counts = ((designs, "design"), (len(aims) - designs, "request"))
    what = " and ".join(counted(number, word) for number, word in counts if number)
    more = f" and {len(aims) - _NAMED} more" if len(aims) > _NAMED else ""
    return f"{what or 'nothing'} ({', '.join(aim.id for aim in aims[:_NAMED])}{more})" if aims else "nothing"
