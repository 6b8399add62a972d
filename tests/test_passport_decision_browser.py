"""Decisions in the browser and in the generator: of the same facts and credentials both say exactly the same."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser

from generator.passports import decision, opening
from generator.passports.codes import CODES
from generator.passports.recognising import Facts, Rule, facts_of
from generator.passports.values import Claim, Evidence, Question, Reason
from generator.publish import edition, passport_data, strings
from generator.records import Machine
from generator.registry import Registry, load
from tests.passport_histories import day_of, evidences_of, history, registry_of
from tests.passport_twice import published
from tests.test_passport_decisions import DAY, EXAMPLES, credential, rule, small

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
RUNNER = """
import { decide } from "./app/passports/decision";
import { factsOf, hostOf, issuerOf } from "./app/passports/facts";
import { groupsOf, where } from "./app/passports/opening";
const plain = (value) => JSON.parse(JSON.stringify(value, (_, one) => one instanceof Map ? Object.fromEntries(one) : one instanceof Set ? [...one].sort() : one));
globalThis.go = {
  facts: ([keys, parts, others, hubs]) => {
    const facts = factsOf(keys, parts, others);
    const told = hubs.map((hub) => [hostOf(facts, hub), issuerOf(facts, hub)]);
    return plain({ ...facts, told: told.map(([host, issuer]) => [host?.isOpen ?? null, issuer?.networks ?? null, issuer?.keys ?? null]) });
  },
  decide: ([[keys, parts, others], questions]) => {
    const facts = factsOf(keys, parts, others);
    return plain(questions.map(([machine, day, evidences]) => decide(facts, { machine, day }, evidences)));
  },
  where: ([[keys, parts, others], asked]) => {
    const facts = factsOf(keys, parts, others), groups = groupsOf(facts);
    return plain(asked.map(([day, evidences, away]) => where(facts, groups, day, evidences, (hub) => away[hub]).map((one) => ({ ...one, distance: one.distance ?? null }))));
  },
};
"""  # noqa: E501  # TypeScript


class Browsing:
    """The modules of decisions in a page."""

    def __init__(self, browser: Browser) -> None:
        command = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--loader=ts", "--sourcefile=decided.ts"]
        done = subprocess.run(command, cwd=ROOT / "site", input=RUNNER, capture_output=True, text=True, check=True)
        self.page = browser.new_page()
        self.page.evaluate(done.stdout)

    def ask(self, what: str, cases: Sequence[Any]) -> list[Any]:
        """Return what one of the functions above gives for each case."""
        run = "([what, cases]) => JSON.stringify(JSON.parse(cases).map(go[what]))"
        found: list[Any] = json.loads(self.page.evaluate(run, [what, json.dumps(cases)]))
        return found


@pytest.fixture(scope="module")
def site(browser: Browser) -> Iterator[Browsing]:
    made = Browsing(browser)
    yield made
    made.page.close()


SETTINGS = load(ROOT / "tests" / "mini" / "registry", as_of=DAY).settings
WORDS = strings.read(ROOT / "site" / "strings", "en")


class Files(NamedTuple):
    """The data of the site: the keys, the rules by country, and the other hubs where they have a file of their own."""

    keys: dict[str, Any]
    parts: list[dict[str, Any]]
    others: dict[str, str]

    def one(self) -> list[Any]:
        """Return it as the page is given it."""
        return [self.keys, self.parts, self.others]


def files(registry: Registry) -> Files:
    assert SETTINGS is not None
    made = edition.Edition(registry, SETTINGS, WORDS, edition.Relations(registry))
    found = {one.path: json.loads(one.content) for one in passport_data.passport_data(made)}
    keys, others = found.pop(passport_data.KEYS), found.pop(passport_data.OTHERS, None)
    for country in keys["apart"]:
        keys["hubs"] |= found.pop(f"data/passports/keys/{country}.json")
    assert list(found) == [f"data/passports/rules/{country}.json" for country in keys["countries"]]
    return Files(keys, list(found.values()), others if others is not None else keys["others"])


def evidence(one: Evidence) -> dict[str, Any]:
    """Return evidence as the page has it."""
    claim = {camel(field.name): written(getattr(one.claim, field.name)) for field in fields(Claim)}
    return {**{camel(name): written(value) for name, value in one._asdict().items()}, "claim": claim}


def camel(name: str) -> str:
    first, *more = name.split("_")
    return first + "".join(part.title() for part in more)


def written(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.date()}T{value:%H:%M:%S}Z"
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def reasons(found: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{field.name: written(getattr(one, field.name)) for field in fields(Reason)} for one in found]


class Asked(NamedTuple):
    """Questions about one registry: credentials on days, each for all machines, and where they open any."""

    registry: Registry
    shown: list[tuple[date, list[Evidence]]]


def questions(asked: Asked) -> list[list[Any]]:
    return [
        [machine.id, day.isoformat(), [evidence(one) for one in evidences]]
        for day, evidences in asked.shown
        for machine in asked.registry.all(Machine)
    ]


def decided(asked: Asked, facts: Facts) -> list[dict[str, Any]]:
    found = [
        decision.decide(facts, Question(machine.id, day), evidences)
        for day, evidences in asked.shown
        for machine in asked.registry.all(Machine)
    ]
    return [
        {"result": one.result.value, "reasons": reasons(one.reasons), "remarks": reasons(one.remarks)} for one in found
    ]


def opened(facts: Facts, day: date, evidences: list[Evidence]) -> list[dict[str, Any]]:
    found = opening.where(facts, opening.groups_of(facts), day, evidences, NEAR)
    return [
        {**one._asdict(), "machines": list(one.machines), "result": one.result.value, "reasons": reasons(one.reasons)}
        for one in found
    ]


NEAR = (0.0, 0.0)


def compare(site: Browsing, cases: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return all decisions after comparing the page's with ours, and where what opens."""
    known = [(facts_of(one.registry), files(one.registry).one()) for one in cases]
    wanted = [decided(one, facts) for one, (facts, _) in zip(cases, known, strict=True)]
    found = site.ask("decide", [[data, questions(one)] for one, (_, data) in zip(cases, known, strict=True)])
    for case, ours, theirs in zip(cases, wanted, found, strict=True):
        assert theirs == ours, questions(case)
    opens = [[opened(facts, *shown) for shown in one.shown] for one, (facts, _) in zip(cases, known, strict=True)]
    away = [
        {one["hub"]: one["distance"] for each in part for one in each if one["distance"] is not None} for part in opens
    ]
    asked = [
        [data, [[day.isoformat(), [evidence(one) for one in evidences], far] for day, evidences in one.shown]]
        for one, (_, data), far in zip(cases, known, away, strict=True)
    ]
    assert site.ask("where", asked) == opens
    return [one for each in wanted for one in each]


