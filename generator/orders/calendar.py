"""What is owed in an order, and a time in; a calendar (iCalendar, RFC 5545) of all-day events out."""

from __future__ import annotations

from datetime import datetime, timedelta

import icalendar

from . import debts
from .debts import Debt
from .values import State, Terms

_PRODUCT = "-//Karakana//Orders//EN"


def calendar(terms: Terms, state: State, order: str, stamp: datetime) -> bytes:
    """Return the calendar; `order` is the hash of the order's file, `stamp` the time (UTC) at which it is made.

    An event keeps its UID as long as the same hub owes the same, so a calendar that reads the file again moves it.
    """
    found = icalendar.Calendar()
    found.add("prodid", _PRODUCT)
    found.add("version", "2.0")
    found.add("x-wr-calname", terms.title)
    for one in debts.owed(terms, state):
        if one.by is not None:
            found.add_component(_event(terms, one, order, stamp))
    return bytes(found.to_ical())


def _event(terms: Terms, one: Debt, order: str, stamp: datetime) -> icalendar.Event:
    assert one.by is not None
    event = icalendar.Event()
    subject = "-".join((one.steps[0], one.lot or one.hub, one.hub)).replace("/", "-")
    event.add("uid", f"{order[:32]}-{subject}@karakana")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.by)
    event.add("dtend", one.by + timedelta(days=1))
    event.add("summary", f"{terms.called(one.hub)}: {one.what}")
    lot = f", lot of {one.lot}" if one.lot else ""
    event.add("description", f"{terms.title} ({terms.id}){lot}. Steps: {' or '.join(one.steps)}.")
    event.add("categories", [str(one.role)])
    event.add("transp", "TRANSPARENT")
    return event
