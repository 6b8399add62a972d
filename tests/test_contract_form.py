"""Filling a contract on the site and in the generator: the same values give the same bytes and the same problems."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator import registry
from generator.contracts.cleaning import cleaned, fault
from generator.publish import contract_form
from generator.publish.contract_form_tree import tree
from generator.records import Contract
from tests.contract_samples import TYPES, VALUES, clause, parameter, sample, template
from tests.contract_twice import WORDINGS, Form, by_generator, form

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
CASES = json.loads((ROOT / "tests/contract_cases.json").read_bytes())
SAMPLES = ROOT / "tests/contracts"
Values = dict[str, Any]


@pytest.fixture(scope="module")
def site(browser: Browser) -> Iterator[Form]:
    with form(browser) as made:
        yield made


@cache
def known() -> registry.Registry:
    return registry.load(ROOT / "registry", as_of=date(2026, 11, 30))


@cache
def templates() -> tuple[Contract, ...]:
    return tuple(known().all(Contract))


def values(id: str, changes: Values) -> Values:
    """Return a sample's values with changes; `*` leaves all of them out, and None one."""
    base = {} if "*" in changes else sample(id)
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def test_every_case_is_the_same_in_both(site: Form) -> None:
    """Each case in English and in French: text, HTML, parameters, manifest and problems, byte for byte."""
    ids = [one.id for one in templates()]
    cases = [
        (ids.index(case["template"]), language, values(case["template"], case["set"]))
        for case in CASES
        for language in ("en", "fr")
    ]
    found = site.fill(known(), templates(), cases)
    for (at, language, filled_in), one, case in zip(cases, found, (case for case in CASES for _ in "ef"), strict=True):
        expected = by_generator(known(), templates()[at], language, filled_in)
        assert one == expected, (case["name"], language)
        told = [message for _, message, _ in expected["problems"]]
        assert bool(told) == bool(case["told"]), (case["name"], told)
        for wanted in case["told"]:
            assert any(wanted in message for message in told), (case["name"], told)


def test_samples_and_what_other_choices_need_are_the_same(site: Form) -> None:
    cases = []
    for at, one in enumerate(templates()):
        further = SAMPLES / one.id.partition("/")[0] / "instead.json"
        instead = json.loads(further.read_bytes()) if further.exists() else {}
        booleans = [other.name for other in one.parameters if other.type == "boolean"]
        flips = [{}, instead, *({**instead, name: not values(one.id, {})[name]} for name in booleans)]
        cases += [(at, language, values(one.id, flip)) for flip in flips for language in ("en", "fr")]
    found = site.fill(known(), templates(), cases)
    for (at, language, filled_in), one in zip(cases, found, strict=True):
        assert one == by_generator(known(), templates()[at], language, filled_in)


def test_every_problem_has_a_case() -> None:
    """All that both can say is said in a case, or in a test below."""
    below = {"accepts", "cannot", "together", "too_long", "undeclared", "lacking", "law_lacking", "law_unknown",
             "piece", "money_least", "money_most"}  # fmt: skip
    told = {message for case in CASES for message in case["told"]}
    for key, (message, _) in WORDINGS.items():
        parts = [part for part in message.replace(">", "<").split("<")[::2] if part.strip(" `")]
        assert key in below or any(all(_is_in(part, one) for part in parts[:1]) for one in told), key


def _is_in(part: str, message: str) -> bool:
    return part.strip() in message or message in part


def test_doubts_are_told_the_same(site: Form) -> None:
    order = next(one for one in templates() if one.id == "one-to-one-order/1")
    for reasons in ([("at/demo-werkhof-donau", "no oven")], [("", "nobody has an oven")]):
        given = values(order.id, {})
        expected = by_generator(known(), order, "fr", given, reasons)
        assert any(reasons[0][1] in message for _, message, _ in expected["problems"])
        assert site.fill(known(), [order], [(0, "fr", given)], reasons) == [expected]


def test_a_hub_that_accepts_other_templates_is_told_the_same(site: Form) -> None:
    record = template("{{ maker }}", parameters=[parameter("maker", "party", role="manufacturer")])
    given = {"maker": "gh/demo-adum-makers"}
    expected = by_generator(known(), record, "en", given)
    assert [message for _, message, _ in expected["problems"]] == [
        "`gh/demo-adum-makers` does not say that it accepts `test/1`"
    ]
    assert site.fill(known(), [record], [(0, "en", given)]) == [expected]