def standings(facts: Facts, hub: str) -> list[Any]:
    """Return what the page is to know of a hub: keys and networks of those that may issue, else nothing of them."""
    known = facts.hubs[hub]
    return [
        known.is_open,
        sorted(known.networks) if known.keys else [],
        published({hub: known.keys})[hub],
    ]


def of_rule(rule: Rule) -> dict[str, Any]:
    found = {camel(name): written(value) for name, value in rule._asdict().items()}
    return {
        **found, "issuers": sorted(rule.issuers), "networks": sorted(rule.networks), "excludes": sorted(rule.excludes),
        "levels": [list(one) for one in rule.levels], "maxAgeDays": rule.max_age_days,
    }  # fmt: skip


def same_facts(site: Browsing, registry: Registry) -> dict[str, Any]:
    """Compare what the files hold with the facts of the generator; return it."""
    facts = facts_of(registry)
    (found,) = site.ask("facts", [[*files(registry).one(), list(facts.hubs)]])
    assert found["told"] == [standings(facts, hub) for hub in facts.hubs]
    assert found["competences"] == facts.competences
    assert list(found["codes"].items()) == [
        (code, {"result": told.result.value, "rank": rank}) for rank, (code, told) in enumerate(CODES.items())
    ]
    assert found["rules"] == {
        " ".join(key): {"accepting": [*map(of_rule, both.accepting)], "refusing": [*map(of_rule, both.refusing)]}
        for key, both in facts.rules.items()
    }
    assert found["unreadable"] == sorted(facts.unreadable)
    doors = {id: {**one, "needs": [tuple(need) for need in one["needs"]]} for id, one in found["doors"].items()}
    for id, door in facts.doors.items():
        quiet = {"machine": id, "hub": door.hub, "needs": [], "status": "working", "use": door.use}
        has = doors.pop(id, quiet)
        assert {name: value for name, value in has.items() if name != "name"} == {
            **door._asdict(),
            "needs": [*door.needs],
        }
    assert not doors
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("folder", ["tests/mini/registry", "registry"])
def test_the_files_hold_what_decisions_need(site: Browsing, folder: str) -> None:
    registry = load(ROOT / folder, as_of=DAY)
    found = same_facts(site, registry)
    assert found["rules"]
    assert all(hub["name"] for hub in found["hubs"].values())


