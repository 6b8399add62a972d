"""A hub's data in; what it claims that other hubs of the base have too out: addresses, keys, ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .changes import Base, Change, data
from .subjects import Subject, hub_path, subject

_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


class Claim(NamedTuple):
    """A text under a field by which hubs are told apart: an address without its scheme, a key, an id."""

    field: str
    text: str


class Conflict(NamedTuple):
    """A field whose value another hub of the base has, or which names that hub's id."""

    field: str
    hub: str


def address(url: str) -> str:
    """Return what two spellings of an address have in common."""
    return _SCHEME.sub("", url).rstrip("/").casefold()


def claims(id: str, values: Mapping[str, Any]) -> frozenset[Claim]:
    """Return what a hub's data claims, its own id and former ids among it."""
    found = {Claim("website", address(values["website"]))} if "website" in values else set()
    found |= {Claim("same_as", address(url)) for url in values.get("same_as", ())}
    found |= {Claim("keys", key["public_key"]) for key in values.get("keys", ())}
    found |= {Claim("formerly", old) for old in values.get("formerly", ())}
    return frozenset(found | {Claim("id", id)})


def made(one: Subject, change: Change) -> frozenset[Claim]:
    """Return what a change of a hub newly claims."""
    values = data("hub", change.head)
    if values is None:
        return frozenset()
    before = [data("hub", version) for version in change.before]
    return claims(one.id, values).difference(*[claims(one.id, old) for old in before[:1] if old is not None])


def conflicts(one: Subject, claimed: Iterable[Claim], base: Base) -> tuple[Conflict, ...]:
    """Return which other hubs of the base have what is claimed."""
    return tuple(dict.fromkeys(_conflicts(one, sorted(claimed), base)))


def _conflicts(one: Subject, claimed: Sequence[Claim], base: Base) -> Iterator[Conflict]:
    for claim in claimed:
        if claim.field == "formerly" and claim.text != one.id and base.has(hub_path(claim.text)):
            yield Conflict("formerly", claim.text)
    for path, version in sorted(base.holders.items()):
        other = subject(base.lead, path)
        values = data("hub", version)
        if other.kind != "hub" or other.id == one.id or values is None:
            continue
        theirs = claims(other.id, values)
        for claim in claimed:
            if any(claim.text == their.text for their in theirs if _may_meet(claim.field, their.field)):
                yield Conflict(claim.field, other.id)


def _may_meet(ours: str, theirs: str) -> bool:
    """Whether the same text under two fields means the same thing."""
    ids, addresses = {"id", "formerly"}, {"website", "same_as"}
    both = {ours, theirs}
    return ours == theirs or both in (ids, addresses)
