"""Filling contract templates: kinds of values, rules between them, conditions, variants, languages, the manifest."""

import datetime
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import contracts, registry, signatures
from generator.conditions import holds
from generator.contracts import wording
from generator.contracts.manifest import checksum
from generator.contracts.planned import planned
from generator.contracts.terms import silent
from generator.contracts.world import World
from generator.records import Contract, Hub
from tests.contract_samples import VALUES, clause, parameter, template

EVERY = " / ".join(f"{{{{ {name} }}}}" for name in VALUES)
LEFT = "\u202f"  # what parts thousands in French
KNOWN = registry.load(Path(__file__).parent / "mini" / "registry", as_of=datetime.date(2026, 3, 1))


def problems(record: Contract, language: str = "en", world: World | None = None, **values: Any) -> dict[str, str]:
    found = contracts.filled(record, values, language, world).problems
    assert all(problem.hint for problem in found)
    return {problem.parameter: problem.message for problem in found}


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "Some words / yes / 3 / 2.5 / sea / Demo Works, Ghana / 1,200.50\xa0GHS / 12,000 / 31 March 2026"
               " / 14 days / Loom, version 2 / Plan A / Kumasi, Ghana / CERN-OHL-S-2.0"),
        ("fr", f"Some words / oui / 3 / 2,5 / sea / Demo Works, Ghana / 1{LEFT}200,50\xa0GHS / 12{LEFT}000 / 31 mars"
               " 2026 / 14 jours / Loom, version 2 / Plan A / Kumasi, Ghana / CERN-OHL-S-2.0"),
    ],
)  # fmt: skip
def test_every_kind_is_printed_in_its_language(language: str, printed: str) -> None:
    found = contracts.filled(template(EVERY), VALUES, language)
    assert found.problems == ()
    assert found.clauses[0].text == printed


WRONG = [
    ("text", "", "is missing"), ("text", 7, "takes text"), ("text", "\u202e", "holds U+202E"),
    ("boolean", "yes", "takes yes or no"), ("boolean", 1, "takes yes or no"),
    ("integer", 2.5, "takes a whole number"), ("integer", True, "takes a number"),
    ("integer", 10**13, "takes a number"),
    ("number", float("nan"), "takes a number"), ("number", "2", "takes a number"), ("number", 0.1234567, "6 decimals"),
    ("quantity", 0, "is 0"), ("quantity", -5, "is -5"), ("choice", "air", "cannot be 'air'"),
    ("party", "Demo Works", "takes a party"), ("party", {"address": "x"}, "lacks `name`"),
    ("party", {"name": "x", "phone": "1"}, "has no part 'phone'"),
    ("party", {"name": "x", "country": "GH"}, "that is none"),
    ("money", "12,50 EUR", "takes an amount"), ("money", "1.23456 EUR", "no amount"), ("money", "5 ABC", "no currency"),
    ("money", 5, "takes an amount"), ("money", {"amount": 5, "currency": "EUR"}, "no amount"),
    ("money", "-5 EUR", "takes an amount"), ("date", "2026-02-30", "no calendar"),
    ("date", "31.3.2026", "takes a date"),
    ("duration", "a while", "length of time"), ("duration", "0 days", "length of time"),
    ("duration", "P1DT2H", "length"),
    ("design", "no-such", "no design is called"), ("place", {"country": "gh"}, "lacks `address`, `locality`"),
    ("licence", "my own", "takes a licence"), ("inspection-plan", {"name": "x", "sha256": "abc"}, "that is none"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "message"), WRONG)
def test_a_value_of_another_kind_is_told_with_a_way_out(kind: str, value: Any, message: str) -> None:
    more = {"choices": ["sea", "road"]} if kind == "choice" else {}
    record = template("{{ one }}", parameters=[parameter("one", kind, **more)])
    assert message in problems(record, one=value)["one"]


