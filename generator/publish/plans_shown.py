"""A plan for a request in; who does what in which order, over which ways, and what is open, as parts of a page, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from ..matching.plans import Assignment, Leg, Method, NearMiss, Plan, Timely, Timing
from ..matching.remarks import HOW_FOUND, Remark, Value
from ..matching.values import Check
from ..matching.wanted import Step
from ..records import Design, Hub, Machine, Process, Request
from .edition import Edition
from .hubs import where
from .page import Fact, Item, Section, facts, filled
from .reasons import isolated, reason, reasons, rule

_NEAR = 3  # near misses that are named for a step
_PARTS = 6  # parts that are named for a way


def planned(edition: Edition, record: Request, plan: Plan) -> Section:
    """Return how a request can be met: what is known, what has to be asked, and what nobody can do."""
    steps = {step.id: step for step in plan.wish.steps}
    return Section(
        edition.strings("plan"),
        id="plan",
        paragraphs=_summary(edition, plan),
        facts=_terms(edition, record, plan),
        sections=filled(
            _obstacles(edition, plan, steps),
            _uncovered(edition, plan, steps),
            _work(edition, plan, steps),
            _stages(edition, plan, steps),
            _transport(edition, record, plan, steps),
            _asks(edition, plan.asks),
            _notes(edition, plan, steps),
        ),
    )


def _summary(edition: Edition, plan: Plan) -> tuple[str, ...]:
    """Return in a few sentences whether there is a plan, how many hubs it takes and how sure it is."""
    strings = edition.strings
    if not plan.is_valid:
        return (strings("plan.none"), *((strings("plan.rest"),) if plan.assignments else ()))
    shared = [strings("plan.hubs", count=len(plan.hubs))]
    if plan.method is not Method.ONE_HUB:
        shared.append(strings("plan.greedy" if plan.method is Method.GREEDY else "plan.exact"))
    return (" ".join(shared), strings("plan.certain" if plan.is_certain else "plan.perhaps"))


def _terms(edition: Edition, record: Request, plan: Plan) -> tuple[Fact, ...]:
    """Return whether the last day is kept, and which of the hubs accept the contract that is offered."""
    strings = edition.strings
    left = strings("plan.left", days=strings("days", count=plan.wish.days)) if plan.wish.days >= 0 else ""
    timely = _timely(edition, plan)
    hubs = [hub for id in plan.hubs if (hub := edition.registry.get(Hub, id)) is not None]
    accepting = [hub.id for hub in hubs if record.contract in hub.accepts]
    silent = [hub.id for hub in hubs if not hub.accepts]
    longest = _longest(edition, plan)
    return (
        *facts(
            (strings("plan.ready"), _ready(edition, plan)),
            (strings("plan.timely"), (Item(timely, note=left),) if timely else ""),
        ),
        *((Fact(strings("plan.longest"), longest, "lines"),) if longest else ()),
        *facts(
            (strings("plan.accepting"), edition.links(Hub, accepting) if record.contract else ""),
            (strings("plan.unsaid"), edition.links(Hub, silent) if record.contract else ""),
        ),
    )


def _ready(edition: Edition, plan: Plan) -> str:
    """Return on which day all is made."""
    strings = edition.strings
    if not plan.is_valid and plan.timely is not Timely.NO:
        return ""
    if plan.days is None:
        return strings("plan.ready.unknown")
    return strings("plan.ready.on", day=_day(edition, plan, plan.days), days=strings("days", count=plan.days))


def _day(edition: Edition, plan: Plan, number: int) -> str:
    """Return the date of a day that is counted from the order; past the calendar's end, the number."""
    try:
        return edition.strings.day(plan.wish.start + timedelta(days=number))
    except OverflowError:
        return edition.strings("days", count=number)


def _longest(edition: Edition, plan: Plan) -> tuple[Item, ...]:
    """Return the steps of which each waits for the one before, and the last of which ends last; with their days."""
    times, steps = {one.step: one for one in plan.timings}, {step.id: step for step in plan.wish.steps}
    if len(plan.critical) < 2:
        return ()
    return tuple(Item(step_name(edition, steps[id]), note=_span(edition, plan, [times[id]])) for id in plan.critical)


def _span(edition: Edition, plan: Plan, times: Iterable[Timing]) -> str:
    """Return from which day to which day some steps last; "" when nobody knows of one."""
    spans = [(one.begins, one.ends) for one in times]
    known = [(begins, ends) for begins, ends in spans if begins is not None and ends is not None]
    if not known or len(known) < len(spans):
        return ""
    begin, end = min(begins for begins, _ in known), max(ends for _, ends in known)
    return edition.strings("plan.span", begin=_day(edition, plan, begin), end=_day(edition, plan, end))


