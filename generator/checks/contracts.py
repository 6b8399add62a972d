"""Contract templates: published versions, roles, choices and conditions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from .. import words
from ..diagnostics import Finding, Key, Place, Severity
from ..records import Contract
from ..records.contract import Condition, Parameter
from ..registry import Registry
from .check import check
from .steps import meant

NUMBERS = ("integer", "number", "quantity")
WITHDRAWAL = ("status", "withdrawn_on", "withdrawn_because")


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison in a condition: a parameter at `keys`, an operator, and the values with the keys of each."""

    keys: tuple[Key, ...]
    parameter: str
    operator: str
    values: tuple[tuple[tuple[Key, ...], Any], ...]


@check(Severity.ERROR)
def published_version_changed(registry: Registry) -> Iterator[Finding]:
    """A published version of a contract template was changed or deleted.

    People have signed it as it is, and its text is part of their signature. Undo the change and add the next
    version in a file of its own. Only one thing may change: a version can be withdrawn, with the day and the
    reason, and stays so.
    """
    if registry.scope is None:
        return
    for path, before in registry.scope.before.items():
        if not isinstance(before, Contract) or before.status == "draft":
            continue
        hint = f"undo it, and write the next version beside {path}"
        contract = registry.get(Contract, before.id)
        if contract is not None:
            for keys in _changed(before, contract):
                yield Finding(contract.at_key(*keys), f"`{keys[0]}` of a published version was changed", hint)
        elif not registry.knows(Contract, before.id):
            yield Finding(Place(path), "a published version was deleted", hint)


def _changed(before: Contract, contract: Contract) -> Iterator[tuple[Key, ...]]:
    """Yield the keys of what differs; of a list, those of the first item that does."""
    is_withdrawal = before.status == "published" and contract.status == "withdrawn"
    allowed = WITHDRAWAL if is_withdrawal else ()
    for field in dataclasses.fields(contract):
        old, new = getattr(before, field.name), getattr(contract, field.name)
        if field.name in allowed or old == new:
            continue
        at = next((at for at, item in enumerate(new) if item not in old[at : at + 1]), -1) if type(new) is tuple else -1
        yield (field.name, at) if at >= 0 else (field.name,)


@check(Severity.ERROR)
def withdrawn_without_reason(registry: Registry) -> Iterator[Finding]:
    """A contract template was withdrawn without saying when or why.

    Hubs that accept it and parties that signed it need both: give `withdrawn_on` and `withdrawn_because`.
    """
    for contract in registry.each(Contract):
        if contract.status == "withdrawn" and not (contract.withdrawn_on and contract.withdrawn_because):
            missing = "withdrawn_because" if contract.withdrawn_on else "withdrawn_on"
            yield Finding(contract.at("status"), f"withdrawn without `{missing}`", "say when and why it was withdrawn")


@check(Severity.ERROR)
def unknown_role(registry: Registry) -> Iterator[Finding]:
    """A milestone or parameter names a role that the template does not have.

    `owed_by` and `judged_by` of a milestone and `role` of a parameter name roles of the same template by their ids.
    """
    for contract in registry.each(Contract):
        ids = [role.id for role in contract.roles]
        for at, milestone in enumerate(contract.milestones):
            for key, role in (("owed_by", milestone.owed_by), ("judged_by", milestone.judged_by)):
                if role and role not in ids:
                    yield Finding(contract.at("milestones", at, key), f"no role is called `{role}`", meant(role, ids))
        for at, parameter in enumerate(contract.parameters):
            if (role := parameter.role) and role not in ids:
                yield Finding(contract.at("parameters", at, "role"), f"no role is called `{role}`", meant(role, ids))


@check(Severity.ERROR)
def choice_without_choices(registry: Registry) -> Iterator[Finding]:
    """A parameter is a choice among nothing.

    A parameter of the type `choice` lists its values under `choices`. If any text will do, its type is `text`.
    """
    for contract in registry.each(Contract):
        for at, parameter in enumerate(contract.parameters):
            if parameter.type == "choice" and not parameter.choices:
                text = f"`{parameter.name}` has no choices"
                yield Finding(contract.at("parameters", at, "type"), text, "list its values under `choices`")


@check(Severity.ERROR)
def impossible_condition(registry: Registry) -> Iterator[Finding]:
    """A clause applies under a condition that can never be met, or always is.

    The parameter that `when` compares can never take that value: it is none of its choices, or of another
    type. The clause would never be part of a contract, or always.
    """
    for contract in registry.each(Contract):
        parameters = {parameter.name: parameter for parameter in contract.parameters}
        for comparison in comparisons(contract):
            parameter = parameters.get(comparison.parameter)
            for keys, value in comparison.values:
                if parameter is not None and not _can_be(parameter, value):
                    text = f"`{parameter.name}` can never be `{_written(value)}`"
                    yield Finding(contract.at(*keys), text, _possible(parameter, comparison.operator))


def related(contract: Contract) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield the keys and name of each parameter that another parameter, or a milestone, is compared with."""
    for at, parameter in enumerate(contract.parameters):
        if parameter.per:
            yield ("parameters", at, "per"), parameter.per
        for key in ("sum_of", "not_before", "apart_from"):
            yield from ((("parameters", at, key, place), name) for place, name in enumerate(getattr(parameter, key)))
    for at, milestone in enumerate(contract.milestones):
        for key, name in (("due", milestone.due), ("payment", milestone.payment)):
            if name:
                yield ("milestones", at, key), name


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


def _can_be(parameter: Parameter, value: object) -> bool:
    """Tell whether a parameter can be compared with a value; `gt` compares numbers, as the schema says."""
    if parameter.many:
        return False
    if parameter.type == "choice":
        return value in parameter.choices
    if parameter.type == "boolean":
        return isinstance(value, bool)
    if parameter.type in NUMBERS:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _possible(parameter: Parameter, operator: str) -> str:
    if parameter.many:
        return f"`{parameter.name}` is a list, which no condition compares"
    if operator == "gt":
        return f"`gt` compares numbers, and `{parameter.name}` is of the type {parameter.type}"
    if parameter.type == "choice":
        return f"its choices are {words.listed(parameter.choices)}"
    return f"`{parameter.name}` is of the type {parameter.type}"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
