"""Names of real hubs and towns in; names of invented ones, put together from their parts, out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from random import Random

from generator import words

_KIND = re.compile(r"\bfab ?lab\b(?: solidaire)?|\bmakerspace\b|\binnovation lab\b|\blabs?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PLACE = "\0"
_KEPT = 0.15  # of all names
_LONGEST = 44  # characters of an id, so that there is room for another word


def text(name: object) -> str:
    """Return a name as one string, whether it is given in one language or several."""
    return next(iter(name.values())) if isinstance(name, dict) else str(name)


def pattern(name: object, locality: str) -> str:
    """Return a hub's name with a slot for its town: at the town's name, or at the end."""
    bare = _BRACKETS.sub("", text(name))
    found = re.sub(rf"\b{re.escape(locality)}\b", _PLACE, bare, flags=re.IGNORECASE)
    return found if _PLACE in found else f"{bare} {_PLACE}"


def shape(name: object, locality: str, towns: Sequence[str], random: Random) -> str:
    """Return a pattern after one hub's name: the name itself, or more often another word and its "Fab Lab"."""
    if random.random() < _KEPT:
        return pattern(name, locality)
    kind = _KIND.search(text(name))
    return f"{town(towns, random)} {kind[0] if kind else 'Lab'} {_PLACE}"


def filled(shape: str, place: str) -> str:
    """Return the name that a pattern gives for a town."""
    return shape.replace(_PLACE, place)


def town(names: Sequence[str], random: Random) -> str:
    """Return the name of a town that is not there: how one real name begins and another ends."""
    first, second = random.choice(names), random.choice(names)
    name = first[: (len(first) + 1) // 2].strip(" -'") + second[len(second) // 2 :].strip(" -'").lower()
    return name if len(words.slug(name)) > 2 else first


def free(name: str, taken: set[str], country: str, spare: Iterable[str]) -> tuple[str, str]:
    """Return a name whose id is free in a country, and the id: with another word at its end if need be."""
    for end in itertools.chain([""], spare):
        id = f"{country}/{words.slug(f'{words.slug(name)[:_LONGEST]} {end}')}"
        if id not in taken:
            taken.add(id)
            return f"{name} {end}".strip(), id
    raise ValueError(f"no free id is left for {name!r}")
