"""An order's terms and its filled contract in; every fact in which they differ out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..contracts.signing import party_id
from . import division, drafting
from .drafting import Contract
from .quality import sample_plan
from .sampling import SamplePlan
from .terms import price_of, share_of
from .values import Lot, Making, Share, State, Terms

# What the contract of a new division says alike, and what it says of each manufacturer.
_SAME = ("initiator", "inspector", "recipient", "payer", "currency", "design", "rework_rounds")
_PARTS = ("pieces", "price", "instalment")


def differences(terms: Terms, contract: Contract) -> Iterator[str]:
    """Yield what the order says otherwise than its contract: parties, pieces, money, days, corrections, samples."""
    here, agreed = _facts(terms), _agreed(contract)
    for name, wanted in agreed.items():
        if (found := here.get(name, "nothing")) != wanted:
            yield f"{name}: {found}, and the contract says {wanted}"
    for name in here.keys() - agreed.keys():
        if name.startswith("pieces of"):
            yield f"{name}: {here[name]}, and the contract names no such manufacturer"
    yield from weaker_samples(terms, contract.parameters)


def _facts(terms: Terms) -> dict[str, str]:
    """Return an order's facts that its contract settles, by what they are called."""
    found = {
        "quantity": str(terms.quantity), "currency": terms.currency, "design": terms.design,
        "initiator": terms.initiator, "inspector": terms.inspector, "recipient": terms.recipient,
        "payer": terms.payer, "prototype_due": f"{terms.prototype_due}", "delivery_due": f"{terms.delivery_due}",
        "rework_rounds": str(terms.rework_rounds),
    }  # fmt: skip
    for share in terms.shares:
        found[f"pieces of {share.hub}"] = str(share.quantity)
        if share.price:
            found[f"price of {share.hub}"] = _amount(share.price)
        for milestone, amount in share.instalments:
            found[f"instalment of {share.hub} at {milestone}"] = _amount(amount)
    return {**found, **{f"name of {party}": name for party, name in terms.names.items()}}


def _agreed(contract: Contract) -> dict[str, str]:
    """Return the same facts as the contract has them; those that it does not tell are left out."""
    data = drafting.drafted("", contract, ())
    parties = data.get("parties", {})
    found = {name: str(data.get(name, "")) for name in ("quantity", "currency", "design", "rework_rounds")}
    found |= {name: party for name, party in parties.items() if isinstance(party, str)} | data.get("dates", {})
    for one in parties.get("manufacturers", ()):
        found[f"pieces of {one['hub']}"] = str(one.get("quantity", ""))
        found[f"price of {one['hub']}"] = _amount(one.get("price", ""))
        for part in one.get("instalments", ()):
            found[f"instalment of {one['hub']} at {part['milestone']}"] = _amount(part["amount"])
    found |= {f"name of {party}": name for party, name in data.get("names", {}).items()}
    return {name: value for name, value in found.items() if value and (value != "0" or name == "rework_rounds")}


def other_division(
    terms: Terms, state: State, quantities: Mapping[str, int], contract: Contract
) -> Iterator[str]:  # fmt: skip
    """Yield what the contract of a new division says otherwise than the order: parties, and who is not divided anew.

    Days may differ: who joins later cannot keep those that are over.
    """
    lots = [lot for lot in state.lots if lot.making is not Making.ENDED and lot.hub not in quantities]
    kept = [_kept(terms, lot) for lot in lots]
    here, agreed = _facts(replace(terms, shares=tuple(kept))), _agreed(contract)
    is_priced = any(share.price for share in terms.shares)
    parted = {one.hub for one in kept if one.instalments}
    for name, wanted in agreed.items():
        kind, _, whose = name.partition(" of ")
        hub, found = whose.partition(" at ")[0], here.get(name, "nothing")
        known = {"price": is_priced, "instalment": hub in parted, "currency": terms.currency, "design": terms.design}
        told = kind in _SAME or (kind in _PARTS and hub not in quantities)
        if told and known.get(kind, True) and found != wanted:
            yield f"{name}: {found}, and the contract says {wanted}"
    if is_priced:
        told_of = prices(contract)
        yield from (f"price of {hub}: the contract names none" for hub in quantities if hub not in told_of)


def _kept(terms: Terms, lot: Lot) -> Share:
    """Return what a lot has that is not divided anew, with what was offered to it before."""
    after = division.as_offered(lot)
    price = price_of(terms, after)
    parts = next((one.instalments for one in share_of(terms, after) if one.quantity == after.quantity), ())
    return Share(lot.hub, after.quantity, f"{price:f}" if price else "", parts)


def prices(contract: Contract) -> dict[str, dict[str, Any]]:
    """Return the price and the instalments of each manufacturer, as the contract has them."""
    makers = drafting.drafted("", contract, ()).get("parties", {}).get("manufacturers", ())
    return {one["hub"]: {name: one[name] for name in ("price", "instalments")} for one in makers if "price" in one}


def _amount(text: str) -> str:
    """Return an amount without zeros that say nothing."""
    return f"{Decimal(text).normalize():f}" if text else ""


def weaker_samples(terms: Terms, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the inspector checks fewer pieces than the contract says, or lets more faulty ones pass."""
    for told, plan, size, accept in _samples(terms, parameters):
        if plan.sample < size or plan.accept > accept:
            yield told


def stricter_samples(terms: Terms, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the inspector checks more pieces than the contract says, or lets fewer faulty ones pass."""
    for told, plan, size, accept in _samples(terms, parameters):
        if plan.sample >= size and plan.accept <= accept and (plan.sample, plan.accept) != (size, accept):
            yield told


def _samples(terms: Terms, parameters: Mapping[str, Any]) -> Iterator[tuple[str, SamplePlan, int, int]]:
    """Yield each sample of the inspector beside the contract's numbers, and both in words."""
    numbers = [parameters.get(name) or () for name in ("manufacturers", "sample_sizes", "accept_numbers")]
    agreed = {party_id(maker): (size, accept) for maker, size, accept in zip(*numbers, strict=False)}
    for share in terms.shares:
        for one in terms.characteristics if share.hub in agreed else ():
            plan, (size, accept) = sample_plan(one.sampling, share.quantity), agreed[share.hub]
            if one.checked_by != "manufacturer":
                told = (
                    f"quality plan, {one.id} on the lot of {share.hub}: {plan.sample} pieces with up to {plan.accept} "
                    f"faulty, and the contract says {size} with up to {accept}"
                )
                yield told, plan, size, accept
