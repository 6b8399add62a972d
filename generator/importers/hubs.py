"""A hub's data as a row gives it in; the same with a country, a point and a town that can be true, and notes, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import outlines, words
from . import places, text
from .duplicates import KnownHubs

Located = tuple[dict[str, Any], str, tuple[str, ...]]


def located(data: dict[str, Any], country: str, known: KnownHubs) -> Located:
    """Return data, the country's code ("" if it cannot be found out), and what was found out or taken away."""
    location = dict(found) if isinstance(found := data.get("location"), dict) else {}
    precision = str(location.get("precision", ""))
    spot = places.spot(
        country,
        location.pop("latitude", None),
        location.pop("longitude", None),
        precision if precision in _KNOWN else "exact",
    )
    notes = spot.notes
    parts = places.address(str(location.get("address", "")))
    code = spot.country or parts.country
    if code and not spot.country:
        notes += (f"country {words.country_name(code)} from the address",)
    if spot.point is None:
        if precision not in ("city", "country"):
            location["precision"] = "city"
    else:
        location["latitude"], location["longitude"] = spot.point
        location["precision"] = precision if precision in _KNOWN else _precision(spot.point)
    location, more = _with_town(location, parts, spot.point, known)
    return _with_year({**data, "location": location}, code, (*notes, *more))


@dataclass(frozen=True, slots=True)
class Guess:
    """A country in which a row without one could lie ("" for any), why, the row's data then, and what to tell of it."""

    country: str
    told: str
    data: dict[str, Any]
    hint: str = ""


def guesses(data: dict[str, Any], said: dict[str, Any], known: KnownHubs) -> tuple[Guess, ...]:
    """Return where a row without a country could lie; `said` is its data with the coordinates as given."""
    towns = known.countries_of(str(data["location"].get("locality", "")))[:_MOST]
    by_town = (Guess(country, f"country {words.country_name(country)} from the town", data) for country in towns)
    return (Guess("", "", data), *by_town, *exchanged(data, said))


def across(data: dict[str, Any], country: str) -> tuple[Guess, ...]:
    """Return the other countries in which a row may lie whose country is known by its point alone, near a border."""
    location = data["location"]
    if "latitude" not in location:
        return ()
    point = (location["latitude"], location["longitude"])
    near = [
        code for code in sorted(outlines.countries()) if code != country and outlines.is_near(code, point, _BORDER_KM)
    ]
    return tuple(Guess(code, f"across the border, in {words.country_name(code)}", data) for code in near)


def exchanged(data: dict[str, Any], said: dict[str, Any]) -> tuple[Guess, ...]:
    """Return where a row lies if its two coordinates are exchanged, as far as a country is there."""
    location = data["location"]
    found = said.get("location")
    given = found if isinstance(found, dict) else {}
    east, north = text.number(given.get("latitude")), text.number(given.get("longitude"))
    if north is not None and east is not None and abs(north) <= 90:
        point = (round(north, 5), round(east, 5))
        if country := places.country_of_point(point):
            turned = {**location, "latitude": point[0], "longitude": point[1], "precision": _precision(point)}
            turned.pop("locality", None)  # it may have come from what is near the wrong point
            hint = f"exchanged, the coordinates lie in {words.country_name(country)}"
            return (Guess(country, "latitude and longitude are exchanged", {**data, "location": turned}, hint),)
    return ()


_BORDER_KM = 3.0  # outlines are drawn coarsely
_MOST = 5  # countries with a town of one name
_KNOWN = ("exact", "street", "city", "country")


def _precision(point: outlines.Point) -> str:
    """Return how near a point of another list can be taken to be: nobody looked at the door."""
    finest = max(len(f"{value:.5f}".rstrip("0").partition(".")[2]) for value in point)
    return "street" if finest > 2 else "city"


def _with_town(
    location: dict[str, Any], parts: places.Address, point: outlines.Point | None, known: KnownHubs
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a location with the town of its address, or that of the nearest hub, where the row names none."""
    if location.get("locality"):
        return location, ()
    if parts.town:
        found = {**location, "locality": parts.town, "address": parts.street}
        if parts.postcode:
            found.setdefault("postcode", parts.postcode)
        return {key: value for key, value in found.items() if value}, ()
    if point is not None and (town := known.town_near(point)):
        return {**location, "locality": town}, (f"town {town} from the nearest known hub",)
    if region := location.get("region"):
        return {**location, "locality": region, "precision": location.get("precision", "city")}, (
            "no town: its region",
        )
    return location, ()


def _with_year(data: dict[str, Any], code: str, notes: tuple[str, ...]) -> Located:
    """Return data with a founding year that can be one."""
    if "founded_year" in data:
        year = text.year(data["founded_year"])
        if year is None:
            notes += (f"founded_year: {text.line(data['founded_year'], 30)} is no year: left out",)
        data = {key: value for key, value in data.items() if key != "founded_year"}
        if year is not None:
            data["founded_year"] = year
    return data, code, notes
