"""An order's terms and its state in; who owes which step by when out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from . import division
from .terms import price_of
from .values import Lot, Making, Phase, Role, State, Terms

_SHOWN = 5  # of what may come next


class Debt(NamedTuple):
    """A hub owes one of some steps: as what, of which lot ("" for the order), what, by which day (None: no day)."""

    hub: str
    role: Role
    steps: tuple[str, ...]
    lot: str
    what: str
    by: date | None

    def is_overdue(self, day: date) -> bool:
        """Tell whether the day by which it was owed is over."""
        return self.by is not None and self.by < day


class _Owed(NamedTuple):
    role: Role
    steps: tuple[str, ...]
    what: str


_OWED = {
    Making.DUE: _Owed(Role.MANUFACTURER, ("submit-prototype",), "submit the prototype"),
    Making.REWORK: _Owed(Role.MANUFACTURER, ("submit-prototype",), "rework the prototype and submit it again"),
    Making.SUBMITTED: _Owed(Role.INSPECTOR, ("inspect-prototype",), "inspect the prototype"),
    Making.RELEASED: _Owed(Role.MANUFACTURER, ("deliver",), "make the lot and deliver it"),
    Making.REPAIR: _Owed(Role.MANUFACTURER, ("deliver",), "rework the lot and deliver it again"),
    Making.DELIVERED: _Owed(Role.INSPECTOR, ("inspect-lot",), "inspect the lot"),
    Making.ACCEPTED: _Owed(Role.PAYER, ("pay",), "pay for the lot"),
}


def owed(terms: Terms, state: State) -> tuple[Debt, ...]:
    """Return what is owed, the most urgent first."""
    found = _of_phase(terms, state)
    return tuple(sorted(found, key=lambda one: (one.by or date.max, one.lot, one.hub, one.steps)))


def following(terms: Terms, state: State, lot: str = "") -> str:
    """Return who may act next, on one lot or anywhere when that lot waits for nobody; "" when nobody has to."""
    found = owed(terms, state)
    told = [one for one in found if one.lot == lot] or list(found)
    shown = [f"{' or '.join(one.steps)} ({terms.called(one.hub)})" for one in told[:_SHOWN]]
    rest = len(told) - len(shown)
    return f"next: {', '.join(shown)}{f' and {rest} more' if rest else ''}" if shown else ""


def _of_phase(terms: Terms, state: State) -> Iterator[Debt]:
    if state.phase is Phase.DRAFT:
        yield Debt(terms.initiator, Role.INITIATOR, ("offer",), "", "offer the order to the parties", terms.sign_by)
    elif state.phase is Phase.OFFERED:
        for hub in terms.parties:
            if hub not in state.signed:
                yield Debt(hub, _role(terms, hub), ("sign",), "", "sign the contract", terms.sign_by)
    elif state.phase is Phase.DISPUTED:
        (dispute,) = state.dispute
        for hub in (dispute.by, dispute.against):
            if hub not in dict(dispute.settled) or len(dispute.settled) > 1:
                yield Debt(hub, _role(terms, hub), ("settle",), "", "settle the dispute", None)
    elif state.phase is Phase.SIGNED:
        yield from _of_making(terms, state)


def _of_making(terms: Terms, state: State) -> Iterator[Debt]:
    for lot in state.lots:
        yield from _of_lot(terms, state, lot)
    left = division.unassigned(terms, state)
    finished = all(lot.making in (Making.PAID, Making.ENDED) for lot in state.lots)
    if left and any(lot.making is not Making.ENDED for lot in state.lots):
        ended = max(lot.since for lot in state.lots if lot.making is Making.ENDED) if _ended(state) else state.since
        what = f"divide {left} pieces anew that nobody makes" + (", or close without them" if finished else "")
        steps = ("replan", "close") if finished else ("replan",)
        yield Debt(terms.initiator, Role.INITIATOR, steps, "", what, _after(ended, terms.days.agree))
    elif finished:
        yield Debt(terms.initiator, Role.INITIATOR, ("close",), "", "close the order", None)


def _ended(state: State) -> bool:
    return any(lot.making is Making.ENDED for lot in state.lots)


def _of_lot(terms: Terms, state: State, lot: Lot) -> Iterator[Debt]:
    if lot.hub in state.joining:
        by = _after(lot.since, terms.days.agree)
        what = f"sign for {lot.offered} pieces{_at(terms, lot)}, or decline"
        yield Debt(lot.hub, Role.MANUFACTURER, ("sign", "decline"), lot.hub, what, by)
        return
    if lot.offered:
        what = f"agree to make {lot.offered} pieces instead of {lot.quantity}{_at(terms, lot)}, or decline"
        yield Debt(
            lot.hub, Role.MANUFACTURER, ("agree", "decline"), lot.hub, what, _after(state.since, terms.days.agree)
        )
    due = _OWED.get(lot.making) or _judged(terms, lot)
    if due is not None:
        what = _what(terms, lot, due)
        yield Debt(_holder(terms, lot, due.role), due.role, due.steps, lot.hub, what, _by(terms, lot))


def _at(terms: Terms, lot: Lot) -> str:
    """Return what is paid for a lot as it is offered, "" without a price."""
    amount = price_of(terms, division.as_offered(lot))
    return f" for {amount:f} {terms.currency}" if amount else ""


def _what(terms: Terms, lot: Lot, due: _Owed) -> str:
    """Return what is owed, with how many pieces are still to come and how much is to be paid."""
    if lot.making in (Making.RELEASED, Making.REPAIR) and lot.delivered:
        return f"deliver the other {lot.quantity - lot.delivered} of {lot.quantity} pieces"
    amount = price_of(terms, lot) if lot.making is Making.ACCEPTED else 0
    return f"{due.what}: {amount:f} {terms.currency} in all" if amount else due.what


def _judged(terms: Terms, lot: Lot) -> _Owed | None:
    """Return what follows an inspection."""
    if lot.making is Making.INSPECTED and lot.passed:
        return _Owed(Role.INSPECTOR, ("release",), "release the rest of the lot")
    if lot.making is Making.CHECKED and lot.passed:
        return _Owed(Role.RECIPIENT, ("accept",), "accept the lot")
    if lot.making not in (Making.INSPECTED, Making.CHECKED):
        return None
    if lot.rounds >= terms.rework_rounds:
        return _Owed(Role.INITIATOR, ("end",), "end this part: it was refused, and no correction is left")
    step = "rework-prototype" if lot.making is Making.INSPECTED else "rework-lot"
    return _Owed(Role.INSPECTOR, (step,), "send it back: the inspection refused it")


def _by(terms: Terms, lot: Lot) -> date | None:
    days = terms.days
    if lot.making in (Making.DUE, Making.RELEASED):
        agreed = terms.prototype_due if lot.making is Making.DUE else terms.delivery_due
        joined = all(lot.hub != share.hub for share in terms.shares)  # who joins later cannot keep days that are over
        return max(agreed, _after(lot.since, days.rework) or agreed) if joined else agreed
    if lot.making in (Making.REWORK, Making.REPAIR):
        return _after(lot.since, days.rework)
    if lot.making is Making.ACCEPTED:
        return _after(lot.since, days.pay)
    return _after(lot.since, days.accept if lot.making is Making.CHECKED and lot.passed else days.inspect)


def _after(time: str, days: int) -> date | None:
    return date.fromisoformat(time[:10]) + timedelta(days=days) if time else None


def _holder(terms: Terms, lot: Lot, role: Role) -> str:
    held = {
        Role.MANUFACTURER: lot.hub,
        Role.INSPECTOR: terms.inspector,
        Role.RECIPIENT: terms.recipient,
        Role.PAYER: terms.payer,
        Role.INITIATOR: terms.initiator,
    }
    return held[role]


def _role(terms: Terms, hub: str) -> Role:
    """Return the first role of a party."""
    held = {
        terms.payer: Role.PAYER,
        terms.recipient: Role.RECIPIENT,
        terms.inspector: Role.INSPECTOR,
        **dict.fromkeys((share.hub for share in terms.shares), Role.MANUFACTURER),
        terms.initiator: Role.INITIATOR,
    }
    return held.get(hub, Role.MANUFACTURER)


_STAGES = (
    Making.WAITING, Making.DUE, Making.REWORK, Making.SUBMITTED, Making.INSPECTED, Making.RELEASED, Making.REPAIR,
    Making.DELIVERED, Making.CHECKED, Making.ACCEPTED, Making.PAID,
)  # fmt: skip


def stage(state: State) -> str:
    """Return how far an order is: its phase, or what the least advanced manufacturer's lot has reached."""
    lots = [lot.making for lot in state.lots if lot.making is not Making.ENDED]
    if state.phase is not Phase.SIGNED or not lots:
        return state.phase
    return min(lots, key=_STAGES.index)
