"""A plan in; how it was found and what to keep in mind, in English sentences, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .plans import Method, Plan, Timely


def notes_on(plan: Plan, fewest: int, alone: str, lot: int) -> Iterator[str]:
    """Yield the sentences; `fewest` is how many hubs it takes at least, `alone` a hub that might do all of it."""
    if plan.assignments:
        yield _method(plan, fewest)
    if alone:
        yield f"{alone} might do all of it by itself, if it has the time: nobody states how much it makes"
    if plan.wish.near is None and len(plan.hubs) > 1:
        yield "no place is given: the hubs may be far from each other"
    yield from _shared(plan)
    yield from _small(plan, lot)
    if plan.timely in (Timely.YES, Timely.NO) and any(leg.end or leg.km for leg in plan.legs):
        yield "days on the way are not counted"


def _method(plan: Plan, fewest: int) -> str:
    count = len(plan.hubs)
    part = "all that can be done" if plan.uncovered else "all of it"
    if plan.method is Method.ONE_HUB:
        return f"{plan.hubs[0]} does {part}"
    if plan.method is Method.EXACT:
        return f"{count} hubs do {part}; with each operation at one hub, no fewer would do" if not _split(plan) else (
            f"{count} hubs do {part}; no fewer would do")  # fmt: skip
    return (
        f"{count} hubs do {part}, chosen step by step: at most {plan.bound:g} times as many as needed, "
        f"which is {fewest} or more"
    )


def _split(plan: Plan) -> tuple[str, ...]:
    """Return the steps that several hubs share."""
    by_step: dict[str, set[str]] = {}
    for one in plan.assignments:
        by_step.setdefault(one.step, set()).add(one.hub)
    return tuple(step for step, hubs in by_step.items() if len(hubs) > 1)


def _shared(plan: Plan) -> Iterator[str]:
    for step in _split(plan):
        hubs = {one.hub for one in plan.doing(step)}
        is_known = all(one.days is not None for one in plan.doing(step)) and plan.wish.by is not None
        yield f"{len(hubs)} hubs share {step}" + (", in proportion to what each makes in time" if is_known else "")


def _small(plan: Plan, lot: int) -> Iterator[str]:
    for step in dict.fromkeys(one.step for one in plan.assignments):
        made: dict[str, int] = {}
        for one in plan.doing(step):
            made[one.hub] = made.get(one.hub, 0) + one.pieces
        if len(made) > 1:
            for hub, pieces in made.items():
                if pieces < lot:
                    yield f"{hub} gets {pieces} pieces of {step}, fewer than the smallest lot of {lot}"


def told_change(without: frozenset[str], instead: Iterable[str]) -> str:
    """Return what changed when hubs dropped out."""
    who = ", ".join(sorted(instead))
    out = ", ".join(sorted(without))
    return f"without {out}: " + (f"{who} instead" if who else "nobody instead") + "; all other assignments stay"
