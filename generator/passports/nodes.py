"""A value of JSON and its place in; the value as the form that it must have out, or a `Refused` that says why not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import unseen
from .values import Fault

_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", re.ASCII)
_MOMENT = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z", re.ASCII)
_SHOWN = 60


class Refused(ValueError):
    """A value has not the form that it must have."""

    def __init__(self, code: str, place: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(code, place, message)


@dataclass(frozen=True, slots=True)
class Node:
    """A value of JSON, and where it stands (a JSON Pointer, RFC 6901)."""

    value: Any
    place: str = ""

    def refused(self, message: str, code: str = "term-invalid") -> Refused:
        """Return why this value is not accepted."""
        return Refused(code, self.place, message)

    def members(self, required: str, optional: str = "") -> Mapping[str, Node]:
        """Return the members of an object that holds all of the first, maybe some of the second, and nothing else."""
        if not isinstance(self.value, dict):
            raise self.refused(f"{shown(self.value)} is no object")
        wanted, known = required.split(), {*required.split(), *optional.split()}
        if more := sorted(self.value.keys() - known):
            raise self.refused(f"the term {shown(more[0])} is none that stands here", "term-unknown")
        if less := [name for name in wanted if name not in self.value]:
            raise self.refused(f"the term `{less[0]}` is missing", "term-missing")
        return {name: Node(value, f"{self.place}/{name}") for name, value in self.value.items()}

    def items(self, least: int, most: int) -> tuple[Node, ...]:
        """Return the items of a list."""
        if not isinstance(self.value, list):
            raise self.refused(f"{shown(self.value)} is no list")
        if not least <= len(self.value) <= most:
            raise self.refused(f"a list of {len(self.value)}, not of {least} to {most}")
        return tuple(Node(one, f"{self.place}/{at}") for at, one in enumerate(self.value))

    def exactly(self, wanted: Any, code: str = "term-invalid") -> None:
        """Accept one value only: a text, false, or a list of texts."""
        if type(self.value) is not type(wanted) or self.value != wanted:
            raise self.refused(f"{shown(self.value)} is not {json.dumps(wanted)}", code)

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            raise self.refused(f"{shown(self.value)} is no text")
        return self.value

    def line(self, most: int) -> str:
        """Return one line for people, in which everything can be seen."""
        text = self.text()
        if not 1 <= len(text) <= most or text != text.strip():
            raise self.refused(f"a text of 1 to {most} characters belongs here, with no space around it")
        if wrong := unseen.fault(text):
            raise self.refused(f"the text {wrong}")
        return text

    def formed(self, pattern: re.Pattern[str], form: str) -> re.Match[str]:
        """Return the match of a text that has a form from its first to its last character."""
        found = pattern.fullmatch(self.text())
        if found is None:
            raise self.refused(f"{shown(self.value)} is not written like `{form}`")
        return found

    def whole(self, least: int, most: int) -> int:
        """Return a whole number."""
        if type(self.value) is not int or not least <= self.value <= most:
            raise self.refused(f"{shown(self.value)} is no whole number from {least} to {most}")
        return self.value

    def day(self) -> date:
        """Return a day (xsd:date without a time zone)."""
        self.formed(_DAY, "2026-11-22")
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise self.refused(f"{shown(self.value)} is no day of the calendar") from error

    def moment(self) -> datetime:
        """Return a moment (xsd:dateTime of whole seconds in UTC)."""
        self.formed(_MOMENT, "2026-11-22T10:00:00Z")
        try:
            return datetime.fromisoformat(self.text())
        except ValueError as error:
            raise self.refused(f"{shown(self.value)} is no day and hour of the calendar") from error


def depth(value: Any) -> int:
    """Return how many times JSON data is nested: 0 for a text, 1 for a list of texts."""
    return 1 + max((depth(one) for one in _inside(value)), default=0) if isinstance(value, dict | list) else 0


def _inside(value: Any) -> Iterator[Any]:
    yield from value.values() if isinstance(value, dict) else value


def shown(value: Any) -> str:
    """Return a value for a message: short, and with nothing in it that cannot be seen."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = value if isinstance(value, str) else json.dumps(value)
    seen = "".join("\ufffd" if unseen.fault(char) or char == "`" else char for char in text[:_SHOWN])
    return f"`{seen}{'…' if len(text) > _SHOWN else ''}`"
