"""Two versions of a hub's or machine's data in; what speaks against letting its steward merge the edit alone out.

Low risk is what changes from week to week, misleads nobody about who the hub is, whom it trusts or where it stands,
and is put right with the next edit. Everything else is looked at by a second person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple


class LowRisk(NamedTuple):
    """Why a field is of low risk, and between which values: given the one before and the one after, or None."""

    why: str
    allows: Callable[[Any, Any], bool]


def _any(*_: Any) -> bool:
    return True


def _pause(before: Any, after: Any) -> bool:
    return {before or "active", after or "active"} <= {"active", "paused"}


def _by_itself(_: Any, after: Any) -> bool:
    return after is not None and after["how"] == "self"


FIELDS: Mapping[str, Mapping[str, LowRisk]] = {
    "hub": {
        "hours": LowRisk("hours change with the season; a wrong one costs a visitor a walk", _any),
        "contact": LowRisk("only the hub knows which of its addresses is read; checks look for private ones", _any),
        "languages": LowRisk("who is at the desk changes", _any),
        "accessibility": LowRisk("the hub sees its own stairs; a visitor's note puts it right", _any),
        "infrastructure": LowRisk("what the building has, seen by whoever comes", _any),
        "floor_m2": LowRisk("a figure that nothing is decided by", _any),
        "status": LowRisk("a pause and its end; closing and opening again are not", _pause),
        "verified": LowRisk("the hub vouches for its own facts, as `how: self`; for no one else's visit", _by_itself),
    },
    "machine": {
        "status": LowRisk("machines break and are mended", _any),
        "quantity": LowRisk("how many stand there, seen by whoever comes", _any),
        "availability": LowRisk("hours and waiting time change every week", _any),
        "use": LowRisk("whether members use it themselves is for the hub to say", _any),
        "verified": LowRisk("the hub vouches for its own facts, as `how: self`", _by_itself),
    },
}  # fmt: skip


def objections(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> Iterator[str]:
    """Yield why a change of these fields is not of low risk."""
    known = FIELDS.get(kind, {})
    for name in sorted(fields):
        if name not in known:
            yield f"`{name}` is not among the fields of low risk"
        elif not known[name].allows(before.get(name), after.get(name)):
            yield f"this change of `{name}` is not of low risk"
