"""What a passport opens, found quickly: the same as asking machine by machine, from the same facts as records have."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import schemas
from generator.passports.codes import ORDER, RANK
from generator.passports.decision import blocks_of, decide
from generator.passports.opening import Opening, Point, groups_of, where
from generator.passports.recognising import Door, Facts, Rule, Standing, facts_about, facts_of
from generator.passports.values import Evidence, Question, Reason, Result
from generator.records import Hub, Machine, Recognition
from generator.registry import Registry, load
from generator.units import distance_km
from tests.passport_histories import HUBS, NETWORKS, day_of, evidences_of, history, registry_of

Data = dict[str, Any]
TOP = Path(__file__).parents[1]
SEEDS = st.integers(0, 2**64)
NEAR = (1.0, 2.0)


def one_by_one(facts: Facts, day: date, evidences: Sequence[Evidence], near: Point | None) -> list[Opening]:
    """Return what a passport opens, asking for a decision about every machine."""
    held = {one.claim.competence for one in evidences}
    apart = {id for rules in facts.rules.values() for rule in rules.accepting for id in rule.excludes}
    found: dict[Any, list[str]] = {}
    for id, door in facts.doors.items():
        if held.isdisjoint(at for at, _ in door.needs) or blocks_of(facts, door):
            continue
        reasons = tuple(best(decide(facts, Question(id, day), evidences).reasons, *need) for need in door.needs)
        result = max((one.result for one in reasons), key=ORDER.__getitem__)
        if sum(one.result is Result.DENY for one in reasons) < 2:
            found.setdefault((door.hub, door.needs, id in apart and id, result, reasons), []).append(id)
    openings = (
        Opening(hub, tuple(machines), result, reasons, away(facts.hubs[hub].point, near))
        for (hub, _, _, result, reasons), machines in found.items()
    )
    return sorted(openings, key=place)


def best(reasons: Sequence[Reason], competence: str, level: int) -> Reason:
    return next(one for one in reasons if (one.competence, one.asked) == (competence, level))


def away(point: Point | None, near: Point | None) -> float | None:
    return None if point is None or near is None else distance_km(*near, *point)


def place(one: Opening) -> Any:
    distance = math.inf if one.distance is None else one.distance
    return ORDER[one.result], distance, max(RANK[why.code] for why in one.reasons), one.hub, one.machines


def crowd(draw: random.Random) -> Data:
    """Return a history with more machines, some of them alike, and with hubs that have a place."""
    told = history(draw)
    for hub in told["hubs"].values():
        if draw.random() < 0.7:
            point = {"latitude": draw.choice((1.0, 5.0)), "longitude": draw.choice((2.0, 3.0))}
            hub["location"] = {"locality": "Town", **point}
    for number in range(12):
        told["machines"][f"{draw.choice(HUBS)}/more-{number}"] = dict(draw.choice(list(told["machines"].values())))
    for number in range(draw.choice((0, 0, 8))):
        refusal = {
            "decision": "refuse",
            "competence": "lathe",
            "valid_from": date(2025, 1, 1),
            "networks": NETWORKS[:1],
        }
        told["rules"][f"{draw.choice(HUBS)}/more-{number}"] = refusal
    for one in told["credentials"]:
        one["holder"] = "me" if draw.random() < 0.95 else "you"
    return told


@given(SEEDS)
@settings(max_examples=300)
def test_where_finds_what_asking_one_by_one_does(seed: int) -> None:
    draw = random.Random(seed)
    told, day = crowd(draw), day_of(draw)
    registry, evidences, near = registry_of(told), evidences_of(told, day), draw.choice((None, NEAR))
    if draw.random() < 0.2:
        registry.broken = frozenset({("recognition", f"{draw.choice(HUBS)}/broken")})
    every = facts_of(registry)
    openings = one_by_one(every, day, evidences, near)
    assert list(where(every, groups_of(every), day, evidences, near)) == openings
    issuers: dict[str, set[str]] = {}
    for one in told["credentials"]:
        issuers.setdefault(one["competence"], set()).add(one["issuer"])
    few = facts_about(registry, issuers)
    assert list(where(few, groups_of(few), day, evidences, near)) == one_by_one(few, day, evidences, near)
    assert opened(where(few, groups_of(few), day, evidences, near)) == opened(openings)


def opened(openings: Sequence[Opening]) -> dict[str, Any]:
    """Return what is said of each machine."""
    return {id: (one.result, one.reasons, one.distance) for one in openings for id in one.machines}


def from_records(registry: Registry) -> tuple[Any, ...]:
    """Return the facts of a registry's hubs, rules and machines, as their records have them."""
    hubs = {
        one.id: Standing(one.is_open, frozenset(one.networks), one.keys, one.location.point)
        for one in registry.all(Hub)
    }
    doors = {
        one.id: Door(
            one.id, one.hub, tuple((asked.competence, asked.level) for asked in one.requires), one.status, one.use
        )
        for one in registry.all(Machine)
    }
    return hubs, {one.id: rule_of(one) for one in registry.all(Recognition)}, doors


