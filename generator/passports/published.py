"""A registry in; how many of its published passports are good for a requirement at a place, from day to day, out.

The hubs' rules decide, as they do about a credential that is proved; see `roll` for what is not known of these.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..registry import Registry
from .codes import ORDER
from .decision import Need, Wallet, reasons_for
from .places import Place, Places, places_of
from .roll import Holder, Roll, moved, rolls_of
from .values import Result

NOWHERE = 0  # the number of every place where no published passport can count


class Since(NamedTuple):
    """From a day on: how many passports are good at once, and how many after an induction or on another condition."""

    day: date
    permitted: int
    after_induction: int


class Asked(NamedTuple):
    """A competence at a level, at places of one number; whether what is invented counts."""

    place: int
    competence: str
    level: int
    invented: bool


class Published:
    """The published passports of a registry, the competences that they hold, and the places where they count."""

    def __init__(self, registry: Registry) -> None:
        self._first_day = registry.as_of
        self._real, self._whole = rolls_of(registry)
        self.competences = tuple(self._whole.holders)
        self.places: Places = places_of(registry, (self._real, self._whole), NOWHERE + 1)
        self._on = functools.cache(self._counted_on)

    def on(self, asked: Asked, day: date) -> tuple[int, int]:
        """Return how many passports are good for a requirement on a day, and how many on a condition.

        Nothing is asked for on a day that is past: then it is the registry's.
        """
        return self._on(self._plain(asked), max(day, self._first_day)) if asked.place != NOWHERE else (0, 0)

    def since(self, asked: Asked) -> tuple[Since, ...]:
        """Return how many are good from the registry's day on, before which the first entry holds; () for never any."""
        if asked.place == NOWHERE:
            return ()
        roll, place, needs = self._facts(self._plain(asked))
        changes: dict[date, Counter[Result]] = {}
        for holder in roll.able(place.hub, asked.competence):
            before = Result.DENY
            for day in _days(roll, place, holder, needs, self._first_day):
                result = _result(roll, place, holder, needs, day)
                if result is not before:
                    changes.setdefault(day, Counter()).update({result: 1, before: -1})
                before = result
        return tuple(_counted(changes, self._first_day))

    def _counted_on(self, asked: Asked, day: date) -> tuple[int, int]:
        roll, place, needs = self._facts(asked)
        found = [_result(roll, place, holder, needs, day) for holder in roll.able(place.hub, asked.competence)]
        return found.count(Result.PERMIT), found.count(Result.CONDITIONAL)

    def _plain(self, asked: Asked) -> Asked:
        """Return the same question without what is invented, where there is none."""
        return asked._replace(invented=False) if self._real is self._whole else asked

    def _facts(self, asked: Asked) -> tuple[Roll, Place, Mapping[str, int]]:
        """Return what counts, where, and all that is required there: what a machine itself asks for as well."""
        place = self.places.each[asked.place - NOWHERE - 1]
        needs = dict(place.needs)
        needs[asked.competence] = max(asked.level, needs.get(asked.competence, 0))
        return self._whole if asked.invented else self._real, place, needs


def _counted(changes: Mapping[date, Counter[Result]], start: date) -> Iterator[Since]:
    """Yield how many there are from each day on, where each day says how many come and go."""
    count: Counter[Result] = Counter()
    for day in sorted({start, *changes}) if changes else ():
        count.update(changes.get(day, {}))
        yield Since(day, count[Result.PERMIT], count[Result.CONDITIONAL])


def _days(roll: Roll, place: Place, holder: Holder, needs: Iterable[str], start: date) -> list[date]:
    """Return the day to begin with, and every later one on which what a passport is good for may change."""
    found: set[date | None] = {start}
    for competence in needs:
        rules = roll.facts.rules.get((place.hub, competence))
        each = (*rules.accepting, *rules.refusing) if rules is not None else ()
        for rule in each:
            found.update((rule.valid_from, moved(rule.valid_until, 1)))
        for entry in holder.get(competence, ()):
            found.update(entry.turns())
            found.update(moved(moved(entry.claim.assessed_on, rule.max_age_days), 1) for rule in each)
    return sorted(day for day in found if day is not None and day >= start)


def _result(roll: Roll, place: Place, holder: Holder, needs: Mapping[str, int], day: date) -> Result:
    """Return what a passport comes to where several requirements must all hold."""
    if not needs.keys() <= holder.keys():
        return Result.DENY
    found = []
    for competence, level in needs.items():
        wallet = Wallet(day, {competence: tuple(one.on(day) for one in holder[competence])})
        need = Need(place.machine, place.hub, competence, level)
        found.append(reasons_for(roll.facts, wallet, need)[0].result)
    return max(found, key=ORDER.__getitem__)
