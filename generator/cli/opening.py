"""`karakana where`: the machines that the credentials in a file open, and those one step away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ..passports.codes import told
from ..passports.opening import Opening, groups_of, where
from ..passports.recognising import facts_about
from ..passports.values import Result
from ..records import Hub
from ..registry import Registry
from .carried import opened
from .deciding import evidence_of
from .places import point_of
from .session import CLEAN, FINDINGS, find_workplace, load, quiet_option

_HEADINGS = {
    Result.PERMIT: "These machines are open", Result.CONDITIONAL: "Open on a condition", Result.DENY: "One step away",
}  # fmt: skip


@click.command("where")
@click.option(
    "--passport", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="A credential, or several of one holder.",
)  # fmt: skip
@click.option("--near", default="", metavar="PLACE", help="The nearest first: a hub's id, a town, or LAT,LON.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today when left out.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Of each kind of answer.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@quiet_option
def where_(*, file: Path, near: str, day: datetime | None, limit: int, form: str, quiet: bool) -> int:
    """Say which machines a passport opens, and which it would open with one more step. Nothing is fetched.

    The exit code is 0 when it opens any, also on a condition.

    \b
    karakana where --passport ama.json --near kumasi
    """
    passport, place = opened(file), find_workplace()
    loaded, on = load(place, day, quiet=quiet), (day or datetime.now(UTC)).date()
    claims = [one.claim for one in passport.credentials]
    facts = facts_about(loaded, {one.competence for one in claims}, {one.issuer for one in claims})
    evidences = [evidence_of(loaded, one, on) for one in passport.credentials]
    found = where(facts, groups_of(facts), on, evidences, point_of(loaded, near) if near else None)
    if form == "json":
        rows = [_row(one) for result in Result for one in _of(found, result)[:limit]]
        click.echo(json.dumps({"day": on.isoformat(), "openings": rows}, indent=2, sort_keys=True))
    else:
        click.echo("\n".join(_lines(loaded, found, limit)))
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


def _opening(loaded: Registry, opening: Opening) -> Iterator[str]:
    hub = loaded.get(Hub, opening.hub)
    town = f", {hub.location.locality}" if hub is not None else ""
    away = f", {opening.distance:,.0f} km away" if opening.distance is not None else ""
    yield f"  {ascii(opening.hub + town)[1:-1] if not town.isprintable() else opening.hub + town}{away}"
    for machine in opening.machines:
        yield f"    {machine}"
    for reason in opening.missing or opening.reasons:
        yield f"      {told(reason)}"


def _row(opening: Opening) -> dict[str, Any]:
    return {
        "hub": opening.hub, "machines": list(opening.machines), "result": opening.result,
        "distance_km": None if opening.distance is None else round(opening.distance, 1),
        "reasons": [{"code": one.code, "text": told(one), "record": one.record} for one in opening.reasons],
    }  # fmt: skip
