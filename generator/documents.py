"""One file's bytes in; plain data (JSON's types only) out, with positions and problems on demand.

YAML is read as JSON's types: `null`, `true`, `false` and JSON numbers are those, everything else is
text (`no`, `12:30`, `2024-01-01`, `007`). Anchors, aliases, tags, duplicate keys and keys that are no
text are problems. `parse` is the bulk path: it keeps no positions and gives up at the first oddity.
`examine` is the exact one: it finds every problem and the line and column of every key and value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser

from .diagnostics import Key, Rule, Severity, rule

LIMIT_BYTES = 64 * 1024
LIMIT_DEPTH = 24
LIMIT_DIGITS = 30

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_NUMBER_START = frozenset("-0123456789")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
# C0 and C1 controls, DEL, line separators, BOM, non-characters; tab and newline are YAML's own affair.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

NOT_UTF_8 = rule(
    "not-utf-8",
    Severity.ERROR,
    """The file is not UTF-8.

Save it as UTF-8. An old spreadsheet or editor may have written it in a national code page.""",
)
BYTE_ORDER_MARK = rule(
    "byte-order-mark",
    Severity.WARNING,
    """The file begins with a byte order mark.

It is read all the same. `karakana fmt` takes the mark away.""",
)
CARRIAGE_RETURN = rule(
    "carriage-return",
    Severity.WARNING,
    """The file has Windows line ends.

It is read all the same. `karakana fmt` writes plain line feeds.""",
)
CONTROL_CHARACTER = rule(
    "control-character",
    Severity.ERROR,
    """The file holds a character that cannot be seen.

Control characters, line separators and NUL come from copying out of other programs. Delete them.""",
)
TOO_LARGE = rule(
    "too-large",
    Severity.ERROR,
    f"""The file is larger than {LIMIT_BYTES // 1024} KiB.

One record is one file, and a record is short. Pictures and long texts belong elsewhere, with a link.""",
)
TOO_DEEP = rule(
    "too-deep",
    Severity.ERROR,
    f"""The file is nested more than {LIMIT_DEPTH} levels deep.

No record needs that. Look for a bracket that is not closed, or lines that are indented too far.""",
)
EMPTY_FILE = rule(
    "empty-file",
    Severity.ERROR,
    """The file holds no record.

It is empty or holds comments only. Write the record, or delete the file.""",
)
YAML_SYNTAX = rule(
    "yaml-syntax",
    Severity.ERROR,
    """The file is not YAML.

The message says what the parser met. Often a quote is missing around a text with a colon, or the
indentation is off. Tabs cannot indent YAML.""",
)
SEVERAL_DOCUMENTS = rule(
    "several-documents",
    Severity.ERROR,
    """The file holds more than one document.

One record is one file: move what follows the second `---` to a file of its own.""",
)
ALIAS = rule(
    "alias",
    Severity.ERROR,
    """The file uses an anchor or an alias.

`&name` and `*name` make a record hard to read and easy to abuse. Write the value out. If the text
begins with `&` or `*`, put it in quotes.""",
)
TAG = rule(
    "tag",
    Severity.ERROR,
    """The file uses a YAML tag.

Records have JSON's types only. Take the `!tag` away. If the text begins with `!`, put it in quotes.""",
)
DUPLICATE_KEY = rule(
    "duplicate-key",
    Severity.ERROR,
    """A key stands twice in the same place.

Only one of the values would count. Keep one, or join them.""",
)
KEY_NOT_TEXT = rule(
    "key-not-text",
    Severity.ERROR,
    """A key is not text.

Keys are words. A number, `true`, `null` or a list cannot be a key; put quotes around it if it must be.""",
)
NUMBER_OUT_OF_RANGE = rule(
    "number-out-of-range",
    Severity.ERROR,
    f"""A number is too long or too large.

Numbers have at most {LIMIT_DIGITS} characters and are finite. If it is a code, put it in quotes.""",
)

