"""A record before and after in; what changed in words out, with what certain fields mean: closed, moved, revoked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..records import Hub, Record
from ..units import distance_km
from . import labels
from .fields import Data, compared
from .values import Statement

_POINT = ("location.latitude", "location.longitude")
_OF_KEYS = {
    "keys.revoked_on": ("revoked", "revoked on"), "keys.compromised_since": ("compromised", "compromised since"),
}  # fmt: skip
FORMAT = Statement("format", "", "no fact changed: comments, order or layout only")


def facts(kind: type[Record], before: Data, after: Data, skip: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """Return what changed in a record; nothing when no fact did."""
    found = list(compared(kind, before, after, skip=skip))
    if kind is Hub:
        found = list(_status(list(_point(found, before, after)), before, after))
    return tuple(_keys(_verified(found, before, after)))


def _status(found: list[Statement], before: Data, after: Data) -> Iterator[Statement]:
    was, now = (data.get("status", "active") for data in (before, after))
    day = after.get("closed_on", "")
    if "closed" in (was, now) and (was != now or before.get("closed_on", "") != day):
        found = [one for one in found if one.field not in ("status", "closed_on")]
        if now == "closed":
            yield Statement("closed", "status", f"closed on {day}" if day else "closed", (was,), ("closed",))
        else:
            yield Statement("reopened", "status", f"no longer closed: {now}", ("closed",), (now,))
    yield from found


def _point(found: list[Statement], before: Data, after: Data) -> Iterator[Statement]:
    was, now = (_coordinates(data) for data in (before, after))
    if was == now or not any(one.field in _POINT for one in found):
        yield from found
        return
    old, new = (tuple(f"{value:.6f}" for value in side) if side else () for side in (was, now))
    if was and now:
        distance = distance_km(*was, *now)
        how = (
            f"{distance:,.0f} km"
            if distance >= 10
            else f"{distance:.1f} km"
            if distance >= 1
            else f"{distance * 1000:.0f} m"
        )
        yield Statement("moved", "location", f"location moved by {how}", old, new)
    else:
        how = "added" if now else "removed"
        yield Statement("moved", "location", f"coordinates {how}: {', '.join(new or old)}", old, new)
    yield from (one for one in found if one.field not in _POINT)


def _length(km: float) -> str:
    return f"{km:,.0f} km" if km >= 10 else f"{km:.1f} km" if km >= 1 else f"{km * 1000:.0f} m"


def _coordinates(data: Data) -> tuple[float, float] | tuple[()]:
    place = data.get("location", {})
    return (place["latitude"], place["longitude"]) if {"latitude", "longitude"} <= place.keys() else ()


def _verified(found: list[Statement], before: Data, after: Data) -> Iterator[Statement]:
    now = after.get("verified")
    if now is None or before.get("verified") == now:
        yield from found
        return
    by = f", by {labels.clipped(now['by'])}" if now.get("by") else ""
    was = before.get("verified")
    text = f"verified on {now['on']} ({now['how']}{by})" + (f"; before, on {was['on']} ({was['how']})" if was else "")
    yield from (one for one in found if not one.field.startswith("verified."))
    yield Statement("verified", "verified", text, (was["on"],) if was else (), (now["on"],))


def _keys(found: Iterable[Statement]) -> Iterator[Statement]:
    """Yield statements with revoked and compromised keys in these words."""
    for one in found:
        kind, how = _OF_KEYS.get(one.field, ("", ""))
        if kind and one.after and not one.before:
            name = one.text.partition(": ")[0]
            yield Statement(kind, one.field, f"{name} {how} {one.after[0]}", (), one.after)
        else:
            yield one


def introduced(kind: type[Record], data: Data) -> Iterator[Statement]:
    """Yield what is worth saying of a record that is new, or is gone."""
    if kind is Hub:
        yield Statement("is", "", f"{data['kind'].replace('-', ' ')} in {labels.clipped(data['location']['locality'])}")
    for name in ("status", "model", "processes", "stewards", "keys", "design", "decision"):
        if data.get(name):
            yield _given(name, data[name])


def _given(name: str, value: Any) -> Statement:
    parts = value if isinstance(value, list) else [value]
    values = tuple(labels.part(one) if isinstance(one, Mapping) else labels.plain(one) for one in parts)
    return Statement("is", name, f"{labels.field(name)}: {labels.shown(values)}", (), values)