def test_normal_forms_are_one_and_fill_again_alike() -> None:
    ways = {
        "a_money": ["1200.50 GHS", {"amount": "1200.5", "currency": "GHS"}, {"amount": "1200.5000", "currency": "GHS"}],
        "a_duration": ["14 days", "P14D"], "a_number": [2, 2.0], "a_text": ["e\u0301 x", "\xe9\n  x "],
        "an_inspection_plan": ["Plan A", {"name": "Plan A"}, {"name": "Plan A", "version": ""}],
    }  # fmt: skip
    record = template(EVERY)
    for name, values in ways.items():
        found = [contracts.filled(record, {**VALUES, name: value}, "fr") for value in values]
        assert len({contracts.markdown(one) + contracts.html(one) for one in found}) == 1
        assert len({signatures.digest(one.parameters) for one in found}) == 1
    first = contracts.filled(record, VALUES, "fr")
    again = contracts.filled(record, json.loads(signatures.canonical(first.parameters)), "fr")
    assert again == first


def test_what_is_missing_or_unknown_is_told_at_once() -> None:
    record = template("{{ one }} {{ two }}", parameters=[parameter("one", "text"), parameter("two", "date")])
    assert problems(record, on="x") == {
        "on": "is no parameter of this template", "one": "is missing", "two": "is missing",
    }  # fmt: skip
    optional = template(
        clause("{{ two }}", "late", when={"eq": ["flag", True]}), "{% if two %}Until {{ two }}{% endif %}.",
        parameters=[parameter("two", "date", required=False), parameter("flag", "boolean")],
    )  # fmt: skip
    assert problems(optional, flag=True) == {"two": "is missing, and clause `late` needs it"}
    assert problems(optional, flag=False) == {}
    assert contracts.filled(optional, {"flag": False}, "en").clauses[0].text == "."


def test_a_value_that_no_clause_says_is_told() -> None:
    record = template(
        clause("{{ cap }}", "late", when={"eq": ["flag", True]}), "Always",
        parameters=[parameter("cap", "money", required=False), parameter("flag", "boolean")],
    )  # fmt: skip
    assert problems(record, flag=False, cap="5 EUR") == {"cap": "is given, and no clause that applies says it"}
    assert problems(record, flag=True, cap="5 EUR") == {}


ORDER = [
    parameter("makers", "party", many=True, role="manufacturer"),
    parameter("lots", "quantity", many=True, per="makers"),
    parameter("total", "quantity", sum_of=["lots"]),
    parameter("inspector", "party", apart_from=["makers"], required=False),
    parameter("price", "money", sum_of=["advance", "rest"], required=False),
    parameter("advance", "money", required=False), parameter("rest", "money", many=True, required=False),
    parameter("begins", "date", required=False), parameter("ends", "date", not_before=["begins"], required=False),
    parameter("samples", "integer", many=True, per="makers", at_most="lots", required=False),
    parameter("bad", "integer", many=True, per="makers", below="samples", required=False),
]  # fmt: skip
STEPS = [
    {"id": "offer", "label": {"en": "Offer", "fr": "Offre"}},
    {"id": "begin", "label": {"en": "Begin", "fr": "Début"}, "due": "ends", "after": ["offer"], "payment": "advance"},
    {"id": "end", "label": {"en": "End", "fr": "Fin"}, "due": "begins", "after": ["begin"], "payment": "rest"},
]
TWO = {"makers": [{"name": "A"}, {"name": "B", "hub": "gh/b"}], "lots": [60, 40], "total": 100}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, {}),
        ({"lots": [60, 41]}, {"total": "is 100, and `lots` add up to 101, 1 more"}),
        ({"lots": [100]}, {"lots": "has 1 items, and `makers` has 2"}),
        ({"inspector": {"name": "a"}}, {"inspector": "names a, and so does `makers`"}),
        ({"inspector": {"name": "Other name", "hub": "gh/b"}}, {"inspector": "names Other name, and so does `makers`"}),
        ({"inspector": {"name": "C"}}, {}),
        ({"price": "10 EUR", "advance": "3.33 EUR", "rest": ["3.33 EUR", "3.33 EUR"]},
         {"price": "is 10, and `advance`, `rest` add up to 9.99, 0.01 less"}),
        ({"price": "0.3 EUR", "advance": "0.1 EUR", "rest": ["0.1 EUR", "0.1 EUR"]}, {}),
        ({"price": "2 EUR", "advance": "1 EUR", "rest": ["1 GHS"]},
         {"price": "is in another currency than its parts: `EUR`, `GHS`"}),
        ({"begins": "2026-03-02", "ends": "2026-03-01"}, {"ends": "is 2026-03-01, before `begins`, 2026-03-02"}),
        ({"begins": "2026-03-01", "ends": "2026-03-01"}, {}),
        ({"samples": [60, 40], "bad": [59, 0]}, {}),
        ({"samples": [60, 41]}, {"samples": "item 2 is 41; it must be not more than `lots`, 40"}),
        ({"samples": [5, 5], "bad": [5, 0]}, {"bad": "item 1 is 5; it must be less than `samples`, 5"}),
        ({"samples": [61]}, {"samples": "has 1 items, and `makers` has 2"}),
        ({"begins": "2026-03-01", "ends": "2026-03-02"},
         {"begins": "is 2026-03-01, before `ends`, 2026-03-02, which comes first"}),
    ],
)  # fmt: skip
def test_values_owe_each_other(values: dict[str, Any], told: dict[str, str]) -> None:
    stages = "begins" in values and told.keys() == {"begins"}
    record = template("{{ lots|count }}", parameters=ORDER, **({"milestones": STEPS} if stages else {}))
    found = problems(record, **{**TWO, **values})
    assert found == told


