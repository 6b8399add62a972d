"""The machines that lack the fewest things together: bounds and search find what trying everything finds."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.matching.together import Choice, Choices, by_hub, fewest, promising

MACHINES, HUBS = 4, 2  # at each hub; how many there are
HOMES = np.repeat(np.arange(HUBS), MACHINES)
FACTS = st.integers(0, 15)  # as bits


class Made(NamedTuple):
    """What fails of a machine and of its hub, and how many facts of it are not known."""

    own: int
    hubs: int
    unknown: int


MADE = st.builds(Made, FACTS, st.sampled_from([0, 0, 0, 1, 2, 3]), st.integers(0, 2))
AT_HUB = st.dictionaries(st.integers(0, MACHINES - 1), MADE, min_size=1)
STEPS = st.lists(st.tuples(*[AT_HUB] * HUBS), min_size=2, max_size=4)
Steps = list[tuple[dict[int, Made], ...]]


def choices_at(machines: dict[int, Made], hub: int) -> list[Choice]:
    """Return the choices of a step at a hub, the best one first: the fewer facts fail of it, the better."""
    found = [
        Choice(hub * MACHINES + at, one.own, one.hubs, 10 * (one.own.bit_count() + one.hubs.bit_count()) + one.unknown)
        for at, one in machines.items()
    ]
    return sorted(found, key=lambda one: (one.cost, one.machine))


def columns(step: tuple[dict[int, Made], ...]) -> Choices:
    by_place = [choices_at(machines, hub) for hub, machines in enumerate(step)]
    best = {choices[0].machine for choices in by_place}
    rows = sorted(one for choices in by_place for one in choices)
    own, hubs, cost = (np.array([getattr(one, name) for one in rows], np.int64) for name in ("own", "hubs", "cost"))
    machines = np.array([one.machine for one in rows], np.int64)
    return Choices(machines, HOMES[machines], own, hubs, cost, np.array([one.machine in best for one in rows], bool))


def value(way: tuple[Choice, ...]) -> tuple[int, int]:
    """Return how many facts fail of some machines and their hub together, and their cost."""
    own: dict[int, int] = {}
    hubs = 0
    for one in way:
        own[one.machine] = own.get(one.machine, 0) | one.own
        hubs |= one.hubs
    return hubs.bit_count() + sum(map(int.bit_count, own.values())), sum(one.cost for one in way)


@given(STEPS)
def test_no_other_machines_lack_less_together(steps: Steps) -> None:
    found: dict[int, Any] = {
        hub: fewest(choices) for hub, choices in by_hub(promising([*map(columns, steps)], HOMES, HUBS))
    }
    for hub in range(HUBS):
        choices = [choices_at(step[hub], hub) for step in steps]
        best = min(product(*choices), key=value)  # the first of several that are as good
        assert found.get(hub, tuple(each[0].machine for each in choices)) == tuple(one.machine for one in best)


@given(STEPS)
def test_only_hubs_where_less_may_fail_are_searched(steps: Steps) -> None:
    for hub, choices in by_hub(promising([*map(columns, steps)], HOMES, HUBS)):
        whole = [choices_at(step[hub], hub) for step in steps]
        assert [each[0] for each in choices] == [each[0] for each in whole]
        assert any(len(each) > 1 for each in choices)
        assert all({*few} <= {*every} for few, every in zip(choices, whole, strict=True))
