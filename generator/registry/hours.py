"""Opening hours as OpenStreetMap writes them in; the week they mean, in minutes, out. The only home of their parser."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import opening_hours

DAY = 24 * 60  # minutes
CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_QUOTED = re.compile(r'"[^"]*"')
# What is the same in every week of the year. Seasons, dates, sunsets and open ends are not.
_WEEKLY = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed|open|unknown|24/7|\d?\d:\d\d|[-,;\s])+", re.IGNORECASE)
_RULES = re.compile(r'(?:"[^"]*"|[^;"])+')
_OFF = re.compile(r"\b(?:off|closed)\b", re.IGNORECASE)
_HOLIDAYS = re.compile(r"\bPH\b", re.IGNORECASE)
_MONDAY = datetime(2024, 1, 8)
_HOLIDAY = (datetime(2024, 5, 1), "FR")  # a Wednesday: what holds on it in France holds on any public holiday


class Span(NamedTuple):
    """Minutes from a day's midnight; `end` is beyond 1440 after the next. `is_sure` unless something is to be asked."""

    start: int
    end: int
    comment: str = ""
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """The spans of seven days, Monday first; no days when the hours differ between weeks or cannot be read.

    `holidays` are the spans of public holidays, when `names_holidays`: without them it is closed then.
    """

    days: tuple[tuple[Span, ...], ...] = ()
    names_holidays: bool = False
    holidays: tuple[Span, ...] = ()

    def groups(self) -> tuple[tuple[int, int, tuple[Span, ...]], ...]:
        """Return (first day, last day, spans) of days in a row that are the same."""
        found: list[tuple[int, int, tuple[Span, ...]]] = []
        for day, spans in enumerate(self.days):
            if found and found[-1][2] == spans:
                found[-1] = (found[-1][0], day, spans)
            else:
                found.append((day, day, spans))
        return tuple(found)

    def minutes(self) -> tuple[tuple[int, int], ...]:
        """Return when it is surely open, in minutes from Monday's midnight; the end may lie in the next week."""
        found: list[tuple[int, int]] = []
        for day, spans in enumerate(self.days):
            for span in spans:
                start, end = day * DAY + span.start, day * DAY + span.end
                if found and found[-1][1] >= start and span.is_sure:
                    found[-1] = (found[-1][0], max(end, found[-1][1]))
                elif span.is_sure:
                    found.append((start, end))
        return tuple(found)


def is_readable(hours: str) -> bool:
    """Tell whether hours are in the syntax."""
    return bool(opening_hours.validate(hours))


@functools.cache
def week(hours: str) -> Week:
    """Return the week that hours mean, without public holidays, and what they say of these."""
    written = _QUOTED.sub(" ", hours)
    if not (_WEEKLY.fullmatch(written) and is_readable(hours)):
        return Week()
    days: list[tuple[Span, ...]] = [()] * len(CODES)
    for rule in _RULES.findall(hours):
        for number, spans in _days(rule.strip()).items():
            days[number] = spans
    if not _HOLIDAYS.search(written):
        return Week(tuple(days))
    day, country = _HOLIDAY
    holidays = tuple(span for _, span in _spans(hours, day, day + timedelta(days=1), country))
    return Week(tuple(days), True, holidays)


def _days(rule: str) -> dict[int, tuple[Span, ...]]:
    """Return the spans of each day that one rule is about; none for the days of a rule that says `off`.

    Rules are read one by one: the parser (2.1) forgets what Friday has after midnight when Saturday has a rule.
    """
    is_off = _OFF.search(rule) is not None and not any(char.isdigit() for char in rule)
    text = _OFF.sub("", rule).strip() or "24/7" if is_off else rule
    found: dict[int, tuple[Span, ...]] = {}
    for start, span in _spans(text, _MONDAY - timedelta(days=1), _MONDAY + timedelta(days=9)) if text else ():
        number = (start - _MONDAY).days
        if 0 <= number < len(CODES):
            found[number] = () if is_off else (*found.get(number, ()), span)
    return found


def _spans(hours: str, start: datetime, end: datetime, country: str = "") -> Iterator[tuple[datetime, Span]]:
    """Yield (midnight of its day, span) of what is not closed, cut at midnights except for what ends before noon."""
    parsed = opening_hours.OpeningHours(hours, country=country or None, auto_country=False, auto_timezone=False)
    for since, until, state, comment in parsed.intervals(start, end):
        is_sure = state == opening_hours.State.OPEN and not comment
        begin = until if state == opening_hours.State.CLOSED else since
        while begin < until:
            midnight = begin.replace(hour=0, minute=0)
            following = midnight + timedelta(days=1)
            whole = begin == midnight or until - following > timedelta(hours=12)
            stop = min(until, following) if whole else until
            yield midnight, Span(_minutes(begin - midnight), _minutes(stop - midnight), comment, is_sure)
            begin = stop


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
