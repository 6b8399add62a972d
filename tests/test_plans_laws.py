"""What must hold for plans whatever there is: the fewest hubs, exact sums, capacities kept, one branch changed."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations, product
from random import Random
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.matching.bins import Bins
from generator.matching.cover import cover
from generator.matching.flows import Flow
from generator.matching.offers import Cover, Offers
from generator.matching.plan_json import as_json
from generator.matching.planning import Bounds, plan_for
from generator.matching.plans import Assignment, Method, Plan
from generator.matching.quantities import most_of, reach, split
from generator.matching.replan import replan
from generator.matching.search import Matcher, Search
from generator.matching.stored import restored
from generator.matching.tasks import Work
from generator.registry import Registry
from tests.matching_world import TODAY, Data, design, wish_in, world

Table = list[list[int]]
NO_BINS = Bins(Work(cast(Search, None), ()), np.zeros(0, np.int64))  # nobody asks where no hub is tight


def offers(
    demands: Sequence[int], most: Table, least: Table, *, asks: Table, own: list[int], metres: list[int]
) -> Offers:  # fmt: skip
    """Offers of hubs whose machines do one task each."""
    count = len(own)
    order = sorted(range(count), key=lambda hub: (metres[hub], hub))
    rank = np.zeros(count, np.int64)
    rank[order] = np.arange(count)

    most = [[pieces if pieces >= few and few <= demand else 0 for pieces, few in zip(*row, strict=True)]
            for demand, row in zip(demands, zip(most, least, strict=True), strict=True)]  # fmt: skip
    arrays = (np.array(one, np.int64) for one in (most, least, asks, own, metres))
    return Offers(
        demands=demands, **dict(zip(("most", "least", "asks", "own", "metres"), arrays, strict=True)), rank=rank,
        known=np.zeros(count, bool), tight=np.zeros(count, bool), bins=NO_BINS,
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn, largest: int) -> Offers:
    tasks, hubs = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    some = st.lists(st.integers(0, largest), min_size=hubs, max_size=hubs)
    few = st.lists(st.integers(0, 3), min_size=hubs, max_size=hubs)
    table = lambda row: [draw(row) for _ in range(tasks)]  # noqa: E731
    demands, least = [draw(st.integers(1, 6)) for _ in range(tasks)], st.integers(1, draw(st.integers(1, 4)))
    lots = table(st.lists(least, min_size=hubs, max_size=hubs))
    return offers(demands, table(some), lots, asks=table(few), own=draw(few), metres=draw(few))


def price(offers: Offers, of_task: Sequence[int]) -> tuple[int, int, int, int]:
    hubs = set(of_task)
    asks = sum(int(offers.asks[task, hub]) for task, hub in enumerate(of_task))
    of_hubs = [sum(int(column[hub]) for hub in hubs) for column in (offers.own, offers.metres, offers.rank)]
    return len(hubs), asks + of_hubs[0], of_hubs[1], of_hubs[2]


@settings(max_examples=400)
@given(cases(largest=9))
def test_whole_tasks_go_to_the_fewest_and_best_hubs(case: Offers) -> None:
    able = [[hub for hub, most in enumerate(row) if most >= demand]
            for row, demand in zip(case.most.tolist(), case.demands, strict=True)]  # fmt: skip
    found = cover(case)
    if all(able):
        assert found.is_exact
        assert price(case, found.whole) == min(price(case, choice) for choice in product(*able))
        assert set(found.hubs) == set(found.whole)


def made_by(case: Offers, hubs: Sequence[int]) -> int:
    return sum(
        max(sum(taken) for taken in product(*(
            [pieces for pieces in range(demand + 1)
             if not pieces or case.least[task, hub] <= pieces <= case.most[task, hub]]
            for hub in hubs
        )) if sum(taken) <= demand)
        for task, demand in enumerate(case.demands)
    )  # fmt: skip


@settings(max_examples=400)
@given(cases(largest=4))
def test_shared_tasks_go_to_the_fewest_hubs_that_make_as_much_as_all_do(case: Offers) -> None:
    found: Cover = cover(case)
    every = range(len(case.own))
    whole = made_by(case, every)
    assert made_by(case, found.hubs) == whole
    if not found.whole:
        fewest = next(
            size for size in range(len(case.own) + 1)
            if any(made_by(case, hubs) == whole for hubs in combinations(every, size))
        )  # fmt: skip
        assert found.fewest <= fewest <= len(found.hubs)
        assert len(found.hubs) == fewest or not found.is_exact
        assert len(found.hubs) <= math.ceil(fewest * found.bound)


@given(cases(largest=9) | cases(largest=4), st.randoms(use_true_random=False))
def test_the_order_in_which_hubs_come_does_not_matter(case: Offers, random: Any) -> None:
    order = list(range(len(case.own)))
    random.shuffle(order)
    names = ("most", "least", "asks", "own", "metres", "rank", "known")
    columns = {name: getattr(case, name)[..., order] for name in names}
    other = replace(case, **columns)
    one, two = cover(case), cover(other)
    assert one.hubs == tuple(order[hub] for hub in two.hubs)
    assert one.whole == tuple(order[hub] for hub in two.whole)
    assert (one.is_exact, one.bound, one.fewest) == (two.is_exact, two.bound, two.fewest)


@pytest.mark.parametrize("total", [10**6, 10**11])
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(10, 50)), min_size=3, max_size=6))
@example([(95, 40), (89, 43), (56, 47)])
def test_many_pieces_are_added_up_like_few(total: int, bins: list[tuple[int, int]]) -> None:
    limits = [total * limit // 100 for _, limit in bins]
    leasts = [limit * percent // 100 for limit, (percent, _) in zip(limits, bins, strict=True)]
    assert most_of(total, leasts, limits) == reach(total, leasts, limits)[0]


@given(
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 15), st.integers(0, 20)), min_size=1, max_size=6),
)  # fmt: skip
def test_shares_add_up_and_keep_their_limits(total: int, bins: list[tuple[int, int, int]]) -> None:
    weights, leasts, limits = ([one[at] for one in bins] for at in range(3))
    found = split(total, weights, limits, leasts)
    sums = {0}  # of all ways to share the pieces
    for weight, least, limit in bins:
        sums |= {one + more for one in sums for more in range(least, limit + 1) if weight and one + more <= total}
    assert sum(found) == max(sums)
    assert most_of(total, leasts, limits) == reach(total, leasts, limits)[0]
    assert all(not share or least <= share <= limit for share, (_, least, limit) in zip(found, bins, strict=True))
    assert split(total, weights, limits, leasts) == found
    free = split(total, weights)
    if sum(weights):
        assert sum(free) == total
        assert all(abs(one - total * weight / sum(weights)) < 1 for one, weight in zip(free, weights, strict=True))


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=3), st.lists(st.integers(0, 6), min_size=3, max_size=3),
    st.dictionaries(st.tuples(st.integers(0, 2), st.integers(0, 2)), st.integers(0, 6)),
)  # fmt: skip
def test_as_many_pieces_are_carried_as_the_narrowest_cut_lets_through(
    demands: list[int], rooms: list[int], ways: dict[tuple[int, int], int]
) -> None:
    table = np.array([[ways.get((task, into), 0) for into in range(3)] for task in range(3)])
    order = [np.flatnonzero(row) for row in table]
    flow = Flow(np.array(demands), np.array(rooms), table, order)

    def narrowest(demands: Sequence[int]) -> tuple[int, ...]:
        """How much two sides of the narrowest cut let through: what stays away, and what bins take."""
        several = chain.from_iterable(combinations(range(3), size) for size in range(4))
        return min((through(inside, demands) for inside in several), key=sum)

    def through(inside: Sequence[int], demands: Sequence[int]) -> tuple[int, ...]:
        return (
            sum(one for task, one in enumerate(demands) if task not in inside),
            sum(min(room, int(table[list(inside), into].sum())) for into, room in enumerate(rooms)),
        )

    assert flow.pieces.sum() == sum(narrowest(demands))
    assert (flow.pieces <= table).all()
    assert (flow.pieces.sum(axis=0) <= rooms).all()
    assert (flow.pieces.sum(axis=1) + flow.left == demands).all()
    assert sum(through(np.flatnonzero(flow.reached).tolist(), demands)) == flow.pieces.sum()
    assert flow.without(1) == sum(narrowest([demands[0], 0, demands[2]]))


PROCESSES = ("laser-cutting", "milling", "casting", "turning", "podcasting")
Fleet = list[tuple[list[str], int | None, int | None]]  # of each machine its processes, pieces a week, days to start


@st.composite
def wanted(draw: st.DrawFn) -> Data:
    steps: list[Data] = []
    for at in range(draw(st.integers(1, 5))):
        after = draw(st.sets(st.sampled_from([step["id"] for step in steps]), max_size=2)) if steps else set()
        step = {"id": f"s{at}", "process": draw(st.sampled_from(PROCESSES)), "after": sorted(after)}
        steps.append({**step, "quantity_per_unit": draw(st.integers(1, 3)), "part": f"p{draw(st.integers(0, 1))}"})
    return {"operations": steps}


machines = st.tuples(
    st.lists(st.sampled_from(PROCESSES), min_size=1, max_size=3, unique=True), st.none() | st.integers(1, 20),
    st.none() | st.integers(0, 10),
)  # fmt: skip
fleets = st.lists(st.lists(machines, max_size=3), min_size=1, max_size=5)


def registry(thing: Data, hubs: list[Fleet], order: Sequence[int] = ()) -> Registry:
    """A world in which hub 0 is gh/h0 and so on, written in some order."""
    stand: dict[str, Data] = {}
    for hub in order or range(len(hubs)):
        for at, (processes, weekly, lead) in enumerate(hubs[hub]):
            stand[f"gh/h{hub}/m{at}"] = {"processes": processes} | _speed(weekly, lead)
    places = {f"gh/h{hub}": {"processes": []} for hub in order or range(len(hubs))}
    return world({"thing": thing}, places, stand)


def _speed(weekly: int | None, lead: int | None) -> Data:
    speed = {"throughput": {"quantity": weekly, "per": "week"}} if weekly is not None else {}
    start = {"lead_days": lead} if lead is not None else {}
    return {**speed, "availability": {"hours_per_week": 40, **start}}


def plan_in(found: Registry, **terms: Any) -> tuple[Matcher, Plan]:
    matcher = Matcher(found)
    return matcher, plan_for(matcher, wish_in(found, **terms), Bounds(lot=terms.get("quantity", 1) % 4))


def made(plan: Plan) -> dict[str, int]:
    return {step.id: sum(one.pieces for one in plan.doing(step.id)) for step in plan.wish.steps}


def by_machine(plan: Plan) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for one in plan.assignments:
        found.setdefault(one.machine, []).append(one)
    return found


def insist(plan: Plan, hubs: list[Fleet], days: int) -> None:
    """Every piece is somewhere or missing, and no machine makes more than it can until the last day."""
    missing = dict(plan.missing)
    assert {id: pieces + missing.get(id, 0) for id, pieces in made(plan).items()} == {
        step.id: plan.wish.pieces(step) for step in plan.wish.steps
    }
    processes = {step.id: step.process for step in plan.wish.steps}
    for machine, doing in by_machine(plan).items():
        _, hub, at = machine.split("/")
        does, weekly, lead = hubs[int(hub[1:])][int(at[1:])]
        assert all(processes[one.step] in does for one in doing)
        assert weekly is None or sum(one.pieces for one in doing) <= (days - (lead or 0)) * weekly / 7 + 1e-6
        assert lead is None or lead <= days


@settings(max_examples=150)
@given(wanted(), fleets, st.integers(1, 30), st.integers(0, 30))
def test_all_pieces_are_made_or_missing_and_no_machine_is_asked_for_more(
    thing: Data, hubs: list[Fleet], quantity: int, days: int
) -> None:
    matcher, plan = plan_in(registry(thing, hubs), quantity=quantity, by=TODAY + timedelta(days=days))
    insist(plan, hubs, days)
    for hub in plan.hubs:
        again = replan(matcher, plan, [hub])
        assert hub not in again.hubs
        assert [one for one in plan.assignments if one.hub != hub] == [
            one for one in again.assignments if one in plan.assignments
        ]
        insist(again, hubs, days)


TOGETHER = ("laser-cutting", "milling")
busy = st.lists(
    st.lists(st.tuples(st.sets(st.sampled_from(TOGETHER), min_size=1), st.integers(4, 16)), min_size=1, max_size=2),
    min_size=2, max_size=3,
)  # fmt: skip


@settings(max_examples=300)
@given(busy, st.integers(6, 10))
def test_a_plan_is_found_where_machines_suffice_together(hubs: list[list[tuple[set[str], int]]], quantity: int) -> None:
    """By Hall's theorem they do when for all sets of operations those that do some of them make enough pieces."""
    thing = design(*({"process": process} for process in TOGETHER))
    fleet: list[Fleet] = [[(sorted(does), weekly, 0) for does, weekly in each] for each in hubs]
    _, plan = plan_in(registry(thing, fleet), quantity=quantity, by=TODAY + timedelta(days=7))
    machines = [machine for each in hubs for machine in each]
    several = [set(some) for size in (1, 2) for some in combinations(TOGETHER, size)]
    rooms = (sum(weekly for does, weekly in machines if does & some) - quantity * len(some) for some in several)
    assert plan.is_valid is all(room >= 0 for room in rooms)


