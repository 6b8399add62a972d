"""Records that are known already, and a draft, in; which of them the draft is, and what speaks for it, out."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .. import units, words
from ..checks.likeness import COMMON, Likeness
from ..checks.suspects import DOOR_KM, TOWN_KM, Suspect, distance_km, is_here, plain_address, signs, suspect
from ..records import Hub, Machine
from ..registry import Registry
from .listings import is_listing

_SITE_KM = 1.0
_MOVED_KM = 10.0  # across the border of a town
_IN_TOWN_KM = 5.0
_FAR_KM = 100.0  # two hubs with one page elsewhere: then the page is a network's
_SQUARE = 0.2  # degrees
_TAIL = re.compile(r"(?:/(?:index|home|default)\.[a-z]{3,5}|/(?:[a-z]{2}|[a-z]{2}-[a-z]{2}))?/*(?:[?#].*)?\Z")
_Key = tuple[str, str, int, int]


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
        self._websites: dict[str, list[Suspect]] = {}
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

    def add(self, hub: Hub) -> None:
        """Make a hub known that was drafted now."""
        self._load(hub.country)
        self._note(hub)
        self._index(suspect(hub))

    def find(self, hub: Hub) -> tuple[str, str]:
        """Return the id of the known hub that a hub is, and what speaks for it; ("", "") when it is new."""
        for address in _elsewhere(hub):
            for twin in self._addresses.get(address, ()):
                if not _is_far(hub, twin):
                    return twin.id, f"both are {address}"
        self._load(hub.country)
        if id := self._exactly.get(_identity(hub)):
            return id, "the same name in the same town, at the same point"
        here = suspect(self._cautious(hub))
        for other in self._like(here):
            if found := signs(here, other) or self._further_signs(here, other):
                return other.hub.id, ", ".join(found)
        return "", ""

    def _cautious(self, hub: Hub) -> Hub:
        """Return a hub whose point says no more than the town when others have the very same."""
        shares = self.sharing(hub.location.point) > 0
        return replace(hub, location=replace(hub.location, precision="city")) if shares else hub

    def _note(self, hub: Hub) -> None:
        self._exactly.setdefault(_identity(hub), hub.id)
        for address in _elsewhere(hub):
            self._addresses.setdefault(address, []).append(hub)
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
        if one.website:
            self._websites.setdefault(_site(one), []).append(one)

    def _like(self, here: Suspect) -> Iterator[Suspect]:
        """Yield the hubs that share a word with a hub in its town or around, and those that share its website."""
        told: set[str] = set()
        for key in sorted(here.keys):
            for place in (*_places(here), *_around(here)):
                for other in self._groups.get((f"{here.hub.country}/{key}", *place), ()):
                    if other.hub.id not in told:
                        told.add(other.hub.id)
                        yield other
        same_site = self._websites.get(_site(here), ()) if here.website else ()
        yield from (other for other in same_site if other.hub.id not in told)

    def _further_signs(self, here: Suspect, other: Suspect) -> list[str]:
        """Return what else speaks for two hubs being one: a telling name moved nearby, or one name in the other."""
        km = distance_km(here, other)
        pairs = [(a, b) for a in here.forms for b in other.forms]
        if km is not None and km <= _MOVED_KM and any(a.is_telling and a.whole == b.whole for a, b in pairs):
            return ["the same name", f"{km:.1f} km apart"]
        held = [(a, b) for a, b in pairs if _holds(a, b)]
        if not held:
            return []
        name = "one name is a part of the other"
        if self._is_one_site(here, other, km):
            return [name, "the same town" if km is None else f"{km:.1f} km apart", "the same website"]
        tell = [(a, b) for a, b in held if a.is_telling and b.is_telling]
        if tell and is_here(here, other) and self.sharing(other.hub.location.point) == 1:
            return [name, "the same point"]
        at_doors = here.is_at_door and other.is_at_door
        if km is not None and at_doors and km <= DOOR_KM and any(set(a.core) ^ set(b.core) <= COMMON for a, b in tell):
            return [name, f"{km:.1f} km apart"]
        return []

    def _is_one_site(self, here: Suspect, other: Suspect, km: float | None) -> bool:
        """Tell whether two hubs near each other have a website that no third one has."""
        if not here.website or _site(here) != _site(other) or len(self._websites[_site(here)]) > 1:
            return False
        if km is None:
            return here.town == other.town
        near = _SITE_KM if here.is_at_door and other.is_at_door else TOWN_KM if here.town == other.town else 0.0
        return km <= near


def _holds(a: Likeness, b: Likeness) -> bool:
    """Tell whether all telling words of one name are in the other; digits must be the same: they count branches.

    Of a name that has none, such as 'FabLab Ho', all words must be there.
    """
    if {word for word in a.core if word.isdigit()} != {word for word in b.core if word.isdigit()}:
        return False
    short, long = (a, b) if len(a.core) <= len(b.core) else (b, a)
    if short.core:
        return set(short.core) <= set(long.core)
    return len(short.words) > 1 and set(short.words) <= set(long.words)


def _site(one: Suspect) -> str:
    """Return a hub's website for comparing, within its country."""
    return f"{one.hub.country}/{plain(one.website)}"


