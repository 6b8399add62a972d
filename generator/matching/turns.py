"""A registry before and after a change in; which designs and open requests can be made now, or no longer, out.

All that a wish asks for counts. Something is possible when hubs can do each of its steps, be it several together. Only
hubs that the change touches are looked at, unless what they do makes a difference; then all others are, once.
"""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..records import Competence, Design, Hub, Machine, Material, Model, Passport, Process, Recognition, Request
from ..registry import Registry, Rows, identify, part
from .aims import DESIGN, REQUEST, Aim, aims
from .arrays import FAIL
from .operators import STAFF_ONLY, Operators
from .planning import plan_for
from .search import Matcher
from .standing import Standing

_EVERYTHING = (Process, Material)  # a change of these can turn what any hub does
_OF_PASSPORTS = (Passport, Recognition, Competence, Hub)  # hubs issue them: their keys and networks count


class State(enum.StrEnum):
    """How far something can be made."""

    NEW = "new"  # was not there
    SILENT = "silent"  # does not say how it is made
    IMPOSSIBLE = "impossible"
    TOGETHER = "together"  # by several hubs
    ALONE = "alone"  # by one hub

    @property
    def is_possible(self) -> bool:
        """Whether somebody can make it."""
        return self in (State.TOGETHER, State.ALONE)


class Reach(NamedTuple):
    """For an aim, some hubs that can do each of its steps, and some that can do all of them."""

    steps: tuple[frozenset[str], ...]
    alone: frozenset[str]

    def with_more(self, other: Reach) -> Reach:
        """Return what more hubs come to besides."""
        steps = zip(self.steps, other.steps, strict=True)
        return Reach(tuple(one | more for one, more in steps), self.alone | other.alone)

    @property
    def state(self) -> State:
        """How far that makes it possible."""
        if self.alone:
            return State.ALONE
        return State.TOGETHER if self.steps and all(self.steps) else State.IMPOSSIBLE


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a design or an open request; `hubs` are those whose change made it so."""

    kind: str
    id: str
    before: State
    after: State
    hubs: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether it could be made and cannot any more."""
        return self.before.is_possible and not self.after.is_possible

    @property
    def is_won(self) -> bool:
        """Whether it was there, could not be made, and now can."""
        return self.before is not State.NEW and not self.before.is_possible and self.after.is_possible


Both = tuple[Operators, Operators]  # before and after


def turns(
    before: Registry, after: Registry, paths: Collection[str], operators: Both = (STAFF_ONLY, STAFF_ONLY)
) -> tuple[Turn, ...]:
    """Return what a change of the files at some paths turns, in the order of ids; designs, then requests."""
    return tuple(_Change(before, after, paths, operators).turns())


def without_plan(registry: Registry, operators: Operators = STAFF_ONLY) -> tuple[str, ...]:
    """Return the open requests that no hubs can meet, be it together."""
    matcher = Matcher(registry, operators)
    asked = [aim for aim in aims(registry) if aim.kind != DESIGN]
    return tuple(aim.id for aim in asked if not (aim.is_matchable and _is_met(matcher, aim)))


def _is_met(matcher: Matcher, aim: Aim) -> bool:
    """Tell whether hubs can do each step of an aim, or share those for which each of them is too slow."""
    return reach(matcher, aim).state.is_possible or plan_for(matcher, aim.wish).is_valid


def reach(matcher: Matcher, aim: Aim) -> Reach:
    """Return the hubs that can do each step of an aim, and all of them."""
    standing, hubs = Standing(matcher, aim), np.array(matcher.known.hubs, object)
    barred = standing.of_design == FAIL
    able = [standing.able(one) & (not barred) for one in standing.parts]
    alone = np.logical_and.reduce(able) if able else np.zeros(len(hubs), bool)
    return Reach(tuple(frozenset(hubs[one]) for one in able), frozenset(hubs[alone]))