@pytest.mark.parametrize(("quantity", "fewest", "most"), [(2000, 2, 3), (60, 4, 6)])
def test_many_hubs_whose_machines_do_several_operations(quantity: int, fewest: int, most: int) -> None:
    """Half of 300 hubs share the large order; of the small one, single hubs do one operation but hardly any two."""
    random, processes = Random(1), (*PROCESSES, "screen-printing")
    hubs: list[Fleet] = [
        [
            (random.sample(processes, random.randint(fewest, most)), random.randint(1, 20), 0)
            for _ in range(random.randint(1, 3))
        ]
        for _ in range(300)
    ]
    thing = design(*({"process": process} for process in processes))
    _, plan = plan_in(registry(thing, hubs), quantity=quantity, by=TODAY + timedelta(days=21))
    assert plan.is_valid
    assert plan.method is Method.GREEDY
    insist(plan, hubs, 21)


@settings(max_examples=100)
@given(wanted(), fleets, st.integers(1, 9))
def test_without_a_last_day_no_fewer_hubs_would_do(thing: Data, hubs: list[Fleet], quantity: int) -> None:
    _, plan = plan_in(registry(thing, hubs), quantity=quantity)
    does = [{process for processes, _, _ in fleet for process in processes} for fleet in hubs]
    needed = {step.process for step in plan.wish.steps} & set[str]().union(*does)
    fewest = next(
        size for size in range(len(hubs) + 1)
        if any(needed <= set[str]().union(*several) for several in combinations(does, size))
    )  # fmt: skip
    assert len(plan.hubs) == fewest
    assert plan.method is (Method.ONE_HUB if fewest == 1 else Method.EXACT)
    assert {step.process for step in plan.wish.steps if step.id in plan.uncovered}.isdisjoint(needed)


@settings(max_examples=50)
@given(wanted(), fleets, st.integers(1, 30))
def test_a_stored_plan_is_read_as_it_was_written(thing: Data, hubs: list[Fleet], quantity: int) -> None:
    found = registry(thing, hubs)
    matcher, plan = plan_in(found, quantity=quantity, by=TODAY + timedelta(days=21))
    held = restored(matcher, plan.wish, json.loads(as_json(found, plan, "thing")))
    same = ("assignments", "stages", "legs", "missing", "near", "timings", "critical", "days", "timely", "asks")
    assert [getattr(held.plan, name) for name in same] == [getattr(plan, name) for name in same]
    assert not held.gone


@settings(max_examples=50)
@given(wanted(), fleets, st.integers(1, 30), st.randoms(use_true_random=False))
def test_the_same_hubs_in_any_order_give_the_same_bytes(
    thing: Data, hubs: list[Fleet], quantity: int, random: Any
) -> None:
    order = list(range(len(hubs)))
    random.shuffle(order)
    told = []
    for found in (registry(thing, hubs), registry(thing, hubs, order)):
        _, plan = plan_in(found, quantity=quantity, by=TODAY + timedelta(days=21))
        told.append(as_json(found, plan, "thing"))
    assert told[0] == told[1]