def test_a_hub_that_accepts_other_templates_only_is_told_and_one_that_says_nothing_is_not(site: Form) -> None:
    simple = template("{{ a_party }}", parameters=[parameter("a_party", "party", role="manufacturer")])
    for hub, told in (("gh/demo-adum-makers", ["accepts"]), ("gh/takoradi-technical-institute", [])):
        expected = by_generator(known(), simple, "en", {"a_party": hub})
        assert site.fill(known(), [simple], [(0, "en", {"a_party": hub})]) == [expected]
        assert [message.split()[-2] for _, message, _ in expected["problems"]] == told


@pytest.mark.parametrize("rule", [{}, {"not_before": ["first"]}])
def test_a_milestone_before_an_earlier_one_is_told_once(site: Form, rule: dict[str, Any]) -> None:
    dates = [parameter("first", "date"), parameter("second", "date", **rule)]
    steps = [{"id": "one", "label": {"en": "One"}, "due": "first"},
             {"id": "two", "label": {"en": "Two"}, "due": "second", "after": ["one"]}]  # fmt: skip
    simple = template("{{ first }} {{ second }}", parameters=dates, milestones=steps)
    given = {"first": "2026-12-02", "second": "2026-12-01"}
    expected = by_generator(known(), simple, "en", given)
    assert site.fill(known(), [simple], [(0, "en", given)]) == [expected]
    assert [message.endswith("which comes first") for _, message, _ in expected["problems"]] == [not rule]


ROWS = ("CJK UNIFIED", "HANGUL SYLLABLE", "TANGUT", "EGYPTIAN", "CUNEIFORM", "YI SYLLABLE", "BAMUM", "NUSHU", "KHITAN")
LAW = {
    **clause("{{ a_text }}", "law"),
    "variants": [{"jurisdictions": ["gh", "cm"], "text": {"en": "Ghana", "fr": "Ghana"}},
                 {"jurisdictions": ["at"], "text": {"en": "{{ a_text }} - 1", "fr": "1. {{ a_text }}"}}],
}  # fmt: skip
ODD = (
    "{% for one in a_text %}{{ one|country }} {{ a_text|count }}: {% for two in a_party %}\n\n- {{ two }}{% endfor %}\n"
    "1. {{ one }}\n{% endfor %}\n\n{% if not a_date %}none{% endif %}{% if a_boolean %}{{ a_boolean|list }}{% endif %}"
    "\n* {{ a_money|list }}\n*\n1.\n2. \n\n{{ a_choice|country }} {{ a_place|country }} {{ a_number }}\n   \nend\n"
)
EVERYTHING = " ".join(f"{{{{ {name} }}}}" for name in VALUES)


def every(**more: Any) -> list[dict[str, Any]]:
    return [
        parameter(name, kind, **({"choices": ["gh", "fr"]} if kind == "choice" else {}), **more)
        for name, kind in zip(VALUES, TYPES, strict=True)
    ]


def odd(many: tuple[str, ...], required: bool, **limits: Any) -> Contract:
    law = parameter("jurisdiction", "choice", choices=["gh", "at", "ke"], required=False)
    parameters = [
        {**one, **({"many": True} if one["name"] in many else {}), "required": required,
         **(limits if one["type"] in ("number", "money") else {}),
         **({"role": "manufacturer"} if one["type"] == "party" else {})}
        for one in every()
    ]  # fmt: skip
    when = {"any": [{"eq": ["a_boolean", True]}, {"in": ["a_choice", ["fr"]]}, {"not": {"gt": ["a_number", 2]}}]}
    clauses = (ODD, {**clause(EVERYTHING, "every"), "when": when}, LAW, clause("{{ nobody }}", "gap"))
    return template(*clauses, parameters=[*parameters, law])


