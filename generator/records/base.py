"""What all records have in common, and the builder that turns schema-valid data into frozen records."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any, ClassVar, TypeVar

from ..diagnostics import Key, Place
from ..units import Envelope
from ..words import Text

R = TypeVar("R", bound="Record")
Converter = Callable[[Any], Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. Its id is its path below the kind's folder, without `.yaml`."""

    record_kind: ClassVar[str]
    folder: ClassVar[str]
    depth: ClassVar[int]  # how many parts an id has

    id: str

    @property
    def path(self) -> str:
        """The path of the file, relative to the registry's folder."""
        return f"{self.folder}/{self.id}.yaml"

    @property
    def country(self) -> str:
        """The lower-case country code that an id of this kind begins with."""
        return self.id.partition("/")[0]

    def at(self, *keys: Key) -> Place:
        """Return the place of the value at `keys` of this record; of the whole record without keys."""
        return Place(self.path, keys)

    def at_key(self, *keys: Key) -> Place:
        """Return the place of the key itself."""
        return Place(self.path, keys, on_key=True)


def build(cls: type[R], id: str, data: Mapping[str, Any]) -> R:
    """Return the record of a class for schema-valid data; nothing is validated again."""
    return cls(id=id, **_converted(_converters(typing.cast(Hashable, cls)), data))


def _converted(converters: Mapping[str, Converter | None], data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: convert(value) if (convert := converters[key]) else value for key, value in data.items()}


@functools.cache
def _converters(cls: Any) -> Mapping[str, Converter | None]:
    hints = typing.get_type_hints(cls)
    return {item.name: _converter(hints[item.name]) for item in dataclasses.fields(cls)}


def _converter(hint: Any) -> Converter | None:
    """Return what turns JSON's value into a field's type, or None where it already is that."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        kinds = [one for one in typing.get_args(hint) if one is not type(None)]
        return _converter(kinds[0]) if len(kinds) == 1 else None
    if typing.get_origin(hint) is tuple:
        each = _converter(typing.get_args(hint)[0])
        return tuple if each is None else lambda values: tuple([each(value) for value in values])
    if hint is int:
        return int  # JSON Schema takes 2.0 for an integer
    if hint is date:
        return functools.cache(date.fromisoformat)
    if hint is Text:
        return Text.of
    if hint is Envelope:
        return Envelope.of
    if dataclasses.is_dataclass(hint):
        build_part = functools.partial(_build_part, hint, _converters(typing.cast(Hashable, hint)))
        return _shared(build_part) if set(typing.get_type_hints(hint).values()) <= {str, date} else build_part
    return None


def _shared(build_part: Converter) -> Converter:
    """Return what builds a part of texts and days once: thousands of records name the same source."""
    known: dict[tuple[Any, ...], Any] = {}

    def shared(data: Mapping[str, Any]) -> Any:
        key = tuple(data.items())
        found = known.get(key)
        if found is None:
            found = known[key] = build_part(data)
        return found

    return shared


def _build_part(cls: Any, converters: Mapping[str, Converter | None], data: Mapping[str, Any]) -> Any:
    return cls(**_converted(converters, data))