def _timely(edition: Edition, plan: Plan) -> str:
    strings = edition.strings
    if plan.timely is Timely.ANY or not plan.assignments:
        return ""
    if plan.timely is Timely.UNKNOWN:
        return strings("plan.timely.unknown")
    if plan.days is None:
        return strings("plan.timely.late") if plan.timely is Timely.NO else ""
    return strings(f"plan.timely.{plan.timely.value}", days=strings("days", count=plan.days))


def _obstacles(edition: Edition, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return what else stands in the way."""
    items = tuple(Item(_said(edition, one, steps)) for one in plan.obstacles)
    return Section(edition.strings("plan.obstacles"), id="plan-obstacles", items=items)


def _notes(edition: Edition, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return what to keep in mind of a plan, beside what its first sentences say."""
    items = tuple(Item(_said(edition, one, steps)) for one in plan.notes if one.code not in HOW_FOUND)
    return Section(edition.strings("plan.notes"), id="plan-notes", items=items if plan.is_valid else ())


def _said(edition: Edition, one: Remark, steps: Mapping[str, Step]) -> str:
    """Return a remark in the words of an edition."""
    values = {name: _value(edition, name, value, steps) for name, value in one.values}
    return edition.strings(f"plan.remark.{one.code}", **values)


def _value(edition: Edition, name: str, value: Value, steps: Mapping[str, Step]) -> str:
    """Return a remark's value as people read it: a name for an id, a date in words."""
    strings = edition.strings
    if not isinstance(value, str):
        return strings("pieces", count=int(value)) if name == "pieces" else strings.number(value)
    if name in ("day", "start"):
        return strings.day(date.fromisoformat(value))
    if name == "step" and value in steps:
        return isolated(edition, step_name(edition, steps[value]))
    kind = {"hub": Hub, "design": Design}.get(name)
    return isolated(edition, edition.label(kind, value) if kind is not None else value)


def _uncovered(edition: Edition, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return the steps that nobody can do, how many pieces are missing, and who comes close with which changes."""
    missing = dict(plan.missing)
    items = tuple(
        _gap(edition, steps[id], missing.get(id, 0), [one for one in plan.near if one.step == id][:_NEAR])
        for id in plan.uncovered
        if id in steps
    )
    return Section(edition.strings("plan.uncovered"), id="plan-uncovered", items=items, style="cards")


def _gap(edition: Edition, step: Step, missing: int, near: list[NearMiss]) -> Item:
    strings = edition.strings
    count = facts((strings("plan.missing"), strings("pieces", count=missing) if missing else ""))
    lines = tuple(edition.link(Hub, one.hub, _changes(edition, one)) for one in near)
    close = Fact(strings("plan.near"), lines or (Item(strings("plan.near.none")),), "lines")
    return _step_item(edition, step)._replace(facts=(*count, close))


def _changes(edition: Edition, one: NearMiss) -> str:
    return " · ".join(reason(edition, check) for check in one.checks)


def _work(edition: Edition, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return what each hub does: the steps with their pieces and machines."""
    items = tuple(_hub(edition, id, plan.of(id), steps) for id in plan.hubs)
    return Section(edition.strings("plan.stages"), id="plan-work", items=items, style="cards")


def _hub(edition: Edition, id: str, work: Iterable[Assignment], steps: Mapping[str, Step]) -> Item:
    """Return a hub with what it does: by process and machine, the parts with their pieces."""
    found: dict[str, list[Item]] = {}
    for one in work:
        names = (edition.label(Process, steps[one.step].process), _machine(edition, one.machine))
        found.setdefault(" · ".join(filter(None, names)), []).append(_share(edition, one, steps[one.step]))
    hub = edition.registry.get(Hub, id)
    done = tuple(Fact(label, tuple(items), "lines") for label, items in found.items())
    return edition.link(Hub, id, where(edition, hub) if hub is not None else "")._replace(facts=done)


def _machine(edition: Edition, id: str) -> str:
    return edition.label(Machine, id) if id else ""


def _share(edition: Edition, one: Assignment, step: Step) -> Item:
    """Return how many pieces of a part a hub makes, and how long that takes."""
    strings = edition.strings
    pieces = strings("pieces", count=one.pieces)
    ready = strings("plan.takes", days=strings("days", count=one.days)) if one.days is not None else ""
    part = _part(edition, step)
    notes = (pieces if part else "", ready)
    return Item(isolated(edition, part) or pieces, note=" · ".join(note for note in notes if note))


def _stages(edition: Edition, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return the stages one after the other, and of each step how the pieces are shared out; sums are the total."""
    strings, total = edition.strings, len(plan.stages)
    if total < 2 and all(len(plan.doing(id)) < 2 for id in steps):
        return Section("")
    items = tuple(
        Item(
            strings("plan.stage", number=strings.number(number), total=strings.number(total)),
            note=_span(edition, plan, [one for one in plan.timings if one.step in stage.steps]),
            facts=tuple(_shares(edition, steps[id], plan.doing(id)) for id in stage.steps),
        )
        for number, stage in enumerate(plan.stages, start=1)
    )
    return Section(strings("plan.order"), id="plan-stages", items=items, style="cards")


def _shares(edition: Edition, step: Step, work: tuple[Assignment, ...]) -> Fact:
    """Return how the pieces of a step are shared out, and their sum where several hubs or machines make them."""
    strings = edition.strings
    shares = tuple(edition.link(Hub, one.hub, strings("pieces", count=one.pieces)) for one in work)
    total = Item(strings("plan.together"), note=strings("pieces", count=sum(one.pieces for one in work)))
    several = (*shares, total) if len(work) > 1 else shares
    return Fact(step_name(edition, step), several or (Item(strings("plan.missing")),), "lines")


def _transport(edition: Edition, record: Request, plan: Plan, steps: Mapping[str, Step]) -> Section:
    """Return the ways that pieces travel, and how far that is in all."""
    strings = edition.strings
    known = [round(leg.km) for leg in plan.legs if leg.km is not None]  # as they are shown, so that they add up
    said = (
        *((strings("plan.way", way=isolated(edition, kilometres(edition, sum(known)))),) if len(known) > 1 else ()),
        *((strings("plan.way.unknown"),) if len(known) < len(plan.legs) else ()),
    )
    items = tuple(_leg(edition, record, leg, steps) for leg in plan.legs)
    return Section(strings("plan.transport"), id="plan-transport", paragraphs=said, items=items)


def _leg(edition: Edition, record: Request, leg: Leg, steps: Mapping[str, Step]) -> Item:
    strings = edition.strings
    end = edition.label(Hub, leg.end) if leg.end else record.place.locality
    parts = list(dict.fromkeys(_part(edition, steps[id]) for id in leg.steps if id in steps and steps[id].part))
    more = strings("makers.reasons", count=len(parts) - _PARTS) if len(parts) > _PARTS else ""
    named = (kilometres(edition, leg.km), *parts[:_PARTS], more)
    start, note = isolated(edition, edition.label(Hub, leg.start)), (isolated(edition, one) for one in named if one)
    return Item(strings("plan.leg", start=start, end=isolated(edition, end)), note=" · ".join(note))


def kilometres(edition: Edition, km: float | None) -> str:
    """Return a distance in whole kilometres; "" when nobody knows it."""
    return "" if km is None else f"{edition.strings.number(round(km)) if km >= 1 else '<1'} km"


def _asks(edition: Edition, asks: Iterable[tuple[str, Check]]) -> Section:
    """Return what has to be asked, by hub; what is asked of several machines stands there once."""
    found: dict[str, dict[str, list[Check]]] = {}
    for id, check in asks:
        found.setdefault(_hub_of(id), {}).setdefault(check.rule, []).append(check)
    items = tuple(
        edition.link(Hub, hub)._replace(facts=tuple(_question(edition, checks) for checks in questions.values()))
        for hub, questions in sorted(found.items())
    )
    return Section(edition.strings("plan.asks"), id="plan-asks", items=items, style="cards")


def _question(edition: Edition, checks: Sequence[Check]) -> Fact:
    return Fact(rule(edition, checks[0]), tuple(map(Item, reasons(edition, checks))), "lines")


def _hub_of(id: str) -> str:
    """Return the hub that a record is, or stands at."""
    return "/".join(id.split("/")[:2])


def _step_item(edition: Edition, step: Step) -> Item:
    return edition.link(Process, step.process, _part(edition, step))


def step_name(edition: Edition, step: Step) -> str:
    """Return what a step is called: its process, and the part that it is for."""
    part = _part(edition, step)
    return f"{edition.label(Process, step.process)} · {part}" if part else edition.label(Process, step.process)


def _part(edition: Edition, step: Step) -> str:
    record = edition.registry.get(Design, step.design)
    names = {part.id: part.name for part in record.parts} if record is not None else {}
    return names.get(step.part) or step.part
