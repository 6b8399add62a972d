"""A registry in; what decisions need of it, indexed once, out: hubs, their rules of recognition, and machines."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from ..records import Competence, Hub, Machine, Recognition
from ..records.hub import HubKey
from ..registry import Registry, Rows

REFUSE, AFTER_INDUCTION = "refuse", "accept-after-induction"
Needs = tuple[tuple[str, int], ...]  # what a machine asks for, as (competence, level)
_ACTIVE, _WORKING = "active", "working"
_decoded = json.JSONDecoder().raw_decode
_day = functools.cache(date.fromisoformat)
_QUOTE, _EXCLUDES = b'"', b"excludes"
_REQUIRES = re.compile(rb'"requires":\s*(\[[^\]]*\])')  # no text holds a bare quote, no requirement a list
_COMPETENCE = re.compile(rb'"competence":\s*"([^"]*)"')


class Standing(NamedTuple):
    """What counts of a hub, as an issuer and as the place of a machine."""

    is_open: bool
    networks: frozenset[str]
    keys: tuple[HubKey, ...]
    point: tuple[float, float] | None


class Rule(NamedTuple):
    """A rule of recognition as it is applied. `levels` are (theirs, ours); empty counts level for level."""

    id: str
    issuers: frozenset[str]
    networks: frozenset[str]
    levels: tuple[tuple[int, int], ...]
    max_age_days: int | None
    excludes: frozenset[str]
    valid_from: date
    valid_until: date | None
    asks_first: bool  # for an induction, or for what its condition says
    is_clear: bool

    def is_in_force(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def names(self, hub: str, networks: frozenset[str]) -> bool:
        """Tell whether it names a hub or one of these networks."""
        return hub in self.issuers or not self.networks.isdisjoint(networks)

    def level(self, theirs: int) -> int:
        """Return what one of their levels counts as here: 0 for nothing."""
        return max((ours for low, ours in self.levels if low <= theirs), default=0) if self.levels else theirs


class Told(NamedTuple):
    """A rule, what it is about, and whether it refuses."""

    rule: Rule
    competence: str
    refuses: bool


class Rules(NamedTuple):
    """The rules of one hub for one competence, whenever they hold."""

    accepting: tuple[Rule, ...]
    refusing: tuple[Rule, ...]
    issuers: frozenset[str]  # that any of them names
    networks: frozenset[str]


class Door(NamedTuple):
    """What counts of a machine: where it stands and what it asks for."""

    machine: str
    hub: str
    needs: Needs
    status: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a decision is taken from. `rules` stand by (hub, competence); `competences` are versions by id.

    `unreadable` are hubs of which a rule cannot be read: it may be a refusal.
    """

    competences: Mapping[str, int]
    hubs: Mapping[str, Standing]
    rules: Mapping[tuple[str, str], Rules]
    unreadable: frozenset[str]
    doors: Mapping[str, Door]


def facts_of(registry: Registry) -> Facts:
    """Return the facts for any decision in a registry."""
    rules = (_rule(id, _read(data)) for id, data in registry.rows(Recognition))
    doors = _doors(registry.rows(Machine), lambda _: True)
    return _facts(registry, registry.ids(Hub), rules, doors)


def facts_for(registry: Registry, machine: str, issuers: Collection[str]) -> Facts:
    """Return the facts for decisions about one machine and credentials of some hubs; only these records are read."""
    hub, rules = machine.rpartition("/")[0], Rows(registry, Recognition).below(machine.rpartition("/")[0])
    own = [(machine, data)] if (data := Rows(registry, Machine).of(machine)) else []
    return _facts(
        registry,
        sorted({hub, *issuers}),
        (_rule(id, _read(told)) for id, told in rules),
        _doors(own, lambda _: True),
    )


def facts_among(registry: Registry, issuers: Iterable[str], rules: Iterable[str]) -> Facts:
    """Return the facts for decisions about single requirements: some issuers and some rules, and no machine."""
    told = Rows(registry, Recognition)
    return _facts(registry, issuers, (_rule(id, _read(told.of(id))) for id in rules), {})


def facts_about(registry: Registry, issuers: Mapping[str, Collection[str]]) -> Facts:
    """Return the facts for decisions about all machines that ask for some competences; `issuers` say who assessed each.

    Other machines are left out, and rules that neither name these hubs or a network of theirs nor keep a machine
    apart: of a large registry little is left.
    """
    named = {at.encode(): _named(registry, ids) for at, ids in issuers.items()}
    rules = (_rule(id, _read(data)) for id, data in registry.rows(Recognition) if _concerns(data, named))
    doors = _doors(registry.rows(Machine), lambda needs: any(at in issuers for at, _ in needs))
    hubs = {door.hub for door in doors.values()}.union(*issuers.values())
    return _facts(registry, sorted(hubs), rules, doors)


def unstated(registry: Registry) -> int:
    """Return how many machines state no requirement: what opens those, only their hubs know."""
    return sum(_REQUIRES.search(data) is None for _, data in registry.rows(Machine))


