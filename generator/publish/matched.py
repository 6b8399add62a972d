"""A design or a request in; the hubs that can make it, and nearly can, with all that was checked, out.

It is the same in every language, so it is asked once: ahead, so that processes that are forked later share it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..matching.answers import Explained
from ..matching.values import SEVERITY, Checks, Result, Verdict
from ..matching.wanted import TreeError, Wish, wish_for, wish_of
from ..records import Design, Request
from .edition import Relations

if TYPE_CHECKING:
    from ..matching.able import Able
    from ..matching.plans import Plan
    from ..matching.search import Search

OF_ALL = ("operations", "licence")  # rules about the design itself
CLAIMED = "claimed "
Limits = Mapping[Verdict, int]
# How many hubs of each verdict a page names.
_OF_DESIGN: Limits = {Verdict.YES: 12, Verdict.ASK: 8, Verdict.ONE_FIX: 8, Verdict.FIXES: 4, Verdict.NO: 4}
_OF_REQUEST: Limits = {Verdict.YES: 6, Verdict.ASK: 6, Verdict.ONE_FIX: 4, Verdict.FIXES: 2, Verdict.TOO_FAR: 3}


class Because(NamedTuple):
    """A fact that decided about a hub: of which machine, or of which process it claims ("" for the hub itself).

    `checks` are those that came to the same, one for each thing that was asked.
    """

    machine: str
    claimed: str
    checks: Checks


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of a wish: how many hubs have each verdict, and the best few of each.

    Those with the verdict `no` are hubs that do some of the steps. `able` says for each step how many hubs can do it.
    """

    wish: Wish
    checks: Checks = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    hubs: Mapping[Verdict, tuple[Explained, ...]] = field(default_factory=dict)
    able: tuple[Able, ...] = ()


def because(hub: Explained, result: Result) -> tuple[Because, ...]:
    """Return the facts that came to a result at a hub; what is so at every hub, such as the licence, is left out."""
    return tuple(_because(hub, result))


def _because(hub: Explained, result: Result) -> Iterator[Because]:
    for (about, _), checks in hub.facts.items():
        worst = max((check.result for check in checks), key=SEVERITY.__getitem__)
        if worst is result and checks[0].rule not in OF_ALL:
            machine = about if "/" in about else ""
            several = {check.asked: check for check in reversed(checks) if check.result is result}
            yield Because(machine, "" if machine else about.removeprefix(CLAIMED), tuple(reversed(several.values())))


def prepare(relations: Relations) -> None:
    """Match all designs, and plan all open requests, ahead."""
    for id in relations.registry.ids(Design):
        of_design(relations, id)
    for id in relations.registry.ids(Request):
        plan_of(relations, id)


@functools.lru_cache(maxsize=1 << 12)
def of_design(relations: Relations, id: str) -> Matched | None:
    """Return what came of one unit of a design; None when it is not there or contains itself."""
    record = relations.registry.get(Design, id)
    try:
        wish = wish_for(relations.registry, record) if record is not None else None
    except TreeError:
        return None
    return _matched(relations, wish, _OF_DESIGN) if wish is not None else None


@functools.lru_cache(maxsize=1 << 12)
def of_request(relations: Relations, id: str) -> Matched | None:
    """Return what came of an open request; None when it is not open, or its design is not there or contains itself."""
    record = relations.registry.get(Request, id)
    if record is None or record.status != "open":
        return None
    design = relations.registry.get(Design, record.design)
    try:
        wish = wish_of(relations.registry, record, design) if design is not None else None
    except TreeError:
        return None
    return _matched(relations, wish, _OF_REQUEST) if wish is not None else None


@functools.lru_cache(maxsize=1 << 12)
def plan_of(relations: Relations, id: str) -> Plan | None:
    """Return the plan for an open request; None where there is nothing to plan."""
    found = of_request(relations, id)
    if found is None or not found.wish.steps:
        return None
    from ..matching.planning import plan_for  # noqa: PLC0415 NumPy, which a build without designs can spare

    return plan_for(relations.matcher, found.wish)


def _matched(relations: Relations, wish: Wish, limits: Limits) -> Matched:
    if not wish.steps:
        return Matched(wish)
    from ..matching.able import able  # noqa: PLC0415
    from ..matching.search import Search  # noqa: PLC0415

    search = Search(relations.matcher, wish)
    answer = search.answer(0)
    groups = _groups(search, answer.counts)
    hubs = {verdict: tuple(map(search.explained, groups[verdict][:limit])) for verdict, limit in limits.items()}
    counts = {verdict: len(numbers) for verdict, numbers in groups.items()}
    return Matched(wish, answer.checks, counts, hubs, able(search))


def _groups(search: Search, counts: Mapping[Verdict, int]) -> Mapping[Verdict, list[int]]:
    """Return the hubs that do at least one step, by verdict and the best first."""
    found: dict[Verdict, list[int]] = {verdict: [] for verdict in Verdict}
    ranked, at = search.ranked.tolist(), 0
    for verdict in Verdict:  # they are ranked by it
        end = at + counts[verdict] if verdict is not Verdict.NO else len(ranked)
        found[verdict] = ranked[at:end]
        at = end
    return found
