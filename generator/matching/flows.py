"""Tasks, bins, and how much of each task a bin takes in; how much of each goes where so that most is done, out.

Shortest augmenting paths, the first of equals, all paths of one length in one go (Dinic 1970).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Flags, Numbers


class Flow:
    """A largest flow from tasks (rows) to bins (columns); it may go on after a task is dropped.

    `left` is what is left of each task, `pieces` what goes where. `reached` are the tasks of a narrowest cut: what they
    could send goes nowhere else, so that all bins together take no more of them.
    """

    def __init__(self, demands: Numbers, room: Numbers, ways: Numbers, order: Sequence[Numbers]) -> None:
        """`room` is what a bin takes of all tasks together; `order` are the bins of each task, the first first."""
        self.left, self.pieces, self.order = demands.copy(), np.zeros_like(ways), order
        self.reached: Flags = np.zeros(len(demands), bool)
        self._free, self._spare = room.copy(), ways.copy()
        self._grow()

    def without(self, task: int) -> int:
        """Return how much of all other tasks is done when one is dropped."""
        self._free += self.pieces[task]
        self.left[task] = 0
        self.pieces[task] = 0
        self._spare[task] = 0
        self._grow()
        return int(self.pieces.sum())

    def _grow(self) -> None:
        for task in np.flatnonzero(self.left).tolist():
            self.left[task] -= self._fill(task, int(self.left[task]))
        while self._is_open():
            for task in np.flatnonzero(self.left).tolist():
                self.left[task] -= self._push(task, 0, int(self.left[task]))

    def _is_open(self) -> bool:
        """Number tasks and bins by how far they are from what is left; tell whether a bin with room is among them."""
        self._far, self._far_bin = np.full(len(self.left), -1), np.full(len(self._free), -1)
        tasks, at = np.flatnonzero(self.left), 0
        while len(tasks):
            self._far[tasks] = at
            bins = np.flatnonzero((self._spare[tasks] > 0).any(axis=0) & (self._far_bin < 0))
            self._far_bin[bins] = at
            if self._free[bins].any():
                self._last = at
                return True
            tasks = np.flatnonzero((self.pieces[:, bins] > 0).any(axis=1) & (self._far < 0))
            at += 1
        self.reached = self._far >= 0
        return False

    def _fill(self, task: int, most: int) -> int:
        """Give a task to bins with room as they come; return how much of it."""
        bins = self.order[task]
        sums = np.minimum(np.cumsum(np.minimum(self._spare[task, bins], self._free[bins])), most)
        given = sums.copy()
        given[1:] -= sums[:-1]
        self.pieces[task, bins] += given
        self._spare[task, bins] -= given
        self._free[bins] -= given
        return int(sums[-1]) if len(sums) else 0

    def _push(self, task: int, at: int, most: int) -> int:
        """Give a task to bins at this distance in place of others, which go further away; return how much of it."""
        if at == self._last:
            return self._fill(task, most)
        bins, sent = self.order[task], 0
        others = np.flatnonzero(self._far == at + 1)
        here = (self._far_bin[bins] == at) & (self._spare[task, bins] > 0)
        here &= (self.pieces[np.ix_(others, bins)] > 0).any(axis=0)
        for into in bins[here].tolist():
            for other in others[self.pieces[others, into] > 0].tolist():
                wanted = min(most - sent, int(self._spare[task, into]), int(self.pieces[other, into]))
                if not wanted or self._far[other] < 0:
                    continue
                moved = self._push(other, at + 1, wanted)
                if moved < wanted:
                    self._far[other] = -1  # nothing more goes this way
                self._move(task, other, into, moved)
                sent += moved
            if sent == most or not (self._far[others] > 0).any():
                break
        return sent

    def _move(self, task: int, other: int, into: int, pieces: int) -> None:
        """Give a bin so many pieces of one task in place of another's."""
        for one, more in ((task, pieces), (other, -pieces)):
            self.pieces[one, into] += more
            self._spare[one, into] -= more
