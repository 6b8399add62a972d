"""What hubs offer for the tasks of a plan, as numbers, and which of them were taken: what covering works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Flags, Numbers

RANK_BITS = 24  # of a hub's rank, below what is to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Tasks (rows) and hubs (columns) as numbers.

    `demands` are pieces, at least one each; `most` how many a hub makes at most, 0 where it does not do a task. `asks`
    are facts that nobody knows of a hub's way to do a task, `own` those of the hub itself; `metres` is how far it is.
    `rank` orders hubs that are equal in number and asks, each once, the nearest first. Those `known` have something to
    do already and cost nothing. A `tight` hub has machines that several tasks need: `carried` tells what some hubs
    together really make of some demands.
    """

    demands: Sequence[int]
    most: Numbers
    asks: Numbers
    own: Numbers
    metres: Numbers
    rank: Numbers
    known: Flags
    tight: Flags
    carried: Callable[[Sequence[int], Mapping[int, int]], Mapping[int, int]]

    def fit(self, hubs: Sequence[int], tasks: Sequence[int]) -> bool:
        """Tell whether some hubs make all pieces of some tasks."""
        if not self.tight[list(hubs)].any():
            clipped = self.most[np.ix_(list(tasks), list(hubs))].sum(axis=1)
            return bool((clipped >= np.array([self.demands[task] for task in tasks])).all())
        wanted = {task: self.demands[task] for task in tasks}
        return dict(self.carried(hubs, wanted)) == wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Columns of the hubs that were taken; for each task the one that does it all, where tasks are not shared.

    No choice takes fewer hubs than `fewest`; `bound` is how many times too many there are at most.
    """

    hubs: tuple[int, ...]
    whole: tuple[int, ...] = ()
    is_exact: bool = True
    fewest: int = 0
    bound: float = 1.0
