"""A record in; plain JSON data in the published form out.

The published form is not the file's: texts are always one per language, an envelope is always a mapping,
what is not known is left out, and a machine has its model's facts.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from ..records import Hub, Machine, Record
from ..registry import Registry
from ..registry.completeness import completeness
from ..registry.freshness import freshness
from ..units import Envelope
from ..words import Text

_HIDDEN = frozenset({"id", "stewards"})  # `id` stands first; who may change a record is the forge's affair

_LISTED = ("id", "name", "labels", "title", "country", "hub", "model", "kind", "status", "freshness", "demonstration")


def published(registry: Registry, record: Record) -> dict[str, Any]:
    """Return a record as it is published."""
    settings = registry.settings
    assert settings is not None
    address = f"{record.folder}/{record.id}"
    base = settings.url.rstrip("/")
    fields = _fields(_whole(registry, record), settings.language)
    return {
        "record": record.record_kind,
        "id": record.id,
        "page": f"{base}/{address}/",
        "json": f"{base}/api/v1/{address}.json",
        "record_licence": settings.licences.data,
        **_placed(registry, record),
        **(_ability(registry, record) if isinstance(record, Hub) else {}),
        **{key: value for key, value in fields.items() if key not in _HIDDEN},
    }


def listed(registry: Registry, record: Record) -> dict[str, Any]:
    """Return what an index says of a record: enough to choose by."""
    whole = _whole(registry, record)
    found = {**_placed(registry, record), **_fields(whole, registry.language, _LISTED)}
    return {key: found[key] for key in _LISTED if key in found}


def _whole(registry: Registry, record: Record) -> Record:
    return registry.complete(record) if isinstance(record, Machine) else record


def _placed(registry: Registry, record: Record) -> dict[str, Any]:
    if not isinstance(record, Hub | Machine):
        return {}
    hub = {"hub": record.hub} if isinstance(record, Machine) else {}
    return {"country": record.country, **hub, "freshness": str(freshness(record.verified, registry.as_of))}


def _ability(registry: Registry, hub: Hub) -> dict[str, Any]:
    machines = registry.machines_of(hub)
    can = {id for machine in machines for id in machine.processes} | set(hub.processes)
    return {
        "completeness": completeness(hub, machines).level,
        "machines": [machine.id for machine in machines],
        "can": sorted(can),
    }


def _fields(part: Any, language: str, wanted: Collection[str] = ()) -> dict[str, Any]:
    """Return the known facts of a record or a part of one; only those wanted, if any are named."""
    names = _names(type(part))  # type: ignore[arg-type]
    values = ((name, getattr(part, name)) for name in names if not wanted or name in wanted)
    return {name: _value(value, language) for name, value in values if _is_known(value)}


def _is_known(value: Any) -> bool:
    """Tell whether a fact is there: nothing, "" and False are left out, zero is a fact."""
    return bool(value) or (value == 0 and value is not False)


@functools.cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(cls))


def _value(value: Any, language: str) -> Any:
    convert = _converter(type(value))  # type: ignore[arg-type]
    return convert(value, language) if convert is not None else value


@functools.cache
def _converter(cls: Any) -> Callable[[Any, str], Any] | None:
    """Return what turns values of a class into plain data; None where they are plain."""
    for kind, convert in _CONVERTED:
        if issubclass(cls, kind):
            return convert
    return _fields if dataclasses.is_dataclass(cls) else None


def _text(text: Text, language: str) -> dict[str, str]:
    return {code or language: words for code, words in text.texts}


def _envelope(envelope: Envelope, _: str) -> dict[str, float]:
    sides = dict(zip("xyz", envelope.sides, strict=False))
    turned = {"diameter": envelope.diameter, "length": envelope.length}
    return sides or {key: value for key, value in turned.items() if value is not None}


def _mapping(values: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {key: _value(value, language) for key, value in sorted(values.items())}


_CONVERTED: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
    (Text, _text),
    (Envelope, _envelope),
    (date, lambda value, _: value.isoformat()),
    (Mapping, _mapping),
    ((tuple, list), lambda values, language: [_value(value, language) for value in values]),
)
