"""A registry, the hubs of a contract and a design in; why they cannot make it, as matching says, out.

With a plan each hub has to do its own steps of it. Without one the hubs share the work as they like: somebody has to
be able to do each step, and each of them one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..contracts.planned import steps_of
from ..contracts.world import Doubts
from ..matching.answers import Explained
from ..matching.by_process import World
from ..matching.plans import fails
from ..matching.search import Matcher
from ..matching.wanted import TreeError, Wish, wish_for
from ..matching.words import told
from ..operators import matcher_of
from ..records import Design
from ..registry import Registry


def doubts_of(loaded: Registry, plan: Mapping[str, Any] | None) -> Doubts:
    """Return what says why hubs cannot make a design. Matching gathers what hubs can do when it is first asked."""
    made: list[Matcher] = []

    def doubts(hubs: tuple[str, ...], design: str) -> tuple[tuple[str, str], ...]:
        record = loaded.get(Design, design)
        if record is None:
            return ()
        try:
            wish = wish_for(loaded, record)
        except TreeError as error:
            return (("", str(error)),)
        if not made:
            made.append(matcher_of(loaded))
        known = tuple(hub for hub in hubs if hub in made[0].numbers)
        if any(made[0].known.site(made[0].numbers[hub]).is_invented for hub in known):
            wish = replace(wish, world=World.INVENTED)  # a contract with an invented party is an example
        found = _planned(made[0], wish, known, plan) if plan is not None else _shared(made[0], wish, known)
        return tuple(dict.fromkeys(found))

    return doubts


def _planned(matcher: Matcher, wish: Wish, hubs: tuple[str, ...], plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for hub in hubs:
        own = steps_of(plan, hub)
        steps = tuple(step for step in wish.steps if step.id in own)
        if not steps:
            yield hub, "the plan gives it nothing to do"
            continue
        explained = matcher.explain(replace(wish, steps=steps), hub)
        yield from ((hub, why) for why in (*_of_hub(explained), *_of_steps(explained).values()))


def _shared(matcher: Matcher, wish: Wish, hubs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    lacking: list[dict[str, str]] = []
    for hub in hubs:
        explained = matcher.explain(wish, hub)
        steps = _of_steps(explained)
        lacking.append(steps)
        yield from ((hub, why) for why in _of_hub(explained))
        if wish.steps and len(steps) == len(wish.steps) and len(hubs) > 1:
            yield hub, "it can do none of the steps"
    alone = hubs[0] if len(hubs) == 1 else ""
    for step in wish.steps if lacking else ():
        if all(step.id in steps for steps in lacking):
            yield alone, lacking[0][step.id] if alone else f"none of them can do step `{step.id}`, `{step.process}`"


def _of_hub(explained: Explained) -> Iterator[str]:
    yield from (told(check) for check in fails(explained.checks))


def _of_steps(explained: Explained) -> dict[str, str]:
    """Return the steps that a hub cannot do, each with a reason."""
    found = {}
    for step, tried in explained.steps:
        if not tried:
            found[step.id] = f"step `{step.id}`: nobody there does `{step.process}`"
        elif wrong := fails(tried[0].checks):
            found[step.id] = f"step `{step.id}`: {told(wrong[0])}"
    return found
