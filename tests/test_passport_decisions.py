"""Decisions about machines: each reason by an example, the laws of the design, and a slow reference that agrees."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from generator.passports.codes import CODES, told
from generator.passports.decision import UnknownMachineError, decide
from generator.passports.opening import Opening, groups_of, where
from generator.passports.recognising import facts_for, facts_of
from generator.passports.values import Decision, Question, Result
from generator.registry import Registry
from tests.passport_histories import compared, day_of, evidences_of, history, registry_of

Data = dict[str, Any]
DAY = date(2026, 6, 30)
LONG_AGO = date(2020, 1, 1)
SEEDS = st.integers(0, 2**64)
PERMIT, CONDITIONAL, DENY = Result.PERMIT, Result.CONDITIONAL, Result.DENY


def key(name: str, **rest: Any) -> Data:
    return {"public_key": name, "valid_from": date(2025, 1, 1), **rest}


def credential(issuer: str = "gh/b", **rest: Any) -> Data:
    """Return a credential in order for the laser at level 2, assessed 100 days before."""
    on = DAY - timedelta(days=100)
    begins = datetime.fromisoformat(f"{on}T09:00:00Z")
    return {
        "id": f"urn:uuid:{issuer}", "issuer": issuer, "holder": "me", "competence": "laser", "level": 2,
        "signed_on": on, "assessed_on": on, "valid_from": begins, "valid_until": None, "basis": "assessment",
        "public_key": f"z{issuer[-1]}", "is_tampered": False, "list": "fresh", "revoked_on": None, **rest,
    }  # fmt: skip


def rule(**rest: Any) -> Data:
    named = {} if "networks" in rest else {"issuers": ["gh/b"]}
    return {"decision": "accept", "competence": "laser", "valid_from": LONG_AGO, **named, **rest}


def small(*credentials: Data, rules: Data | None = None, machine: Data | None = None, **hubs: Data) -> Data:
    """Return a history of hubs gh/a (with the machine), gh/b and gh/c; gh/b is a member of the network north."""
    told: Data = {
        "hubs": {f"gh/{one}": {"networks": ["north"] if one == "b" else [], "keys": [key(f"z{one}")]} for one in "abc"},
        "machines": {"gh/a/cutter": {"requires": [{"competence": "laser", "level": 2}], **(machine or {})}},
        "rules": {f"gh/{id}": one for id, one in (rules or {}).items()},
        "competences": ["laser", "lathe"], "credentials": list(credentials),
    }  # fmt: skip
    for one, more in hubs.items():
        told["hubs"][f"gh/{one}"].update(more)
    return told


def decided(told: Data, day: date = DAY, machine: str = "gh/a/cutter") -> Decision:
    return decide(facts_of(registry_of(told)), Question(machine, day), evidences_of(told, day))


ACCEPTED = {"a/r": rule()}
EXAMPLES: dict[str, tuple[Data, str]] = {
    "own": (small(credential("gh/a")), "permit"),
    "own, though itself a recognition": (small(credential("gh/a", basis="recognition")), "permit"),
    "recognised": (small(credential(), rules=ACCEPTED), "permit"),
    "recognised as a member": (small(credential(), rules={"a/r": rule(networks=["north"])}), "permit"),
    "recognised-after-induction": (
        small(credential(), rules={"a/r": rule(decision="accept-after-induction")}), "conditional",
    ),
    "recognised-after-induction, by a condition": (
        small(credential(), rules={"a/r": rule(condition={"en": "a tour"})}), "conditional",
    ),
    "nothing-stated": (small(machine={"requires": []}), "conditional"),
    "hub-not-open": (small(credential("gh/a"), a={"status": "paused"}), "deny"),
    "machine-not-working": (small(credential("gh/a"), machine={"status": "broken"}), "deny"),
    "operated-by-staff": (small(credential("gh/a"), machine={"use": "operated"}), "deny"),
    "no-credential": (small(), "deny"),
    "no-credential for this": (small(credential("gh/a", competence="lathe")), "deny"),
    "competence-unknown": (
        small(credential("gh/a"), machine={"requires": [{"competence": "loom", "level": 1}]}), "deny",
    ),
    "level-too-low": (small(credential("gh/a", level=1)), "deny"),
    "level-too-low, mapped": (
        small(credential(level=4), rules={"a/r": rule(levels=[{"theirs": 3, "ours": 1}])}), "deny",
    ),
    "not-recognised": (small(credential()), "deny"),
    "not-recognised, but the other": (small(credential("gh/c"), rules=ACCEPTED), "deny"),
    "refused": (small(credential(), rules={**ACCEPTED, "a/x": rule(decision="refuse", networks=["north"])}), "deny"),
    "refused, though active no more": (
        small(
            credential(), rules={**ACCEPTED, "a/x": rule(decision="refuse", networks=["north"])}, b={"status": "closed"}
        ),
        "deny",
    ),
    "basis-recognition": (small(credential(basis="recognition"), rules=ACCEPTED), "deny"),
    "rule-not-in-force": (small(credential(), rules={"a/r": rule(valid_until=DAY - timedelta(days=1))}), "deny"),
    "rule-unclear": (
        small(credential(), rules={"a/r": rule(levels=[{"theirs": 1, "ours": 3}, {"theirs": 2, "ours": 2}])}), "deny",
    ),
    "issuer-not-active": (
        small(credential(), rules={"a/r": rule(networks=["north"])}, b={"status": "closed"}), "deny",
    ),
    "recognised, named and closed since": (small(credential(), rules=ACCEPTED, b={"status": "closed"}), "permit"),
    "machine-excluded": (small(credential(), rules={"a/r": rule(excludes=["gh/a/cutter"])}), "deny"),
    "recognised, just young enough": (small(credential(), rules={"a/r": rule(max_age_days=100)}), "permit"),
    "assessment-too-old": (small(credential(), rules={"a/r": rule(max_age_days=99)}), "deny"),
    "expired": (small(credential("gh/a", valid_until=datetime.fromisoformat("2026-06-30T12:00:00Z"))), "deny"),
    "own, to the end of the day": (
        small(credential("gh/a", valid_until=datetime.fromisoformat("2026-06-30T23:59:59Z"))), "permit",
    ),
    "not-yet-valid": (small(credential("gh/a", valid_from=datetime.fromisoformat("2026-07-01T00:00:00Z"))), "deny"),
    "not-yet-valid, assessed tomorrow": (small(credential("gh/a", assessed_on=DAY + timedelta(days=1))), "deny"),
    "signed-later": (small(credential("gh/a", signed_on=DAY + timedelta(days=1))), "deny"),
    "status-stale": (small(credential("gh/a", list="status-stale")), "deny"),
    "status-missing": (small(credential("gh/a", list="status-missing")), "deny"),
    "status-revoked": (small(credential("gh/a", revoked_on=DAY)), "deny"),
    "own, revoked later": (small(credential("gh/a", revoked_on=DAY + timedelta(days=1))), "permit"),
    "key-not-in-force": (small(credential("gh/a"), a={"keys": [key("za", valid_until=LONG_AGO)]}), "deny"),
    "own, the key revoked since": (small(credential("gh/a"), a={"keys": [key("za", revoked_on=DAY)]}), "permit"),
    "key-compromised": (small(credential("gh/a"), a={"keys": [key("za", compromised_since=DAY)]}), "deny"),
    "own, the key stolen later": (
        small(credential("gh/a"), a={"keys": [key("za", compromised_since=DAY + timedelta(days=1))]}), "permit",
    ),
    "key-unknown": (small(credential("gh/a", public_key="zb")), "deny"),
    "issuer-unknown": (small(credential("gh/z"), rules={"a/r": rule(issuers=["gh/z"])}), "deny"),
    "basis-unknown": (small(credential("gh/a", basis="hearsay")), "deny"),
    "holder-missing": (small(credential("gh/a", holder="")), "deny"),
    "holder-differs": (small(credential("gh/a"), credential("gh/b", holder="you")), "deny"),
    "holder-differs, by the name": (small(credential("gh/a", name="Ama"), credential("gh/b", name="Kofi")), "deny"),
    "own, another without a name": (small(credential("gh/a", name="Ama"), credential("gh/b")), "permit"),
    "signature-invalid": (small(credential("gh/a", is_tampered=True, level=3)), "deny"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_reason(name: str) -> None:
    history, wanted = EXAMPLES[name]
    found = decided(history)
    assert found.result.value == wanted
    assert found.reasons[0].code == name.partition(" ")[0].rstrip(",")
    assert "{" not in told(found.reasons[0])


def test_every_result_is_the_one_of_its_code() -> None:
    for told_history, _ in EXAMPLES.values():
        for reason in decided(told_history).reasons:
            assert reason.result is CODES[reason.code].result


def test_all_requirements_must_hold() -> None:
    asked = {"requires": [{"competence": "laser", "level": 2}, {"competence": "lathe", "level": 1}]}
    laser, lathe = credential("gh/a"), credential("gh/b", competence="lathe")
    assert decided(small(laser, machine=asked)).result is DENY
    after = {"a/r": rule(competence="lathe", decision="accept-after-induction")}
    found = decided(small(laser, lathe, machine=asked, rules=after))
    assert [reason.code for reason in found.reasons] == ["own", "recognised-after-induction"]
    assert found.result is CONDITIONAL


def test_a_recognition_is_not_handed_on() -> None:
    """gh/a recognises gh/b, and gh/b recognises gh/c: gh/c opens gh/b alone, also when gh/b writes it down anew."""
    rules = {"a/r": rule(issuers=["gh/b"]), "b/r": rule(issuers=["gh/c"])}
    told_history = small(credential("gh/c"), credential("gh/b", basis="recognition"), rules=rules)
    told_history["machines"]["gh/b/cutter"] = {"requires": [{"competence": "laser", "level": 2}]}
    assert decided(told_history, machine="gh/b/cutter").result is PERMIT
    assert {reason.code for reason in decided(told_history).reasons} == {"not-recognised", "basis-recognition"}


def test_the_last_day_is_the_earliest_of_all_that_end() -> None:
    ends = {
        "valid_until": DAY + timedelta(days=9), "max_age_days": 108,
    }  # fmt: skip
    keys = [key("zb", compromised_since=DAY + timedelta(days=8))]
    assert decided(small(credential(), rules={"a/r": rule(**ends)})).reasons[0].until == DAY + timedelta(days=8)
    told_history = small(credential(), rules={"a/r": rule(**ends)}, b={"keys": keys})
    assert decided(told_history).reasons[0].until == DAY + timedelta(days=7)
    told_history["rules"]["gh/a/x"] = rule(decision="refuse", valid_from=DAY + timedelta(days=3))
    assert decided(told_history).reasons[0].until == DAY + timedelta(days=2)


def test_a_rule_that_cannot_be_read_may_be_a_refusal() -> None:
    told_history = small(credential(), rules=ACCEPTED)
    registry = registry_of(told_history)
    broken = Registry(
        root=registry.root, as_of=DAY, tables=registry._tables, broken=frozenset({("recognition", "gh/a/lost")})
    )
    question = Question("gh/a/cutter", DAY)
    for facts in (facts_of(broken), facts_for(broken, "gh/a/cutter", ["gh/b"])):
        found = decide(facts, question, evidences_of(told_history, DAY))
        assert [reason.code for reason in found.reasons] == ["rules-unreadable"]


@pytest.mark.parametrize("code", ["own", "recognised", "machine-limited", "a-code-of-tomorrow"])
def test_what_is_wrong_with_a_credential_never_helps(code: str) -> None:
    told_history = small(credential("gh/a"))
    (evidence,) = evidences_of(told_history, DAY)
    facts = facts_of(registry_of(told_history))
    for wrong in (evidence._replace(proof=code), evidence._replace(status=code)):
        assert decide(facts, Question("gh/a/cutter", DAY), [wrong]).result is DENY


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_days_at_the_ends_of_the_calendar(end: str) -> None:
    far = datetime.fromisoformat(end)
    told_history = small(credential(valid_until=far), rules={"a/r": rule(max_age_days=36500)})
    told_history["credentials"][0]["assessed_on"] = far.date()
    assert decided(told_history).result is DENY
    assert decided(told_history, date.max).result is (PERMIT if far.year == 9999 else DENY)


def test_a_machine_that_nobody_knows() -> None:
    with pytest.raises(UnknownMachineError):
        decided(small(), machine="gh/a/lathe")


def test_a_hub_without_a_record() -> None:
    told_history = small(credential("gh/b"), rules=ACCEPTED)
    del told_history["hubs"]["gh/a"]
    assert decided(told_history).reasons[0].code == "hub-unknown"
    assert decided(told_history).result is DENY


def test_remarks_change_nothing() -> None:
    told_history = small(credential("gh/a"), machine={"status": "limited"})
    (evidence,) = evidences_of(told_history, DAY)
    older = evidence._replace(claim=replace(evidence.claim, version=7))
    found = decide(facts_of(registry_of(told_history)), Question("gh/a/cutter", DAY), [older])
    assert found.result is PERMIT
    assert [remark.code for remark in found.remarks] == ["machine-limited", "other-version"]


def test_random_histories_agree_with_the_reference() -> None:
    for number in range(300):
        draw = random.Random(f"suite {number}")
        told_history = history(draw)
        days = [day_of(draw) for _ in range(4)]
        for ours, theirs in compared(told_history, facts_of(registry_of(told_history)), days):
            assert ours == theirs, number


def test_where_sorts_by_result_then_distance() -> None:
    told_history = small(credential("gh/b"), rules={"c/r": rule(decision="accept-after-induction")})
    asked = [{"competence": "laser", "level": 2}]
    machines = {"gh/a/one": 2, "gh/a/two": 2, "gh/b/near": 1, "gh/b/hard": 3, "gh/c/far": 2}
    told_history["machines"] = {id: {"requires": [{**asked[0], "level": level}]} for id, level in machines.items()}
    for hub, latitude in (("a", 1.0), ("b", 3.0), ("c", 2.0)):
        place = {"locality": "Town", "latitude": latitude, "longitude": 0.0}
        told_history["hubs"][f"gh/{hub}"]["location"] = place
    facts = facts_of(registry_of(told_history))
    found = where(facts, groups_of(facts), DAY, evidences_of(told_history, DAY), near=(0.0, 0.0))
    assert [(one.machines, one.result.value) for one in found] == [
        (("gh/b/near",), "permit"), (("gh/c/far",), "conditional"),
        (("gh/a/one", "gh/a/two"), "deny"), (("gh/b/hard",), "deny"),
    ]  # fmt: skip
    assert [code(one) for one in found] == ["", "", "not-recognised", "level-too-low"]
    assert [round(one.distance or 0) for one in found] == [334, 222, 111, 334]


def code(one: Opening) -> str:
    return one.missing[0].code if one.missing else ""
