"""Machines that stand at hubs, and the models from which they inherit facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ..units import Envelope
from .base import Record
from .parts import Certification, Features, MaterialUse, Requirement, Source, Throughput, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When a machine can be used: hours in a week, days from an order to its start, and how few pieces are too few."""

    hours_per_week: float | None = None
    lead_days: int | None = None
    minimum_order_quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What using a machine costs: a decimal amount as text, its ISO 4217 currency, and for what."""

    amount: str
    currency: str
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Record):
    """A model of machine: what every one of them has in common. Lengths in millimetres, power in watts."""

    record_kind: ClassVar[str] = "model"
    folder: ClassVar[str] = "models"
    depth: ClassVar[int] = 2

    name: str
    brand: str
    aliases: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    envelope_mm: Envelope | None = None
    tolerance_mm: float | None = None
    materials: tuple[MaterialUse, ...] = ()
    power_w: float | None = None
    features: Features = field(default_factory=dict)
    throughput: Throughput | None = None
    url: str = ""
    sources: tuple[Source, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Brand and model; a name that already begins with the brand is not doubled."""
        return self.name if self.name.casefold().startswith(self.brand.casefold()) else f"{self.brand} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine(Record):
    """One machine, or several of the same, as its file says it. `Registry.complete` adds the model's facts."""

    record_kind: ClassVar[str] = "machine"
    folder: ClassVar[str] = "machines"
    depth: ClassVar[int] = 3

    name: str = ""
    model: str = ""
    processes: tuple[str, ...] = ()
    envelope_mm: Envelope | None = None
    tolerance_mm: float | None = None
    materials: tuple[MaterialUse, ...] = ()
    power_w: float | None = None
    features: Features = field(default_factory=dict)
    throughput: Throughput | None = None
    quantity: int = 1
    status: str = "working"
    demonstration: bool = False
    availability: Availability | None = None
    use: str = ""
    requires: tuple[Requirement, ...] = ()
    rate: Rate | None = None
    certifications: tuple[Certification, ...] = ()
    verified: Verified | None = None
    sources: tuple[Source, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def hub(self) -> str:
        """The id of the hub at which it stands: the machine's folder."""
        return self.id.rpartition("/")[0]

    @property
    def is_usable(self) -> bool:
        """Whether it works, if only in part."""
        return self.status != "broken"
