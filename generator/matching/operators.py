"""Who can operate machines beside the staff, as matching asks for it: counts by place, level and day.

Whoever knows passports works them out (`operators`, above this package); `STAFF_ONLY` stands for a registry without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .by_process import World
from .capabilities import Capabilities

NOWHERE = 0  # the number of every place where nobody but staff can operate anything
# From a day on: how many can at once, and how many after an induction or on another condition.
Since = tuple[date, int, int]


class Wanted(NamedTuple):
    """Somebody with a competence at a level, for machines at places of one number."""

    place: int
    competence: str
    level: int
    world: World


@dataclass(frozen=True, slots=True)
class Operators:
    """Those who hold published passports.

    `places` are numbers of hubs and machines by id: alike are those of one number. A machine that is not there is like
    its hub, and a hub that is not there is `NOWHERE`. `count` says how many there are on a day, and how many on
    a condition; `since` the same for all days in order, where the first entry holds before its day, too.
    """

    places: Mapping[str, int]
    competences: tuple[str, ...]
    count: Callable[[Wanted, date], tuple[int, int]]
    since: Callable[[Wanted], tuple[Since, ...]]


STAFF_ONLY = Operators({}, (), lambda _, __: (0, 0), lambda _: ())


def places_in(known: Capabilities, operators: Operators) -> list[int]:
    """Return the number of the place of each machine."""
    found = [NOWHERE] * len(known.names)
    numbers = {hub: number for number, hub in enumerate(known.hubs)} if operators.places else {}
    for id, place in sorted(operators.places.items()):  # a hub before its machines
        hub = numbers.get(id)
        for machine in known.machines_of(hub) if hub is not None else _named(known, numbers, id):
            found[machine] = place
    return found


def _named(known: Capabilities, numbers: Mapping[str, int], id: str) -> Sequence[int]:
    """Return the number of a machine, or nothing where its hub has closed."""
    hub = numbers.get(id.rpartition("/")[0])
    return [one for one in known.machines_of(hub) if known.names[one] == id] if hub is not None else ()
