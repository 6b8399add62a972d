"""What is told of an answer in; Markdown for a comment or a file out, in which text of strangers is only text."""

from __future__ import annotations

from collections.abc import Iterator

from ..markdown import code, cut, escaped, sentence
from .answers import Explained
from .shown import Line, Place, Report, asked, counted, headline, lines, reach, terms
from .values import Check, Result
from .words import VERDICTS, told

_WORDS = {Result.PASS: "holds", Result.UNKNOWN: "ask", Result.FAIL: "does not hold"}


def markdown(report: Report) -> str:
    """Return the best hubs in a table, and for each what is not known or fails."""
    return cut("\n".join((*_head(report), *_table(report), *_reasons(report), *_near(report))) + "\n")


def markdown_of_one(report: Report) -> str:
    """Return everything that was checked of one hub."""
    return cut("\n".join((*_head(report), *_table(report), *_whole(report))) + "\n")


def _head(report: Report) -> Iterator[str]:
    yield f"### {escaped(headline(report))}\n"
    if found := " ".join(terms(report.answer.wish)):
        yield f"{escaped(found)}\n"
    yield f"**{escaped(counted(report.answer))}**\n"
    remarks = [*report.notes, *(f"{one.record}: {told(one)}" for one in report.answer.checks if one.result != "pass")]
    if remarks:
        yield from (f"- {sentence(remark)}" for remark in remarks)
        yield ""


def _table(report: Report) -> Iterator[str]:
    if not report.hubs:
        return
    yield "| | Verdict | Hub | Where | Distance | Checked |"
    yield "|--:|---|---|---|--:|---|"
    for number, (place, found) in enumerate(report.hubs, 1):
        row = found.row
        away = f"{row.distance_km:,.0f} km" if row.distance_km is not None else ""
        yield (
            f"| {number} | {VERDICTS[row.verdict]} | {code(place.name)} {code(row.hub)} | {_where(place)} | {away} "
            f"| {row.tally} |"
        )
    yield ""


def _where(place: Place) -> str:
    return ", ".join([code(place.locality)] * bool(place.locality) + [escaped(place.country)] * bool(place.country))


def _reasons(report: Report) -> Iterator[str]:
    for number, (_, found) in enumerate(report.hubs, 1):
        told_of = list(lines(found))
        if told_of:
            yield f"{number}. {code(found.row.hub)}"
            yield from (f"    - {_line(line)}" for line in told_of)


def _near(report: Report) -> Iterator[str]:
    if report.near:
        yield "\nNear misses, with what would have to change:\n"
    for place, found in report.near:
        yield f"- {code(place.name)} {code(found.row.hub)}: {found.row.tally}"
        yield from (f"    - {_line(line)}" for line in lines(found))
    if report.far:
        yield f"\nOnly too far away; a search within {reach(report):,} km reaches them:\n"
    for place, found in report.far:
        yield f"- {code(place.name)} {code(found.row.hub)}: {found.row.distance_km or 0:,.0f} km"


def _line(line: Line) -> str:
    where = f" ({code(line.record)}, {code(line.field)})" if line.record else ""
    return f"{_WORDS[line.result]}: {escaped(line.text)}{where}"


def _whole(report: Report) -> Iterator[str]:
    for _, found in report.hubs:
        if repairs := found.repairs:
            yield f"What would have to change: {len(repairs)}\n"
            yield from (f"- {escaped(told(one))} ({code(record)}, {code(one.field)})" for record, one in repairs)
            yield ""
        yield from _checks(found)


def _checks(found: Explained) -> Iterator[str]:
    yield "| Of | Result | What | Record | Field |"
    yield "|---|---|---|---|---|"
    yield from (_cells("the hub", check) for check in found.checks)
    for step, tried in found.steps:
        name = f"{step.id}: {asked(step)}"
        yield from (_cells(name, check) for check in (tried[0].checks if tried else ()))
        if not tried:
            yield f"| {code(name)} | {_WORDS[Result.FAIL]} | nobody there does it | | |"


def _cells(name: str, check: Check) -> str:
    return (
        f"| {code(name)} | {_WORDS[check.result]} | {escaped(told(check))} | {code(check.record)} "
        f"| {code(check.field)} |"
    )
