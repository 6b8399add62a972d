"""An order's terms, its state and a step in; the next state out, or why the step is not legal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from . import debts, division, inspections
from .details import fault as details_fault
from .details import way_out
from .steps import STEPS, Step
from .values import Action, Dispute, IllegalStepError, Lot, Making, Phase, Role, State, Terms

CLOSE, RESUME = "close", "resume"
TIME = re.compile(
    r"2[0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z", re.ASCII
)
_DONE = (Making.PAID, Making.ENDED)


def begun(terms: Terms) -> State:
    """Return the state of an order before its first step."""
    return State(lots=tuple(Lot(hub=share.hub, quantity=share.quantity) for share in terms.shares))


def replayed(terms: Terms, actions: Iterable[Action]) -> State:
    """Return the state after some steps; raise `IllegalStepError` at the first that is not legal."""
    state = begun(terms)
    for action in actions:
        state = advanced(terms, state, action)
    return state


def advanced(terms: Terms, state: State, action: Action) -> State:
    """Return the state after a step; raise `IllegalStepError` when it may not be taken."""
    step = STEPS.get(action.step)
    if step is None:
        raise IllegalStepError(f"no step `{action.step}`", f"steps are {', '.join(STEPS)}")
    if not TIME.fullmatch(action.at):
        raise IllegalStepError(f"`{action.at}` is no time such as 2026-11-22T10:00:00Z")
    if action.at < state.since:
        raise IllegalStepError(f"it is dated {action.at}, before the step that it follows ({state.since})")
    _may_be_taken(terms, state, action, step)
    if wrong := details_fault(step, action.details):
        raise IllegalStepError(f"`{step.name}`: {wrong}", way_out(step, action.details))
    after = _on_lot(terms, state, action, step) if step.lots else _on_order(terms, state, action)
    return replace(after, since=action.at, steps=state.steps + 1)


def roles_of(terms: Terms, state: State, hub: str) -> tuple[Role, ...]:
    """Return the roles that a hub has; also those that a new division gave it."""
    held = {
        Role.INITIATOR: terms.initiator,
        Role.INSPECTOR: terms.inspector,
        Role.RECIPIENT: terms.recipient,
        Role.PAYER: terms.payer,
    }
    makes = any(lot.hub == hub for lot in state.lots)
    return tuple(role for role in Role if held.get(role) == hub or (role is Role.MANUFACTURER and makes))


def parties(terms: Terms, state: State) -> tuple[str, ...]:
    """Return every hub that takes part, with those that joined later."""
    return tuple(dict.fromkeys((*terms.parties, *(lot.hub for lot in state.lots))))


def lot_of(state: State, hub: str) -> Lot:
    """Return a manufacturer's lot; raise `IllegalStepError` when it has none."""
    for lot in state.lots:
        if lot.hub == hub:
            return lot
    lots = f"lots are of {', '.join(_hubs(state))}"
    if not hub:
        raise IllegalStepError("whose lot? Say it with --lot HUB", lots)
    raise IllegalStepError(f"`{hub}` makes nothing in this order", lots)


def _hubs(state: State) -> tuple[str, ...]:
    return tuple(lot.hub for lot in state.lots)


def _may_be_taken(terms: Terms, state: State, action: Action, step: Step) -> None:
    """Raise unless the phase, the actor's role and the lot's state allow a step."""
    if state.phase not in step.phases:
        text = f"`{step.name}` is no step of an order that is {state.phase}"
        raise IllegalStepError(text, debts.following(terms, state))
    held = roles_of(terms, state, action.by)
    if not set(held) & set(step.roles):
        wanted = " or ".join(step.roles)
        raise IllegalStepError(f"`{action.by}` is not the {wanted}, and only they may {step.says}")
    if not step.lots:
        if action.lot:
            raise IllegalStepError(f"`{step.name}` is a step of the whole order, not of one manufacturer's lot")
        return
    lot = lot_of(state, action.lot)
    alone = set(held) & set(step.roles) == {Role.MANUFACTURER}
    if alone and action.by != action.lot:
        raise IllegalStepError(f"`{action.by}` may {step.says} for its own lot only, not for that of `{action.lot}`")
    if lot.making not in step.lots:
        text = f"`{step.name}` does not follow: the lot of `{lot.hub}` is {lot.making}"
        raise IllegalStepError(text, debts.following(terms, state, lot.hub))


def _on_lot(terms: Terms, state: State, action: Action, step: Step) -> State:
    lot = lot_of(state, action.lot)
    after = replace(lot, making=step.to or lot.making, since=action.at)
    if step.name == "agree":
        after = division.agreed(lot, action.at)
    elif step.name in ("decline", "end"):
        return division.without(state, lot, step, action.at)
    elif step.name in ("inspect-prototype", "inspect-lot"):
        after = replace(after, passed=inspections.passed(terms, lot, action))
    elif step.name in ("release", "accept") and not lot.passed:
        raise IllegalStepError(
            f"the inspection refused it: `{step.name}` needs one that passed", "send it back, or end it"
        )
    elif step.name in ("rework-prototype", "rework-lot"):
        after = _sent_back(terms, lot, after)
    elif step.name == "submit-prototype":
        inspections.reported(terms, lot, action)
    elif step.name == "deliver":
        return division.with_lot(state, _delivered(terms, lot, action, after))
    return division.with_lot(state, after)


