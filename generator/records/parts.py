"""Parts that records of several kinds are made of: contacts, sources, requirements, verification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..words import Text

Features = Mapping[str, str | float | bool]
Aliases = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach an organisation: roles, never a person."""

    email: str = ""
    phone: str = ""
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """When and how the facts of a record were last verified: imported, self, call or visit."""

    on: date
    how: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts were taken from. `licence` is SPDX; `retrieved` a year, month or day."""

    name: str
    url: str = ""
    licence: str = ""
    retrieved: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """The same thing elsewhere, with the label that was seen there."""

    url: str
    label: str
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code in a standard or list, such as DIN 8580 or TSDC."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """A certification, who gave it and the last day it holds."""

    scheme: str
    by: str = ""
    valid_until: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A competence and the lowest level that is enough."""

    competence: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A decimal amount, as text, and its ISO 4217 currency."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialUse:
    """A material that is worked, in which form, and its thickness in millimetres."""

    material: str
    form: str = ""
    min_thickness_mm: float | None = None
    max_thickness_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """How many of what are made in an hour, day or week."""

    quantity: float
    per: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a competence; 1 is the lowest."""

    level: int
    name: Text
    description: Text | None = None
