"""A clause's text and the values that it may print in; the text with their marks in it out. The home of Jinja2 here.

A template is code to an attacker. So its syntax is a closed list (`placeholders`), looked at before Jinja sees it, and
Jinja runs in its sandbox, without its own filters, tests and functions. Values are no part of what it runs: a mark
stands for each (`mark`), and the value takes its place when the text has been cut into paragraphs and lists. So a
value is never read as a template, begins no list, heading or clause, and ends none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .. import placeholders, unseen, words
from .cleaning import spaced
from .values import Block, Shape

LONGEST = 20_000  # characters of one clause's text, as in the schema
LONGEST_WRITTEN = 1_000_000  # characters of all that a contract says
Given = str | bool | tuple[str, ...]  # a mark, `False`, or the marks of a list

_OPEN, _SHUT = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")
_NUMBER, _BULLET = re.compile(r"[0-9]+\.(?: |\Z)"), re.compile(r"[-*](?: |\Z)")
_COUNTRY = "country:"
NO = "no"


class MissingError(Exception):
    """A text prints a value that nobody gave."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooLongError(Exception):
    """A text comes out longer than a contract may be."""


class _Absent(jinja2.StrictUndefined):
    """A value that nobody gave: false in an `if`, and nothing that can be printed or gone through."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]  # Jinja's own type says that it never returns
        return False

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise MissingError(self._undefined_name or "")

    __str__ = __iter__ = __len__ = _refuse


@functools.lru_cache(maxsize=4096)
def faults(text: str) -> tuple[str, ...]:
    """Return what in a clause's text is not allowed; nothing else may be rendered."""
    found = [*placeholders.read(text).problems]
    if len(text) > LONGEST:
        found.append(f"the text has {len(text)} characters; {LONGEST} are allowed")
    hidden = unseen.fault(text.replace("\n", " "))
    return (*found, f"the text {hidden}") if hidden else tuple(found)


def mark(name: str) -> str:
    """Return what stands in a text for a value until the end."""
    return f"{_OPEN}{name}{_SHUT}"


def country_of(name: str) -> str:
    """Return the name under which a value's country is looked up, when a text asks for it by `|country`."""
    return _COUNTRY + name


def rendered(text: str, given: Mapping[str, Given], language: str) -> str:
    """Return an allowed text with marks in it. Raises `MissingError` and `TooLongError`."""
    written, length = [], 0
    for part in _compiled(text, language).generate(dict(given)):
        length += len(part)
        if length > LONGEST_WRITTEN:
            raise TooLongError
        written.append(part)
    return "".join(written)


def blocks(text: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return a rendered text as paragraphs and lists, each mark replaced by its value."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text):
        found += _blocks([spaced(line).strip() for line in part.splitlines() if line.strip()], values)
    return tuple(found)


def inserted(text: str, values: Mapping[str, str]) -> str:
    """Return a rendered text with each mark replaced by its value. Raises `TooLongError`."""
    if sum(len(values[found]) for found in _MARK.findall(text)) + len(text) > LONGEST_WRITTEN:
        raise TooLongError
    return _MARK.sub(lambda found: values[found[1]], text)


def _blocks(lines: Sequence[str], values: Mapping[str, str]) -> Iterator[Block]:
    """Yield the paragraph and lists that lines without an empty one between them are."""
    group: list[str] = []
    shape = Shape.PARAGRAPH
    for line in lines:
        here, content = _shape(line)
        if here is not shape and group:
            yield _block(shape, group, values)
            group = []
        shape = here
        group.append(content)
    if group:
        yield _block(shape, group, values)


def _shape(line: str) -> tuple[Shape, str]:
    for shape, pattern in ((Shape.NUMBERS, _NUMBER), (Shape.BULLETS, _BULLET)):
        if found := pattern.match(line):
            return shape, line[found.end() :].strip()
    return Shape.PARAGRAPH, line


def _block(shape: Shape, lines: Sequence[str], values: Mapping[str, str]) -> Block:
    kept = (" ".join(lines),) if shape is Shape.PARAGRAPH else tuple(lines)
    return Block(shape, tuple(inserted(line, values) for line in kept))


@functools.lru_cache(maxsize=1024)
def _compiled(text: str, language: str) -> jinja2.Template:
    if problems := faults(text):  # never reached with a text that was looked at
        raise ValueError(problems[0])
    return _environment(language).from_string(text)


@functools.cache
def _environment(language: str) -> jinja2.Environment:
    environment = ImmutableSandboxedEnvironment(undefined=_Absent, autoescape=False, finalize=_printed)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    listed = functools.partial(_listed, language=language)
    environment.filters.update({"country": _country, "count": _count, "list": listed})
    return environment


def _printed(value: Given | _Absent) -> str:
    """Return what a tag prints: an item after the other where it names a whole list."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return mark(NO) if value is False else str(value)


def _country(value: Given | _Absent) -> str:
    """Return the mark of the country that a value is the code of."""
    return _MARK.sub(lambda found: mark(country_of(found[1])), _printed(value))


def _count(value: Given | _Absent) -> str:
    """Return how many items a list has; one value is one."""
    return "1" if isinstance(value, str | bool) else str(len(value))


def _listed(value: Given | _Absent, language: str) -> str:
    """Return the items of a list in one line: `A, B and C`."""
    return _printed(value) if isinstance(value, str | bool) else words.sequence(tuple(value), language)
