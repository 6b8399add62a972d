"""What planning answers with: who makes how many of what, in which stages, over which ways, and what nobody can do."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

from .remarks import Remark
from .values import Check, Result
from .wanted import Wish


class Method(enum.StrEnum):
    """How the hubs of a plan were chosen."""

    ONE_HUB = "one hub"
    EXACT = "exact"  # no plan takes fewer hubs
    GREEDY = "greedy"  # perhaps fewer would do: `Plan.bound` says how many times as many at most
    CHANGED = "changed"  # an earlier plan of which one branch is done by others


class Timely(enum.StrEnum):
    """Whether a plan meets its last day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    ANY = "no last day"


@dataclass(frozen=True, slots=True)
class Assignment:
    """So many pieces of a step for one machine of a hub ("" for a process that the hub claims without a machine).

    `ask` are facts that nobody knows yet. `days` are those from the order until the pieces are made, were they all
    that the machine has to do; None when nobody knows.
    """

    step: str
    hub: str
    machine: str
    pieces: int
    ask: int = 0
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """A way that pieces travel: from one hub to another, or to the destination (""); and the steps they come from.

    `km` is the distance as the crow flies; None when a place is not known.
    """

    start: str
    end: str
    km: float | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that may be done at the same time, once those of the stages before are done; and the hubs that do them."""

    steps: tuple[str, ...]
    hubs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """The days, counted from the order, on which a step begins and ends; None when nobody knows."""

    step: str
    begins: int | None
    ends: int | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A machine that comes close to a step that nobody can do, and what speaks against it: all that had to change."""

    step: str
    hub: str
    machine: str
    checks: tuple[Check, ...]


class Change(NamedTuple):
    """How many pieces of a step a hub had, and has now."""

    step: str
    hub: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A wish and how it can be made: who does what, in which order, and what is missing.

    `uncovered` are ids of steps that nobody can do, or not all pieces of them: `missing` says how many, `near` who
    comes close. `obstacles` are reasons beside those for which it cannot be made, and `notes` how the plan was
    found and what to keep in mind. `asks` are what has to be asked: the hub, or its machine, and the check that nobody
    can answer. `changes` are those to an earlier plan. `critical` are the steps that decide when all is done, `days`
    how long that takes from the order.
    """

    wish: Wish
    assignments: tuple[Assignment, ...] = ()
    stages: tuple[Stage, ...] = ()
    legs: tuple[Leg, ...] = ()
    uncovered: tuple[str, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()
    near: tuple[NearMiss, ...] = ()
    obstacles: tuple[Remark, ...] = ()
    method: Method = Method.EXACT
    bound: float = 1.0
    timings: tuple[Timing, ...] = ()
    critical: tuple[str, ...] = ()
    days: int | None = None
    timely: Timely = Timely.ANY
    asks: tuple[tuple[str, Check], ...] = ()
    notes: tuple[Remark, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def hubs(self) -> tuple[str, ...]:
        """The hubs that have something to do, in the order of ids."""
        return tuple(sorted({one.hub for one in self.assignments}))

    @property
    def is_valid(self) -> bool:
        """Whether somebody does every step and nothing else speaks against it."""
        return bool(self.assignments) and not self.uncovered and not self.obstacles and self.timely is not Timely.NO

    @property
    def is_certain(self) -> bool:
        """Whether nobody has to be asked anything."""
        return self.is_valid and not self.asks and self.timely is not Timely.UNKNOWN

    def of(self, hub: str) -> tuple[Assignment, ...]:
        """Return what a hub does."""
        return tuple(one for one in self.assignments if one.hub == hub)

    def doing(self, step: str) -> tuple[Assignment, ...]:
        """Return who does a step."""
        return tuple(one for one in self.assignments if one.step == step)


def fails(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the checks that speak against something."""
    return tuple(check for check in checks if check.result is Result.FAIL)
