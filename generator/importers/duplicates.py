"""Hubs that are known already, and a draft, in; which of them the draft is or may be, and what speaks for it, out."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from .. import units, words
from ..checks import websites
from ..checks.suspects import Suspect, distance_km, suspect
from ..checks.verdicts import Answer, Company, Verdict, verdict
from ..records import Hub
from ..registry import Registry
from .listings import is_listing

_IN_TOWN_KM = 5.0
_FAR_KM = 100.0  # two hubs with one page elsewhere: then the page is a network's
_SQUARE = 0.2  # degrees
_DOOR = 0.01
_CROWD = 60  # hubs at one door, or of one name in a country, that are looked at
_Key = tuple[str, str, int, int]
_Place = tuple[str, int, int]


class _Near(Enum):
    """Of how many squares around a point hubs are looked at."""

    DOOR = _DOOR
    TOWN = _SQUARE


class KnownHubs:
    """Hubs of registries and of this run, by what two that are one share. Those of a country are read when asked for.

    Tombstones count: an import should not bring a hub back that has closed.
    """

    def __init__(self, registries: Sequence[Registry]) -> None:
        self._waiting: dict[str, list[Hub]] = {}
        self._groups: dict[_Key, list[Suspect]] = {}
        self._addresses: dict[str, list[Hub]] = {}  # of the same hub elsewhere
        self._exactly: dict[tuple[str, ...], str] = {}
        self._towns: dict[tuple[int, int], list[tuple[tuple[float, float], str]]] = {}
        self._countries: dict[str, dict[str, None]] = {}  # of towns
        self._websites: dict[str, list[Suspect]] = {}
        self._names: dict[str, list[Suspect]] = {}  # telling ones, within a country
        self._points: Counter[tuple[float, float]] = Counter()
        for hub in itertools.chain.from_iterable(registry.all(Hub) for registry in registries):
            self._note(hub)
            self._waiting.setdefault(hub.country, []).append(hub)

    def sharing(self, point: tuple[float, float] | None) -> int:
        """Return how many known hubs have the very same point: many have a town's middle."""
        return 0 if point is None else self._points[_rounded(point)]

    def town_near(self, point: tuple[float, float]) -> str:
        """Return the town of the nearest known hub within some kilometres, or ""."""
        row, column = _square(point)
        around = itertools.product((row - 1, row, row + 1), (column - 1, column, column + 1))
        found = [
            (km, town)
            for square in around
            for other, town in self._towns.get(square, ())
            if (km := units.distance_km(*point, *other)) <= _IN_TOWN_KM
        ]
        return min(found, default=(0.0, ""))[1]

    def countries_of(self, town: str) -> tuple[str, ...]:
        """Return the countries in which a known hub has a town of that name."""
        return tuple(self._countries.get(words.term(town), ()))

    def add(self, hub: Hub) -> None:
        """Make a hub known that was drafted now."""
        self._load(hub.country)
        self._note(hub)
        self._index(suspect(hub))

    def find(self, hub: Hub) -> tuple[str, str]:
        """Return the id of the known hub that a hub is, and what speaks for it; ("", "") when it is new."""
        if (listed := self.listed(hub))[0]:
            return listed
        self._load(hub.country)
        if id := self._exactly.get(_identity(hub)):
            return id, "the same name in the same town, at the same point"
        return self._best(suspect(hub), Answer.ONE)

    def listed(self, hub: Hub) -> tuple[str, str]:
        """Return the id of the known hub that has the same page in a directory, whatever its country; ("", "") if none.

        A page that several known hubs give is that of a network or a school.
        """
        for address in _elsewhere(hub):
            twins = self._addresses.get(address, ())
            if len(twins) == 1 and not _is_far(hub, twins[0]):
                return twins[0].id, f"both are {address}"
        return "", ""

    def resembling(self, hub: Hub) -> tuple[str, str]:
        """Return the id of a known hub that a new one may be all the same, and what speaks for and against it."""
        self._load(hub.country)
        return self._best(suspect(hub), Answer.PERHAPS)

    def _best(self, here: Suspect, answer: Answer) -> tuple[str, str]:
        """Return the known hub of which that can be said, the likeliest first whatever came first."""
        found: list[tuple[tuple[int, float, str], str, str]] = []
        for other in self._like(here):
            said = self._verdict(here, other)
            if said.answer is answer:
                km = distance_km(here, other)
                rank = (-len(said.signs), _FAR_KM if km is None else km, other.hub.id)
                found.append((rank, other.hub.id, said.why))
        return min(found, default=((0, 0.0, ""), "", ""))[1:]

    def _verdict(self, here: Suspect, other: Suspect) -> Verdict:
        sites = len(self._websites.get(_site(other), ())) if other.website else 0
        names = {one.hub.id for name in _telling(other) for one in self._names.get(name, ())}
        points = self.sharing(other.hub.location.point)
        return verdict(here, other, Company(max(points, 1), max(sites, 1), max(len(names), 1)))

    def _note(self, hub: Hub) -> None:
        self._exactly.setdefault(_identity(hub), hub.id)
        for address in _elsewhere(hub):
            self._addresses.setdefault(address, []).append(hub)
        self._countries.setdefault(words.term(hub.location.locality), {})[hub.country] = None
        if point := hub.location.point:
            self._points[_rounded(point)] += 1
            if hub.location.precision != "country" and hub.location.locality != words.country_name(hub.country):
                self._towns.setdefault(_square(point), []).append((point, hub.location.locality))

    def _load(self, country: str) -> None:
        for hub in self._waiting.pop(country, ()):
            self._index(suspect(hub))

    def _index(self, one: Suspect) -> None:
        for key in one.keys:
            for place in _places(one):
                self._groups.setdefault((f"{one.hub.country}/{key}", *place), []).append(one)
        if point := one.hub.location.point:
            self._groups.setdefault((one.hub.country, "door", *_square(point, _Near.DOOR)), []).append(one)
        if one.website:
            self._websites.setdefault(_site(one), []).append(one)
        for name in _telling(one):
            self._names.setdefault(name, []).append(one)

    def _like(self, here: Suspect) -> Iterator[Suspect]:
        """Yield the hubs with which a hub may be one: of its names here or in the country, at its door, of its site."""
        told: set[str] = set()
        for other in itertools.chain(self._alike(here), self._around(here)):
            if other.hub.id not in told:
                told.add(other.hub.id)
                yield other

    def _alike(self, here: Suspect) -> Iterator[Suspect]:
        """Yield the hubs that share a word with a hub in its town or around, its name in the country, or its site."""
        for key in sorted(here.keys):
            for place in (*_places(here), *_around(here)):
                yield from self._groups.get((f"{here.hub.country}/{key}", *place), ())
        for name in _telling(here):
            yield from self._names.get(name, ())[:_CROWD]
        if here.website:
            yield from self._websites.get(_site(here), ())[:_CROWD]

    def _around(self, here: Suspect) -> Iterator[Suspect]:
        """Yield the hubs at a hub's door, whatever they are called."""
        if (point := here.hub.location.point) is not None:
            row, column = _square(point, _Near.DOOR)
            for up, right in itertools.product((-1, 0, 1), repeat=2):
                yield from self._groups.get((here.hub.country, "door", row + up, column + right), ())[:_CROWD]


