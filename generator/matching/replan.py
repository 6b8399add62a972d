"""A plan and hubs that drop out in; the plan in which others do what those did, and nothing else changes, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .planning import ANY, Bounds, Taken, chosen, whole, windows_of
from .plans import Method, Plan, Timely
from .search import Matcher, Search
from .tasks import Window
from .telling import told_change
from .whereabouts import number_of


def replan(matcher: Matcher, plan: Plan, without: Iterable[str], bounds: Bounds = ANY) -> Plan:
    """Return the plan without some hubs: all other assignments stay as they are, to the byte.

    Hubs that have something to do already are asked first. Raises `KeyError` for a hub of which nothing is known.
    """
    out = frozenset(without)
    search = Search(matcher, plan.wish)
    if out.isdisjoint(plan.hubs):
        return plan
    taken = _taken(search, plan, out)
    found = _plan(search, plan, bounds, taken, {})
    if found.timely is Timely.NO and not found.missing:
        other = _plan(search, plan, bounds, taken, windows_of(plan.wish))
        return other if other.timely is not Timely.NO and not other.missing else found
    return found


def _taken(search: Search, plan: Plan, out: frozenset[str]) -> Taken:
    busy, given = Counter[int](), Counter[tuple[str, int]]()
    for one in plan.assignments:
        if one.hub not in out:
            busy[number_of(search, one)] += one.pieces
            given[one.step, search.matcher.numbers[one.hub]] += one.pieces
    return Taken(kept=busy, given=given, hubs=frozenset(hub for _, hub in given), without=out)


def _plan(search: Search, plan: Plan, bounds: Bounds, taken: Taken, windows: Mapping[str, Window]) -> Plan:
    kept = tuple(one for one in plan.assignments if one.hub not in taken.without)
    lost = Counter[str]()
    for one in plan.assignments:
        if one.hub in taken.without:
            lost[one.step] += one.pieces
    choice = chosen(search, lost, windows, bounds, taken)
    found = whole(search, choice, (*kept, *choice.assignments), bounds, without=taken.without)
    notes = (note for note in found.notes[1:] if choice.alone not in note or not choice.alone)
    told = told_change(taken.without, {one.hub for one in choice.assignments})
    return replace(found, method=Method.CHANGED, bound=float(max(1, len(found.hubs))), notes=(told, *notes))
