"""The contract templates of this registry: samples, golden texts, and that every combination of clauses can be written.

`generator/data/contract_examples.json` has the values of an invented contract, `instead.json` values that only other
choices need, `<language>.md` the text that they make.
"""

import itertools
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator import placeholders, registry
from generator.checks.conditions import comparisons
from generator.conditions import holds
from generator.contracts import Filled, World, filled, markdown
from generator.documents import LIMIT_BYTES
from generator.records import Contract
from generator.records.contract import Clause
from tests.contract_samples import sample

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests/contracts"
IDS = sorted(path.relative_to(ROOT / "registry/contracts").with_suffix("").as_posix()
             for path in (ROOT / "registry/contracts").glob("*/*.yaml"))  # fmt: skip
LANGUAGES = ("en", "fr")
# What stands in quotation marks in a template is the heading of another clause.
QUOTED = {"en": re.compile("“([^”]+)”"), "fr": re.compile("« ([^»]+) »")}
Values = dict[str, Any]


@cache
def known() -> registry.Registry:
    return registry.load(ROOT / "registry", as_of=date(2026, 11, 30))


def template(id: str) -> Contract:
    found = known().get(Contract, id)
    assert found is not None
    return found


@cache
def instead(id: str) -> Values:
    path = SAMPLES / id.partition("/")[0] / "instead.json"
    found: Values = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def choices(one: Contract) -> dict[str, tuple[Any, ...]]:
    """Return the values of each parameter that a condition compares: all choices, or one on each side of a number."""
    found: dict[str, tuple[Any, ...]] = {}
    parameters = {parameter.name: parameter for parameter in one.parameters}
    for comparison in comparisons(one):
        parameter = parameters[comparison.parameter]
        limits = [value for _, value in comparison.values]
        found[parameter.name] = parameter.choices or (
            (False, True) if parameter.type == "boolean" else (limits[0], limits[0] + 1)
        )
    return found


def applying(one: Contract, values: Mapping[str, Any]) -> tuple[Clause, ...]:
    return tuple(clause for clause in one.clauses if holds(clause.when, values))


@cache
def names(id: str) -> Mapping[str, frozenset[str]]:
    """Return the parameters that each clause of a template says."""
    return {
        clause.id: frozenset(
            name
            for text in (clause.heading, clause.text, *(variant.text for variant in clause.variants))
            for _, written in text.texts
            for name in placeholders.read(written).names
        )
        for clause in template(id).clauses
    }


@cache
def references(id: str, language: str) -> Mapping[str, frozenset[str]]:
    """Return the headings that each clause of a template refers to."""
    return {
        clause.id: frozenset(
            heading
            for text in (clause.text, *(variant.text for variant in clause.variants))
            for heading in QUOTED[language].findall(text.into(language))
        )
        for clause in template(id).clauses
    }


def complete(one: Contract, chosen: Mapping[str, Any]) -> Values:
    """Return a sample's values with other choices: what no clause then says is gone, and sums are sums again."""
    values = {**sample(one.id), **instead(one.id), **chosen}
    said = {name for clause in applying(one, values) for name in names(one.id)[clause.id]}
    for parameter in one.parameters:
        if not parameter.required and parameter.name not in said:
            values.pop(parameter.name, None)
    for parameter in one.parameters:
        parts = [item for name in parameter.sum_of if name in values for item in listed(values[name])]
        if parameter.sum_of and parameter.type == "money":
            total = sum((Decimal(part["amount"]) for part in parts), Decimal())
            values[parameter.name] = {"amount": str(total), "currency": parts[0]["currency"]}
    return values


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def assert_whole(found: Filled, one: Contract, values: Mapping[str, Any]) -> None:
    """The contract has no problem, just the clauses that apply, and nothing of a template in its text."""
    assert found.problems == (), values
    assert [clause.id for clause in found.clauses] == [clause.id for clause in applying(one, values)]
    headings = {clause.heading for clause in found.clauses}
    for clause in found.clauses:
        assert clause.blocks, clause.id
        assert not re.search(r"[{}\ue000-\uf8ff]|  | [.,]|\.\.", clause.text), (clause.id, clause.text)
        assert references(one.id, found.language)[clause.id] <= headings, clause.id


def test_the_templates_of_the_registry_have_samples() -> None:
    assert [f"{path.name}/1" for path in sorted(SAMPLES.iterdir())] == IDS
    assert len(IDS) == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", IDS)
def test_sample_makes_the_golden_text(id: str, language: str, bless: bool) -> None:
    one, values = template(id), sample(id)
    found = filled(one, values, language, World(known()))
    assert_whole(found, one, values)
    path = SAMPLES / id.partition("/")[0] / f"{language}.md"
    if bless:
        path.write_text(markdown(found), encoding="utf-8")
    assert markdown(found) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("id", IDS)
def test_every_combination_of_clauses_can_be_written(id: str) -> None:
    """The language changes with every single choice, so that each choice and pair is written in both."""
    one = template(id)
    options = choices(one)
    for at in itertools.product(*(range(len(values)) for values in options.values())):
        chosen = {name: values[index] for (name, values), index in zip(options.items(), at, strict=True)}
        values = complete(one, chosen)
        assert_whole(filled(one, values, LANGUAGES[sum(at) % 2]), one, values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", IDS)
def test_every_jurisdiction_has_its_texts(id: str, language: str) -> None:
    one = template(id)
    chosen = {name: values[-1] for name, values in choices(one).items()}
    codes = next(parameter.choices for parameter in one.parameters if parameter.name == "jurisdiction")
    for code in codes:
        values = complete(one, {**chosen, "jurisdiction": code})
        found = filled(one, values, language)
        assert_whole(found, one, values)
        texts = {clause.id: clause.text for clause in found.clauses}
        for clause in applying(one, values):
            for variant in clause.variants:
                if code in variant.jurisdictions:
                    assert texts[clause.id] == variant.text.into(language)


@pytest.mark.parametrize("id", IDS)
def test_template_is_a_draft_that_says_what_it_is_not(id: str) -> None:
    one = template(id)
    assert (one.status, one.review.state, one.licence, one.languages) == ("draft", "draft", "CC-BY-4.0", LANGUAGES)
    about = one.clauses[0]
    assert "not legal advice" in about.text.into("en")
    assert "non un conseil juridique" in about.text.into("fr")
    for parameter in one.parameters:
        assert set(parameter.choice_labels) in (set(), set(parameter.choices))


@pytest.mark.parametrize("id", IDS)
def test_file_leaves_room_below_the_limit(id: str) -> None:
    assert (ROOT / f"registry/contracts/{id}.yaml").stat().st_size < LIMIT_BYTES


@pytest.mark.parametrize("id", IDS)
def test_every_role_acts_and_milestones_are_in_order(id: str) -> None:
    one = template(id)
    acting = {milestone.owed_by for milestone in one.milestones} | {milestone.judged_by for milestone in one.milestones}
    assert acting - {""} == {role.id for role in one.roles}
    before: set[str] = set()
    for milestone in one.milestones:
        assert milestone.owed_by
        assert before.issuperset(milestone.after)
        before.add(milestone.id)
