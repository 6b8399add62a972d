"""An order and its log in; a release of the Open Contracting Data Standard 1.1 out, as JSON data.

Codes are those of the standard's codelists: partyRole, releaseTag, awardStatus, contractStatus, milestoneType,
milestoneStatus. Our `manufacturer` is a supplier, `initiator` the buyer and procuring entity, `payer` the payer;
`inspector` and `recipient` have no code and are given as they are, which the open codelist allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from . import machine
from .debts import Debt, owed
from .entries import Entry
from .log import Log
from .terms import price, price_of
from .values import Lot, Making, Phase, Role, Terms

PREFIX = "ocds-karakana"  # not registered: a publisher of orders asks for its own
_ROLES = {
    Role.INITIATOR: ("buyer", "procuringEntity"),
    Role.MANUFACTURER: ("supplier", "payee"),
    Role.PAYER: ("payer",),
    Role.INSPECTOR: ("inspector",),
    Role.RECIPIENT: ("recipient",),
}
# The steps of a lot that are milestones: OCDS milestone type, title, and the state of the lot once it is met.
_MILESTONES = (
    ("prototype", "assessment", "Prototype released", ("release",)),
    ("delivery", "delivery", "Lot delivered", ("deliver",)),
    ("inspection", "assessment", "Lot inspected and accepted", ("accept",)),
    ("payment", "financing", "Lot paid", ("pay",)),
)


def release(terms: Terms, log: Log, order: str, prefix: str = PREFIX) -> dict[str, Any]:
    """Return the release for where the order stands; its date is that of the last entry."""
    date = log.state.since or f"{terms.prototype_due}T00:00:00Z"
    ocid = f"{prefix}-{order[:16]}"
    return {
        "ocid": ocid,
        "id": f"{ocid}-{log.head.number:04}",
        "date": date,
        "tag": [_tag(log)],
        "initiationType": "tender",
        "language": "en",
        "parties": list(_parties(terms, log)),
        "buyer": _organisation(terms, terms.initiator),
        "tender": _tender(terms, log),
        "awards": [_award(terms, lot) for lot in log.state.lots],
        "contracts": [_contract(terms, log, lot) for lot in log.state.lots],
    }


def _tag(log: Log) -> str:
    if log.state.phase in (Phase.DRAFT, Phase.OFFERED):
        return "award"
    if log.state.phase is Phase.CLOSED:
        return "contractTermination"
    started = any(lot.making not in (Making.WAITING, Making.DUE) for lot in log.state.lots)
    return "implementation" if started else "contract"


def _parties(terms: Terms, log: Log) -> Iterator[dict[str, Any]]:
    for hub in machine.parties(terms, log.state):
        roles = [code for role in machine.roles_of(terms, log.state, hub) for code in _ROLES[role]]
        yield {**_organisation(terms, hub), "identifier": {"scheme": "KARAKANA", "id": hub}, "roles": roles}


def _organisation(terms: Terms, hub: str) -> dict[str, Any]:
    return {"id": f"KARAKANA-{hub}", "name": terms.names.get(hub, hub)}


def _tender(terms: Terms, log: Log) -> dict[str, Any]:
    status = {Phase.DRAFT: "planned", Phase.OFFERED: "active"}.get(log.state.phase, "complete")
    if log.state.ending == "withdrawn":
        status = "withdrawn"
    found = {
        "id": terms.id,
        "title": terms.title,
        "status": status,
        "procuringEntity": _organisation(terms, terms.initiator),
    }
    item = {"id": "1", "description": terms.title, "quantity": terms.quantity}
    return {**found, **_value(terms, price(terms)), "items": [item]}


def _value(terms: Terms, amount: Decimal) -> dict[str, Any]:
    return {"value": {"amount": float(amount), "currency": terms.currency}} if terms.currency and amount else {}


def _award(terms: Terms, lot: Lot) -> dict[str, Any]:
    status = {Making.WAITING: "pending", Making.ENDED: "cancelled"}.get(lot.making, "active")
    items = [{"id": "1", "description": terms.title, "quantity": lot.quantity}]
    found = {"id": f"award-{lot.hub}", "status": status, "suppliers": [_organisation(terms, lot.hub)]}
    return {**found, **_value(terms, price_of(terms, lot)), "items": items}


def _contract(terms: Terms, log: Log, lot: Lot) -> dict[str, Any]:
    found = {"id": f"contract-{lot.hub}", "awardID": f"award-{lot.hub}", "status": _contract_status(log, lot)}
    period = {"period": {"endDate": f"{terms.delivery_due}T23:59:59Z"}}
    milestones = [_milestone(terms, log, lot, at) for at in range(len(_MILESTONES))]
    return {**found, **_value(terms, price_of(terms, lot)), **period, "implementation": {"milestones": milestones}}


def _contract_status(log: Log, lot: Lot) -> str:
    if lot.making is Making.WAITING:
        return "cancelled" if log.state.phase is Phase.CLOSED else "pending"
    if lot.making is Making.ENDED:
        return "cancelled"
    return "terminated" if lot.making is Making.PAID or log.state.phase is Phase.CLOSED else "active"


def _milestone(terms: Terms, log: Log, lot: Lot, at: int) -> dict[str, Any]:
    name, kind, title, steps = _MILESTONES[at]
    met = [one for one in log.entries if one.action.lot == lot.hub and one.action.step in steps]
    found = {"id": f"{lot.hub}-{name}", "title": title, "type": kind, "status": _milestone_status(lot, met)}
    due = _due(terms, log, lot, at)
    return {**found, **({"dueDate": due} if due else {}), **({"dateMet": met[-1].action.at} if met else {})}


def _milestone_status(lot: Lot, met: list[Entry]) -> str:
    if met:
        return "met"
    return "notMet" if lot.making is Making.ENDED else "scheduled"


def _due(terms: Terms, log: Log, lot: Lot, at: int) -> str:
    """Return by when a milestone is due: as agreed, or as it follows from the step before."""
    if at < 2:
        return f"{(terms.prototype_due, terms.delivery_due)[at]}T23:59:59Z"
    steps = (("inspect-lot", "rework-lot", "accept"), ("pay",))[at - 2]
    found: list[Debt] = [one for one in owed(terms, log.state) if one.lot == lot.hub and set(one.steps) & set(steps)]
    return f"{found[0].by}T23:59:59Z" if found and found[0].by else ""
