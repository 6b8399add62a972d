"""An order drafted from a filled contract: who takes part, what is paid at which milestone, and what differs later."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import documents, orders
from generator.orders import agreed, drafting
from tests import order_story as story
from tests.order_folder import PARAMETERS, ROOT, TEMPLATE, amount

DATA = documents.examine((ROOT / "registry" / "contracts" / f"{TEMPLATE}.yaml").read_bytes()).data
QUALITY = documents.examine(story.ORDER).data["quality"]
NAMED = {"manifest": "contract/manifest.json", "sha256": "0" * 64}
LISTS = ("advance_payments", "prototype_payments", "final_payments")


def contract(**values: Any) -> drafting.Contract:
    return drafting.Contract(DATA, {**PARAMETERS, **values}, NAMED)


def read(found: drafting.Contract) -> orders.Terms:
    file = orders.read_terms(drafting.text(drafting.drafted("an-order", found, QUALITY)).encode())
    assert file.troubles == ()
    return file.terms[0]


def test_a_price_is_the_sum_of_the_payments_of_the_milestones() -> None:
    terms = read(contract())
    assert [(share.price, share.instalments) for share in terms.shares] == [
        ("150.0", (("signature", "0.1"), ("release", "49.9"), ("inspection", "100"))),
        ("150.0", (("signature", "0.2"), ("release", "49.8"), ("inspection", "100"))),
        ("100.01", (("signature", "0.3"), ("release", "49.71"), ("inspection", "50"))),
    ]
    assert str(orders.terms.price(terms)) == "400.01"
    assert list(agreed.differences(terms, contract())) == []


@given(st.lists(st.integers(0, 10**12), min_size=9, max_size=9))
def test_money_is_exact_to_the_last_digit(hundredths: list[int]) -> None:
    written = [amount(f"{one // 10000}.{one % 10000:04}") for one in hundredths]
    lists = {name: written[at * 3 : at * 3 + 3] for at, name in enumerate(LISTS)}
    terms = read(contract(**lists))
    assert orders.terms.price(terms) * 10000 == sum(hundredths)
    assert list(agreed.differences(terms, contract(**lists))) == []


@pytest.mark.parametrize("name", LISTS)
def test_payments_that_cannot_be_told_apart_make_no_price(name: str) -> None:
    for value in ([amount("1")], [{"amount": "1", "currency": "GHS"}] * 3):
        terms = read(contract(**{name: value}))
        assert {share.price for share in terms.shares} == {""}


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"quantity": 41}, "quantity: 41, and the contract says 40"),
    ({"inspector": "gh/thief"}, "inspector: gh/thief, and the contract says gh/judge"),
    ({"currency": "GHS"}, "currency: GHS, and the contract says EUR"),
    ({"rework_rounds": 0}, "rework_rounds: 0, and the contract says 2"),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_what_an_order_says_otherwise_than_its_contract_is_named(change: dict[str, Any], told: str) -> None:
    assert list(agreed.differences(replace(read(contract()), **change), contract())) == [told]


def test_what_a_contract_does_not_tell_is_no_difference() -> None:
    silent = contract()
    values = {name: value for name, value in silent.parameters.items() if name != "rework_rounds"}
    assert list(agreed.differences(read(contract()), silent._replace(parameters=values))) == []


def test_each_share_is_held_against_the_contract() -> None:
    terms = read(contract())
    one, *rest = terms.shares
    other = replace(terms, shares=(replace(one, quantity=16, price="151"), *rest))
    assert list(agreed.differences(other, contract())) == [
        "pieces of gh/one: 16, and the contract says 15", "price of gh/one: 151, and the contract says 150",
    ]  # fmt: skip
    stranger = replace(terms, shares=(*terms.shares, replace(one, hub="gh/thief")))
    assert "pieces of gh/thief: 15, and the contract names no such manufacturer" in list(
        agreed.differences(stranger, contract())
    )


def test_who_has_neither_hub_nor_key_can_take_no_step() -> None:
    key = "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"
    on_paper = {"name": "Demo Gauge Room"}
    assert drafting.unable(contract(inspector=on_paper).parameters) == ("Demo Gauge Room (inspector)",)
    found = contract(inspector={**on_paper, "key": key})
    assert drafting.unable(found.parameters) == ()
    terms = read(found)
    assert terms.inspector == f"did:key:{key}"
    assert terms.called(terms.inspector) == "Demo Gauge Room (did:key:z6MkehRgf7yJ…)"
    assert json.loads(json.dumps(dict(terms.names))) == {f"did:key:{key}": "Demo Gauge Room"}
