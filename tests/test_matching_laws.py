"""What must hold for matching whatever the records say: arrays and words agree, and the laws of the design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.matching.answer_json import as_json
from generator.matching.answers import Explained
from generator.matching.arrays import NUMBER
from generator.matching.asked import NOBODY
from generator.matching.judging import fact_of, judged, link_of
from generator.matching.operators import Operators
from generator.matching.search import Matcher, Search
from generator.matching.shown import report_of
from generator.matching.sites import judged_site
from generator.matching.values import SEVERITY, Check, Result, Verdict
from generator.matching.wanted import Use, Wish
from generator.matching.words import REASONS, told
from generator.registry import Registry
from tests.matching_world import MATERIALS, PROCESSES, TODAY, Data, design, wish_in, world

World = tuple[list[Data], list[Data], list[Data], Data]  # steps, hubs, machines, terms

LASERS = ["laser-cutting", "co2-laser-cutting", "cutting", "cnc-routing", "turning"]
SIDES = st.sampled_from([10, 100, 250, 300, 600, 900])
MM = st.sampled_from([0.05, 0.1, 0.3, 0.5])
FORMS = st.sampled_from(["sheet", "board", "bar", "block", "tube", "other"])
ENVELOPES = st.one_of(
    st.lists(SIDES, min_size=1, max_size=3),
    st.builds(dict, diameter=SIDES, length=SIDES),
    st.builds(dict, diameter=SIDES),
)
ROOMS = st.one_of(st.lists(SIDES, min_size=2, max_size=3), st.builds(dict, diameter=SIDES, length=SIDES))
FEATURES = st.dictionaries(st.sampled_from(["axes", "nozzle_mm"]), st.sampled_from([2, 3, 5]), max_size=2).flatmap(
    lambda found: st.one_of(st.just(found), st.just({**found, "laser_type": "co2"}))
)
TOLERANCES = st.one_of(
    st.builds(dict, mm=MM), st.just({"iso2768": "m"}), st.just({"iso286": "IT12"}), st.just({"iso286": "IT3"})
)
CERTIFICATIONS = st.lists(
    st.fixed_dictionaries(
        {"scheme": st.sampled_from(["CE", "ISO 9001"])},
        optional={"valid_until": st.sampled_from(["2026-01-01", "2026-07-10", "2027-01-01"])},
    ),
    max_size=2,
)
STEPS = st.fixed_dictionaries(
    {"process": st.sampled_from(LASERS)},
    optional={
        "material": st.sampled_from(sorted(MATERIALS)), "form": FORMS, "thickness_mm": st.sampled_from([1, 4, 9]),
        "envelope_mm": ENVELOPES, "may_rotate": st.booleans(), "tolerance": TOLERANCES, "features": FEATURES,
        "quantity_per_unit": st.sampled_from([1, 4]), "certifications": st.sampled_from([["CE"], ["CE", "ISO 9001"]]),
        "requires": st.just([{"competence": "laser-operation", "level": 2}]),
    },
)  # fmt: skip
USES = st.fixed_dictionaries(
    {"material": st.sampled_from(sorted(MATERIALS))},
    optional={
        "form": FORMS, "min_thickness_mm": st.sampled_from([0, 2]), "max_thickness_mm": st.sampled_from([3, 6]),
    },
)  # fmt: skip
MACHINES = st.fixed_dictionaries(
    {},
    optional={
        "model": st.just("base/laser"), "processes": st.lists(st.sampled_from(LASERS), min_size=1, max_size=2),
        "envelope_mm": ROOMS, "tolerance_mm": MM, "materials": st.lists(USES, min_size=1, max_size=3),
        "features": FEATURES, "status": st.sampled_from(["working", "limited", "broken"]),
        "throughput": st.fixed_dictionaries(
            {"quantity": st.sampled_from([1, 3, 40]), "per": st.sampled_from(["hour", "day", "week"])},
            optional={"of": st.just("masks")},
        ),
        "availability": st.fixed_dictionaries(
            {}, optional={"lead_days": st.sampled_from([0, 3, 30]), "hours_per_week": st.just(20),
                          "minimum_order_quantity": st.sampled_from([1, 2, 9])}
        ),
        "quantity": st.sampled_from([1, 2]), "use": st.sampled_from(["self-service", "operated", "both"]),
        "certifications": CERTIFICATIONS,
        "rate": st.fixed_dictionaries({
            "amount": st.sampled_from(["1.00", "9.50"]), "currency": st.sampled_from(["EUR", "GHS"]),
            "per": st.sampled_from(["hour", "gram"]),
        }),
        "demonstration": st.booleans(),
    },
)  # fmt: skip
HUBS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["active", "paused", "planned", "closed"]),
        "access": st.sampled_from(["public", "restricted", ""]), "services": st.just(["made-to-order"]),
        "processes": st.lists(st.sampled_from(LASERS), max_size=2, unique=True),
        "certifications": CERTIFICATIONS, "accepts": st.just(["order/1"]), "languages": st.just(["fr"]),
        "location": st.fixed_dictionaries({
            "locality": st.just("Ho"), "latitude": st.sampled_from([6.6, 9.4]), "longitude": st.just(0.47),
        }),
        "verified": st.fixed_dictionaries({
            "on": st.sampled_from(["2026-01-01", "2020-01-01"]), "how": st.sampled_from(["self", "imported"]),
        }),
        "demonstration": st.booleans(),
    },
)  # fmt: skip
TERMS = st.fixed_dictionaries(
    {},
    optional={
        "quantity": st.sampled_from([1, 7, 500]),
        "by": st.sampled_from([TODAY + timedelta(days=days) for days in (0, 9, 60)]),
        "near": st.just((6.6, 0.5)), "within_km": st.sampled_from([50.0, 500.0]), "contract": st.just("order/1"),
        "use": st.just(Use.COMMERCIAL), "languages": st.just(frozenset({"fr"})), "currency": st.just("EUR"),
    },
)  # fmt: skip
WORLDS = st.tuples(
    st.lists(STEPS, min_size=1, max_size=3), st.lists(HUBS, min_size=1, max_size=3),
    st.lists(MACHINES, max_size=7), TERMS,
)  # fmt: skip


def build(steps: list[Data], hubs: list[Data], machines: list[Data]) -> Registry:
    """Return a registry of one design, and machines that stand at the hubs in turn."""
    return world(
        {"thing": design(*steps)},
        {f"gh/h{at}": one for at, one in enumerate(hubs)},
        {f"gh/h{at % len(hubs)}/m{at}": {"name": "M", **one} for at, one in enumerate(machines)},
    )


def search(steps: list[Data], hubs: list[Data], machines: list[Data], terms: Data) -> Search:
    registry = build(steps, hubs, machines)
    return Search(Matcher(registry), wish_in(registry, **terms))


def whole(found: Search) -> list[Explained]:
    return [found.explained(number) for number in range(len(found.known.hubs))]


def feasible(found: Search) -> set[str]:
    return {row.hub for row in found.answer().rows if row.verdict.is_feasible}


@given(WORLDS)
def test_arrays_and_words_agree_on_every_machine(case: World) -> None:
    """Each column of each machine comes to what the rules for one machine say, and so does the choice of the best."""
    found = search(*case)
    for question, asked in zip(found.questions, found.of_step, strict=True):
        for number in range(len(found.known.names)):
            skill = found.known.skill(number)
            said: dict[str, int] = {}
            for check in judged(question, skill):
                assert (check.rule, check.reason) in REASONS
                said[fact_of(check)] = max(said.get(fact_of(check), 0), NUMBER[check.result])
            columns: dict[str, int] = {}
            for name, facts in asked.facts:
                rows = found.matcher.rows[name]
                columns |= {fact: int(results[rows[number]]) for fact, results in facts.items()}
            assert {fact: result for fact, result in columns.items() if result} == said
            is_wanted = not skill.is_invented and link_of(question, skill.processes) is not None
            assert (asked.cost[number] < asked.never) == is_wanted


@given(WORLDS)
def test_the_best_machine_is_the_one_with_the_fewest_gaps(case: World) -> None:
    """What a machine comes to, in words, is never better than that of the machine that was chosen."""
    found = search(*case)
    for asked, question in zip(found.of_step, found.questions, strict=True):
        for hub in range(len(found.known.hubs)):
            best = int(asked.best[hub])
            gaps = {}
            for number in found.known.machines_of(hub):
                if asked.cost[number] < asked.never:
                    skill = found.known.skill(number)
                    checks = (*judged(question, skill), *asked.people(number, found.known.site(hub), skill.crew))
                    gaps[number] = tuple(len({fact_of(one) for one in checks if one.result is result})
                                         for result in (Result.FAIL, Result.UNKNOWN))  # fmt: skip
            assert (best == NOBODY) == (not gaps)
            assert not gaps or gaps[best] == min(gaps.values())


@given(WORLDS)
def test_the_explanation_agrees_with_verdict_and_tally(case: World) -> None:
    found = search(*case)
    for number, one in enumerate(whole(found)):
        assert one.tally == one.row.tally
        assert len(one.repairs) == one.row.tally.failed
        site = judged_site(found.wish, found.known.site(number))
        assert [check._replace(record="") for check in one.checks if check.subject.value == "hub"] == [
            check for check in site if check.subject.value == "hub"
        ]
        for check in one.deciding:
            assert told(check)
            assert check.record


@given(WORLDS)
def test_whoever_says_who_is_competent_is_asked_by_hub_and_machine(case: World) -> None:
    """Arrays and words agree on it, and nothing gets worse by it."""
    counts = {1: (2, 0), 2: (0, 3)}
    places = {"gh/h0": 1, "gh/h0/m0": 2, "gh/h1/m1": 1}
    operators = Operators(places, ("laser-operation",), lambda wanted, _: counts[wanted.place], lambda _: ())
    steps, hubs, machines, terms = case
    skilled = [{**step, "requires": [{"competence": "laser-operation", "level": 2}]} for step in steps]
    registry = build(skilled, hubs, machines)
    before = {
        one.row.hub: one.row.tally.unknown for one in whole(Search(Matcher(registry), wish_in(registry, **terms)))
    }
    found = Search(Matcher(registry, operators), wish_in(registry, **terms))
    for one in whole(found):
        assert one.tally == one.row.tally
        assert one.tally.unknown <= before[one.row.hub]
        said = {check.reason for _, tried in one.steps for each in tried for check in each.checks}
        assert one.row.hub in ("gh/h0", "gh/h1") or said.isdisjoint(("published", "after-induction"))


@given(WORLDS)
def test_a_limit_applies_after_ranking(case: World) -> None:
    found = search(*case)
    every = found.answer()
    assert sum(every.counts.values()) == int(found.is_wanted.sum())
    for limit in range(len(every.rows) + 1):
        few = found.answer(limit)
        assert (few.rows, few.counts) == (every.rows[:limit], every.counts)
    order = [(row.tally.missing, row.tally.beyond, row.tally.failed, row.tally.unknown) for row in every.rows]
    assert order == sorted(order)


@given(WORLDS, MACHINES)
def test_adding_a_machine_never_removes_a_match(case: World, added: Data) -> None:
    steps, hubs, machines, terms = case
    assert feasible(search(*case)) <= feasible(search(steps, hubs, [*machines, added], terms))


@given(WORLDS, st.sampled_from(LASERS))
def test_adding_a_claimed_process_never_removes_a_match(case: World, added: str) -> None:
    steps, hubs, machines, terms = case
    more = [{**hub, "processes": [*hub.get("processes", ()), added]} for hub in hubs]
    assert feasible(search(*case)) <= feasible(search(steps, more, machines, terms))


NARROWER = {
    "cutting": "laser-cutting", "laser-cutting": "fibre-laser-cutting", "cnc-routing": "cnc-wood-routing",
    "wood": "plywood", "plywood": "birch-plywood", "metal": "steel",
}  # fmt: skip


def larger(size: Any) -> Any:
    return {key: side + 50 for key, side in size.items()} if isinstance(size, dict) else [side + 50 for side in size]


TIGHTER: dict[str, Callable[[Data], Data]] = {  # a step in, what is tightened of it out
    "narrower process": lambda step: {"process": NARROWER.get(step["process"], step["process"])},
    "a material": lambda step: {"material": NARROWER.get(step.get("material", ""), step.get("material", "steel"))},
    "a form": lambda step: {"form": step.get("form", "sheet")},
    "a thickness": lambda step: {"thickness_mm": step.get("thickness_mm", 5)},
    "larger": lambda step: {"envelope_mm": larger(step.get("envelope_mm", [100]))},
    "not turned": lambda _: {"may_rotate": False},
    "more exact": lambda step: {"tolerance": {"mm": step.get("tolerance", {"mm": 0.4})["mm"] / 2}},
    "more axes": lambda step: {"features": {**step.get("features", {}), "axes": 9}},
    "more pieces": lambda step: {"quantity_per_unit": step.get("quantity_per_unit", 1) * 5},
    "a level": lambda _: {"requires": [{"competence": "laser-operation", "level": 3}]},
    "certified": lambda step: {"certifications": [*step.get("certifications", ()), "ISO 13485"]},
}
TERMS_TIGHTER: dict[str, Callable[[Wish], Wish]] = {
    "more": lambda wish: replace(wish, quantity=wish.quantity * 9),
    "a last day": lambda wish: replace(wish, by=wish.by or date(2026, 7, 9)),
    "nearer": lambda wish: replace(wish, near=wish.near or (6.6, 0.5), within_km=(wish.within_km or 90.0) / 2),
    "a contract": lambda wish: replace(wish, contract=wish.contract or "order/1"),
    "commercial": lambda wish: replace(wish, use=Use.COMMERCIAL),
    "a country": lambda wish: replace(wish, countries=frozenset({"gh"})),
    "a network": lambda wish: replace(wish, networks=frozenset({"one"})),
}


def in_mm(step: Data) -> Data:
    """Return a step whose tolerance does not depend on its size: a larger piece may be less exact."""
    return {**step, "tolerance": {"mm": 0.2}} if "tolerance" in step else step


@given(WORLDS, st.sampled_from(sorted(TIGHTER)))
def test_tightening_a_step_never_adds_a_match(case: World, how: str) -> None:
    steps, hubs, machines, terms = case
    steps = [in_mm(step) for step in steps]
    tight = [{**steps[0], **TIGHTER[how](steps[0])}, *steps[1:]]
    assert feasible(search(tight, hubs, machines, terms)) <= feasible(search(steps, hubs, machines, terms))


@given(WORLDS, STEPS)
def test_another_step_never_adds_a_match(case: World, step: Data) -> None:
    steps, hubs, machines, terms = case
    assert feasible(search([*steps, step], hubs, machines, terms)) <= feasible(search(*case))


@given(WORLDS, st.sampled_from(sorted(TERMS_TIGHTER)))
def test_tightening_the_terms_never_adds_a_match(case: World, how: str) -> None:
    found = search(*case)
    assert feasible(Search(found.matcher, TERMS_TIGHTER[how](found.wish))) <= feasible(found)


@given(WORLDS, st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(case: World, random: Any) -> None:
    steps, hubs, machines, terms = case

    def shuffled(record: Data) -> Data:
        mixed = {key: random.sample(value, len(value)) if key in ("processes", "materials", "certifications") else value
                 for key, value in record.items()}  # fmt: skip
        return dict(random.sample(sorted(mixed.items()), len(mixed)))

    mixed = [shuffled(one) for one in machines]
    again = {f"gh/h{at % len(hubs)}/z{at}": {"name": "M", **one} for at, one in enumerate(mixed)}
    first = {f"gh/h{at % len(hubs)}/m{at}": {"name": "M", **one} for at, one in enumerate(mixed)}
    twice = random.sample([*steps, *steps], 2 * len(steps))
    one = build(steps, hubs, machines)
    other = world(
        {"thing": design(*twice)}, {f"gh/h{at}": shuffled(hub) for at, hub in enumerate(hubs)}, {**again, **first}
    )
    found = [Matcher(registry).answer(wish_in(registry, **terms)) for registry in (one, other)]
    once, again_too = ([(row.hub, row.tally.failed, row.tally.unknown) for row in each.rows] for each in found)
    assert once == again_too


@given(WORLDS)
def test_the_same_question_gives_the_same_bytes(case: World) -> None:
    steps, hubs, machines, terms = case
    one, other = (as_json(report_of(search(steps, hubs, machines, terms), "thing", (), 5)) for _ in range(2))
    assert one == other


def mended(machines: dict[str, Data], hub: Data, terms: Data, repairs: list[tuple[str, Check]]) -> None:
    """Change records so that what some repairs are about holds."""
    for record, check in repairs:
        on = machines.get(record, {}) if check.subject.value != "model" else None
        targets = [on] if on is not None else list(machines.values())
        for one in targets:
            MEND[check.rule](one if one is not None else {}, hub, terms, check)


def certify(machine: Data, hub: Data, terms: Data, check: Check) -> None:
    del machine, terms
    hub["certifications"] = [*hub.get("certifications", ()), {"scheme": check.asked}]


MEND: dict[str, Callable[[Data, Data, Data, Check], None]] = {
    "envelope": lambda machine, *_: machine.update(envelope_mm=[9999, 9999, 9999]),
    "tolerance": lambda machine, *_: machine.update(tolerance_mm=0.0001),
    "status": lambda machine, *_: machine.update(status="working"),
    "features": lambda machine, _hub, _terms, check: machine.setdefault("features", {}).update(
        {check.field.removeprefix("features."): 0.1 if "nozzle" in check.field else 99}
    ),
    "capacity": lambda machine, *_: machine.update(
        throughput={"quantity": 1e9, "per": "hour"}, availability={"lead_days": 0}
    ),
    "certification": certify,
    "open": lambda _machine, hub, *_: hub.update(status="active"),
    "access": lambda _machine, hub, *_: hub.update(access="public"),
}
REPAIRABLE_STEPS = st.fixed_dictionaries(
    {"process": st.sampled_from(["laser-cutting", "turning"])},
    optional={
        "envelope_mm": st.lists(SIDES, min_size=2, max_size=3), "tolerance": st.builds(dict, mm=MM),
        "features": st.dictionaries(st.sampled_from(["axes", "nozzle_mm"]), st.sampled_from([2, 3, 5]), max_size=2),
        "certifications": st.sampled_from([["CE"], ["CE", "ISO 9001"]]),
    },
)  # fmt: skip
REPAIRABLE_MACHINES = st.fixed_dictionaries(
    {"processes": st.lists(st.sampled_from(["laser-cutting", "turning"]), min_size=1, max_size=2)},
    optional={
        "envelope_mm": st.lists(SIDES, min_size=2, max_size=3), "tolerance_mm": MM,
        "features": st.dictionaries(st.sampled_from(["axes", "nozzle_mm"]), st.sampled_from([2, 3, 5]), max_size=2),
        "status": st.sampled_from(["working", "broken"]),
        "throughput": st.just({"quantity": 1, "per": "week"}), "availability": st.just({"lead_days": 3}),
    },
)  # fmt: skip


@settings(max_examples=200)
@given(
    st.lists(REPAIRABLE_STEPS, min_size=1, max_size=3), st.lists(REPAIRABLE_MACHINES, min_size=1, max_size=3),
    st.fixed_dictionaries({}, optional={
        "status": st.just("paused"), "access": st.just("restricted"),
        "certifications": st.just([{"scheme": "other"}]),
    }),
    st.sampled_from([{}, {"by": TODAY + timedelta(days=9), "quantity": 4}]),
)  # fmt: skip
def test_all_repairs_make_it_feasible_and_no_smaller_set_does(
    steps: list[Data], machines: list[Data], hub: Data, terms: Data
) -> None:
    (found,) = whole(search(steps, [hub], machines, terms))
    if found.row.verdict not in (Verdict.ONE_FIX, Verdict.FIXES):
        return

    def does(repairs: tuple[tuple[str, Check], ...]) -> bool:
        after = {f"gh/h0/m{at}": {**one, "features": {**one.get("features", {})}} for at, one in enumerate(machines)}
        place = dict(hub)
        mended(after, place, terms, list(repairs))
        (again,) = whole(search(steps, [place], list(after.values()), terms))
        return again.row.verdict.is_feasible

    assert does(found.repairs)
    if len(found.repairs) <= 5:
        smaller = (few for size in range(len(found.repairs)) for few in combinations(found.repairs, size))
        assert not any(map(does, smaller))


def test_the_small_world_is_a_tree() -> None:
    """The law of tightening a process holds in a tree; where a term has two broader ones, it may say more to ask."""
    assert all(len(term.get("broader", ())) <= 1 for term in (*PROCESSES.values(), *MATERIALS.values()))
    assert set(SEVERITY) == set(Result)
