"""The credentials of one holder in; all machines that they open, or would with one more step, out.

Machines of a hub that ask for the same are judged together, and each requirement at a hub once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..units import distance_km
from .codes import ORDER, RANK
from .decision import Need, Wallet, blocks_of, reasons_for, wallet_of, worst
from .recognising import Door, Facts
from .values import Evidence, Reason, Result

Point = tuple[float, float]
Groups = Mapping[str, tuple["Group", ...]]  # by each competence that they ask for
_Judge = Callable[[Need], Reason]


class Group(NamedTuple):
    """Machines of a hub for which every answer is the same; the door is that of any of them."""

    door: Door
    machines: tuple[str, ...]


class Opening(NamedTuple):
    """Machines of a hub that a passport opens, opens on a condition, or opens with one more step.

    Each requirement has its best reason. `distance` is in kilometres; None when it was not asked or is not known.
    """

    hub: str
    machines: tuple[str, ...]
    result: Result
    reasons: tuple[Reason, ...]
    distance: float | None

    @property
    def missing(self) -> tuple[Reason, ...]:
        """The one requirement that is left, or nothing."""
        return tuple(reason for reason in self.reasons if reason.result is Result.DENY)


def groups_of(facts: Facts) -> Groups:
    """Return all machines that anybody may use, grouped; made once for a registry."""
    excluded = {id for rules in facts.rules.values() for rule in rules.accepting for id in rule.excludes}
    found: dict[tuple[str, tuple[tuple[str, int], ...], str], list[Door]] = {}
    for door in facts.doors.values():
        if not blocks_of(facts, door):
            own = door.machine if door.machine in excluded else ""
            found.setdefault((door.hub, door.needs, own), []).append(door)
    asking: dict[str, list[Group]] = {}
    for doors in found.values():
        group = Group(doors[0], tuple(door.machine for door in doors))
        for competence in {competence for competence, _ in group.door.needs}:
            asking.setdefault(competence, []).append(group)
    return {competence: tuple(groups) for competence, groups in asking.items()}


def where(
    facts: Facts, groups: Groups, day: date, evidences: Iterable[Evidence], near: Point | None = None
) -> tuple[Opening, ...]:
    """Return what a passport opens on a day: permit, conditional, then one step away; the nearest first of each.

    Left out is what the passport has nothing to do with: machines that state no requirement, and those that ask only
    for what no credential is about, which are as far away for anybody.
    """
    wallet = wallet_of(facts, day, evidences)
    asking = {id(group): group for competence in wallet.held for group in groups.get(competence, ())}
    return tuple(sorted(_openings(facts, asking.values(), _judge(facts, wallet), near), key=_place))


def _openings(facts: Facts, groups: Iterable[Group], judge: _Judge, near: Point | None) -> Iterator[Opening]:
    distances: dict[str, float | None] = {}
    for door, machines in groups:
        reasons = tuple([judge(Need(door.machine, door.hub, *need)) for need in door.needs])
        if sum(reason.result is Result.DENY for reason in reasons) > 1:
            continue
        if door.hub not in distances:
            distances[door.hub] = _distance(facts.hubs[door.hub].point, near)
        yield Opening(door.hub, machines, worst(reasons), reasons, distances[door.hub])


def _judge(facts: Facts, wallet: Wallet) -> _Judge:
    """Return what gives the best reason for a requirement. Hubs that say nothing of the issuers all say the same."""
    elsewhere: dict[tuple[str, int], Reason] = {}
    issuers = {at: frozenset(one.claim.issuer for one in held if not one.fault) for at, held in wallet.held.items()}
    networks = {at: frozenset(net for id in ids for net in facts.hubs[id].networks) for at, ids in issuers.items()}

    def judged(need: Need) -> Reason:
        at = need.competence
        if at in issuers:
            rules = facts.rules.get((need.hub, at))
            is_silent = rules is None or (
                rules.issuers.isdisjoint(issuers[at]) and rules.networks.isdisjoint(networks[at])
            )
            if not is_silent or need.hub in issuers[at] or need.hub in facts.unreadable:
                return reasons_for(facts, wallet, need)[0]
        key = (at, need.level)
        if key not in elsewhere:
            elsewhere[key] = reasons_for(facts, wallet, Need("", "", *key))[0]
        return elsewhere[key]

    return judged


def _distance(point: Point | None, near: Point | None) -> float | None:
    return None if point is None or near is None else distance_km(*near, *point)


def _place(one: Opening) -> tuple[int, float, int, str, tuple[str, ...]]:
    away = math.inf if one.distance is None else one.distance
    return (ORDER[one.result], away, max(RANK.get(reason.code, len(RANK)) for reason in one.reasons), one.hub,
            one.machines)  # fmt: skip
