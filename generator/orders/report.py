"""An order's terms, its log and a day in; where it stands and who owes what by when out, as lines or as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from .. import markdown, words
from . import chances, debts, division
from .log import Fault, Log
from .quality import Characteristic, sample_plan
from .sampling import OperatingPoint, SamplePlan, operating_characteristic
from .terms import price_of, share_of
from .values import Lot, Making, Phase, Terms

VERSION = "1"
_WIDTH = 40  # characters of a full bar


class Standing(NamedTuple):
    """What is reported of: the terms, the log as read, and the day for which it is."""

    terms: Terms
    log: Log
    day: date


def text(standing: Standing) -> str:
    """Return where an order stands, for people at a terminal."""
    told = "".join(f"{words.wrapped(_shown(line))}\n" for line in _lines(standing))
    return told + (f"last entry, to be kept: {standing.log.head}\n" if standing.log.entries else "")


def quality_text(standing: Standing) -> str:
    """Return what is checked of each lot, and how often good and bad lots pass."""
    return "\n".join(_wrapped(line) for line in _quality_lines(standing)) + "\n"


def chances_text(terms: Terms) -> str:
    """Return how often lots of this order pass with more and more faulty pieces: a small table for each sample."""
    told: dict[SamplePlan, list[str]] = {}
    for share in terms.shares:
        for one in terms.characteristics:
            told.setdefault(sample_plan(one.sampling, share.quantity), []).append(f"{share.hub} {one.id}")
    lines = []
    for plan, whose in told.items():
        lines.append(f"{plan.sample} of {plan.lot} pieces checked, up to {plan.accept} faulty: {', '.join(whose)}")
        lines += chances.table(plan)
    return "".join(f"{_wrapped(line)}\n" for line in lines)


def fault_text(faults: tuple[Fault, ...]) -> str:
    """Return what is wrong with a log, a paragraph each."""
    return "".join(
        _shown(f"{fault.file or 'the log'}: {fault.message}") + "\n"
        + (_shown(f"  help: {fault.hint}") + "\n" if fault.hint else "")
        for fault in faults
    )  # fmt: skip


def _shown(line: str) -> str:
    return markdown.visible(line)


def _wrapped(line: str) -> str:
    """Return a line for a terminal; one of a table stays as it is."""
    return _shown(line) if line.startswith("    ") else words.wrapped(_shown(line))


def _lines(standing: Standing) -> Iterator[str]:
    terms, log, day = standing
    state = log.state
    yield f"{terms.title} ({terms.id}): {_stage(standing)}"
    for lot in state.lots:
        extra = f", offered {lot.offered}" if lot.offered else ""
        extra += f", {lot.delivered} delivered" if 0 < lot.delivered < lot.quantity else ""
        sent = f", sent back: {lot.rounds} (at most {terms.rework_rounds})" if lot.rounds else ""
        yield f"  {terms.called(lot.hub)}: {lot.quantity} pieces{extra}, {lot.making}{sent}"
        yield from _money(standing, lot)
    if left := _unassigned(standing):
        yield f"  {left} of {terms.quantity} pieces are nobody's"
    found = debts.owed(terms, state)
    yield "owed:" if found else "nobody owes anything"
    for one in found:
        late = " (overdue)" if one.is_overdue(day) else ""
        by = f"by {one.by}{late}" if one.by else "no day agreed"
        whose = f" [{one.lot}]" if one.lot and one.lot != one.hub else ""
        yield f"  {by}: {terms.called(one.hub)} ({one.role}): {one.what}{whose}  -> {' or '.join(one.steps)}"


def _money(standing: Standing, lot: Lot) -> Iterator[str]:
    """Yield a lot's price and, as long as it is the agreed one, what of it is paid when; nothing of one that ended."""
    terms, price = standing.terms, price_of(standing.terms, lot)
    agreed = (one for one in share_of(terms, lot) if one.quantity == lot.quantity)
    parts = [f"{amount} at {milestone}" for one in agreed for milestone, amount in one.instalments]
    if price and lot.making is not Making.ENDED:
        yield f"    {price:f} {terms.currency}{': ' if parts else ''}{', '.join(parts)}"