def test_the_order_of_two_dates_is_told_once() -> None:
    record = template("{{ lots|count }}", parameters=ORDER, milestones=[
        {**STEPS[1], "due": "begins"}, {**STEPS[2], "due": "ends"}])  # fmt: skip
    dates = {"begins": "2026-03-02", "ends": "2026-03-01"}
    found = contracts.filled(record, {**TWO, **dates}, "en").problems
    assert [one.message for one in found] == ["is 2026-03-01, before `begins`, 2026-03-02"]


def test_a_party_signs_once_under_all_of_its_roles() -> None:
    buyer = {"name": "Buyer", "country": "gh"}
    parameters = [parameter(name, "party") for name in ("client", "payer", "maker", "heir")]
    values = {"client": buyer, "maker": {"name": "Maker"}, "payer": buyer, "heir": {"name": "Buyer", "country": "ke"}}
    found = contracts.filled(template("{{ client }}", parameters=parameters), values, "fr")
    assert [(one.role, one.printed) for one in found.parties] == [
        ("Nom de client, Nom de payer", "Buyer, Ghana"), ("Nom de maker", "Maker"), ("Nom de heir", "Buyer, Kenya"),
    ]  # fmt: skip


KEY = "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"key": KEY}, ""),
        ({"key": KEY[:-1]}, "has a `key` that is none"),
        ({"key": "z6MkOOO0" + KEY[8:]}, "has a `key` that is none"),
        ({"key": KEY, "hub": "gh/kumasi-hive"}, "has a `key` and a `hub`"),
    ],
)
def test_a_party_without_a_hub_may_bring_its_own_key(given: dict[str, str], why: str) -> None:
    record = template("{{ client }}", parameters=[parameter("client", "party")])
    found = contracts.filled(record, {"client": {"name": "Demo Client", "country": "gh", **given}}, "en")
    assert [one.message for one in found.problems] == ([why] if why else [])
    if not why:
        assert found.clauses[0].text == f"Demo Client, Ghana, key {KEY}"


def test_payments_of_milestones_are_in_one_currency() -> None:
    record = template("x", parameters=ORDER, milestones=STEPS)
    found = problems(record, **TWO, advance="1 EUR", rest=["1 GHS"])
    assert found == {"advance": "the payments are in `EUR`, `GHS`"}


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_a_price_is_the_sum_of_its_parts_to_the_cent(cents: list[int]) -> None:
    parts = [{"amount": f"{Decimal(cent) / 100:f}", "currency": "EUR"} for cent in cents]
    parameters = [parameter("price", "money", sum_of=["parts"]), parameter("parts", "money", many=True)]
    record = template("{{ price }}", parameters=parameters)
    for more in (0, 1, -1):
        price = {"amount": f"{max(Decimal(sum(cents) + more), Decimal()) / 100:f}", "currency": "EUR"}
        assert bool(problems(record, price=price, parts=parts)) == (more != 0)


