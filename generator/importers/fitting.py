"""A row's data in; what of it a record of the kind may hold out, with a note for whatever had to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import schemas
from ..checks import texts
from ..diagnostics import Key
from . import text

_ROUNDS = 200  # faults that are mended one after the other
_SHOWN = 60
_Keys = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Data that fits its schema with the notes on what does not, or the reason why nothing is left."""

    data: dict[str, Any]
    notes: tuple[str, ...] = ()
    reason: str = ""


def cleaned(value: Any) -> Any:
    """Return a value with clean texts (see `text.prose`), and without keys and items that say nothing."""
    if isinstance(value, str):
        return texts.visible(text.prose(value))
    if isinstance(value, dict):
        found = {str(key): cleaned(inner) for key, inner in value.items()}
        return {key: inner for key, inner in found.items() if not _is_empty(inner)}
    if isinstance(value, list | tuple):
        return [inner for one in value if not _is_empty(inner := cleaned(one))]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def fitted(kind: str, data: dict[str, Any]) -> Fitted:
    """Return the part of clean data that fits the schema of a kind."""
    notes: list[str] = []
    data = _shortened(kind, data, (), notes)
    is_valid = schemas.validator(kind)
    for _ in range(_ROUNDS):
        if is_valid(data):
            return Fitted(data, tuple(notes))
        keys, message = _fault(kind, data)
        if not keys:
            return Fitted({}, reason="; ".join([message, *notes]))
        notes.append(f"{_named(keys)}: {message}: left out")
        data = cleaned(_without(data, keys))
    return Fitted({}, reason="; ".join(["too much of it fits no record", *notes[:5]]))


def _shortened(kind: str, value: Any, keys: _Keys, notes: list[str]) -> Any:
    """Return a value with texts of one line where the schema wants such, cut where they are too long."""
    if isinstance(value, dict):
        return {key: _shortened(kind, inner, (*keys, key), notes) for key, inner in value.items()}
    if isinstance(value, list):
        found = [_shortened(kind, inner, (*keys, at), notes) for at, inner in enumerate(value)]
        return [one for at, one in enumerate(found) if one not in found[:at]] if _is_set(kind, keys) else found
    if not isinstance(value, str):
        return value
    schema = schemas.at(kind, keys)
    pattern, limit = str(schema.get("pattern", "")), schema.get("maxLength", 0)
    if pattern.startswith("^[^\\u0000"):
        value = " ".join(value.split())
        if limit and len(value) > limit:
            notes.append(f"{_named(keys)}: cut to {limit} characters")
            return text.cut(value, limit)
    return value


def _is_set(kind: str, keys: _Keys) -> bool:
    return bool(schemas.at(kind, keys).get("uniqueItems"))


def _fault(kind: str, data: dict[str, Any]) -> tuple[_Keys, str]:
    """Return the keys of the first fault that can be mended by leaving something out, else () and what is wrong."""
    faults = [(found.at.keys, found.message, rule.id) for rule, found in schemas.explain(kind, "", data)]
    inner = [(keys, message) for keys, message, rule in faults if keys]
    if inner:
        keys, message = max(inner, key=lambda one: (len(one[0]), str(one[0])))
        return keys, message
    return (), "; ".join(message for _, message, _ in faults) or schemas.UNEXPLAINED


def _named(keys: _Keys) -> str:
    return ".".join(str(key) for key in keys)


def _without(value: Any, keys: _Keys) -> Any:
    """Return a value without what stands at some keys; what is not there takes its parent along."""
    first, rest = keys[0], keys[1:]
    if isinstance(value, dict):
        if first not in value:
            return None
        if not rest:
            return {key: inner for key, inner in value.items() if key != first}
        return {key: _without(inner, rest) if key == first else inner for key, inner in value.items()}
    if isinstance(value, list) and isinstance(first, int):
        if not rest:
            return [inner for at, inner in enumerate(value) if at != first]
        return [_without(inner, rest) if at == first else inner for at, inner in enumerate(value)]
    return None


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)
