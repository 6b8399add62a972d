"""What credentials of one hub count as at another: the tables say the same as the decision, for any rules."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from generator.passports.decision import Need, decide
from generator.passports.mutual import Worth, enough, member, naming_of, with_members, worths
from generator.passports.recognising import Door, Facts, facts_of
from generator.passports.values import Claim, Evidence, Question, Result
from generator.records.hub import HubKey
from tests.passport_histories import HUBS, NETWORKS, SPAN, START, history, registry_of

TOP = 4


def facts_with_keys(seed: int, day: int) -> Facts:
    """Return drawn rules among hubs whose keys are in order, with one machine for each level asked."""
    facts = facts_of(registry_of(history(random.Random(seed))))
    now = START + timedelta(days=day)
    hubs = {id: one._replace(keys=(HubKey(public_key=f"z{id}", valid_from=now),)) for id, one in facts.hubs.items()}
    doors = {
        f"{hub}/{competence}-{level}": Door(f"{hub}/{competence}-{level}", hub, ((competence, level),), "working", "")
        for hub in hubs for competence in facts.competences for level in range(1, TOP + 2)
    }  # fmt: skip
    return replace(facts, hubs=hubs, doors={**facts.doors, **doors})


def decided(facts: Facts, machine: str, issuer: str, level: int, day: int) -> Result:
    """Return what the decision itself says of a sound credential of the day."""
    now = START + timedelta(days=day)
    ((competence, _),) = facts.doors[machine].needs
    claim = Claim(
        id="urn:uuid:1", issuer=issuer, holder="me", name="", competence=competence, version=1, level=level,
        assessed_on=now, valid_from=datetime(now.year, now.month, now.day, tzinfo=UTC), valid_until=None,
        basis="assessment", note="", status_list="", status_index=0,
    )  # fmt: skip
    decision = decide(facts, Question(machine, now), [Evidence(claim, "", "", now, f"z{issuer}")])
    opens = [one for one in decision.reasons if one.code not in {"hub-not-open"}]  # a paused hub has rules all the same
    return opens[0].result


def shown(worth: Worth, theirs: int, ours: int) -> Result:
    """Return what a table says of one of their levels where one of ours is asked."""
    results = {step.reason.result for step in worth.steps if step.theirs <= theirs and step.ours >= ours}
    return min(results, key=list(Result).index, default=Result.DENY)


@given(seed=st.integers(0, 2**32), day=st.integers(0, SPAN))
def test_a_table_says_the_same_as_the_decision(seed: int, day: int) -> None:
    facts = facts_with_keys(seed, day)
    for place in ((hub, competence) for hub in HUBS for competence in facts.competences):
        for worth in worths(facts, START + timedelta(days=day), place, [*HUBS, "xx/nowhere"], TOP):
            for theirs in range(1, TOP + 1):
                for ours in range(1, TOP + 1):
                    machine = f"{place[0]}/{place[1]}-{ours}"
                    assert shown(worth, theirs, ours) is decided(facts, machine, worth.issuer, theirs, day)


@given(seed=st.integers(0, 2**32), day=st.integers(0, SPAN), asked=st.integers(1, TOP + 1))
def test_a_machine_tells_the_lowest_level_that_is_enough(seed: int, day: int, asked: int) -> None:
    facts = facts_with_keys(seed, day)
    machines = {id for rules in facts.rules.values() for rule in rules.accepting for id in rule.excludes}
    for machine in sorted({"gh/a/none", *machines}):
        for competence in facts.competences:
            need = Need(machine, machine.rpartition("/")[0], competence, asked)
            door = Door(machine, need.hub, ((competence, asked),), "working", "")
            asking = replace(facts, doors={machine: door})
            for worth in enough(asking, START + timedelta(days=day), need, HUBS, TOP):
                for theirs in range(1, max(TOP, asked) + 1):
                    assert shown(worth, theirs, asked) is decided(asking, machine, worth.issuer, theirs, day)


@given(seed=st.integers(0, 2**32), day=st.integers(0, SPAN))
def test_any_member_of_a_network_is_a_hub_that_nobody_names(seed: int, day: int) -> None:
    facts, now = facts_with_keys(seed, day), START + timedelta(days=day)
    known = with_members(facts, NETWORKS)
    for place in ((hub, competence) for hub in HUBS for competence in facts.competences):
        for network in NETWORKS:
            (worth,) = worths(known, now, place, [member(network)], TOP)
            for hub, standing in facts.hubs.items():
                rules = facts.rules.get(place)
                is_named = hub == place[0] or (rules is not None and hub in rules.issuers)
                if standing.is_open and standing.networks == {network} and not is_named:
                    (same,) = worths(facts, now, place, [hub], TOP)
                    assert [one[:2] for one in same.steps] == [one[:2] for one in worth.steps]


def test_names_lead_to_the_places_with_rules() -> None:
    naming = naming_of(facts_with_keys(3, 5))
    assert all(tuple(sorted(set(hubs))) == hubs for hubs in naming.hubs.values())
    assert set(naming.issuers) <= set(HUBS)
    assert set(naming.networks) <= set(NETWORKS)
