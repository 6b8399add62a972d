"""Tasks with the machines for them in; what the machines of some hubs make of all of them together, out.

A machine that several tasks need makes so many pieces of all of them. It is a bin; one hub has several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Flags, Numbers
from .flows import Flow
from .tasks import UNLIMITED, Work, clipped, rooms_of

_CUTS = 512  # that are kept
_WINDOW_BITS = 24  # of the day on which a window begins, below a machine's number


@dataclass(frozen=True, slots=True)
class _Table:
    """Bins by hub: where those of each hub begin, their machines and rooms, and what they take of each task (rows).

    `order` are the bins for each task, the preferred ones first.
    """

    begins: Numbers
    machines: Numbers
    room: Numbers
    ways: Numbers
    order: Sequence[Numbers]


class Bins:
    """The machines of hubs, which are columns, by number and in order.

    Cuts that were narrowest once are kept: a look at them often tells that some hubs make too little.
    """

    def __init__(self, work: Work, hubs: Numbers) -> None:
        self._work, self._hubs = work, hubs
        self._demands = np.array([task.demand for task in work.tasks], np.int64)
        self._rests, self._caps = np.zeros(0, np.int64), np.zeros((0, len(hubs)), np.int64)
        self._cuts: dict[bytes, Numbers] = {}
        self._over: dict[tuple[int, tuple[int, ...]], Flags] = {}

    def flow(self, columns: Sequence[int], tasks: Sequence[int] = ()) -> Flow:
        """Return what some hubs make of some tasks, or of all."""
        return self._flow(self._of(columns), tasks)

    def over(self, column: int, tasks: Sequence[int]) -> Flags:
        """Return those of some tasks for which a hub has too few machines, all of them together."""
        key = (column, tuple(tasks))
        if key not in self._over:
            self._over[key] = self.flow([column], tasks).reached
        return self._over[key]

    def is_enough(self, columns: Sequence[int], pieces: int) -> bool:
        """Tell whether some hubs make at least so many pieces of all tasks together."""
        if len(self._rests) and int((self._rests + self._caps[:, list(columns)].sum(axis=1)).min()) < pieces:
            return False
        flow = self.flow(columns)
        self._keep(flow.reached)
        return int(flow.pieces.sum()) >= pieces

    def at_most(self, columns: Sequence[int]) -> Numbers:
        """Return how many pieces some hubs and each one more make at most, as far as the cuts tell that were found."""
        if not len(self._rests):
            return np.full(len(self._hubs), UNLIMITED)
        base = self._rests + self._caps[:, list(columns)].sum(axis=1)
        found: Numbers = (base[:, None] + self._caps).min(axis=0)
        return found

    def narrow(self, tasks: Flags) -> Numbers:
        """Return how many pieces of some tasks together each hub makes at most."""
        key = tasks.tobytes()
        if key not in self._cuts:
            bins = np.minimum(self._table.room, self._table.ways[tasks].sum(axis=0))
            sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(bins)])
            self._cuts[key] = np.diff(sums[self._table.begins])
        return self._cuts[key]

    def by_machine(self) -> Mapping[tuple[int, int], int]:
        """Return how many pieces of each task each machine makes when all together make as many as they can."""
        bins = np.arange(len(self._table.room))
        flow = self._flow(bins, ())
        found: dict[tuple[int, int], int] = {}
        for task, order in enumerate(flow.order):
            for machine, pieces in zip(self._table.machines[order].tolist(), flow.pieces[task, order], strict=True):
                if pieces:
                    found[task, machine] = int(pieces)
        return found

    def _keep(self, tasks: Flags) -> None:
        if tasks.any() and len(self._rests) < _CUTS and tasks.tobytes() not in self._cuts:
            self._rests = np.append(self._rests, self._demands[~tasks].sum())
            self._caps = np.vstack([self._caps, self.narrow(tasks)])

    def _of(self, columns: Sequence[int]) -> Numbers:
        begins = self._table.begins
        if len(columns) == 1:
            return np.arange(begins[columns[0]], begins[columns[0] + 1])
        here = np.zeros(len(self._hubs), bool)
        here[list(columns)] = True
        return np.flatnonzero(np.repeat(here, np.diff(begins)))

    def _flow(self, bins: Numbers, tasks: Sequence[int]) -> Flow:
        demands, table = self._demands, self._table
        if tasks:
            demands = np.zeros_like(demands)
            demands[list(tasks)] = self._demands[list(tasks)]
        place = np.full(len(table.room), -1)
        place[bins] = np.arange(len(bins))
        order = [here[here >= 0] for here in (place[one] for one in table.order)]
        return Flow(demands, table.room[bins], table.ways[:, bins], order)

    @cached_property
    def _table(self) -> _Table:
        keys, rooms, limits = [], [], []
        machines = self._work.search.matcher.homes
        for task in self._work.tasks:
            room = rooms_of(self._work, task)
            unlimited = 2 * task.window[0] + (room >= UNLIMITED)
            where = np.searchsorted(self._hubs, task.homes)
            keys.append(((where * len(machines) + task.machines) << _WINDOW_BITS) + unlimited)
            rooms.append(room)
            limits.append(np.minimum(clipped(self._work, task, room), task.demand))
        bins, of = np.unique(np.concatenate(keys), return_inverse=True)
        where, machine = np.divmod(bins >> _WINDOW_BITS, len(machines))
        room = np.zeros(len(bins), np.int64)
        np.maximum.at(room, of, np.concatenate(rooms))
        ways = np.zeros((len(limits), len(room)), np.int64)
        order = []
        for row, limit in enumerate(limits):
            at, of = of[: len(limit)], of[len(limit) :]
            ways[row, at] = limit
            order.append(at[limit > 0])
        begins = np.searchsorted(where, np.arange(len(self._hubs) + 1))
        return _Table(begins, machine, room, ways, order)
