"""What an inspector counted in; whether the prototype or the lot passes, by the quality plan, out.

The result is never written down: it follows from the numbers, so nobody can write one that contradicts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import words
from .quality import Characteristic, sample_plan
from .values import Action, IllegalStepError, Lot, Terms

_PROTOTYPE = ("submit-prototype", "inspect-prototype")


def passed(terms: Terms, lot: Lot, action: Action) -> bool:
    """Tell whether what the inspector checked passes; raise when something was not checked, or on too few pieces."""
    return all(_results(terms, lot, action, ("inspector", "both")))


def reported(terms: Terms, lot: Lot, action: Action) -> None:
    """Raise unless the manufacturer has checked its own work as the quality plan asks, and it passed."""
    if not all(_results(terms, lot, action, ("manufacturer", "both"))):
        raise IllegalStepError("its own check refuses it", "rework it before it is handed over")


def _results(terms: Terms, lot: Lot, action: Action, who: tuple[str, ...]) -> list[bool]:
    checked: Mapping[str, Mapping[str, Any]] = action.details.get("checked", {})
    known = {one.id: one for one in terms.characteristics}
    wanted = [one.id for one in terms.characteristics if one.checked_by in who]
    if unknown := [name for name in checked if name not in known]:
        told = f"no characteristic of the quality plan is called {words.listed(unknown)}"
        raise IllegalStepError(told, f"its own are {words.listed(tuple(known))}")
    if missing := [name for name in wanted if name not in checked]:
        options = " ".join(f"--checked {name}=FAULTY/PIECES" for name in missing)
        raise IllegalStepError(f"not checked: {', '.join(missing)}", f"the quality plan asks for it: {options}")
    return [_passes(known[name], lot, action, checked[name]) for name in checked]


def _passes(what: Characteristic, lot: Lot, action: Action, counted: Mapping[str, Any]) -> bool:
    pieces, faulty = counted["pieces"], counted["faulty"]
    prototype = action.step in _PROTOTYPE
    needed, accept = (1, 0) if prototype else sample_plan(what.sampling, lot.quantity)[1:]
    if faulty > pieces or pieces > lot.quantity:
        raise IllegalStepError(f"`{what.id}`: {faulty} faulty of {pieces} pieces, in a lot of {lot.quantity}")
    if pieces < needed:
        raise IllegalStepError(f"`{what.id}`: {pieces} pieces checked, and the quality plan asks for {needed}")
    if pieces > needed and not prototype and faulty > accept:
        raise IllegalStepError(
            f"`{what.id}`: the plan is {needed} pieces with up to {accept} faulty; {pieces} were checked",
            "report the first pieces drawn, as many as the plan says",
        )
    return bool(faulty <= accept)
