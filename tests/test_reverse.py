"""What a hub can make alone and what one change would open; what is missing everywhere and in a country."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import schemas
from generator.matching import gaps_told, reverse_told
from generator.matching.aims import aims
from generator.matching.gaps import Gaps, gaps
from generator.matching.reverse import ByHub, Opening, Reverse, reverse
from generator.matching.search import Matcher
from generator.matching.standing import standings
from generator.matching.survey import survey
from generator.matching.values import Result, Verdict
from generator.matching.words import told
from generator.registry import Registry
from tests.matching_world import NAME, Data, design, machine, world

CASTING: Data = {"process": "casting"}


def box(*sides: int) -> Data:
    return {"envelope_mm": list(sides)}


def of(designs: dict[str, Data], *machines: Data, **hub: Any) -> Reverse:
    stand = {f"{NAME}/m{at}": one for at, one in enumerate(machines)}
    return reverse(world(designs, {NAME: hub}, stand), NAME)


def opened(found: tuple[Opening, ...]) -> list[tuple[str, str, str, list[str]]]:
    return [(one.machine, one.check.rule, one.check.asked, [aim.id for aim in one.aims]) for one in found]


def test_what_a_hub_can_make_is_told_with_what_is_not_known() -> None:
    found = of({"a": design({"material": "wood"}), "b": design({}), "c": design(CASTING)}, machine())
    assert [(one.aim.id, one.tally.verdict) for one in found.able] == [("b", Verdict.YES), ("a", Verdict.ASK)]
    assert opened(found.questions) == [(f"{NAME}/m0", "material", "wood", ["a"])]
    said = " ".join(reverse_told.as_text(found, 5).split())
    assert "alone it can make 1 design for certain; if facts that nobody states are right, it can also make 1" in said


def test_a_larger_bed_opens_all_that_needs_no_more() -> None:
    needed = {"a": design(box(400, 300)), "b": design(box(200, 400)), "c": design(box(350, 350)),
              "d": design(box(900, 300))}  # fmt: skip
    found = of(needed, machine(envelope_mm=[200, 200]))
    assert opened(found.fixes) == [
        (f"{NAME}/m0", "envelope", "900 × 300 mm", ["a", "b", "d"]),
        (f"{NAME}/m0", "envelope", "400 × 300 mm", ["a", "b"]),
        (f"{NAME}/m0", "envelope", "200 × 400 mm", ["b"]),
        (f"{NAME}/m0", "envelope", "350 × 350 mm", ["c"]),
    ]
    assert told(found.fixes[0].check) == "room for 900 × 300 mm needed, 200 × 200 mm available"


def test_of_two_that_open_the_same_the_smaller_change_is_told() -> None:
    found = of({"a": design({"tolerance": {"mm": 0.1}}, {"tolerance": {"mm": 0.05}})}, machine(tolerance_mm=0.2))
    assert [(rule, ids) for _, rule, _, ids in opened(found.fixes)] == [("tolerance", ["a"])]
    assert "0.05" in found.fixes[0].check.asked


@pytest.mark.parametrize(
    ("hub", "machine_", "step", "expected"),
    [
        ({"status": "paused"}, {}, {}, ("", "open", "active")),
        ({"access": "private"}, {}, {}, ("", "access", "")),
        ({}, {"status": "broken"}, {}, (f"{NAME}/m0", "status", "working")),
        ({}, {"materials": [{"material": "steel"}]}, {"material": "wood"}, (f"{NAME}/m0", "material", "wood")),
        ({}, {"features": {"axes": 3}}, {"features": {"axes": 5}}, (f"{NAME}/m0", "features", "axes: 5")),
        ({"certifications": [{"scheme": "A"}]}, {}, {"certifications": ["B"]}, ("", "certification", "B")),
    ],
)
def test_single_changes(hub: Data, machine_: Data, step: Data, expected: tuple[str, str, str]) -> None:
    found = of({"a": design(step)}, machine(**machine_), **hub)
    assert [one[:3] for one in opened(found.fixes)] == [expected]
    assert found.able == ()
    told(found.fixes[0].check)


def test_two_changes_are_none() -> None:
    assert of({"a": design(box(900, 900), CASTING)}, machine(envelope_mm=[200, 200])).fixes == ()


def test_a_machine_for_what_is_narrower_opens_what_is_broader() -> None:
    cut = {"process": "cutting"}
    needed = {"a": design(cut, {"process": "casting"}), "b": design({"process": "co2-laser-cutting"}, CASTING)}
    found = of(needed, {"processes": ["casting"]})
    machines = [(rule, asked, ids) for _, rule, asked, ids in opened(found.fixes)]
    assert machines == [("process", "co2-laser-cutting", ["a", "b"]), ("process", "cutting", ["a"])]


def test_what_is_claimed_without_a_machine_is_asked_for() -> None:
    found = of({"a": design(box(10, 10))}, processes=["laser-cutting"])
    assert [(one.machine, one.check.reason) for one in found.questions] == [("", "claimed")]


def test_what_is_invented_is_for_invented_hubs() -> None:
    shown = {"a": design({}, demonstration=True)}
    assert of(shown, machine()).able == ()
    assert len(of(shown, machine(), demonstration=True).able) == 1


@pytest.mark.parametrize("hub", ["gh/none", "gh/shut"])
def test_nothing_is_known_of_a_hub_that_is_closed_or_not_there(hub: str) -> None:
    registry = world({"a": design({})}, {"gh/shut": {"status": "closed", "processes": ["laser-cutting"]}}, {})
    assert reverse(registry, hub) == Reverse(hub)


STEPS = st.fixed_dictionaries(
    {"process": st.sampled_from(["laser-cutting", "cutting", "casting"])},
    optional={
        "material": st.sampled_from(["wood", "plywood", "steel"]),
        "envelope_mm": st.sampled_from([[100, 100], [400, 300], [300, 500], [50, 40, 900]]),
        "tolerance": st.sampled_from([{"mm": 0.1}, {"mm": 0.5}]),
        "features": st.sampled_from([{"axes": 3}, {"axes": 5, "laser_type": "co2"}]),
        "certifications": st.just(["ISO 9001"]),
        "requires": st.just([{"competence": "laser-operation", "level": 2}]),
    },
)
OFFERED = [[one] for one in ("laser-cutting", "co2-laser-cutting", "cutting", "cnc-routing", "casting")]
MACHINES = st.fixed_dictionaries(
    {"processes": st.sampled_from(OFFERED)},
    optional={
        "materials": st.sampled_from([[{"material": "plywood"}], [{"material": "steel"}]]),
        "envelope_mm": st.sampled_from([[200, 200], [600, 400], [1000, 1000, 50]]),
        "tolerance_mm": st.sampled_from([0.05, 0.2]),
        "features": st.sampled_from([{"axes": 4}, {"laser_type": "fibre"}]),
        "status": st.sampled_from(["broken", "limited"]),
        "use": st.just("operated"),
    },
)  # fmt: skip
HUBS = st.fixed_dictionaries(
    {},
    optional={
        "access": st.sampled_from(["public", "private"]),
        "status": st.sampled_from(["paused", "active"]),
        "services": st.just(["made-to-order"]),
        "processes": st.just(["casting"]),
        "certifications": st.sampled_from([[{"scheme": "ISO 9001"}], [{"scheme": "other"}]]),
    },
)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    designs = draw(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=1, max_size=4))
    hubs = draw(st.lists(st.tuples(HUBS, st.lists(MACHINES, max_size=3)), min_size=1, max_size=3))
    names = [f"{code}/h{at}" for at, code in enumerate(["gh", "ke", "gh"][: len(hubs)])]
    return world(
        {f"d{at}": design(*steps) for at, steps in enumerate(designs)},
        {name: hub for name, (hub, _) in zip(names, hubs, strict=True)},
        {f"{name}/m{at}": one for name, (_, machines) in zip(names, hubs, strict=True)
         for at, one in enumerate(machines)},
    )  # fmt: skip


@given(registries())
def test_all_hubs_at_once_come_to_what_each_does_when_explained(registry: Registry) -> None:
    matcher = Matcher(registry)
    wanted = aims(registry)
    by_hub = ByHub(matcher, standings(matcher, wanted))
    for hub in matcher.known.hubs:
        found, rows = by_hub.of(hub), {aim.id: matcher.explain(aim.wish, hub) for aim in wanted}
        able = {one.aim.id: (one.tally.passed, one.tally.unknown) for one in found.able}
        assert able == {
            id: (one.row.tally.passed, one.row.tally.unknown) for id, one in rows.items() if one.row.verdict.is_feasible
        }
        single = {aim.id for one in found.fixes if one.lack.rule != "process" for aim in one.aims}
        assert single <= {id for id, one in rows.items() if one.row.verdict is Verdict.ONE_FIX}
        for one in found.fixes:
            told(one.check)
            assert one.check.result is Result.FAIL
        for one in found.questions:
            told(one.check)
            assert one.check.result is Result.UNKNOWN


@given(registries())
def test_a_hub_alone_comes_to_the_same_as_among_others(registry: Registry) -> None:
    matcher = Matcher(registry)
    by_hub = ByHub(matcher, standings(matcher, aims(registry)))
    for hub in matcher.known.hubs:
        assert reverse(registry, hub) == by_hub.of(hub)


@given(registries())
def test_a_new_machine_opens_all_that_was_said(registry: Registry) -> None:
    found = gaps(registry, Matcher(registry))
    for change in found.changes:
        if change.is_machine:
            after = _with_hub(registry, change.lack.process)
            left = {aim.id for one in gaps(after, Matcher(after)).changes for aim in (*one.opens, *one.helps)}
            assert left.isdisjoint(aim.id for aim in change.opens)


def _with_hub(registry: Registry, process: str) -> Registry:
    tables = {kind: dict(rows) for kind, rows in registry._tables.items()}
    hub = {"name": "New", "kind": "makerspace", "location": {"locality": "Lomé"}, "access": "public"}
    tables["hub"]["tg/new"] = json.dumps(hub).encode()
    tables["machine"]["tg/new/m"] = json.dumps({"name": "New", "processes": [process]}).encode()
    ordered = {kind: dict(sorted(table.items())) for kind, table in tables.items()}
    return Registry(root=registry.root, as_of=registry.as_of, tables=ordered)


@given(registries())
def test_everything_is_certain_possible_impossible_or_says_too_little(registry: Registry) -> None:
    whole = survey(Matcher(registry))
    for one in (whole.everywhere, *whole.countries.values()):
        assert one.certain + one.possible + one.impossible + one.not_matchable == len(aims(registry))
    assert all(whole.everywhere.impossible <= one.impossible for one in whole.countries.values())
    for code, one in whole.countries.items():
        assert one == gaps(registry, Matcher(registry), (code,))


TWO: dict[str, Data] = {"gh/one": {}, "ke/two": {}}


def missing(designs: dict[str, Data], machines: dict[str, Data], *countries: str) -> Gaps:
    registry = world(designs, TWO, machines)
    return gaps(registry, Matcher(registry), countries)


def changes(found: Gaps) -> list[tuple[str, str, int, list[str], list[str]]]:
    return [
        (one.lack.rule, one.lack.asked, one.hubs, [aim.id for aim in one.opens], [aim.id for aim in one.helps])
        for one in found.changes
    ]


def test_what_one_hub_does_not_do_another_one_may() -> None:
    machines = {"gh/one/m": machine(), "ke/two/m": {"processes": ["casting"]}}
    both = {"a": design({}, CASTING)}
    assert missing(both, machines).certain == 1
    assert changes(missing(both, machines, "gh")) == [("process", "casting", 0, ["a"], [])]
    assert changes(missing(both, machines, "ke")) == [("process", "laser-cutting", 0, ["a"], [])]
    assert missing(both, machines, "gh", "ke").certain == 1


def test_a_change_of_what_is_there_goes_before_a_new_machine() -> None:
    machines = {"gh/one/m": machine(envelope_mm=[200, 200]), "ke/two/m": machine(envelope_mm=[300, 100])}
    needed = {"a": design(box(400, 300)), "b": design(box(300, 250)), "c": design(box(400, 300), CASTING)}
    assert changes(missing(needed, machines)) == [
        ("envelope", "400 × 300 mm", 2, ["a", "b"], ["c"]),
        ("envelope", "300 × 250 mm", 2, ["b"], []),
        ("process", "casting", 0, [], ["c"]),
    ]


def test_facts_that_nobody_states_are_counted() -> None:
    machines = {"gh/one/m": machine(), "gh/one/n": machine(status="limited"), "ke/two/m": machine()}
    found = missing({"a": design(box(400, 300)), "b": design({"material": "wood"}), "c": design({})}, machines)
    assert (found.certain, found.possible, found.impossible) == (1, 2, 0)
    silences = [(one.process, one.field, one.number, [aim.id for aim in one.aims]) for one in found.silences]
    assert silences == [
        ("laser-cutting", "envelope_mm", 2, ["a"]), ("laser-cutting", "materials", 2, ["b"]),
    ]  # fmt: skip


def test_hubs_that_name_no_machine_are_counted_apart() -> None:
    registry = world({"a": design(box(9, 9))}, {"gh/one": {"processes": ["laser-cutting"], "access": ""}}, {})
    found = gaps(registry, Matcher(registry)).silences
    assert [(one.process, one.field, one.number) for one in found] == [
        ("", "access", 1), ("laser-cutting", "machines", 1),
    ]  # fmt: skip


def test_nothing_invented_makes_a_gap() -> None:
    found = missing({"a": design(CASTING, demonstration=True), "b": {}}, {})
    assert (found.impossible, found.not_matchable, found.changes) == (0, 1, ())


def test_reports_are_as_the_schemas_say_and_no_longer_than_asked() -> None:
    designs = {"a": design(box(400, 300)), "b": design(CASTING), "c": design({}), "d": design({})}
    registry = world(designs, {NAME: {}, "ke/two": {"status": "paused"}}, {f"{NAME}/m": machine()})
    found, lack = reverse(registry, NAME), gaps(registry, Matcher(registry), ("ke",))
    assert schemas.published("reverse")(json.loads(reverse_told.as_json(found)))
    assert schemas.published("gaps")(json.loads(gaps_told.as_json(lack)))
    assert "and 2 more: --limit 3" in reverse_told.as_text(found, 1)
    assert "#### What one change would open" in reverse_told.as_markdown(found, 1)
    assert "and 1 more: --limit 2" in gaps_told.as_text(lack, 1)
    assert gaps_told.as_markdown(lack, 1).startswith("### Kenya: of all designs and open requests 0 can be made")
