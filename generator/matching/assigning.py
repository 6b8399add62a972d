"""Tasks and the hubs that were taken for them in; how many pieces of each step each machine makes, out.

A task stays whole where one machine, or else one hub, can do it; shares are in proportion to what each makes in time,
or as those of the step before, so that less travels. All sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .arrays import Numbers
from .bins import Bins
from .capabilities import Time
from .judging import days_for
from .offers import Cover
from .plans import Assignment
from .quantities import reach, split
from .tasks import UNLIMITED, Task, Work, clipped, leasts_of, rooms_of

Shares = Mapping[int, int]  # pieces by machine


def assigned(work: Work, hubs: Numbers, cover: Cover, least: int = 0) -> tuple[Assignment, ...]:
    """Return who does what; `least` is the smallest number of pieces that is worth while."""
    chosen = [int(hubs[one]) for one in cover.hubs]
    of_task = [int(hubs[one]) for one in cover.whole]
    giving = _Giving(work.within(chosen), chosen, of_task, least)
    found = [giving.given(at) for at in range(len(work.tasks))]
    if any(sum(shares.values()) < task.demand for task, shares in zip(work.tasks, found, strict=True)):
        able = giving.work.at(of_task) if of_task else giving.work
        flow = Bins(able, np.array(sorted(chosen), np.int64)).by_machine()
        best: list[dict[int, int]] = [{} for _ in found]
        for (at, machine), pieces in flow.items():
            best[at][machine] = pieces
        if _total(best) > _total(found):
            found = [dict(one) for one in best]
    return tuple(one for at, shares in enumerate(found) for one in _of_steps(work, work.tasks[at], shares))


def _total(found: Sequence[Shares]) -> int:
    return sum(sum(shares.values()) for shares in found)


class _Giving:
    """Gives out tasks one after the other, knowing what each machine has to do so far."""

    def __init__(self, work: Work, hubs: Sequence[int], of_task: Sequence[int], least: int) -> None:
        self.work, self.of_task, self.least = work, of_task, least
        self.place = {hub: at for at, hub in enumerate(hubs)}
        self.used: dict[tuple[int, int], int] = {}  # pieces by machine and the beginning of its window
        self.by_step: dict[str, dict[int, int]] = {}  # pieces by hub

    def given(self, at: int) -> dict[int, int]:
        """Return how many pieces of a task each machine makes."""
        task = self.work.tasks[at]
        room = self._room(task, at)
        by_hub: dict[int, list[int]] = {}
        for machine, home in zip(task.machines.tolist(), task.homes.tolist(), strict=True):
            if room.get(machine):
                by_hub.setdefault(home, []).append(machine)
        asks = dict(zip(task.machines.tolist(), task.asks.tolist(), strict=True))
        least = dict(zip(task.machines.tolist(), leasts_of(self.work, task).tolist(), strict=True))
        order = sorted(by_hub, key=lambda hub: (asks[by_hub[hub][0]], self.place[hub]))
        rooms = {hub: min(task.demand, sum(room[one] for one in by_hub[hub])) for hub in order}
        found: dict[int, int] = {}
        few = {hub: min(least[one] for one in by_hub[hub]) for hub in order}
        for hub, pieces in self._among(task, rooms, few).items():
            found |= _inside(by_hub[hub], room, least, pieces)
            for step in task.steps:
                self.by_step.setdefault(step.id, {})[hub] = pieces
        for machine, pieces in found.items():
            key = (machine, task.window[0])
            self.used[key] = self.used.get(key, 0) + pieces
        return found

    def _room(self, task: Task, at: int) -> dict[int, int]:
        """Return what machines still make: of a task that is done at one hub, those there."""
        rooms = rooms_of(self.work, task)
        used = [self.used.get((machine, task.window[0]), 0) for machine in task.machines.tolist()]
        left = np.where(rooms < UNLIMITED, np.maximum(0, rooms - np.array(used, np.int64)), rooms)
        limits = clipped(self.work, task, left).tolist()
        return {
            machine: limit
            for machine, home, limit in zip(task.machines.tolist(), task.homes.tolist(), limits, strict=True)
            if not self.of_task or home == self.of_task[at]
        }

    def _among(self, task: Task, rooms: Mapping[int, int], few: Mapping[int, int]) -> dict[int, int]:
        """Return how many pieces each hub makes; the hubs come in the order of preference.

        None makes fewer than it takes on, and if it can be none fewer than is worth while.
        """
        hubs = list(rooms)
        alone = next((hub for hub in hubs if rooms[hub] >= task.demand), None)
        if alone is not None:
            return {alone: task.demand}
        limits = [rooms[hub] for hub in hubs]
        leasts = [few[hub] for hub in hubs]
        lots = [max(self.least, least) for least in leasts]
        some = [lot if lot <= limit else least for lot, least, limit in zip(lots, leasts, limits, strict=True)]
        most, _ = reach(task.demand, leasts, limits)
        for weights in (*self._before(task, hubs), limits):
            for least in (lots, some, leasts):
                shares = split(task.demand, weights, limits, least)
                if sum(shares) == most:
                    return {hub: pieces for hub, pieces in zip(hubs, shares, strict=True) if pieces}
        return {}

    def _before(self, task: Task, hubs: Sequence[int]) -> Iterator[list[int]]:
        """Yield the shares of the steps before this task."""
        for step in task.steps:
            for before in step.after:
                if before in self.by_step:
                    yield [self.by_step[before].get(hub, 0) for hub in hubs]


def _inside(machines: Sequence[int], room: Shares, least: Shares, pieces: int) -> dict[int, int]:
    """Return how many pieces the machines of one hub make."""
    alone = next((one for one in machines if room[one] >= pieces), None)
    if alone is not None:
        return {alone: pieces}
    limits, leasts = [room[one] for one in machines], [least[one] for one in machines]
    shares = split(pieces, limits, limits, leasts)
    if sum(shares) < pieces:  # the hub takes them on: how it divides them among its machines is its own affair
        shares = split(pieces, limits, limits)
    return {one: share for one, share in zip(machines, shares, strict=True) if share}


def _of_steps(work: Work, task: Task, shares: Shares) -> Iterator[Assignment]:
    """Yield the assignments of each step of a task: what machines make is given to the steps one after the other."""
    known, asks = work.search.known, dict(zip(task.machines.tolist(), task.asks.tolist(), strict=True))
    left = [(machine, pieces) for machine, pieces in shares.items()]
    for step, wanted in zip(task.steps, task.pieces, strict=True):
        rest = wanted
        while rest and left:
            machine, pieces = left[0]
            made = min(rest, pieces)
            rest -= made
            left = left[1:] if made == pieces else [(machine, pieces - made), *left[1:]]
            time: Time = known.skills["time"][machine]
            hub = known.hubs[known.homes[machine]]
            yield Assignment(step.id, hub, known.names[machine], made, asks[machine], days_for(time, made))
