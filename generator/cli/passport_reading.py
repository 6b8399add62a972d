"""`karakana passport show` and `verify`: what a maker carries, and whether each credential counts and why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from .. import markdown
from ..passports import codes, proving
from ..passports.decision import date_fault, last_day
from ..passports.presentation import Passport
from ..passports.reading import Carried
from ..passports.values import RECOGNITION, Claim, Evidence, Fault, Reason, Result
from .carried import opened, passport_argument, read, unread
from .evidence import evidence_in
from .hub_keys import registry_of, registry_option
from .session import CLEAN, FINDINGS

VERSION = "1"  # of schemas/api/credentials.json
_UNCHECKED = "This is what it says of itself. `karakana passport verify` looks at signatures, dates and revocations."
_form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)


@click.command()
@passport_argument
@_form_option
def show(*, named: str, form: str) -> int:
    """Say in words what a passport holds: who can do what, at which level, who says so, and for how long.

    No registry is needed, and nothing is checked: anybody can write such a file.

    \b
    karakana passport show ama.json
    """
    found = opened(named)
    if form == "json":
        _print_json({"checked": False, "credentials": [_claimed(one.claim) for one in found.credentials]}, found.faults)
    else:
        for at, one in enumerate(found.credentials, 1):
            click.echo("\n".join(_shown(at, one)))
        _print_faults(found.faults)
        click.echo(_UNCHECKED)
    return FINDINGS if found.faults else CLEAN


@click.command()
@passport_argument
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
@_form_option
@registry_option
def verify(*, named: str, day: datetime | None, form: str, start: Path | None) -> int:
    """Say who assessed what in a passport, and whether each credential counts. Nothing is fetched.

    Keys and lists of what was revoked come from the registry on this machine. The exit code is 0 when all count.

    \b
    karakana passport verify ama.json
    karakana passport verify 'https://karakana.example/verify/#1.0823…'
    """
    registry, on = registry_of(start), (day or datetime.now(UTC)).date()
    found = read(named)
    if isinstance(found, Fault):
        found = Passport("", (), (found,))
    evidences = [evidence_in(registry, one, on) for one in found.credentials]
    if form == "json":
        rows = [_row(one, at, on) for one, at in zip(evidences, found.credentials, strict=True)]
        _print_json({"checked": True, "day": on.isoformat(), "credentials": rows}, found.faults)
    else:
        for one, at in zip(evidences, found.credentials, strict=True):
            click.echo("\n".join(_lines(one, at, on)))
        _print_faults(found.faults)
    is_good = bool(evidences) and not found.faults and not any(fault_of(one, on) for one in evidences)
    return CLEAN if is_good else FINDINGS


def fault_of(evidence: Evidence, day: date) -> str:
    """Return the code of the first thing that is wrong with a credential on a day, or ""."""
    return evidence.proof or date_fault(evidence, day) or evidence.status


def sentence_of(evidence: Evidence, code: str) -> str:
    """Return in words what a code says of a credential."""
    claim = evidence.claim
    reason = Reason(
        code=code, result=Result.DENY, competence=claim.competence, held=claim.level, issuer=claim.issuer,
        until=last_day(claim),
    )  # fmt: skip
    return codes.told(reason)


def _shown(at: int, carried: Carried) -> Iterator[str]:
    claim, document = carried.claim, carried.document
    verb = "recognised" if claim.basis == RECOGNITION else "assessed"
    yield f"{at}. {markdown.visible(document['name'])}"
    yield f"  who       {_holder(claim)}"
    yield f"  what      {claim.competence}, level {claim.level}, version {claim.version} of its criteria"
    yield f"  by        {markdown.visible(document['issuer']['name'])} ({claim.issuer}), {verb} on {claim.assessed_on}"
    yield f"  holds     {_days(claim)}"
    if claim.note:
        yield f"  note      {markdown.visible(claim.note)}"
    yield f"  id        {claim.id}"


def _lines(evidence: Evidence, carried: Carried, day: date) -> Iterator[str]:
    claim, code = evidence.claim, fault_of(evidence, day)
    yield f"{'valid' if not code else 'NOT VALID'}: {claim.competence}, level {claim.level}"
    yield f"  holder    {_holder(claim)}"
    yield f"  issuer    {claim.issuer}, by {claim.basis} on {claim.assessed_on}"
    yield f"  holds     {_days(claim)}"
    if code:
        yield f"  because   {sentence_of(evidence, code)}"
    for suite in proving.unchecked(carried):
        yield f"  besides   its second signature ({suite}) was not checked: pip install 'karakana[rdf]'"


def _holder(claim: Claim) -> str:
    return markdown.visible(claim.name) or claim.holder


def _days(claim: Claim) -> str:
    end = last_day(claim)
    return f"from {claim.valid_from:%Y-%m-%d} " + (f"until {end}" if end is not None else "without end")


def _row(evidence: Evidence, carried: Carried, day: date) -> dict[str, Any]:
    code = fault_of(evidence, day)
    text = sentence_of(evidence, code) if code else ""
    found = {"valid": not code, "code": code, "text": text, "unchecked": list(proving.unchecked(carried))}
    return {**_claimed(evidence.claim), **found}


def _claimed(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "holder": claim.holder,
        "name": claim.name,
        "issuer": claim.issuer,
        "competence": claim.competence,
        "competence_version": claim.version,
        "level": claim.level,
        "assessed_on": claim.assessed_on.isoformat(),
        "valid_from": claim.valid_from.isoformat(),
        "valid_until": claim.valid_until.isoformat() if claim.valid_until is not None else None,
        "basis": claim.basis,
        "note": claim.note,
    }


def _print_json(data: dict[str, Any], faults: tuple[Fault, ...]) -> None:
    told = {**data, "version": VERSION, "faults": [fault._asdict() for fault in faults]}
    click.echo(json.dumps(told, indent=2, sort_keys=True))


def _print_faults(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(unread(fault))
