"""A plan (`karakana plan --format json`) and a template in; the values that the plan gives its parameters out.

A plan says who does how many pieces of which step. Where every hub does every step, its share of the order is its lot;
where hubs do different steps there are no lots in whole products, and people write down who makes what.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..records import Contract
from .terms import makers
from .values import Problem


def planned(template: Contract, plan: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the values that a plan gives to a template's parameters, and what it cannot say."""
    shares, total = _shares(plan)
    hubs = list(shares)
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    if not hubs or plan.get("valid") is False:
        return {}, (Problem("", "the plan cannot be carried out", "`karakana plan` says what is missing"),)
    for one in makers(template):
        if one.many or len(hubs) == 1:
            found[one.name] = hubs if one.many else hubs[0]
        else:
            text = f"takes one party, and the plan has {len(hubs)} hubs"
            problems.append(Problem(one.name, text, "choose a template for several"))
    lists = {one.name for one in makers(template) if one.many}
    summed = {name for one in template.parameters if one.type == "quantity" for name in one.sum_of}
    for parameter in template.parameters:
        if parameter.type == "design" and (design := _design(plan)):
            found[parameter.name] = design
        elif parameter.type == "quantity" and parameter.per in lists and parameter.name in summed:
            whole = [share * total for share in shares.values() if share is not None]
            if len(whole) == len(hubs) and all(lot.denominator == 1 for lot in whole):
                found[parameter.name] = [int(lot) for lot in whole]
    counted = [one for one in template.parameters if one.type == "quantity"]
    for parameter in counted:
        is_total = bool(set(parameter.sum_of) & set(found)) or (len(counted) == 1 and not parameter.many)
        if is_total and total:
            found[parameter.name] = total
    return found, tuple(problems)


def left_open(template: Contract, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lots that a plan does not fill in: its hubs do different steps, so that none makes whole products."""
    lists = {one.name for one in makers(template) if one.many}
    return tuple(one.name for one in template.parameters
                 if one.type == "quantity" and one.per in lists and one.name not in values)  # fmt: skip


def steps_of(plan: Mapping[str, Any], hub: str) -> frozenset[str]:
    """Return the steps that a plan gives to a hub."""
    return frozenset(str(one["step"]) for one in _assignments(plan) if one["hub"] == hub)


def _assignments(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = plan.get("assignments")
    wanted = {"hub": str, "step": str, "pieces": int}
    return [
        one for one in (given if isinstance(given, list) else [])
        if isinstance(one, Mapping) and all(isinstance(one.get(name), kind) for name, kind in wanted.items())
    ]  # fmt: skip


def _shares(plan: Mapping[str, Any]) -> tuple[dict[str, Fraction | None], int]:
    """Return each hub's share of the order (None where it differs from step to step), and how much is ordered."""
    assignments = _assignments(plan)
    totals: dict[str, int] = {}
    of_hub: dict[str, dict[str, int]] = {}
    for one in assignments:
        totals[one["step"]] = totals.get(one["step"], 0) + one["pieces"]
        steps = of_hub.setdefault(one["hub"], {})
        steps[one["step"]] = steps.get(one["step"], 0) + one["pieces"]
    shares: dict[str, Fraction | None] = {}
    for hub, steps in of_hub.items():
        parts = {Fraction(steps.get(step, 0), whole) if whole else Fraction(0) for step, whole in totals.items()}
        shares[hub] = parts.pop() if len(parts) == 1 else None
    quantity = _wish(plan).get("quantity")
    return shares, quantity if isinstance(quantity, int) else 0


def _wish(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    wish = plan.get("wish")
    return wish if isinstance(wish, Mapping) else {}


def _design(plan: Mapping[str, Any]) -> str:
    """Return what is made as a whole, or "": only its own steps bear no other design before their id."""
    steps = _wish(plan).get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, Mapping) and "/" not in str(step.get("id", "/")):
            return str(step.get("design", ""))
    return ""
