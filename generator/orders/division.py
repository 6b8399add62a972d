"""An order's state and a new division of its pieces in; the state with it out. Quantities always sum to the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .quality import sample_plan
from .sampling import NoPlanError
from .steps import Step
from .terms import share_in
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
    kept = replace(lot, offered=0, proposed=())
    after = replace(kept, making=Making.ENDED, since=at) if ends else kept
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
    _may_cost(terms, action)
    prices = action.details.get("prices", {})
    joined = tuple(Lot(hub=hub, quantity=0, since=action.at) for hub in new)
    after = replace(
        state,
        lots=tuple(_offered(lot, wanted.get(lot.hub, 0), prices) for lot in (*state.lots, *joined)),
        joining=(*state.joining, *new),
    )
    if left := unassigned(terms, after):
        held = terms.quantity - left
        raise IllegalStepError(f"the parts make {held} pieces together, and the order has {terms.quantity}")
    return after


def _offered(lot: Lot, quantity: int, prices: Mapping[str, Any]) -> Lot:
    proposed = (share_in({"hub": lot.hub, "quantity": quantity, **prices[lot.hub]}),) if lot.hub in prices else ()
    return replace(lot, offered=quantity, proposed=proposed) if quantity else lot


def _may_cost(terms: Terms, action: Action) -> None:
    """Raise unless the prices of a new division are those of a contract, for each hub in it."""
    prices = action.details.get("prices")
    if prices is None:
        return
    if not action.details.get("manifest_sha256") or not terms.currency:
        raise IllegalStepError("new prices come from a new contract, of an order that has a currency")
    if set(prices) != set(action.details["quantities"]):
        raise IllegalStepError("new prices are given for other hubs than new pieces")


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
    return replace(as_offered(lot), making=making, since=since)


def as_offered(lot: Lot) -> Lot:
    """Return the lot as it is once its manufacturer agrees to what is offered to it, if anything is."""
    many, signed = lot.offered or lot.quantity, lot.proposed or lot.share
    return replace(lot, quantity=many, share=signed, offered=0, proposed=())
