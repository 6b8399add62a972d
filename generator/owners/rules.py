"""One changed file and the base in; whose approval it needs, and why, out.

A steward's approval is enough only for what is named here; whatever no rule knows needs a maintainer.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import words
from .accounts import listed
from .changes import NOTHING, PLAIN, Base, Change, Version, data, differing
from .claims import Held, conflicts, made
from .listings import faults
from .subjects import STATUS_LIST, Subject, hub_path, twin
from .wanted import namespaces


class Role(enum.StrEnum):
    """As what somebody approves. Where a steward of the hub is enough, a maintainer is too."""

    STEWARD = "steward"
    MAINTAINER = "maintainer"


class Reason(NamedTuple):
    """Why whose approval is needed, as half a sentence about the file."""

    need: Role
    text: str


# Why records that belong to no hub are for maintainers.
_SHARED = {
    "registry": "settings of the whole registry",
    "exceptions": "exceptions from the rules",
    "contract": "a contract template, which others sign",
    "passport": "a passport, whose maker the registry does not know",
    "network": "a network, which many hubs name",
    "design": "a design, which belongs to no hub",
    "request": "a request, which belongs to no hub",
}
_TRUST = {
    "stewards": "changes who its stewards are",
    "keys": "changes its keys",
    "formerly": "changes which former addresses lead to it",
}
_KINDS = {"id": "the id that `{}` had before", "formerly": "the address of `{}`", "website": "the website of `{}`",
          "name": "the name of `{}`",
          "same_as": "an identity of `{}`", "keys": "a key of `{}`"}  # fmt: skip


def reasons(change: Change, one: Subject, base: Base, holders: Held) -> tuple[Reason, ...]:
    """Return all reasons for which a file needs approval; never none."""
    if not one.inside:
        return tuple(_strange(change, one, base, "lies outside of the registry: code, schemas, pages or settings"))
    if not one.kind:
        return tuple(_strange(change, one, base, "is no place of a record"))
    return tuple(_of_hub(change, one, base, holders) if one.hub else _shared(change, one, base))


def _must(text: str) -> Reason:
    return Reason(Role.MAINTAINER, text)


def _strange(change: Change, one: Subject, base: Base, what: str) -> Iterator[Reason]:
    yield _must(what)
    likeness = twin(base.lead, one.path)
    if likeness != one.path and likeness in base.found and change.head != NOTHING:
        yield _must(f"differs only in letters' forms from `{likeness}`, and would overwrite it on many disks")


def _shared(change: Change, one: Subject, base: Base) -> Iterator[Reason]:
    what = _SHARED.get(one.kind, f"a {one.kind}, which many records share")
    yield _must(f"concerns {what}")
    if change.head == NOTHING:
        yield _must("is removed")
    elif change.head.mode != PLAIN:
        yield _must(_not_plain(change.head))
    else:
        yield from _namespace(change, one, base)
    if one.kind == "registry" and (fields := changed_fields("registry", change)):
        yield _must(f"changes {words.listed(sorted(fields))}")
        yield from _renumbered(change, "registry", "maintainers")


def _of_hub(change: Change, one: Subject, base: Base, holders: Held) -> Iterator[Reason]:
    if one.kind != "hub" and not base.has(hub_path(one.hub)):
        yield _must(f"belongs to `{one.hub}`, which is no hub of the base")
    elif base.has(hub_path(one.hub)) and base.data("hub", hub_path(one.hub)) is None:
        yield _must(f"its hub `{one.hub}` cannot be read on the base: nobody is known to be its steward")
    if change.head == NOTHING:
        yield _must("is removed")
    elif change.head.mode != PLAIN:
        yield _must(_not_plain(change.head))
    elif change.base != NOTHING and change.base.mode != PLAIN:
        yield _must("is no plain file on the base")
    elif change.base == NOTHING and change.has_moved_on:
        yield _must("was removed from the base since the branch was made: bring the branch up to date")
    elif one.kind == STATUS_LIST:
        yield from _listing(change, one, base)
    elif data(one.kind, change.head) is None:
        yield _must(f"is no valid {one.kind}: nobody can tell what changes")
    else:
        yield from _content(change, one, base, holders)


def _listing(change: Change, one: Subject, base: Base) -> Iterator[Reason]:
    """Yield what a status list asks for, whose hub's key speaks for it."""
    found = tuple(faults(change, one.hub, base))
    yield from map(_must, found)
    if change.base != NOTHING and change.has_moved_on:
        yield _must("changed on the base too since the branch was made: bring the branch up to date")
    if not found:
        yield Reason(Role.STEWARD, "is signed by its hub, and takes nothing back")


