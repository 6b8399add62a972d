"""A record in; plain JSON data in the published form out.

The published form is not the file's: texts are always one per language, an envelope is always a mapping,
what is not known is left out, and a machine has its model's facts.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..records import Hub, Machine, Record
from ..registry import Registry
from ..registry.completeness import completeness
from ..registry.freshness import freshness
from ..units import Envelope
from ..words import Text

_HIDDEN = frozenset({"id", "stewards"})  # `id` stands first; who may change a record is the forge's affair
_NOTHING: tuple[object, ...] = (None, "", (), {})


def published(registry: Registry, record: Record) -> dict[str, Any]:
    """Return a record as it is published."""
    settings = registry.settings
    assert settings is not None
    whole = registry.complete(record) if isinstance(record, Machine) else record
    address = f"{record.folder}/{record.id}"
    base = settings.url.rstrip("/")
    return {
        "record": record.record_kind,
        "id": record.id,
        "page": f"{base}/{address}/",
        "json": f"{base}/api/v1/{address}.json",
        "record_licence": settings.licences.data,
        **_computed(registry, record),
        **{key: value for key, value in _fields(whole, settings.language).items() if key not in _HIDDEN},
    }


def _computed(registry: Registry, record: Record) -> dict[str, Any]:
    if isinstance(record, Hub):
        machines = registry.machines_of(record)
        can = {id for machine in machines for id in machine.processes} | set(record.processes)
        return {
            "country": record.country,
            "freshness": str(freshness(record.verified, registry.as_of)),
            "completeness": completeness(record, machines).level,
            "machines": [machine.id for machine in machines],
            "can": sorted(can),
        }
    if isinstance(record, Machine):
        return {
            "country": record.country,
            "hub": record.hub,
            "freshness": str(freshness(record.verified, registry.as_of)),
        }
    return {}


def _fields(part: Any, language: str) -> dict[str, Any]:
    cls: type = type(part)
    values = ((name, getattr(part, name)) for name in _names(cls))
    return {name: _value(value, language) for name, value in values if value is not False and value not in _NOTHING}


@functools.cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(cls))


def _value(value: Any, language: str) -> Any:
    for kind, convert in _CONVERTED:
        if isinstance(value, kind):
            return convert(value, language)
    return _fields(value, language) if dataclasses.is_dataclass(value) else value


def _text(text: Text, language: str) -> dict[str, str]:
    return {code or language: words for code, words in text.texts}


def _envelope(envelope: Envelope, _: str) -> dict[str, float]:
    sides = dict(zip("xyz", envelope.sides, strict=False))
    turned = {"diameter": envelope.diameter, "length": envelope.length}
    return sides or {key: value for key, value in turned.items() if value is not None}


def _mapping(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {key: _value(value, language) for key, value in sorted(values.items())}


_CONVERTED: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
    (str, lambda value, _: value),
    (Text, _text),
    (Envelope, _envelope),
    (date, lambda value, _: value.isoformat()),
    (Mapping, _mapping),
    ((tuple, list), lambda values, language: [_value(value, language) for value in values]),
)
