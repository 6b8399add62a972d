"""A plan as JSON, as `plan_json` wrote it, and the same wish today in; what of that plan still holds, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .answer_json import wish_data
from .judging import days_for
from .offers import Cover
from .open_questions import checks_of
from .planning import ANY, Choice, whole
from .plans import Assignment, Method, Plan, fails
from .remarks import Remark, remark
from .search import Matcher, Search
from .sites import judged_site
from .tasks import facts_but_time
from .wanted import Wish
from .whereabouts import number_of, time_of
from .words import told

_NOT_COMPARED = frozenset({"start"})  # the registry's day: what it changes is judged anew


class OtherOrder(ValueError):
    """The plan is one for another order; the message says what differs."""


@dataclass(frozen=True, slots=True)
class Restored:
    """An earlier plan without what nobody there can do any more: `lost` are its pieces by step, `gone` says why."""

    plan: Plan
    lost: Mapping[str, int]
    gone: tuple[Remark, ...]


def restored(matcher: Matcher, wish: Wish, data: Mapping[str, Any]) -> Restored:
    """Return what of a plan holds today; its days and questions are counted anew. Raises `OtherOrder`."""
    _insist(wish, data)
    search, kept, gone, lost = Search(matcher, wish), [], [], Counter[str]()
    for stated in data["assignments"]:
        one = Assignment(*(stated[name] for name in ("step", "hub", "machine", "pieces")))
        if why := _why_not(search, one):
            lost[one.step] += one.pieces
            gone.append(remark("gone", hub=one.hub, step=one.step, why=why))
        else:
            kept.append(_today(search, one))
    plan = whole(search, Choice((), Cover(hubs=(), fewest=1)), kept, ANY)
    method = Method.CHANGED if gone else Method(data["method"])
    return Restored(replace(plan, method=method, bound=data["bound"]), lost, tuple(dict.fromkeys(gone)))


def _insist(wish: Wish, data: Mapping[str, Any]) -> None:
    """Raise `OtherOrder` when a plan is for something else, or more than that."""
    today, then = wish_data(wish), data["wish"]
    for name, value in today.items():
        if name not in _NOT_COMPARED and value != then[name]:
            what = (f"`{name}` is {_short(then[name])} there, and {_short(value)} now" if name != "steps"
                    else f"its operations are others: {', '.join(_others(then['steps'], value))}")  # fmt: skip
            raise OtherOrder(what)
    wanted, made = {step["id"]: step["pieces"] for step in today["steps"]}, Counter[str]()
    for one in data["assignments"]:
        made[one["step"]] += one["pieces"]
        if made[one["step"]] > wanted.get(one["step"], 0):
            raise OtherOrder(f"it has {made[one['step']]} pieces of {one['step']}, more than are wanted")


def _short(value: object) -> str:
    return "not stated" if value in (None, "", []) else str(value)


def _others(then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the ids of operations that are not the same as they were."""
    before, after = {one["id"]: one for one in then}, {one["id"]: one for one in now}
    return sorted(id for id in before.keys() | after.keys() if before.get(id) != after.get(id)) or ["their order"]


def _why_not(search: Search, one: Assignment) -> str:
    """Return why a hub cannot do any more what it had to do; "" when it can, or may."""
    hub, known = search.matcher.numbers.get(one.hub), search.known
    if hub is None or not search.is_wanted[hub]:
        return "it has closed, or is no longer in question"
    if not any(known.names[number] == one.machine for number in known.machines_of(hub)):
        return f"{one.machine or 'the process'} is no longer named there"
    checks = checks_of(search, one.step, number_of(search, one), one.pieces)
    return "; ".join(told(check) for check in fails((*judged_site(search.wish, known.site(hub)), *checks)))


def _today(search: Search, one: Assignment) -> Assignment:
    """Return an assignment with its days and open questions as they are known today."""
    time, machine = time_of(search, one), number_of(search, one)
    at = next(at for at, step in enumerate(search.wish.steps) if step.id == one.step)
    is_open = search.wish.by is not None and (time.pieces_per_week is None or time.lead_days is None)
    ask = int(facts_but_time(search.of_step[at])[machine]) + is_open
    return replace(one, ask=ask, days=days_for(time, one.pieces))
