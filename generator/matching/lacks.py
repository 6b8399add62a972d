"""A question in; what a machine or hub can lack for it, and whether mending one lack mends another, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..registry.taxonomy import Taxonomy
from ..units import Envelope
from .capabilities import Crew, Site, Skill, Time
from .fit import fits
from .judging import Question, fact_of, judged, satisfies
from .operators import NOWHERE, STAFF_ONLY
from .sites import judged_site, people_of
from .values import Check
from .wanted import Step, Wish

MACHINE = "process"  # the rule of a lack that only a machine more mends
_BEYOND = frozenset({"distance"})  # nobody moves a hub
_EVERYTHING = 1 << 60  # pieces; more than anybody wants


class Lack(NamedTuple):
    """What is asked for and may be missing: which fact, by which rule, in which field, for which process, how much.

    `asked` is as people read it. The process is "" for what a hub says of itself. `value` is None where nobody can
    mend it but the design itself.
    """

    fact: str
    rule: str
    field: str
    process: str
    asked: str
    value: Envelope | float | str | bool | None

    @property
    def kind(self) -> tuple[str, str]:
        """Which fact of which process it is, however much of it is asked for."""
        return self.process, self.fact

    @property
    def can_be_mended(self) -> bool:
        """Whether a hub can do anything about it."""
        return self.value is not None and self.rule not in _BEYOND


def missing(process: str) -> Lack:
    """Return the lack of any machine for a process."""
    return Lack(MACHINE, MACHINE, "processes", process, process, process)


def of_step(question: Question) -> Mapping[str, Lack]:
    """Return for each fact that a step asks of a machine and its people what it would be to lack it."""
    step = question.step
    checks = judged(question, Skill(processes=(step.process,), time=Time(least=_EVERYTHING)))
    found = {fact_of(check): _lack(check, step.process, _value(step, check)) for check in checks}
    people = people_of(question, NOWHERE, Site(), Crew(), STAFF_ONLY)
    return found | {fact_of(check): _lack(check, step.process, check.asked) for check in people}


def of_site(wish: Wish) -> Mapping[str, Lack]:
    """Return for each fact that a wish asks of a hub itself what it would be to lack it."""
    return {fact_of(check): _lack(check, "", check.asked) for check in judged_site(wish, Site())}


def _lack(check: Check, process: str, value: Envelope | float | str | bool | None) -> Lack:
    return Lack(fact_of(check), check.rule, check.field, process, check.asked, value)


def _value(step: Step, check: Check) -> Envelope | float | str | bool | None:
    if check.rule == "features":
        return step.features[check.field.partition(".")[2]]
    if check.rule == "tolerance":
        return step.tolerance_mm
    return _lying(step) if check.rule == "envelope" else check.asked


def _lying(step: Step) -> Envelope | None:
    """Return the envelope of a step; when it may rotate, its sides in order, so that two of them can be compared."""
    asked = step.envelope
    if asked is None or not (asked.sides and step.may_rotate):
        return asked
    return Envelope(sides=tuple(sorted(asked.sides, reverse=True)))


def is_about(lack: Lack, check: Check) -> bool:
    """Tell whether a check asks for what may be lacking."""
    return (fact_of(check), check.asked) == (lack.fact, lack.asked)


def mends(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    """Tell whether whoever mends one lack has mended the other too, on the same machine or for the same process."""
    if one.fact != other.fact:
        return False
    return one.value == other.value or _MENDS.get(one.rule, _never)(one, other, terms)


def exceeds(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    """Tell whether to mend one lack is more than to mend another; of two that come to the same, the first one stays."""
    return mends(one, other, terms) and (not mends(other, one, terms) or other[:5] < one[:5])


def _never(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    del one, other, terms
    return False


def _is_narrower(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    return one.value in terms.narrower(other.asked)


def _is_larger(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    del terms
    room, piece = one.value, other.value
    return isinstance(room, Envelope) and isinstance(piece, Envelope) and fits(piece, room, may_rotate=False)


def _is_finer(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    del terms
    fine, coarse = one.value, other.value
    return isinstance(fine, float) and isinstance(coarse, float) and fine <= coarse


def _is_better(one: Lack, other: Lack, terms: Taxonomy) -> bool:
    del terms
    better, asked = one.value, other.value
    if isinstance(better, Envelope) or isinstance(asked, Envelope) or better is None or asked is None:
        return False
    return satisfies(one.field.partition(".")[2], asked, better)


_MENDS: Mapping[str, Callable[[Lack, Lack, Taxonomy], bool]] = {
    MACHINE: _is_narrower, "envelope": _is_larger, "tolerance": _is_finer, "features": _is_better,
}  # fmt: skip
