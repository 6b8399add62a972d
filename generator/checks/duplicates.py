"""Hubs that may be one and the same: by name and place, by website, by id."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .. import units, words
from ..diagnostics import Finding, Severity
from ..records import Hub
from ..registry import Registry
from .check import check
from .likeness import Likeness, agreement, differ_in_kind, likenesses, spelling

_TOWN_KM = 25  # two points in one town
_MIDDLE_KM = 15  # from a town's middle to a place in or near it
_DOOR_KM = 2  # two points for one door
_HERE_KM = 0.15
_WEBSITE = re.compile(r"https?://(?:www\.)?")
_TYPE_IN_ID = re.compile(r"\b(?:fab|lab|labs|fablab|fablabs|maker|makers|makerspace|hackerspace|space)\b")


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A hub with what is compared: the forms of its name, its town, its website and its twins elsewhere."""

    hub: Hub
    forms: tuple[Likeness, ...]
    town: str
    website: str

    @property
    def keys(self) -> set[str]:
        names = {key for form in self.forms for key in form.keys if key}
        ends = {f"{self.town}: {end}" for form in self.forms for end in form.ends}
        return names | ends | set(self.hub.same_as)


def _suspect(hub: Hub) -> _Suspect:
    return _Suspect(hub, likenesses(hub), " ".join(spelling(hub.location.locality)), _website(hub))


def _website(hub: Hub) -> str:
    """Return a website without what does not tell: scheme, `www.`, a slash at the end, case."""
    return _WEBSITE.sub("", hub.website.lower(), count=1).rstrip("/") if hub.website else ""


def _living(registry: Registry, countries: Iterable[str]) -> Iterator[Hub]:
    """Yield the hubs of some countries that have not closed: a tombstone may look like its successor."""
    wanted = frozenset(countries)
    for id in registry.ids(Hub):
        if id[:2] in wanted and (hub := registry.get(Hub, id)) and hub.status != "closed":
            yield hub


@check(Severity.WARNING)
def same_hub(registry: Registry) -> Iterator[Finding]:
    """Two records seem to describe one hub.

    Their names come down to the same words (spelling, accents, the town, 'FabLab' or 'Makerspace', 'e.V.' and
    abbreviations apart) and they lie in the same town or at the same door, or both point to the same record
    elsewhere. A shared point or a shared website alone says nothing: directories give a town's middle for
    hundreds of hubs, and one school's site for all its labs.

    Keep one record and give it the other's id in `formerly`. If they are two, say so in
    `registry/exceptions.yaml`. A hub is reported once, with the first record that it is like.
    """
    asked = {hub.id for hub in registry.each(Hub) if hub.status != "closed"}
    told: set[str] = set()
    for group in _groups(registry, asked):
        for other, one in itertools.combinations(sorted(group, key=lambda one: one.hub.id), 2):
            here, there = (one.hub, other.hub) if one.hub.id in asked else (other.hub, one.hub)
            if here.id in asked and here.id not in told and (signs := _signs(one, other)):
                told.add(here.id)
                message = f"may be the same hub as `{there.id}`: {', '.join(signs)}"
                hint = f"keep one and give it `formerly: [{here.id}]`, or add an exception that says they are two"
                yield Finding(here.at("name"), message, hint, ((there.at("name"), "the other record"),))


def _groups(registry: Registry, asked: set[str]) -> Iterator[Sequence[_Suspect]]:
    """Yield hubs of one country that share a key; a large group is split by town and by square of the map."""
    groups: dict[str, list[_Suspect]] = {}
    for hub in _living(registry, {id[:2] for id in asked}):
        suspect = _suspect(hub)
        for key in suspect.keys:
            groups.setdefault(f"{hub.id[:3]}{key}", []).append(suspect)
    for group in groups.values():
        if 1 < len(group) <= 40:
            yield group
        elif len(group) > 1:
            yield from _split(group)