def _not_plain(version: Version) -> str:
    known = {"120000": "becomes a symbolic link", "160000": "becomes a submodule", "100755": "becomes a program"}
    return known.get(version.mode, "becomes something else than a file")


def _namespace(change: Change, one: Subject, base: Base) -> Iterator[Reason]:
    missing = [folder for folder in namespaces(one) if not base.has(folder)]
    if change.base == NOTHING and missing:
        yield _must(f"is the first record in `{missing[-1]}/`")


def _content(change: Change, one: Subject, base: Base, holders: Held) -> Iterator[Reason]:
    """Yield what a valid record's content asks for."""
    values = data(one.kind, change.head) or {}
    fields = changed_fields(one.kind, change)
    if change.base == NOTHING:
        yield _must("is a new hub") if one.kind == "hub" else Reason(Role.STEWARD, f"is a new {one.kind}")
        yield from _namespace(change, one, base)
    elif fields:
        yield Reason(Role.STEWARD, f"changes {words.listed(sorted(fields))}")
    else:
        yield Reason(Role.STEWARD, "changes its form only")
    if change.base != NOTHING and change.has_moved_on:
        # Git joins lines, and of what it makes of two versions nobody has seen what it says.
        yield _must("changed on the base too since the branch was made: bring the branch up to date")
    if one.kind == "hub":
        yield from _trust(change, one, base, holders)
    else:
        yield from _addresses(one, values, fields)


def _trust(change: Change, one: Subject, base: Base, holders: Held) -> Iterator[Reason]:
    fields = changed_fields(one.kind, change)
    if change.base != NOTHING:
        yield from (_must(text) for field, text in _TRUST.items() if field in fields)
    yield from _renumbered(change, "hub", "stewards")
    if joined := _joined(change):
        # A rule of another hub may name a network, and then means whoever says to be a member.
        yield _must(f"joins {words.listed(joined)}, whose members' credentials others recognise")
    if _is_reopened(change):
        yield _must("opens a closed hub again")
    for conflict in conflicts(one, made(one, change), base, holders):
        text = f"claims {_KINDS[conflict.field].format(conflict.hub)}"
        # Hubs of one organisation share its website; the other claims take something from the other hub.
        yield Reason(Role.STEWARD, text) if conflict.field == "website" else _must(text)


def _renumbered(change: Change, kind: str, key: str) -> Iterator[Reason]:
    """Yield the logins that stand on the base with a number, and would stand there with another."""
    known = {one.login.lower(): one.number for one in listed(data(kind, change.base) or {}, key) if one.number}
    for one in listed(data(kind, change.head) or {}, key):
        if known.get(one.login.lower(), one.number) != one.number:
            yield _must(f"gives the login `{one.login}` another account's number")


def _joined(change: Change) -> list[str]:
    """Return the networks that a hub would be a member of, and is not on the base."""
    before, after = (data("hub", version) or {} for version in (change.base, change.head))
    return sorted(set(after.get("networks", ())) - set(before.get("networks", ())))


def _is_reopened(change: Change) -> bool:
    after = data("hub", change.head) or {}
    before = [data("hub", version) or {} for version in change.before]
    return after.get("status") != "closed" and any(old.get("status") == "closed" for old in before)


def _addresses(one: Subject, values: Mapping[str, Any], fields: frozenset[str]) -> Iterator[Reason]:
    """Yield the former addresses of a machine that are another hub's."""
    former = values.get("formerly", ()) if "formerly" in fields else ()
    others = [id for id in former if id.rpartition("/")[0] != one.hub]
    if others:
        yield _must(f"takes over addresses of another hub: {words.listed(others)}")


def changed_fields(kind: str, change: Change) -> frozenset[str]:
    """Return the fields in which a record differs from what the base has or had when the branch was made."""
    after = data(kind, change.head) or {}
    before = [data(kind, version) or {} for version in change.before]
    return frozenset().union(*(differing(old, after) for old in before))
