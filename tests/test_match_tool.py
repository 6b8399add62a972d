"""Matching on the site and in the generator: the same cases give the same verdicts, tallies, order and reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import operators_world as people
from tests.matching_twice import Site, by_generator, index, node, registry

ROOT = Path(__file__).parent.parent
DATA = json.loads((ROOT / "tests/matching_cases.json").read_bytes())
WORLD, CASES = DATA["world"], DATA["cases"]
HUB = {"name": "Hub", "kind": "makerspace", "location": {"locality": "Kumasi"}, "access": "public"}
LICENCE = {"hardware": "CERN-OHL-S-2.0"}
RESULTS = ["", "pass", "unknown", "fail"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with node(tmp_path_factory.mktemp("node")) as made:
        yield made


def kinds(case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    hubs = {id: {**HUB, **rest} for id, rest in case.get("hubs", {"gh/hub": {}}).items()}
    design = {"name": "Thing", "licence": LICENCE, **case.get("design", {})}
    if "steps" in case:
        design["operations"] = [{"id": f"step-{at}", **step} for at, step in enumerate(case["steps"])]
    return {
        **WORLD, **case.get("records", {}), "hub": hubs, "machine": case.get("machines", {}),
        "design": {"thing": design, **{id: {"name": id, **one} for id, one in case.get("designs", {}).items()}},
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case(site: Site, case: dict[str, Any]) -> None:
    known = registry(kinds(case))
    expected = by_generator(known, "thing", case.get("wish", {}))
    assert site.ask(index(known, 100), "thing", case.get("wish", {}), known) == expected
    told = [
        f"{rule} {RESULTS[result]} {reason}"
        for checks in (expected["checks"], *(_of(one) for one in expected["explained"]))
        for rule, result, _, _, reason, _, _ in checks
    ]
    assert set(case.get("told", ())) <= set(told), told
    if "order" in case:
        assert [row[0] for row in expected["rows"]] == case["order"]
    if "tally" in case:
        assert expected["rows"][0][1:5] == case["tally"]


def _of(explained: dict[str, Any]) -> list[Any]:
    """Return the checks that decide: the hub's own, and the best machine's of each step."""
    best = [tried[0][1] for _, tried in explained["steps"] if tried]
    return [*explained["checks"], *(check for checks in best for check in checks)]


def test_every_rule_and_result_has_a_case() -> None:
    told = {line for case in CASES for line in case.get("told", ())}
    for rule, results in RULES.items():
        for result in results:
            assert any(line.startswith(f"{rule} {result} ") for line in told), (rule, result)


EVERY = ("pass", "unknown", "fail")
RULES = {
    "process": ("pass", "unknown"), "material": EVERY, "form": EVERY, "thickness": EVERY, "envelope": EVERY,
    "tolerance": EVERY, "features": EVERY, "status": EVERY, "capacity": EVERY, "lot": EVERY,
    "open": ("pass", "fail"), "access": EVERY, "contract": EVERY, "distance": EVERY, "certification": EVERY,
    "competence": ("pass", "unknown"), "licence": EVERY,
}  # fmt: skip

processes = st.sampled_from([*WORLD["process"]])
materials = st.sampled_from([*WORLD["material"]])
forms = st.sampled_from(["sheet", "block", "filament"])
lengths = st.sampled_from([0.125, 1, 2.5, 3, 12, 99.5, 300, 300.125, 400, 1000.125, 1234567.5])
boxes = st.one_of(
    st.lists(lengths, min_size=2, max_size=3),
    st.fixed_dictionaries({"diameter": lengths}, optional={"length": lengths}),
)
features = st.dictionaries(
    st.sampled_from(["axes", "nozzle_mm", "laser_type", "enclosed"]),
    st.one_of(st.integers(1, 5), st.sampled_from([0.4, 0.25]), st.booleans(), st.sampled_from(["CO2", "co2", "fibre"])),
    min_size=1, max_size=3,
)  # fmt: skip
limits = {"form": forms, "min_thickness_mm": lengths, "max_thickness_mm": lengths}
uses = st.lists(st.fixed_dictionaries({"material": materials}, optional=limits), min_size=1, max_size=3)
days = st.sampled_from(["2026-01-01", "2026-07-05", "2026-08-01", "2027-01-01"])
schemes = st.sampled_from(["ISO 9001", "iso-9001:2015", "ISO9001:2008", "Straße", "STRASSE"])
held = st.lists(
    st.fixed_dictionaries({"scheme": schemes, "by": st.just("x")}, optional={"valid_until": days}),
    min_size=1, max_size=2,
)  # fmt: skip
rates = st.fixed_dictionaries(
    {
        "amount": st.sampled_from(["1.50", "12", "0.0005"]),
        "currency": st.sampled_from(["GHS", "EUR"]),
        "per": st.sampled_from(["hour", "gram"]),
    }
)
speeds = st.fixed_dictionaries(
    {"quantity": st.sampled_from([1, 2.5, 40]), "per": st.sampled_from(["hour", "day", "week"])},
    optional={"of": st.just("cups")},
)
shared = {
    "processes": st.lists(processes, min_size=1, max_size=2), "envelope_mm": boxes, "tolerance_mm": lengths,
    "materials": uses, "features": features, "throughput": speeds,
}  # fmt: skip
models = st.fixed_dictionaries({"name": st.just("M"), "brand": st.just("B")}, optional=shared)
machines = st.fixed_dictionaries({}, optional={
    **shared, "model": st.sampled_from(["b/one", "b/two"]), "demonstration": st.booleans(),
    "status": st.sampled_from(["working", "limited", "broken", "retired"]), "certifications": held, "rate": rates,
    "use": st.sampled_from(["self-service", "operated", "both"]), "quantity": st.integers(1, 3),
    "availability": st.fixed_dictionaries(
        {}, optional={"hours_per_week": st.sampled_from([5, 7.5, 40]), "lead_days": st.sampled_from([0, 3, 20, 3000]),
            "minimum_order_quantity": st.sampled_from([1, 2, 10, 500])}
    ),
})  # fmt: skip
places = st.one_of(
    st.just({"locality": "Kumasi"}),
    st.fixed_dictionaries(
        {
            "locality": st.just("Kumasi"),
            "latitude": st.sampled_from([6.6885, 6.70011, -1.3]),
            "longitude": st.sampled_from([-1.6244, 36.8]),
        }
    ),
)
hubs = st.fixed_dictionaries({"name": st.just("Hub"), "kind": st.just("makerspace"), "location": places}, optional={
    "status": st.sampled_from(["active", "paused", "planned", "closed"]), "demonstration": st.booleans(),
    "access": st.sampled_from(["public", "members", "membership", "private"]), "certifications": held,
    "services": st.lists(st.sampled_from(["made-to-order", "training"]), unique=True),
    "languages": st.lists(st.sampled_from(["en", "fr"]), unique=True), "processes": st.lists(processes, max_size=2),
    "accepts": st.lists(st.sampled_from(["a/1", "b/1"]), unique=True), "networks": st.just(["net"]),
    "verified": st.fixed_dictionaries({"on": days, "how": st.sampled_from(["self", "imported"])}),
})  # fmt: skip
operations = st.fixed_dictionaries({"process": processes}, optional={
    "material": materials, "form": forms, "envelope_mm": boxes, "may_rotate": st.booleans(), "thickness_mm": lengths,
    "tolerance": st.sampled_from([{"mm": 0.125}, {"mm": 3}, {"iso2768": "m"}, {"iso286": "IT11"}, {"iso286": "IT2"}]),
    "features": features, "quantity_per_unit": st.integers(1, 9), "certifications": st.lists(schemes, max_size=2),
    "requires": st.lists(st.fixed_dictionaries({"competence": st.just("welding"), "level": st.integers(1, 2)}),
                         max_size=2),
})  # fmt: skip
wishes = st.fixed_dictionaries({}, optional={
    "silent": st.just(["thing"]), "notUnderstood": st.just(["XYZ", "Unobtainium"]),
    "quantity": st.integers(1, 500), "near": st.sampled_from([[6.6885, -1.6244], [-1.29, 36.82]]),
    "within": st.sampled_from([1, 2.5, 500]), "by": days, "countries": st.lists(st.sampled_from(["gh", "ke"])),
    "networks": st.lists(st.just("net")), "contract": st.sampled_from(["", "a/1"]), "isCommercial": st.booleans(),
    "currency": st.sampled_from(["", "GHS"]), "languages": st.lists(st.sampled_from(["en", "fr"])),
    "isInvented": st.booleans(),
})  # fmt: skip
worlds = st.fixed_dictionaries(
    {
        "steps": st.lists(operations, min_size=1, max_size=4),
        "models": st.tuples(models, models),
        "hubs": st.lists(hubs, min_size=1, max_size=5),
        "machines": st.lists(st.tuples(st.integers(0, 4), machines), max_size=10),
        "wish": wishes,
        "whole": st.sampled_from([0, 100]),
    }
)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(worlds)
def test_both_say_the_same(site: Site, world: dict[str, Any]) -> None:
    named = {f"{'gh' if at % 2 else 'ke'}/hub-{at}": hub for at, hub in enumerate(world["hubs"])}
    ids = list(named)
    stand = {f"{ids[at % len(ids)]}/m-{number}": one for number, (at, one) in enumerate(world["machines"])}
    records = kinds({"hubs": named, "machines": stand, "steps": world["steps"]})
    known = registry({**records, "model": dict(zip(("b/one", "b/two"), world["models"], strict=True))})
    asked = world["wish"]
    assert site.ask(index(known, world["whole"]), "thing", asked, known) == by_generator(known, "thing", asked)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(people.worlds, st.sampled_from([0, 100]))
def test_both_say_the_same_of_passports(site: Site, world: dict[str, Any], whole: int) -> None:
    known, asked = registry({**WORLD, **people.records(world)}), world["wish"]
    assert site.ask(index(known, whole), "thing", asked, known) == by_generator(known, "thing", asked)
