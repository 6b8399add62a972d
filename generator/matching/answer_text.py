"""What is told of an answer in; lines of at most 80 columns for a terminal out. Text of strangers cannot steer it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..markdown import visible
from .answers import Explained, Tried
from .shown import Line, Place, Report, asked, counted, headline, lines, reach, terms
from .values import Check, Result
from .words import VERDICTS, told

_WIDTH = 80
_REASONS = 6  # of one hub in a list
_MARKS = {Result.PASS: "+", Result.UNKNOWN: "?", Result.FAIL: "!"}
_LEGEND = "+ holds   ? not known: ask   ! does not hold"


def text(report: Report) -> str:
    """Return the best hubs, with what is not known or fails."""
    return _joined(_listed(report))


def text_of_one(report: Report) -> str:
    """Return everything that was checked of one hub."""
    return _joined(_whole(report))


def _joined(found: Iterator[str]) -> str:
    return "\n".join(found) + "\n"


def _listed(report: Report) -> Iterator[str]:
    yield from _head(report)
    answer, shown = report.answer, len(report.hubs)
    for number, (place, found) in enumerate(report.hubs, 1):
        yield from _one(f"{number}.", place, found)
    feasible = sum(count for verdict, count in answer.counts.items() if verdict.is_feasible)
    if feasible > shown:
        yield f"\n… and {feasible - shown:,} more that can make it or are to be asked: --limit {feasible}"
    elif answer.wish.steps and not feasible:
        yield "\nNo hub makes all of it alone." + (
            " `karakana plan` splits an order over several." if len(answer.wish.steps) > 1 else ""
        )
    if report.near:
        yield "\nNear misses, with what would have to change:"
        for place, found in report.near:
            yield from _one("-", place, found)
    if report.far:
        yield f"\nOnly too far away: --within {reach(report)} reaches {'it' if len(report.far) == 1 else 'them'}"
        for place, found in report.far:
            yield from _hub("-", place, found)


def _one(number: str, place: Place, found: Explained) -> Iterator[str]:
    yield ""
    yield from _hub(number, place, found)
    told_of = list(lines(found))
    for line in told_of[:_REASONS]:
        yield from _reason(line)
    if len(told_of) > _REASONS:
        yield f"      … {len(told_of) - _REASONS} more: --explain {found.row.hub}"


def _head(report: Report) -> Iterator[str]:
    yield from _wrapped("", headline(report))
    if found := " ".join(terms(report.answer.wish)):
        yield from _wrapped("", found)
    yield from _wrapped("", counted(report.answer))
    for note in report.notes:
        yield from _wrapped("note: ", note)
    for check in report.answer.checks:
        if check.result is not Result.PASS:
            yield from _wrapped(f"{_MARKS[check.result]} ", f"{check.record}: {told(check)}")


def _hub(number: str, place: Place, found: Explained) -> Iterator[str]:
    row = found.row
    yield from _wrapped(f"{number:<4}", f"{VERDICTS[row.verdict]}: {place.name} ({row.hub})")
    where = ", ".join(filter(None, (place.locality, place.country)))
    away = f"{row.distance_km:,.0f} km" if row.distance_km is not None else ""
    parts = f"{len(found.steps) - row.tally.missing} of {len(found.steps)} operations" if row.tally.missing else ""
    yield from _wrapped("    ", " · ".join(filter(None, (where, away, parts, str(row.tally)))))


def _reason(line: Line) -> Iterator[str]:
    where = f" [{line.record}: {line.field}]" if line.record else ""
    yield from _wrapped(f"    {_MARKS[line.result]} ", line.text + where)


def _whole(report: Report) -> Iterator[str]:
    yield from _head(report)
    for place, found in report.hubs:
        yield ""
        yield from _hub("", place, found)
        if repairs := found.repairs:
            yield f"\nWhat would have to change: {len(repairs)}"
            for record, check in repairs:
                yield from _wrapped("  ! ", f"{told(check)} [{record}: {check.field}]")
        yield f"\n{_LEGEND}"
        yield from _checks("The hub", found.checks)
        for step, tried in found.steps:
            yield from _step(f"{step.id}: {asked(step)}", tried)


def _step(title: str, tried: Sequence[Tried]) -> Iterator[str]:
    if not tried:
        yield from ("", *_wrapped("", title), "  ! nobody there does it")
        return
    yield from _checks(title, tried[0].checks)
    for other in tried[1:]:
        worst = [check for check in other.checks if check.result is not Result.PASS]
        name = other.machine or f"claimed: {other.claimed}"
        yield from _wrapped("  · ", f"also {name}: " + ("; ".join(map(told, worst)) or "as good"))


def _checks(title: str, checks: Sequence[Check]) -> Iterator[str]:
    yield ""
    yield from _wrapped("", title)
    for check in checks:
        yield from _wrapped(f"  {_MARKS[check.result]} ", f"{told(check)} [{check.record}: {check.field}]")


def _wrapped(lead: str, said: str) -> Iterator[str]:
    """Yield lines with a lead before the first one; a word that is too long stands on a line of its own."""
    yield from textwrap.wrap(
        visible(said), _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False,
        break_on_hyphens=False,
    ) or [lead.rstrip()]  # fmt: skip
