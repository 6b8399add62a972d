"""What published passports are decided about from in; the places where one can count, those alike as one, out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..records import Machine
from ..registry import Registry, Rows
from .recognising import Facts, Rule, Rules
from .roll import Roll

Needs = tuple[tuple[str, int], ...]
_REQUIRES = b'"requires"'


class Place(NamedTuple):
    """A hub and a machine there, "" for none, that stand for all alike; and what the machine itself asks for."""

    hub: str
    machine: str
    needs: Needs


class Places(NamedTuple):
    """The number of each hub and machine where a passport can count, and for each number one that stands for all.

    A machine that is not there is like its hub; a hub that is not there has no number.
    """

    numbers: Mapping[str, int]
    each: Sequence[Place]


def places_of(registry: Registry, rolls: Sequence[Roll], first: int) -> Places:
    """Return the places of a registry, numbered from `first` on."""
    numbers: dict[str, int] = {}
    known: dict[tuple[int, Needs], int] = {}
    each: list[Place] = []
    for place, kind in _places(registry, rolls):
        key = (kind, place.needs)
        if key not in known:
            known[key] = first + len(each)
            each.append(place)
        numbers[place.machine or place.hub] = known[key]
    return Places(numbers, each)


def _places(registry: Registry, rolls: Sequence[Roll]) -> Iterator[tuple[Place, int]]:
    """Yield every place, and a number that is the same where the same rules hold; those of one hub together."""
    alike: dict[object, int] = {}
    machines = Rows(registry, Machine)
    for hub in sorted(set().union(*map(_hubs, rolls))):
        rules = [_rules_at(roll.facts, roll.holders, hub) for roll in rolls]
        excluded = frozenset(_excluded(rules))
        kinds: dict[str, int] = {}  # of the machines that rules exclude, and as "" of all others
        for machine, needs in (("", ()), *_machines(machines, hub, excluded)):
            which = machine if machine in excluded else ""
            if which not in kinds:
                told = (_own(rolls, hub), tuple(_alike(one, which) for one in rules))
                kinds[which] = alike.setdefault(told, len(alike))
            yield Place(hub, machine, needs), kinds[which]


def _hubs(roll: Roll) -> set[str]:
    """Return the hubs where a passport can count: those that issued one, and those with a rule for an issuer."""
    issuers = roll.facts.hubs
    networks = {network for one in issuers.values() for network in one.networks}
    return {
        *issuers,
        *(
            hub
            for (hub, _), rules in roll.facts.rules.items()
            if not (rules.issuers.isdisjoint(issuers) and rules.networks.isdisjoint(networks))
        ),
    }


def _own(rolls: Sequence[Roll], hub: str) -> str:
    """Return the id of a hub that issued something, and is like no other one; else ""."""
    return hub if any(hub in roll.facts.hubs for roll in rolls) else ""


def _rules_at(facts: Facts, competences: Collection[str], hub: str) -> Mapping[str, Rules] | None:
    """Return the rules of a hub by competence; None where one cannot be read, so that no other counts."""
    if hub in facts.unreadable:
        return None
    return {one: facts.rules[hub, one] for one in competences if (hub, one) in facts.rules}


def _excluded(rules: Sequence[Mapping[str, Rules] | None]) -> Iterator[str]:
    for each in rules:
        for both in each.values() if each is not None else ():
            for rule in both.accepting:
                yield from rule.excludes


def _machines(rows: Rows, hub: str, excluded: Collection[str]) -> Iterator[tuple[str, Needs]]:
    """Yield the machines of a hub that are not like the hub: what they ask for, or that a rule excludes them."""
    for id, data in rows.below(hub):
        asked = json.loads(data).get("requires", ()) if _REQUIRES in data else ()
        if asked or id in excluded:
            yield id, tuple(sorted({(one["competence"], one["level"]) for one in asked}))


def _alike(rules: Mapping[str, Rules] | None, machine: str) -> object:
    """Return what is the same for all places that some rules cannot tell apart."""
    if rules is None:
        return None
    return frozenset(
        (competence, kind, _bare(rule, machine))
        for competence, both in rules.items()
        for kind, several in (("accept", both.accepting), ("refuse", both.refusing))
        for rule in several
    )


def _bare(rule: Rule, machine: str) -> Rule:
    """Return a rule without its id, and with only the machine of those that it excludes, as "this"."""
    return rule._replace(id="", excludes=frozenset({"this"} if machine in rule.excludes else ()))
