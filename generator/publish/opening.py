"""A hub's opening hours in; the section that says them in words, and what schema.org wants, out."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..records import Hub
from ..registry import hours
from ..registry.hours import CODES, DAY, Span, Week
from ..words import time_zone, weekday
from .edition import Edition
from .page import Fact, Item, Section


def opening(edition: Edition, record: Hub) -> Section:
    """Return when a hub is open; nothing for one that is closed for good."""
    strings, title = edition.strings, edition.strings("fact.hours")
    if not record.hours or record.status == "closed":
        return Section(title)
    found = hours.week(record.hours)
    if not any(found.days):
        return Section(title, id="hours", facts=(Fact(strings("hours.written"), (Item(record.hours),)),))
    zone = time_zone(record.country)
    note = strings("hours.local") if not zone else strings("hours.zone", country=strings.country(record.country))
    return Section(
        title,
        id="hours",
        data=_data(edition, found, zone) if zone and record.is_open else (),
        facts=_rows(edition, found),
        links=(Item(note),),
    )


def schema_hours(text: str) -> list[str]:
    """Return hours as https://schema.org/openingHours has them; nothing for what differs between weeks."""
    return [
        f"{'-'.join(dict.fromkeys((CODES[first], CODES[last])))} "
        f"{_clock(span.start)}-{'23:59' if span.end == DAY else _clock(span.end)}"
        for first, last, spans in hours.week(text).groups()
        for span in spans
        if span.is_sure
    ]


def _data(edition: Edition, found: Week, zone: str) -> tuple[tuple[str, str], ...]:
    """Return what the app needs to tell whether it is open now; nothing when that cannot be told."""
    minutes = found.minutes()
    if not minutes:
        return ()
    return (("zone", zone), ("week", " ".join(f"{start}-{end}" for start, end in minutes)), *_words(edition))


@functools.cache
def _words(edition: Edition) -> tuple[tuple[str, str], ...]:
    keys = ("open", "always", "today", "tomorrow", "later")
    return tuple((key, edition.strings(f"now.{key}")) for key in keys)


@functools.cache
def _rows(edition: Edition, found: Week) -> tuple[Fact, ...]:
    strings = edition.strings
    rows = [Fact(_days(edition, first, last), (Item(_spans(edition, spans)),)) for first, last, spans in found.groups()]
    if found.names_holidays:
        rows.append(Fact(strings("hours.holidays"), (Item(_spans(edition, found.holidays)),)))
    return tuple(rows)


def _days(edition: Edition, first: int, last: int) -> str:
    """Return the names of days in a row, such as: Monday to Friday."""
    strings, language = edition.strings, edition.language
    if (first, last) == (0, len(CODES) - 1):
        return strings("hours.daily")
    names = _capital(weekday(first, language)), weekday(last, language)
    return names[0] if first == last else strings("hours.days", first=names[0], last=names[1])


def _spans(edition: Edition, spans: Sequence[Span]) -> str:
    return edition.strings.joined(_span(edition, span) for span in spans) if spans else edition.strings("hours.closed")


def _span(edition: Edition, span: Span) -> str:
    strings = edition.strings
    if (span.start, span.end) == (0, DAY):
        times = strings("hours.whole") if span.is_sure else ""
    else:
        times = f"{_clock(span.start)}–{_clock(span.end)}"
    note = span.comment or ("" if span.is_sure else strings("hours.ask"))
    return f"{times} ({note})" if times and note else times or note


def _clock(minutes: int) -> str:
    """Return minutes from midnight as a time of day; the end of a day is 24:00."""
    of_day = minutes if minutes <= DAY else minutes - DAY
    return f"{of_day // 60:02}:{of_day % 60:02}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