def rule_of(one: Recognition) -> Rule:
    levels = sorted((pair.theirs, pair.ours) for pair in one.levels)
    is_clear = all(a[0] != b[0] and a[1] <= b[1] for a, b in pairwise(levels))
    asks_first = one.decision == "accept-after-induction" or one.condition is not None
    return Rule(
        one.id, frozenset(one.issuers), frozenset(one.networks), tuple(levels), one.max_age_days,
        frozenset(one.excludes), one.valid_from, one.valid_until, asks_first, is_clear,
    )  # fmt: skip


def read(facts: Facts) -> tuple[Any, ...]:
    """Return the same as `from_records` of facts."""
    rules = [rule for both in facts.rules.values() for rule in (*both.accepting, *both.refusing)]
    return facts.hubs, {one.id: one for one in rules}, facts.doors


@given(SEEDS)
@settings(max_examples=60)
def test_facts_are_what_records_say(seed: int) -> None:
    registry = registry_of(crowd(random.Random(seed)))
    assert read(facts_of(registry)) == from_records(registry)


def test_facts_are_what_the_records_of_a_folder_say() -> None:
    registry = load(TOP / "registry", as_of=date(2026, 11, 22))
    assert read(facts_of(registry)) == from_records(registry)


FREE = {"use": "operated", "status": "broken", "requires": "nobody"}


@pytest.mark.parametrize("order", [("features", "requires", "use"), ("use", "requires", "features")])
def test_what_a_feature_is_called_is_no_fact(order: Sequence[str]) -> None:
    machine: Data = {"features": FREE, "requires": [{"competence": "laser", "level": 2.0}], "use": "both"}
    source = json.dumps({key: machine[key] for key in order}).encode()
    registry = Registry(root=Path(), as_of=date(2026, 1, 1), tables={"machine": {"gh/a/m": source}})
    assert facts_of(registry).doors["gh/a/m"] == Door("gh/a/m", "gh/a", (("laser", 2),), "working", "both")


def names(schema: Data, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the depth and name of each property below a schema."""
    for name, about in schema.get("properties", {}).items():
        yield depth, name
        yield from names(about, depth + 1)
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            yield from names(schema[part], depth + 1)
    for part in ("oneOf", "anyOf"):
        for about in schema.get(part, ()):
            yield from names(about, depth)
    if "$ref" in schema:
        common = json.loads((schemas.folder() / "common.json").read_text())
        yield from names(common["$defs"][schema["$ref"].rpartition("/")[2]], depth)


@pytest.mark.parametrize(
    ("kind", "keys"), [("machine", {"requires", "status", "use"}), ("recognition", {"competence"})]
)
def test_no_part_of_a_record_has_a_name_that_is_looked_for(kind: str, keys: set[str]) -> None:
    """`recognising` finds these in a record's JSON without reading all of it."""
    found = list(names(json.loads((schemas.folder() / f"{kind}.json").read_text())))
    assert keys <= {name for depth, name in found if depth == 0}
    assert keys.isdisjoint(name for depth, name in found if depth > 0)
