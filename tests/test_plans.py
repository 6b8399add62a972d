"""Plans by hand: one hub, none, two together, chains through contained designs, shared operations, and replacements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from generator.matching.planning import ANY, Bounds, plan_for
from generator.matching.plans import Assignment, Leg, Method, Plan, Timely
from generator.matching.remarks import remark
from generator.matching.replan import replan
from generator.matching.search import Matcher
from generator.matching.wanted import Use
from tests.matching_world import TODAY, Data, design, machine, wish_in, world


def fast(per_week: float, lead: int = 0, **facts: Any) -> Data:
    """A laser that makes so many pieces a week, starting after some days."""
    return machine(
        throughput={"quantity": per_week, "per": "week"},
        availability={"hours_per_week": 40, "lead_days": lead}, **facts,
    )  # fmt: skip


def at(latitude: float, longitude: float) -> Data:
    return {"location": {"locality": "Kumasi", "latitude": latitude, "longitude": longitude}}


def planned(
    wanted: Data | dict[str, Data], hubs: dict[str, list[Data]], facts: dict[str, Data] | None = None,
    bounds: Bounds = ANY, **terms: Any,
) -> tuple[Matcher, Plan]:  # fmt: skip
    """The plan for the first design, with hubs named by one word and their machines m0, m1 …"""
    designs = {"thing": wanted} if "operations" in wanted else dict(wanted)
    stand = {f"gh/{hub}/m{number}": one for hub, several in hubs.items() for number, one in enumerate(several)}
    matcher = Matcher(world(designs, {f"gh/{hub}": (facts or {}).get(hub, {}) for hub in hubs}, stand))
    days = terms.pop("days", None)
    if days is not None:
        terms["by"] = TODAY + timedelta(days=days)
    return matcher, plan_for(matcher, wish_in(matcher.registry, **terms), bounds)


def who(plan: Plan) -> dict[str, dict[str, int]]:
    """For each step the pieces of each hub."""
    found: dict[str, dict[str, int]] = {}
    for one in plan.assignments:
        pieces = found.setdefault(one.step, {})
        hub = one.hub.removeprefix("gh/")
        pieces[hub] = pieces.get(hub, 0) + one.pieces
    return found


CUT, MILL, CAST = {"process": "laser-cutting"}, {"process": "milling"}, {"process": "casting"}
LASER, MILLER, CASTER = machine(), machine(processes=["milling"]), machine(processes=["casting"])
CHOICES: dict[str, tuple[Data, dict[str, list[Data]], dict[str, dict[str, int]], Method]] = {
    "one hub for all": (
        design(CUT, MILL), {"a": [LASER], "b": [LASER, MILLER], "c": [MILLER]},
        {"s0": {"b": 1}, "s1": {"b": 1}}, Method.ONE_HUB,
    ),
    "two together": (
        design(CUT, MILL), {"a": [LASER], "b": [MILLER], "c": [CASTER]},
        {"s0": {"a": 1}, "s1": {"b": 1}}, Method.EXACT,
    ),
    "two instead of the greedy three": (
        design(CUT, MILL, CAST, {"process": "turning"}, {"process": "podcasting"}, {"process": "3d-printing"}),
        {
            "a": [LASER, MILLER, CASTER, machine(processes=["turning"])],
            "b": [LASER, MILLER, machine(processes=["podcasting"])],
            "c": [CASTER, machine(processes=["turning", "3d-printing"])],
        },
        {"s0": {"b": 1}, "s1": {"b": 1}, "s2": {"c": 1}, "s3": {"c": 1}, "s4": {"b": 1}, "s5": {"c": 1}}, Method.EXACT,
    ),
    "fewest, then least to ask": (
        design({"process": "laser-cutting", "material": "plywood"}),
        {"a": [LASER], "b": [machine(materials=[{"material": "plywood"}])]},
        {"s0": {"b": 1}}, Method.ONE_HUB,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHOICES)
def test_who_does_what(case: str) -> None:
    wanted, hubs, expected, method = CHOICES[case]
    _, plan = planned(wanted, hubs)
    assert (who(plan), plan.method, plan.is_valid) == (expected, method, True)


def test_of_equals_the_nearest() -> None:
    facts = {"a": at(10, 0), "b": at(6.7, -1.6), "c": {}}
    _, plan = planned(design(CUT), {"a": [LASER], "b": [LASER], "c": [LASER]}, facts, near=(6.69, -1.62))
    assert plan.hubs == ("gh/b",)


def test_nobody_does_a_step_and_the_plan_names_it_with_who_comes_close() -> None:
    wanted = design(CUT, {"process": "milling", "envelope_mm": [500, 500]})
    _, plan = planned(wanted, {"a": [LASER, machine(processes=["milling"], envelope_mm=[300, 300])], "b": [LASER]})
    assert not plan.is_valid
    assert (plan.uncovered, plan.missing) == (("s1",), (("s1", 1),))
    assert [(miss.hub, [check.rule for check in miss.checks]) for miss in plan.near] == [("gh/a", ["envelope"])]
    assert who(plan) == {"s0": {"a": 1}}


def test_nobody_at_all() -> None:
    _, plan = planned(design(CUT), {"a": [MILLER]})
    assert (plan.is_valid, plan.assignments, plan.uncovered, plan.near) == (False, (), ("s0",), ())


def test_a_design_that_says_nothing_is_not_planned() -> None:
    _, plan = planned({"thing": {"parts": []}}, {"a": [LASER]})
    assert (plan.is_valid, len(plan.obstacles)) == (False, 1)


@pytest.mark.parametrize(
    ("facts", "terms"),
    [
        ({"a": {"status": "paused"}}, {}),
        ({"a": {"access": "private"}}, {}),
        ({"a": {"accepts": ["other/1"]}}, {"contract": "one/1"}),
        ({"a": at(40, 0)}, {"near": (6.0, 0.0), "within_km": 50.0}),
        ({}, {"countries": frozenset({"fr"})}),
        ({"a": {"demonstration": True}}, {}),
    ],
)
def test_the_terms_of_hubs_count(facts: dict[str, Data], terms: Any) -> None:
    _, plan = planned(design(CUT), {"a": [LASER]}, facts, **terms)
    assert plan.uncovered == ("s0",)


def test_a_licence_against_commercial_use_is_in_the_way() -> None:
    wanted = design(CUT, licence={"hardware": "CC-BY-NC-4.0"})
    assert planned(wanted, {"a": [LASER]})[1].is_valid
    _, plan = planned(wanted, {"a": [LASER]}, use=Use.COMMERCIAL)
    assert (plan.is_valid, len(plan.obstacles)) == (False, 1)


def contains(id: str, quantity: int, *steps: Data) -> Data:
    return design(*steps, parts=[{"id": "inner", "source": "design", "design": id, "quantity": quantity}])


CHAIN = {  # a thing takes two frames, a frame four bolts
    "thing": contains("zframe", 2, {"process": "casting"}),
    "zframe": contains("zzbolt", 4, {"process": "milling", "quantity_per_unit": 3}),
    "zzbolt": design({"process": "laser-cutting"}),
}


def test_a_chain_of_suppliers() -> None:
    facts = {"a": at(0, 0), "b": at(0, 1), "c": at(0, 2)}
    _, plan = planned(CHAIN, {"a": [LASER], "b": [MILLER], "c": [CASTER]}, facts, quantity=5, near=(0.0, 2.0))
    assert who(plan) == {"zzbolt/s0": {"a": 40}, "zframe/s0": {"b": 30}, "s0": {"c": 5}}
    assert [stage.steps for stage in plan.stages] == [("zzbolt/s0",), ("zframe/s0",), ("s0",)]
    assert plan.legs == (
        Leg("gh/a", "gh/b", 111.195, ("zzbolt/s0",)),
        Leg("gh/b", "gh/c", 111.195, ("zframe/s0",)),
        Leg("gh/c", "", 0.0, ("s0",)),
    )


def test_what_a_hub_goes_on_with_itself_does_not_travel() -> None:
    _, plan = planned(CHAIN, {"a": [LASER, MILLER], "b": [CASTER]})
    assert [(leg.start, leg.end) for leg in plan.legs] == [("gh/a", "gh/b"), ("gh/b", "")]


def test_four_hubs_share_two_hundred_pieces() -> None:
    hubs = {name: [fast(25)] for name in "abcdef"}
    _, plan = planned(design(CUT), hubs, quantity=200, days=14)
    assert who(plan) == {"s0": dict.fromkeys("abcd", 50)}
    assert (plan.timely, plan.days, plan.is_certain, plan.method) == (Timely.YES, 14, True, Method.EXACT)


def test_shares_are_in_proportion_to_what_each_makes() -> None:
    hubs = {"a": [fast(50)], "b": [fast(30)], "c": [fast(35, lead=7)]}
    _, plan = planned(design(CUT), hubs, quantity=190, days=14)
    assert who(plan) == {"s0": {"a": 97, "b": 59, "c": 34}}  # of 100, 60 and 35


def test_machines_of_one_hub_work_together() -> None:
    _, plan = planned(design(CUT), {"a": [fast(10), fast(10)], "b": [fast(15)]}, quantity=20, days=7)
    assert [(one.machine, one.pieces) for one in plan.assignments] == [("gh/a/m0", 10), ("gh/a/m1", 10)]


def test_one_machine_does_not_do_two_things_at_the_same_time() -> None:
    steps = [{"process": "laser-cutting", "part": "one"}, {"process": "cutting", "part": "two"}]
    _, alone = planned(design(*steps), {"a": [fast(10)]}, quantity=6, days=7)
    assert (alone.is_valid, sum(pieces for _, pieces in alone.missing)) == (False, 2)
    _, plan = planned(design(*steps), {"a": [fast(10)], "b": [fast(10)]}, quantity=6, days=7)
    assert plan.is_valid
    assert len(plan.hubs) == 2


def test_what_all_together_cannot_make_is_missing() -> None:
    _, plan = planned(design(CUT), {"a": [fast(10)], "b": [fast(5)]}, quantity=40, days=14)
    assert (plan.is_valid, plan.missing, who(plan)) == (False, (("s0", 10),), {"s0": {"a": 20, "b": 10}})


def test_hubs_of_unknown_speed_come_in_only_when_the_others_do_not_suffice() -> None:
    known = {"b": [fast(10)], "c": [fast(10)]}
    _, plan = planned(design(CUT), {"a": [LASER], **known}, quantity=40, days=14)
    assert (who(plan), plan.is_certain) == ({"s0": {"b": 20, "c": 20}}, True)
    _, plan = planned(design(CUT), {"a": [LASER], **known}, quantity=50, days=14)
    assert who(plan) == {"s0": {"a": 50}}
    assert plan.timely is Timely.UNKNOWN
    assert [(about, check.rule) for about, check in plan.asks] == [("gh/a/m0", "capacity")]


def test_shares_and_lots_may_be_limited() -> None:
    hubs = {name: [LASER] for name in "abcde"}
    _, plan = planned(design(CUT), hubs, bounds=Bounds(share=60), quantity=200)
    assert who(plan) == {"s0": dict.fromkeys("abcd", 50)}
    small = {"a": [fast(50)], "b": [fast(30)], "c": [fast(4)]}
    _, plan = planned(design(CUT), small, bounds=Bounds(lot=10), quantity=83, days=7)
    assert who(plan) == {"s0": {"a": 49, "b": 30, "c": 4}}
    assert ("small-lot", "gh/c", 4) in [(note.code, *list(dict(note.values).values())[:2]) for note in plan.notes]
    _, plan = planned(design(CUT), hubs, bounds=Bounds(hubs=3, share=60), quantity=200)
    assert not plan.is_valid
    _, plan = planned(design({**CUT, "quantity_per_unit": 3}), hubs, bounds=Bounds(share=60), quantity=100)
    assert who(plan) == {"s0": {"a": 150, "b": 150}}


def test_hubs_without_a_speed_that_is_known_are_named_when_one_might_do_all() -> None:
    steps, hubs = design(CUT, MILL), {"a": [fast(9)], "b": [fast(9, processes=["milling"])], "c": [LASER, MILLER]}
    _, plan = planned(steps, hubs, days=7)
    assert plan.hubs == ("gh/a", "gh/b")
    assert remark("alone", hub="gh/c") in plan.notes


def test_a_last_day_that_is_past_is_in_the_way() -> None:
    _, plan = planned(design(CUT), {"a": [fast(9)], "b": [LASER]}, days=-3)
    assert (plan.is_valid, plan.uncovered, len(plan.obstacles)) == (False, ("s0",), 1)


def test_steps_that_go_on_with_each_others_pieces_are_shared_alike() -> None:
    steps = [{**CUT}, {"process": "milling", "after": ["s0"]}]
    both = {name: [fast(30), fast(40, processes=["milling"])] for name in "ab"}
    _, plan = planned(design(*steps), both, quantity=60, days=14)
    assert who(plan)["s0"] == who(plan)["s1"]
    assert {(leg.start, leg.end) for leg in plan.legs} == {(hub, "") for hub in plan.hubs}


def test_the_days_follow_the_order_of_steps() -> None:
    steps = [{**CUT}, {**MILL}, {"process": "casting", "after": ["s0", "s1"]}]
    hubs = {"a": [fast(7, lead=2), fast(7, processes=["milling"]), fast(7, lead=1, processes=["casting"])]}
    _, plan = planned(design(*steps), hubs, quantity=3, days=9)
    assert [(one.begins, one.ends) for one in plan.timings] == [(2, 5), (0, 3), (5, 8)]
    assert (plan.days, plan.critical, plan.timely) == (8, ("s0", "s2"), Timely.YES)
    _, plan = planned(design(*steps), hubs, quantity=4, days=9)
    assert (plan.days, plan.timely, plan.is_valid) == (10, Timely.NO, False)


def test_stages_that_take_too_long_in_a_row_are_shared_by_more_hubs() -> None:
    steps = [{**CUT}, {"process": "milling", "after": ["s0"]}]
    hubs = {name: [fast(10), fast(10, processes=["milling"])] for name in "abc"}
    _, plan = planned(design(*steps), hubs, quantity=20, days=14)
    assert (plan.timely, plan.days, plan.hubs) == (Timely.YES, 14, ("gh/a", "gh/b"))


def test_parts_that_ask_the_same_are_one_task_and_each_keeps_its_pieces() -> None:
    legs = [{"process": "laser-cutting", "part": f"leg-{number}"} for number in range(4)]
    _, plan = planned(design(*legs), {"a": [fast(25)], "b": [fast(15)]}, quantity=10, days=7)
    assert {step: sum(pieces.values()) for step, pieces in who(plan).items()} == {f"s{one}": 10 for one in range(4)}
    assert sum(one.pieces for one in plan.of("gh/a")) == 25


def test_more_than_twelve_operations_are_chosen_step_by_step_and_the_plan_says_how_well() -> None:
    processes = ["laser-cutting", "milling", "casting", "turning", "3d-printing", "podcasting", "screen-printing"]
    steps = [{"process": one, "thickness_mm": size} for one in processes for size in (1, 2)]
    hubs = {f"h{at}": [machine(processes=[one])] for at, one in enumerate(processes)}
    _, plan = planned(design(*steps), {**hubs, "z": [machine(processes=processes[:4])]})
    assert plan.is_valid
    assert len(plan.hubs) == 4
    assert plan.method is Method.GREEDY
    assert 1 <= plan.bound <= 2


def test_one_hub_drops_out_and_only_its_branch_changes() -> None:
    matcher, plan = planned(CHAIN, {"a": [LASER], "b": [MILLER], "c": [CASTER], "d": [LASER]}, quantity=5)
    again = replan(matcher, plan, ["gh/a"])
    assert set(again.assignments) - set(plan.assignments) == {Assignment("zzbolt/s0", "gh/d", "gh/d/m0", 40)}
    assert set(plan.assignments) - set(again.assignments) == set(plan.of("gh/a"))
    assert (again.is_valid, again.method) == (True, Method.CHANGED)
    assert replan(matcher, plan, ["gh/d"]) == plan


def test_those_that_are_in_the_plan_already_take_over_first() -> None:
    hubs = {"a": [fast(25)], "c": [fast(60)], "d": [fast(10)], "e": [fast(10)]}
    matcher, plan = planned(design(CUT), hubs, quantity=130, days=14)
    assert who(plan) == {"s0": {"a": 38, "c": 92}}
    again = replan(matcher, plan, ["gh/a"])
    assert set(plan.of("gh/c")) <= set(again.of("gh/c"))
    assert again.hubs == ("gh/c", "gh/d")
    assert sum(one.pieces for one in again.assignments) == 130
    assert sum(one.pieces for one in again.of("gh/c")) <= 120


def test_without_a_replacement_the_plan_says_what_nobody_does() -> None:
    matcher, plan = planned(CHAIN, {"a": [LASER], "b": [MILLER], "c": [CASTER]}, quantity=5)
    again = replan(matcher, plan, ["gh/b"])
    assert (again.is_valid, again.missing) == (False, (("zframe/s0", 30),))
    assert set(again.assignments) == set(plan.assignments) - set(plan.of("gh/b"))