def test_makers_accept_the_template_and_can_make_the_design() -> None:
    hub = next(iter(KNOWN.ids(Hub)))
    asked: list[tuple[tuple[str, ...], str]] = []

    def doubts(hubs: tuple[str, ...], design: str) -> tuple[tuple[str, str], ...]:
        asked.append((hubs, design))
        return ((hubs[0], "no laser there"),)

    parameters = [parameter("maker", "party", role="manufacturer"), parameter("design", "design")]
    record = template("{{ maker }} {{ design }}", parameters=parameters)
    found = contracts.filled(
        record, {"maker": hub, "design": {"name": "Loom", "id": "loom"}}, "en", World(KNOWN, doubts)
    )
    assert [problem.message for problem in found.problems] == [f"`{hub}` cannot make `loom`: no laser there"]
    assert silent(record, found.parameters, World(KNOWN)) == (hub,)
    assert asked == [((hub,), "loom")]
    assert found.parameters["maker"]["hub"] == hub
    assert found.parameters["maker"]["name"]
    assert "no hub is called" in problems(record, world=World(KNOWN), maker="zz/nobody", design={"name": "x"})["maker"]


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({}, True), ({"eq": ["flag", True]}, True), ({"eq": ["flag", 1]}, False), ({"eq": ["count", 3]}, True),
        ({"eq": ["count", 3.0]}, True), ({"eq": ["none", "x"]}, False), ({"not": {"eq": ["none", "x"]}}, True),
        ({"in": ["where", ["gh", "tg"]]}, True), ({"in": ["where", ["fr"]]}, False), ({"gt": ["count", 2]}, True),
        ({"gt": ["count", 3]}, False), ({"gt": ["none", 0]}, False), ({"gt": ["flag", 0]}, False),
        ({"all": [{"gt": ["count", 2]}, {"eq": ["where", "gh"]}]}, True),
        ({"all": [{"gt": ["count", 2]}, {"eq": ["where", "fr"]}]}, False),
        ({"any": [{"gt": ["count", 9]}, {"eq": ["where", "gh"]}]}, True), ({"any": [{"gt": ["count", 9]}]}, False),
    ],
)  # fmt: skip
def test_conditions(condition: dict[str, Any], met: bool) -> None:
    assert holds(condition, {"flag": True, "count": 3, "where": "gh"}) is met


def test_a_law_without_a_text_of_its_own_is_no_silent_fallback() -> None:
    variants = [
        {"jurisdictions": ["gh", "tg"], "text": {"en": "Ours", "fr": "Le nôtre"}},
        {"jurisdictions": ["fr"], "text": {"en": "Theirs", "fr": "Le leur"}},
    ]
    where = parameter("jurisdiction", "choice", choices=["de", "fr", "gh", "tg"], required=False)
    record = template(clause("Nobody's", "liability", variants=variants), "Always", parameters=[where])
    assert contracts.filled(record, {"jurisdiction": "tg"}, "fr").clauses[0].text == "Le nôtre"
    assert problems(record, jurisdiction="de") == {
        "jurisdiction": "is `de`, and clause `liability` has no text for that law"
    }
    assert problems(record) == {"jurisdiction": "is missing, and clause `liability` differs from law to law"}


def test_only_clauses_that_apply_are_numbered() -> None:
    record = template(
        clause("one", "first"), clause("two", "second", when={"eq": ["flag", True]}), clause("three", "third"),
        parameters=[parameter("flag", "boolean")],
    )  # fmt: skip
    found = contracts.filled(record, {"flag": False}, "en")
    assert [(one.number, one.id) for one in found.clauses] == [(1, "first"), (2, "third")]


def test_lists_countries_and_choices_in_words() -> None:
    parameters = [
        parameter("makers", "party", many=True), parameter("country", "choice", choices=["gh", "tg"]),
        parameter("by", "choice", choices=["sea", "road"], choice_labels={"sea": {"en": "by sea", "fr": "par mer"}}),
    ]  # fmt: skip
    text = "{{ makers|list }}; {{ makers|count }}; {{ makers }}; {{ country|country }} ({{ country }}) {{ by }}"
    values = {"makers": [{"name": "A"}, {"name": "B"}, {"name": "C"}], "country": "gh", "by": "sea"}
    english, french = (contracts.filled(template(text, parameters=parameters), values, one) for one in ("en", "fr"))
    assert english.clauses[0].text == "A, B, and C; 3; A, B, C; Ghana (gh) by sea"
    assert french.clauses[0].text == "A, B et C; 3; A, B, C; Ghana (gh) par mer"
    assert [one.printed for one in french.cover] == [("A", "B", "C"), ("Ghana (gh)",), ("par mer",)]


