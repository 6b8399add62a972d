"""When a record was verified, and a day, in; how far its facts can be relied on out."""

from __future__ import annotations

import enum
from datetime import date

from ..records.parts import Verified

DUE_AFTER_MONTHS = 12
STALE_AFTER_MONTHS = 36


class Freshness(enum.StrEnum):
    """Fresh; due to be checked again; stale, to be shown greyed and last; or never verified."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    UNKNOWN = "unknown"


def freshness(verified: Verified | None, today: date) -> Freshness:
    """Return how fresh a verification is on a day, in whole months."""
    if verified is None:
        return Freshness.UNKNOWN
    months = (today.year - verified.on.year) * 12 + today.month - verified.on.month - (today.day < verified.on.day)
    if months >= STALE_AFTER_MONTHS:
        return Freshness.STALE
    return Freshness.DUE if months >= DUE_AFTER_MONTHS else Freshness.FRESH
