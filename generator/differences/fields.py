"""A record's data before and after in; a statement for each fact that differs out, whatever the kind of record."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..units import Envelope
from ..words import Text
from . import labels
from .values import Statement

Data = Mapping[str, Any]
_NOTHING = "not given"
_MISSING = dataclasses.MISSING


def compared(
    cls: Any, before: Data, after: Data, path: str = "", skip: frozenset[str] = frozenset()
) -> Iterator[Statement]:
    """Yield what differs between two records, or parts of them, of a dataclass; `path` leads to the part."""
    for item, hint in _fields(cls):
        if item.name not in skip:
            old, new = (_value(data, item) for data in (before, after))
            if old != new:
                usual = item.default if isinstance(item.default, str | int) and item.default != "" else None
                old, new = (usual if value is None else value for value in (old, new))
                yield from _differing(hint, old, new, f"{path}.{item.name}".removeprefix("."))


@functools.cache
def _fields(cls: Any) -> tuple[tuple[dataclasses.Field[Any], Any], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((item, _bare(hints[item.name])) for item in dataclasses.fields(cls))


def _bare(hint: Any) -> Any:
    """Return a type without `| None`, when it is one type else."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        kinds = [one for one in typing.get_args(hint) if one is not type(None)]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _value(data: Data, item: dataclasses.Field[Any]) -> Any:
    """Return a field's value; None where it is left out, empty, or says what leaving it out says too."""
    value = data.get(item.name)
    return None if value in ("", [], {}) or (item.default is not _MISSING and value == item.default) else value


def _differing(hint: Any, old: Any, new: Any, path: str) -> Iterator[Statement]:
    if hint is Text:
        yield from _texts(old, new, path)
    elif typing.get_origin(hint) is tuple:
        element = typing.get_args(hint)[0]
        if dataclasses.is_dataclass(element) and element is not Text:
            yield from _items(element, old or [], new or [], path)
        else:
            yield from _members(old or [], new or [], path)
    elif hint is Envelope:
        yield _single(path, old and str(Envelope.of(old)), new and str(Envelope.of(new)))
    elif dataclasses.is_dataclass(hint):
        yield from compared(hint, old or {}, new or {}, path)
    elif isinstance(old, dict) or isinstance(new, dict):
        for key in sorted({**(old or {}), **(new or {})}):
            inner = ((old or {}).get(key), (new or {}).get(key))
            if inner[0] != inner[1]:
                yield from _differing(tuple[str] if list in map(type, inner) else None, *inner, f"{path}.{key}")
    else:
        yield _single(path, *(None if value is None else labels.measured(path, value) for value in (old, new)))


def _single(path: str, old: str | None, new: str | None) -> Statement:
    shown = (labels.clipped(value) if value else _NOTHING for value in (old, new))
    text = f"{labels.field(path)}: {' → '.join(shown)}"
    return Statement("set", path, text, (old,) if old else (), (new,) if new else ())


def _texts(old: str | Data | None, new: str | Data | None, path: str) -> Iterator[Statement]:
    """Yield what differs in each language of a text for people."""
    was, now = (dict(Text.of(value).texts) if value else {} for value in (old, new))
    for code in sorted({*was, *now}):
        if was.get(code) == now.get(code):
            continue
        where = f"{labels.field(path)} ({code})" if code else labels.field(path)
        how = "changed" if code in was and code in now else "added" if code in now else "removed"
        quotes = " → ".join(f"“{labels.clipped(side[code])}”" for side in (was, now) if code in side)
        field = f"{path}.{code}" if code else path
        yield Statement("text", field, f"{where} {how}: {quotes}", *(
            (side[code],) if code in side else () for side in (was, now)
        ))  # fmt: skip


def _members(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[Statement]:
    """Yield what came to a list of plain values or texts, and what went."""
    was, now = ([labels.plain(value) for value in side] for side in (old, new))
    yield from _listed(path, tuple(x for x in was if x not in now), tuple(x for x in now if x not in was), was != now)


def _items(cls: Any, old: Sequence[Data], new: Sequence[Data], path: str) -> Iterator[Statement]:
    """Yield what came to a list of parts, what went, and what differs in those that stayed."""
    was, now = (dict(_keyed(side)) for side in (old, new))
    gone = tuple(labels.part(was[key]) for key in was if key not in now)
    came = tuple(labels.part(now[key]) for key in now if key not in was)
    stayed = [key for key in now if key in was]
    moved = not gone and not came and list(was) != list(now)
    yield from _listed(path, gone, came, moved)
    for key in stayed:
        name = labels.part_name(now[key])
        for one in compared(cls, was[key], now[key], path):
            inner = one.text.removeprefix(labels.field(path)).strip()
            yield dataclasses.replace(one, text=f"{labels.one(path)} {name}: {inner}")


def _keyed(items: Sequence[Data]) -> Iterator[tuple[tuple[str, int], Data]]:
    """Yield each part with what names it in its list, and which of that name it is."""
    seen: dict[str, int] = {}
    for item in items:
        name = labels.identity(item)
        seen[name] = seen.get(name, 0) + 1
        yield (name, seen[name]), item


def _listed(path: str, gone: tuple[str, ...], came: tuple[str, ...], is_other: bool) -> Iterator[Statement]:
    """Yield what came to a list and what went; that its order is another, when that is all."""
    if came:
        text = f"{labels.counted(path, len(came))} added: {labels.shown(came)}"
        yield Statement("members-added", path, text, (), came)
    if gone:
        text = f"{labels.counted(path, len(gone))} removed: {labels.shown(gone)}"
        yield Statement("members-removed", path, text, gone, ())
    if is_other and not gone and not came:
        yield Statement("order", path, f"{labels.field(path)}: same values, other order or number")
