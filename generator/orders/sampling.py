"""A lot, its faulty pieces and a sampling plan in; exact chances of acceptance out, and the smallest plan that serves.

Sampling is without replacement, so the number of faulty pieces in a sample follows the hypergeometric distribution.
All numbers are integers and fractions: the same plan on every machine.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

LARGEST = 2000  # pieces of a sample, as in MIL-STD-105E


class SamplePlan(NamedTuple):
    """Of a lot, so many pieces are checked; up to `accept` faulty ones the lot passes."""

    lot: int
    sample: int
    accept: int

    @property
    def reject(self) -> int:
        """From how many faulty pieces on the lot is refused."""
        return self.accept + 1


class Risks(NamedTuple):
    """What a plan keeps: how often a lot at the AQL is refused, and one at the LTPD accepted, at most."""

    aql: Fraction  # acceptable quality limit, share of faulty pieces
    ltpd: Fraction  # lot tolerance percent defective, share of faulty pieces
    producer: Fraction
    consumer: Fraction


class OperatingPoint(NamedTuple):
    """With so many faulty pieces in the lot, it is accepted with this chance."""

    faulty: int
    chance: Fraction


class NoPlanError(ValueError):
    """No sampling plan can keep the risks; the message says why."""


def chance_of_acceptance(plan: SamplePlan, faulty: int) -> Fraction:
    """Return the exact chance that a lot with so many faulty pieces passes."""
    if plan.sample == plan.lot:
        return Fraction(faulty <= plan.accept)
    # Drawing n of which D are faulty, or D of which n are drawn, is the same: the smaller one keeps numbers short.
    few, many = sorted((plan.sample, faulty))
    rest = plan.lot - many
    first, last = max(0, few - rest), min(plan.accept, few)
    ways = each = math.comb(many, first) * math.comb(rest, few - first) if first <= last else 0
    for found in range(first, last):  # each from the one before: the quotient is whole
        each = each * (many - found) * (few - found) // ((found + 1) * (rest - few + found + 1))
        ways += each
    return Fraction(ways, math.comb(plan.lot, few))


@functools.cache
def smallest_plan(lot: int, risks: Risks) -> SamplePlan:
    """Return the plan with the smallest sample that keeps both risks; raise `NoPlanError` when there is none.

    At the AQL a lot holds the whole pieces below it, at the LTPD those above: 2.5 % of 30 pieces are none and one.
    """
    fine, bad = math.floor(lot * risks.aql), math.ceil(lot * risks.ltpd)
    if fine >= bad:
        raise NoPlanError(f"in a lot of {lot} the AQL ({fine} faulty pieces) is not below the LTPD ({bad})")
    for accept in range(fine + 1):
        sample = _smallest_sample(lot, bad, accept, risks.consumer)
        if sample > LARGEST:
            raise NoPlanError(f"a lot of {lot} would need more than {LARGEST} pieces; put AQL and LTPD further apart")
        plan = SamplePlan(lot, sample, accept)
        if chance_of_acceptance(plan, fine) >= 1 - risks.producer:
            return plan
    return SamplePlan(lot, lot, fine)


def _smallest_sample(lot: int, bad: int, accept: int, risk: Fraction) -> int:
    """Return the smallest sample with which a lot of `bad` faulty pieces passes with at most this chance."""
    return _first(accept + 1, lot, lambda sample: chance_of_acceptance(SamplePlan(lot, sample, accept), bad) <= risk)


def _first(low: int, last: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from `low` on for which something holds that then goes on holding; `last` if none does.

    Numbers are tried near `low` first: the farther ones cost far more. Past `LARGEST` none is tried.
    """
    step = 1
    high = low
    while high < last and not holds(high):
        low, high, step = high + 1, high + step, 2 * step
        if low > LARGEST:
            return last
    high = min(high, last)
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def operating_characteristic(plan: SamplePlan, points: int = 21) -> tuple[OperatingPoint, ...]:
    """Return the chance of acceptance for lots from no faulty piece up to where it is below one in a thousand."""
    last = _hopeless(plan)
    steps = sorted({round(last * at / (points - 1)) for at in range(points)})
    return tuple(OperatingPoint(faulty, chance_of_acceptance(plan, faulty)) for faulty in steps)


def chances_by_share(plan: SamplePlan) -> tuple[OperatingPoint, ...]:
    """Return the chance of acceptance where some shares of a lot are faulty, in whole pieces: a table for people."""
    shares = (0, 1, 2, 5, 10, 15, 20, 30, 40, 50)
    pieces = sorted({-(-plan.lot * share // 100) for share in shares})
    return tuple(OperatingPoint(faulty, chance_of_acceptance(plan, faulty)) for faulty in pieces)


def _hopeless(plan: SamplePlan) -> int:
    """Return the smallest number of faulty pieces with which a lot passes less than once in a thousand times."""
    hopeless = Fraction(1, 1000)
    share = max(1, plan.lot // LARGEST)  # of a very large lot only every so many are tried
    steps = -(-plan.lot // share)
    found = _first(0, steps, lambda at: chance_of_acceptance(plan, min(at * share, plan.lot)) < hopeless)
    return min(found * share, plan.lot)


def chance_of_pooled_acceptance(lots: tuple[tuple[int, int], ...], sample: int, accept: int) -> Fraction:
    """Return the chance that several lots, each (pieces, faulty), all pass as one: what a pooled sample would do."""
    pieces, faulty = sum(lot for lot, _ in lots), sum(bad for _, bad in lots)
    return chance_of_acceptance(SamplePlan(pieces, sample, accept), faulty)
