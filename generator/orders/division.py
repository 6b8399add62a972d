"""An order's state and a new division of its pieces in; the state with it out. Quantities always sum to the total."""

from __future__ import annotations

from dataclasses import replace

from .quality import sample_plan
from .sampling import NoPlanError
from .steps import Step
from .values import Action, IllegalStepError, Lot, Making, State, Terms

# From here on a lot's size is settled: it is delivered, or nobody makes it.
_SETTLED = (Making.DELIVERED, Making.CHECKED, Making.ACCEPTED, Making.PAID, Making.ENDED)


def with_lot(state: State, lot: Lot) -> State:
    """Return the state with one lot changed."""
    return replace(state, lots=tuple(lot if one.hub == lot.hub else one for one in state.lots))


def without(state: State, lot: Lot, step: Step, at: str) -> State:
    """Return the state after a part ended, or after an offer of more pieces was declined or taken back."""
    if step.name == "decline" and not lot.offered:
        raise IllegalStepError(f"nothing new was offered to `{lot.hub}`")
    ends = step.name == "end" or lot.making is Making.WAITING
    after = replace(lot, offered=0, making=Making.ENDED, since=at) if ends else replace(lot, offered=0)
    joining = tuple(hub for hub in state.joining if hub != lot.hub)
    return with_lot(replace(state, joining=joining), after)


def unassigned(terms: Terms, state: State) -> int:
    """Return how many pieces nobody makes: those of manufacturers whose part ended, not divided anew."""
    held = sum(lot.offered or lot.quantity for lot in state.lots if lot.making is not Making.ENDED)
    return terms.quantity - held


def replanned(terms: Terms, state: State, action: Action) -> State:
    """Return the state with the pieces of ended parts offered to others, who agree (or, when new, sign) one by one."""
    wanted: dict[str, int] = action.details["quantities"]
    lots = {lot.hub: lot for lot in state.lots}
    if not unassigned(terms, state):
        raise IllegalStepError("every piece has its manufacturer: there is nothing to divide anew")
    for hub, quantity in wanted.items():
        _may_grow(terms, lots.get(hub), hub, quantity)
    new = tuple(hub for hub in wanted if hub not in lots)
    if new and not action.details.get("manifest_sha256"):
        raise IllegalStepError(
            f"`{new[0]}` is new in this order", "fill the contract in anew with it, and give that: --contract FOLDER"
        )
    after = replace(
        state,
        lots=(
            *(_offered(lot, wanted.get(lot.hub, 0)) for lot in state.lots),
            *(Lot(hub=hub, quantity=0, offered=wanted[hub], since=action.at) for hub in new),
        ),
        joining=(*state.joining, *new),
    )
    if left := unassigned(terms, after):
        held = terms.quantity - left
        raise IllegalStepError(f"the parts make {held} pieces together, and the order has {terms.quantity}")
    return after


def _offered(lot: Lot, quantity: int) -> Lot:
    return replace(lot, offered=quantity) if quantity else lot


def _may_grow(terms: Terms, lot: Lot | None, hub: str, quantity: int) -> None:
    try:
        for one in terms.characteristics:
            sample_plan(one.sampling, quantity)
    except NoPlanError as error:
        raise IllegalStepError(str(error)) from error
    if hub == terms.inspector:
        raise IllegalStepError(f"`{hub}` inspects this order, and nobody inspects what they make")
    if lot is None:
        return
    if lot.making in _SETTLED:
        raise IllegalStepError(f"the lot of `{hub}` is {lot.making}: it cannot change any more")
    if quantity < lot.quantity:
        raise IllegalStepError(f"`{hub}` makes {lot.quantity} already; a new division only adds pieces")


def agreed(lot: Lot, at: str) -> Lot:
    """Return the lot with the quantity that was offered; raise when none was."""
    if not lot.offered:
        raise IllegalStepError(f"nothing new was offered to `{lot.hub}`")
    making = Making.DUE if lot.making is Making.WAITING else lot.making
    since = lot.since if making is lot.making else at
    return replace(lot, quantity=lot.offered, offered=0, making=making, since=since)
