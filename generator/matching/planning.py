"""A wish and a registry's hubs in; who makes how many of what so that all of it gets made, and by when, out: a plan.

Where one hub does everything, that is the plan; else the fewest hubs do, and of equals those with least to ask and the
nearest. Hubs of which nobody knows how much they make are counted on only where the others do not suffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from .assigning import assigned
from .cover import cover
from .offered import offers_of
from .offers import Cover
from .open_questions import asks, near_misses
from .plans import Assignment, Method, Plan, Timely
from .remarks import Remark, remark
from .search import Matcher, Search
from .sites import judged_design
from .stages import critical, legs, levels, schedule, stages, timely
from .tasks import Kept, Window, Work, work_of
from .telling import notes_on, pieces_of
from .values import Result
from .wanted import Wish
from .whereabouts import distance, time_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a plan has to keep; 0 is for any number.

    `hubs` is how many there are at most, `lot` the smallest number of pieces of a step that is worth a hub's while, and
    `share` of how many units one hub gets the pieces of a step at most: so that many take part.
    """

    hubs: int = 0
    lot: int = 0
    share: int = 0


ANY = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is given in a plan already, and who does nothing.

    `kept` are pieces by machine, by number, `given` those by step and hub, and `hubs` all that have some.
    """

    kept: Kept = field(default_factory=dict)
    given: Mapping[tuple[str, int], int] = field(default_factory=dict)
    hubs: frozenset[int] = frozenset()
    without: frozenset[str] = frozenset()


NOTHING = Taken()


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen for some steps, how, and which hub might do all of them if it has the time ("" for none)."""

    assignments: tuple[Assignment, ...]
    cover: Cover
    alone: str = ""


def plan_for(matcher: Matcher, wish: Wish, bounds: Bounds = ANY) -> Plan:
    """Return the plan for a wish; it says itself whether it is valid, and what is missing if not.

    Stages that take too long one after the other get a part of the time each, if that helps.
    """
    search = Search(matcher, wish)
    wanted = {step.id: wish.pieces(step) for step in wish.steps}
    plan = _plan(search, wanted, {}, bounds)
    if plan.timely is Timely.NO and not plan.missing:
        other = _plan(search, wanted, windows_of(wish), bounds)
        if other.timely is not Timely.NO and not other.missing:
            return other
    return plan


