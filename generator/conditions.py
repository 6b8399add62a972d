"""A condition of a clause and values in; whether the clause is part of the contract out.

Conditions are data: `all`, `any`, `not`, and comparisons `eq`, `in`, `gt` of one parameter with values. A parameter
without a value equals nothing and is greater than nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Condition = Mapping[str, Any]
_NUMBERS = (int, float, Decimal)


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Tell whether a condition is met; no condition always is."""
    return all(_met(operator, given, values) for operator, given in condition.items())


def _met(operator: str, given: Any, values: Mapping[str, Any]) -> bool:
    if operator == "all":
        return all(holds(part, values) for part in given)
    if operator == "any":
        return any(holds(part, values) for part in given)
    if operator == "not":
        return not holds(given, values)
    name, wanted = given
    value = values.get(name)
    if operator == "eq":
        return _is_same(value, wanted)
    if operator == "in":
        return any(_is_same(value, one) for one in wanted)
    return _is_number(value) and bool(value > wanted)


def _is_same(value: object, wanted: object) -> bool:
    """Tell whether two values are the same; unlike Python's, `true` is not 1."""
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def _is_number(value: object) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)