def _named(registry: Registry, ids: Collection[str]) -> frozenset[bytes]:
    """Return hubs and their networks, as they stand between the quotes of a rule."""
    hubs = (registry.get(Hub, id) for id in ids)
    networks = (network for hub in hubs if hub is not None for network in hub.networks)
    return frozenset(id.encode() for id in (*ids, *networks))


def _concerns(rule: bytes, named: Mapping[bytes, frozenset[bytes]]) -> bool:
    """Tell whether a rule is about one of the competences, and names anybody who counts there or excludes a machine."""
    about = _COMPETENCE.search(rule)
    names = named.get(about[1]) if about else None
    return names is not None and (not names.isdisjoint(texts := rule.split(_QUOTE)) or _EXCLUDES in texts)


def _facts(registry: Registry, hubs: Iterable[str], rules: Iterable[Told], doors: dict[str, Door]) -> Facts:
    rows = Rows(registry, Hub)
    return Facts(
        competences={one.id: one.version for one in registry.all(Competence)},
        hubs={id: _standing(_read(data)) for id in hubs if (data := rows.of(id))},
        rules=_rules(rules),
        unreadable=frozenset(
            id.rpartition("/")[0] for kind, id in registry.broken if kind == Recognition.record_kind
        ),
        doors=doors,
    )  # fmt: skip


def _read(data: bytes) -> Any:
    """Return what a record, or a part of one, says: `json.loads` would first guess how it is encoded."""
    return _decoded(data.decode())[0]


def _standing(told: Mapping[str, Any]) -> Standing:
    place = told["location"]
    point = (place["latitude"], place["longitude"]) if "latitude" in place and "longitude" in place else None
    keys = tuple(_key(**key) for key in told.get("keys", ()))
    return Standing(told.get("status", _ACTIVE) == _ACTIVE, frozenset(told.get("networks", ())), keys, point)


def _key(public_key: str, **days: str) -> HubKey:
    return HubKey(public_key=public_key, **{name: _day(text) for name, text in days.items()})


def _doors(rows: Iterable[tuple[str, bytes]], is_asked: Callable[[Needs], bool]) -> dict[str, Door]:
    """Return what counts of the machines whose needs are asked for. There are many, and few different needs."""
    known: dict[bytes, Needs | None] = {b"": () if is_asked(()) else None}
    found: dict[str, Door] = {}
    for id, data in rows:
        match = _REQUIRES.search(data)
        told = match[1] if match else b""
        if told not in known:
            stated = _needs(told)
            known[told] = stated if is_asked(stated) else None
        needs = known[told]
        if needs is not None:
            status, use = _state(data) if b'"status"' in data or b'"use"' in data else (_WORKING, "")
            found[id] = Door(id, id[: id.rindex("/")], needs, status, use)
    return found


def _needs(told: bytes) -> Needs:
    return tuple(dict.fromkeys([(one["competence"], int(one["level"])) for one in _read(told)]))


def _state(data: bytes) -> tuple[str, str]:
    """Return whether a machine works and who uses it, as its JSON says."""
    if b'"features"' in data:  # whose names are free, and may be the same
        told = _read(data)
        return told.get("status", _WORKING), told.get("use", "")
    return _text(data, b'"status":') or _WORKING, _text(data, b'"use":')


def _text(data: bytes, key: bytes) -> str:
    """Return the text behind a key, in which nothing is escaped; "" without the key."""
    at = data.find(key)
    begin = data.index(_QUOTE, at + len(key)) + 1 if at >= 0 else 0
    return data[begin : data.index(_QUOTE, begin)].decode() if begin else ""


def _rules(rules: Iterable[Told]) -> dict[tuple[str, str], Rules]:
    found: dict[tuple[str, str], list[Told]] = {}
    for told in rules:
        found.setdefault((told.rule.id.rpartition("/")[0], told.competence), []).append(told)
    return {key: _together(each) for key, each in found.items()}


def _together(rules: list[Told]) -> Rules:
    return Rules(
        accepting=tuple([one.rule for one in rules if not one.refuses]),
        refusing=tuple([one.rule for one in rules if one.refuses]),
        issuers=rules[0].rule.issuers.union(*(one.rule.issuers for one in rules[1:])),
        networks=rules[0].rule.networks.union(*(one.rule.networks for one in rules[1:])),
    )


def _rule(id: str, told: Mapping[str, Any]) -> Told:
    levels = tuple(sorted([(int(one["theirs"]), int(one["ours"])) for one in told.get("levels", ())]))
    age, end = told.get("max_age_days"), told.get("valid_until")
    rule = Rule(
        id=id, issuers=frozenset(told.get("issuers", ())), networks=frozenset(told.get("networks", ())), levels=levels,
        max_age_days=None if age is None else int(age), excludes=frozenset(told.get("excludes", ())),
        valid_from=_day(told["valid_from"]), valid_until=None if end is None else _day(end),
        asks_first=told["decision"] == AFTER_INDUCTION or "condition" in told,
        is_clear=not levels or all(one[0] < other[0] and one[1] <= other[1] for one, other in pairwise(levels)),
    )  # fmt: skip
    return Told(rule, told["competence"], told["decision"] == REFUSE)
