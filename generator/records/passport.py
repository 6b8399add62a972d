"""Passports, the credentials in them, and the rules by which hubs recognise them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from ..words import Text
from .base import Record


def month_of(day: date) -> date:
    """Return the first day of a month, by which a record names it."""
    return day.replace(day=1)


def surely_until(day: date) -> date:
    """Return the last day of the last month in which something that ends on `day` surely holds."""
    last = calendar.monthrange(day.year, day.month)[1]
    return day if day.day == last else day.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One assessment that a maker chose to publish; of its days, only the months are told."""

    id: str
    issuer: str
    competence: str
    level: int
    assessed_on: date
    basis: str
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport(Record):
    """Published credentials of one maker, under a random id and without a name."""

    record_kind: ClassVar[str] = "passport"
    folder: ClassVar[str] = "passports"
    depth: ClassVar[int] = 1

    consent_on: date
    credentials: tuple[Credential, ...]
    status: str = "active"
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelMap:
    """One of their levels, and what it counts as here."""

    theirs: int
    ours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition(Record):
    """One hub's rule: whose credentials it accepts, for what, at which level, how long."""

    record_kind: ClassVar[str] = "recognition"
    folder: ClassVar[str] = "recognitions"
    depth: ClassVar[int] = 3

    decision: str
    competence: str
    valid_from: date
    demonstration: bool = False
    issuers: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    levels: tuple[LevelMap, ...] = ()
    max_age_days: int | None = None
    excludes: tuple[str, ...] = ()
    condition: Text | None = None
    valid_until: date | None = None

    @property
    def hub(self) -> str:
        """The id of the hub whose rule it is: the rule's folder."""
        return self.id.rpartition("/")[0]
