"""The steps of an order as a table: who may take each, on what, from which state."""

from __future__ import annotations

from dataclasses import dataclass

from .values import Making as M
from .values import Phase, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its name, who takes it, from which phase and, on a lot, from and to which state."""

    name: str
    roles: tuple[Role, ...]
    phases: tuple[Phase, ...] = (Phase.SIGNED,)
    lots: tuple[M, ...] = ()  # empty: the step is one of the whole order
    to: M | None = None
    details: tuple[str, ...] = ()  # names that must be there
    optional: tuple[str, ...] = ("note", "files")
    says: str = ""


_EVERYBODY = tuple(Role)
_MAKING = (M.DUE, M.SUBMITTED, M.INSPECTED, M.REWORK, M.RELEASED, M.REPAIR)
_CHECKED = (M.CHECKED,)

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step(name="offer", roles=(Role.INITIATOR,), phases=(Phase.DRAFT,), says="offer the order to the parties"),
        Step(name="sign", roles=_EVERYBODY, phases=(Phase.OFFERED, Phase.SIGNED), says="sign the contract"),
        Step(
            name="withdraw", roles=(Role.INITIATOR,), phases=(Phase.DRAFT, Phase.OFFERED),
            says="withdraw an order that not everybody has signed",
        ),
        Step(
            name="submit-prototype", roles=(Role.MANUFACTURER,), lots=(M.DUE, M.REWORK), to=M.SUBMITTED,
            optional=("note", "files", "checked"), says="submit the prototype",
        ),
        Step(
            name="inspect-prototype", roles=(Role.INSPECTOR,), lots=(M.SUBMITTED,), to=M.INSPECTED,
            details=("checked",), says="inspect the prototype",
        ),
        Step(
            name="release", roles=(Role.INSPECTOR,), lots=(M.INSPECTED,), to=M.RELEASED,
            says="release the rest of the lot",
        ),
        Step(
            name="rework-prototype", roles=(Role.INSPECTOR,), lots=(M.INSPECTED,), to=M.REWORK,
            says="send the prototype back",
        ),
        Step(
            name="end", roles=(Role.INITIATOR, Role.MANUFACTURER), lots=(*_MAKING, M.CHECKED), to=M.ENDED,
            details=("reason",), says="end this manufacturer's part",
        ),
        Step(
            name="replan", roles=(Role.INITIATOR,), details=("quantities",),
            optional=("note", "files", "manifest_sha256", "prices"), says="divide the pieces that are left anew",
        ),
        Step(name="agree", roles=(Role.MANUFACTURER,), lots=_MAKING, says="agree to the new division"),
        Step(
            name="decline", roles=(Role.INITIATOR, Role.MANUFACTURER), lots=(*_MAKING, M.WAITING),
            says="take the new division back",
        ),
        Step(
            name="deliver", roles=(Role.MANUFACTURER,), lots=(M.RELEASED, M.REPAIR), to=M.DELIVERED,
            details=("quantity",), optional=("note", "files", "checked"), says="deliver the lot",
        ),
        Step(
            name="inspect-lot", roles=(Role.INSPECTOR,), lots=(M.DELIVERED,), to=M.CHECKED, details=("checked",),
            says="inspect the lot",
        ),
        Step(name="rework-lot", roles=(Role.INSPECTOR,), lots=_CHECKED, to=M.REPAIR, says="send the lot back"),
        Step(name="accept", roles=(Role.RECIPIENT,), lots=_CHECKED, to=M.ACCEPTED, says="accept the lot"),
        Step(name="pay", roles=(Role.PAYER,), lots=(M.ACCEPTED,), to=M.PAID, says="pay for the lot"),
        Step(
            name="dispute", roles=_EVERYBODY, details=("against", "reason"),
            says="say that a party does not keep to the contract",
        ),
        Step(
            name="settle", roles=_EVERYBODY, phases=(Phase.DISPUTED,), details=("outcome",),
            says="say how the dispute is settled",
        ),
        Step(name="close", roles=(Role.INITIATOR,), optional=("note", "files", "reason"), says="close the order"),
    )
}  # fmt: skip
