"""Who can operate machines beside the staff: the laws, against decisions one by one, and that everybody asks."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.matching import operators as counted
from generator.matching import words
from generator.matching.by_process import World
from generator.matching.operators import STAFF_ONLY, Wanted
from generator.matching.turns import _Change
from generator.matching.values import Verdict
from generator.operators import matcher_of, operators_of
from generator.passports import published
from generator.passports.decision import decide
from generator.passports.recognising import Facts, facts_of
from generator.passports.values import Claim, Evidence, Question, Result
from generator.publish import reasons, strings
from generator.publish.edition import Edition, Relations
from generator.registry import Registry
from tests import operators_world as people
from tests.matching_twice import ROOT, registry, wish
from tests.passport_histories import COMPETENCES, SPAN, START, day_of, history, registry_of

Data = dict[str, Any]
KEY: Data = {"public_key": "z6Mk", "valid_from": date(2025, 1, 1)}
ORDER = list(Verdict)
LONG_AGO = "2025-06-01"


def verdicts(world: Data) -> dict[str, tuple[int, int]]:
    """Return the verdict on each hub, and how much is unknown: less is better."""
    known = registry(people.records(world))
    rows = matcher_of(known).answer(wish(known, "thing", world["wish"])).rows
    return {row.hub: (ORDER.index(row.verdict), row.tally.unknown) for row in rows}


def no_worse(after: dict[str, Any], before: dict[str, Any]) -> bool:
    return after.keys() == before.keys() and all(after[hub] <= before[hub] for hub in before)


@settings(max_examples=150)
@given(people.worlds, people.passports, people.rules)
def test_more_passports_and_rules_never_make_it_worse(world: Data, passport: Data, rule: Data) -> None:
    before = verdicts(world)
    assert no_worse(verdicts({**world, "passports": [*world["passports"], passport]}), before)
    accepting = {**rule, "decision": "accept"}
    assert no_worse(verdicts({**world, "rules": [*world["rules"], accepting]}), before)


@settings(max_examples=150)
@given(people.worlds, people.rules, people.hub_numbers)
def test_less_never_makes_it_better(world: Data, rule: Data, number: int) -> None:
    before = verdicts(world)
    withdrawn, expired, stolen = (copy.deepcopy(world) for _ in range(3))
    withdrawn["passports"][number % len(world["passports"])]["status"] = "withdrawn"
    assert no_worse(before, verdicts(withdrawn))
    for one in expired["passports"][number % len(world["passports"])]["credentials"]:
        one["valid_until"] = LONG_AGO
    assert no_worse(before, verdicts(expired))
    for key in (hub := stolen["hubs"][number % len(world["hubs"])])["keys"]:
        hub["keys"] = [{**key, "compromised_since": LONG_AGO}]
    assert no_worse(before, verdicts(stolen))
    assert no_worse(before, verdicts({**world, "rules": [*world["rules"], {**rule, "decision": "refuse"}]}))


@settings(max_examples=150)
@given(people.worlds)
def test_words_agree_with_arrays(world: Data) -> None:
    known = registry(people.records(world))
    matcher, wanted = matcher_of(known), wish(known, "thing", world["wish"])
    for row in matcher.answer(wanted).rows:
        found = matcher.explain(wanted, row.hub)
        assert found.tally == row.tally


def told(draw: random.Random) -> Data:
    """Return a history with published passports; machines that staff neither runs nor lies broken, and sure keys."""
    found = history(draw)
    for hub in found["hubs"].values():
        hub["status"], hub["keys"] = "active", [dict(KEY)]
        if draw.random() < 0.1:
            hub["keys"][0]["compromised_since"] = day_of(draw)
    for machine in found["machines"].values():
        machine.update({"use": "self-service", "status": "working"})
    found["passports"] = {}
    for at in range(draw.randint(1, 3)):
        issued = [_published(draw, one, number) for number, one in enumerate(history(draw)["credentials"])]
        if issued:
            found["passports"][f"p{at}"] = {"consent_on": day_of(draw, -5, 6), "credentials": issued}
    return found


def _published(draw: random.Random, one: Data, number: int) -> Data:
    entry = {key: one[key] for key in ("issuer", "competence", "level", "assessed_on")}
    until = {"valid_until": one["valid_until"].date()} if one["valid_until"] else {}
    return {**entry, **until, "id": str(number), "basis": draw.choice(("assessment",) * 4 + ("recognition",))}


def registry_with_passports(history: Data) -> Registry:
    tables = {**registry_of(history)._tables}
    tables["passport"] = {id: json.dumps(one, default=str).encode() for id, one in history["passports"].items()}
    return Registry(root=Path(), as_of=START, tables=tables)


def one_by_one(facts: Facts, history: Data, machine: str, day: date) -> tuple[int, int]:
    """Return how many makers would be let in, at once and on a condition, if what they published were proved."""
    found: Counter[Result] = Counter()
    for id, passport in history["passports"].items():
        evidences = [_evidence(id, passport["consent_on"], one) for one in passport["credentials"]]
        found[decide(facts, Question(machine, day), evidences).result] += 1
    return found[Result.PERMIT], found[Result.CONDITIONAL]


def _evidence(holder: str, consent_on: date, one: Data) -> Evidence:
    until = one.get("valid_until")
    claim = Claim(
        id=one["id"], issuer=one["issuer"], holder=holder, name="", competence=one["competence"], version=1,
        level=one["level"], assessed_on=one["assessed_on"],
        valid_from=datetime.combine(one["assessed_on"], time(), UTC),
        valid_until=datetime.combine(until, time(23, 59, 59), UTC) if until else None,
        basis=one["basis"], note="", status_list="", status_index=-1,
    )  # fmt: skip
    return Evidence(claim, "", "", max(consent_on, one["assessed_on"]), KEY["public_key"])


@settings(max_examples=300)
@given(st.integers(0, 2**64))
def test_the_counts_are_those_of_decisions_one_by_one(seed: int) -> None:
    draw = random.Random(seed)
    history = told(draw)
    known = registry_with_passports(history)
    operators, facts = operators_of(known), facts_of(known)
    for machine, data in history["machines"].items():
        place = operators.places.get(machine, operators.places.get(machine.rpartition("/")[0], counted.NOWHERE))
        competence, level, day = draw.choice(COMPETENCES), draw.randint(1, 4), day_of(draw, 0, SPAN + 3)
        needs = {one["competence"]: one["level"] for one in data.get("requires", ())}
        needs[competence] = max(level, needs.get(competence, 0))
        door = facts.doors[machine]._replace(needs=tuple(needs.items()))
        expected = one_by_one(replace(facts, doors={machine: door}), history, machine, day)
        assert operators.count(Wanted(place, competence, level, World.REAL), day) == expected


@pytest.mark.parametrize(
    ("path", "is_touched"),
    [
        ("passports/p0.yaml", True), ("recognitions/gh/h1/r0.yaml", True), ("hubs/ke/h0.yaml", True),
        ("competences/welding.yaml", True), ("models/b/m.yaml", False), ("designs/thing.yaml", False),
    ],
)  # fmt: skip
def test_what_passports_hang_on_touches_the_hubs_where_they_count(path: str, is_touched: bool) -> None:
    credential = {"issuer": 0, "competence": "welding", "level": 2, "assessed_on": "2026-01-01", "basis": "assessment"}
    world = {
        "hubs": [{"keys": [people.KEY]}, {}, {}], "machines": [{}], "steps": [], "wish": {},
        "passports": [{"consent_on": "2026-01-01", "credentials": [credential]}],
        "rules": [{"hub": 1, "decision": "accept", "competence": "welding", "issuers": [0], "valid_from": LONG_AGO}],
    }  # fmt: skip
    known = registry(people.records(world))
    operators = operators_of(known)
    touched = _Change(known, known, (path,), (operators, operators)).touched
    assert touched == ({"ke/h0", "gh/h1"} if is_touched else set())


def test_without_passports_nothing_is_worked_out() -> None:
    world = {"hubs": [{}], "machines": [{}], "steps": [], "passports": [], "rules": [], "wish": {}}
    assert operators_of(registry(people.records(world))) is STAFF_ONLY


def test_both_call_the_place_where_nobody_is_the_same() -> None:
    assert counted.NOWHERE == published.NOWHERE


def test_whoever_matches_asks_for_passports() -> None:
    """A matcher is made in one place, which knows them; the questions that make their own are given the operators."""
    top = Path(generator.__file__).parent
    for path in sorted(top.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if path.parent.name != "matching" and path != top / "operators.py":
            assert re.search(r"\bMatcher\(", code) is None, path
            for call in ("asked.reverse(", "turns.turns(", "turns.without_plan("):
                assert all("operators" in rest.partition("\n")[0] for rest in code.split(call)[1:]), path


@pytest.mark.parametrize(
    ("decision", "reason", "said"),
    [
        ("accept", "published", "people with a published passport that counts here for welding 2: 2; not proved"),
        ("accept-after-induction", "after-induction", "people with a published passport that counts here for welding 2 "
         "after an induction or on another condition: 2; ask"),
    ],
)  # fmt: skip
def test_the_reason_says_how_many_and_that_nothing_is_proved(decision: str, reason: str, said: str) -> None:
    credential = {"issuer": 0, "competence": "welding", "level": 2, "assessed_on": "2026-01-01", "basis": "assessment"}
    passport = {"consent_on": "2026-01-01", "credentials": [credential, credential]}
    step = [{"competence": "welding", "level": 2}]
    world = {
        "hubs": [{"keys": [people.KEY]}, {}], "machines": [{}, {}], "steps": [step], "wish": {},
        "passports": [passport, passport],
        "rules": [{"hub": 1, "decision": decision, "competence": "welding", "issuers": [0], "valid_from": LONG_AGO}],
    }  # fmt: skip
    known = registry(people.records(world))
    found = matcher_of(known).explain(wish(known, "thing", {}), "gh/h1")
    (check,) = [one for one in found.deciding if one.rule == "competence"]
    assert (check.reason, check.field, check.record, check.found) == (reason, "passports", "gh/h1", "2")
    assert words.told(check) == said
    assert known.settings is not None
    for language in ("en", "fr", "pt", "sw", "ar"):
        edition = Edition(known, known.settings, strings.read(ROOT / "site/strings", language), Relations(known))
        assert "2" in reasons.reason(edition, check) or "٢" in reasons.reason(edition, check)
        assert "welding" in reasons.reason(edition, check)
