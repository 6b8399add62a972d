"""Designs that can be made, and public requests for a number of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ..units import Envelope
from ..words import Text
from .base import Record
from .parts import Contact, Features, Money, Requirement, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Licences:
    """SPDX expressions for the three things that a design consists of."""

    hardware: str = ""
    documentation: str = ""
    software: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of one unit: made, bought, or a design of its own."""

    id: str
    source: str
    name: str = ""
    quantity: int = 1
    design: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How exact: millimetres plus or minus, a class of ISO 2768-1, or a grade of ISO 286-1."""

    mm: float | None = None
    iso2768: str = ""
    iso286: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of making: what is done to which part, of what, how large, how exact, by whom."""

    id: str
    process: str
    part: str = ""
    material: str = ""
    form: str = ""
    envelope_mm: Envelope | None = None
    may_rotate: bool = True
    thickness_mm: float | None = None
    tolerance: Tolerance | None = None
    features: Features = field(default_factory=dict)
    quantity_per_unit: int = 1
    requires: tuple[Requirement, ...] = ()
    certifications: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Design(Record):
    """Something that can be made (Open Know-How manifest and operations)."""

    record_kind: ClassVar[str] = "design"
    folder: ClassVar[str] = "designs"
    depth: ClassVar[int] = 1

    name: Text
    licence: Licences
    version: str = ""
    demonstration: bool = False
    function: Text | None = None
    repository: str = ""
    documentation: str = ""
    manifest: str = ""
    parts: tuple[Part, ...] = ()
    operations: tuple[Operation, ...] = ()
    sources: tuple[Source, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where something is wanted."""

    country: str
    locality: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Record):
    """A public call: so many of a design, by a date, to a place."""

    record_kind: ClassVar[str] = "request"
    folder: ClassVar[str] = "requests"
    depth: ClassVar[int] = 1

    design: str
    quantity: int
    posted_on: date
    needed_by: date
    place: Destination
    status: str = "open"
    demonstration: bool = False
    summary: Text | None = None
    by: str = ""
    contact: Contact | None = None
    within_km: float | None = None
    budget: Money | None = None
    contract: str = ""
