"""A remark on a plan, as a code with values, in; an English sentence out: the one place that turns it into words.

The site's strings have the same codes as keys: `plan.remark.<code>`; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Value = str | int | float

# What stands in the way, then how the plan was found and what to keep in mind.
WORDS: Mapping[str, str] = {
    "no-operations": "{design} states no operations: nobody can say how it is made",
    "not-understood": "{design} has words that are not understood here: {words}; so nobody can say that all is planned",
    "licence": "the licence {licence} of {design} does not allow commercial use",
    "past": "its last day, {day}, is past on {start}",
    "too-many-hubs": "it takes {hubs} hubs, and at most {most} are wanted",
    "fewest": "no fewer hubs would do",
    "fewest-whole": "with each operation at one hub, no fewer hubs would do",
    "step-by-step": "chosen step by step: perhaps {times:g} times as many hubs as needed; it takes {fewest} or more",
    "instead": "without {without}: {instead} instead; what the others do stays as it was",
    "nobody-instead": "without {without}: nobody instead; what the others do stays as it was",
    "gone": "{hub} can no longer do what it had of {step} in the earlier plan: {why}",
    "alone": "{hub} might do all of it by itself, if it has the time: nobody states how much it makes",
    "no-place": "no place is given: the hubs may be far from each other",
    "shared": "{hubs} hubs share {step}",
    "in-proportion": "{hubs} hubs share {step}, in proportion to what each makes in time",
    "small-lot": "{hub} gets {pieces} pieces of {step}, fewer than the smallest lot of {lot}",
    "small-order": "{hub} gets {pieces} pieces of {step}, and takes on {least} or more: ask",
    "no-travel-days": "days on the way are not counted",
}
HOW_FOUND = frozenset({"fewest", "fewest-whole", "step-by-step"})  # what a summary of the plan says already


class Remark(NamedTuple):
    """What is to be said of a plan: which remark, and its values by name: ids, dates as ISO 8601 has them, numbers."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()


def remark(code: str, **values: Value) -> Remark:
    """Return a remark with its values."""
    return Remark(code, tuple(values.items()))


def told(one: Remark) -> str:
    """Return what a remark says."""
    return WORDS[one.code].format(**dict(one.values))
