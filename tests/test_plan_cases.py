"""Known designs and hubs with known best plans: `plan_cases.json`, each also with its hubs in another order."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from generator.matching import remarks
from generator.matching.aims import REQUEST, aims
from generator.matching.gaps import gaps
from generator.matching.plan_json import as_json
from generator.matching.planning import Bounds, plan_for
from generator.matching.plans import Plan
from generator.matching.reverse import reverse
from generator.matching.search import Matcher
from generator.matching.turns import without_plan
from generator.matching.values import Verdict
from generator.registry import Registry
from tests.matching_world import TODAY, Data, design, wish_in, world

CASES: list[Data] = json.loads((Path(__file__).parent / "plan_cases.json").read_text(encoding="utf-8"))


def machine(stated: Data) -> Data:
    """A machine: what it does, pieces a week, days to its start, its smallest order, and any other fact."""
    known = {"does", "weekly", "lead", "least"}
    times = {"lead_days": stated.get("lead"), "minimum_order_quantity": stated.get("least"), "hours_per_week": 40}
    speed = {"throughput": {"quantity": stated["weekly"], "per": "week"}} if "weekly" in stated else {}
    rest = {name: value for name, value in stated.items() if name not in known}
    when = {"availability": {name: value for name, value in times.items() if value is not None}}
    return {"processes": stated["does"], **speed, **when, **rest}


def planned(case: Data, names: list[str]) -> tuple[Plan, str]:
    """The plan for a case with its hubs in some order, and the plan as JSON."""
    designs = {
        id: {"operations": [{"id": f"s{at}", **step} for at, step in enumerate(one["steps"])],
             "parts": one.get("parts", [])}
        for id, one in case["designs"].items()
    }  # fmt: skip
    places = case.get("places", {})
    hubs: dict[str, Data] = {f"gh/{name}": {} for name in names}
    for name, (latitude, longitude) in places.items():
        hubs[f"gh/{name}"] = {"location": {"locality": "Kumasi", "latitude": latitude, "longitude": longitude}}
    stand = {f"gh/{hub}/m{at}": machine(one) for hub in names for at, one in enumerate(case["hubs"][hub])}
    matcher = Matcher(world(designs, hubs, stand))
    order: dict[str, Any] = dict(case.get("order", {}))
    if "days" in order:
        order["by"] = TODAY + timedelta(days=order.pop("days"))
    if "near" in order:
        order["near"] = tuple(order["near"])
    plan = plan_for(matcher, wish_in(matcher.registry, **order), Bounds(**case.get("bounds", {})))
    return plan, as_json(matcher.registry, plan, case["name"])


def who(plan: Plan) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in plan.assignments:
        pieces, hub = found.setdefault(one.step, {}), one.hub.removeprefix("gh/")
        pieces[hub] = pieces.get(hub, 0) + one.pieces
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_known_plans(case: Data) -> None:
    plan, told = planned(case, list(case["hubs"]))
    missing = case.get("missing", {})
    assert who(plan) == case["who"]
    assert dict(plan.missing) == missing
    assert plan.is_valid == case.get("valid", not missing)
    if "method" in case:
        assert plan.method.value == case["method"]
    if "stages" in case:
        assert [list(one.steps) for one in plan.stages] == case["stages"]
    if "legs" in case:
        assert [[one.removeprefix("gh/") for one in (leg.start, leg.end)] for leg in plan.legs] == case["legs"]
    if "near" in case:
        near: dict[str, dict[str, list[str]]] = {}
        for miss in plan.near:
            near.setdefault(miss.step, {})[miss.hub.removeprefix("gh/")] = [check.rule for check in miss.checks]
        assert near == case["near"]
    assert planned(case, list(reversed(case["hubs"])))[1] == told


def asked_for(quantity: int) -> Registry:
    """Four hubs that cut 25 pieces a week each, and a request for so many within a week."""
    fast = machine({"does": ["laser-cutting"], "weekly": 25, "lead": 0})
    found = world({"thing": design({})}, {f"gh/{hub}": {} for hub in "abcd"}, {f"gh/{hub}/m": fast for hub in "abcd"})
    request = {
        "design": "thing", "quantity": quantity, "status": "open", "posted_on": "2026-05-01", "by": "gh/a",
        "needed_by": (TODAY + timedelta(days=7)).isoformat(), "place": {"country": "gh", "locality": "Kumasi"},
    }  # fmt: skip
    return Registry(
        root=found.root, as_of=TODAY, tables={**found._tables, "request": {"lot": json.dumps(request).encode()}}
    )


@pytest.mark.parametrize(
    ("quantity", "alone", "together"), [(25, True, True), (26, False, True), (100, False, True), (101, False, False)]
)
def test_what_is_said_of_a_hub_that_makes_a_part_in_time(quantity: int, alone: bool, together: bool) -> None:
    """Who is too slow for all lacks speed (match, reverse); those who share it can meet it (plan, gaps, --ci)."""
    found = asked_for(quantity)
    matcher, wish = Matcher(found), next(aim.wish for aim in aims(found) if aim.kind == REQUEST)
    assert matcher.explain(wish, "gh/a").row.verdict is (Verdict.YES if alone else Verdict.ONE_FIX)
    hub = reverse(found, "gh/a")
    assert [one.aim.id for one in hub.able] == (["thing", "lot"] if alone else ["thing"])
    assert [one.lack.rule for one in hub.fixes] == ([] if alone else ["capacity"])
    plan, lacking = plan_for(matcher, wish), gaps(found, matcher)
    assert plan.is_valid == together
    assert (lacking.impossible, [one.lack.rule for one in lacking.changes]) == (
        (0, []) if together else (1, ["capacity"])
    )
    assert without_plan(found) == (() if together else ("lot",))


@pytest.mark.parametrize("language", ["en", "fr", "pt", "sw", "ar"])
def test_every_remark_is_told_on_the_site_with_the_same_values(language: str) -> None:
    file = Path(__file__).parent.parent / "site" / "strings" / f"{language}.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    for code, text in remarks.WORDS.items():
        names = {name for _, name, _, _ in Formatter().parse(words[f"plan.remark.{code}"]) if name}
        assert names <= {name for _, name, _, _ in Formatter().parse(text) if name}, code
    told = {key.removeprefix("plan.remark.") for key in words if key.startswith("plan.remark.")}
    assert told == set(remarks.WORDS)
