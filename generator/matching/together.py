"""The steps of a search in; for each hub the machines that lack the fewest things together, one for each step, out.

Step by step the best machine lacks the fewest things for that step. When two steps fail at a hub, one machine mended
for both may be less work than two: an envelope that is too small for two steps is one change. Bounds on what machines
share leave few hubs where that can be; these are searched by branch and bound.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .arrays import FAIL, Flags, Numbers
from .asked import NOBODY, Asked

_MOST_FACTS = 62  # bits of a number
_MOST_TRIES = 2_000  # choices at one hub; what was found until then is kept


@dataclass(frozen=True, slots=True)
class Choices:
    """Machines that may do a step, in order, and their hubs; what fails of each and of its hub, as bits; their cost."""

    machines: Numbers
    homes: Numbers
    own: Numbers
    hubs: Numbers
    cost: Numbers
    is_best: Flags

    @property
    def failing(self) -> Numbers:
        """How many facts fail of each."""
        return _size(self.own) + _size(self.hubs)

    def only(self, which: Flags) -> Choices:
        """Return some of them."""
        return Choices(
            self.machines[which], self.homes[which], self.own[which], self.hubs[which], self.cost[which],
            self.is_best[which],
        )  # fmt: skip


class Choice(NamedTuple):
    """One of them."""

    machine: int
    own: int
    hubs: int
    cost: int


def together(steps: Sequence[Asked]) -> tuple[Numbers, ...]:
    """Return for each step the machine of each hub, or `NOBODY`."""
    found = tuple(asked.best.copy() for asked in steps)
    bits = {fact: at for at, fact in enumerate(dict.fromkeys(fact for asked in steps for fact in asked.names()))}
    if len(steps) < 2 or len(bits) > _MOST_FACTS:
        return found
    in_question = _in_question(steps)
    if in_question.any():
        index = steps[0].matcher
        choices = [_choices(asked, in_question[index.homes], bits) for asked in steps]
        for hub, by_step in by_hub(promising(choices, index.homes, len(index.known.hubs))):
            for at, machine in enumerate(fewest(by_step)):
                found[at][hub] = machine
    return found


def _in_question(steps: Sequence[Asked]) -> Flags:
    """Tell at which hubs another choice may lack less at all: two steps fail, and none is without a machine."""
    found: Flags = np.sum([asked.failed_at_best > 0 for asked in steps], axis=0) > 1
    for asked in steps:
        found &= asked.best != NOBODY
    return found


def _choices(asked: Asked, in_question: Flags, bits: dict[str, int]) -> Choices:
    """Return those machines in question that do a step."""
    which = in_question[asked.offering.machines]
    machines = asked.offering.machines[which]
    failing = np.zeros((2, len(machines)), np.int64)
    for fact, is_hubs, results in asked.facts_of(machines):
        failing[int(is_hubs)] |= (results == FAIL).astype(np.int64) << bits[fact]
    at = asked.offering.homes[which]
    return Choices(machines, at, failing[0], failing[1], asked.costs[which], asked.best[at] == machines)


def promising(steps: Sequence[Choices], homes: Numbers, hubs: int) -> list[Choices]:
    """Return what is left of the choices of each step where others may lack less together than the best of each do.

    `homes` are the hubs of all machines, `hubs` is how many there are. A choice is dropped for either of two reasons:
    - With it, whatever does the other steps, no less fails than with the best of each: there are its own facts, and
      those others that fail for some step whichever machine does it.
    - At least as many of its facts as fail of the step's best machine fail for this step alone. With the best one in
      its place all of these are gone, and no more come.
    A hub is left out where all choices of a step are of the first kind, and where each step has its best one only.
    """
    several = _several(((one.machines, one.own) for one in steps), len(homes))
    several_of_hub = _several(((one.homes, one.hubs) for one in steps), hubs)
    always, count = _always(steps, hubs), _count_at_best(steps, homes, hubs)
    kept, has_other, may_gain = [], np.zeros(hubs, bool), np.ones(hubs, bool)
    for one in steps:
        is_less = one.failing + _size(always[one.homes] & ~(one.own | one.hubs)) < count[one.homes]
        may_gain &= _any_of(one.homes[is_less], hubs)
        alone = _size(one.own & ~several[one.machines]) + _size(one.hubs & ~several_of_hub[one.homes])
        of_best = np.zeros(hubs, np.int64)
        of_best[one.homes[one.is_best]] = one.failing[one.is_best]
        is_other = is_less & (alone < of_best[one.homes]) & ~one.is_best
        has_other |= _any_of(one.homes[is_other], hubs)
        kept.append(one.only(one.is_best | is_other))
    return [one.only((has_other & may_gain)[one.homes]) for one in kept]


def _any_of(hubs: Numbers, count: int) -> Flags:
    """Tell of each hub by number whether it is among some."""
    found = np.zeros(count, bool)
    found[hubs] = True
    return found


def _several(steps: Iterable[tuple[Numbers, Numbers]], count: int) -> Numbers:
    """Return for each machine or hub the facts that fail for more than one step; each comes with its bits, in order."""
    found, failing = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for places, bits in steps:
        first = np.flatnonzero(np.diff(places, prepend=NOBODY))
        at, joined = places[first], np.bitwise_or.reduceat(bits, first)
        found[at] |= failing[at] & joined
        failing[at] |= joined
    return found


def _always(steps: Sequence[Choices], hubs: int) -> Numbers:
    """Return for each hub the facts that fail for some step whichever machine does it."""
    found = np.zeros(hubs, np.int64)
    for one in steps:
        first = np.flatnonzero(np.diff(one.homes, prepend=NOBODY))
        found[one.homes[first]] |= np.bitwise_and.reduceat(one.own | one.hubs, first)
    return found


def _count_at_best(steps: Sequence[Choices], homes: Numbers, hubs: int) -> Numbers:
    """Return for each hub how many facts fail together with the best machine of each step."""
    own, of_hub = np.zeros(len(homes), np.int64), np.zeros(hubs, np.int64)
    for one in steps:
        best = one.only(one.is_best)
        own[best.machines] |= best.own
        of_hub[best.homes] |= best.hubs
    failing = np.flatnonzero(own)
    of_machines = np.bincount(homes[failing], _size(own[failing]), minlength=hubs)
    return _size(of_hub) + of_machines.astype(np.int64)


def _size(bits: Numbers) -> Numbers:
    found: Numbers = np.bitwise_count(bits).astype(np.int64)
    return found


def by_hub(steps: Sequence[Choices]) -> Iterator[tuple[int, list[list[Choice]]]]:
    """Yield hubs with the choices of each step there, the best one first."""
    found: dict[int, list[list[Choice]]] = {}
    for at, one in enumerate(steps):
        columns = (column.tolist() for column in (one.homes, one.machines, one.own, one.hubs, one.cost))
        for home, *choice in zip(*columns, strict=True):
            found.setdefault(home, [[] for _ in steps])[at].append(Choice(*choice))
    for hub, by_step in found.items():
        yield hub, [sorted(choices, key=lambda one: (one.cost, one.machine)) for choices in by_step]


def fewest(steps: Sequence[Sequence[Choice]]) -> tuple[int, ...]:
    """Return a machine for each step so that the fewest facts fail together; of those, the best for each step."""
    # What cannot be chosen comes first: then more is known of each way.
    order = sorted(range(len(steps)), key=lambda at: len(steps[at]) > 1)
    rest = _rest([steps[at] for at in order])
    best: tuple[int, int] | None = None
    chosen: tuple[int, ...] = ()
    tries = 0

    def go(own: dict[int, int], hubs: int, cost: int, way: tuple[int, ...]) -> None:
        nonlocal best, chosen, tries
        tries += 1
        failing = functools.reduce(operator.or_, own.values(), hubs)
        always, least = rest[len(way)]
        count = hubs.bit_count() + sum(mask.bit_count() for mask in own.values()) + (always & ~failing).bit_count()
        if best is not None and ((count, cost + least) >= best or tries > _MOST_TRIES):
            return
        if len(way) == len(steps):
            best, chosen = (count, cost), way
            return
        for one in steps[order[len(way)]]:
            more = {**own, one.machine: own.get(one.machine, 0) | one.own}
            go(more, hubs | one.hubs, cost + one.cost, (*way, one.machine))

    go({}, 0, 0, ())
    machines = dict(zip(order, chosen, strict=True))
    return tuple(machines[at] for at in range(len(steps)))


def _rest(steps: Sequence[Sequence[Choice]]) -> list[tuple[int, int]]:
    """Return for each step on what fails from there whichever machines are chosen, and the least that these cost."""
    found = [(0, 0)]
    for choices in reversed(steps):
        always = functools.reduce(operator.and_, (one.own | one.hubs for one in choices))
        found.append((found[-1][0] | always, found[-1][1] + choices[0].cost))
    return found[::-1]
