"""A source in; its rows out one at a time, each with its place: items of JSON in whatever wrapping, lines of CSV.

The text is held once; an item of JSON is decoded when it is asked for. What JSON forbids and people write all the same
is read: `var labs = […];`, one object a line, trailing commas, comments, bare keys and single quotes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from . import text
from .source import Source

_SPACE = re.compile(r"(?:[\s,;]|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_$][\w$]*)\s*:\s*""")
_TOKEN = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|//[^\n]*|/\*.*?\*/|[\[\]{}]|,|[A-Za-z_$][\w$]*|\s+|[^\s"'\[\]{},A-Za-z_$/]+|.)""",
    re.DOTALL,
)
_BARE = re.compile(r"\s*:")
_OPENING = re.compile(r"[\[{]")
_LEAD = re.compile(r"\s*(?:[\w$.\s=(]|//[^\n]*\n|/\*.*?\*/|/\*\*/|\)\]\}',?)*", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_NAMES = {"undefined": "null", "None": "null", "NaN": "null", "Infinity": "null", "True": "true", "False": "false"}
_CELL_LIMIT = 1 << 20


class Item(NamedTuple):
    """A row: where it stands, its value, and why it cannot be read ("" if it can)."""

    place: str
    value: Any = None
    fault: str = ""


def is_json(head: bytes) -> bool:
    """Tell whether bytes may begin JSON, or JavaScript that assigns some to a name."""
    return _start(Source("", content=head).text()) >= 0


def _start(found: str) -> int:
    """Return where JSON's first bracket stands, -1 when something else comes first."""
    lead = _LEAD.match(found)
    at = lead.end() if lead else 0
    return at if found[at : at + 1] in ("[", "{") and found[at : at + 1] else -1


def document(source: Source) -> Item:
    """Return all of a JSON file as one item; with a fault when it is none."""
    found = source.text()
    at = _start(found)
    return _value(found, at, "the file")[0] if at >= 0 else Item("the file", fault="this is no JSON")


def objects(source: Source) -> Iterator[Item]:
    """Yield the items of a JSON file: of its list, or of every list in its outermost object, or one on each line.

    The place of an item of a list is `items[3]`, or `data[3]` by the list's key. Other values of an outermost object
    are yielded whole with their key as the place.
    """
    found = source.text()
    at = _start(found)
    if at < 0:
        yield Item("the file", fault="this is no JSON")
    elif found[at] == "[":
        yield from _list(found, at, "items")
    elif _is_one_a_line(found, at):
        yield from _lines(found, at)
    else:
        yield from _members(found, at)


def _is_one_a_line(found: str, at: int) -> bool:
    """Tell whether several objects follow each other."""
    first = found[at:].partition("\n")[0] if found.count("\n", at) else ""
    try:
        value = json.loads(first) if first.strip() else None
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and bool(found[at + len(first) :].strip())


def _lines(found: str, at: int) -> Iterator[Item]:
    for number, one in enumerate(io.StringIO(found[at:]), 1):
        if one.strip():
            yield _value(one, _space(one, 0), f"line {number}")[0]


def _list(found: str, at: int, name: str) -> Iterator[Item]:
    """Yield the items of the list that begins at `at`."""
    yield from (item for item, _ in _walk(found, at, name))


def _walk(found: str, at: int, name: str) -> Iterator[tuple[Item, int]]:
    at, number = _space(found, at + 1), 0
    item = Item(name)
    while at < len(found) and found[at] != "]":
        item, at = _value(found, at, f"{name}[{number}]")
        yield item, at
        at, number = _space(found, at), number + 1
    if at >= len(found) and not item.fault:
        yield Item(f"{name}[{number}]", fault="the file ends in the middle of a list"), at


def _members(found: str, at: int) -> Iterator[Item]:
    """Yield what stands in the object that begins at `at`: items of its lists, and its other values whole."""
    at = _space(found, at + 1)
    while at < len(found) and found[at] != "}":
        key = _KEY.match(found, at)
        if key is None:
            yield Item("the file", fault=f"this is no JSON: {text.line(found[at : at + 40])!r} is no key")
            return
        name, at = key[1].strip("'\""), key.end()
        if found[at : at + 1] == "[":
            for item, after in _walk(found, at, name):
                at = after
                yield item
            at = (
                _space(found, at) + 1
                if found[_space(found, at) : _space(found, at) + 1] == "]"
                else _after_empty(found, at)
            )
        else:
            item, at = _value(found, at, name)
            yield item
        at = _space(found, at)


def _after_empty(found: str, at: int) -> int:
    """Return what follows a list without items that begins at `at`."""
    end = found.find("]", at)
    return end + 1 if end >= 0 else len(found)


def _space(found: str, at: int) -> int:
    gap = _SPACE.match(found, at)
    return gap.end() if gap else at


def _value(found: str, at: int, place: str) -> tuple[Item, int]:
    """Return the value at `at` with its place, and where it ends; mended when JSON would refuse it."""
    try:
        value, end = _DECODER.raw_decode(found, at)
    except (ValueError, RecursionError):
        return _mended(found, at, place)
    return Item(place, value), end


def _mended(found: str, at: int, place: str) -> tuple[Item, int]:
    """Return a value written as JavaScript or Python would have it."""
    parts: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(found, at):
        one = token[0]
        if one[0] in "]}" or (one == "," and not depth):
            depth -= 1
            if depth < 0:
                break
        depth += one[0] in "[{"
        parts.append(_as_json(one, found, token.end(), parts))
        if not depth and parts[-1].strip():
            break
        at = token.end()
    end = token.end() if parts else at + 1
    try:
        return Item(place, _DECODER.decode("".join(parts))), end
    except RecursionError:
        return Item(place, fault="too deeply nested"), end
    except ValueError as error:
        what = "the file ends in the middle of it" if depth > 0 else f"this is no JSON: {str(error).partition(':')[0]}"
        return Item(place, fault=what), end


def _as_json(one: str, found: str, end: int, parts: list[str]) -> str:
    """Return a token as JSON writes it; "" for a comment; a comma before a closing bracket is taken back."""
    if one[0] == "'":
        return json.dumps(re.sub(r"\\(['\"])", r"\1", one[1:-1]))
    if one.startswith(("//", "/*")):
        return ""
    if one[0] in "]}":
        while parts and parts[-1].strip() in ("", ","):
            parts.pop()
    elif one[0].isalpha() or one[0] in "_$":
        return json.dumps(one) if _BARE.match(found, end) else _NAMES.get(one, one)
    return one


def is_table(head: bytes, *columns: str) -> bool:
    """Tell whether bytes begin a table that has some columns, whatever the case."""
    names = {name.strip().lower() for name in header(head)}
    return bool(names) and names.issuperset(columns)


def header(head: bytes) -> list[str]:
    """Return the names of the columns of a table that begins with some bytes; [] when it is none."""
    found = Source("", content=head).text()
    if not found.strip() or _start(found) >= 0 or "\0" in found.lstrip().partition("\n")[0]:
        return []
    try:
        return next(csv.reader(io.StringIO(found, newline=""), delimiter=_delimiter(found)), [])
    except csv.Error:
        return []


def _delimiter(found: str) -> str:
    """Return what parts the columns: what the first line holds most of, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", found[:_CELL_LIMIT].lstrip("\r\n").partition("\n")[0])
    return max(",;\t|", key=first.count)


def table(source: Source) -> Iterator[Item]:
    """Yield the rows of a table as mappings of column → text; a row is counted as spreadsheets do, the header being 1.

    Columns may be parted by commas, semicolons, tabs or bars. A column without a name is left out.
    """
    with source.lines() as stream:
        start = ""
        while not start.strip("\r\n") or start.startswith("sep="):
            start = stream.readline(_CELL_LIMIT)
            if not start:
                return
        reader = csv.reader(chain((start,), stream), delimiter=_delimiter(start))
        columns: list[str] = []
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Item(f"row {number}", fault=f"this is no line of a table: {error}")
                continue
            if number == 1:
                columns = [text.line(name) for name in cells]
            elif any(cell.strip() for cell in cells):
                yield Item(f"row {number}", {name: cell for name, cell in zip(columns, cells, strict=False) if name})
