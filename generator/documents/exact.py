"""Any file's bytes in; data as far as it goes, the position of every key and value, and every problem out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from ..diagnostics import Key, Rule, Severity
from .key_material import private_keys, told
from .rules import (
    ALIAS,
    BYTE_ORDER_MARK,
    CARRIAGE_RETURN,
    CONTROL_CHARACTER,
    DUPLICATE_KEY,
    EMPTY_FILE,
    KEY_NOT_TEXT,
    LIMIT_BYTES,
    LIMIT_DEPTH,
    NOT_UTF_8,
    NUMBER_OUT_OF_RANGE,
    PRIVATE_KEY_MATERIAL,
    SEVERAL_DOCUMENTS,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
    YAML_SYNTAX,
    Problem,
)
from .scalars import FORBIDDEN, resolve


@dataclass(frozen=True, slots=True)
class Span:
    """Where a key and its value begin, as (line, column) from 1; a list's item has no key of its own."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(slots=True)
class Examination:
    """The exact reading of one file: its data as far as it goes, every position, every problem.

    At the keys of `unread` the data holds a stand-in for a value that a problem speaks of.
    """

    data: Any = None
    spans: dict[tuple[Key, ...], Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[tuple[Key, ...]] = field(default_factory=set)

    @property
    def is_broken(self) -> bool:
        """Whether a problem makes the data unfit for use."""
        return any(problem.rule.severity is Severity.ERROR for problem in self.problems)

    def find(self, keys: tuple[Key, ...], *, on_key: bool) -> tuple[int, int]:
        """Return line and column of the value (or key) at `keys`, or of the nearest thing around it."""
        while keys not in self.spans and keys:
            keys, on_key = keys[:-1], True
        span = self.spans.get(keys)
        if span is None:
            return (1, 1)
        return span.key if on_key else span.value


def examine(source: bytes) -> Examination:
    """Return data, positions and every problem of one file. Never raises for what the file holds."""
    result = Examination()
    if len(source) > LIMIT_BYTES:
        result.problems.append(Problem(TOO_LARGE, f"the file has more than {LIMIT_BYTES:,} bytes"))
        return result
    text = _decode(source, result.problems)
    if text is None:
        return result
    for found in private_keys(source):
        line = source.count(b"\n", 0, found.at) + 1
        column = found.at - source.rfind(b"\n", 0, found.at)
        result.problems.append(Problem(PRIVATE_KEY_MATERIAL, told(found), line, column))
    try:
        _Builder(result).read(text)
    except yaml.MarkedYAMLError as error:
        message = ", ".join(part for part in (error.context, error.problem) if part)
        result.problems.append(Problem(YAML_SYNTAX, message, *_place_of(error, text)))
    except yaml.YAMLError as error:
        result.problems.append(Problem(YAML_SYNTAX, " ".join(str(error).split())))
    except _TooDeepError as error:
        result.problems.append(Problem(TOO_DEEP, f"more than {LIMIT_DEPTH} levels", *error.args))
    return result


def _decode(source: bytes, problems: list[Problem]) -> str | None:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_line_feeds(source[: error.start].decode("utf-8").removeprefix("\ufeff"))
        message = f"byte 0x{source[error.start]:02x} is not UTF-8"
        problems.append(Problem(NOT_UTF_8, message, *place(before, len(before))))
        return None
    if text.startswith("\ufeff"):
        problems.append(Problem(BYTE_ORDER_MARK, "the file begins with U+FEFF", 1, 1))
        text = text[1:]
    if "\r" in text:
        line, column = place(text, text.index("\r"))
        problems.append(Problem(CARRIAGE_RETURN, "a carriage return ends the line", line, column))
        text = _with_line_feeds(text)
    bad = list(FORBIDDEN.finditer(text))
    for match in bad[:20]:
        message = f"character U+{ord(match.group()):04X} is not allowed"
        problems.append(Problem(CONTROL_CHARACTER, message, *place(text, match.start())))
    return None if bad else text


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place_of(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    """Return line and column of a syntax error; of what was begun, when the file ends before it does."""
    marks: list[Any] = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    inside = [mark for mark in marks if mark.index < len(text)]
    return (inside[0].line + 1, inside[0].column + 1) if inside else (0, 0)


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of a character of a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"


class _TooDeepError(Exception):
    """Nested deeper than the limit, at (line, column)."""


class _Builder:
    """Builds data and positions from events, going on after every problem that allows it."""

    def __init__(self, result: Examination) -> None:
        self.result = result
        self.events: Iterator[Any] = iter(())
        self.end = (1, 1)

    def problem(self, rule: Rule, message: str, event: Any) -> None:
        self.result.problems.append(Problem(rule, message, *self.start(event)))

    def read(self, text: str) -> None:
        parser = CParser(text)
        self.end = place(text, len(text))
        self.events = iter(parser.get_event, None)
        next(self.events)
        first = next(self.events)
        if isinstance(first, yaml.StreamEndEvent):
            self.result.problems.append(Problem(EMPTY_FILE, "the file holds no record"))
            return
        root = next(self.events)
        self.result.data = self.value(root, (), self.start(root))
        next(self.events)
        after = next(self.events)
        if self.result.data is None and not self.result.problems:
            self.result.problems.append(Problem(EMPTY_FILE, "the file holds no record"))
        if not isinstance(after, yaml.StreamEndEvent):
            self.problem(SEVERAL_DOCUMENTS, "a second document begins here", after)

    def start(self, event: Any) -> tuple[int, int]:
        # The parser puts what a file without a last line feed leaves out on a line that is not there.
        return min((event.start_mark.line + 1, event.start_mark.column + 1), self.end)

    def value(self, event: Any, keys: tuple[Key, ...], key_start: tuple[int, int]) -> Any:
        self.result.spans[keys] = Span(key_start, self.start(event))
        if len(keys) >= LIMIT_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            raise _TooDeepError(*self.start(event))
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.problem(ALIAS, f"`{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}`", event)
        if isinstance(event, yaml.AliasEvent):
            self.result.unread.add(keys)
            return None
        if event.tag is not None:
            self.problem(TAG, f"tag `{_shown(event.tag)}`", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(keys)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(keys)
        return self.scalar(event, keys)

    def scalar(self, event: Any, keys: tuple[Key, ...]) -> Any:
        if event.tag is not None:
            self.result.unread.add(keys)
        if not event.implicit[0]:
            return self.quoted(event)
        try:
            return resolve(event.value)
        except OverflowError:
            self.problem(NUMBER_OUT_OF_RANGE, f"number `{_shown(event.value)}` is out of range", event)
            self.result.unread.add(keys)
            return 0

    def quoted(self, event: Any) -> str:
        """Return a text without the characters that only an escape such as "\\x00" can bring in."""
        text: str = event.value
        for char in sorted({*FORBIDDEN.findall(text), *("\r" if "\r" in text else "")}):
            self.problem(CONTROL_CHARACTER, f"character U+{ord(char):04X} is not allowed", event)
            text = text.replace(char, "")
        return text

    def sequence(self, keys: tuple[Key, ...]) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, (*keys, len(items)), self.start(event)))
        return items

    def mapping(self, keys: tuple[Key, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, keys)
            is_known = key in found
            if is_known:
                self.problem(DUPLICATE_KEY, f"key `{_shown(str(key))}` stands twice", event)
            # A value under a bad key is read for its problems, then dropped.
            here: tuple[Key, ...] = (*keys, key) if isinstance(key, str) and not is_known else (*keys, "\0")
            value = self.value(next(self.events), here, self.start(event))
            if isinstance(key, str) and not is_known:
                found[key] = value
        return found

    def key(self, event: Any, keys: tuple[Key, ...]) -> str | None:
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None:
            value = self.scalar(event, (*keys, "\0"))
            if isinstance(value, str):
                return value
            self.problem(KEY_NOT_TEXT, f"key `{_shown(event.value)}` is not text", event)
            return None
        if isinstance(event, yaml.AliasEvent):
            self.problem(ALIAS, f"`*{event.anchor}`", event)
            return None
        self.problem(KEY_NOT_TEXT, "a key is a list, a mapping, or has a tag or an anchor", event)
        self.value(event, (*keys, "\0"), self.start(event))
        return None
