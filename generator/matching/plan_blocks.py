"""A plan in; what every report tells of it, under headings and in an order for people, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..records import Hub
from ..registry import Registry
from . import remarks
from .outlined import Block, counted
from .plans import Assignment, Change, Leg, Plan, Stage, Timely
from .shown import place_of, terms
from .telling import pieces_of
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
    found = [Block(verdict(plan), (*_summary(plan), *notes, *map(remarks.told, (*plan.obstacles, *plan.notes))))]
    if plan.changes:
        found.append(Block("What changes", tuple(_change(one) for one in plan.changes)))
    found += [Block(_hub(registry, hub), tuple(_does(plan, hub))) for hub in plan.hubs]
    found += [Block(f"Nobody does {step}", tuple(_lacking(plan, step))) for step in plan.uncovered]
    if len(plan.stages) > 1 and plan.assignments:
        found.append(Block("In which order", tuple(_stages(plan))))
    found += [Block(f"Ask {_about(registry, hub)}", tuple(lines)) for hub, lines in _questions(plan).items()]
    return tuple(found)


def _summary(plan: Plan) -> Iterator[str]:
    """Yield how the pieces of what is shared add up, and when all is done."""
    if not plan.assignments:
        return
    for step in plan.wish.steps:
        shares = pieces_of(plan, step.id)
        if len(shares) > 1:
            yield f"{step.id}: {' + '.join(f'{one:,}' for one in shares.values())} = {sum(shares.values()):,} pieces"
    if not plan.uncovered:
        yield ready(plan)
    if len(plan.critical) > 1:
        yield f"what takes longest: {_few(plan.critical)}"


def _change(one: Change) -> str:
    before = counted(one.before, "piece") if one.before else "nothing"
    return f"{one.step}: {one.hub} has {counted(one.after, 'piece') if one.after else 'nothing'}, it had {before}"


def _about(registry: Registry, id: str) -> str:
    """Return who is to be asked, and how to reach them."""
    hub = registry.get(Hub, id)
    if hub is None:
        return id
    reach = hub.contact.email if hub.contact is not None and hub.contact.email else hub.website
    return f"{place_of(registry, id).name} ({id})" + (f", {reach}" if reach else "")


def _questions(plan: Plan) -> dict[str, list[str]]:
    """Return what is to be asked, by the hub, or the design, that it is about."""
    found: dict[str, list[str]] = {}
    for about, check in plan.asks:
        hub = next((one for one in plan.hubs if about == one or about.startswith(f"{one}/")), about)
        machine = about.removeprefix(hub).strip("/")
        found.setdefault(hub, []).append(f"{machine}: {told(check)}" if machine else told(check))
    return found


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
    ends = {one.step: one.ends for one in plan.timings}
    alike: dict[tuple[str, str], int] = {}  # a later share of the same stands apart in a plan that was changed
    for one in plan.of(hub):
        alike[one.step, one.machine] = alike.get((one.step, one.machine), 0) + one.pieces
    for one in plan.of(hub):
        if pieces := alike.pop((one.step, one.machine), 0):
            yield f"{counted(pieces, 'piece')} of {one.step}, {_with(one)}, {_time(plan, one, ends.get(one.step))}"
    for leg in plan.legs:
        if leg.start == hub:
            yield f"sent to {_end(plan, leg)}: {_few(leg.steps)}"


def _with(one: Assignment) -> str:
    return f"on {one.machine.removeprefix(f'{one.hub}/')}" if one.machine else "on a machine that is not named"


def _time(plan: Plan, one: Assignment, end: int | None) -> str:
    """Return by which day a share is made: that of the step, or before, where it waits for nothing."""
    waits = any(step.after for step in plan.wish.steps if step.id == one.step)
    number = end if waits or one.days is None or len(plan.of(one.hub)) > 1 else one.days
    return f"done by {day(plan, number)}" if number is not None else "ask by when"


def _end(plan: Plan, leg: Leg) -> str:
    away = f"{leg.km:,.0f} km" if leg.km is not None else "distance not known"
    near = plan.wish.near
    place = leg.end or ("the destination" + (f" at {near[0]:g}, {near[1]:g}" if near is not None else ""))
    return f"{place} ({away})"


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
        yield f"{number}. {_few(stage.steps)}: {', '.join(stage.hubs) or 'nobody'}{_span(plan, stage)}"


def _span(plan: Plan, stage: Stage) -> str:
    """Return from which day to which day a stage lasts, if that is known."""
    times = [one for one in plan.timings if one.step in stage.steps]
    begins, ends = ([one for one in each if one is not None] for each in (
        [one.begins for one in times], [one.ends for one in times]))  # fmt: skip
    if len(ends) < len(times) or not begins:
        return ""
    return f", {day(plan, min(begins))} to {day(plan, max(ends))}"


def ready(plan: Plan) -> str:
    """Return when all is done, and whether that is in time."""
    by = f" for {plan.wish.by}" if plan.wish.by is not None else ""
    when = (
        f"all is made on {day(plan, plan.days)}, day {plan.days}"
        if plan.days is not None
        else "when all is made is not known"
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
