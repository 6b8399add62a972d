"""Who can make what, by process alone: tables, and what must hold for every registry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.matching.by_process import Answer, answers, report
from generator.registry import Registry

Records = Mapping[str, Any]

# cutting ─ laser-cutting ─ co2-laser-cutting; cutting ─ sawing; printing stands apart; plasma may stand in for laser.
PROCESSES = {
    "cutting": {},
    "laser-cutting": {"broader": ["cutting"], "substitutes": [{"process": "plasma-cutting", "when": "steel"}]},
    "co2-laser-cutting": {"broader": ["laser-cutting"]},
    "plasma-cutting": {"broader": ["cutting"]},
    "sawing": {"broader": ["cutting"]},
    "printing": {},
}
MODELS = {"base/laser": {"name": "Laser", "brand": "Base", "processes": ["co2-laser-cutting"]}}
HUB = {"name": "Hub", "kind": "makerspace", "location": {"locality": "Kumasi"}}


def make(designs: Records, hubs: Records, machines: Records) -> Registry:
    named = {
        "process": {id: {"labels": {"en": id}, **rest} for id, rest in PROCESSES.items()},
        "model": MODELS,
        "design": {id: {"name": id, "licence": {"hardware": "MIT"}, **rest} for id, rest in designs.items()},
        "hub": {id: {**HUB, **rest} for id, rest in hubs.items()},
        "machine": machines,
    }
    tables = {kind: {id: json.dumps(data).encode() for id, data in table.items()} for kind, table in named.items()}
    return Registry(root=Path(), as_of=date(2026, 6, 30), tables=tables)


def needs(*processes: str, **rest: Any) -> dict[str, Any]:
    return {"operations": [{"id": f"step-{at}", "process": process} for at, process in enumerate(processes)], **rest}


def contains(*designs: str) -> dict[str, Any]:
    return {"parts": [{"id": id, "source": "design", "design": id} for id in designs]}


def ask(design: Records, hub: Records, *machines: Records, **others: Records) -> Answer:
    stand = {f"gh/hub/{at}": machine for at, machine in enumerate(machines)}
    found = answers(make({"a": design, **others}, {"gh/hub": hub}, stand))
    return found[0]


CAN = {
    "a machine offers it": (needs("sawing"), {}, {"processes": ["sawing"]}),
    "a claimed process": (needs("sawing"), {"processes": ["sawing"]}),
    "something narrower": (needs("laser-cutting"), {}, {"processes": ["co2-laser-cutting"]}),
    "something narrower by two": (needs("cutting"), {"processes": ["co2-laser-cutting"]}),
    "a model offers it": (needs("laser-cutting"), {}, {"model": "base/laser"}),
    "a limited machine": (needs("sawing"), {}, {"processes": ["sawing"], "status": "limited"}),
    "different machines": (needs("sawing", "printing"), {}, {"processes": ["sawing"]}, {"processes": ["printing"]}),
    "invented for invented": (needs("sawing", demonstration=True), {"demonstration": True, "processes": ["sawing"]}),
    "real for invented": (needs("sawing", demonstration=True), {"processes": ["sawing"]}),
}
CANNOT = {
    "nobody": (needs("sawing"), {}),
    "something broader": (needs("laser-cutting"), {"processes": ["cutting"]}),
    "something beside": (needs("laser-cutting"), {"processes": ["plasma-cutting", "sawing"]}),
    "what the machine says wins": (needs("laser-cutting"), {}, {"model": "base/laser", "processes": ["sawing"]}),
    "a broken machine": (needs("sawing"), {}, {"processes": ["sawing"], "status": "broken"}),
    "a paused hub": (needs("sawing"), {"status": "paused", "processes": ["sawing"]}),
    "a machine at a paused hub": (needs("sawing"), {"status": "paused"}, {"processes": ["sawing"]}),
    "a machine at a closed hub": (needs("sawing"), {"status": "closed"}, {"processes": ["sawing"]}),
    "an invented hub": (needs("sawing"), {"demonstration": True, "processes": ["sawing"]}),
    "a machine at an invented hub": (needs("sawing"), {"demonstration": True}, {"processes": ["sawing"]}),
    "an invented machine": (needs("sawing"), {}, {"processes": ["sawing"], "demonstration": True}),
    "one of two": (needs("sawing", "printing"), {"processes": ["sawing"]}),
    "a process unknown to all": (needs("casting"), {"processes": ["sawing"]}),
}


@pytest.mark.parametrize("case", CAN)
def test_somebody_can(case: str) -> None:
    answer = ask(*CAN[case])
    assert answer.gaps == ()
    assert answer.is_matched


@pytest.mark.parametrize("case", CANNOT)
def test_nobody_can(case: str) -> None:
    answer = ask(*CANNOT[case])
    assert len(answer.gaps) == 1
    assert answer.is_matchable
    assert not answer.is_matched


def test_the_gap_names_operation_and_process() -> None:
    gap = ask(needs("sawing", "printing"), {"processes": ["sawing"]}).gaps[0]
    assert (gap.design, gap.operation, gap.process) == ("a", "step-1", "printing")


@pytest.mark.parametrize(
    ("hub", "near"),
    [
        ({"processes": ["plasma-cutting"]}, [("substitute", "plasma-cutting", "steel")]),
        ({"processes": ["cutting"]}, [("broader", "cutting", "")]),
        ({"processes": ["sawing"]}, []),
        ({"status": "paused", "processes": ["co2-laser-cutting"]}, [("out of use", "laser-cutting", "")]),
        ({"status": "paused", "processes": ["cutting"]}, []),
        ({"status": "closed", "processes": ["laser-cutting"]}, []),
        ({"demonstration": True, "processes": ["plasma-cutting"]}, []),
    ],
)
def test_what_is_near(hub: Records, near: list[tuple[str, str, str]]) -> None:
    found = ask(needs("laser-cutting"), hub).gaps[0].near
    assert [(one.how, one.process, one.when) for one in found] == near
    assert all(one.hubs == ("gh/hub",) for one in found)


def test_a_design_without_operations_is_not_matchable() -> None:
    answer = ask({}, {"processes": ["sawing"]})
    assert (answer.is_matchable, answer.is_matched, answer.silent) == (False, False, ("a",))


def test_a_contained_design_counts() -> None:
    answer = ask(contains("b"), {}, b=needs("sawing"))
    assert [(gap.design, gap.process) for gap in answer.gaps] == [("b", "sawing")]


def test_a_contained_design_may_be_silent_or_missing() -> None:
    assert ask(contains("b", "c"), {}, b={}).silent == ("b", "c")


def test_designs_that_contain_each_other_come_to_an_end() -> None:
    answer = ask({**contains("b", "a"), **needs("sawing")}, {}, b=contains("a"))
    assert (answer.operations, answer.silent) == (1, ())


def test_the_report_says_it_in_words() -> None:
    designs = {"a": needs("sawing"), "b": needs("laser-cutting"), "c": contains("d"), "d": {}, "e": contains("b")}
    hubs = {
        "gh/one": {"processes": ["sawing", "cutting"]},
        "gh/two": {"processes": ["cutting", "plasma-cutting"]},
        "gh/three": {"status": "paused", "processes": ["laser-cutting"]},
    }
    near = [
        "  `plasma-cutting` can stand in when steel: 1 hub",
        "  2 hubs offer `cutting`, which is broader: ask",
        "  1 hub had it: paused, planned or broken",
    ]
    assert list(report(make(designs, hubs, {}))) == [
        "1 of 5 designs can be made, judged by process alone",
        "b: no hub offers `laser-cutting` for operation `step-0`",
        *near,
        "c: not matchable: `d`, which it contains, states no operations",
        "d: not matchable: states no operations",
        "e: no hub offers `laser-cutting` for operation `step-0` of `b`",
        *near,
    ]


ids = st.sampled_from(sorted(PROCESSES))
machine = st.fixed_dictionaries(
    {"processes": st.lists(ids, min_size=1, max_size=3)},
    optional={"status": st.sampled_from(["working", "limited", "broken"]), "demonstration": st.booleans()},
)
hub = st.fixed_dictionaries(
    {"status": st.sampled_from(["active", "paused", "planned", "closed"])},
    optional={"processes": st.lists(ids, max_size=2), "demonstration": st.booleans()},
)
design = st.lists(ids, min_size=1, max_size=4).map(lambda processes: needs(*processes))
worlds = st.tuples(
    st.lists(design, min_size=1, max_size=3), st.lists(hub, min_size=1, max_size=3), st.lists(machine, max_size=5)
)


def build(designs: list[Records], hubs: list[Records], machines: list[Records]) -> Registry:
    return make(
        {f"design-{at}": one for at, one in enumerate(designs)},
        {f"gh/hub-{at}": one for at, one in enumerate(hubs)},
        {f"gh/hub-{at % len(hubs)}/machine-{at}": one for at, one in enumerate(machines)},
    )


def open_gaps(found: tuple[Answer, ...]) -> set[tuple[str, str]]:
    return {(answer.design, gap.operation) for answer in found for gap in answer.gaps}


@given(worlds, machine)
def test_adding_a_machine_never_removes_a_match(
    world: tuple[list[Records], list[Records], list[Records]], added: Records
) -> None:
    designs, hubs, machines = world
    assert open_gaps(answers(build(designs, hubs, [*machines, added]))) <= open_gaps(answers(build(*world)))


@given(worlds, st.data())
def test_asking_for_something_narrower_never_adds_a_match(
    world: tuple[list[Records], list[Records], list[Records]], data: st.DataObject
) -> None:
    designs, hubs, machines = world
    narrower = {"cutting": ["laser-cutting", "sawing"], "laser-cutting": ["co2-laser-cutting"]}
    processes = [step["process"] for step in designs[0]["operations"]]
    tightened = [data.draw(st.sampled_from([process, *narrower.get(process, [])])) for process in processes]
    before = open_gaps(answers(build(designs, hubs, machines)))
    assert before <= open_gaps(answers(build([needs(*tightened), *designs[1:]], hubs, machines)))


@given(worlds, st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(
    world: tuple[list[Records], list[Records], list[Records]], random: Any
) -> None:
    designs, hubs, machines = world
    registry = build(designs, hubs, machines)
    rows = [row for row in registry.raw() if row[0] != "design"]
    rows += [(kind, f"{id}-again", data) for kind, id, data in rows if kind == "machine"]
    random.shuffle(rows)
    rows += [row for row in registry.raw() if row[0] == "design"]
    tables: dict[str, dict[str, bytes]] = {}
    for kind, id, content in rows:
        tables.setdefault(kind, {})[id] = content
    shuffled = Registry(root=Path(), as_of=registry.as_of, tables=tables)
    assert answers(shuffled) == answers(registry)


@given(worlds)
def test_the_explanation_agrees_with_the_verdict(world: tuple[list[Records], list[Records], list[Records]]) -> None:
    registry = build(*world)
    for answer in answers(registry):
        told = [line for line in report(registry) if line.startswith(f"{answer.design}:")]
        assert answer.is_matched == (told == [])
        assert len(told) == len(answer.gaps) + len(answer.silent)