def test_a_language_that_nobody_wrote_is_told() -> None:
    assert problems(template("x", parameters=[parameter("one", "text")]), "sw", one="a") == {
        "": "the template has no text in `sw`"
    }
    plain = {"en": "x", "fr": "x", "xx": "x"}
    record = template({"id": "a", "heading": plain, "text": plain}, languages=["en", "xx"])
    assert problems(record, "xx") == {"": "a contract cannot be written in `xx` yet"}


@pytest.mark.parametrize("language", sorted(wording.wordings()))
def test_all_words_are_there_in_every_language(language: str) -> None:
    assert wording.wordings()[language].keys() == wording.wordings()["en"].keys()
    for unit in ("hour", "day", "week", "month", "year"):
        assert all(str(number) in wording.duration(number, unit, language) for number in (5, 14, 120))
        assert wording.duration(1, unit, language)
    assert wording.word("prevails", language, language="X").count("X") == 1


def test_arabic_is_written_from_right_to_left() -> None:
    text = {"ar": "يدفع {{ one }}"}
    record = template(
        {"id": "a", "heading": {"ar": "عنوان"}, "text": text}, title={"ar": "عقد"}, languages=["ar"],
        prevailing_language="ar", parameters=[{"name": "one", "type": "money", "label": {"ar": "السعر"}}],
    )  # fmt: skip
    found = contracts.filled(record, {"one": "5 EUR"}, "ar")
    assert found.problems == ()
    assert '<html lang="ar" dir="rtl">' in contracts.html(found)


def test_a_manifest_names_the_checksum_of_everything() -> None:
    record = template("{{ one }}", parameters=[parameter("one", "text")])
    texts = {one: contracts.markdown(contracts.filled(record, {"one": "a"}, one)) for one in ("fr", "en")}
    found = contracts.manifest("test/1", {"title": "x"}, {"one": "a"}, texts, "en")
    assert found == {
        "format": "karakana-contract/1",
        "template": {"id": "test/1", "sha256": hashlib.sha256(b'{"title":"x"}').hexdigest()},
        "parameters": {"sha256": hashlib.sha256(b'{"one":"a"}').hexdigest()},
        "texts": {one: {"sha256": checksum(texts[one].encode())} for one in ("en", "fr")},
        "prevailing_language": "en",
    }
    windows = {one: text.replace("\n", "\r\n") for one, text in texts.items()}
    assert contracts.manifest("test/1", {"title": "x"}, {"one": "a"}, windows, "en") == found
    hidden = {one: text.replace("\n", "\r", 1) for one, text in texts.items()}  # a terminal shows the last line only
    assert contracts.manifest("test/1", {"title": "x"}, {"one": "a"}, hidden, "en") != found


def test_a_plan_gives_makers_lots_and_design() -> None:
    parameters = [*ORDER, parameter("design", "design")]
    record = template("x", parameters=parameters)
    steps = [("cut", "gh/a", 60), ("cut", "gh/b", 40), ("fold", "gh/a", 120), ("fold", "gh/b", 80)]
    assignments = [{"step": step, "hub": hub, "pieces": pieces} for step, hub, pieces in steps]
    wanted = [{"id": "motor/wind", "design": "motor"}, {"id": "cut", "design": "loom"}]
    plan = {"wish": {"quantity": 100, "steps": wanted}, "valid": True, "assignments": assignments}
    expected = {"makers": ["gh/a", "gh/b"], "lots": [60, 40], "total": 100, "design": "loom"}
    assert planned(record, plan) == (expected, ())
    chain = {**plan, "assignments": [assignments[0], assignments[3]]}
    assert planned(record, chain)[0] == {"makers": ["gh/a", "gh/b"], "design": "loom"}
    for broken in (
        {},
        {**plan, "valid": False},
        {"assignments": [1, {"hub": "gh/a"}]},
        {"assignments": "x", "wish": []},
    ):
        assert [problem.message for problem in planned(record, broken)[1]] == ["the plan cannot be carried out"]
