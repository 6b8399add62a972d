"""A list in JSON or GeoJSON in; its items as rows of column → value out, as a table would have them.

An object in an object gives columns such as `address/city`; a feature's columns are its properties, and the middle of
its geometry stands in `latitude` and `longitude`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from . import structured, text
from .geometries import middle
from .source import Source
from .structured import Item

_LOOKED_AT = 50  # items, for the names of the columns
_DEEPEST = 3
_INNER = re.compile(r'"(?:features|labs|spaces|items|data|results|records|hubs|elements)"\s*:\s*\[')
_NAMES = ("name", "title", "label", "url", "value")


def rows(source: Source) -> Iterator[Item]:
    """Yield the rows of a list, of GeoJSON's features, or of collections in a list; other values are passed over."""
    for item in structured.objects(source):
        if item.fault:
            yield item
        elif isinstance(item.value, dict) and isinstance(item.value.get("features"), list):
            for at, feature in enumerate(item.value["features"]):
                yield _row(f"{item.place}.features[{at}]", feature)
        elif "[" in item.place or item.place.startswith("line "):
            yield _row(item.place, item.value)
        elif isinstance(item.value, dict) and (inner := _lists(item.value)):  # `data.hubs`
            for key, several in inner:
                yield from (_row(f"{item.place}.{key}[{at}]", one) for at, one in enumerate(several))
        elif isinstance(item.value, dict) and _is_place(item.value):  # an object of names and what is called so
            row = flattened(item.value)
            yield Item(item.place, {**row, "name": row.get("name") or item.place})


def columns(head: bytes) -> list[str]:
    """Return the names of the columns of a list that begins with some bytes; [] when it is none."""
    if not structured.is_json(head):
        return []
    found = _columns(head)
    if not found and (inner := _INNER.search(whole := Source("", content=head).text())):
        found = _columns(whole[inner.end() - 1 :].encode("utf-8", "replace"))
    return found


def _columns(head: bytes) -> list[str]:
    several = (item.value for item in rows(Source("", content=head)) if isinstance(item.value, dict))
    return list(dict.fromkeys(column for row in islice(several, _LOOKED_AT) for column in row))


def _lists(value: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """Return the lists of objects in an object, by their keys."""
    return [(key, one) for key, one in value.items() if isinstance(one, list) and one and isinstance(one[0], dict)]


def _is_place(value: dict[str, Any]) -> bool:
    return any(key in flattened(value) for key in ("lat", "latitude", "city", "latlng", "coordinates", "country"))


def _row(place: str, value: Any) -> Item:
    return Item(place, flattened(value)) if isinstance(value, dict) else Item(place, fault="it is no object")


def flattened(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object's values, and those of the objects in it, by columns."""
    if value.get("type") == "Feature":
        inside = value.get("properties")
        north, east = middle(value.get("geometry"))
        point = {} if north is None else {"latitude": north, "longitude": east}
        return {**_flattened(inside if isinstance(inside, dict) else {}, "", 0), **point}
    return _flattened(value, "", 0)


def _flattened(value: dict[str, Any], lead: str, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, one in value.items():
        column = f"{lead}{key}"
        if isinstance(one, dict) and depth < _DEEPEST:
            north, east = middle(one)
            inner = {"latitude": north, "longitude": east} if north is not None else one
            found |= _flattened(inner, f"{column}/", depth + 1)
        elif isinstance(one, list) and one and isinstance(one[0], dict):
            found[column] = [text.line(next((item[name] for name in _NAMES if item.get(name)), "")) for item in one
                             if isinstance(item, dict)]  # fmt: skip
        else:
            found[column] = one
    return found
