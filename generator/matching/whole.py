"""Tasks that are each done at one hub in; the fewest hubs for all of them, out.

Up to twelve tasks the answer is exact: all ways of dividing them into parts are compared (dynamic programming over
subsets). Beyond, hubs are taken greedily, the one that does most first: at most H(d) times as many as needed, where d
is the most tasks of one hub (Chvátal 1979).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from .arrays import Flags, Numbers
from .offers import RANK_BITS, Cover, Offers

EXACT_UP_TO = 12  # tasks
_MOST_WAYS = 24  # that are looked at where a hub gets more than its machines suffice for
_LOOKED_AT = 2_000_000  # hubs and sets of tasks in all of these ways
_NEW = np.int64(1) << 60


def whole(offers: Offers, can: Flags) -> Cover | None:
    """Return the best hubs for whole tasks; None when machines that several tasks need do not suffice."""
    return _parted(offers, can) if len(offers.demands) <= EXACT_UP_TO else _greedy(offers, can)


def _parted(offers: Offers, can: Flags) -> Cover | None:
    """Return the best way to give each task to one hub.

    The cheapest way may give a hub more than its machines suffice for. Then it goes without one of these tasks, each in
    turn, the last first. The cheapest of these ways is looked at next, until one suffices or too many were looked at.
    """
    pending = [_Way(price, 0, of_task, can) for price, of_task in _cheapest(offers, can)]
    number = _LOOKED_AT // (int(can.any(axis=0).sum()) + 1 << len(offers.demands))
    last = max(1, min(number, _MOST_WAYS)) - 1
    for looked in range(last + 1):
        if not pending:
            return None
        way = heapq.heappop(pending)
        if found := _whole(offers, way.of_task):
            return found
        if looked == last:
            return None
        hub, tasks = next((hub, tasks) for hub, tasks in _by_hub(way.of_task).items() if not offers.fit(hub, tasks))
        for task in reversed(tasks):
            rest = way.can.copy()
            rest[task, hub] = False
            order = (looked + 1) * len(offers.demands) - task
            for price, of_task in _cheapest(offers, rest):
                heapq.heappush(pending, _Way(price, order, of_task, rest))
    return None


class _Way(NamedTuple):
    """Who does each task, what that costs, and who may do what; of those that cost the same the first."""

    price: int
    order: int
    of_task: list[int]
    can: Flags


def _cheapest(offers: Offers, can: Flags) -> Iterator[tuple[int, list[int]]]:
    """Yield the price of the cheapest way and the hub of each task, if there is one."""
    every = (1 << len(offers.demands)) - 1
    parts = {tasks: (hub, _price(offers, hub, asks)) for tasks, hub, asks in _best_parts(offers, can)}
    best: list[int | None] = [0, *[None] * every]
    took = [0] * (every + 1)
    for tasks in range(1, every + 1):
        low = tasks & -tasks
        rest = others = tasks ^ low
        while True:
            known, before = parts.get(others | low), best[rest ^ others]
            if known is not None and before is not None:
                price, so_far = before + known[1], best[tasks]
                if so_far is None or price < so_far:
                    best[tasks], took[tasks] = price, others | low
            if not others:
                break
            others = (others - 1) & rest
    cheapest = best[every]
    if cheapest is None:
        return
    of_task = [0] * len(offers.demands)
    left = every
    while left:
        for task in _bits(took[left]):
            of_task[task] = parts[took[left]][0]
        left ^= took[left]
    yield cheapest, of_task


def _whole(offers: Offers, of_task: Sequence[int]) -> Cover | None:
    """Return a cover by whole tasks if every hub has the machines for all of its own."""
    hubs = tuple(sorted(set(of_task), key=lambda hub: int(offers.rank[hub])))
    if not all(offers.fit(hub, tasks) for hub, tasks in _by_hub(of_task).items()):
        return None
    return Cover(hubs=hubs, whole=tuple(of_task), fewest=len(hubs))


def _by_hub(of_task: Sequence[int]) -> dict[int, list[int]]:
    """Return the tasks of each hub."""
    found: dict[int, list[int]] = {}
    for task, hub in enumerate(of_task):
        found.setdefault(hub, []).append(task)
    return found


def _bits(tasks: int) -> Iterator[int]:
    return (at for at in range(tasks.bit_length()) if tasks >> at & 1)


def _price(offers: Offers, hub: int, asks: int) -> int:
    """Return hubs, asks, metres and rank as one number, the first the most important; prices may be added up."""
    if offers.known[hub]:
        return asks << 120
    return (1 << 160) + (asks << 120) + (int(offers.metres[hub]) << 60) + int(offers.rank[hub])


def _best_parts(offers: Offers, can: Flags) -> Iterator[tuple[int, int, int]]:
    """Yield for each set of tasks that one hub could do: the set as bits, the best hub for it, and what it asks."""
    chosen = _different(offers, can)
    own = np.where(offers.known, 0, offers.own)
    pending = [(0, -1, chosen, own[chosen])]
    while pending:
        tasks, last, hubs, asks = pending.pop()
        for task in range(last + 1, len(offers.demands)):
            able = can[task, hubs]
            if able.any():
                inner, more = hubs[able], asks[able] + offers.asks[task, hubs[able]]
                pending.append((tasks | 1 << task, task, inner, more))
        if tasks:
            at = _first(offers, list(_bits(tasks)), hubs, asks)
            if at is not None:
                yield tasks, int(hubs[at]), int(asks[at])


def _first(offers: Offers, tasks: Sequence[int], hubs: Numbers, asks: Numbers) -> int | None:
    """Return which of some hubs does some tasks best, as far as their machines suffice."""
    key = np.where(offers.known[hubs], 0, _NEW) + (asks << RANK_BITS) + offers.rank[hubs]
    never = np.iinfo(np.int64).max
    while key[at := int(np.argmin(key))] < never:
        if offers.fit(int(hubs[at]), tasks):
            return at
        over = offers.bins.over(int(hubs[at]), tasks)
        wanted = sum(demand for demand, is_over in zip(offers.demands, over.tolist(), strict=True) if is_over)
        key[offers.tight[hubs] & (offers.bins.narrow(over)[hubs] < wanted)] = never
    return None


def _different(offers: Offers, can: Flags) -> Numbers:
    """Return the hubs without those that another one equals in all but its rank; tight ones are all kept."""
    order = np.argsort(offers.rank, kind="stable")
    order = order[can[:, order].any(axis=0)]
    loose = order[~offers.tight[order]]
    facts = np.vstack([np.where(can, offers.asks, -1), offers.own, offers.known])[:, loose]
    _, first = np.unique(facts, axis=1, return_index=True)
    kept: Numbers = np.concatenate([loose[np.sort(first)], order[offers.tight[order]]])
    return kept


@dataclass(slots=True)
class _Left:
    """What the greedy choice still has to give away, and to whom it gave the rest."""

    of_task: dict[int, int] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)


def _greedy(offers: Offers, can: Flags) -> Cover | None:
    """Return hubs that do whole tasks, each time the one that does most of what is left."""
    count, state = len(offers.demands), _Left()
    able = can.copy()
    while left := [task for task in range(count) if task not in state.of_task]:
        gain = able[left].sum(axis=0)
        asks = np.where(able[left], offers.asks[left], 0).sum(axis=0) + offers.own
        if not gain.any():
            return None
        free = offers.known & (gain > 0)
        key = (asks << RANK_BITS) + offers.rank
        hub = int(np.lexsort((key, -gain, ~free))[0])
        done: list[int] = []
        for task in (task for task in left if able[task, hub]):
            if offers.fit(hub, [*done, task]):
                done.append(task)
        state.of_task.update(dict.fromkeys(done, hub))
        state.taken += [hub] if done else []
        able[:, hub] = False
    found = _whole(offers, _regrouped(offers, can, state))
    largest = int(can.sum(axis=0).max())
    if found is None:
        return None
    fewest, harmonic = math.ceil(count / largest), sum(1 / number for number in range(1, largest + 1))
    bound = round(max(1.0, min(harmonic, len(found.hubs) / fewest)), 3)
    return replace(found, is_exact=False, fewest=fewest, bound=bound)


def _regrouped(offers: Offers, can: Flags, state: _Left) -> list[int]:
    """Return who does each task after hubs were left out whose tasks the others do as well."""
    of_task = dict(state.of_task)
    for hub in state.taken:
        others = [one for one in dict.fromkeys(of_task.values()) if one != hub]
        moved = {}
        for task in (task for task, one in of_task.items() if one == hub):
            able = [one for one in others if can[task, one] and not offers.tight[one]]
            if able:
                moved[task] = min(able, key=lambda one: (int(offers.asks[task, one]), int(offers.rank[one])))
        if len(moved) == sum(one == hub for one in of_task.values()):
            of_task |= moved
    return [of_task[task] for task in range(len(offers.demands))]
