"""Hubs that may be one and the same: by name and place, by website, by id."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from .. import words
from ..diagnostics import Finding, Severity
from ..records import Hub
from ..registry import Registry
from .check import check
from .suspects import Suspect, plain_address, signs, suspect

_TYPE_IN_ID = re.compile(r"\b(?:fab|lab|labs|fablab|fablabs|maker|makers|makerspace|hackerspace|space)\b")


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
            if here.id in asked and here.id not in told and (found := signs(one, other)):
                told.add(here.id)
                message = f"may be the same hub as `{there.id}`: {', '.join(found)}"
                hint = f"keep one and give it `formerly: [{here.id}]`, or add an exception that says they are two"
                yield Finding(here.at("name"), message, hint, ((there.at("name"), "the other record"),))


def _groups(registry: Registry, asked: set[str]) -> Iterator[Sequence[Suspect]]:
    """Yield hubs of one country that share a key; a large group is split by town and by square of the map."""
    groups: dict[str, list[Suspect]] = {}
    for hub in _living(registry, {id[:2] for id in asked}):
        one = suspect(hub)
        for key in one.keys:
            groups.setdefault(f"{hub.id[:3]}{key}", []).append(one)
    for group in groups.values():
        if 1 < len(group) <= 40:
            yield group
        elif len(group) > 1:
            yield from _split(group)


def _split(group: Sequence[Suspect]) -> Iterator[Sequence[Suspect]]:
    smaller: dict[tuple[str, int, int], list[Suspect]] = {}
    for one in group:
        smaller.setdefault((one.town, 0, 0), []).append(one)
        if point := one.hub.location.point:
            # Each stands in four squares of 0.4 degrees that overlap, so that neighbours share one.
            row, column = int(point[0] // 0.2), int(point[1] // 0.2)
            for up, right in itertools.product((0, 1), repeat=2):
                smaller.setdefault(("", row + up, column + right), []).append(one)
    yield from (found for found in smaller.values() if len(found) > 1)


@check(Severity.WARNING)
def same_website(registry: Registry) -> Iterator[Finding]:
    """Several hubs give the same website.

    A hub's page on a school's or a network's site is a better address than the site's front page: visitors
    find the hub, and two hubs are not taken for one. If the hubs are one, keep one record. Otherwise leave
    `website` to the one that it is about.
    """
    asked: dict[str, Hub] = {}
    for hub in registry.each(Hub):
        if (website := plain_address(hub.website)) and hub.status != "closed":
            asked.setdefault(website, hub)
    users: dict[str, list[Hub]] = {website: [] for website in asked}
    for hub in registry.mentioning(Hub, asked):
        if hub.website and hub.status != "closed" and (website := plain_address(hub.website)) in users:
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
    wanted = {reduced_id(id) for id in asked}
    variants: dict[str, list[str]] = {reduced: [] for reduced in wanted}
    for id in registry.ids(Hub) if wanted else ():
        if (reduced := reduced_id(id)) in wanted:
            variants[reduced].append(id)
    for ids in variants.values():
        here = [id for id in ids if id in asked]
        for id in here[1:] if here == ids else here:
            hub, other = registry.get(Hub, id), registry.get(Hub, next(one for one in ids if one != id))
            if hub is not None and other is not None:
                message = f"`{hub.id}` and `{other.id}` are variants of one id"
                hint = "rename one with its town, or keep one of the two"
                yield Finding(hub.at(), message, hint, ((other.at(), "the other hub"),))


def reduced_id(id: str) -> str:
    """Return an id without hyphens and words of kind; all of it when nothing else is left."""
    country, _, name = id.partition("/")
    bare = _TYPE_IN_ID.sub("", name.replace("fab-lab", "fablab"))
    return f"{country}/{bare.replace('-', '')}" if bare.strip("-") else id
