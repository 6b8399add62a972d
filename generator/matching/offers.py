"""What hubs offer for the tasks of a plan, as numbers, and which of them were taken: what covering works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Flags, Numbers
from .bins import Bins
from .quantities import most_of

RANK_BITS = 24  # of a hub's rank, below what is to ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Tasks (rows) and hubs (columns) as numbers.

    `demands` are pieces, at least one each; `most` how many a hub makes at most, 0 where it does not do a task. `asks`
    are facts that nobody knows of a hub's way to do a task, `own` those of the hub itself; `metres` is how far it is.
    `rank` orders hubs that are equal in number and asks, each once, the nearest first. Those `known` have something to
    do already and cost nothing. `least` is how few pieces of a task a hub takes on. A `tight` hub has machines that
    several tasks need: `bins` tell what some hubs together really make.
    """

    demands: Sequence[int]
    most: Numbers
    least: Numbers
    asks: Numbers
    own: Numbers
    metres: Numbers
    rank: Numbers
    known: Flags
    tight: Flags
    bins: Bins

    def made(self, hubs: Sequence[int]) -> Numbers:
        """Return how many pieces of each task some hubs make, if each machine had all its time for each task."""
        demands = np.array(self.demands, np.int64)
        most, least = np.minimum(self.most[:, list(hubs)], demands[:, None]), self.least[:, list(hubs)]
        made: Numbers = np.minimum(demands, most.sum(axis=1))
        for task in np.flatnonzero(np.where(most > 0, least, 0).sum(axis=1) > made).tolist():
            made[task] = most_of(int(demands[task]), least[task].tolist(), most[task].tolist())
        return made

    def fit(self, hub: int, tasks: Sequence[int]) -> bool:
        """Tell whether a hub that does each of some tasks alone has the machines for all of them."""
        return not self.tight[hub] or not self.bins.over(hub, tasks).any()


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