RULES: tuple[Rule, ...] = (
    NOT_UTF_8, BYTE_ORDER_MARK, CARRIAGE_RETURN, CONTROL_CHARACTER, TOO_LARGE, TOO_DEEP, EMPTY_FILE, YAML_SYNTAX,
    SEVERAL_DOCUMENTS, ALIAS, TAG, DUPLICATE_KEY, KEY_NOT_TEXT, NUMBER_OUT_OF_RANGE,
)  # fmt: skip


class UncleanError(Exception):
    """The bulk path met something that only `examine` can explain."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file as such. Line and column count from 1; 0 stands for the whole file."""

    rule: Rule
    message: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Where a key and its value begin, as (line, column) from 1; a list's item has no key of its own."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(slots=True)
class Examination:
    """The exact reading of one file: its data as far as it goes, every position, every problem."""

    data: Any = None
    spans: dict[tuple[Key, ...], Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        return any(problem.rule.severity is Severity.ERROR for problem in self.problems)

    def find(self, keys: tuple[Key, ...], *, on_key: bool) -> tuple[int, int]:
        """Return line and column of the value (or key) at `keys`, or of the nearest thing around it."""
        while keys not in self.spans and keys:
            keys, on_key = keys[:-1], True
        span = self.spans.get(keys)
        if span is None:
            return (1, 1)
        return span.key if on_key else span.value


def parse(source: bytes) -> Any:
    """Return the plain data of one clean file; raise `UncleanError` when `examine` should look at it."""
    if len(source) > LIMIT_BYTES or b"\r" in source:
        raise UncleanError
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UncleanError from error
    if _FORBIDDEN.search(text):
        raise UncleanError
    try:
        return _build(CParser(text).get_event)
    except (yaml.YAMLError, OverflowError, ValueError) as error:
        raise UncleanError from error


def _build(next_event: Callable[[], Any]) -> Any:
    """Build data from parser events. One loop without recursion: depth is bounded by a counter."""
    next_event()
    if next_event().__class__ is not yaml.DocumentStartEvent:
        raise UncleanError
    stack: list[tuple[Any, str | None]] = []
    here: Any = None
    key: str | None = None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            value: Any = event.value
            if event.tag is not None or event.anchor is not None:
                raise UncleanError
            if event.implicit[0]:
                value = _resolve(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.tag is not None or event.anchor is not None or len(stack) >= LIMIT_DEPTH:
                raise UncleanError
            if here.__class__ is dict and key is None:
                raise UncleanError
            stack.append((here, key))
            here, key = ({} if kind is yaml.MappingStartEvent else []), None
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            value = here
            here, key = stack.pop()
        else:
            raise UncleanError
        if here.__class__ is list:
            here.append(value)
        elif here is None:
            break
        elif key is None:
            if value.__class__ is not str or value in here:
                raise UncleanError
            key = value
        else:
            here[key] = value
            key = None
    next_event()
    if next_event().__class__ is not yaml.StreamEndEvent or value.__class__ is not dict:
        raise UncleanError
    return value


def _resolve(plain: str) -> Any:
    """Return what an unquoted scalar means in JSON's types; raise `OverflowError` for a monstrous number."""
    if plain[:1] in _NUMBER_START:
        match = _NUMBER.match(plain)
        if match is None:
            return plain
        if len(plain) > LIMIT_DIGITS:
            raise OverflowError(plain)
        number = int(plain) if match.lastindex is None else float(plain)
        if not math.isfinite(number):
            raise OverflowError(plain)
        return number
    return _WORDS.get(plain, plain)


def examine(source: bytes) -> Examination:
    """Return data, positions and every problem of one file. Never raises for what the file holds."""
    result = Examination()
    if len(source) > LIMIT_BYTES:
        size = f"the file has {len(source):,} bytes, the limit is {LIMIT_BYTES:,}"
        result.problems.append(Problem(TOO_LARGE, size))
        return result
    text = _decode(source, result.problems)
    if text is None:
        return result
    try:
        _Builder(result).read(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        message = ", ".join(part for part in (error.context, error.problem) if part)
        result.problems.append(Problem(YAML_SYNTAX, message, *where))
    except yaml.YAMLError as error:
        result.problems.append(Problem(YAML_SYNTAX, " ".join(str(error).split())))
    except _TooDeepError as error:
        result.problems.append(Problem(TOO_DEEP, f"more than {LIMIT_DEPTH} levels", *error.args))
    return result


def _decode(source: bytes, problems: list[Problem]) -> str | None:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = len(source[source.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        problems.append(Problem(NOT_UTF_8, f"byte 0x{source[error.start]:02x} is not UTF-8", line, column))
        return None
    if text.startswith("\ufeff"):
        problems.append(Problem(BYTE_ORDER_MARK, "the file begins with U+FEFF", 1, 1))
        text = text[1:]
    if "\r" in text:
        line, column = _place(text, text.index("\r"))
        problems.append(Problem(CARRIAGE_RETURN, "a carriage return ends the line", line, column))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = list(_FORBIDDEN.finditer(text))
    for match in bad[:20]:
        message = f"character U+{ord(match.group()):04X} is not allowed"
        problems.append(Problem(CONTROL_CHARACTER, message, *_place(text, match.start())))
    return None if bad else text


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class _TooDeepError(Exception):
    """Nested deeper than the limit, at (line, column)."""


class _Builder:
    """Builds data and positions from events, going on after every problem that allows it."""

    def __init__(self, result: Examination) -> None:
        self.result = result
        self.events: Iterator[Any] = iter(())

    def problem(self, rule: Rule, message: str, event: Any) -> None:
        mark = event.start_mark
        self.result.problems.append(Problem(rule, message, mark.line + 1, mark.column + 1))

    def read(self, text: str) -> None:
        parser = CParser(text)
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

    @staticmethod
    def start(event: Any) -> tuple[int, int]:
        return event.start_mark.line + 1, event.start_mark.column + 1

    def value(self, event: Any, keys: tuple[Key, ...], key_start: tuple[int, int]) -> Any:
        self.result.spans[keys] = Span(key_start, self.start(event))
        if len(keys) >= LIMIT_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            raise _TooDeepError(*self.start(event))
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.problem(ALIAS, f"`{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}`", event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.tag is not None:
            self.problem(TAG, f"tag `{event.tag}`", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(keys)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(keys)
        return self.scalar(event)

    def scalar(self, event: Any) -> Any:
        if not event.implicit[0]:
            return event.value
        try:
            return _resolve(event.value)
        except OverflowError:
            self.problem(NUMBER_OUT_OF_RANGE, f"number `{event.value[:20]}…` of {len(event.value)} characters", event)
            return 0

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
                self.problem(DUPLICATE_KEY, f"key `{key}` stands twice", event)
            # A value under a bad key is read for its problems, then dropped.
            here: tuple[Key, ...] = (*keys, key) if isinstance(key, str) and not is_known else (*keys, "\0")
            value = self.value(next(self.events), here, self.start(event))
            if isinstance(key, str) and not is_known:
                found[key] = value
        return found

    def key(self, event: Any, keys: tuple[Key, ...]) -> str | None:
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None:
            value = self.scalar(event)
            if isinstance(value, str):
                return value
            self.problem(KEY_NOT_TEXT, f"key `{event.value}` is not text", event)
            return None
        if isinstance(event, yaml.AliasEvent):
            self.problem(ALIAS, f"`*{event.anchor}`", event)
            return None
        self.problem(KEY_NOT_TEXT, "a key is a list, a mapping, or has a tag or an anchor", event)
        self.value(event, (*keys, "\0"), self.start(event))
        return None
