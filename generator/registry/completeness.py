"""A hub and its machines in; how far its record goes (basic, matchable, contractable) and what is missing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..records import Hub, Machine

LEVELS = ("basic", "matchable", "contractable")

Test = Callable[[Hub, Sequence[Machine]], bool]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The level that a record has reached, and the facts it lacks, the most useful first."""

    level: str
    missing: tuple[str, ...]

    def reaches(self, level: str) -> bool:
        """Tell whether the record has reached a level."""
        return LEVELS.index(level) <= LEVELS.index(self.level)


def completeness(hub: Hub, machines: Sequence[Machine]) -> Completeness:
    """Return the level of a hub's record; `machines` with what their models say."""
    lacks = {level: tuple(key for key, test in tests if not test(hub, machines)) for level, tests in _TESTS.items()}
    level = "basic"
    if not lacks["matchable"]:
        level = "matchable" if lacks["contractable"] else "contractable"
    return Completeness(level, (*lacks["matchable"], *lacks["contractable"]))


# What somebody must know to find the right hub, and what a contract could not do without.
_TESTS: dict[str, tuple[tuple[str, Test], ...]] = {
    "matchable": (
        ("coordinates", lambda hub, _: hub.location.point is not None),
        ("processes", lambda hub, machines: bool(hub.processes) or any(machine.processes for machine in machines)),
        ("machines", lambda _, machines: bool(machines)),
        ("access", lambda hub, _: bool(hub.access)),
        ("services", lambda hub, _: bool(hub.services)),
    ),
    "contractable": (
        ("contact", lambda hub, _: hub.contact is not None and bool(hub.contact.email or hub.contact.phone)),
        ("envelope", lambda _, machines: any(machine.envelope_mm is not None for machine in machines)),
        ("materials", lambda _, machines: any(machine.materials for machine in machines)),
        ("batch", lambda hub, _: bool(hub.batch)),
        ("verified", lambda hub, _: hub.verified is not None and hub.verified.how in ("self", "call", "visit")),
        ("accepts", lambda hub, _: bool(hub.accepts)),
    ),
}
