"""Steps and who does them in; the stages in which that happens, the ways between hubs, and the days it takes, out."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from .capabilities import Time
from .plans import Assignment, Leg, Stage, Timely, Timing
from .wanted import Step, Wish

Days = Callable[[Assignment], Time]
Kilometres = Callable[[str, str], float | None]


def levels(steps: Sequence[Step]) -> Mapping[str, int]:
    """Return in which stage each step can be done at the earliest, from 0; `after` names no step in circles."""
    found = {step.id: 0 for step in steps}
    for _ in steps:
        found = {step.id: max((found[one] + 1 for one in step.after if one in found), default=0) for step in steps}
    return found


def stages(steps: Sequence[Step], assignments: Sequence[Assignment]) -> tuple[Stage, ...]:
    """Return the stages in order; of each the steps in the order of the design and the hubs in that of ids."""
    level = levels(steps)
    found = []
    for number in range(max(level.values(), default=-1) + 1):
        inside = tuple(step.id for step in steps if level[step.id] == number)
        hubs = {one.hub for one in assignments if one.step in inside}
        found.append(Stage(inside, tuple(sorted(hubs))))
    return tuple(found)


def legs(steps: Sequence[Step], assignments: Sequence[Assignment], distance: Kilometres) -> tuple[Leg, ...]:
    """Return the ways that pieces travel: what a hub made and goes on with itself stays there."""
    ways: dict[tuple[str, str], list[str]] = {}
    before = {one for step in steps for one in step.after}
    made = {step.id: _shares(step.id, assignments) for step in steps}
    for step in steps:
        for earlier in step.after:
            for pair in _sent(made.get(earlier, {}), made[step.id]):
                ways.setdefault(pair, []).append(earlier)
        if step.id not in before:
            for hub in made[step.id]:
                ways.setdefault((hub, ""), []).append(step.id)
    known = {step.id: at for at, step in enumerate(steps)}
    ordered = {pair: sorted(set(several), key=known.__getitem__) for pair, several in ways.items()}
    order = sorted(ordered, key=lambda pair: (not pair[1], known[ordered[pair][0]], pair))
    return tuple(Leg(*pair, distance(*pair), tuple(ordered[pair])) for pair in order)


def _shares(step: str, assignments: Sequence[Assignment]) -> dict[str, Fraction]:
    doing = [one for one in assignments if one.step == step]
    total, found = sum(one.pieces for one in doing), dict[str, Fraction]()
    for one in doing:
        found[one.hub] = found.get(one.hub, Fraction(0)) + Fraction(one.pieces, total)
    return dict(sorted(found.items()))


def _sent(made: Mapping[str, Fraction], needed: Mapping[str, Fraction]) -> Iterator[tuple[str, str]]:
    """Yield from which hub to which one pieces go: each first takes its own, then what others have too many of."""
    over = {hub: share - needed.get(hub, 0) for hub, share in made.items() if share > needed.get(hub, 0)}
    under = {hub: share - made.get(hub, 0) for hub, share in needed.items() if share > made.get(hub, 0)}
    for start, end in itertools.product(list(over), list(under)):
        amount = min(over[start], under[end])
        if amount:
            over[start] -= amount
            under[end] -= amount
            yield start, end


def schedule(wish: Wish, assignments: Sequence[Assignment], time: Days) -> tuple[Timing, ...]:
    """Return when each step begins and ends: after the steps before it, and after what its machine does before.

    Days on the way are not counted: nobody knows them. Where nobody knows how long a step takes, or one before it, its
    end is not known.
    """
    level, free = levels(wish.steps), dict[tuple[str, str], float]()
    ends: dict[str, float | None] = {}
    found: dict[str, Timing] = {}
    for step in sorted(wish.steps, key=lambda one: level[one.id]):
        ready = [ends.get(one) for one in step.after if one in level]
        doing = [one for one in assignments if one.step == step.id]
        spans = [_span(one, time(one), ready, free) for one in doing]
        known = [span for span in spans if span is not None]
        is_known = bool(doing) and len(known) == len(spans)
        ends[step.id] = max(end for _, end in known) if is_known else None
        # What waits for others begins, in whole days, when they have ended.
        begins = (_up if step.after else _down)(min(begin for begin, _ in known)) if is_known else None
        end = ends[step.id]
        found[step.id] = Timing(step.id, begins, None if end is None else _up(end))
    return tuple(found[step.id] for step in wish.steps)


def _span(
    one: Assignment, time: Time, ready: Sequence[float | None], free: dict[tuple[str, str], float]
) -> tuple[float, float] | None:
    """Return when an assignment begins and ends, and note until when its machine is busy."""
    known = [day for day in ready if day is not None]
    if len(known) < len(ready) or time.pieces_per_week is None or time.lead_days is None:
        return None
    begins = max((float(time.lead_days), free.get((one.hub, one.machine), 0.0), *known))
    free[one.hub, one.machine] = begins + one.pieces / time.pieces_per_week * 7
    return begins, free[one.hub, one.machine]


def _up(day: float) -> int:
    return math.ceil(day - 1e-9)


def _down(day: float) -> int:
    return math.floor(day + 1e-9)


def critical(steps: Sequence[Step], timings: Sequence[Timing]) -> tuple[str, ...]:
    """Return the steps that decide when all is done, the first one first: each is the last that the next waits for."""
    ends = {one.step: one.ends for one in timings}
    if not ends or any(end is None for end in ends.values()):
        return ()
    after = {step.id: [one for one in step.after if one in ends] for step in steps}
    path = [max(after, key=lambda id: ends[id] or 0)]
    while after[path[-1]]:
        path.append(max(after[path[-1]], key=lambda id: ends[id] or 0))
    return tuple(reversed(path))


def timely(wish: Wish, timings: Sequence[Timing]) -> tuple[int | None, Timely]:
    """Return how many days all of it takes from the order, and whether that meets the wish's last day."""
    ends = [one.ends for one in timings]
    known = [end for end in ends if end is not None]
    days = max(known) if known and len(known) == len(ends) else None
    if wish.by is None:
        return days, Timely.ANY
    if any(end > wish.days for end in known):
        return days, Timely.NO
    return days, Timely.YES if days is not None else Timely.UNKNOWN
