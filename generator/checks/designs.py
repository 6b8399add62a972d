"""Designs and requests for them: parts that lead somewhere, operations to match, days still to come."""

from __future__ import annotations

from collections.abc import Iterator

from .. import graphs
from ..diagnostics import Finding, Severity
from ..records import Design, Request
from ..registry import Registry
from .check import check
from .steps import meant


@check(Severity.ERROR)
def unknown_part(registry: Registry) -> Iterator[Finding]:
    """An operation is for a part that the design does not have.

    `part` names one of the `parts` of the same design by its id. An operation on the whole has no `part`.
    """
    for design in registry.each(Design):
        ids = [part.id for part in design.parts]
        for at, operation in enumerate(design.operations):
            if operation.part and operation.part not in ids:
                text = f"no part is called `{operation.part}`"
                yield Finding(design.at("operations", at, "part"), text, meant(operation.part, ids))


@check(Severity.ERROR)
def design_part_without_design(registry: Registry) -> Iterator[Finding]:
    """A part is a design of its own, but does not say which.

    `source: design` goes with `design`, the id of a record in `registry/designs`. A part that has no record
    there is `made` or `bought`.
    """
    for design in registry.each(Design):
        for at, part in enumerate(design.parts):
            if part.source == "design" and not part.design:
                hint = "name the design with `design`, or say `made` or `bought`"
                yield Finding(design.at("parts", at, "source"), f"part `{part.id}` does not say which design", hint)


@check(Severity.ERROR)
def part_cycle(registry: Registry) -> Iterator[Finding]:
    """A design is a part of itself.

    Following the parts that are designs leads back to where it began, so that making one would never end.
    Take the part away that is not contained.
    """
    if not any(part.design for design in registry.each(Design) for part in design.parts):
        return
    in_question = {design.id for design in registry.each(Design)}
    contained = {
        design.id: tuple(part.design for part in design.parts if part.design) for design in registry.all(Design)
    }
    for cycle in graphs.cycles(contained):
        first = next((at for at, id in enumerate(cycle) if id in in_question), -1)
        way = cycle[first:] + cycle[: max(first, 0) + 1]
        design = registry.get(Design, way[0])
        if first >= 0 and design is not None:
            at = next(at for at, part in enumerate(design.parts) if part.design == way[1])
            text = f"`{design.id}` contains itself: " + " → ".join(f"`{id}`" for id in way)
            yield Finding(design.at("parts", at, "design"), text, "take one of these parts away")


@check(Severity.NOTE)
def no_operations(registry: Registry) -> Iterator[Finding]:
    """A design does not say how it is made, so that no hub can be found for it.

    Without `operations` there is nothing to compare with machines: the design is shown, but not matched.
    State at least the process of each step, such as `3d-printing`; a design that contains other designs is
    matched by theirs.
    """
    for design in registry.each(Design):
        if not design.operations and not any(part.design for part in design.parts):
            text = f"`{design.id}` is not matchable: it states no operations"
            yield Finding(design.at("name"), text, "add `operations` with the process of each step")


@check(Severity.WARNING)
def past_request(registry: Registry) -> Iterator[Finding]:
    """A request is still open although its day has passed.

    Nobody can deliver by that day any more. Say `status: filled` or `status: withdrawn`, or choose a new
    `needed_by`.
    """
    for request in registry.each(Request):
        if request.status == "open" and request.needed_by < registry.as_of:
            text = f"was needed by {request.needed_by} and is still open on {registry.as_of}"
            yield Finding(request.at("needed_by"), text, "set `status` to filled or withdrawn, or choose a new day")
