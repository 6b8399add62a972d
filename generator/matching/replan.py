"""A plan and hubs that drop out in; the plan in which others do what those did, and nothing else changes, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .planning import ANY, Bounds, Taken, chosen, whole, windows_of
from .plans import Assignment, Change, Method, Plan, Timely
from .remarks import HOW_FOUND
from .search import Matcher, Search
from .tasks import Window
from .telling import change
from .whereabouts import number_of

NOBODYS: Mapping[str, int] = {}


def replan(
    matcher: Matcher, plan: Plan, without: Iterable[str], bounds: Bounds = ANY, lost: Mapping[str, int] = NOBODYS
) -> Plan:
    """Return the plan without some hubs: all other assignments stay as they are, to the byte.

    Hubs that have something to do already are asked first. `lost` are further pieces, by step, that somebody has to
    make. Raises `KeyError` for a hub of which nothing is known.
    """
    out = frozenset(without)
    search = Search(matcher, plan.wish)
    if out.isdisjoint(plan.hubs) and not lost:
        return plan
    taken, wanted = _taken(search, plan, out), Counter(lost)
    for one in plan.assignments:
        if one.hub in out:
            wanted[one.step] += one.pieces
    branch = _Branch(plan, taken, wanted)
    found = _plan(search, branch, bounds, {})
    if found.timely is Timely.NO and not found.missing:
        other = _plan(search, branch, bounds, windows_of(plan.wish))
        return other if other.timely is not Timely.NO and not other.missing else found
    return found


def _taken(search: Search, plan: Plan, out: frozenset[str]) -> Taken:
    busy, given = Counter[int](), Counter[tuple[str, int]]()
    for one in plan.assignments:
        if one.hub not in out:
            busy[number_of(search, one)] += one.pieces
            given[one.step, search.matcher.numbers[one.hub]] += one.pieces
    return Taken(kept=busy, given=given, hubs=frozenset(hub for _, hub in given), without=out)


class _Branch(NamedTuple):
    """What changes of a plan: what is kept, and the pieces by step that others have to make."""

    plan: Plan
    taken: Taken
    wanted: Mapping[str, int]


def _plan(search: Search, branch: _Branch, bounds: Bounds, windows: Mapping[str, Window]) -> Plan:
    plan, taken, wanted = branch
    kept = tuple(one for one in plan.assignments if one.hub not in taken.without)
    choice = chosen(search, wanted, windows, bounds, taken)
    found = whole(search, choice, (*kept, *choice.assignments), bounds, without=taken.without)
    notes = (note for note in found.notes if note.code not in HOW_FOUND and note.code != "alone")
    told = [change(taken.without, {one.hub for one in choice.assignments})] if taken.without else []
    return replace(found, method=Method.CHANGED, bound=float(max(1, len(found.hubs))), notes=(*told, *notes),
                   changes=changes(plan.assignments, found.assignments))  # fmt: skip


def changes(before: Sequence[Assignment], after: Sequence[Assignment]) -> tuple[Change, ...]:
    """Return who has more or fewer pieces of a step than before, in the order of steps and hubs."""
    made: dict[tuple[str, str], list[int]] = {}
    for at, several in enumerate((before, after)):
        for one in several:
            made.setdefault((one.step, one.hub), [0, 0])[at] += one.pieces
    found = (Change(step, hub, then, now) for (step, hub), (then, now) in made.items() if then != now)
    order = {one.step: at for at, one in reversed(list(enumerate((*before, *after))))}
    return tuple(sorted(found, key=lambda one: (order[one.step], not one.before, one.hub)))
