"""Facts, a day, a hub and issuers in; what a fresh assessment of each counts as at that hub, by the decision, out.

A fresh assessment is one of that day whose proof and status nothing is wrong with: what is left is what hubs say of
each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from .decision import Held, Need, Wallet, reasons_for
from .recognising import Facts, Standing
from .values import ASSESSMENT, Claim, Reason, Result

Place = tuple[str, str]  # a hub and a competence


class Step(NamedTuple):
    """From which of their levels on a credential counts as which of ours; the reason says on what terms."""

    theirs: int
    ours: int
    reason: Reason


class Worth(NamedTuple):
    """What credentials of an issuer count as at a hub: steps upwards, none when nothing counts; then see the reason.

    Reasons name no issuer: those that the rules cannot tell apart share them.
    """

    issuer: str
    steps: tuple[Step, ...]
    reason: Reason


class Naming(NamedTuple):
    """Where hubs have rules: hubs by competence, and (hub, competence) by the issuer or network that a rule names."""

    hubs: Mapping[str, tuple[str, ...]]
    issuers: Mapping[str, tuple[Place, ...]]
    networks: Mapping[str, tuple[Place, ...]]


def naming_of(facts: Facts) -> Naming:
    """Return where hubs have rules, each place once, in the order of ids."""
    hubs: dict[str, list[str]] = {}
    issuers: dict[str, list[Place]] = {}
    networks: dict[str, list[Place]] = {}
    for (hub, competence), rules in sorted(facts.rules.items()):
        hubs.setdefault(competence, []).append(hub)
        for found, names in ((issuers, rules.issuers), (networks, rules.networks)):
            for name in names:
                found.setdefault(name, []).append((hub, competence))
    return Naming(
        {competence: tuple(ids) for competence, ids in hubs.items()},
        *({name: tuple(places) for name, places in each.items()} for each in (issuers, networks)),
    )


def member(network: str) -> str:
    """Return what stands for any active hub of a network that nobody names; no hub has such an id."""
    return f"network {network}"


def with_members(facts: Facts, networks: Iterable[str]) -> Facts:
    """Return facts that also know what stands for any member of each network."""
    known = {member(one): Standing(True, frozenset((one,)), (), None) for one in networks}
    return replace(facts, hubs={**facts.hubs, **known})


class Weighing:
    """What credentials count as at one hub for one competence; hubs that its rules cannot tell apart, once for all."""

    def __init__(self, facts: Facts, day: date, at: Place, top: int) -> None:
        self._ask, self._top = _Asked(facts, day, Need("", *at, 1)), top
        self._known: dict[object, Worth] = {}

    def __call__(self, issuer: str) -> Worth:
        """Return what all levels up to the top of an issuer count as. Raises KeyError for an unknown one."""
        kind = self._ask.kind(issuer)
        found = self._known.get(kind)
        if found is None:
            found = self._known[kind] = _all_levels(self._ask, issuer, self._top)
        return found._replace(issuer=issuer)


def worths(facts: Facts, day: date, at: Place, issuers: Iterable[str], top: int) -> tuple[Worth, ...]:
    """Return what all levels up to `top` of some issuers count as at a hub; of those that the registry knows."""
    weigh = Weighing(facts, day, at, top)
    return tuple(weigh(one) for one in issuers if one in facts.hubs)


def enough(facts: Facts, day: date, need: Need, issuers: Iterable[str], top: int) -> tuple[Worth, ...]:
    """Return from which level on credentials of some issuers are enough for one requirement: at most two steps each.

    The first is on a condition; the second, or the only one, may be without any.
    """
    ask = _Asked(facts, day, need)
    known: dict[object, Worth] = {}
    found = []
    for issuer in (one for one in issuers if one in facts.hubs):
        kind = ask.kind(issuer)
        if kind not in known:
            known[kind] = _one_level(ask, issuer, max(top, need.level))
        found.append(known[kind]._replace(issuer=issuer))
    return tuple(found)


class _Asked:
    """Decisions about one requirement."""

    def __init__(self, facts: Facts, day: date, need: Need) -> None:
        self.facts, self.day, self.need = facts, day, need
        self._rules = facts.rules.get((need.hub, need.competence))

    def __call__(self, issuer: str, theirs: int, ours: int) -> Reason:
        need = self.need._replace(level=ours)
        held = Held(_assessed(issuer, need.competence, theirs, self.day), "", None)
        return replace(reasons_for(self.facts, Wallet(self.day, {need.competence: (held,)}), need)[0], issuer="")

    def kind(self, issuer: str) -> object:
        """Return what is the same for all issuers that the rules cannot tell apart."""
        rules, hub = self._rules, self.facts.hubs[issuer]
        if issuer == self.need.hub or (rules is not None and issuer in rules.issuers):
            return issuer
        return (hub.is_open, hub.networks & rules.networks) if rules is not None else ()


def _assessed(issuer: str, competence: str, level: int, day: date) -> Claim:
    """Return what a credential of this day would claim."""
    return Claim(
        id="", issuer=issuer, holder="anybody", name="", competence=competence, version=0, level=level,
        assessed_on=day, valid_from=datetime.combine(day, time(), UTC), valid_until=None, basis=ASSESSMENT, note="",
        status_list="", status_index=-1,
    )  # fmt: skip


def _all_levels(ask: _Asked, issuer: str, top: int) -> Worth:
    """Climb: a higher level of theirs never counts as less, and what is enough for more is enough for less."""
    steps: list[Step] = []
    freely = somehow = 0
    best = ask(issuer, top, 1)
    if best.result is Result.DENY:
        return Worth(issuer, (), best)
    for theirs in range(1, top + 1):
        if found := _climbed(ask, issuer, theirs, range(freely + 1, top + 1), (Result.PERMIT,)):
            steps.append(found)
            freely = found.ours
        somehow = max(somehow, freely)
        if found := _climbed(ask, issuer, theirs, range(somehow + 1, top + 1), (Result.PERMIT, Result.CONDITIONAL)):
            steps.append(found)
            somehow = found.ours
    return Worth(issuer, tuple(steps), best)


def _climbed(ask: _Asked, issuer: str, theirs: int, levels: Iterable[int], results: Iterable[Result]) -> Step | None:
    """Return the highest of our levels, tried upwards, for which one of theirs is enough; None when for none."""
    best = None
    for ours in levels:
        reason = ask(issuer, theirs, ours)
        if reason.result not in results:
            break
        best = Step(theirs, ours, reason)
    return best


def _one_level(ask: _Asked, issuer: str, top: int) -> Worth:
    steps: list[Step] = []
    best = ask(issuer, top, ask.need.level)
    for theirs in range(1, top + 1) if best.result is not Result.DENY else ():
        reason = ask(issuer, theirs, ask.need.level)
        if reason.result is Result.PERMIT:
            steps.append(Step(theirs, ask.need.level, reason))
            break
        if reason.result is Result.CONDITIONAL and not steps:
            steps.append(Step(theirs, ask.need.level, reason))
    return Worth(issuer, tuple(steps), best)
