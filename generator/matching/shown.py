"""An answer and the hubs in it in; what every report tells of it, in an order for people, out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..records import Hub
from ..registry import Registry
from ..words import country_name
from .answers import Answer, Explained, Row
from .asked import NOBODY
from .by_process import World
from .judging import fact
from .search import Search
from .values import Check, Result, Verdict
from .wanted import Step, Use, Wish
from .words import VERDICTS, feature, told

_NEAR = 3  # near misses that are told
_ASKED = 2  # values of one fact that are told; how many more there are is said


@dataclass(frozen=True, slots=True)
class Place:
    """A hub's name and where it is, as texts of the registry's language."""

    name: str
    locality: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is told: what is wanted, under which name, the answer, its hubs explained, and remarks on the question.

    `hubs` are those of the answer's rows, in their order; or the one hub that was asked about. `near` are the next
    near misses, and `far` the next hubs that are too far away and lack nothing else, when those rows do not reach them.
    """

    title: str
    answer: Answer
    hubs: tuple[tuple[Place, Explained], ...]
    near: tuple[tuple[Place, Explained], ...] = ()
    far: tuple[tuple[Place, Explained], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is not as it should be: what came of it, in words, and the record and field that say so."""

    result: Result
    text: str
    record: str = ""
    field: str = ""


def report_of(found: Search, title: str, notes: Sequence[str], limit: int) -> Report:
    """Return what is told of a search: its best hubs."""
    answer = found.answer(limit)
    feasible = sum(answer.counts[verdict] for verdict in Verdict if verdict.is_feasible)
    missed = answer.counts[Verdict.ONE_FIX] + answer.counts[Verdict.FIXES]
    reached = feasible + missed
    near, far = (
        tuple(map(found.row, found.ranked[max(first, limit) : first + min(_NEAR, count)].tolist() if count else ()))
        for first, count in ((feasible, missed), (reached, answer.counts[Verdict.TOO_FAR]))
    )
    only_far = (row for row in far if row.tally.failed == 1)
    told_of = _report(found, answer, title, notes)
    return replace(told_of, near=_explained(found, near), far=_explained(found, only_far))


def report_of_one(found: Search, title: str, notes: Sequence[str], hub: str) -> Report:
    """Return what is told of a search and one hub."""
    number = found.matcher.numbers[hub]
    is_asked = bool(found.is_wanted[number])
    rows = (found.row(number),) if found.wish.steps and is_asked else ()
    if not is_asked:
        notes = (*notes, f"`{hub}` is not in question: {'; '.join(_outside(found, number))}")
    return _report(found, replace(found.answer(0), rows=rows), title, notes)


def _outside(found: Search, hub: int) -> Iterator[str]:
    """Yield why a hub is not in question at all."""
    wish, site = found.wish, found.known.site(hub)
    country = found.known.hubs[hub].partition("/")[0]
    if wish.countries and country not in wish.countries:
        yield f"it lies in {country_name(country)}, and another country was asked for"
    if wish.networks and wish.networks.isdisjoint(site.networks):
        yield "it belongs to none of the networks that were asked for"
    if site.is_invented and wish.world is not World.INVENTED:
        yield "it is invented, and is asked only for designs and requests that are invented, too"


def _report(found: Search, answer: Answer, title: str, notes: Sequence[str]) -> Report:
    notes = (*notes, *_undone(found))
    return Report(title=title, answer=answer, hubs=_explained(found, answer.rows), notes=notes)


def _undone(found: Search) -> Iterator[str]:
    """Yield what no hub in question does, nor anything that may stand in for it."""
    undone: dict[str, list[str]] = {}
    for question, asked_for in zip(found.questions, found.of_step, strict=True):
        if not (found.is_wanted & (asked_for.best != NOBODY)).any():
            undone.setdefault(question.step.process, []).append(question.step.id)
    yield from (f"no hub does `{process}` ({', '.join(steps)})" for process, steps in undone.items())


def _explained(found: Search, rows: Iterable[Row]) -> tuple[tuple[Place, Explained], ...]:
    matcher = found.matcher
    return tuple((place_of(matcher.registry, row.hub), found.explained(matcher.numbers[row.hub])) for row in rows)


def place_of(registry: Registry, id: str) -> Place:
    """Return where a hub is, for people."""
    hub = registry.get(Hub, id)
    if hub is None:
        return Place(id, "", "")
    return Place(hub.name.into(registry.language), hub.location.locality, country_name(hub.country))


def reach(report: Report) -> int:
    """Return within how many kilometres all hubs lie that are only too far away."""
    return math.ceil(max((found.row.distance_km or 0 for _, found in report.far), default=0))


def headline(report: Report) -> str:
    """Return what is wanted: how many of what, in how many operations."""
    wish, steps = report.answer.wish, len(report.answer.wish.steps)
    count = f"{wish.quantity:,} × " if wish.quantity > 1 else ""
    return f"{count}{report.title}: {steps} operation{'' if steps == 1 else 's'}"


def terms(wish: Wish) -> Iterator[str]:
    """Yield on which terms it is wanted."""
    if wish.within_km is not None:
        yield f"within {wish.within_km:g} km"
    if wish.near is not None:
        yield f"{'of' if wish.within_km is not None else 'near'} {wish.near[0]:g}, {wish.near[1]:g}"
    if wish.by is not None:
        yield f"by {wish.by.isoformat()}"
    if wish.countries:
        yield "in " + ", ".join(country_name(code) for code in sorted(wish.countries))
    if wish.networks:
        yield "of " + ", ".join(sorted(wish.networks))
    if wish.contract:
        yield f"under {wish.contract}"
    if wish.use is Use.COMMERCIAL:
        yield "for commercial use"
    if wish.languages:
        yield "best in " + ", ".join(sorted(wish.languages))


def counted(answer: Answer) -> str:
    """Return how many hubs came to which verdict, or why none did."""
    wish = answer.wish
    if not wish.steps:
        silent = f"{', '.join(wish.silent) or 'it'} states no operations"
        return f"not matchable: {'none of its operations is understood' if wish.not_understood else silent}"
    counts = answer.counts
    hubs = sum(counts.values())
    found = ", ".join(f"{counts[verdict]:,} {word}" for verdict, word in VERDICTS.items() if counts[verdict])
    return f"{hubs:,} hub{'' if hubs == 1 else 's'}: {found}" if hubs else "no hubs are in question"


def asked(step: Step) -> str:
    """Return what a step asks of a machine."""
    size = str(step.envelope) if step.envelope is not None else ""
    thick = f"{step.thickness_mm:g} mm thick" if step.thickness_mm is not None else ""
    features = (feature(fact(name, value)) for name, value in sorted(step.features.items()))
    levels = (f"{one.competence} {one.level}" for one in step.requires)
    found = (step.process, step.material, step.form, thick, size, step.tolerance, *features, *levels)
    return ", ".join(filter(None, (*found, *step.certifications)))


def lines(found: Explained) -> Iterator[Line]:
    """Yield what is not known and what fails at a hub, fact by fact, what fails first; and what nobody there does."""
    for step, tried in found.steps:
        if not tried:
            yield Line(Result.FAIL, f"nobody there does {step.process} ({step.id})")
    for result in (Result.FAIL, Result.UNKNOWN):
        for checks in found.facts.values():
            worst = [check for check in checks if check.result is result]
            if worst and not (result is Result.UNKNOWN and any(check.result is Result.FAIL for check in checks)):
                yield Line(result, told(_merged(worst)), worst[0].record, worst[0].field)


def _merged(checks: Sequence[Check]) -> Check:
    """Return one check for several about one fact, with what they ask side by side."""
    values = tuple(dict.fromkeys(check.asked for check in checks))
    more = f" and {len(values) - _ASKED} more" if len(values) > _ASKED else ""
    return checks[0]._replace(asked=", ".join(values[:_ASKED]) + more)
