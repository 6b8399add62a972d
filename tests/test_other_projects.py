"""Facilities and designs as other projects write them, with known answers: one hub, none, several, and chains."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import documents, registry
from generator.cli.wishes import Asked, Terms, asked
from generator.importers import okw_facilities
from generator.importers.drafts import Rejected
from generator.importers.outcomes import Drafted
from generator.importers.pipeline import Intake
from generator.importers.source import Source
from generator.importers.terms import Terms as Vocabulary
from generator.matching.planning import plan_for
from generator.matching.search import Matcher, Search
from generator.records import Hub
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
DATA = json.loads((ROOT / "tests/other_projects.json").read_bytes())
CASES = {case["name"]: case for case in DATA["cases"]}
KINDS = ("process", "material", "model", "competence", "network", "registry")
Tables = dict[str, dict[str, bytes]]
At = Callable[[Sequence[str]], Registry]


@pytest.fixture(scope="module")
def words() -> Tables:
    """Return the vocabulary alone, without any hub."""
    found: Tables = {kind: {} for kind in KINDS}
    for kind, id, data in registry.load(ROOT / "registry", as_of=TODAY).raw():
        if kind in KINDS:
            found[kind][id] = data
    return found


@pytest.fixture(scope="module")
def drafted(words: Tables) -> dict[str, Tables]:
    """Return what becomes of each facility: tables of hubs and machines."""
    known = Registry(root=Path(), as_of=TODAY, tables=words)
    found = {}
    for name, facility in DATA["facilities"].items():
        source = Source("list", content=json.dumps(facility).encode())
        tables: Tables = {"hub": {}, "machine": {}}
        for one in Intake((known,), source, TODAY).take(okw_facilities.read(source, Vocabulary(known))):
            assert isinstance(one, Drafted), one
            kind, _, id = one.path.removesuffix(".yaml").partition("/")
            tables[kind.removesuffix("s")][id] = json.dumps(documents.parse(one.content)).encode()
        found[name] = tables
    return found


@pytest.fixture(scope="module")
def at(words: Tables, drafted: dict[str, Tables]) -> At:
    """Return the registry of some facilities and nobody else."""

    def made(facilities: Sequence[str]) -> Registry:
        ours = {
            kind: dict(sorted(pair for name in facilities for pair in drafted[name][kind].items()))
            for kind in ("hub", "machine")
        }
        return Registry(root=Path(), as_of=TODAY, tables={**words, **ours})

    return made


@pytest.fixture(scope="module")
def everybody(at: At) -> Registry:
    return at([*DATA["facilities"]])


def wanted(known: Registry, case: Mapping[str, Any], folder: Path) -> Asked:
    path = folder / case["file"]
    text = case["design"] if isinstance(case["design"], str) else json.dumps(case["design"])
    path.write_text(text, encoding="utf-8")
    return asked(known, str(path), Terms())


@pytest.mark.parametrize("name", CASES)
def test_a_known_answer(name: str, at: At, tmp_path: Path) -> None:
    case = CASES[name]
    known = at(case["facilities"])
    wish = wanted(known, case, tmp_path)
    ids = {DATA["facilities"][key]["name"]: key for key in case["facilities"]}
    keys = {hub.id: ids[hub.name.into()] for hub in known.all(Hub)}
    rows = Search(Matcher(known), wish.wish).answer().rows
    said = {
        verdict: sorted(keys[row.hub] for row in rows if row.tally.verdict == verdict) for verdict in ("yes", "ask")
    }
    assert said == {"yes": case["yes"], "ask": case["ask"]}, wish
    notes = "\n".join(wish.notes)
    assert all(word in notes for word in case["lacks"]), notes
    if case["plan"] is not None:
        plan = plan_for(Matcher(known), wish.wish)
        assert sorted(keys[hub] for hub in plan.hubs if plan.is_valid) == case["plan"]


DEEP: Any = []
for _ in range(200):
    DEEP = [{"name": "x", "tsdc": "3DP", "quantity": 9, "sub_parts": DEEP}]
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1e308, float("nan"), "", " ", "\x00\x1b[31m", "\u202e<b>", "x" * 70_000, [], {}, [None],
    [[]], [{}], {"": None}, [{"name": None}], {"a": {"b": {}}}, ["3DP"] * 500, [{"name": "x", "tsdc": ["3DP"]}] * 300,
    DEEP, "2026-02-30", "±0mm", {"length": "1e999", "width": -5, "height": [], "unit": "parsec"},
    {"openSCAD": "cube([1.2.3,1,1])"}, {"openSCAD": "cylinder(h=0, r=)"},
)  # fmt: skip


def places_in(value: Any, *keys: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the keys of everything in a value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*keys, key)
        yield from places_in(inner, *keys, key)


def changed(value: Any, keys: tuple[Any, ...], odd: Any) -> Any:
    """Return a value with something odd at some keys; without it where the odd thing is GONE."""
    if not keys:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(keys) == 1 and odd is GONE:
        del copy[keys[0]]
    else:
        copy[keys[0]] = changed(value[keys[0]], keys[1:], odd)
    return copy


GONE = object()
DESIGNS = [case for case in DATA["cases"] if isinstance(case["design"], dict)]
oddities = st.lists(st.sampled_from([GONE, *ODD]), min_size=1, max_size=3)


def odd_form(value: Any, odd: Sequence[Any], random: Any) -> Any:
    for one in odd:
        value = changed(value, random.choice([*places_in(value)] or [()]), one)
    return value


@given(st.sampled_from(DESIGNS), st.randoms(use_true_random=False), oddities)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_odd_manifest_is_read_or_refused(
    everybody: Registry, tmp_path: Path, case: Any, random: Any, odd: Any
) -> None:
    design = odd_form(case["design"], odd, random)
    try:
        wish = wanted(everybody, {**case, "design": design}, tmp_path).wish
    except click.ClickException:
        return
    assert len({step.id for step in wish.steps}) == len(wish.steps)


@given(st.sampled_from([*DATA["facilities"].values()]), st.randoms(use_true_random=False), oddities)
@settings(max_examples=150)
def test_an_odd_facility_is_drafted_or_rejected(everybody: Registry, facility: Any, random: Any, odd: Any) -> None:
    source = Source("list", content=json.dumps([odd_form(facility, odd, random)]).encode())
    rows = list(okw_facilities.read(source, Vocabulary(everybody)))
    assert rows
    for one in Intake((everybody,), source, TODAY).take(rows):
        assert not isinstance(one, Rejected) or one.reason