def _telling(one: Suspect) -> tuple[str, ...]:
    """Return a hub's telling names, within its country."""
    return tuple(
        dict.fromkeys(f"{one.hub.country}/{form.whole}" for form in one.forms if form.is_telling or form.towns)
    )


def _site(one: Suspect) -> str:
    """Return a hub's website for comparing, within its country."""
    return f"{one.hub.country}/{websites.site(one.hub.website)}"


def _identity(hub: Hub) -> tuple[str, ...]:
    """Return what no two hubs have in common: name, town and point, letter by letter."""
    point = hub.location.point
    where = "" if point is None else f"{_rounded(point)}"
    return (hub.country, hub.location.locality.casefold(), where, *(text.casefold() for _, text in hub.name.texts))


def _elsewhere(hub: Hub) -> dict[str, None]:
    """Return the addresses of a hub's pages in directories."""
    listed = (hub.website,) if hub.website and is_listing(hub.website) else ()
    return dict.fromkeys(map(websites.site, (*hub.same_as, *listed)))


def _is_far(a: Hub, b: Hub) -> bool:
    first, second = a.location.point, b.location.point
    return first is not None and second is not None and units.distance_km(*first, *second) > _FAR_KM


def _square(point: tuple[float, float], near: _Near = _Near.TOWN) -> tuple[int, int]:
    return (int(point[0] // near.value), int(point[1] // near.value))


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return (round(float(point[0]), 4), round(float(point[1]), 4))


def _places(one: Suspect) -> tuple[_Place, ...]:
    """Return where a hub stands: in its town, and in a square of the map."""
    point = one.hub.location.point
    square = () if point is None else (("", *_square(point)),)
    return ((one.town, 0, 0), *square)


def _around(one: Suspect) -> Iterator[_Place]:
    """Yield the squares around a hub's own, further to the sides as degrees get narrower."""
    if (point := one.hub.location.point) is not None:
        row, column = _square(point)
        wide = 1 if abs(point[0]) < 45 else 2
        for up, right in itertools.product((-1, 0, 1), range(-wide, wide + 1)):
            if up or right:
                yield "", row + up, column + right
