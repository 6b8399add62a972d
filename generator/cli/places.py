"""A place as somebody types it in; its point out: coordinates, a hub's id, or a town that hubs of the registry name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from ..records import Hub
from ..registry import Registry
from ..units import distance_km
from ..words import closest, country_name, plain

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*")
_ONE_TOWN_KM = 60.0
_SHOWN = 6
Point = tuple[float, float]


def point_of(registry: Registry, place: str) -> Point:
    """Return latitude and longitude in degrees of a place."""
    if found := _POINT.fullmatch(place):
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise click.UsageError(f"--near {place!r}: latitude lies between -90 and 90, longitude within 180")
        return latitude, longitude
    hub = registry.get(Hub, place)
    return _of_hub(hub) if hub is not None else _of_town(registry, place)


def _of_hub(hub: Hub) -> Point:
    if hub.location.point is None:
        raise click.UsageError(f"--near: hub {hub.id} has no coordinates; name a point, such as 6.69,-1.62")
    return hub.location.point


def _of_town(registry: Registry, place: str) -> Point:
    """Return the point in the middle of a town's hubs; `Town, cc` says in which country."""
    town, _, country = place.rpartition(",")
    if not town or len(country.strip()) != 2:
        town, country = place, ""
    wanted = plain(town)
    called = [hub for hub in registry.all(Hub) if plain(hub.location.locality) == wanted]
    hubs = [hub for hub in called if country.strip().lower() in ("", hub.country)]
    if not hubs:
        known = {plain(hub.location.locality): hub.location.locality for hub in registry.all(Hub)}
        guess = known.get(closest(wanted, known), "")
        raise click.UsageError(
            f"--near: no hub is in {place!r}" + (f"; did you mean {guess!r}?" if guess else "; name a point or a hub")
        )
    placed: dict[str, Point] = {hub.id: point for hub in hubs if (point := hub.location.point) is not None}
    if not placed:
        raise click.UsageError(f"--near: no hub in {place!r} has coordinates; name a point, such as 6.69,-1.62")
    _insist_on_one(hubs, placed, place)

    def far(point: Point) -> float:
        return sum(distance_km(*point, *other) for other in placed.values())

    return min(placed.values(), key=far)


def _insist_on_one(hubs: Sequence[Hub], placed: Mapping[str, Point], place: str) -> None:
    """Refuse a name that several towns have, and say which."""
    codes = sorted({hub.country for hub in hubs})
    town = hubs[0].location.locality
    if len(codes) > 1:
        which = ", ".join(f'"{town}, {code}" ({country_name(code)})' for code in codes)
        raise click.UsageError(f"--near: {place!r} is a town in several countries: {which}")
    first = next(iter(placed.values()))
    if any(distance_km(*first, *other) > _ONE_TOWN_KM for other in placed.values()):
        which = ", ".join([*placed][:_SHOWN])
        raise click.UsageError(f"--near: hubs in {place!r} are far from each other; name one of them: {which}")
