"""Contract templates: published versions, roles, choices and conditions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from .. import words
from ..diagnostics import Finding, Key, Place, Severity
from ..records import Contract
from ..registry import Registry
from .check import check
from .steps import meant

WITHDRAWAL = ("status", "withdrawn_on", "withdrawn_because")


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
def review_without_reviewer(registry: Registry) -> Iterator[Finding]:
    """A contract template says that it was reviewed, and not by whom, for which law, or when.

    Every contract that is made of it would say that a lawyer has read it. Give `by`, `jurisdiction` and `on`, or
    leave the state at `draft`.
    """
    for contract in registry.each(Contract):
        review = contract.review
        missing = [name for name in ("by", "jurisdiction", "on") if not getattr(review, name)]
        if review.state == "reviewed" and missing:
            text = f"reviewed without {words.listed(missing)}"
            yield Finding(contract.at("review", "state"), text, "say who read it, for which law, and when")


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


def related(contract: Contract) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield the keys and name of each parameter that another parameter, or a milestone, is compared with."""
    for at, parameter in enumerate(contract.parameters):
        for key in ("per", "at_most", "below"):
            if name := getattr(parameter, key):
                yield ("parameters", at, key), name
        for key in ("sum_of", "not_before", "apart_from"):
            yield from ((("parameters", at, key, place), name) for place, name in enumerate(getattr(parameter, key)))
    for at, milestone in enumerate(contract.milestones):
        for key, name in (("due", milestone.due), ("payment", milestone.payment)):
            if name:
                yield ("milestones", at, key), name
