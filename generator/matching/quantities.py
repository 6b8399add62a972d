"""A number of pieces and what several can make of them in; whole numbers for each, whose sum is exact, out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_SUMS = 1_000  # partial sums that are kept while it is looked for who can share a total


def split(
    total: int, weights: Sequence[int], limits: Sequence[int] = (), leasts: Sequence[int] = ()
) -> tuple[int, ...]:
    """Return how many pieces each gets: in proportion to its weight, none more than its limit.

    Each gets nothing, or at least its own of `leasts`. Largest remainders, the first of equals; those whose share is
    too small lose it to the others as long as these have room, and else get their least. The sum is `total`, or as much
    of it as can be (`reach`). Without limits there are none.
    """
    most = list(limits) or [total if weight else 0 for weight in weights]
    least = list(leasts) or [0] * len(weights)
    left = [min(limit, total) if weight > 0 else 0 for weight, limit in zip(weights, most, strict=True)]
    total, takers = reach(total, least, left)
    left = [limit if at in takers else 0 for at, limit in enumerate(left)]
    found = _shared(total, weights, left)
    while small := [at for at, pieces in enumerate(found) if left[at] and pieces < least[at]]:
        at = min(small, key=lambda one: (found[one], -one))
        if sum(left) - left[at] < total:
            return tuple(_raised(total, weights, left, least))
        left[at] = 0
        found = _shared(total, weights, left)
    return tuple(found)


def reach(total: int, leasts: Sequence[int], limits: Sequence[int]) -> tuple[int, frozenset[int]]:
    """Return how many pieces can be made of a total, each making nothing or from its least to its limit; and by whom.

    Exact as long as few sums differ; beyond, of the partial sums the smallest are kept.
    """
    able = [at for at, limit in enumerate(limits) if limit and leasts[at] <= min(limit, total)]
    if sum(leasts[at] for at in able) <= total:
        return min(total, sum(limits[at] for at in able)), frozenset(able)
    front: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]  # the least and the most of some, and who they are
    for at in able:
        more = [(low + leasts[at], min(total, high + limits[at]), (*who, at)) for low, high, who in front]
        front = _outer([*front, *(one for one in more if one[0] <= total)])
    _, most, who = front[-1]
    return most, frozenset(who)


def most_of(total: int, leasts: Sequence[int], limits: Sequence[int]) -> int:
    """Return how many pieces `reach` tells, in arrays: it is asked for thousands of times while hubs are chosen."""
    able = [at for at, limit in enumerate(limits) if limit and leasts[at] <= min(limit, total)]
    if sum(leasts[at] for at in able) <= total:
        return min(total, sum(limits[at] for at in able))
    low, high = np.zeros(1, np.int64), np.zeros(1, np.int64)
    for at in able:
        count = int(np.searchsorted(low, total - leasts[at], "right"))
        low = np.concatenate([low, low[:count] + leasts[at]])
        high = np.concatenate([high, np.minimum(total, high[:count] + limits[at])])
        order = np.lexsort((-high, low))
        low, high = low[order], high[order]
        kept = np.flatnonzero(np.diff(np.maximum.accumulate(high), prepend=-1))[:_SUMS]
        low, high = low[kept], high[kept]
    return int(high[-1])


def _outer(sums: list[tuple[int, int, tuple[int, ...]]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return the sums than which no other one reaches further up without beginning later."""
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for one in sorted(sums, key=lambda each: (each[0], -each[1], each[2])):
        if not found or one[1] > found[-1][1]:
            found.append(one)
    return found[:_SUMS]


def _raised(total: int, weights: Sequence[int], limits: Sequence[int], leasts: Sequence[int]) -> list[int]:
    """Return shares in proportion in which all who take part get their least, and the others what is left."""
    left, fixed = list(limits), [0] * len(limits)
    while True:
        found = _shared(total - sum(fixed), weights, left)
        small = [at for at, limit in enumerate(left) if limit and found[at] < leasts[at]]
        if not small:
            return [one + more for one, more in zip(found, fixed, strict=True)]
        for at in small:
            left[at], fixed[at] = 0, leasts[at]


def _shared(total: int, weights: Sequence[int], limits: Sequence[int]) -> list[int]:
    """Return shares in proportion; who reaches the limit leaves the rest to the others, round by round."""
    found, open_ = [0] * len(weights), [at for at, limit in enumerate(limits) if limit]
    while open_:
        weight = sum(weights[at] for at in open_)
        full = [at for at in open_ if total * weights[at] >= limits[at] * weight]
        if not full:
            break
        for at in full:
            found[at] = limits[at]
            total -= limits[at]
            open_.remove(at)
    if open_ and total:
        weight = sum(weights[at] for at in open_)
        for at in open_:
            found[at] = total * weights[at] // weight
        rest = total - sum(found[at] for at in open_)
        for at in sorted(open_, key=lambda one: (-(total * weights[one] % weight), one))[:rest]:
            found[at] += 1
    return found
