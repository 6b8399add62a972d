"""A search in; its steps as tasks with the machines that can do them, and how many pieces each makes in time, out.

Steps that ask the same of a machine are one task. What a machine makes counts from when it can start to the last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .arrays import FAIL, Flags, Numbers
from .asked import FAILED, Asked, cost_of
from .index import LATE
from .search import Search
from .wanted import Step

UNLIMITED = 1 << 50  # pieces; a thousand times as many still fit into a number
Window = tuple[int, int]  # the days from and until which a step may be done, counted from the order
Kept = Mapping[int, int]  # pieces that machines, by number, make already


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Steps that ask the same, with their pieces; and by number the machines of which nothing fails.

    `asks` are facts that nobody knows of a machine. `most` are the pieces that it makes within the window, and `sure`
    whether that is known: else they are what it makes at the very most, and without a last day `UNLIMITED`. `least` is
    how few pieces it takes on. Machines are in the order of preference.
    """

    steps: tuple[Step, ...]
    pieces: tuple[int, ...]
    asked: Asked
    window: Window
    machines: Numbers
    homes: Numbers
    asks: Numbers
    most: Numbers
    sure: Flags
    least: Numbers

    @property
    def demand(self) -> int:
        """How many pieces it takes."""
        return sum(self.pieces)


@dataclass(frozen=True, slots=True)
class Work:
    """All tasks of a plan and who may do them; `kept` is what machines do already, `known` their hubs.

    `share` is of how many units one hub gets the pieces of a step at most, 0 for any number; `given` are those it has.
    """

    search: Search
    tasks: tuple[Task, ...]
    kept: Kept = field(default_factory=dict)
    known: frozenset[int] = frozenset()
    share: int = 0
    given: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def certain(self) -> Work:
        """Return the same with only those machines of which it is known how much they make."""
        return replace(self, tasks=tuple(_only(task, task.sure) for task in self.tasks))

    def within(self, hubs: Sequence[int]) -> Work:
        """Return the same with the machines of some hubs only."""
        homes = (task.homes == hubs[0] if len(hubs) == 1 else np.isin(task.homes, hubs) for task in self.tasks)
        return replace(self, tasks=tuple(_only(task, here) for task, here in zip(self.tasks, homes, strict=True)))

    def at(self, homes: Sequence[int]) -> Work:
        """Return the same with the machines of one hub for each task."""
        here = (task.homes == home for task, home in zip(self.tasks, homes, strict=True))
        return replace(self, tasks=tuple(_only(task, one) for task, one in zip(self.tasks, here, strict=True)))


def work_of(
    search: Search, wanted: Mapping[str, int], windows: Mapping[str, Window], without: frozenset[str], share: int = 0
) -> Work:
    """Return the tasks for some steps with so many pieces each; hubs may be left out. A step may have its own window.

    The hub's own terms count here: one that is closed, too far away or does not accept the contract does nothing.
    """
    open_ = search.is_wanted.copy()
    for _, results in search.of_sites():
        open_ &= results != FAIL
    open_ &= ~np.isin(np.arange(len(open_)), [search.matcher.numbers[hub] for hub in without])
    groups: dict[tuple[int, Window, int], list[int]] = {}
    every = (0, search.wish.days)
    for at, question in enumerate(search.questions):
        if wanted.get(question.step.id):
            window = windows.get(question.step.id, every)
            groups.setdefault((id(search.of_step[at]), window, at if share else 0), []).append(at)
    tasks = list[Task]()
    for (_, window, _), steps in groups.items():
        found = tuple(search.wish.steps[at] for at in steps)
        pieces = tuple(wanted[step.id] for step in found)
        task = Task(steps=found, pieces=pieces, asked=search.of_step[steps[0]], window=window, **_nobody())
        tasks += _apart(_task(search, task, open_))
    return Work(search, tuple(tasks), share=share)


def _apart(task: Task) -> tuple[Task, ...]:
    """Return the task; one for each step where a machine does not take on just any number of pieces of a step."""
    if not (task.least > 1).any():
        return (task,)
    pairs = zip(task.steps, task.pieces, strict=True)
    return tuple(replace(task, steps=(step,), pieces=(pieces,)) for step, pieces in pairs)


def _nobody() -> dict[str, Any]:
    numbers = {name: np.zeros(0, np.int64) for name in ("machines", "homes", "asks", "most", "least")}
    return {**numbers, "sure": np.zeros(0, bool)}


