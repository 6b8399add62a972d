"""Hubs with verdicts, or a plan, in; what a page's map shows of them, as JSON for site/app/plot.entry.ts, out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..matching.plans import Plan
from ..matching.values import Verdict
from ..records import Hub, Request
from .edition import Edition, address
from .matched import Matched
from .plans_shown import kilometres

GOAL = "goal"
Degrees = tuple[float, float]


class Spot(NamedTuple):
    """A place on the map: where, what it is called, its page, a note, and how it looks."""

    at: Degrees
    name: str
    page: str
    note: str
    tone: str


Way = tuple[int, int, str]  # from which spot to which, and what is said of it


def plot_makers(edition: Edition, found: Matched | None) -> str:
    """Return the hubs that a page names, coloured by verdict; "" where none has a point."""
    if found is None:
        return ""
    pairs = [(one.row.hub, str(verdict)) for verdict, hubs in found.hubs.items() for one in hubs]
    spots = [spot for id, tone in pairs if (spot := _hub(edition, id, tone, edition.strings(f"makers.{tone}")))]
    legend = [(tone, edition.strings(f"makers.{tone}")) for tone in map(str, Verdict) if _has(spots, tone)]
    return _json(spots, (), legend)


def plot_plan(edition: Edition, record: Request, plan: Plan) -> str:
    """Return the hubs of a plan and where the order goes, with the ways between them; "" where none has a point."""
    strings = edition.strings
    spots: list[Spot] = []
    places: dict[str, int] = {}
    for id in plan.hubs:
        pieces = sum(one.pieces for one in plan.of(id))
        if spot := _hub(edition, id, str(Verdict.YES), strings("pieces", count=pieces)):
            places[id] = len(spots)
            spots.append(spot)
    place = record.place
    if place.latitude is not None and place.longitude is not None:
        places[""] = len(spots)
        spots.append(Spot((place.latitude, place.longitude), place.locality, "", strings("plan.map.goal"), GOAL))
    ways = [
        (places[leg.start], places[leg.end], kilometres(edition, leg.km))
        for leg in plan.legs
        if leg.start in places and leg.end in places
    ]
    legend = [(str(Verdict.YES), strings("plan.map.makers")), (GOAL, strings("plan.map.goal"))]
    return _json(spots, ways, [one for one in legend if _has(spots, one[0])]) if plan.assignments else ""


def _hub(edition: Edition, id: str, tone: str, note: str) -> Spot | None:
    hub = edition.registry.get(Hub, id)
    point = hub.location.point if hub is not None else None
    if hub is None or point is None or hub.location.precision == "country":
        return None
    # What a record hides its page does not show: two digits are a kilometre.
    near = (round(point[0], 2), round(point[1], 2)) if hub.location.precision != "exact" else point
    return Spot(near, edition.text(hub.name), address(Hub, id), note, tone)


def _has(spots: Iterable[Spot], tone: str) -> bool:
    return any(spot.tone == tone for spot in spots)


def _json(spots: Sequence[Spot], ways: Sequence[Way], legend: Sequence[tuple[str, str]]) -> str:
    if not spots:
        return ""
    return json.dumps({"spots": spots, "ways": ways, "legend": legend}, ensure_ascii=False, separators=(",", ":"))
