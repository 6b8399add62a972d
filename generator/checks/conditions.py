"""The conditions of a contract template's clauses: that each can be met, and can fail to be."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .. import placeholders, words
from ..conditions import Condition, holds
from ..diagnostics import Finding, Key, Severity
from ..records import Contract
from ..records.contract import Parameter
from ..registry import Registry
from .check import check

NUMBERS = ("integer", "number", "quantity")
LARGEST = 10**12  # of a number that can be filled in
_MOST_CASES = 2048  # beyond this nobody looks at a condition as a whole, and a clause could hide behind it
_OTHER = "\0"  # any text that no condition names
_DURATION = re.compile(r"P(?:T[1-9][0-9]{0,3}H|[1-9][0-9]{0,3}[DWMY])\Z")
_HOW = {"date": "2026-03-31", "duration": "P14D"}


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison in a condition: a parameter at `keys`, an operator, and the values with the keys of each."""

    keys: tuple[Key, ...]
    parameter: str
    operator: str
    values: tuple[tuple[tuple[Key, ...], Any], ...]


@check(Severity.ERROR)
def impossible_condition(registry: Registry) -> Iterator[Finding]:
    """A clause applies under a condition that can never be met, or always is.

    The parameter that `when` compares can never take that value: it is none of its choices, of another type, beyond
    its limits, or written otherwise than contracts keep it (dates as 2026-03-31, durations as P14D). Or the parts of
    the condition exclude each other, or leave no case out. The clause would never be part of a contract, or always.
    So does `{% if not name %}` of a value that is always given.
    A condition that compares so much that nobody can tell is none, either: make several clauses of it.
    """
    for contract in registry.each(Contract):
        parameters = {parameter.name: parameter for parameter in contract.parameters}
        found = list(_impossible(contract, parameters))
        yield from found or _constant(contract, parameters)
        yield from _unread(contract, parameters)


def _impossible(contract: Contract, parameters: Mapping[str, Parameter]) -> Iterator[Finding]:
    for comparison in comparisons(contract):
        parameter = parameters.get(comparison.parameter)
        for keys, value in comparison.values:
            if parameter is not None and not _can_be(parameter, comparison.operator, value):
                text = f"`{parameter.name}` can never be `{_written(value)}`"
                yield Finding(contract.at(*keys), text, _possible(parameter, comparison.operator))


def _constant(contract: Contract, parameters: Mapping[str, Parameter]) -> Iterator[Finding]:
    """Yield conditions that come out the same whatever is filled in, and those of too many cases to tell."""
    for at, clause in enumerate(contract.clauses):
        compared = list(_comparisons(clause.when, ()))
        if not compared or any(one.parameter not in parameters for one in compared):
            continue
        cases = {name: _cases(parameters[name], compared) for name in sorted({one.parameter for one in compared})}
        if math.prod(map(len, cases.values())) > _MOST_CASES:
            text = f"the clause `{clause.id}` compares so much that nobody can tell whether it ever applies"
            yield Finding(
                contract.at_key("clauses", at, "when"), text, "make several clauses, each with fewer parameters"
            )
            continue
        every = (dict(zip(cases, values, strict=True)) for values in itertools.product(*cases.values()))
        outcomes = {holds(clause.when, values) for values in every}
        if len(outcomes) == 1:
            said = "always" if outcomes.pop() else "never"
            hint = "correct the condition" if said == "never" else "correct the condition, or take it away"
            yield Finding(contract.at_key("clauses", at, "when"), f"the clause `{clause.id}` {said} applies", hint)


def _unread(contract: Contract, parameters: Mapping[str, Parameter]) -> Iterator[Finding]:
    """Yield texts for when a value is missing that never is."""
    there = {name for name, one in parameters.items() if one.required and one.type != "boolean"}
    for at, clause in enumerate(contract.clauses):
        for text in (clause.heading, clause.text, *(variant.text for variant in clause.variants)):
            uses = {use for _, string in text.texts for use in placeholders.read(string).uses}
            for use in sorted(use for use in uses if use.what == "if not" and use.name in there):
                problem = f"`{use}` never applies: `{use.name}` is always given"
                yield Finding(
                    contract.at("clauses", at), problem, f"take it away, or give `{use.name}` `required: false`"
                )


