"""Days in records: none still to come, verifications that have aged, certificates that have run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..diagnostics import Finding, Key, Severity
from ..records import (
    Competence,
    Contract,
    Design,
    Hub,
    Machine,
    Material,
    Model,
    Network,
    Passport,
    Process,
    Record,
    Request,
)
from ..registry import Registry
from .check import check

DUE_AFTER_YEARS = 1
STALE_AFTER_YEARS = 3

Dated = tuple[tuple[Key, ...], str]  # where, and a year, month or day as ISO 8601 has them


@check(Severity.ERROR)
def future_date(registry: Registry) -> Iterator[Finding]:
    """A day on which something happened is still to come.

    Nothing can have been verified, retrieved, posted or closed after the day of the last change to the
    registry. A year may be mistyped, or day and month exchanged. A planned hub may give the year in which it
    will open.
    """
    today = registry.as_of.isoformat()
    for kind, read in _DATED:
        for record in registry.each(kind):
            for keys, day in read(record):
                if day > today[: len(day)]:
                    yield Finding(record.at(*keys), f"{day} is still to come on {today}", "correct the date")


def _of_hub(hub: Hub) -> Iterator[Dated]:
    if hub.founded_year is not None and hub.status != "planned":
        yield ("founded_year",), f"{hub.founded_year:04}"
    if hub.closed_on is not None:
        yield ("closed_on",), hub.closed_on.isoformat()
    for at, key in enumerate(hub.keys):
        for name in ("revoked_on", "compromised_since"):
            if day := getattr(key, name):
                yield ("keys", at, name), day.isoformat()
    yield from _of_verified(hub)


def _of_verified(record: Hub | Machine) -> Iterator[Dated]:
    if record.verified is not None:
        yield ("verified", "on"), record.verified.on.isoformat()
    if record.sources:
        yield from _of_sources(record)


def _of_sources(record: Hub | Machine | Model | Design) -> Iterator[Dated]:
    return ((("sources", at, "retrieved"), one.retrieved) for at, one in enumerate(record.sources))


def _of_network(network: Network) -> Iterator[Dated]:
    yield from ((("sources", at, "retrieved"), one.retrieved) for at, one in enumerate(network.sources))
    yield from _of_twins(network)


def _of_twins(record: Process | Material | Network) -> Iterator[Dated]:
    for at, twin in enumerate(record.same_as):
        if twin.checked_on is not None:
            yield ("same_as", at, "checked_on"), twin.checked_on.isoformat()


def _of_competence(competence: Competence) -> Iterator[Dated]:
    for at, twin in enumerate(competence.alignment):
        if twin.checked_on is not None:
            yield ("alignment", at, "checked_on"), twin.checked_on.isoformat()


def _of_passport(passport: Passport) -> Iterator[Dated]:
    yield ("consent_on",), passport.consent_on.isoformat()
    for at, credential in enumerate(passport.credentials):
        yield ("credentials", at, "assessed_on"), credential.assessed_on.isoformat()


def _of_contract(contract: Contract) -> Iterator[Dated]:
    for key in ("published_on", "withdrawn_on"):
        if day := getattr(contract, key):
            yield (key,), day.isoformat()
    if contract.review.on is not None:
        yield ("review", "on"), contract.review.on.isoformat()


def _of_request(request: Request) -> Iterator[Dated]:
    yield ("posted_on",), request.posted_on.isoformat()


_DATED: tuple[tuple[type[Record], Any], ...] = (
    (Hub, _of_hub), (Machine, _of_verified), (Model, _of_sources), (Design, _of_sources), (Network, _of_network),
    (Process, _of_twins), (Material, _of_twins), (Competence, _of_competence), (Passport, _of_passport),
    (Contract, _of_contract), (Request, _of_request),
)  # fmt: skip


@check(Severity.WARNING)
def stale_verification(registry: Registry) -> Iterator[Finding]:
    """A hub was last verified more than three years ago.

    It is greyed on the map and comes last in results. Call or visit, or ask its stewards, correct what has
    changed and renew `verified`. If it is gone, say `status: closed`. What was imported and never verified is
    not reported here: its page says so anyway, and one list from another place would bury everything else.
    """
    limit = _years_before(registry.as_of, STALE_AFTER_YEARS)
    for hub, day in _verified(registry):
        if day < limit:
            message = f"last verified on {day}, more than {STALE_AFTER_YEARS} years ago"
            yield Finding(hub.at("verified", "on"), message, "ask the hub, and renew `verified` or set its `status`")


@check(Severity.NOTE)
def due_verification(registry: Registry) -> Iterator[Finding]:
    """A hub was last verified more than a year ago.

    Its page says that it needs to be looked at again. What was imported and never verified is not reported
    here: its page says so anyway.
    """
    limit = _years_before(registry.as_of, DUE_AFTER_YEARS)
    stale = _years_before(registry.as_of, STALE_AFTER_YEARS)
    for hub, day in _verified(registry):
        if stale <= day < limit:
            yield Finding(hub.at("verified", "on"), f"last verified on {day}", "ask the hub, and renew `verified`")


def _verified(registry: Registry) -> Iterator[tuple[Hub, date]]:
    """Yield the hubs in question that somebody has verified, unless they have closed, and the day."""
    for hub in registry.each(Hub):
        if hub.verified is not None and hub.verified.how != "imported" and hub.status != "closed":
            yield hub, hub.verified.on


def _years_before(day: date, years: int) -> date:
    """Return the same day some years earlier; 28 February where there is no 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


@check(Severity.WARNING)
def expired_certification(registry: Registry) -> Iterator[Finding]:
    """A certification has run out.

    `certifications` are those in force, and who looks for one relies on it. Renew `valid_until`, or take the
    certification away.
    """
    kinds: tuple[type[Hub | Machine], ...] = (Hub, Machine)
    for kind in kinds:
        for record in registry.each(kind):
            for at, one in enumerate(record.certifications):
                if one.valid_until is not None and one.valid_until < registry.as_of:
                    message = f"`{one.scheme}` ran out on {one.valid_until}"
                    hint = "renew `valid_until`, or take the certification away"
                    yield Finding(record.at("certifications", at, "valid_until"), message, hint)
