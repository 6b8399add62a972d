"""Tasks that several hubs have to share in; few hubs that make all pieces together, and how few it could be, out.

Hubs are taken greedily, the one that makes the largest share of what is left first: at most 1 + ln of how much there
was compared to what the last one found (Wolsey 1982). A lower bound, or a search for fewer, often says better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import deepcopy

import numpy as np

from .arrays import Floats, Numbers
from .offers import RANK_BITS, Cover, Offers
from .whole import EXACT_UP_TO

_NODES = 4_000  # of the search for fewer hubs; beyond, the greedy choice and its bound stand
_COLUMNS = 400


def shared(offers: Offers) -> Cover:
    """Return hubs that together make as many of all pieces as anybody can, few of them."""
    taken, last = _greedy(offers)
    taken = _nearer(offers, _needed(offers, taken))
    fewest, new = _fewest(offers, taken), _new(offers, taken)
    is_exact = new <= fewest
    if not is_exact and len(offers.demands) <= EXACT_UP_TO:
        found, is_exact = _fewer(offers, taken, fewest)
        taken, new = _nearer(offers, found), _new(offers, found)
        fewest = new if is_exact else fewest
    # What was left is a share of each task: 1 is a whole one.
    bound = 1 + math.log(max(1.0, len(offers.demands) / last)) if last else 1.0
    hubs = tuple(sorted(taken, key=lambda hub: int(offers.rank[hub])))
    bound = 1.0 if is_exact else round(min(bound, new / max(1, fewest)), 3)
    return Cover(hubs=hubs, is_exact=is_exact, fewest=fewest, bound=bound)


def _new(offers: Offers, hubs: Sequence[int]) -> int:
    return sum(not offers.known[hub] for hub in hubs)


def _left(offers: Offers, hubs: Sequence[int]) -> Numbers:
    """Return how many pieces of each task are left when some hubs have made theirs."""
    demands = np.array(offers.demands, np.int64)
    if not len(hubs):
        return demands
    least = _left_at_least(offers, hubs)
    if not offers.tight[list(hubs)].any():
        return least
    return offers.bins.flow(hubs).left


def _does(offers: Offers, hubs: Sequence[int], left: int) -> bool:
    """Tell whether some hubs leave no more pieces than that."""
    if offers.tight[list(hubs)].any():
        return offers.bins.is_enough(hubs, sum(offers.demands) - left)
    return int(_left(offers, hubs).sum()) <= left


def _left_at_least(offers: Offers, hubs: Sequence[int]) -> Numbers:
    """Return the same as if each machine had all its time for each task."""
    demands = np.array(offers.demands, np.int64)
    left: Numbers = demands - offers.made(hubs)
    return left


def _greedy(offers: Offers) -> tuple[list[int], float]:
    """Return hubs, each time the one that makes the largest share of what is left, and what the last one found."""
    demands = np.array(offers.demands, float)
    taken: list[int] = []
    left, last = _left(offers, taken), 0.0
    open_ = np.ones(offers.most.shape[1], bool)
    while left.any():
        wanted = left
        gain = _gain(offers, wanted) * open_
        if not gain.any():
            wanted = _relief(offers, taken)
            gain = _gain(offers, wanted) * open_
        if not gain.any():
            break
        helps = np.minimum(offers.most, wanted[:, None]) > 0
        asks = np.where(helps, offers.asks, 0).sum(axis=0) + offers.own
        order = np.lexsort(((asks << RANK_BITS) + offers.rank, -gain, ~(offers.known & (gain > 0))))
        taken.append(int(order[0]))
        open_[taken[-1]] = False
        last = float((left / demands).sum())
        left = _left(offers, taken)
    return taken, last


def _gain(offers: Offers, wanted: Numbers) -> Floats:
    """Return which share of all tasks each hub makes of some pieces."""
    demands = np.array(offers.demands, float)
    found: Floats = np.round((np.minimum(offers.most, wanted[:, None]) / demands[:, None]).sum(axis=0), 9)
    return found


def _relief(offers: Offers, taken: Sequence[int]) -> Numbers:
    """Return how many pieces more of other tasks some hubs make for each task that they need not do themselves."""
    found = np.zeros(len(offers.demands), np.int64)
    if taken and offers.tight[list(taken)].any():
        flow = offers.bins.flow(taken)
        made = flow.pieces.sum(axis=1)
        for task in range(len(found)):
            found[task] = deepcopy(flow).without(task) - int(made.sum() - made[task])
    return found


def _needed(offers: Offers, taken: list[int]) -> list[int]:
    """Return the hubs without those that the others can do without, the last taken first."""
    target = int(_left(offers, taken).sum())
    for hub in sorted(taken, key=lambda one: (bool(offers.known[one]), -taken.index(one))):
        others = [one for one in taken if one != hub]
        if _does(offers, others, target):
            taken = others
    return taken


def _nearer(offers: Offers, taken: list[int]) -> list[int]:
    """Return the hubs with each one exchanged for the best other that does as well, the worst first."""
    target = int(_left(offers, taken).sum())
    key = ((offers.asks * (offers.most > 0)).sum(axis=0) + offers.own << RANK_BITS) + offers.rank
    demands = np.array(offers.demands)
    for hub in sorted((one for one in taken if not offers.known[one]), key=lambda one: -int(key[one])):
        others = [one for one in taken if one != hub]
        able = (key < key[hub]) & ~offers.known
        if offers.tight[others].any():
            able &= offers.bins.at_most(others) >= demands.sum() - target
        able[others] = False
        if not able.any():
            continue
        left = _left(offers, others)
        rest = (left[:, None] - np.minimum(offers.most, demands[:, None])).clip(0).sum(axis=0)
        good = np.flatnonzero((rest <= target) & (key < key[hub]) & ~offers.known)
        for one in good[np.argsort(key[good], kind="stable")][:50].tolist():
            if able[one] and _does(offers, [*others, one], target):
                taken = [*others, one]
                break
    return taken


def _fewest(offers: Offers, taken: Sequence[int]) -> int:
    """Return how many new hubs it takes at least, as one task that needs most of them, or all tasks together, say.

    Those taken make as much as anybody can. Where that is not all, and machines that several tasks need could leave
    out one as well as another, nothing is certain but that it takes some.
    """
    if offers.tight[list(taken)].any() and _left(offers, taken).any():
        return min(1, _new(offers, taken))
    known, others = offers.most[:, offers.known].sum(axis=1), offers.most[:, ~offers.known]
    demands = np.array(offers.demands, np.int64)
    left = np.maximum(0, offers.made(range(len(offers.own))) - known)
    found = 0
    for task, wanted in enumerate(left.tolist()):
        made = np.cumsum(np.minimum(np.sort(others[task])[::-1], demands[task]))
        found = max(found, int(np.searchsorted(made, wanted)) + 1 if wanted else 0)
    shares = (np.minimum(others, left[:, None]) / demands[:, None]).sum(axis=0)
    together = np.cumsum(np.sort(shares)[::-1])
    return max(found, int(np.searchsorted(together, (left / demands).sum() - 1e-6)) + 1 if left.any() else 0)


def _fewer(offers: Offers, taken: list[int], fewest: int) -> tuple[list[int], bool]:
    """Return the fewest hubs that do as well as those taken, and whether the search came to its end."""
    known = [int(hub) for hub in np.flatnonzero(offers.known)]
    columns = _columns(offers, len(taken))
    if len(columns) > _COLUMNS:
        return taken, False
    hunt = _Hunt(offers, int(_left(offers, taken).sum()))
    for count in range(max(1, fewest), _new(offers, taken)):
        if found := hunt.found(known, columns, count):
            return found, True
    return taken, hunt.budget > 0


def _columns(offers: Offers, count: int) -> list[int]:
    """Return the hubs that may matter, the best first: not those that as many others as are taken surpass in all."""
    clipped = np.minimum(offers.most, np.array(offers.demands)[:, None])
    able = np.flatnonzero(clipped.any(axis=0) & ~offers.known)
    order = able[np.lexsort((offers.rank[able], -clipped[:, able].sum(axis=0)))]
    kept: list[int] = []
    for hub in order.tolist():
        more = (clipped[:, kept] >= clipped[:, [hub]]) & (offers.least[:, kept] <= offers.least[:, [hub]])
        over = more.all(axis=0) & ~offers.tight[kept] if kept else np.zeros(0, bool)
        if int(over.sum()) < count:
            kept.append(hub)
        if len(kept) > _COLUMNS:
            break
    return kept


class _Hunt:
    """The search for sets of hubs that leave no more pieces than the target, as long as the budget lasts."""

    def __init__(self, offers: Offers, target: int) -> None:
        self.offers, self.target, self.budget = offers, target, _NODES

    def found(self, chosen: list[int], columns: list[int], count: int) -> list[int]:
        """Return a set with so many more hubs of those columns; nothing when there is none."""
        self.budget -= 1
        # What is left in fact says too much here: one more hub may leave others the time for something else.
        left = _left_at_least(self.offers, chosen)
        if int(left.sum()) <= self.target and _does(self.offers, chosen, self.target):
            return chosen
        if not count or self.budget <= 0 or self._is_too_little(left, columns, count):
            return []
        inner = (self.found([*chosen, hub], columns[at + 1 :], count - 1) for at, hub in enumerate(columns))
        return next((found for found in inner if found), [])

    def _is_too_little(self, left: Numbers, columns: list[int], count: int) -> bool:
        """Tell whether so many of some hubs cannot do enough, even the largest for each task."""
        most = np.sort(np.minimum(self.offers.most[:, columns], left[:, None]), axis=1)
        room = most[:, ::-1][:, :count].sum(axis=1)
        return int((left - np.minimum(left, room)).sum()) > self.target
