"""A contract template and values in; how often lots with faulty pieces pass its samples, as lines, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..orders import chances
from ..orders.sampling import LARGEST, SamplePlan
from ..records import Contract

_EXAMPLES = (SamplePlan(50, 5, 0), SamplePlan(50, 20, 0))


class _Names(NamedTuple):
    """The parameters with the pieces of each lot, how many are checked, and how many of these may be faulty."""

    lots: str
    samples: str
    accepts: str


def samples_shown(template: Contract, given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the operating characteristic of the samples that the values agree on, or of examples without values."""
    for names in _sampled(template):
        plans = tuple(dict.fromkeys(_plans(*(given.get(name) for name in names))))
        yield ""
        yield f"How often a lot passes ({names.samples}, {names.accepts})" + ("" if plans else ": examples")
        for plan in plans or _EXAMPLES:
            yield f"  {plan.sample} of {plan.lot} pieces checked, up to {plan.accept} faulty"
            yield from chances.table(plan)


def _sampled(template: Contract) -> Iterator[_Names]:
    """Yield the samples of a template: numbers below a sample, which is no more than its lot."""
    by_name = {one.name: one for one in template.parameters}
    for one in template.parameters:
        sample = by_name.get(one.below)
        if sample is not None and sample.at_most:
            yield _Names(sample.at_most, sample.name, one.name)


def _plans(lots: Any, samples: Any, accepts: Any) -> Iterator[SamplePlan]:
    for lot, sample, accept in zip(_numbers(lots), _numbers(samples), _numbers(accepts), strict=False):
        if 0 <= accept < sample <= lot and (sample <= LARGEST or sample == lot):
            yield SamplePlan(lot, sample, accept)


def _numbers(value: Any) -> Sequence[int]:
    """Return whole numbers up to the largest lot of an order, or nothing when the value is anything else."""
    items = value if isinstance(value, list) else [value]
    fits = all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= 10_000_000 for one in items)
    return items if fits else ()