def test_what_is_not_as_everywhere_is_in_the_files(site: Browsing) -> None:
    rules = {
        "a/r": rule(levels=[{"theirs": 1, "ours": 3}, {"theirs": 2, "ours": 2}], max_age_days=9, valid_until=DAY),
        "a/x": rule(decision="refuse", networks=["north"]),
        "a/s": rule(excludes=["gh/a/cutter"], condition={"en": "a tour"}),
    }
    told = small(rules=rules, machine={"status": "limited", "use": "operated"}, c={"status": "paused", "keys": []})
    told["machines"]["ke/lost/loom"] = {}
    registry = registry_of(told)
    broken = frozenset({("recognition", "gh/b/lost")})
    found = same_facts(site, Registry(root=registry.root, as_of=DAY, tables=registry._tables, broken=broken))
    assert (found["shut"], found["lost"], found["unreadable"]) == (["gh/c"], ["ke/lost"], ["gh/b"])


def test_many_hubs_have_a_file_of_their_own(site: Browsing, monkeypatch: pytest.MonkeyPatch) -> None:
    told_history = small(c={"keys": []})
    monkeypatch.setattr(passport_data, "OTHERS_LIMIT", 0)
    data = files(registry_of(told_history))
    assert data.keys["others"] == 0
    assert data.others == {"gh": "c"}
    shown = [(DAY, [evidences_of(small(credential(issuer)), DAY)[0]]) for issuer in ("gh/c", "gh/z")]
    codes = [one["reasons"][0]["code"] for one in compare(site, [Asked(registry_of(told_history), shown)])]
    assert codes == ["key-unknown", "issuer-unknown"]


def test_many_hubs_with_keys_stand_apart_by_country(site: Browsing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passport_data, "SIGNING_LIMIT", 0)
    told_histories = [told for told, _ in EXAMPLES.values()]
    assert files(registry_of(told_histories[0])).keys["apart"] == ["gh"]
    compare(site, [Asked(registry_of(told), [(DAY, evidences_of(told, DAY))]) for told in told_histories])


def test_each_reason_is_the_same_in_the_browser(site: Browsing) -> None:
    cases = [Asked(registry_of(told), [(DAY, evidences_of(told, DAY))]) for told, _ in EXAMPLES.values()]
    found = compare(site, cases)
    assert len({one["code"] for each in found for one in each["reasons"]}) > 30


def test_a_rule_that_cannot_be_read_and_a_hub_without_a_record(site: Browsing) -> None:
    told = small(credential(), rules={"a/r": rule()})
    registry = registry_of(told)
    broken = Registry(
        root=registry.root, as_of=DAY, tables=registry._tables, broken=frozenset({("recognition", "gh/a/lost")})
    )
    del told["hubs"]["gh/a"]
    shown = [(DAY, evidences_of(told, DAY))]
    found = compare(site, [Asked(broken, shown), Asked(registry_of(told), shown)])
    assert [one["reasons"][0]["code"] for one in found] == ["rules-unreadable", "hub-unknown"]


def test_credentials_with_one_id_stay_in_their_order(site: Browsing) -> None:
    told = small(*(credential(f"gh/{one}", id="urn:uuid:same") for one in "bcbc"))
    shown = [(DAY, each) for each in (evidences_of(told, DAY), evidences_of(told, DAY)[::-1])]
    found = compare(site, [Asked(registry_of(told), shown)])
    assert [[reason["issuer"] for reason in one["reasons"]] for one in found] == [["gh/b", "gh/c"], ["gh/c", "gh/b"]]


def test_remarks_and_days_at_the_ends_of_the_calendar(site: Browsing) -> None:
    told = small(credential("gh/a"), rules={"a/r": rule(max_age_days=36500)}, machine={"status": "limited"})
    (one,) = evidences_of(told, DAY)
    ends = [datetime.fromisoformat(end) for end in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")]
    far = [
        one._replace(claim=replace(one.claim, issuer=issuer, assessed_on=end.date(), valid_until=end))
        for end in ends
        for issuer in ("gh/a", "gh/b")
    ]
    older = one._replace(claim=replace(one.claim, version=7))
    shown = [(day, [each]) for each in (older, *far) for day in (DAY, date.min, date.max)]
    found = compare(site, [Asked(registry_of(told), shown)])
    assert [remark["code"] for remark in found[0]["remarks"]] == ["machine-limited", "other-version"]


def test_random_histories_are_decided_alike(site: Browsing) -> None:
    cases = []
    for number in range(250):
        draw = random.Random(f"browser {number}")
        told = history(draw)
        for at, hub in enumerate(told["hubs"].values()):
            hub["location"] = {"locality": "Town", "latitude": float(at % 3), "longitude": 0.0}
        days = [day_of(draw) for _ in range(2)]
        cases.append(Asked(registry_of(told), [(day, evidences_of(told, day)) for day in days]))
    found = compare(site, cases)
    assert {one["result"] for one in found} == {"permit", "conditional", "deny"}
    assert len({reason["code"] for one in found for reason in one["reasons"]}) > 25
