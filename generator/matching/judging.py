"""One step and one machine, or a wish and a hub, in; every check that was asked for, with what decided it, out.

Nothing stops at the first failure, so that people see all that is missing. All checks of a step hold on the same
machine; what nobody states is unknown. A list that a record states is taken for whole: what is not on it is refused.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ..registry.taxonomy import Taxonomy
from .capabilities import CLAIM, Skill, Time, Working
from .fit import fits
from .values import SEVERITY, Check, Checks, Result, Subject
from .wanted import Step, Wish

PASS, UNKNOWN, FAIL = Result.PASS, Result.UNKNOWN, Result.FAIL
LOT, LEAST = "lot", "availability.minimum_order_quantity"  # how few pieces a machine takes on: the rule, and its field
# Features of which less is better; of every other number as much as was asked for is needed.
_LESS_IS_BETTER = ("min_", "nozzle_mm", "kerf_mm", "layer_mm", "spot_mm", "resolution_mm")
# Rules of which each thing that is asked for is a fact of its own, and those of which each record is one.
OF_PEOPLE = ("competence", "certification")
_BY_NAME = ("process", "material", "form", *OF_PEOPLE)
_BY_RECORD = ("licence", "operations")
# Forms of which one can often be had, or cut, from the other: worth a question, and no refusal.
_ALIKE = (frozenset({"sheet", "plate", "board"}), frozenset({"bar", "block", "log"}), frozenset({"pellets", "powder"}))


class Degree(enum.IntEnum):
    """How a process that is offered stands to the one that is asked for, the closest first."""

    EXACT = 0
    NARROWER = 1
    BROADER = 2
    SUBSTITUTE = 3


class Link(NamedTuple):
    """A process that may do, how it stands to the one asked for, and on which condition."""

    process: str
    degree: Degree
    condition: str = ""


class Question(NamedTuple):
    """What is asked of a machine: a step, of which wish, and which processes may do for its own, by id."""

    wish: Wish
    step: Step
    links: Mapping[str, Link]
    materials: Taxonomy


def fact_of(check: Check) -> str:
    """Return which fact a check is about: what one change would mend is one, however many steps need it."""
    if check.rule in _BY_NAME:
        return f"{check.rule} {check.asked}"
    if check.rule in _BY_RECORD:
        return f"{check.rule} {check.record}"
    return f"{check.rule} {check.asked.partition(':')[0]}" if check.rule == "features" else check.rule


def judged(asked: Question, skill: Skill) -> Checks:
    """Return every check of a step against a machine, or against a process that a hub claims."""
    found = tuple(check for judge in BY_COLUMN.values() for check in judge(asked, skill))
    return tuple(map(_of_claim, found)) if skill.status == CLAIM else found


def _of_claim(check: Check) -> Check:
    """Return a check of a claimed process: what a machine would tell, nobody knows of a machine that is not named."""
    return check._replace(field="processes", reason="claimed") if check.reason == "silent" else check


def link_of(asked: Question, processes: Iterable[str]) -> Link | None:
    """Return the process of a machine that comes closest to the one asked for; None when none may do."""
    found = [asked.links[process] for process in processes if process in asked.links]
    return min(found, key=lambda link: (link.degree, link.process)) if found else None


def _process(asked: Question, skill: Skill) -> Iterator[Check]:
    link = link_of(asked, skill.processes)
    if link is None:
        yield Check("process", FAIL, skill.subject("processes"), "processes", "other", asked.step.process)
        return
    result = PASS if link.degree in (Degree.EXACT, Degree.NARROWER) else UNKNOWN
    found = f"{link.process} ({link.condition})" if link.condition else link.process
    reason = link.degree.name.lower()
    yield Check("process", result, skill.subject("processes"), "processes", reason, asked.step.process, found)


def _material(asked: Question, skill: Skill) -> Iterator[Check]:
    """Yield the checks of material, form and thickness: those of the one use of the machine that comes closest."""
    step, materials = asked.step, asked.materials
    if step.material or step.form or step.thickness_mm is not None:
        uses = skill.materials or (Working("", "", None, None),)
        found = [tuple(_of_use(step, use, skill, materials)) for use in uses]
        yield from min(found, key=_distance_of)


def _distance_of(checks: Checks) -> tuple[int, ...]:
    """Return how far a use is from what is asked for; of two that come as close, the right material tells more."""
    failed, unknown = (sum(check.result is result for check in checks) for result in (FAIL, UNKNOWN))
    return failed, unknown, *(SEVERITY[check.result] for check in checks)


def _of_use(step: Step, use: Working, skill: Skill, materials: Taxonomy) -> Iterator[Check]:
    subject, field = skill.subject("materials"), "materials"
    if step.material:
        result, reason = stands_to(step.material, use.material, materials)
        yield Check("material", result, subject, field, reason, step.material, use.material)
    if step.form:
        result, reason = takes(step.form, use.form)
        yield Check("form", result, subject, field, reason, step.form, use.form)
    if step.thickness_mm is not None:
        result, reason = _between(step.thickness_mm, use)
        yield Check("thickness", result, subject, field, reason, _mm(step.thickness_mm), _limits(use))


def stands_to(asked: str, found: str, terms: Taxonomy) -> tuple[Result, str]:
    """Return whether a material does for the one that is asked for, and how they stand to each other."""
    if not found:
        return UNKNOWN, "silent"
    if asked == found:
        return PASS, "exact"
    if found in terms.narrower(asked):
        return PASS, "narrower"
    return (UNKNOWN, "broader") if found in terms.broader(asked) else (FAIL, "other")


def takes(asked: str, found: str) -> tuple[Result, str]:
    """Return whether the form in which a machine takes a material does for the one that is asked for, and why."""
    if not found:
        return UNKNOWN, "silent"
    if asked == found:
        return PASS, "exact"
    is_near = "other" in (asked, found) or any({asked, found} <= alike for alike in _ALIKE)
    return (UNKNOWN, "near") if is_near else (FAIL, "other")


def _limits(use: Working) -> str:
    if use.most_mm is None:
        return "" if use.least_mm is None else f"≥ {_mm(use.least_mm)}"
    return f"{use.least_mm:g}–{_mm(use.most_mm)}" if use.least_mm else f"≤ {_mm(use.most_mm)}"


def _between(thickness: float, use: Working) -> tuple[Result, str]:
    if use.most_mm is not None and thickness > use.most_mm:
        return FAIL, "too-thick"
    if use.least_mm is not None and thickness < use.least_mm:
        return FAIL, "too-thin"
    return (PASS, "enough") if use.most_mm is not None else (UNKNOWN, "silent")


def _envelope(question: Question, skill: Skill) -> Iterator[Check]:
    step = question.step
    if step.envelope is None:
        return
    subject, room, asked = skill.subject("envelope_mm"), skill.envelope, str(step.envelope)
    if room is None:
        yield Check("envelope", UNKNOWN, subject, "envelope_mm", "silent", asked)
        return
    does = fits(step.envelope, room, may_rotate=step.may_rotate)
    reason = "enough" if does else "too-small"
    yield Check("envelope", PASS if does else FAIL, subject, "envelope_mm", reason, asked, str(room))


def _tolerance(question: Question, skill: Skill) -> Iterator[Check]:
    if question.step.tolerance:
        yield _held(question.step, skill)


def _held(step: Step, skill: Skill) -> Check:
    subject, asked, held = skill.subject("tolerance_mm"), step.tolerance, skill.tolerance_mm
    found = f"± {_mm(held)}" if held is not None else ""
    if step.tolerance_mm is None:
        return Check("tolerance", UNKNOWN, Subject.DESIGN, "tolerance", "no-number", asked, found)
    asked = asked if asked.startswith("±") else f"{asked} (± {_mm(step.tolerance_mm)})"
    if held is None:
        return Check("tolerance", UNKNOWN, subject, "tolerance_mm", "silent", asked)
    does = held <= step.tolerance_mm
    reason = "enough" if does else "too-coarse"
    return Check("tolerance", PASS if does else FAIL, subject, "tolerance_mm", reason, asked, found)


def _features(question: Question, skill: Skill) -> Iterator[Check]:
    for name, asked in sorted(question.step.features.items()):
        found, subject = skill.features.get(name), skill.subject(f"features.{name}")
        if found is None:
            yield Check("features", UNKNOWN, subject, f"features.{name}", "silent", fact(name, asked))
            continue
        does = satisfies(name, asked, found)
        reason = "enough" if does else "other"
        result = PASS if does else FAIL
        yield Check("features", result, subject, f"features.{name}", reason, fact(name, asked), fact(name, found))


def satisfies(name: str, asked: str | float | bool, found: str | float | bool) -> bool:
    """Tell whether a feature does for the one that is asked for: of most numbers as much, of some as little."""
    if isinstance(asked, (str, bool)) or isinstance(found, (str, bool)):
        return str(asked).casefold() == str(found).casefold()
    return found <= asked if name.startswith(_LESS_IS_BETTER) else found >= asked


def fact(name: str, value: str | float | bool) -> str:
    """Return a feature as checks name it, whoever has it: `nozzle_mm: 0.4`."""
    shown = str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else f"{value:g}"
    return f"{name}: {shown}"


def _mm(value: float | None) -> str:
    return f"{value or 0:g} mm"


def _status(question: Question, skill: Skill) -> Iterator[Check]:
    del question
    if skill.status != CLAIM:  # of a claim nobody says with which machine
        result = {"working": PASS, "limited": UNKNOWN}.get(skill.status, FAIL)
        yield Check("status", result, Subject.MACHINE, "status", skill.status, "working", skill.status)


def _time(question: Question, skill: Skill) -> Iterator[Check]:
    yield from _lot(question, skill)
    yield from _capacity(question, skill)


def _lot(question: Question, skill: Skill) -> Iterator[Check]:
    """Yield whether the pieces of a step are as many as a machine takes on, where it does not take on any number.

    One is what is asked when nobody says how many, so that it is a question then.
    """
    pieces, least = question.wish.pieces(question.step), skill.time.least
    if least > 1:
        few = (UNKNOWN, "not-one") if question.wish.quantity == 1 else (FAIL, "too-few")
        result, reason = (PASS, "enough") if pieces >= least else few
        yield Check(LOT, result, Subject.MACHINE, LEAST, reason, str(pieces), str(least))


def _capacity(question: Question, skill: Skill) -> Iterator[Check]:
    """Yield whether a machine makes the pieces by the last day; with no such day there is nothing to ask."""
    wish, pieces = question.wish, question.wish.pieces(question.step)
    if wish.by is None:
        return
    asked, lead, needed = f"{pieces} in {max(0, wish.days)} days", skill.time.lead_days, days_for(skill.time, pieces)
    making = days_for(skill.time._replace(lead_days=lead or 0), pieces)
    if lead is not None and lead > wish.days:
        found = f"it starts after {lead} days"
        yield Check("capacity", FAIL, Subject.MACHINE, "availability.lead_days", "too-late", asked, found)
    elif making is not None and making > wish.days:
        yield Check("capacity", FAIL, skill.subject("throughput"), "throughput", "too-slow", asked, f"{making} days")
    elif needed is not None:
        yield Check("capacity", PASS, skill.subject("throughput"), "throughput", "enough", asked, f"{needed} days")
    elif making is not None:
        yield Check("capacity", UNKNOWN, Subject.MACHINE, "availability.lead_days", "silent", asked)
    else:
        yield Check("capacity", UNKNOWN, skill.subject("throughput"), "throughput", "silent", asked)


def days_for(time: Time, pieces: int) -> int | None:
    """Return how many days an order of so many pieces takes a machine from the start; None when nobody knows."""
    if time.pieces_per_week is None or time.lead_days is None:
        return None
    return time.lead_days + math.ceil(pieces / time.pieces_per_week * 7 - 1e-9)


def made_within(time: Time, days: int) -> int:
    """Return how many pieces a machine makes for certain until so many days from the order; 0 when nobody knows."""
    if time.pieces_per_week is None or time.lead_days is None:
        return 0
    return max(0, math.floor((days - time.lead_days) * time.pieces_per_week / 7 + 1e-9))


# What each column of a machine decides.
BY_COLUMN: Mapping[str, Callable[[Question, Skill], Iterator[Check]]] = {
    "processes": _process, "materials": _material, "envelope": _envelope, "tolerance_mm": _tolerance,
    "features": _features, "status": _status, "time": _time,
}  # fmt: skip
