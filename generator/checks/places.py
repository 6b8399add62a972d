"""Where things are: countries that exist, and coordinates that lie in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .. import outlines, words
from ..diagnostics import Finding, Key, Severity
from ..records import Contract, Hub, Network, Record, Request, Settings
from ..registry import Registry
from .check import check

# How far outside its country a point may lie, in km: borders and coasts are drawn coarsely, and a town's or a
# country's middle is not the hub's own place.
_LENIENCE_KM = {"exact": 20.0, "street": 20.0, "city": 40.0, "country": 150.0}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point that a record gives: where its keys lie, in which country it should be, and how exactly."""

    record: Record
    key: str
    country: str
    latitude: float
    longitude: float
    within_km: float

    @property
    def point(self) -> outlines.Point:
        return (self.latitude, self.longitude)

    @property
    def is_zero(self) -> bool:
        return self.latitude == 0 and self.longitude == 0

    @property
    def is_misplaced(self) -> bool:
        return not self.is_zero and not outlines.is_near(self.country, self.point, self.within_km)

    @property
    def is_swapped(self) -> bool:
        """Whether the point would lie in the country with its two numbers exchanged."""
        swapped = (self.longitude, self.latitude)
        return outlines.is_near(self.country, swapped, self.within_km)

    def finding(self, key: Key, message: str, hint: str) -> Finding:
        return Finding(self.record.at(self.key, key), message, hint)


def _spots(registry: Registry) -> Iterator[_Spot]:
    for hub in registry.each(Hub):
        if (point := hub.location.point) is not None:
            yield _Spot(hub, "location", hub.country, *point, _LENIENCE_KM[hub.location.precision])
    for request in registry.each(Request):
        place = request.place
        if place.latitude is not None and place.longitude is not None:
            yield _Spot(request, "place", place.country, place.latitude, place.longitude, _LENIENCE_KM["city"])


@check(Severity.ERROR)
def zero_coordinates(registry: Registry) -> Iterator[Finding]:
    """The coordinates are 0, 0.

    That point lies in the Gulf of Guinea, far from any workshop: a program wrote zeros for coordinates that it
    did not know. Leave both out and say `precision: city`, or look up the place on a map.
    """
    for spot in _spots(registry):
        if spot.is_zero:
            hint = "leave `latitude` and `longitude` out and say `precision: city`, or look the place up"
            yield spot.finding("latitude", "0, 0 is a point in the sea", hint)


@check(Severity.ERROR)
def swapped_coordinates(registry: Registry) -> Iterator[Finding]:
    """Latitude and longitude stand in each other's place.

    As they are, the coordinates lie outside the country; exchanged, they lie in it. Many programs write the
    longitude first.
    """
    for spot in _spots(registry):
        if spot.is_misplaced and spot.is_swapped:
            latitude, longitude = spot.point
            message = f"{latitude:g}, {longitude:g} lies outside {words.country_name(spot.country)}"
            yield spot.finding("latitude", message, f"write latitude: {longitude:g} and longitude: {latitude:g}")


@check(Severity.ERROR)
def outside_country(registry: Registry) -> Iterator[Finding]:
    """The coordinates lie outside the country.

    The folder of a hub is its country, and the point is farther from that country than a coarse outline of it
    can explain: 20 km, and more where `precision` is city or country. A sign may be missing (south and west
    are negative), the decimal point may have slipped, or the file lies in the wrong folder.
    """
    for spot in _spots(registry):
        if spot.is_misplaced and not spot.is_swapped:
            latitude, longitude = spot.point
            away = outlines.distance_km(spot.country, spot.point)
            message = f"{latitude:g}, {longitude:g} lies {away:,.0f} km outside {words.country_name(spot.country)}"
            if found := outlines.country_at(spot.point):
                message += f", in {words.country_name(found)}"
            yield spot.finding("latitude", message, _sign_hint(spot))


def _sign_hint(spot: _Spot) -> str:
    """Return the pair with other signs that would lie in the country, if there is one."""
    latitude, longitude = spot.point
    for point in ((latitude, -longitude), (-latitude, longitude), (-latitude, -longitude)):
        if outlines.is_near(spot.country, point, spot.within_km):
            return f"did you mean {point[0]:g}, {point[1]:g}? south and west are negative"
    return "look the place up on a map; the folder is the country"


@check(Severity.ERROR)
def unknown_country(registry: Registry) -> Iterator[Finding]:
    """A country code is not one of ISO 3166-1.

    Countries are two lower-case letters: `gh` for Ghana, `gb` (not `uk`) for the United Kingdom. The first
    folder below `registry/hubs` is such a code.
    """
    known = words.countries()
    for record, keys, code in _countries(registry):
        if code not in known:
            hint = "the United Kingdom is `gb`" if code == "uk" else "see ISO 3166-1 alpha-2, in lower case"
            yield Finding(record.at(*keys), f"`{code}` is no country", hint)


def _countries(registry: Registry) -> Iterator[tuple[Record, tuple[Key, ...], str]]:
    for hub in registry.each(Hub):
        yield hub, (), hub.country
    for request in registry.each(Request):
        yield request, ("place", "country"), request.place.country
    kinds: tuple[type[Network | Settings], ...] = (Network, Settings)
    for kind in kinds:
        for record in registry.each(kind):
            for at, code in enumerate(record.countries):
                yield record, ("countries", at), code
    for contract in registry.each(Contract):
        if contract.review.jurisdiction:
            yield contract, ("review", "jurisdiction"), contract.review.jurisdiction
        for clause_at, clause in enumerate(contract.clauses):
            for variant_at, variant in enumerate(clause.variants):
                for at, code in enumerate(variant.jurisdictions):
                    yield contract, ("clauses", clause_at, "variants", variant_at, "jurisdictions", at), code