def _cases(parameter: Parameter, compared: Sequence[Comparison]) -> tuple[Any, ...]:
    """Return values of a parameter that stand for all that it can take, as far as comparisons tell them apart."""
    named = [value for one in compared if one.parameter == parameter.name for _, value in one.values]
    if parameter.type == "boolean":
        found: list[Any] = [True, False]
    elif parameter.type == "choice":
        rest = [one for one in parameter.choices if one not in named]
        found = [*(one for one in parameter.choices if one in named), *rest[:1]]
    elif parameter.type in NUMBERS:
        ends = [one for one in (parameter.minimum, parameter.maximum) if one is not None]
        near = [number + step for one in (*named, *ends) for number in (one, math.floor(one)) for step in (-1, 0, 1)]
        found = [number for number in dict.fromkeys(near) if _is_within(parameter, number)]
    else:
        found = [*dict.fromkeys(named), _OTHER]
    return (*found, *(() if parameter.required else (None,)))


def comparisons(contract: Contract) -> Iterator[Comparison]:
    """Yield each comparison in the conditions of a template's clauses."""
    for at, clause in enumerate(contract.clauses):
        yield from _comparisons(clause.when, ("clauses", at, "when"))


def _comparisons(condition: Condition, keys: tuple[Key, ...]) -> Iterator[Comparison]:
    for operator, value in condition.items():
        if operator in ("all", "any"):
            for at, part in enumerate(value):
                yield from _comparisons(part, (*keys, operator, at))
        elif operator == "not":
            yield from _comparisons(value, (*keys, operator))
        else:
            here = (*keys, operator, 1)
            values = (
                tuple(((*here, at), one) for at, one in enumerate(value[1]))
                if operator == "in"
                else ((here, value[1]),)
            )
            yield Comparison((*keys, operator, 0), value[0], operator, values)


def _can_be(parameter: Parameter, operator: str, value: Any) -> bool:
    """Tell whether a parameter can be compared with a value; `gt` compares numbers, as the schema says."""
    if parameter.many:
        return False
    if parameter.type in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return _is_exceeded(parameter, value) if operator == "gt" else _is_within(parameter, value)
    if parameter.type == "choice":
        return value in parameter.choices
    if parameter.type == "boolean":
        return isinstance(value, bool)
    return isinstance(value, str) and _is_normal(parameter.type, value)


def _is_within(parameter: Parameter, value: float) -> bool:
    least = max([-LARGEST, *([1] if parameter.type == "quantity" else []), *_given(parameter.minimum)])
    most = min([LARGEST, *_given(parameter.maximum)])
    return least <= value <= most and (parameter.type == "number" or value == math.floor(value))


def _is_exceeded(parameter: Parameter, value: float) -> bool:
    """Tell whether a parameter can be greater than a value."""
    return value < min([LARGEST, *_given(parameter.maximum)])


def _given(limit: float | None) -> tuple[float, ...]:
    return () if limit is None else (limit,)


def _is_normal(kind: str, value: str) -> bool:
    """Tell whether a text is how a contract keeps a value of a type; values of several parts are no text."""
    if kind == "date":
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    if kind == "duration":
        return _DURATION.match(value) is not None
    flat = " ".join(unicodedata.normalize("NFC", value).split())
    return kind in ("text", "licence") and value == flat


def _possible(parameter: Parameter, operator: str) -> str:
    if parameter.many:
        return f"`{parameter.name}` is a list, which no condition compares"
    if operator == "gt" and parameter.type not in NUMBERS:
        return f"`gt` compares numbers, and `{parameter.name}` is of the type {parameter.type}"
    if parameter.type == "choice":
        return f"its choices are {words.listed(parameter.choices)}"
    if parameter.type in _HOW:
        return f"`{parameter.name}` is of the type {parameter.type}, written like {_HOW[parameter.type]}"
    return f"`{parameter.name}` is of the type {parameter.type}"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
