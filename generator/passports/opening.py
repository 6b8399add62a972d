"""The credentials of one holder in; all machines that they open, or would with one more step, out.

Hubs that say nothing of the credentials' issuers all give the same answer: what machines ask for is judged once for
all of these hubs together, and once for each other hub.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..units import distance_km
from .codes import RANK
from .decision import Need, Wallet, blocks_of, reasons_for, wallet_of, worst
from .recognising import Facts, Needs
from .values import Evidence, Reason, Result

Point = tuple[float, float]
# Machines by their hub and by what they ask for; one that a rule excludes stands alone, by its own id.
Groups = Mapping[str, Mapping[Needs, Sequence[str]]]


class _Answer(NamedTuple):
    """What a hub says to what machines ask for; the rank is that of the worst code."""

    result: Result
    rank: int
    reasons: tuple[Reason, ...]


_Row = tuple[float, int, str, tuple[str, ...], tuple[Reason, ...]]  # sorts by distance, rank, hub and machines


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
    found: dict[str, dict[Needs, list[str]]] = {}
    for door in facts.doors.values():
        if door.needs and not blocks_of(facts, door):
            at = door.machine if door.machine in excluded else door.hub
            found.setdefault(at, {}).setdefault(door.needs, []).append(door.machine)
    return found


def where(
    facts: Facts, groups: Groups, day: date, evidences: Iterable[Evidence], near: Point | None = None
) -> tuple[Opening, ...]:
    """Return what a passport opens on a day: permit, conditional, then one step away; the nearest first of each.

    Left out is what the passport has nothing to do with: machines that state no requirement, and those that ask only
    for what no credential is about, which are as far away for anybody.
    """
    answer_of = _answering(facts, wallet_of(facts, day, evidences))
    found: dict[Result, list[_Row]] = {result: [] for result in Result}
    for at, asking in groups.items():
        hub = at if at in facts.hubs else at.rpartition("/")[0]
        away = _distance(facts.hubs[hub].point, near)
        for needs, machines in asking.items():
            answer = answer_of(at, hub, needs)
            if answer is not None:
                found[answer.result].append((away, answer.rank, hub, tuple(machines), answer.reasons))
    return tuple([_opening(result, row) for result, rows in found.items() for row in sorted(rows)])


def _answering(facts: Facts, wallet: Wallet) -> Callable[[str, str, Needs], _Answer | None]:
    """Return what answers for a machine (or any of its hub), its hub and what it asks for.

    There is no answer to what no credential is about, and none when more than one step is left.
    """

    def answer(machine: str, hub: str, needs: Needs) -> _Answer | None:
        if wallet.held.keys().isdisjoint([at for at, _ in needs]):
            return None
        reasons = tuple([reasons_for(facts, wallet, Need(machine, hub, *need))[0] for need in needs])
        if sum(reason.result is Result.DENY for reason in reasons) > 1:
            return None
        return _Answer(worst(reasons), max(RANK.get(one.code, len(RANK)) for one in reasons), reasons)

    usual, speaking = functools.cache(functools.partial(answer, "", "")), _speaking(facts, wallet)

    def answered(machine: str, hub: str, needs: Needs) -> _Answer | None:
        said = speaking.get(hub)
        if said is None or said.isdisjoint([at for at, _ in needs]):
            return usual(needs)
        return answer(machine, hub, needs)

    return answered


def _speaking(facts: Facts, wallet: Wallet) -> dict[str, set[str]]:
    """Return the hubs that say something of who issued credentials, or may, with the competences that these are for."""
    issuers = {at: frozenset(one.claim.issuer for one in held if not one.fault) for at, held in wallet.held.items()}
    networks = {at: frozenset(net for id in ids for net in facts.hubs[id].networks) for at, ids in issuers.items()}
    found = {hub: set(issuers) for hub in facts.unreadable}
    for at, ids in issuers.items():
        for hub in ids:
            found.setdefault(hub, set()).add(at)
    for (hub, at), rules in facts.rules.items():
        if at in issuers and not (rules.issuers.isdisjoint(issuers[at]) and rules.networks.isdisjoint(networks[at])):
            found.setdefault(hub, set()).add(at)
    return found


def _distance(point: Point | None, near: Point | None) -> float:
    return math.inf if point is None or near is None else distance_km(*near, *point)


def _opening(result: Result, row: _Row) -> Opening:
    away, _, hub, machines, reasons = row
    return Opening(hub, machines, result, reasons, None if away == math.inf else away)
