"""The laws of decisions, in random histories: what adds, what takes away, and that nothing is handed on."""

from __future__ import annotations

import copy
import random
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.passports.codes import ORDER
from generator.passports.decision import decide
from generator.passports.opening import groups_of, where
from generator.passports.recognising import Facts, facts_for, facts_of
from generator.passports.values import Evidence, Question, Reason, Result
from tests.passport_histories import day_of, evidences_of, history, registry_of
from tests.passport_reference import mapped
from tests.test_passport_decisions import LONG_AGO, credential, decided, rule, small

Data = dict[str, Any]
SEEDS = st.integers(0, 2**64)
DENY = Result.DENY


def world(seed: int) -> tuple[random.Random, Data, date]:
    """Return a history in which all credentials are of one holder, and a day."""
    draw = random.Random(seed)
    told_history = history(draw)
    for one in told_history["credentials"]:
        one["holder"] = "me"
    return draw, told_history, day_of(draw)


def results(told_history: Data, day: date) -> dict[str, int]:
    """Return how far each machine is from a permission: 0 is one."""
    facts, evidences = facts_of(registry_of(told_history)), evidences_of(told_history, day)
    return {one: ORDER[decide(facts, Question(one, day), evidences).result] for one in told_history["machines"]}


def no_worse(after: dict[str, int], before: dict[str, int]) -> bool:
    return all(after[machine] <= before[machine] for machine in before)


@given(SEEDS, SEEDS)
def test_more_never_takes_a_permission_away(seed: int, other: int) -> None:
    _, told_history, day = world(seed)
    _, more, _ = world(other)
    before = results(told_history, day)
    found = [{**one, "id": f"{one['id']} more"} for one in more["credentials"]]
    assert no_worse(results({**told_history, "credentials": [*told_history["credentials"], *found]}, day), before)
    rules = {f"{id}-more": one for id, one in more["rules"].items() if one["decision"] != "refuse"}
    assert no_worse(results({**told_history, "rules": {**told_history["rules"], **rules}}, day), before)


@given(SEEDS)
def test_less_never_adds_a_permission(seed: int) -> None:
    draw, told_history, day = world(seed)
    before = results(told_history, day)
    revoked, refused, stolen = (copy.deepcopy(told_history) for _ in range(3))
    for one in revoked["credentials"][: draw.randint(1, 3)]:
        one["revoked_on"] = LONG_AGO
    assert no_worse(before, results(revoked, day))
    hub = draw.choice(list(told_history["hubs"]))
    for competence in told_history["competences"]:
        refusal = rule(decision="refuse", issuers=[hub], competence=competence)
        refused["rules"].update({f"{at}/refusal-{competence}": refusal for at in told_history["hubs"]})
    assert no_worse(before, results(refused, day))
    for one in stolen["hubs"][hub]["keys"]:
        one["compromised_since"] = LONG_AGO
    assert no_worse(before, results(stolen, day))


@given(SEEDS)
def test_order_does_not_matter(seed: int) -> None:
    draw, told_history, day = world(seed)
    other = copy.deepcopy(told_history)
    draw.shuffle(other["credentials"])
    for one in [*other["rules"].values(), *other["hubs"].values()]:
        for names in ("issuers", "networks", "levels", "excludes", "keys"):
            draw.shuffle(one.get(names, []))
    for machine in told_history["machines"]:
        assert decided(other, day, machine) == decided(told_history, day, machine)


@given(SEEDS)
def test_what_is_only_recognised_opens_nothing_elsewhere(seed: int) -> None:
    _, told_history, day = world(seed)
    for one in told_history["credentials"]:
        one["basis"] = "recognition"
    for machine in told_history["machines"]:
        for reason in decided(told_history, day, machine).reasons:
            assert reason.result is DENY or reason.code == "nothing-stated" or machine.startswith(f"{reason.issuer}/")


@given(SEEDS)
def test_one_hop_at_most(seed: int) -> None:
    """A permission rests on a rule of this very hub that names the issuer or its network, or on the hub itself."""
    _, told_history, day = world(seed)
    for machine in told_history["machines"]:
        for reason in decided(told_history, day, machine).reasons:
            if reason.result is DENY or reason.code in ("own", "nothing-stated"):
                continue
            id = reason.record.removeprefix("recognitions/")
            used, issuer = told_history["rules"][id], told_history["hubs"][reason.issuer]
            assert machine.startswith(f"{id.rpartition('/')[0]}/")
            assert used["decision"] != "refuse"
            assert reason.issuer in used["issuers"] or set(used["networks"]) & set(issuer["networks"])


@given(SEEDS)
def test_until_is_the_last_day(seed: int) -> None:
    _, told_history, day = world(seed)
    facts, evidences = facts_of(registry_of(told_history)), evidences_of(told_history, day)
    for machine in told_history["machines"]:
        for reason in decide(facts, Question(machine, day), evidences).reasons:
            if reason.result is DENY or reason.until is None:
                continue
            only = [one for one in evidences if one.claim.id == reason.credential]
            assert reason in alone(facts, machine, reason.until, only)
            assert reason not in alone(facts, machine, reason.until + timedelta(days=1), only)


def alone(facts: Facts, machine: str, day: date, evidences: list[Evidence]) -> tuple[Reason, ...]:
    return decide(facts, Question(machine, day), evidences).reasons


@given(SEEDS)
@settings(max_examples=60)
def test_few_records_decide_as_all_do(seed: int) -> None:
    _, told_history, day = world(seed)
    registry, evidences = registry_of(told_history), evidences_of(told_history, day)
    issuers = {one["issuer"] for one in told_history["credentials"]}
    for machine in told_history["machines"]:
        question = Question(machine, day)
        few = facts_for(registry, machine, issuers)
        assert decide(few, question, evidences) == decide(facts_of(registry), question, evidences)


@given(SEEDS)
def test_where_says_what_decisions_say(seed: int) -> None:
    _, told_history, day = world(seed)
    facts, evidences = facts_of(registry_of(told_history)), evidences_of(told_history, day)
    found = {id: one for one in where(facts, groups_of(facts), day, evidences) for id in one.machines}
    for machine, record in told_history["machines"].items():
        decision = decide(facts, Question(machine, day), evidences)
        if not record.get("requires"):
            assert machine not in found
        elif machine in found:
            assert found[machine].result is decision.result
            assert len(found[machine].missing) == (decision.result is DENY)
            assert set(found[machine].reasons) <= set(decision.reasons)
        else:
            assert decision.result is DENY


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=4), st.integers(1, 9))
def test_a_higher_level_never_counts_as_less(pairs: list[tuple[int, int]], level: int) -> None:
    levels = [{"theirs": theirs, "ours": ours} for theirs, ours in pairs]
    used = rule(levels=levels) if levels else rule()
    found = [decided(small(credential(level=one), rules={"a/r": used})).reasons[0] for one in (level, level + 1)]
    assert ORDER[found[1].result] <= ORDER[found[0].result]
    if found[0].code != "rule-unclear":
        assert [reason.held for reason in found] == [mapped(used, level), mapped(used, level + 1)]
