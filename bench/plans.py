"""A number of hubs and a seed in; who and where each is, out: towns, names, ids, points, franchises.

Points lie where they lie in directories: around towns, one in six nowhere, and many exactly on the town's centre.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from generator import outlines

from . import names
from .real import Hall, Weighted, weighted

_WITHOUT_POINT = 0.17  # of the labs on fablabs.io
_IN_FRANCHISE = 0.04
_FRANCHISE_SIZE = 17  # hubs that shared one website in a directory
_HUBS_PER_TOWN = 8
_JITTER_DEGREES = 0.03
_LENIENCE_KM = 5.0


@dataclass(frozen=True, slots=True)
class Town:
    """A town of one country: its name and its centre in degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One hub to write: its id, name and place; with the website of its franchise when it is in one."""

    id: str
    name: str
    kind: str
    town: str
    precision: str
    point: tuple[float, float] | None
    franchise: str = ""


def plans(hall: Hall, count: int, seed: int) -> list[Plan]:
    """Return the hubs to write, sorted by id; ids are unique."""
    random = Random(f"plans {seed}")
    countries = weighted(Counter(id.partition("/")[0] for id, _ in hall.hubs))
    towns = _towns(hall, countries, count, random)
    shapes = _shapes(hall, random)
    franchises = _franchises(shapes, count, random)
    precisions = weighted(Counter(hub["location"].get("precision", "exact") for _, hub in hall.hubs))
    taken: set[str] = set()
    found = []
    for _ in range(count):
        country = countries.draw(random)
        town = towns[country].draw(random)
        shape, kind, website = next(franchises)
        spare = [other.name for other in random.sample(towns[country].values, min(8, len(towns[country].values)))]
        ends = itertools.chain(spare, (str(number) for number in itertools.count(2)))
        name, id = names.free(names.filled(shape, town.name), taken, country, ends)
        precision, point = _point(town, precisions, random)
        found.append(Plan(id, name, kind, town.name, precision, point, website))
    return sorted(found, key=lambda plan: plan.id)


def _towns(hall: Hall, countries: Weighted, count: int, random: Random) -> Mapping[str, Weighted]:
    """Return the towns of each country: the real ones, and invented ones between them; few are large."""
    found: dict[str, Weighted] = {}
    total = sum(countries.weights)
    for country, weight in zip(countries.values, countries.weights, strict=True):
        known = {
            (place := hub["location"])["locality"]: Town(place["locality"], place["latitude"], place["longitude"])
            for id, hub in hall.hubs
            if id.startswith(f"{country}/") and "latitude" in hub["location"]
        }
        real = tuple(known.values())
        wanted = count * weight // (total * _HUBS_PER_TOWN) - len(real)
        every = real + tuple(_between(country, real, random) for _ in range(max(0, wanted)))
        found[country] = Weighted(every, tuple(1000 // (at + 10) + 1 for at in range(len(every))))
    return found


def _between(country: str, real: tuple[Town, ...], random: Random) -> Town:
    """Return an invented town between two real ones, or at the first where the way leaves the country."""
    one, other = random.choice(real), random.choice(real)
    way = random.random() * 0.5
    point = (
        round(one.latitude + way * (other.latitude - one.latitude), 4),
        round(one.longitude + way * (other.longitude - one.longitude), 4),
    )
    name = names.town([town.name for town in real], random)
    return Town(name, *(point if outlines.is_near(country, point, _LENIENCE_KM) else (one.latitude, one.longitude)))


def _shapes(hall: Hall, random: Random) -> Iterator[tuple[str, str]]:
    """Yield a pattern of a hub's name and a kind for ever."""
    towns = [hub["location"]["locality"] for _, hub in hall.hubs]
    while True:
        hub = random.choice(hall.hubs)[1]
        yield names.shape(hub["name"], hub["location"]["locality"], towns, random), hub["kind"]


def _franchises(shapes: Iterator[tuple[str, str]], count: int, random: Random) -> Iterator[tuple[str, str, str]]:
    """Yield a name's pattern, a kind and the website of a franchise or "" for ever."""
    number = max(1, round(count * _IN_FRANCHISE / _FRANCHISE_SIZE))
    franchises = [(*next(shapes), f"https://franchise-{at}.example/") for at in range(1, number + 1)]
    while True:
        yield random.choice(franchises) if random.random() < _IN_FRANCHISE else (*next(shapes), "")


def _point(town: Town, precisions: Weighted, random: Random) -> tuple[str, tuple[float, float] | None]:
    precision: str = precisions.draw(random)
    if random.random() < _WITHOUT_POINT:
        return "city", None
    if precision in ("city", "country"):
        return precision, (town.latitude, town.longitude)
    latitude = town.latitude + random.uniform(-_JITTER_DEGREES, _JITTER_DEGREES)
    longitude = town.longitude + random.uniform(-_JITTER_DEGREES, _JITTER_DEGREES)
    return precision, (round(latitude, 4), round(longitude, 4))
