"""A plan in; what every report tells of it, under headings and in an order for people, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..registry import Registry
from .outlined import Block, counted
from .plans import Assignment, Plan, Timely
from .shown import place_of, terms
from .words import told

_NEAR = 4  # reasons that are told of one near miss
_STEPS = 6  # steps that are named in one line


def title_of(plan: Plan, name: str) -> str:
    """Return what is wanted and on which terms."""
    wish = plan.wish
    count = f"{wish.quantity:,} × " if wish.quantity > 1 else ""
    return ", ".join((f"{count}{name}", " ".join(terms(wish)))).removesuffix(", ")


def blocks(registry: Registry, plan: Plan, notes: Sequence[str] = ()) -> tuple[Block, ...]:
    """Return the parts of a report; `notes` are remarks on the question."""
    found = [Block(verdict(plan), (*notes, *plan.obstacles, *plan.notes))]
    found += [Block(_hub(registry, hub), tuple(_does(plan, hub))) for hub in plan.hubs]
    found += [Block(f"Nobody does {step}", tuple(_lacking(plan, step))) for step in plan.uncovered]
    if plan.assignments:
        found.append(Block("Stages", tuple(_stages(plan))))
        found.append(Block("On the way", tuple(_ways(plan))))
        found.append(Block("Days", tuple(_days(plan))))
    if plan.asks:
        found.append(Block("To ask", tuple(f"{about}: {told(check)}" for about, check in plan.asks)))
    return tuple(found)


def verdict(plan: Plan) -> str:
    """Return in one line whether it can be made."""
    if plan.wish.silent and not plan.wish.steps:
        return "Not matchable"
    if plan.uncovered:
        return f"Cannot be made: nobody does {counted(len(plan.uncovered), 'operation')}"
    if plan.obstacles:
        return "Cannot be made so"
    if plan.timely is Timely.NO:
        return f"Cannot be made in time by {counted(len(plan.hubs), 'hub')}"
    if plan.is_certain:
        return f"Can be made by {counted(len(plan.hubs), 'hub')}"
    to_ask = f", with {counted(len(plan.asks), 'thing')} to ask" if plan.asks else ", the days to ask"
    return f"Can perhaps be made by {counted(len(plan.hubs), 'hub')}{to_ask}"


def _hub(registry: Registry, id: str) -> str:
    place = place_of(registry, id)
    return f"{place.name} ({id}), " + ", ".join(filter(None, (place.locality, place.country)))


def _does(plan: Plan, hub: str) -> Iterator[str]:
    for one in plan.of(hub):
        yield f"{one.step}: {counted(one.pieces, 'piece')}, {_with(one)}, {_time(one)}"


def _with(one: Assignment) -> str:
    return one.machine.removeprefix(f"{one.hub}/") if one.machine else "with a machine that is not named"


def _time(one: Assignment) -> str:
    return f"{counted(one.days, 'day')} from the order" if one.days is not None else "days to ask"


def _lacking(plan: Plan, step: str) -> Iterator[str]:
    pieces = dict(plan.missing)[step]
    whole = next(plan.wish.pieces(one) for one in plan.wish.steps if one.id == step)
    process = next(one.process for one in plan.wish.steps if one.id == step)
    yield f"{process}: {counted(pieces, 'piece')} of {whole:,} left"
    misses = [miss for miss in plan.near if miss.step == step]
    for miss in misses:
        reasons = [told(check) for check in miss.checks]
        more = f"; {len(reasons) - _NEAR} more" if len(reasons) > _NEAR else ""
        yield f"near: {miss.machine or miss.hub}: " + "; ".join(reasons[:_NEAR]) + more
    if not misses and pieces == whole:
        yield "no hub in question has anything near it"


def _few(steps: Sequence[str]) -> str:
    """Return the first steps, and how many more there are."""
    more = len(steps) - _STEPS
    return ", ".join(steps[:_STEPS]) + (f" and {more} more" if more > 0 else "")


def _stages(plan: Plan) -> Iterator[str]:
    for number, stage in enumerate(plan.stages, 1):
        yield f"{number}. {_few(stage.steps)}: {', '.join(stage.hubs) or 'nobody'}"


def _ways(plan: Plan) -> Iterator[str]:
    for leg in plan.legs:
        away = f"{leg.km:,.0f} km" if leg.km is not None else "distance not known"
        yield f"{leg.start} → {leg.end or 'destination'}: {away}, {_few(leg.steps)}"


def _days(plan: Plan) -> Iterator[str]:
    for one in plan.timings:
        if one.begins is not None and one.ends is not None:
            yield f"{one.step}: {day(plan, one.begins)} to {day(plan, one.ends)}"
    if unknown := [one.step for one in plan.timings if one.ends is None and one.step not in plan.uncovered]:
        yield f"to ask: {_few(unknown)}"
    yield ready(plan)
    if len(plan.critical) > 1:
        yield f"what decides: {_few(plan.critical)}"


def ready(plan: Plan) -> str:
    """Return when all is done, and whether that is in time."""
    by = f" for {plan.wish.by}" if plan.wish.by is not None else ""
    when = (
        f"all is done on {day(plan, plan.days)}, day {plan.days}" if plan.days is not None else "the end is not known"
    )
    words = {
        Timely.YES: f": in time{by}", Timely.NO: f": too late{by}", Timely.ANY: "",
        Timely.UNKNOWN: f": ask whether it is in time{by}",
    }  # fmt: skip
    return when + words[plan.timely]


def day(plan: Plan, number: int) -> str:
    """Return the date of a day that is counted from the order; past the calendar's end, the number."""
    try:
        found: date = plan.wish.start + timedelta(days=number)
    except OverflowError:
        return f"day {number}"
    return found.isoformat()
