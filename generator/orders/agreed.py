"""An order's terms and its filled contract in; every fact in which they differ out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..contracts.signing import party_id
from . import drafting
from .drafting import Contract
from .quality import sample_plan
from .sampling import SamplePlan
from .values import Terms


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
    return {name: value for name, value in found.items() if value not in ("", "0") or name == "rework_rounds"}


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
