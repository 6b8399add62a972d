"""The steps of a search in; for each hub the machines that lack the fewest things together, one for each step, out.

Step by step the best machine lacks the fewest things for that step. When two steps fail at a hub, one machine mended
for both may be less work than two: an envelope that is too small for two steps is one change. Only hubs where that can
be are looked at again, by branch and bound over the machines that can still be better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .arrays import FAIL, Flags, Numbers, Results
from .asked import NOBODY, Asked

_MOST_FACTS = 62  # bits of a number
_MOST_TRIES = 2_000  # choices at one hub; what was found until then is kept


class _Choice(NamedTuple):
    """A machine for a step: what fails of it and of its hub, as bits, and its cost."""

    machine: int
    own: int
    hubs: int
    cost: int


def together(steps: Sequence[Asked]) -> tuple[Numbers, ...]:
    """Return for each step the machine of each hub, or `NOBODY`."""
    found = tuple(asked.best.copy() for asked in steps)
    bits: dict[str, int] = {}
    for asked in steps:
        for fact, *_ in _facts(asked):
            bits.setdefault(fact, len(bits))
    if len(steps) < 2 or len(bits) > _MOST_FACTS:
        return found
    failed = [_at(asked.failed, asked.best) for asked in steps]
    limit = np.sum(failed, axis=0)
    for hub in np.flatnonzero(_may_gain(steps, failed, limit)).tolist():
        failing = [at for at in range(len(steps)) if failed[at][hub]]
        machines = steps[0].matcher.known.machines_of(hub)
        choices = [_choices(steps[at], machines, int(limit[hub]), bits) for at in failing]
        for at, machine in zip(failing, _fewest(choices), strict=True):
            found[at][hub] = machine
    return found


def _at(numbers: Numbers, machines: Numbers) -> Numbers:
    """Return the numbers of some machines; 0 where there is none."""
    if not len(numbers):
        return np.zeros(len(machines), np.int64)
    return np.where(machines == NOBODY, 0, numbers[np.maximum(machines, 0)])


def _may_gain(steps: Sequence[Asked], failed: Sequence[Numbers], limit: Numbers) -> Flags:
    """Tell at which hubs another choice may lack less: two steps fail, none is without a machine, one has a choice."""
    found: Flags = np.sum([each > 0 for each in failed], axis=0) > 1
    for asked in steps:
        found &= asked.best != NOBODY
    if not found.any():
        return found
    has_choice, homes = np.zeros(len(limit), bool), steps[0].matcher.homes
    for asked, least in zip(steps, failed, strict=True):
        may = (asked.cost < asked.never) & (asked.failed < limit[homes])
        has_choice |= (np.bincount(homes[may], minlength=len(limit)) > 1) & (least > 0)
    return found & has_choice


def _facts(asked: Asked) -> Iterator[tuple[str, Results, Numbers, bool]]:
    """Yield each fact of a step: its results, the row of each machine in them, and whether it is the hub's own."""
    for name, facts in asked.facts:
        yield from ((fact, results, asked.matcher.rows[name], False) for fact, results in facts.items())
    for group in asked.of_people:
        yield from ((fact, results, group.case, group.is_hubs) for fact, results in group.facts.items())


def _choices(asked: Asked, machines: Sequence[int], limit: int, bits: dict[str, int]) -> list[_Choice]:
    """Return the machines of a hub that may be part of a better choice, the best one of the step first."""
    found, best = [], asked.best[asked.matcher.homes[machines[0]]]
    for machine in machines:
        cost = int(asked.cost[machine])
        if cost < asked.never and (machine == best or int(asked.failed[machine]) < limit):
            masks = [0, 0]
            for fact, results, rows, is_hubs in _facts(asked):
                if results[rows[machine]] == FAIL:
                    masks[is_hubs] |= 1 << bits[fact]
            found.append(_Choice(machine, masks[0], masks[1], cost))
    return sorted(found, key=lambda choice: (choice.cost, choice.machine))


def _fewest(steps: Sequence[Sequence[_Choice]]) -> tuple[int, ...]:
    """Return a machine for each step so that the fewest facts fail together; of those, the best for each step."""
    best: tuple[int, int] | None = None
    chosen: tuple[int, ...] = tuple(choices[0].machine for choices in steps)
    tries = 0

    def go(at: int, own: dict[int, int], hubs: int, cost: int, way: tuple[int, ...]) -> None:
        nonlocal best, chosen, tries
        tries += 1
        count = hubs.bit_count() + sum(mask.bit_count() for mask in own.values())
        if best is not None and ((count, cost) >= best or tries > _MOST_TRIES):
            return
        if at == len(steps):
            best, chosen = (count, cost), way
            return
        for one in steps[at]:
            more = {**own, one.machine: own.get(one.machine, 0) | one.own}
            go(at + 1, more, hubs | one.hubs, cost + one.cost, (*way, one.machine))

    go(0, {}, 0, 0, ())
    return chosen
