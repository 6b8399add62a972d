"""The bytes of an order's file in; its terms out, or everything that is wrong with them, with line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from .. import documents, schemas, signatures, words
from ..diagnostics import Key
from ..documents import Examination
from ..signatures import ReadError
from . import military
from .quality import Sampling, characteristic, risks, sample_plan
from .sampling import LARGEST, NoPlanError
from .values import Days, Lot, Share, Terms

FILE = "order.yaml"
# What a sample of each basis needs, and may say besides.
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all": ((), ()),
    "fixed": (("sample", "accept"), ()),
    "risks": (("aql_percent", "ltpd_percent"), ("producer_risk_percent", "consumer_risk_percent")),
    "mil-std-105e": (("aql_percent",), ("level",)),
}
_EXAMPLES = "`fixed` needs sample and accept, `risks` aql_percent and ltpd_percent, `mil-std-105e` aql_percent"
Keyed = tuple[tuple[Key, ...], str, str]  # keys, message, hint


class Trouble(NamedTuple):
    """Something wrong with an order's file: line and column from 1, what, what to do, and the keys to its place."""

    line: int
    column: int
    message: str
    hint: str
    keys: tuple[Key, ...] = ()


class OrderFile(NamedTuple):
    """What an order's file says: its terms and the hash by which its log knows it, or its troubles and no terms."""

    terms: tuple[Terms, ...]
    sha256: str
    troubles: tuple[Trouble, ...]


def read(source: bytes) -> OrderFile:
    """Return what an order's file says. Its hash is of the facts in it, so comments and line ends may change."""
    exact = documents.examine(source)
    if exact.is_broken:
        found = [Trouble(one.line or 1, one.column or 1, one.message, one.rule.title) for one in exact.problems]
        return OrderFile((), "", tuple(found))
    try:
        data = signatures.read(signatures.canonical(exact.data))  # 15.0 pieces are 15, as their hash says
    except ReadError as error:
        return OrderFile((), "", (Trouble(1, 1, str(error), ""),))
    if troubles := tuple(_placed(exact, _faults(data))):
        return OrderFile((), "", troubles)
    return OrderFile((terms(data),), signatures.digest(data), ())


def _placed(exact: Examination, faults: Iterator[Keyed]) -> Iterator[Trouble]:
    for keys, message, hint in faults:
        yield Trouble(*exact.find(keys, on_key=False), message, hint, keys)


def _faults(data: Any) -> Iterator[Keyed]:
    if not schemas.published("order_terms")(data):
        for _, found in schemas.explain_published("order_terms", "", data):
            yield found.at.keys, found.message, found.hint
        return
    yield from _party_faults(data)
    yield from _date_faults(data)
    yield from _quality_faults(data["quality"], [one["quantity"] for one in data["parties"]["manufacturers"]])


def _party_faults(data: Mapping[str, Any]) -> Iterator[Keyed]:
    parties = data["parties"]
    makers = [one["hub"] for one in parties["manufacturers"]]
    for at, hub in enumerate(makers):
        if hub in makers[:at]:
            yield ("parties", "manufacturers", at, "hub"), f"`{hub}` stands twice", "one manufacturer has one lot"
    if parties["inspector"] in makers:
        message = f"`{parties['inspector']}` would inspect what it makes"
        yield ("parties", "inspector"), message, "choose an inspector that makes nothing in this order"
    total = sum(one["quantity"] for one in parties["manufacturers"])
    if total != data["quantity"]:
        yield (
            ("quantity",),
            f"the manufacturers make {total} pieces, and the order has {data['quantity']}",
            "make them equal",
        )
    prices = ["price" in one for one in parties["manufacturers"]]
    if any(prices) and not (all(prices) and "currency" in data):
        yield ("parties", "manufacturers"), "prices are given by halves", "give each manufacturer's, and `currency`"
    for at, one in enumerate(parties["manufacturers"]):
        paid = sum((Decimal(part["amount"]) for part in one.get("instalments", ())), Decimal())
        if "instalments" in one and paid != Decimal(one.get("price", "0")):
            text = (
                f"the instalments of `{one['hub']}` add up to {paid:f}, and its price is {one.get('price', 'missing')}"
            )
            yield ("parties", "manufacturers", at, "instalments"), text, "make them equal, to the last cent"
    yield from _name_faults(data)


def _name_faults(data: Mapping[str, Any]) -> Iterator[Keyed]:
    parties = data["parties"]
    held = {one["hub"] for one in parties["manufacturers"]} | {one for one in parties.values() if isinstance(one, str)}
    for name in data.get("names", {}):
        if name not in held:
            yield ("names", name), f"`{name}` is no party of this order", "take it out"


def _date_faults(data: Mapping[str, Any]) -> Iterator[Keyed]:
    dates = data["dates"]
    order = [name for name in ("sign_by", "prototype_due", "delivery_due") if name in dates]
    for before, after in pairwise(order):
        if dates[before] > dates[after]:
            yield (
                ("dates", after),
                f"{after} ({dates[after]}) is before {before} ({dates[before]})",
                "put them in order",
            )


