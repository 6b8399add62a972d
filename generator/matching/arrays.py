"""Columns of facts and a question in; what each distinct value of a column comes to, for all values at once, out.

The same answers as `judging` gives for one machine, which a test compares: numbers instead of words, so that a question
about hundreds of thousands of machines takes milliseconds. 0 stands for no check, then pass, unknown and fail.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..registry.taxonomy import Taxonomy
from ..units import EARTH_RADIUS_KM, Envelope
from .capabilities import Column, Skill, Time, Working
from .judging import BY_COLUMN, LOT, Question, fact_of, stands_to, takes
from .values import Check, Result
from .wanted import Point, Step

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Results = npt.NDArray[np.int8]
Cases = tuple[list[list[int]], Numbers]  # distinct rows of columns, and which one each row is
Facts = Mapping[str, Results]  # for each fact a result at each number of a column
Value = TypeVar("Value", bound=Hashable)
NONE, PASS, UNKNOWN, FAIL = 0, 1, 2, 3
NUMBER = {Result.PASS: PASS, Result.UNKNOWN: UNKNOWN, Result.FAIL: FAIL}


def results_of(checks: Sequence[Iterable[Check]]) -> Facts:
    """Return the result of each fact in each list of checks; the worst, where several are about one fact."""
    found: dict[str, Results] = {}
    for at, each in enumerate(checks):
        for check in each:
            fact = fact_of(check)
            if fact not in found:
                found[fact] = np.zeros(len(checks), np.int8)
            found[fact][at] = max(found[fact][at], NUMBER[check.result])
    return found


def kilometres(here: Point, there: Floats) -> Floats:
    """Return distances from a point to others (rows of latitude and longitude), to the metre; NaN where unknown."""
    phi, other = np.radians(here[0]), np.radians(there[:, 0])
    half_lambda = np.sin(np.radians(there[:, 1] - here[1]) / 2) ** 2
    half = np.sin((other - phi) / 2) ** 2 + np.cos(phi) * np.cos(other) * half_lambda
    found: Floats = np.round(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1, half))), 3)
    return found


def distinct(columns: Sequence[Numbers]) -> Cases:
    """Return the distinct rows of columns that are as long as each other, and for each row which one it is."""
    which = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, which = np.unique(which * (column.max(initial=0) + 1) + column, return_inverse=True)
    _, first = np.unique(which, return_index=True)
    return np.stack([column[first] for column in columns], axis=1).tolist(), which


class ByValue:
    """A column whose values are looked at one by one: of a few kinds, or seldom asked for."""

    def __init__(self, name: str, values: Sequence[Any]) -> None:
        self._judge = BY_COLUMN[name]
        self._skills = [Skill(**{name: value}) for value in values]

    def __call__(self, question: Question) -> Facts:
        """Return what the values come to."""
        if next(self._judge(question, Skill()), None) is None:
            return {}
        return results_of([tuple(self._judge(question, skill)) for skill in self._skills])


class Envelopes:
    """Work envelopes: boxes with their sides in order of length, and cylinders."""

    def __init__(self, _: str, values: Sequence[Envelope | None]) -> None:
        known = [value or Envelope() for value in values]
        self._given = _columns([one.sides for one in known])
        self._sides = _columns([sorted(one.sides, reverse=True) for one in known])
        self._diameters = np.array([one.diameter or 0.0 for one in known])
        self._lengths = np.array([np.inf if one.length is None else one.length for one in known])
        self._is_round = np.array([one.diameter is not None for one in known], bool)
        self._is_silent = np.array([value is None for value in values], bool)

    def __call__(self, question: Question) -> Facts:
        """Return what the values come to."""
        piece = question.step.envelope
        if piece is None:
            return {}
        lying = self._lying(piece)
        if not question.step.may_rotate and piece.sides:
            lying = lying & _holds(self._given, piece.sides)
        does = np.where(self._is_round, self._turning(piece), lying)
        found = np.where(self._is_silent, UNKNOWN, np.where(does, PASS, FAIL))
        return {"envelope": found.astype(np.int8)}

    def _lying(self, piece: Envelope) -> Flags:
        """Tell which boxes hold a piece that may be turned."""
        round_sides = (piece.diameter or 0.0, piece.diameter or 0.0, piece.length or 0.0)
        return _holds(self._sides, sorted(piece.sides or round_sides, reverse=True))

    def _turning(self, piece: Envelope) -> Flags:
        """Tell which cylinders hold a piece."""
        if piece.diameter is not None:
            does: Flags = (piece.diameter <= self._diameters) & ((piece.length or 0.0) <= self._lengths)
            return does
        found: Flags = np.full(len(self._diameters), False)
        for axis, side in enumerate(piece.sides):
            across = math.hypot(*(other for at, other in enumerate(piece.sides) if at != axis))
            found = found | ((side <= self._lengths) & (across <= self._diameters))
        return found


def _columns(sides: Sequence[Sequence[float]]) -> Floats:
    """Return the first, second and third sides of boxes; what a box does not state holds anything."""
    return np.array([(*one, np.inf, np.inf, np.inf)[:3] for one in sides]).reshape(-1, 3).T.copy()


def _holds(rooms: Floats, sides: Sequence[float]) -> Flags:
    found = np.ones(rooms.shape[1], bool)
    for room, side in zip(rooms, sides, strict=False):
        found &= room >= side
    return found


class Materials:
    """Lists of materials that machines work; of each list the use counts that comes closest."""

    def __init__(self, _: str, values: Sequence[tuple[Working, ...]]) -> None:
        lists = [value or (Working(""),) for value in values]
        self._first = np.cumsum([0, *map(len, lists)])[:-1]
        uses, self._use = _distinct([use for one in lists for use in one])
        self._materials, self._material = _distinct([use.material for use in uses])
        self._forms, self._form = _distinct([use.form for use in uses])
        self._least = np.array([np.nan if use.least_mm is None else use.least_mm for use in uses])
        self._most = np.array([np.nan if use.most_mm is None else use.most_mm for use in uses])

    def __call__(self, question: Question) -> Facts:
        """Return what the values come to."""
        uses = dict(self._of_uses(question.step, question.materials))
        if not uses or not len(self._first):
            return {}
        cost = np.zeros(len(self._least), np.int16)
        for number in (FAIL, UNKNOWN):
            cost = cost * 4 + sum((found == number).astype(np.int16) for found in uses.values())
        # Of uses that come as close, the one of the right material tells more, then the one of the right form.
        for found in uses.values():
            cost = cost * 4 + found
        least = np.minimum.reduceat(cost[self._use], self._first)
        # The last digits of the least cost are its results.
        return {fact: (least >> 2 * at & 3).astype(np.int8) for at, fact in enumerate(reversed(uses))}

    def _of_uses(self, step: Step, terms: Taxonomy) -> Iterator[tuple[str, Results]]:
        if step.material:
            results = [NUMBER[stands_to(step.material, one, terms)[0]] for one in self._materials]
            yield f"material {step.material}", np.array(results, np.int8)[self._material]
        if step.form:
            results = [NUMBER[takes(step.form, one)[0]] for one in self._forms]
            yield f"form {step.form}", np.array(results, np.int8)[self._form]
        if step.thickness_mm is not None:
            known = np.where(np.isnan(self._most), UNKNOWN, PASS)
            wrong = (step.thickness_mm > self._most) | (step.thickness_mm < self._least)
            yield "thickness", np.where(wrong, FAIL, known).astype(np.int8)


class Times:
    """How fast machines are, when they can start, and how few pieces they take on."""

    def __init__(self, _: str, values: Sequence[Time]) -> None:
        weekly = [np.nan if one.pieces_per_week is None else one.pieces_per_week for one in values]
        self._weekly = np.array(weekly)
        self._leads = np.array([np.nan if one.lead_days is None else one.lead_days for one in values])
        self._least = np.array([one.least for one in values], np.int64)

    def __call__(self, question: Question) -> Facts:
        """Return what the values come to."""
        return {**self._lots(question), **self._capacity(question)}

    def _lots(self, question: Question) -> Facts:
        if not (self._least > 1).any():
            return {}
        few = UNKNOWN if question.wish.quantity == 1 else FAIL
        pieces = question.wish.pieces(question.step)
        found = np.where(self._least > pieces, few, np.where(self._least > 1, PASS, NONE))
        return {LOT: found.astype(np.int8)}

    def _capacity(self, question: Question) -> Facts:
        wish = question.wish
        if wish.by is None:
            return {}
        made = np.ceil(wish.pieces(question.step) / self._weekly * 7 - 1e-9)
        # What is known alone may be too much already; a comparison with NaN is false.
        is_late = (self._leads > wish.days) | (made > wish.days) | (self._leads + made > wish.days)
        known = np.where(np.isnan(self._leads + made), UNKNOWN, PASS)
        return {"capacity": np.where(is_late, FAIL, known).astype(np.int8)}


Judge = Callable[[Question], Facts]
_BY_COLUMN: Mapping[str, Callable[[str, Sequence[Any]], Judge]] = {
    "envelope": Envelopes, "materials": Materials, "time": Times,
}  # fmt: skip


def judges(columns: Mapping[str, Column]) -> Mapping[str, Judge]:
    """Return for each column that decides something what answers for all its values."""
    return {name: _BY_COLUMN.get(name, ByValue)(name, columns[name].values) for name in BY_COLUMN}


def _distinct(values: Sequence[Value]) -> tuple[list[Value], Numbers]:
    known = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return list(known), np.array([known[value] for value in values], np.int64)
