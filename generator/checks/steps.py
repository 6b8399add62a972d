"""Steps, parts and clauses within one record: ids that stand once, references that lead somewhere, no way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import graphs, words
from ..diagnostics import Finding, Severity
from ..records import Contract, Design, Record
from ..records.contract import Milestone
from ..records.design import Operation
from ..registry import Registry
from .check import check

Step = Operation | Milestone


@check(Severity.ERROR)
def duplicate_id(registry: Registry) -> Iterator[Finding]:
    """An id stands twice in one record.

    The parts and operations of a design, and the roles, parameters, milestones and clauses of a contract
    template, are told apart by their ids (parameters by their names). Rename one, or join the two.
    """
    for design in registry.each(Design):
        yield from _repeated(design, "parts", "id", [part.id for part in design.parts])
        yield from _repeated(design, "operations", "id", [operation.id for operation in design.operations])
    for contract in registry.each(Contract):
        yield from _repeated(contract, "roles", "id", [role.id for role in contract.roles])
        yield from _repeated(contract, "parameters", "name", [parameter.name for parameter in contract.parameters])
        yield from _repeated(contract, "milestones", "id", [milestone.id for milestone in contract.milestones])
        yield from _repeated(contract, "clauses", "id", [clause.id for clause in contract.clauses])


def _repeated(record: Record, list: str, key: str, ids: Sequence[str]) -> Iterator[Finding]:
    for at, id in enumerate(ids):
        first = ids.index(id)
        if first < at:
            related = ((record.at(list, first, key), "the first of them"),)
            yield Finding(record.at(list, at, key), f"`{id}` stands twice in `{list}`", "rename one of them", related)


@check(Severity.ERROR)
def unknown_operation(registry: Registry) -> Iterator[Finding]:
    """An operation comes after one that the design does not have.

    `after` names operations of the same design by their ids.
    """
    for design in registry.each(Design):
        yield from _unknown_steps(design, "operations", "operation", design.operations)


@check(Severity.ERROR)
def unknown_milestone(registry: Registry) -> Iterator[Finding]:
    """A milestone comes after one that the template does not have.

    `after` names milestones of the same template by their ids.
    """
    for contract in registry.each(Contract):
        yield from _unknown_steps(contract, "milestones", "milestone", contract.milestones)


def _unknown_steps(record: Record, list: str, noun: str, steps: Sequence[Step]) -> Iterator[Finding]:
    ids = [step.id for step in steps]
    for at, step in enumerate(steps):
        for before, id in enumerate(step.after):
            if id not in ids:
                yield Finding(record.at(list, at, "after", before), f"no {noun} is called `{id}`", meant(id, ids))


def meant(id: str, ids: Sequence[str]) -> str:
    """Return a hint for an id that is none of `ids`: the one that was probably meant, or all of them."""
    near = words.closest(id, ids)
    return f"did you mean `{near}`?" if near else f"there are {words.listed(ids)}" if ids else "there are none"


@check(Severity.ERROR)
def operation_cycle(registry: Registry) -> Iterator[Finding]:
    """Operations of a design wait for one another.

    Following `after` from one operation to the next leads back to where it began, so none can come first.
    Take away the `after` that is not true.
    """
    for design in registry.each(Design):
        yield from _cycles(design, "operations", design.operations)


@check(Severity.ERROR)
def milestone_cycle(registry: Registry) -> Iterator[Finding]:
    """Milestones of a contract template wait for one another.

    Following `after` from one milestone to the next leads back to where it began, so none can come first.
    Take away the `after` that is not true.
    """
    for contract in registry.each(Contract):
        yield from _cycles(contract, "milestones", contract.milestones)


def _cycles(record: Record, list: str, steps: Sequence[Step]) -> Iterator[Finding]:
    places: dict[str, int] = {}
    for at, step in enumerate(steps):
        places.setdefault(step.id, at)
    for cycle in graphs.cycles({id: steps[at].after for id, at in places.items()}):
        at = places[cycle[0]]
        before = steps[at].after.index((*cycle, cycle[0])[1])
        text = f"`{cycle[0]}` comes after itself: " + " after ".join(f"`{id}`" for id in (*cycle, cycle[0]))
        yield Finding(record.at(list, at, "after", before), text, "take one `after` away")
