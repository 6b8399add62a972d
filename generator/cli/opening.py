"""`karakana where`: the machines that the credentials in a file open, and those one step away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from ..passports import codes
from ..passports.opening import Opening, groups_of, where
from ..passports.recognising import facts_about, unstated
from ..passports.values import Result
from ..records import Hub
from ..registry import Registry
from .carried import opened, passport_option, unread
from .deciding import reason_of
from .evidence import evidence_of
from .places import point_of
from .replaying import day_option, replayed, revision_option
from .session import CLEAN, FINDINGS, quiet_option

VERSION = "1"  # of schemas/api/openings.json
_HEADINGS = {
    Result.PERMIT: "These machines are open", Result.CONDITIONAL: "Open on a condition", Result.DENY: "One step away",
}  # fmt: skip


@click.command("where")
@passport_option
@click.option("--near", default="", metavar="PLACE", help="The nearest first: a hub's id, a town, or LAT,LON.")
@day_option
@revision_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Of each kind of answer.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@quiet_option
def where_(*, named: str, near: str, day: datetime | None, revision: str, limit: int, form: str, quiet: bool) -> int:
    """Say which machines a passport opens, and which it would open with one more step. Nothing is fetched.

    The exit code is 0 when it opens any, also on a condition.

    \b
    karakana where --passport ama.json --near kumasi
    """
    passport, replay = opened(named), replayed(revision, day, quiet=quiet)
    loaded, on = replay.registry, replay.day
    issuers: dict[str, set[str]] = {}
    for one in passport.credentials:
        issuers.setdefault(one.claim.competence, set()).add(one.claim.issuer)
    facts = facts_about(loaded, issuers)
    evidences = [evidence_of(loaded, one, on) for one in passport.credentials]
    found = where(facts, groups_of(facts), on, evidences, point_of(loaded, near) if near else None)
    if form == "json":
        rows = [_row(one) for result in Result for one in _of(found, result)[:limit]]
        faults = [fault._asdict() for fault in passport.faults]
        told = {
            "version": VERSION, "day": on.isoformat(), "registry": replay.told, "openings": rows,
            "unstated": unstated(loaded), "faults": faults,
        }  # fmt: skip
        click.echo(json.dumps(told, indent=2, sort_keys=True))
    else:
        click.echo("\n".join((*_lines(loaded, found, limit), *map(unread, passport.faults), replay.source)))
    return CLEAN if any(one.result is not Result.DENY for one in found) else FINDINGS


def _of(found: tuple[Opening, ...], result: Result) -> list[Opening]:
    return [one for one in found if one.result is result]


def _lines(loaded: Registry, found: tuple[Opening, ...], limit: int) -> Iterator[str]:
    if not found:
        yield "No machine in this registry asks for what these credentials are about."
    for result in Result:
        these = _of(found, result)
        if these:
            yield f"{_HEADINGS[result]}: {sum(len(one.machines) for one in these)}"
        for one in these[:limit]:
            yield from _opening(loaded, one)
        if len(these) > limit:
            yield f"  and {len(these) - limit} more hubs: --limit"
    if silent := unstated(loaded):
        yield f"Machines that do not say what they ask for: {silent}. Ask their hubs."


def _opening(loaded: Registry, opening: Opening) -> Iterator[str]:
    hub = loaded.get(Hub, opening.hub)
    town = f", {hub.location.locality}" if hub is not None else ""
    away = f", {opening.distance:,.0f} km away" if opening.distance is not None else ""
    yield f"  {ascii(opening.hub + town)[1:-1] if not town.isprintable() else opening.hub + town}{away}"
    for machine in opening.machines:
        yield f"    {machine}"
    for reason in opening.missing or opening.reasons:
        yield f"      {codes.told(reason)}"


def _row(opening: Opening) -> dict[str, Any]:
    return {
        "hub": opening.hub, "machines": list(opening.machines), "result": opening.result,
        "distance_km": None if opening.distance is None else round(opening.distance, 1),
        "reasons": [reason_of(one) for one in opening.reasons],
    }  # fmt: skip
