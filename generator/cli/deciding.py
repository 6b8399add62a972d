"""`karakana decide`: whether the credentials in a file let their holder use a machine on a day, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from ..passports.codes import told
from ..passports.decision import UnknownMachineError, decide
from ..passports.reading import Carried
from ..passports.recognising import facts_for
from ..passports.values import Decision, Fault, Question, Reason, Result
from ..records import Machine
from ..registry import Registry
from ..words import closest
from .carried import opened, passport_option, unread
from .evidence import evidence_of
from .replaying import day_option, replayed, revision_option
from .session import CLEAN, FINDINGS, quiet_option

VERSION = "1"  # of schemas/api/decision.json
_ADVICE = "This is advice by the hubs' rules: the hub has the last word."
_HEADINGS = {Result.PERMIT: "yes", Result.CONDITIONAL: "yes, if", Result.DENY: "no"}


@click.command("decide")
@passport_option
@click.option("--machine", required=True, metavar="ID", help="Such as gh/kumasi-hive/laser-cutter.")
@day_option
@revision_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@quiet_option
def decide_(*, named: str, machine: str, day: datetime | None, revision: str, form: str, quiet: bool) -> int:
    """Say whether the holder of a passport may use a machine, and why. Nothing is fetched.

    The exit code is 0 for a permission, also one on a condition, and 1 for none. With --as-of the answer is the one
    that the registry gave then: what was added, revoked or found out later has no part in it.

    \b
    karakana decide --passport ama.json --machine gh/kumasi-hive/laser-cutter
    karakana decide --passport ama.json --machine gh/kumasi-hive/laser-cutter --as-of 3f2a91c --on 2026-05-04
    """
    found = opened(named)
    replay = replayed(revision, day, quiet=quiet)
    decision = _decision(replay.registry, Question(machine, replay.day), found.credentials)
    if form == "json":
        row = {**_row(decision, found.faults), "registry": replay.told}
        click.echo(json.dumps(row, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        click.echo("\n".join((*_lines(decision, found.faults), replay.source, _ADVICE)))
    return FINDINGS if decision.result is Result.DENY else CLEAN


def _decision(loaded: Registry, question: Question, credentials: tuple[Carried, ...]) -> Decision:
    facts = facts_for(loaded, question.machine, {one.claim.issuer for one in credentials})
    try:
        return decide(facts, question, [evidence_of(loaded, one, question.day) for one in credentials])
    except UnknownMachineError as error:
        if loaded.knows(Machine, question.machine):
            message = f"the record of {question.machine} is not sound; `karakana check` says why"
            raise click.ClickException(message) from error
        guess = closest(question.machine, loaded.ids(Machine))
        raise click.UsageError(
            f"--machine: no machine {question.machine!r}" + (f"; did you mean {guess}?" if guess else "")
        ) from error


def _lines(decision: Decision, faults: tuple[Fault, ...]) -> Iterator[str]:
    yield f"{_HEADINGS[decision.result]}: {decision.question.machine} on {decision.question.day}"
    for reason in (*decision.reasons, *decision.remarks):
        until = f", until {reason.until}" if reason.until is not None and reason.result is not Result.DENY else ""
        record = f"  ({reason.record})" if reason.record else ""
        yield f"  {reason.result:<12}{told(reason)}{until}{record}"
    for fault in faults:
        yield unread(fault)


def _row(decision: Decision, faults: tuple[Fault, ...]) -> dict[str, Any]:
    return {
        "version": VERSION,
        "machine": decision.question.machine, "day": decision.question.day.isoformat(), "result": decision.result,
        "reasons": [reason_of(one) for one in decision.reasons],
        "remarks": [reason_of(one) for one in decision.remarks],
        "faults": [fault._asdict() for fault in faults],
    }  # fmt: skip


def reason_of(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON has it."""
    return {
        "code": reason.code, "result": reason.result, "text": told(reason), "competence": reason.competence,
        "asked": reason.asked, "held": reason.held, "credential": reason.credential, "issuer": reason.issuer,
        "record": reason.record, "until": reason.until.isoformat() if reason.until is not None else None,
    }  # fmt: skip
