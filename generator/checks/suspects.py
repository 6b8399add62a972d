"""Two hubs in; what speaks for their being one and the same, out: names, places, and records elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import units
from ..records import Hub
from .likeness import Likeness, agreement, differ_in_kind, likenesses, spelling
from .towns import can_be_one

TOWN_KM = 25  # two points in one town
MIDDLE_KM = 15  # from a town's middle to a place in or near it
DOOR_KM = 2  # two points for one door
_HERE_KM = 0.15
_SCHEME = re.compile(r"https?://(?:www\.)?")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A hub with what is compared: the forms of its name, its town, its website and its twins elsewhere."""

    hub: Hub
    forms: tuple[Likeness, ...]
    town: str
    website: str

    @property
    def keys(self) -> set[str]:
        """Words of which two hubs that are one share at least one."""
        names = {key for form in self.forms for key in form.keys if key}
        ends = {f"{self.town}: {end}" for form in self.forms for end in form.ends}
        return names | ends | set(self.hub.same_as)

    @property
    def is_at_door(self) -> bool:
        """Whether its point is that of a door or a street, and not of a town."""
        return self.hub.location.precision in ("exact", "street")


def suspect(hub: Hub) -> Suspect:
    """Return what of a hub is compared."""
    town = " ".join(spelling(hub.location.locality))
    return Suspect(hub, likenesses(hub), town, plain_address(hub.website))


def plain_address(address: str) -> str:
    """Return an address without what does not tell: scheme, `www.`, a slash at the end, case; "" for none."""
    return _SCHEME.sub("", address.lower(), count=1).rstrip("/") if address else ""


def signs(a: Suspect, b: Suspect) -> list[str]:
    """Return what speaks for two hubs being one, or nothing when it is not enough."""
    if a.hub.same_as and b.hub.same_as and (shared := sorted(set(a.hub.same_as) & set(b.hub.same_as))):
        return [f"both are {shared[0]}"]
    name, is_of_kind = "", False
    for x in a.forms:
        for y in b.forms:
            name = name or agreement(x, y)
            is_of_kind = is_of_kind or differ_in_kind(x, y)
    place = nearness(a, b) if name else ""
    if not place and is_of_kind and is_here(a, b):
        name, place = "names that differ only in kind", "the same point"
    website = "the same website" if a.website and a.website == b.website else ""
    return [sign for sign in (name, place, website) if sign] if place else []


def distance_km(a: Suspect, b: Suspect) -> float | None:
    """Return how far two hubs are apart, None where one has no point."""
    first, second = a.hub.location.point, b.hub.location.point
    return None if first is None or second is None else units.distance_km(*first, *second)


def nearness(a: Suspect, b: Suspect) -> str:
    """Return in which way two hubs lie where one could ("" if they do not)."""
    km = distance_km(a, b)
    apart = "" if km is None else f"{km:.1f} km apart"
    if (km is None or km <= TOWN_KM) and in_one_town(a, b):
        return f"the same town, {apart}" if apart else "the same town"
    limit = DOOR_KM if a.is_at_door and b.is_at_door else MIDDLE_KM
    return apart if km is not None and km <= limit else ""


def in_one_town(a: Suspect, b: Suspect) -> bool:
    """Tell whether two hubs' towns are one as far as their names go: 'Wien' and 'Vienna', 'Biel/Bienne' and 'Biel'."""
    return a.town == b.town or can_be_one(a.hub.location.locality, b.hub.location.locality)


def is_here(a: Suspect, b: Suspect) -> bool:
    """Tell whether two hubs lie at one door."""
    km = distance_km(a, b)
    return km is not None and km <= _HERE_KM and a.is_at_door and b.is_at_door