def windows_of(wish: Wish) -> dict[str, Window]:
    """Return for each step the same part of the time as for every other stage."""
    level = levels(wish.steps)
    count = max(level.values(), default=0) + 1
    return {id: (wish.days * at // count, wish.days * (at + 1) // count) for id, at in level.items()}


def _plan(search: Search, wanted: Mapping[str, int], windows: Mapping[str, Window], bounds: Bounds) -> Plan:
    choice = chosen(search, wanted, windows, bounds)
    return whole(search, choice, choice.assignments, bounds)


def chosen(
    search: Search, wanted: Mapping[str, int], windows: Mapping[str, Window], bounds: Bounds, taken: Taken = NOTHING
) -> Choice:
    """Return who makes the wanted pieces of some steps, beside what is given already."""
    work = work_of(search, wanted, windows, taken.without, bounds.share)
    able = tuple(task for task in work.tasks if len(task.machines))
    work = replace(work, kept=taken.kept, known=taken.hubs, given=taken.given, tasks=able)
    certain = work.certain()
    first = _choice(certain, bounds) if all(len(task.machines) for task in certain.tasks) else None
    if first is None or _is_short(first, work) or _is_wide(first, bounds):
        second = _choice(work, bounds)
        if first is None or _pieces(second) > _pieces(first) or _is_wide(first, bounds):
            return second
    return replace(first, alone=_alone(work) if len(first.cover.hubs) > 1 else "")


def _is_short(choice: Choice, work: Work) -> bool:
    return _pieces(choice) < sum(task.demand for task in work.tasks)


def _is_wide(choice: Choice, bounds: Bounds) -> bool:
    return 0 < bounds.hubs < len(choice.cover.hubs)


def _pieces(choice: Choice) -> int:
    return sum(one.pieces for one in choice.assignments)


def _choice(work: Work, bounds: Bounds) -> Choice:
    hubs, offers = offers_of(work)
    found = cover(offers)
    return Choice(assigned(work, hubs, found, bounds.lot), found)


def _alone(work: Work) -> str:
    """Return the hub that is best for all tasks, were it to have the time for them; "" when there is none."""
    hubs, offers = offers_of(work)
    does = np.flatnonzero((offers.most >= np.array(offers.demands)[:, None]).all(axis=0))
    if not len(does):
        return ""
    asks_of = offers.asks.sum(axis=0) + offers.own
    best = min(does.tolist(), key=lambda one: (int(asks_of[one]), int(offers.rank[one])))
    return work.search.known.hubs[int(hubs[best])]


def whole(
    search: Search,
    choice: Choice,
    assignments: Sequence[Assignment],
    bounds: Bounds,
    without: frozenset[str] = frozenset(),
) -> Plan:
    """Return the plan of some assignments: its stages, ways, days, open questions and what is missing."""
    wish, order = search.wish, {step.id: at for at, step in enumerate(search.wish.steps)}
    ordered = tuple(sorted(assignments, key=lambda one: (order[one.step], one.hub, one.machine, one.pieces)))
    missing = _missing(wish, ordered)
    timings = schedule(wish, ordered, partial(time_of, search)) if ordered else ()
    days, is_timely = timely(wish, timings)
    hubs = {one.hub for one in ordered}
    method = Method.ONE_HUB if len(hubs) == 1 else Method.EXACT if choice.cover.is_exact else Method.GREEDY
    plan = Plan(
        wish=wish, assignments=ordered, stages=stages(wish.steps, ordered),
        legs=legs(wish.steps, ordered, partial(distance, search)), missing=missing,
        uncovered=tuple(id for id, _ in missing),
        near=near_misses(search, missing, without), obstacles=_obstacles(wish, len(hubs), bounds),
        method=method, bound=choice.cover.bound, timings=timings, critical=critical(wish.steps, timings), days=days,
        timely=is_timely, asks=asks(search, ordered),
    )  # fmt: skip
    notes = (*notes_on(plan, choice.cover.fewest, choice.alone, bounds.lot), *_too_small(search, plan))
    return replace(plan, notes=notes)


def _too_small(search: Search, plan: Plan) -> Iterator[Remark]:
    """Yield who gets fewer pieces than it takes on: where machines that several steps need left no other way."""
    for step in dict.fromkeys(one.step for one in plan.assignments):
        for hub, pieces in pieces_of(plan, step).items():
            least = min(time_of(search, one).least for one in plan.doing(step) if one.hub == hub)
            if pieces < least:
                yield remark("small-order", hub=hub, pieces=pieces, step=step, least=least)


def _missing(wish: Wish, assignments: Sequence[Assignment]) -> tuple[tuple[str, int], ...]:
    made: dict[str, int] = {}
    for one in assignments:
        made[one.step] = made.get(one.step, 0) + one.pieces
    found = ((step.id, wish.pieces(step) - made.get(step.id, 0)) for step in wish.steps)
    return tuple((id, pieces) for id, pieces in found if pieces)


def _obstacles(wish: Wish, hubs: int, bounds: Bounds) -> tuple[Remark, ...]:
    """Return what speaks against making it at all, whoever does."""
    words = ", ".join(wish.not_understood)
    found = [
        remark("not-understood", design=id, words=words) if words else remark("no-operations", design=id)
        for id in wish.silent
    ]
    found += [
        remark("licence", licence=check.found, design=check.record)
        for check in judged_design(wish) if check.result is Result.FAIL
    ]  # fmt: skip
    if wish.by is not None and wish.days < 0:
        found.append(remark("past", day=wish.by.isoformat(), start=wish.start.isoformat()))
    if 0 < bounds.hubs < hubs:
        found.append(remark("too-many-hubs", hubs=hubs, most=bounds.hubs))
    return tuple(found)
