"""A hub's place in; the section that says where it is, with a drawing of its country, out."""

from __future__ import annotations

from ..records import Hub
from .edition import Edition
from .outline import drawing
from .page import Drawing, Item, Section, facts

_ZOOM = {"exact": 17, "street": 16, "city": 12, "country": 6}


def whereabouts(edition: Edition, record: Hub) -> Section:
    """Return where a hub is, as exactly as its record says and no more."""
    strings, place = edition.strings, record.location
    country = Item(strings.country(record.country), page=f"countries/{record.country}/")
    town = f"{place.postcode} {place.locality}".strip()
    lines = (place.address, town, place.region)
    certain = strings.label("precision", place.precision) if place.precision != "exact" or place.point else ""
    coordinates = _coordinates(edition, record)
    return Section(
        strings("hub.where"),
        id="where",
        drawing=_drawing(edition, record),
        facts=facts(
            (strings("fact.place"), (*(Item(line) for line in lines if line), country)),
            (strings("fact.coordinates"), coordinates[:1]),
            (strings("fact.precision"), certain if place.point else strings("precision.none")),
        ),
        links=coordinates[1:],
    )


def _drawing(edition: Edition, record: Hub) -> Drawing | None:
    point, precision = record.location.point, record.location.precision
    if point is None or precision == "country":
        return None
    strings = edition.strings
    names = {"place": record.location.locality, "country": strings.country(record.country)}
    soft = precision == "city"
    text = strings("outline.near" if soft else "outline.here", **names)
    return drawing(record.country, point, strings("outline.title", **names), text, soft=soft)


def _coordinates(edition: Edition, record: Hub) -> tuple[Item, ...]:
    """Return the point in degrees as a link for programs of maps, and one to OpenStreetMap."""
    point, precision = record.location.point, record.location.precision
    if point is None or precision == "country":
        return ()
    latitude, longitude = (f"{value:.{2 if precision == 'city' else 5}f}" for value in point)
    zoom = _ZOOM.get(precision, _ZOOM["city"])
    osm = f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map={zoom}/{latitude}/{longitude}"
    return (
        Item(f"{latitude}, {longitude}", url=f"geo:{latitude},{longitude}"),
        Item(edition.strings("outside.osm"), url=osm),
    )