def _split(group: Sequence[_Suspect]) -> Iterator[Sequence[_Suspect]]:
    smaller: dict[tuple[str, int, int], list[_Suspect]] = {}
    for suspect in group:
        smaller.setdefault((suspect.town, 0, 0), []).append(suspect)
        if point := suspect.hub.location.point:
            # Each stands in four squares of 0.4 degrees that overlap, so that neighbours share one.
            row, column = int(point[0] // 0.2), int(point[1] // 0.2)
            for up, right in itertools.product((0, 1), repeat=2):
                smaller.setdefault(("", row + up, column + right), []).append(suspect)
    yield from (found for found in smaller.values() if len(found) > 1)


def _signs(a: _Suspect, b: _Suspect) -> list[str]:
    """Return what speaks for two hubs being one, or nothing when it is not enough."""
    if a.hub.same_as and b.hub.same_as and (shared := sorted(set(a.hub.same_as) & set(b.hub.same_as))):
        return [f"both are {shared[0]}"]
    name, is_of_kind = "", False
    for x in a.forms:
        for y in b.forms:
            name = name or agreement(x, y)
            is_of_kind = is_of_kind or differ_in_kind(x, y)
    place = _nearness(a, b) if name else ""
    if not place and is_of_kind and _is_here(a, b):
        name, place = "names that differ only in kind", "the same point"
    website = "the same website" if a.website and a.website == b.website else ""
    return [sign for sign in (name, place, website) if sign] if place else []


def _distance(a: _Suspect, b: _Suspect) -> float | None:
    first, second = a.hub.location.point, b.hub.location.point
    return None if first is None or second is None else units.distance_km(*first, *second)


def _nearness(a: _Suspect, b: _Suspect) -> str:
    km = _distance(a, b)
    apart = "" if km is None else f"{km:.1f} km apart"
    if a.town == b.town and (km is None or km <= _TOWN_KM):
        return f"the same town, {apart}" if apart else "the same town"
    limit = _DOOR_KM if {a.hub.location.precision, b.hub.location.precision} <= {"exact", "street"} else _MIDDLE_KM
    return apart if km is not None and km <= limit else ""


def _is_here(a: _Suspect, b: _Suspect) -> bool:
    km = _distance(a, b)
    return (
        km is not None
        and km <= _HERE_KM
        and {a.hub.location.precision, b.hub.location.precision} <= {"exact", "street"}
    )


@check(Severity.WARNING)
def same_website(registry: Registry) -> Iterator[Finding]:
    """Several hubs give the same website.

    A hub's page on a school's or a network's site is a better address than the site's front page: visitors
    find the hub, and two hubs are not taken for one. If the hubs are one, keep one record. Otherwise leave
    `website` to the one that it is about.
    """
    asked: dict[str, Hub] = {}
    for hub in registry.each(Hub):
        if (website := _website(hub)) and hub.status != "closed":
            asked.setdefault(website, hub)
    users: dict[str, list[Hub]] = {website: [] for website in asked}
    for hub in registry.mentioning(Hub, asked):
        if hub.website and hub.status != "closed" and (website := _website(hub)) in users:
            users[website].append(hub)
    for website, hubs in users.items():
        if len(hubs) > 1:
            here = asked[website]
            names = words.listed([hub.id for hub in hubs], 5)
            related = tuple((hub.at("website"), "here too") for hub in hubs if hub is not here)
            message = f"{len(hubs)} hubs give the website {website}: {names}"
            yield Finding(here.at("website"), message, "give each hub its own page, or none", related)


@check(Severity.WARNING)
def similar_id(registry: Registry) -> Iterator[Finding]:
    """Two hubs of one country have ids that are variants of each other.

    The ids differ only in hyphens, or in words such as `fab-lab` and `makerspace`. Either the hubs are one,
    or people will take one for the other: give one of them its town or its school in the id.
    """
    asked = {hub.id for hub in registry.each(Hub)}
    wanted = {_reduced(id) for id in asked}
    variants: dict[str, list[str]] = {reduced: [] for reduced in wanted}
    for id in registry.ids(Hub) if wanted else ():
        if (reduced := _reduced(id)) in wanted:
            variants[reduced].append(id)
    for ids in variants.values():
        here = [id for id in ids if id in asked]
        for id in here[1:] if here == ids else here:
            hub, other = registry.get(Hub, id), registry.get(Hub, next(one for one in ids if one != id))
            if hub is not None and other is not None:
                message = f"`{hub.id}` and `{other.id}` are variants of one id"
                hint = "rename one with its town, or keep one of the two"
                yield Finding(hub.at(), message, hint, ((other.at(), "the other hub"),))


def _reduced(id: str) -> str:
    """Return an id without hyphens and words of kind; all of it when nothing else is left."""
    country, _, name = id.partition("/")
    bare = _TYPE_IN_ID.sub("", name.replace("fab-lab", "fablab"))
    return f"{country}/{bare.replace('-', '')}" if bare.strip("-") else id
