"""A contract template's parameters, conditions and milestones in; what they ask of each other, in words, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..records import Contract
from ..records.contract import Condition, Milestone, Parameter
from ..words import Text, countries
from .edition import Edition


def rules_shown(edition: Edition, one: Parameter, record: Contract) -> Iterator[str]:
    """Yield what a parameter's value has to keep."""
    strings = edition.strings
    if one.choices:
        yield strings("contract.choices", names=strings.joined(_value(edition, one, choice) for choice in one.choices))
    for key, number in (("minimum", one.minimum), ("maximum", one.maximum)):
        if number is not None:
            yield strings(f"contract.{key}", number=f"{number:g}")
    related = (
        ("per", (one.per,) if one.per else ()),
        ("sum_of", one.sum_of),
        ("not_before", one.not_before),
        ("apart_from", one.apart_from),
        ("at_most", (one.at_most,) if one.at_most else ()),
        ("below", (one.below,) if one.below else ()),
    )
    for key, names in related:
        if names:
            yield strings(f"contract.{key}", names=_labels(edition, names, record))


def dates_and_payments(edition: Edition, one: Milestone, record: Contract) -> Iterator[str]:
    """Yield by when a milestone is owed, and what is paid once it is reached."""
    if one.due:
        yield edition.strings("contract.due", names=_labels(edition, (one.due,), record))
    if one.payment:
        yield edition.strings("contract.payment", names=_labels(edition, (one.payment,), record))


def condition_shown(edition: Edition, condition: Condition, record: Contract) -> str:
    """Return a condition with the labels of its parameters and signs that need no language; "" for none."""
    return "; ".join(_part(edition, operator, given, record) for operator, given in condition.items())


def _part(edition: Edition, operator: str, given: Any, record: Contract) -> str:
    if operator in ("all", "any"):
        parts = (condition_shown(edition, one, record) for one in given)
        return (" + " if operator == "all" else " / ").join(parts)
    if operator == "not":
        return f"≠ ({condition_shown(edition, given, record)})"
    name, value = given
    found = next((one for one in record.parameters if one.name == name), None)
    label = edition.text(found.label) if found is not None else name
    if operator == "gt":
        return f"{label} > {value:g}"
    values = value if operator == "in" else (value,)
    return f"{label} = {' / '.join(_value(edition, found, one) for one in values)}"


def _value(edition: Edition, parameter: Parameter | None, value: Any) -> str:
    if isinstance(value, bool):
        return edition.strings("contract.yes" if value else "contract.no")
    if parameter is not None and value in parameter.choice_labels:
        return edition.text(Text.of(parameter.choice_labels[value]))
    if parameter is not None and parameter.choices and countries().issuperset(parameter.choices):
        return edition.strings.country(value)
    return str(value)


def _labels(edition: Edition, names: Sequence[str], record: Contract) -> str:
    labels = {one.name: edition.text(one.label) for one in record.parameters}
    return edition.strings.joined(labels.get(name, name) for name in names)