def _stage(standing: Standing) -> str:
    state = standing.log.state
    return f"{state.phase} ({state.ending})" if state.ending else debts.stage(state)


def _unassigned(standing: Standing) -> int:
    state = standing.log.state
    return 0 if state.phase is Phase.CLOSED else division.unassigned(standing.terms, state)


def _quality_lines(standing: Standing) -> Iterator[str]:
    """Yield each line of the quality plan once for all lots of one size, with how often these pass."""
    lots: dict[tuple[Characteristic, SamplePlan], list[str]] = {}
    for lot, one, plan in _samples(standing):
        lots.setdefault((one, plan), []).append(standing.terms.called(lot.hub))
    for (one, plan), hubs in lots.items():
        each = " each" if len(hubs) > 1 else ""
        yield f"{one.label}: {plan.sample} of {plan.lot} pieces{each}, passes with up to {plan.accept} faulty"
        yield f"  lots: {', '.join(hubs)}"
        yield f"  how: {one.method}"
        yield from ([f"  instrument: {one.instrument}"] if one.instrument else [])
        yield f"  good if: {one.tolerance}"
        for point in operating_characteristic(plan, 11):
            share = float(point.chance)
            bar = "#" * round(share * _WIDTH)
            yield f"    {point.faulty:>6} faulty  {share:7.1%}  {bar}".rstrip()
        yield ""


def _samples(standing: Standing) -> Iterator[tuple[Lot, Characteristic, SamplePlan]]:
    for lot in standing.log.state.lots:
        if lot.making is not Making.ENDED and lot.quantity:
            for one in standing.terms.characteristics:
                yield lot, one, sample_plan(one.sampling, lot.quantity)


def as_json(standing: Standing) -> dict[str, Any]:
    """Return where an order stands as data (`schemas/api/order.json`)."""
    terms, log, day = standing
    state = log.state
    return {
        "version": VERSION,
        "order": terms.id,
        "title": terms.title,
        "phase": str(state.phase),
        "stage": str(debts.stage(state)),
        "ending": state.ending,
        "on": day.isoformat(),
        "quantity": terms.quantity,
        "unassigned": _unassigned(standing),
        "head": {"number": log.head.number, "sha256": log.head.sha256},
        "signed": list(state.signed),
        "lots": [_lot(standing, lot) for lot in state.lots],
        "owed": [_debt(one, day) for one in debts.owed(terms, state)],
        "faults": [{"file": one.file, "message": one.message, "hint": one.hint} for one in log.faults],
    }


def _lot(standing: Standing, lot: Lot) -> dict[str, Any]:
    samples = [(one, plan) for other, one, plan in _samples(standing) if other.hub == lot.hub]
    return {
        "hub": lot.hub,
        "quantity": lot.quantity,
        "offered": lot.offered,
        "delivered": lot.delivered,
        "state": str(lot.making),
        "rounds": lot.rounds,
        "since": lot.since,
        "samples": [_sample(one, plan) for one, plan in samples],
    }


def _sample(one: Characteristic, plan: SamplePlan) -> dict[str, Any]:
    return {
        "characteristic": one.id,
        "checked_by": one.checked_by,
        "sample": plan.sample,
        "accept": plan.accept,
        "reject": plan.reject,
        "operating_characteristic": [_point(point) for point in operating_characteristic(plan)],
    }


def _point(point: OperatingPoint) -> dict[str, Any]:
    return {"faulty": point.faulty, "chance": round(float(point.chance), 6)}


def _debt(one: debts.Debt, day: date) -> dict[str, Any]:
    return {
        "hub": one.hub,
        "role": str(one.role),
        "steps": list(one.steps),
        "lot": one.lot,
        "what": one.what,
        "by": one.by.isoformat() if one.by else "",
        "overdue": one.is_overdue(day),
    }
