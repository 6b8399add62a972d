"""Our hubs and those of peers in; which of them may be one and the same, across registries, out. Nothing is merged.

Two hubs of one registry are never compared here: that is its own affair (`same-hub`). However many hubs of one name a
peer invents, a bounded number of pairs is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from ..checks.suspects import Suspect, signs, suspect
from ..records import Hub
from ..registry import Registry
from ..registry.foreign import ForeignHub, Twin
from ..words import Text

_SQUARE = 0.4  # degrees
_ALIKE = 40  # hubs of one registry that share a word in one place
_LANGUAGES = 3  # of a name
_PAIRS = 100_000  # that are compared for one peer
_TWINS = 5  # of a hub in one other registry
_Where = tuple[str, str, int, int]


class _One(NamedTuple):
    """A hub in question: of which registry ("" for ours), its key, its page, and what is compared."""

    origin: str
    key: str
    page: str
    suspect: Suspect

    def as_twin(self, found: Sequence[str]) -> Twin:
        return Twin(self.origin, self.suspect.hub.id, self.page, tuple(found))


def twins(registry: Registry, foreign: Sequence[ForeignHub]) -> Mapping[str, tuple[Twin, ...]]:
    """Return the twins of each hub that has any, ours (`:gh/kumasi-hive`) and those of peers, by key.

    `foreign` has the hubs of each peer together.
    """
    countries = {one.record.country for one in foreign}
    index: dict[_Where, list[_One]] = {}
    for hub in registry.all(Hub):
        if hub.country in countries and hub.status != "closed":
            _note(index, _One("", f":{hub.id}", f"hubs/{hub.id}/", suspect(hub)))
    found: dict[str, dict[str, Twin]] = {}
    peers = list(dict.fromkeys(one.peer for one in foreign))
    for peer, ones in groupby(foreign, key=lambda one: one.peer):
        for a, b, told in _pairs(index, map(_one, ones), is_last=peer == peers[-1]):
            found.setdefault(a.key, {})[b.key] = b.as_twin(told)
            found.setdefault(b.key, {})[a.key] = a.as_twin(told)
    return {key: tuple(found[key][other] for other in sorted(found[key])) for key in sorted(found)}


def _one(foreign: ForeignHub) -> _One:
    record = foreign.record
    short = replace(record, name=Text(record.name.texts[:_LANGUAGES]))
    return _One(foreign.peer, foreign.key, foreign.page, suspect(short))


def _pairs(
    index: dict[_Where, list[_One]], ones: Iterable[_One], *, is_last: bool
) -> Iterator[tuple[_One, _One, list[str]]]:
    """Yield the twins of one peer's hubs among those before, with what speaks for it; then make them known too."""
    left, twins_of = _PAIRS, Counter[str]()
    own: dict[_Where, list[_One]] = {}
    for one in ones:
        if one.suspect.hub.status == "closed":
            continue
        others = {other.key: other for where in _places(one.suspect) for other in index.get(where, ())}
        for other in list(others.values())[:left]:
            left -= 1
            if twins_of[other.key] < _TWINS and (told := signs(other.suspect, one.suspect)):
                twins_of[other.key] += 1
                yield other, one, told
        if not is_last:
            _note(own, one)
    for where, more in own.items():
        index.setdefault(where, []).extend(more)


def _note(index: dict[_Where, list[_One]], one: _One) -> None:
    for where in _places(one.suspect):
        known = index.setdefault(where, [])
        if len(known) < _ALIKE:
            known.append(one)


def _places(one: Suspect) -> Iterator[_Where]:
    """Yield where hubs of one country meet that share a word: in a town, a square of the map, or a record elsewhere."""
    elsewhere, point, country = set(one.hub.same_as), one.hub.location.point, one.hub.country
    squares: list[tuple[int, int]] = []
    if point is not None:  # the four that overlap there, so that neighbours share one
        row, column = int(point[0] // (_SQUARE / 2)), int(point[1] // (_SQUARE / 2))
        squares = [(row + up, column + right) for up in (0, 1) for right in (0, 1)]
    for word in sorted(one.keys):
        at = f"{country} {word}"
        if word in elsewhere:
            yield at, "elsewhere", 0, 0
            continue
        yield at, one.town, 0, 0
        yield from ((at, "", *square) for square in squares)