def plain(address: str) -> str:
    """Return an address without what does not tell: scheme, `www.`, language, front page's name, query."""
    return _TAIL.sub("", plain_address(address))


def _identity(hub: Hub) -> tuple[str, ...]:
    """Return what no two hubs have in common: name, town and point, letter by letter."""
    point = hub.location.point
    where = "" if point is None else f"{_rounded(point)}"
    return (hub.country, hub.location.locality.casefold(), where, *(text.casefold() for _, text in hub.name.texts))


def _elsewhere(hub: Hub) -> dict[str, None]:
    """Return the addresses of a hub's pages in directories."""
    listed = (hub.website,) if hub.website and is_listing(hub.website) else ()
    return dict.fromkeys(map(plain, (*hub.same_as, *listed)))


def _is_far(a: Hub, b: Hub) -> bool:
    first, second = a.location.point, b.location.point
    return first is not None and second is not None and units.distance_km(*first, *second) > _FAR_KM


def _square(point: tuple[float, float]) -> tuple[int, int]:
    return (int(point[0] // _SQUARE), int(point[1] // _SQUARE))


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return (round(float(point[0]), 4), round(float(point[1]), 4))


def _places(one: Suspect) -> tuple[tuple[str, int, int], ...]:
    """Return where a hub stands: in its town, and in a square of the map."""
    point = one.hub.location.point
    square = () if point is None else (("", *_square(point)),)
    return ((one.town, 0, 0), *square)


def _around(one: Suspect) -> Iterator[tuple[str, int, int]]:
    """Yield the squares around a hub's own, further to the sides as degrees get narrower."""
    if (point := one.hub.location.point) is not None:
        row, column = _square(point)
        wide = 1 if abs(point[0]) < 45 else 2
        for up, right in itertools.product((-1, 0, 1), range(-wide, wide + 1)):
            if up or right:
                yield "", row + up, column + right


class KnownMachines:
    """Machines of registries and of this run, by hub."""

    def __init__(self, registries: Sequence[Registry]) -> None:
        self._registries = registries
        self._names: dict[str, dict[str, str]] = {}  # hub → what a machine is called → its id

    def find(self, hub: str, data: dict[str, object]) -> tuple[str, str]:
        """Return the id of the machine of a hub that has the same model or name, and which; ("", "") if none."""
        known = self._of(hub)
        model, name = str(data.get("model", "")), str(data.get("name", ""))
        if model and (id := known.get(model)):
            return id, f"the same model, {model}"
        if name and (id := known.get(_called(name))):
            return id, "the same name at the same hub"
        return "", ""

    def add(self, machine: Machine) -> None:
        """Make a machine known that was drafted now."""
        _call(self._of(machine.hub), machine)

    def _of(self, hub: str) -> dict[str, str]:
        if hub not in self._names:
            found = self._names[hub] = {}
            for registry in self._registries:
                for id in registry.machine_ids.get(hub, ()):
                    if (machine := registry.get(Machine, id)) is not None:
                        _call(found, machine)
        return self._names[hub]


def _call(known: dict[str, str], machine: Machine) -> None:
    if machine.model:
        known.setdefault(machine.model, machine.id)
    if machine.name:
        known.setdefault(_called(machine.name), machine.id)


def _called(name: str) -> str:
    """Return a machine's name in its normal form; a plus counts, and signs where there is no letter."""
    return f"name {words.term(name.replace('+', ' plus ')) or name}"
