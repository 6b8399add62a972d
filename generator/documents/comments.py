"""A readable file's text in; its comments out, by the keys they stand at."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml._yaml import CParser

from ..diagnostics import Key
from .exact import place


@dataclass(frozen=True, slots=True)
class Comments:
    """A file's comments: its first lines, and by the keys they stand at lines before an entry and a tail on its line.

    First lines are those that a blank line parts from what follows, and what tells an editor the schema.
    """

    first: tuple[str, ...]
    before: Mapping[tuple[Key, ...], tuple[str, ...]]
    after: Mapping[tuple[Key, ...], str]
    last: tuple[str, ...]


_FIRST = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]*\n|[ \t]*# *yaml-language-server:[^\n]*\n)")


def read_comments(text: str) -> Comments:
    """Return the comments of a text that `examine` found no error in."""
    entries, scalars = _entries(text)
    lines = [line for line, _ in entries]
    top = match.end() if (match := _FIRST.match(text)) else 0
    first: list[str] = []
    before: dict[tuple[Key, ...], tuple[str, ...]] = {}
    after: dict[tuple[Key, ...], str] = {}
    last: list[str] = []
    for start, comment in _found(text, scalars):
        line, column = place(text, start)
        begins_line = not text[start - column + 1 : start].strip(" \t-")
        begun, following = bisect.bisect_right(lines, line), bisect.bisect_left(lines, line)
        if start < top and entries:
            first.append(comment)
        elif not begins_line and begun > 0:
            keys = entries[begun - 1][1]
            after[keys] = f"{after.get(keys, '')} {comment}"
        elif following < len(entries):
            keys = entries[following][1]
            before[keys] = (*before.get(keys, ()), comment)
        else:
            last.append(comment)
    return Comments(tuple(first), before, after, tuple(last))


def _found(text: str, scalars: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the place and the text of each comment: a `#` outside of scalars, and the rest of its line."""
    starts = [start for start, _ in scalars]
    at = text.find("#")
    while at >= 0:
        around = bisect.bisect_right(starts, at) - 1
        end = scalars[around][1] if around >= 0 else 0
        if at >= end:
            end = len(text) if (feed := text.find("\n", at)) < 0 else feed
            yield at, text[at:end].rstrip()
        at = text.find("#", end)


def _entries(text: str) -> tuple[list[tuple[int, tuple[Key, ...]]], list[tuple[int, int]]]:
    """Return (line, keys) of each key and block item in order, and (start, end) of each scalar's characters."""
    entries: list[tuple[int, tuple[Key, ...]]] = []
    scalars: list[tuple[int, int]] = []
    stack: list[tuple[Key, ...]] = []
    counts: list[int] = []  # items so far; -1 for a mapping that waits for a key, -2 for one that waits for a value
    flows: list[bool] = []
    parser = CParser(text)
    for event in iter(parser.get_event, None):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop(), counts.pop(), flows.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        start: Any = event.start_mark
        end: Any = event.end_mark
        is_key = bool(counts) and counts[-1] == -1
        if counts:
            line = start.line + 1
            if is_key:
                stack[-1] = (*stack[-1][: len(stack) - 1], getattr(event, "value", ""))
                entries.append((line, stack[-1]))
            elif counts[-1] >= 0:
                stack[-1] = (*stack[-1][: len(stack) - 1], counts[-1])
                counts[-1] += 1
                if not flows[-1]:
                    entries.append((line, stack[-1]))
            if counts[-1] < 0:
                counts[-1] = -2 if is_key else -1
        if isinstance(event, yaml.ScalarEvent):
            # What follows `|` on its line is no part of a block's text.
            begin = text.find("\n", start.index) if event.style in ("|", ">") else start.index
            scalars.append((begin, end.index))
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(stack[-1] if stack else ())
            counts.append(0 if isinstance(event, yaml.SequenceStartEvent) else -1)
            flows.append(bool(event.flow_style))
    return entries, scalars