anything = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**13), st.floats(-10, 10**6, allow_nan=False).filter(lambda x: x % 1),
    st.sampled_from(["", "2024-02-29", "2027-02-30", "14 days", "1 hour", "P2W", "12.50 EUR", "0.5 JPY", "1000000 XOF",
                     "gh", "fr", "MIT", "gh/demo-adum-makers", "ohloom", "1. a", "- b", "a@b.c", "http://x.y/(z)"]),
    st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=12),
)  # fmt: skip
words_ = st.text("aé\u0301 *_-1.@:/w\u00a0\u202f<&'\"\n\\`", max_size=14)
mappings = st.fixed_dictionaries({}, optional={
    "name": words_, "hub": st.sampled_from(["gh/demo-adum-makers", "gh/x", "no"]), "register": words_,
    "address": words_, "locality": words_, "country": st.sampled_from(["gh", "fr", "zz", "xx", "Ghana", ""]),
    "version": words_, "url": st.sampled_from(["https://example.org/a", "ftp://x", ""]), "id": words_,
    "sha256": st.sampled_from(["0" * 64, "f"]), "amount": st.sampled_from(["1", "0.10", "007.5", "1.23456", ""]),
    "currency": st.sampled_from(["EUR", "JPY", "XX"]),
})  # fmt: skip
drawn = st.one_of(anything, mappings, st.lists(st.one_of(anything, mappings), max_size=4))
usual = {name: st.one_of(st.just(value), drawn) for name, value in VALUES.items()}
sets = st.fixed_dictionaries({}, optional={**usual, "jurisdiction": drawn, "a_txt": drawn})
MANY = ((), ("a_text", "a_party", "a_money"), tuple(VALUES))
TEMPLATES = tuple(
    odd(many, required, **limits)
    for many in MANY
    for required, limits in ((True, {}), (False, {"minimum": 0.5, "maximum": 1_000_000}))
)


@settings(
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, len(TEMPLATES) - 1), st.sampled_from(["en", "fr"]), sets),
                min_size=15, max_size=30))  # fmt: skip
def test_whatever_is_filled_in_both_say_the_same(site: Form, cases: list[tuple[int, str, Values]]) -> None:
    found = site.fill(known(), TEMPLATES, cases)
    for (at, language, filled_in), one in zip(cases, found, strict=True):
        assert one == by_generator(known(), TEMPLATES[at], language, filled_in), filled_in


def test_each_character_is_taken_or_refused_alike(site: Form) -> None:
    """Those that are refused alone, the others in groups; of long rows of signs of one script a few."""
    simple = template("{{ a_text }}", parameters=[parameter("a_text", "text", many=True)])
    codes = (*range(0x33000), *range(0xE0000, 0xE1000))  # nothing has been assigned elsewhere
    assigned = [chr(code) for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]
    chars = [char for char in assigned if ord(char) % 64 == 0 or not unicodedata.name(char, "").startswith(ROWS)]
    refused = [char for char in chars if fault(cleaned(f"a{char}b"))]
    taken = [char for char in chars if char not in set(refused)]
    groups = [" ".join(f"{char}@{char}{char}" for char in taken[at : at + 300]) for at in range(0, len(taken), 300)]
    lists = [[f"a{char}b"] for char in refused] + [groups[at : at + 100] for at in range(0, len(groups), 100)]
    found = site.fill(known(), [simple], [(0, "en", {"a_text": texts}) for texts in lists])
    assert 400 < len(refused) < 1000
    for texts, one in zip(lists, found, strict=True):
        assert one == by_generator(known(), simple, "en", {"a_text": texts}), texts


NAMES = ("constructor", "context", "environment", "resolve", "import", "l_0_context", "undefined", "root", "t_1")


def test_a_parameter_may_be_called_like_something_of_the_machine(site: Form) -> None:
    said = "".join(f"{{% if {name} %}}{name}: {{{{ {name} }}}}. {{% endif %}}" for name in NAMES)
    asked = [parameter(name, "text", required=False) for name in NAMES]
    asked += [parameter("day", "date", required=False, not_before=["constructor"])]
    made = (template(said, clause("{{ day }}", when={"eq": ["constructor", "x"]}), parameters=asked),)
    cases: list[tuple[int, str, Values]] = [(0, "en", {}), (0, "en", dict.fromkeys(NAMES, "x"))]
    for (_, language, filled_in), one in zip(cases, site.fill(known(), made, cases), strict=True):
        assert one == by_generator(known(), made[0], language, filled_in)
    assert "constructor: x" not in by_generator(known(), made[0], "en", {})["text"]


def test_a_tree_is_what_the_text_says() -> None:
    text = "a {{ b|count }}{% if c %}d{% for e in f %}{{ e }}{% endfor %}{% endif %}{% if not g %}h\n{% endif %}\n"
    inner = ["d", ["for", "e", "f", [["value", "e", ""]]]]
    assert tree(text) == ["a ", ["value", "b", "count"], ["if", "c", inner], ["not", "g", ["h\n"]]]


def test_samples_are_the_examples_of_their_templates() -> None:
    for one in templates():
        assert contract_form.template(known(), one, sample(one.id))["example"] == sample(one.id)
