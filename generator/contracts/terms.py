"""A template and values in their normal form in; what the values owe each other and the world, and do not keep, out.

What is compared is data of the template: `sum_of`, `per`, `not_before`, `apart_from`, `at_most`, `below` of its
parameters, `due` and `payment` of its milestones. What a value is alone, `kinds` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from .. import words
from ..records import Contract
from ..records.contract import Milestone, Parameter
from .cover import role_of
from .kinds import NUMBERS
from .values import Plain, Problem
from .world import World

MAKERS = ("manufacturer", "maker", "provider")  # ids of the roles that make what a contract is about


def broken(template: Contract, values: Plain, world: World) -> tuple[Problem, ...]:
    """Return every rule between values that is not kept. Values that are missing break none."""
    parameters = {one.name: one for one in template.parameters}
    found: list[Problem] = []
    for one in template.parameters:
        if one.name in values:
            found += [*_sum(one, values), *_per(one, values), *_within(one, values), *_order(one, values)]
            found += _apart(one, parameters, values, world)
    found += _payments(template, values)
    found += _stages(template.milestones, parameters, values)
    found += _able(template, values, world)
    return tuple(found)


def _sum(parameter: Parameter, values: Plain) -> Iterator[Problem]:
    """Yield that parts do not add up, to the last cent; parts that nobody gave count nothing."""
    parts = [item for name in parameter.sum_of if name in values for item in _items(values[name])]
    if not parts:
        return
    whole = values[parameter.name]
    currencies = sorted({one["currency"] for one in (whole, *parts) if isinstance(one, dict)})
    if len(currencies) > 1:
        text = f"is in another currency than its parts: {words.listed(currencies)}"
        yield Problem(parameter.name, text, "use one currency")
        return
    total, wanted = sum(map(_exact, parts), Decimal()), _exact(whole)
    if total != wanted:
        more = "more" if total > wanted else "less"
        text = (
            f"is {wanted:f}, and {words.listed(parameter.sum_of)} add up to {total:f}, {abs(total - wanted):f} {more}"
        )
        yield Problem(parameter.name, text, "correct the total or a part")


def _per(parameter: Parameter, values: Plain) -> Iterator[Problem]:
    other = values.get(parameter.per) if parameter.per else None
    if other is not None and len(_items(other)) != len(_items(values[parameter.name])):
        text = f"has {len(_items(values[parameter.name]))} items, and `{parameter.per}` has {len(_items(other))}"
        yield Problem(parameter.name, text, "give one for each, in the same order")


def _within(parameter: Parameter, values: Plain) -> Iterator[Problem]:
    """Yield numbers that are greater than those that they belong to: a sample greater than its lot."""
    mine = _items(values[parameter.name]) if parameter.type in NUMBERS else ()
    for name, wanted, hint in (
        (parameter.at_most, "not more than", "take no more than there are"),
        (parameter.below, "less than", "lower it, or raise the other number"),
    ):
        other = _items(values.get(name, ())) if name else ()
        for at, (one, limit) in enumerate(zip(mine, other, strict=False) if len(mine) == len(other) else (), 1):
            if isinstance(limit, int | float) and (one > limit or (one == limit and name == parameter.below)):
                which = f"item {at} " if parameter.many else ""
                yield Problem(parameter.name, f"{which}is {one}; it must be {wanted} `{name}`, {limit}", hint)


def _order(parameter: Parameter, values: Plain) -> Iterator[Problem]:
    for name in parameter.not_before:
        if name in values and min(_items(values[parameter.name])) < max(_items(values[name])):
            text = f"is {min(_items(values[parameter.name]))}, before `{name}`, {max(_items(values[name]))}"
            yield Problem(parameter.name, text, "change one of the two dates")


def _apart(
    parameter: Parameter, parameters: dict[str, Parameter], values: Plain, world: World
) -> Iterator[Problem]:  # fmt: skip
    for name in parameter.apart_from:
        if name in values and name in parameters:
            there = {key for one in _items(values[name]) for key in _keys(one, world)}
            for one in _items(values[parameter.name]):
                if not there.isdisjoint(_keys(one, world)):
                    text = f"names {one['name']}, and so does `{name}`"
                    yield Problem(parameter.name, text, "name somebody else in one of the two")


def _payments(template: Contract, values: Plain) -> Iterator[Problem]:
    """Yield that a currency differs between payments of milestones, which are paid under one contract."""
    paid = [values[one.payment] for one in template.milestones if one.payment in values]
    currencies = sorted({item["currency"] for value in paid for item in _items(value)})
    if len(currencies) > 1:
        name = next(one.payment for one in template.milestones if one.payment in values)
        yield Problem(name, f"the payments are in {words.listed(currencies)}", "use one currency")


def _stages(
    milestones: Sequence[Milestone], parameters: dict[str, Parameter], values: Plain
) -> Iterator[Problem]:  # fmt: skip
    """Yield that a milestone is due before one that it comes after, perhaps by several steps.

    What `not_before` of its parameter says already is not said again.
    """
    by_id = {one.id: one for one in milestones}
    for one in milestones:
        earlier, pending = set[str](), [*one.after]
        while pending:
            id = pending.pop()
            if id not in earlier and id in by_id:
                earlier.add(id)
                pending += by_id[id].after
        for id in sorted(earlier):
            before = by_id[id].due
            if one.due in parameters and before in parameters[one.due].not_before:
                continue
            if one.due in values and before in values and before != one.due and values[one.due] < values[before]:
                text = f"is {values[one.due]}, before `{before}`, {values[before]}, which comes first"
                yield Problem(one.due, text, "change one of the two dates")


def _able(template: Contract, values: Plain, world: World) -> Iterator[Problem]:
    """Yield makers that accept other templates only, or cannot make the design, as far as records say."""
    designs = [item["id"] for one in template.parameters if one.type == "design"
               for item in _items(values.get(one.name, ())) if "id" in item]  # fmt: skip
    for parameter in makers(template):
        named = (maker.get("hub", "") for maker in _items(values.get(parameter.name, ())))
        hubs = [hub for id in named if id and (hub := world.hub(id)) is not None]
        for hub in hubs:
            if hub.accepts and template.id not in hub.accepts:
                text = f"`{hub.id}` does not say that it accepts `{template.id}`"
                yield Problem(parameter.name, text, "ask the hub; its record lists what it accepts under `accepts`")
        for design in designs if len(hubs) == len(_items(values.get(parameter.name, ()))) else ():
            for hub_id, reason in world.doubts(tuple(hub.id for hub in hubs), design):
                who = f"`{hub_id}` cannot make" if hub_id else "together they cannot make"
                yield Problem(parameter.name, f"{who} `{design}`: {reason}", "choose other hubs, or mend the records")


def silent(template: Contract, values: Plain, world: World) -> tuple[str, ...]:
    """Return the hubs that make it and say nothing of what they accept: their signature is what counts."""
    named = (maker.get("hub", "") for one in makers(template) for maker in _items(values.get(one.name, ())))
    hubs = (world.hub(id) for id in dict.fromkeys(named) if id)
    return tuple(hub.id for hub in hubs if hub is not None and not hub.accepts)


def makers(template: Contract) -> tuple[Parameter, ...]:
    """Return the parameters that name those who make what the contract is about."""
    return tuple(one for one in template.parameters if one.type == "party" and role_of(template, one) in MAKERS)


def _keys(party: Any, world: World) -> set[str]:
    """Return by what a party is known: its hub and that one's keys, its own key, its number in a register, its name."""
    found = {f"{part}:{party[part]}" for part in ("hub", "key", "register") if part in party}
    hub = world.hub(party.get("hub", ""))
    published = {f"key:{key.public_key}" for key in hub.keys} if hub is not None else set()
    return found | published | {words.plain(party["name"])}


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _exact(value: Any) -> Decimal:
    return Decimal(value["amount"]) if isinstance(value, dict) else Decimal(str(value))
