"""A plan in; how it was found and what to keep in mind, as remarks, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .plans import Method, Plan, Timely
from .remarks import Remark, remark


def notes_on(plan: Plan, fewest: int, alone: str, lot: int) -> Iterator[Remark]:
    """Yield the remarks; `fewest` is how many hubs it takes at least, `alone` a hub that might do all of it."""
    if len(plan.hubs) > 1:
        yield _method(plan, fewest)
    if alone:
        yield remark("alone", hub=alone)
    if plan.wish.near is None and len(plan.hubs) > 1:
        yield remark("no-place")
    yield from _shared(plan)
    yield from _small(plan, lot)
    if plan.timely in (Timely.YES, Timely.NO) and any(leg.end or leg.km for leg in plan.legs):
        yield remark("no-travel-days")


def _method(plan: Plan, fewest: int) -> Remark:
    if plan.method is Method.EXACT:
        return remark("fewest" if _split(plan) else "fewest-whole")
    return remark("step-by-step", times=plan.bound, fewest=fewest)


def _split(plan: Plan) -> tuple[str, ...]:
    """Return the steps that several hubs share."""
    by_step: dict[str, set[str]] = {}
    for one in plan.assignments:
        by_step.setdefault(one.step, set()).add(one.hub)
    return tuple(step for step, hubs in by_step.items() if len(hubs) > 1)


def _shared(plan: Plan) -> Iterator[Remark]:
    for step in _split(plan):
        hubs = {one.hub for one in plan.doing(step)}
        is_known = all(one.days is not None for one in plan.doing(step)) and plan.wish.by is not None
        yield remark("in-proportion" if is_known else "shared", hubs=len(hubs), step=step)


def _small(plan: Plan, lot: int) -> Iterator[Remark]:
    for step in dict.fromkeys(one.step for one in plan.assignments):
        made = pieces_of(plan, step)
        if len(made) > 1:
            for hub, pieces in made.items():
                if pieces < lot:
                    yield remark("small-lot", hub=hub, pieces=pieces, step=step, lot=lot)


def pieces_of(plan: Plan, step: str) -> dict[str, int]:
    """Return how many pieces of a step each hub makes."""
    made: dict[str, int] = {}
    for one in plan.doing(step):
        made[one.hub] = made.get(one.hub, 0) + one.pieces
    return made


def change(without: frozenset[str], instead: Iterable[str]) -> Remark:
    """Return what changed when hubs dropped out."""
    out, who = ", ".join(sorted(without)), ", ".join(sorted(instead))
    return remark("instead", without=out, instead=who) if who else remark("nobody-instead", without=out)
