"""Checks that compare records with others: what they say when only some records are in question."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks import CHECKS, collisions, example, references
from generator.checks.collisions import Claim
from generator.diagnostics import Place
from generator.records import Contract, Machine
from generator.registry import Registry, Scope, load
from generator.registry.scope import NAMED


def process(*broader: str, alias: str = "") -> dict[str, Any]:
    return {"labels": {"en": alias or "-"}, "broader": list(broader)}


def design(*parts: str) -> dict[str, Any]:
    contained = [{"id": id, "source": "design", "design": id} for id in parts]
    return {"name": "-", "licence": {"hardware": "MIT"}, "parts": contained}


def rule(decision: str) -> dict[str, Any]:
    return {"decision": decision, "competence": "laser", "issuers": ["gh/other"], "valid_from": "2026-01-01"}


KEY = {"public_key": "z6Mk", "valid_from": "2026-01-01"}
HUB = {"name": "-", "kind": "workshop", "location": {"locality": "-"}, "keys": [KEY]}
CREDENTIAL = {
    "id": "x",
    "issuer": "gh/a",
    "competence": "-",
    "level": 1,
    "assessed_on": "2026-01-01",
    "basis": "assessment",
}
SITED = {**HUB, "website": "https://school.example"}
PASSPORT = {"consent_on": "2026-01-01", "credentials": [CREDENTIAL]}

# rule → (kind, records, what is told of it for which records in question)
CASES: dict[str, tuple[str, dict[str, Any], dict[str, list[str]]]] = {
    "broader-cycle": (
        "process",
        {"a": process("b"), "b": process("c"), "c": process("x", "a"), "x": process()},
        {"abcx": ["a broader 0"], "bc": ["b broader 0"], "c": ["c broader 1"], "x": [], "": []},
    ),
    "part-cycle": (
        "design",
        {"a": design("b"), "b": design("x", "a"), "x": design("y"), "y": design()},
        {"abxy": ["a parts 0 design"], "b": ["b parts 1 design"], "x": [], "": []},
    ),
    "alias-collision": (
        "process",
        {"a": process(alias="word"), "b": process(alias="word"), "x": process(alias="other")},
        {"abx": ["b labels en"], "a": ["a labels en"], "b": ["b labels en"], "x": [], "": []},
    ),
    "contradicting-recognitions": (
        "recognition",
        {"gh/a/a": rule("accept"), "gh/a/b": rule("refuse"), "gh/b/x": rule("refuse")},
        {"abx": ["gh/a/b decision"], "a": ["gh/a/a decision"], "b": ["gh/a/b decision"], "x": [], "": []},
    ),
    "shared-key": (
        "hub",
        {"gh/a": HUB, "gh/b": HUB, "gh/x": {**HUB, "keys": []}},
        {"abx": ["gh/b keys 0 public_key"], "a": ["gh/a keys 0 public_key"], "x": [], "": []},
    ),
    "same-hub": (
        "hub",
        {"gh/a": {**HUB, "name": "Wood House"}, "gh/b": {**HUB, "name": "Woodhouse"}, "gh/x": HUB},
        {"abx": ["gh/b name"], "a": ["gh/a name"], "b": ["gh/b name"], "x": [], "": []},
    ),
    "same-website": (
        "hub",
        {"gh/a": SITED, "gh/b": SITED, "gh/x": HUB},
        {"abx": ["gh/a website"], "a": ["gh/a website"], "b": ["gh/b website"], "x": [], "": []},
    ),
    "similar-id": (
        "hub",
        {"gh/fablab-wooda": HUB, "gh/wooda-lab": HUB, "gh/wood-x": HUB},
        {"abx": ["gh/wooda-lab"], "a": ["gh/fablab-wooda"], "b": ["gh/wooda-lab"], "x": [], "": []},
    ),
    "duplicate-credential-id": (
        "passport",
        {"a": PASSPORT, "b": PASSPORT, "x": {**PASSPORT, "credentials": []}},
        {"abx": ["b credentials 0 id"], "a": ["a credentials 0 id"], "x": [], "": []},
    ),
}


def found(name: str, kind: str, records: dict[str, Any], asked: Iterable[str] | None) -> list[str]:
    tables = {kind: {id: json.dumps(data).encode() for id, data in records.items()}}
    loaded = Registry(root=Path(), as_of=date(2026, 6, 30), tables=tables)
    if asked is not None:
        loaded = loaded.within(Scope(frozenset((kind, id) for id in records if id[-1] in asked)))
    check = next(check for check in CHECKS if check.rule.id == name)
    places = [finding.at for finding in check.look(loaded)]
    return [" ".join([at.path.split("/", 1)[1].removesuffix(".yaml"), *map(str, at.keys)]) for at in places]


@pytest.mark.parametrize(("name", "asked"), [(name, asked) for name in CASES for asked in CASES[name][2]])
def test_a_finding_stands_at_a_record_in_question(name: str, asked: str) -> None:
    kind, records, expected = CASES[name]
    assert found(name, kind, records, asked) == expected[asked]


@pytest.mark.parametrize("name", CASES)
def test_without_a_scope_all_are_in_question(name: str) -> None:
    kind, records, expected = CASES[name]
    everything = "".join(id[-1] for id in records)
    assert found(name, kind, records, None) == expected[everything]


def claims(text: str) -> list[Claim]:
    """Return claims written as `owner=value`; those in question end in `?`."""
    parts = [[*part.rstrip("?").split("="), part] for part in text.split()]
    return [Claim(value=v, owner=o, place=Place(o), in_question=raw.endswith("?")) for o, v, raw in parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1? b=2?", ""),
        ("a=1? b=1?", "b-a"),
        ("a=1? b=1? c=1?", "b-a c-a"),
        ("a=1 b=1?", "b-a"),
        ("a=1? b=1", "a-b"),
        ("a=1 b=1", ""),
        ("a=1? b=1? c=1", "a-c b-a"),
        ("a=1? a=1?", ""),
        ("a=1? a=1? b=1?", "b-a"),
    ],
)
def test_collisions(text: str, expected: str) -> None:
    pairs = collisions.collisions(claims(text))
    assert " ".join(f"{claim.owner}-{other.owner}" for claim, other in pairs) == expected


@pytest.mark.parametrize(("broken", "messages"), [([], ["a published version was deleted"]), (["order/1"], [])])
def test_a_published_version_whose_file_is_broken_was_not_deleted(broken: list[str], messages: list[str]) -> None:
    before = load(example.BASE.parent / "published-version-changed" / "good", as_of=date(2026, 6, 30))
    contract = before.get(Contract, "order/2")
    assert contract is not None
    scope = Scope(frozenset(), before={"contracts/order/1.yaml": replace(contract, id="order/1")})
    now = Registry(
        root=Path(), as_of=before.as_of, tables={}, broken=frozenset(("contract", id) for id in broken), scope=scope
    )
    check = next(check for check in CHECKS if check.rule.id == "published-version-changed")
    assert [finding.message for finding in check.look(now)] == messages


def test_scope_searches_machines_for_every_kind_that_they_name() -> None:
    named = {kind.record_kind for kind, sources in references.SOURCES.items() if Machine in dict(sources)}
    assert {"machine": named} == NAMED