class _Change:
    """Both sides of a change."""

    def __init__(self, before: Registry, after: Registry, paths: Collection[str], operators: Both) -> None:
        self.sides, self.operators = (before, after), operators
        self.touched = _touched(before, after, paths) | _recognising(operators, paths)
        self.small = tuple(
            Matcher(part(side, self.touched), who) for side, who in zip(self.sides, operators, strict=True)
        )
        self.aims = tuple({(aim.kind, aim.id): aim for aim in aims(side)} for side in self.sides)

    @functools.cached_property
    def others(self) -> Matcher:
        """Every hub that the change does not touch."""
        return Matcher(part(self.sides[1], set(self.sides[1].ids(Hub)) - self.touched), self.operators[1])

    def turns(self) -> Iterator[Turn]:
        was, now = self.aims
        for key, aim in now.items():
            yield from self._turn(was.get(key), aim)
        for key, aim in was.items():
            if key not in now and self._is_there(*key):  # and contains itself now
                yield Turn(*key, self._state(aim, 0), State.SILENT)

    def _is_there(self, kind: str, id: str) -> bool:
        """Tell whether a design, or an open request with its design, is still there."""
        after = self.sides[1]
        request = after.get(Request, id) if kind == REQUEST else None
        if kind == REQUEST and (request is None or request.status != "open"):
            return False
        return after.get(Design, request.design if request is not None else id) is not None

    def _turn(self, was: Aim | None, now: Aim) -> Iterator[Turn]:
        """Yield what became of an aim, if anything."""
        if was is None:
            yield Turn(now.kind, now.id, State.NEW, self._state(now, 1))
            return
        if was == now and self._near(was, 0) == self._near(now, 1):
            return
        states = self._state(was, 0), self._state(now, 1)
        if states[0] is not states[1]:
            yield Turn(now.kind, now.id, *states, self._hubs(was, now))

    def _near(self, aim: Aim, side: int) -> Reach:
        """Return what touched hubs come to; for an aim that does not say how it is made, nothing."""
        return reach(self.small[side], aim) if aim.is_matchable else Reach((), frozenset())

    def _whole(self, aim: Aim, side: int) -> Reach:
        return self._near(aim, side).with_more(reach(self.others, aim))

    def _state(self, aim: Aim, side: int) -> State:
        return self._whole(aim, side).state if aim.is_matchable else State.SILENT

    def _hubs(self, was: Aim, now: Aim) -> tuple[str, ...]:
        """Return the touched hubs that can do other steps than before."""
        before, after = (
            {(at, hub) for at, hubs in enumerate(self._near(aim, side).steps) for hub in hubs}
            for side, aim in enumerate((was, now))
        )
        return tuple(sorted({hub for _, hub in before ^ after}))


def _touched(before: Registry, after: Registry, paths: Collection[str]) -> frozenset[str]:
    """Return the hubs that a change of some files may concern: their own, machines', and those of models."""
    found: set[str] = set()
    models: set[str] = set()
    for kind, id in filter(None, map(identify, paths)):
        if kind in _EVERYTHING:
            return frozenset({*before.ids(Hub), *after.ids(Hub)})
        if kind is Hub:
            found.add(id)
        elif kind is Machine:
            found.add(id.rpartition("/")[0])
        elif kind is Model:
            models.add(id)
    return frozenset(found | set(_with(after, models)))


def _recognising(operators: Both, paths: Collection[str]) -> frozenset[str]:
    """Return the hubs where published passports count, if a change of some files may concern these."""
    kinds = {named[0] for named in map(identify, paths) if named}
    if kinds.isdisjoint(_OF_PASSPORTS):
        return frozenset()
    return frozenset(id for who in operators for id in who.places if id.count("/") == 1)


def _with(registry: Registry, models: Collection[str]) -> Iterator[str]:
    """Yield the hubs that have a machine of one of some models."""
    rows = Rows(registry, Machine)
    for id in registry.ids(Machine) if models else ():
        if json.loads(rows.of(id)).get("model") in models:
            yield id.rpartition("/")[0]