def _quality_faults(quality: list[Mapping[str, Any]], lots: list[int]) -> Iterator[Keyed]:
    counted = Counter(one["id"] for one in quality)
    for at, one in enumerate(quality):
        if counted[one["id"]] > 1:
            yield ("quality", at, "id"), f"`{one['id']}` stands twice", "give each characteristic its own id"
        sampling = one.get("sampling", {"basis": "all"})
        if wrong := _key_fault(sampling):
            yield ("quality", at, "sampling"), wrong, f"a sample of the basis `all` needs nothing else; {_EXAMPLES}"
        elif sampling["basis"] == "mil-std-105e" and not military.is_known(sampling["aql_percent"]):
            hint = f"one of {', '.join(military.AQLS)}"
            yield ("quality", at, "sampling", "aql_percent"), "the tables have no such AQL", hint
        elif sampling["basis"] == "fixed":
            yield from _fixed_faults(("quality", at, "sampling"), sampling, lots)
        elif sampling["basis"] == "risks" and (wrong := _risk_fault(Sampling(**sampling), lots)):
            yield ("quality", at, "sampling"), wrong, "such as AQL 2.5 %, LTPD 15 %, risks of 5 % and 10 %"


def _fixed_faults(keys: tuple[Key, ...], sampling: Mapping[str, Any], lots: list[int]) -> Iterator[Keyed]:
    sample, accept, smallest = sampling["sample"], sampling["accept"], min(lots)
    if sample > smallest:
        text = f"a sample of {sample} pieces is larger than the smallest lot, {smallest} pieces"
        yield (*keys, "sample"), text, f"take at most {smallest}, or check every piece with the basis `all`"
    elif sample > LARGEST and sample != smallest:
        text = f"a sample of {sample} pieces is larger than {LARGEST}, the largest of any table"
        yield (*keys, "sample"), text, "take fewer, or check every piece with the basis `all`"
    if accept >= sample:
        text = f"{accept} faulty pieces of a sample of {sample} are accepted, so that every lot passes"
        yield (*keys, "accept"), text, f"accept at most {sample - 1}; often 0"


def _key_fault(sampling: Mapping[str, Any]) -> str:
    needed, known = _KEYS[sampling["basis"]]
    if missing := [key for key in needed if key not in sampling]:
        return f"`{missing[0]}` is missing"
    unknown = [key for key in sampling if key not in ("basis", *needed, *known)]
    return f"`{unknown[0]}` does not belong to the basis `{sampling['basis']}`" if unknown else ""


def _risk_fault(sampling: Sampling, lots: list[int]) -> str:
    given = risks(sampling)
    if not 0 <= given.aql < given.ltpd <= 1:
        return "the AQL is not less than the LTPD, or the LTPD is more than 100 %"
    half = Fraction(1, 2)
    if not (0 < given.producer <= half and 0 < given.consumer <= half):
        return "a risk is not between 0 and 50 %"
    try:
        for lot in sorted(set(lots)):
            sample_plan(sampling, lot)
    except NoPlanError as error:
        return str(error)
    return ""


def terms(data: Mapping[str, Any]) -> Terms:
    """Return the terms for data that holds."""
    parties, dates, contract = data["parties"], data["dates"], data.get("contract", {})
    makers = parties["manufacturers"]
    return Terms(
        id=data["order"], title=data["title"], quantity=data["quantity"], design=data.get("design", ""),
        initiator=parties["initiator"], inspector=parties["inspector"], recipient=parties["recipient"],
        payer=parties["payer"], currency=data.get("currency", ""), plan=data.get("plan", ""),
        plan_sha256=data.get("plan_sha256", ""),
        shares=tuple(share_in(one) for one in makers),
        prototype_due=date.fromisoformat(dates["prototype_due"]),
        delivery_due=date.fromisoformat(dates["delivery_due"]),
        sign_by=date.fromisoformat(dates["sign_by"]) if "sign_by" in dates else None,
        days=Days(**data.get("days", {})), rework_rounds=data.get("rework_rounds", 1),
        names=data.get("names", {}),
        characteristics=tuple(characteristic(one) for one in data["quality"]),
        manifest=contract.get("manifest", ""), manifest_sha256=contract.get("sha256", ""),
    )  # fmt: skip


def share_in(data: Mapping[str, Any]) -> Share:
    """Return what data says of a manufacturer: its pieces, its price and its instalments."""
    parts = tuple((one["milestone"], one["amount"]) for one in data.get("instalments", ()))
    return Share(data["hub"], data["quantity"], data.get("price", ""), parts)


def price(terms: Terms) -> Decimal:
    """Return the price of the whole order; 0 when none is given."""
    return sum((Decimal(share.price) for share in terms.shares if share.price), Decimal(0))


def share_of(terms: Terms, lot: Lot) -> tuple[Share, ...]:
    """Return the pieces and the price that were signed last for a lot: by a new division's contract, or the terms."""
    return lot.share or tuple(share for share in terms.shares if share.hub == lot.hub)


def price_of(terms: Terms, lot: Lot) -> Decimal:
    """Return a lot's part of the price, 0 when it has none; without a new contract it grows with the pieces."""
    for share in share_of(terms, lot):
        if share.price:
            exact = Fraction(share.price) * lot.quantity / share.quantity
            places = max(words.currency_places(terms.currency), len(share.price.partition(".")[2]))
            return Decimal(round(exact * 10**places)).scaleb(-places)
    return Decimal(0)
