"""The lines of a peer's file of hubs in; those that can be read, in our version, and how many cannot, out.

Facts that our schema does not know are left out: stewards, former ids, pages, whatever a peer may claim. A line
that is no JSON refuses the file: a registry that writes such is broken. A line that does not fit the schema is skipped
and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from .. import schemas, words
from . import strict
from .versions import Data, Upgrade

LINE_BYTES = 64 << 10
_FRAME = (b'{"type":"FeatureCollection","features":[', b"]}")  # around the lines of GeoJSON
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class LinesError(Exception):
    """A file that is refused; the message is read after the peer's name."""


def rows(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the lines that hold a hub. Raises `LinesError` for a line that is too long."""
    while line := file.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES:
            raise LinesError(f"has a line in {name} that is longer than {LINE_BYTES >> 10} kB")
        bare = line.strip()
        if bare and bare not in _FRAME:
            yield bare.removesuffix(b",")


def read(rows: Iterable[bytes], steps: Sequence[Upgrade], name: str, most: int) -> Iterator[bytes]:
    """Yield each hub's line in our version, b"" for one that is skipped; at most `most`. Raises `LinesError`."""
    is_valid = schemas.published("exchange")
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if number > most:
            raise LinesError(f"has more than {most} hubs")
        try:
            data = strict.read(row)
        except strict.JsonError as error:
            raise LinesError(f"has a line in {name} that {error} (hub {number})") from error
        found = _upgraded(data, steps)
        if not is_valid(found) or found["id"] in seen or found["id"][:2] not in words.countries():
            yield b""
            continue
        seen.add(found["id"])
        yield _AS_JSON(found).encode()


def _upgraded(data: Any, steps: Sequence[Upgrade]) -> Data:
    if not isinstance(data, dict):
        return {}
    try:
        for step in steps:
            data = step.hub(data)
    except (AttributeError, TypeError, ValueError, KeyError):
        return {}  # a step meets data of any shape
    return _known(data)


def _known(data: Data) -> Data:
    properties = schemas.load_published()["exchange"]["properties"]
    found = {key: value for key, value in data.items() if key in properties}
    for key in ("location", "verified"):
        if isinstance(inner := found.get(key), dict):
            found[key] = {name: value for name, value in inner.items() if name in properties[key]["properties"]}
    place = found.get("location")
    if isinstance(place, dict) and "latitude" not in place and place.get("precision") != "country":
        place["precision"] = "city"  # without a point it is no nearer than the town
    return found
