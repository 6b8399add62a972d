"""A registry in; what decisions need of it, indexed once, out: hubs, their rules of recognition, and machines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ..records import Competence, Hub, Machine, R, Recognition
from ..records.hub import HubKey
from ..registry import Registry

REFUSE, AFTER_INDUCTION = "refuse", "accept-after-induction"


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


class Rules(NamedTuple):
    """The rules of one hub for one competence, whenever they hold."""

    accepting: tuple[Rule, ...]
    refusing: tuple[Rule, ...]
    issuers: frozenset[str]  # that any of them names
    networks: frozenset[str]


class Door(NamedTuple):
    """What counts of a machine: where it stands and what it asks for, as (competence, level)."""

    machine: str
    hub: str
    needs: tuple[tuple[str, int], ...]
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
    return _facts(registry, registry.all(Hub), registry.all(Recognition), registry.all(Machine))


def facts_for(registry: Registry, machine: str, issuers: Collection[str]) -> Facts:
    """Return the facts for decisions about one machine and credentials of some hubs; only these records are built."""
    hub = machine.rpartition("/")[0]
    rules = (id for id in registry.ids(Recognition) if id.rpartition("/")[0] == hub)
    return _facts(
        registry,
        _some(registry, Hub, sorted({hub, *issuers})),
        _some(registry, Recognition, rules),
        _some(registry, Machine, (machine,)),
    )


def facts_about(registry: Registry, competences: Collection[str], issuers: Collection[str]) -> Facts:
    """Return the facts for decisions about all machines that ask for some competences, for credentials of some hubs.

    Other machines and rules are not even built: of a large registry little is left.
    """
    wanted = [f'"{competence}"'.encode() for competence in competences]
    found: dict[str, list[str]] = {Machine.record_kind: [], Recognition.record_kind: []}
    for kind, id, data in registry.raw():
        if kind in found and any(text in data for text in wanted):
            found[kind].append(id)
    machines, rules = found[Machine.record_kind], found[Recognition.record_kind]
    hubs = sorted({*issuers, *(id.rpartition("/")[0] for id in machines)})
    return _facts(
        registry,
        _some(registry, Hub, hubs),
        _some(registry, Recognition, rules),
        _some(registry, Machine, machines),
    )


def _some(registry: Registry, kind: type[R], ids: Iterable[str]) -> Iterator[R]:
    return (record for id in ids if (record := registry.get(kind, id)))


def _facts(registry: Registry, hubs: Iterable[Hub], rules: Iterable[Recognition], machines: Iterable[Machine]) -> Facts:
    return Facts(
        competences={one.id: one.version for one in registry.all(Competence)},
        hubs={hub.id: Standing(hub.is_open, frozenset(hub.networks), hub.keys, hub.location.point) for hub in hubs},
        rules=_rules(rules),
        unreadable=frozenset(
            id.rpartition("/")[0] for kind, id in registry.broken if kind == Recognition.record_kind
        ),
        doors={machine.id: _door(machine) for machine in machines},
    )  # fmt: skip


def _door(machine: Machine) -> Door:
    """Return what counts of a machine. A model states no requirements, so its record is not asked."""
    needs = tuple(dict.fromkeys((one.competence, one.level) for one in machine.requires))
    return Door(machine.id, machine.hub, needs, machine.status, machine.use)


def _rules(records: Iterable[Recognition]) -> dict[tuple[str, str], Rules]:
    found: dict[tuple[str, str], list[tuple[bool, Rule]]] = {}
    for record in records:
        found.setdefault((record.hub, record.competence), []).append((record.decision == REFUSE, _rule(record)))
    return {key: _together(rules) for key, rules in found.items()}


def _together(rules: list[tuple[bool, Rule]]) -> Rules:
    return Rules(
        accepting=tuple(rule for refuses, rule in rules if not refuses),
        refusing=tuple(rule for refuses, rule in rules if refuses),
        issuers=frozenset(issuer for _, rule in rules for issuer in rule.issuers),
        networks=frozenset(network for _, rule in rules for network in rule.networks),
    )


def _rule(record: Recognition) -> Rule:
    levels = tuple(sorted((one.theirs, one.ours) for one in record.levels))
    return Rule(
        id=record.id, issuers=frozenset(record.issuers), networks=frozenset(record.networks), levels=levels,
        max_age_days=record.max_age_days, excludes=frozenset(record.excludes),
        valid_from=record.valid_from, valid_until=record.valid_until,
        asks_first=record.decision == AFTER_INDUCTION or record.condition is not None,
        is_clear=all(one[0] < other[0] and one[1] <= other[1] for one, other in pairwise(levels)),
    )  # fmt: skip
