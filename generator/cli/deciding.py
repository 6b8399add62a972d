"""`karakana decide`: whether the credentials in a file let their holder use a machine on a day, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from ..passports import proving, statuses
from ..passports.codes import told
from ..passports.decision import UnknownMachineError, decide
from ..passports.reading import Carried
from ..passports.recognising import facts_for
from ..passports.values import Decision, Evidence, Fault, Question, Reason, Result
from ..records import Hub, Machine
from ..registry import Registry
from ..words import closest
from .carried import opened
from .session import CLEAN, FINDINGS, find_workplace, load, quiet_option

_ADVICE = "This is advice by the hubs' rules: the hub has the last word."
_HEADINGS = {Result.PERMIT: "yes", Result.CONDITIONAL: "yes, if", Result.DENY: "no"}


@click.command("decide")
@click.option(
    "--passport", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="A credential, or several of one holder.",
)  # fmt: skip
@click.option("--machine", required=True, metavar="ID", help="Such as gh/kumasi-hive/laser-cutter.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@quiet_option
def decide_(*, file: Path, machine: str, day: datetime | None, form: str, quiet: bool) -> int:
    """Say whether the holder of a passport may use a machine, and why. Nothing is fetched.

    The exit code is 0 for a permission, also one on a condition, and 1 for none.

    \b
    karakana decide --passport ama.json --machine gh/kumasi-hive/laser-cutter
    """
    found = opened(file)
    place = find_workplace()
    on = (day or datetime.now(UTC)).date()
    loaded = load(place, day, quiet=quiet)
    decision = _decision(loaded, Question(machine, on), found.credentials)
    if form == "json":
        click.echo(json.dumps(_row(decision, found.faults), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo("\n".join(_lines(decision, found.faults)))
    return FINDINGS if decision.result is Result.DENY else CLEAN


def _decision(loaded: Registry, question: Question, credentials: tuple[Carried, ...]) -> Decision:
    facts = facts_for(loaded, question.machine, {one.claim.issuer for one in credentials})
    try:
        return decide(facts, question, [evidence_of(loaded, one, question.day) for one in credentials])
    except UnknownMachineError as error:
        guess = closest(question.machine, loaded.ids(Machine))
        raise click.UsageError(
            f"--machine: no machine {question.machine!r}" + (f"; did you mean {guess}?" if guess else "")
        ) from error


def evidence_of(loaded: Registry, carried: Carried, day: date) -> Evidence:
    """Return what a loaded registry says of a credential on a day."""
    claim = carried.claim
    issuer = loaded.get(Hub, claim.issuer)
    keys = {} if issuer is None else {issuer.id: issuer.keys}
    source = loaded.read(statuses.path_of(issuer.id)) if issuer is not None else b""
    return proving.evidence(carried, keys, day, statuses.standing(source or None, claim, keys, day))


def _lines(decision: Decision, faults: tuple[Fault, ...]) -> Iterator[str]:
    yield f"{_HEADINGS[decision.result]}: {decision.question.machine} on {decision.question.day}"
    for reason in (*decision.reasons, *decision.remarks):
        until = f", until {reason.until}" if reason.until is not None and reason.result is not Result.DENY else ""
        record = f"  ({reason.record})" if reason.record else ""
        yield f"  {reason.result:<12}{told(reason)}{until}{record}"
    for fault in faults:
        yield f"  not read    {ascii(f'{fault.place} {fault.message}')[1:-1]}"
    yield _ADVICE


def _row(decision: Decision, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {
        "machine": decision.question.machine, "day": decision.question.day.isoformat(), "result": decision.result,
        "reasons": [_reason(one) for one in decision.reasons], "remarks": [_reason(one) for one in decision.remarks],
        "faults": [fault._asdict() for fault in faults],
    }  # fmt: skip


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code, "result": reason.result, "text": told(reason), "competence": reason.competence,
        "asked": reason.asked, "held": reason.held, "credential": reason.credential, "issuer": reason.issuer,
        "record": reason.record, "until": reason.until.isoformat() if reason.until is not None else None,
    }  # fmt: skip
