"""`karakana passport verify`: what a maker carries, and for each credential whether it counts and why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ..passports import codes, presentation, proving, statuses
from ..passports.decision import date_fault, last_day
from ..passports.reading import Carried
from ..passports.values import Evidence, Fault, Reason, Result
from ..signatures import Keys
from .carried import told
from .hub_keys import keys_of, registry_of, registry_option
from .reading import whole
from .session import CLEAN, FINDINGS


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@registry_option
def verify(*, file: Path, day: datetime | None, form: str, start: Path | None) -> int:
    """Say who assessed what in a passport FILE, and whether each credential counts. Nothing is fetched.

    Keys and lists of what was revoked come from the registry on this machine. The exit code is 0 when all count.

    \b
    karakana passport verify ama.json
    """
    registry, on = registry_of(start), (day or datetime.now(UTC)).date()
    found = presentation.opened(whole(file, presentation.LIMIT_BYTES))
    if isinstance(found, Fault):
        found = presentation.Passport("", (), (found,))
    evidences = [evidence(registry, one, on) for one in found.credentials]
    if form == "json":
        rows = [_row(one, on) for one in evidences] + [{"fault": fault._asdict()} for fault in found.faults]
        click.echo(json.dumps({"on": on.isoformat(), "credentials": rows}, indent=2))
    else:
        click.echo("\n".join(line for one in evidences for line in _lines(one, on)), nl=bool(evidences))
        for fault in found.faults:
            click.echo(f"not read: {told(fault)}")
    is_good = bool(evidences) and not found.faults and not any(fault_of(one, on) for one in evidences)
    return CLEAN if is_good else FINDINGS


def evidence(registry: Path, carried: Carried, day: date) -> Evidence:
    """Return what this machine's copy of the registry says of a credential on a day."""
    issuer = carried.claim.issuer
    keys: Keys = keys_of(registry, [issuer])
    path = registry / statuses.path_of(issuer)
    source = whole(path, statuses.MOST_BYTES) if path.is_file() else None
    return proving.evidence(carried, keys, day, statuses.standing(source, carried.claim, keys, day))


def fault_of(evidence: Evidence, day: date) -> str:
    """Return the code of the first thing that is wrong with a credential on a day, or ""."""
    return evidence.proof or date_fault(evidence, day) or evidence.status


def _lines(evidence: Evidence, day: date) -> Iterator[str]:
    claim, code = evidence.claim, fault_of(evidence, day)
    end = last_day(claim)
    until = f"until {end}" if end is not None else "without end"
    whose = claim.name or claim.holder
    yield f"{'valid' if not code else 'NOT VALID'}: {claim.competence}, level {claim.level}"
    yield f"  holder    {ascii(whose)[1:-1] if not whose.isprintable() else whose}"
    yield f"  issuer    {claim.issuer}, by {claim.basis} on {claim.assessed_on}"
    yield f"  holds     from {claim.valid_from:%Y-%m-%d} {until}"
    if code:
        reason = Reason(
            code=code, result=Result.DENY, competence=claim.competence, held=claim.level, issuer=claim.issuer,
            until=end,
        )  # fmt: skip
        yield f"  because   {codes.told(reason)}"


def _row(evidence: Evidence, day: date) -> dict[str, Any]:
    claim, code = evidence.claim, fault_of(evidence, day)
    return {
        "id": claim.id,
        "holder": claim.holder,
        "issuer": claim.issuer,
        "competence": claim.competence,
        "level": claim.level,
        "assessed_on": claim.assessed_on.isoformat(),
        "valid_from": claim.valid_from.isoformat(),
        "valid_until": claim.valid_until.isoformat() if claim.valid_until is not None else None,
        "basis": claim.basis,
        "valid": not code,
        "code": code,
    }