def _task(search: Search, task: Task, open_: Flags) -> Task:
    """Return a task with its machines, those with least to ask first."""
    asked, offering = task.asked, task.asked.offering
    unknown = _facts_but_time(asked)
    able = np.flatnonzero((unknown < FAILED) & open_[offering.homes])
    times = offering.rows("time")[able]
    most, sure = _most(search, task.window, times)
    asks = unknown[able] + ~sure
    tail = asked.costs[able] % (2 * (LATE + 1))  # a claim comes after machines, and the later after the sooner
    order = np.lexsort((able, tail, asks))
    order = order[most[order] != 0]
    at, least = able[order], search.matcher.speeds.least[times[order]]
    return replace(task, machines=offering.machines[at], homes=offering.homes[at], asks=asks[order], most=most[order],
                   sure=sure[order], least=least)  # fmt: skip


def facts_but_time(asked: Asked) -> Numbers:
    """Return `FAILED` for each fact of a machine that fails and 1 for each unknown one, without how fast it is.

    `asked.never` stands for machines that do not do the step.
    """
    found = np.full(len(asked.matcher.homes), asked.never, np.int64)
    found[asked.offering.machines] = _facts_but_time(asked)
    return found


def _facts_but_time(asked: Asked) -> Numbers:
    """Return the same for the machines that do the step alone, in their order."""
    found = asked.costs // (2 * (LATE + 1))
    for name, facts in asked.facts:
        if name == "time" and facts:
            found -= cost_of(facts.values())[asked.offering.rows(name)]
    return found


def _most(search: Search, window: Window, times: Numbers) -> tuple[Numbers, Flags]:
    """Return how many pieces are made within some days, as `judging.days_for` counts them, and whether that is known.

    Where only the speed or only the start is known, nobody makes more than with the best of the other.
    """
    if search.wish.by is None:
        return np.full(len(times), UNLIMITED), np.ones(len(times), bool)
    speeds = search.matcher.speeds
    weekly, leads = speeds.weekly[times], speeds.leads[times]
    begins, ends = window
    left = ends - np.maximum(begins, np.nan_to_num(leads))
    made = np.where(np.isnan(weekly), UNLIMITED, np.floor(left * np.nan_to_num(weekly) / 7 + 1e-9))
    most = np.where(left < 0, 0, np.minimum(made, UNLIMITED)).astype(np.int64)
    return most, ~np.isnan(weekly + leads)


def _only(task: Task, which: Flags) -> Task:
    return replace(
        task, machines=task.machines[which], homes=task.homes[which], asks=task.asks[which], most=task.most[which],
        sure=task.sure[which], least=task.least[which],
    )  # fmt: skip


def rooms_of(work: Work, task: Task) -> Numbers:
    """Return how many pieces each machine of a task still makes."""
    rooms = task.most
    if work.kept:
        kept = np.array([work.kept.get(machine, 0) for machine in task.machines.tolist()], np.int64)
        rooms = np.where(rooms < UNLIMITED, np.maximum(0, rooms - kept), rooms)
    return np.asarray(rooms, np.int64)


def leasts_of(work: Work, task: Task) -> Numbers:
    """Return how few pieces of a task each machine takes on: any number more where its hub has some already."""
    given = {home for step, home in work.given if step in {one.id for one in task.steps}}
    return np.where(np.isin(task.homes, sorted(given)), 1, task.least)


def clipped(work: Work, task: Task, rooms: Numbers) -> Numbers:
    """Return what machines still make with no hub above its share; none that it does not take on, being too few."""
    most = _within_share(work, task, rooms) if work.share else rooms
    return np.where(leasts_of(work, task) <= np.minimum(most, task.demand), most, 0)


def _within_share(work: Work, task: Task, rooms: Numbers) -> Numbers:
    """Return what machines still make, the preferred machines first."""
    had = {home: sum(work.given.get((step.id, home), 0) for step in task.steps) for home in set(task.homes.tolist())}
    share = work.share * sum(step.pieces for step in task.steps)
    left = {home: max(0, share - pieces) for home, pieces in had.items()}
    found = []
    for home, room in zip(task.homes.tolist(), rooms.tolist(), strict=True):
        found.append(min(room, left[home]))
        left[home] -= found[-1]
    return np.array(found, np.int64)