def _sent_back(terms: Terms, lot: Lot, after: Lot) -> Lot:
    if lot.passed:
        raise IllegalStepError("the inspection accepted it: there is nothing to rework")
    if lot.rounds >= terms.rework_rounds:
        raise IllegalStepError(
            f"it was sent back {_times(lot.rounds)}, and the contract allows no more", "end this part"
        )
    return replace(after, rounds=lot.rounds + 1, delivered=0)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _delivered(terms: Terms, lot: Lot, action: Action, after: Lot) -> Lot:
    """Return the lot after a delivery: of a part, it stays where it is; with the last one its own check is due."""
    if lot.offered:
        raise IllegalStepError(f"`{lot.hub}` has not agreed to the new division yet", "take the step `agree` first")
    many, total = action.details["quantity"], lot.delivered + action.details["quantity"]
    if total > lot.quantity:
        before = f", {lot.delivered} of them delivered already" if lot.delivered else ""
        raise IllegalStepError(f"{many} pieces delivered, and the lot has {lot.quantity}{before}")
    if total < lot.quantity:
        if "checked" in action.details:
            raise IllegalStepError("the lot is checked as a whole", "give `checked` with its last part")
        return replace(lot, delivered=total)
    inspections.reported(terms, lot, action)
    return replace(after, delivered=total)


def _on_order(terms: Terms, state: State, action: Action) -> State:
    if action.step == "offer":
        return replace(state, phase=Phase.OFFERED)
    if action.step == "withdraw":
        return replace(state, phase=Phase.CLOSED, ending="withdrawn")
    if action.step == "sign":
        return _signed(terms, state, action)
    if action.step == "replan":
        return division.replanned(terms, state, action)
    if action.step == "dispute":
        return _disputed(terms, state, action)
    if action.step == "settle":
        return _settled(state, action)
    return _closed(terms, state, action)


def _signed(terms: Terms, state: State, action: Action) -> State:
    if state.phase is Phase.SIGNED:
        if action.by not in state.joining:
            raise IllegalStepError(f"`{action.by}` has signed already")
        rest = tuple(hub for hub in state.joining if hub != action.by)
        joined = division.agreed(lot_of(state, action.by), action.at)
        signed = tuple(dict.fromkeys((*state.signed, action.by)))
        return division.with_lot(replace(state, joining=rest, signed=signed), joined)
    if action.by in state.signed:
        raise IllegalStepError(f"`{action.by}` has signed already")
    after = replace(state, signed=(*state.signed, action.by))
    if set(terms.parties) - set(after.signed):
        return after
    lots = tuple(replace(lot, making=Making.DUE, since=action.at) for lot in state.lots)
    return replace(after, phase=Phase.SIGNED, lots=lots)


def _disputed(terms: Terms, state: State, action: Action) -> State:
    against = action.details["against"]
    if action.by in state.joining:
        raise IllegalStepError(f"`{action.by}` has not signed the contract")
    if against == action.by or against not in parties(terms, state):
        raise IllegalStepError(f"`{against}` is no other party of this order")
    found = Dispute(by=action.by, against=against, reason=action.details["reason"])
    return replace(state, phase=Phase.DISPUTED, dispute=(found,))


def _settled(state: State, action: Action) -> State:
    (dispute,) = state.dispute
    sides = (dispute.by, dispute.against)
    if action.by not in sides:
        raise IllegalStepError(f"`{action.by}` is no side of the dispute; it is between `{sides[0]}` and `{sides[1]}`")
    said = {**dict(dispute.settled), action.by: action.details["outcome"]}
    if any(said.get(side) != action.details["outcome"] for side in sides):
        return replace(state, dispute=(replace(dispute, settled=tuple(sorted(said.items()))),))
    if action.details["outcome"] == RESUME:
        return replace(state, phase=Phase.SIGNED, dispute=())
    return replace(state, phase=Phase.CLOSED, dispute=(), ending="settled")


def _closed(terms: Terms, state: State, action: Action) -> State:
    """Return the closed order; with pieces that nobody makes only for a reason, and then fewer were made."""
    open_lots = [lot.hub for lot in state.lots if lot.making not in _DONE]
    if open_lots:
        raise IllegalStepError(
            f"not finished: {', '.join(open_lots)}", "every lot is paid or ended before an order closes"
        )
    if all(lot.making is Making.ENDED for lot in state.lots):
        return replace(state, phase=Phase.CLOSED, ending="nothing made")
    if left := division.unassigned(terms, state):
        if not action.details.get("reason"):
            way_out = "divide them anew with `replan`, or close without them and say why: --reason TEXT"
            raise IllegalStepError(f"{left} of {terms.quantity} pieces are nobody's", way_out)
        return replace(state, phase=Phase.CLOSED, ending="fewer made")
    return replace(state, phase=Phase.CLOSED, ending="completed")
