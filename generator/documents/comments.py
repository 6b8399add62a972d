"""A readable file's text in; its comments out, by the keys they stand at."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from yaml.cyaml import CParser

from ..diagnostics import Key
from .exact import place


@dataclass(frozen=True, slots=True)
class Comments:
    """A file's comments by the keys they stand at: lines before an entry, a tail on its line, and the last lines."""

    before: Mapping[tuple[Key, ...], tuple[str, ...]]
    after: Mapping[tuple[Key, ...], str]
    last: tuple[str, ...]


_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)


def read_comments(text: str) -> Comments:
    """Return the comments of a text that `examine` found no error in."""
    entries, scalars = _entries(text)
    starts = [line for line, _ in entries]
    inside = [start for start, _ in scalars]
    before: dict[tuple[Key, ...], tuple[str, ...]] = {}
    after: dict[tuple[Key, ...], str] = {}
    last: list[str] = []
    for match in _COMMENT.finditer(text):
        at = bisect.bisect_right(inside, match.start()) - 1
        if at >= 0 and match.start() < scalars[at][1]:
            continue
        line, _ = place(text, match.start())
        begins_line = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        following = bisect.bisect_left(starts, line)
        if not begins_line and bisect.bisect_right(starts, line) > 0:
            keys = entries[bisect.bisect_right(starts, line) - 1][1]
            after[keys] = after.get(keys, "") + " " + match.group().rstrip()
        elif following < len(entries):
            keys = entries[following][1]
            before[keys] = (*before.get(keys, ()), match.group().rstrip())
        else:
            last.append(match.group().rstrip())
    return Comments(before, after, tuple(last))


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
        is_key = bool(counts) and counts[-1] == -1
        if counts:
            line = event.start_mark.line + 1
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
            scalars.append((event.start_mark.index, event.end_mark.index))
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(stack[-1] if stack else ())
            counts.append(0 if isinstance(event, yaml.SequenceStartEvent) else -1)
            flows.append(bool(event.flow_style))
    return entries, scalars
