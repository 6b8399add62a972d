"""A hub: a makerspace, fab lab, hackerspace, innovation hub, workshop or small manufacturer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ..words import Text
from .base import Record
from .parts import Certification, Contact, Source, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLocation:
    """Where a hub is: degrees of WGS 84, with the precision that the point deserves."""

    locality: str
    region: str = ""
    postcode: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "exact"

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude) in degrees, or None when the record has no coordinates."""
        if self.latitude is None or self.longitude is None:
            return None
        return (self.latitude, self.longitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """What helps or hinders visitors: present, absent, or "" for unknown."""

    step_free_entrance: str = ""
    lift: str = ""
    accessible_toilet: str = ""
    adjustable_benches: str = ""
    hearing_loop: str = ""
    quiet_hours: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Infrastructure:
    """What the building has: present, absent, or "" for unknown."""

    backup_power: str = ""
    ups: str = ""
    road_access: str = ""
    loading_dock: str = ""
    internet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """An account on the forge that may change the hub's records."""

    github: str
    github_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HubKey:
    """An Ed25519 public key (multikey) and the days on which its signatures count."""

    public_key: str
    valid_from: date
    valid_until: date | None = None
    revoked_on: date | None = None
    compromised_since: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Tell whether a signature made on `day` counts."""
        ends = [end for end in (self.revoked_on, self.compromised_since) if end is not None]
        if day < self.valid_from or (self.valid_until is not None and day > self.valid_until):
            return False
        return all(day < end for end in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub(Record):
    """A hub's record (Open Know-Where: manufacturing facility)."""

    record_kind: ClassVar[str] = "hub"
    folder: ClassVar[str] = "hubs"
    depth: ClassVar[int] = 2

    name: Text
    kind: str
    location: HubLocation
    status: str = "active"
    demonstration: bool = False
    summary: Text | None = None
    founded_year: int | None = None
    website: str = ""
    contact: Contact | None = None
    languages: tuple[str, ...] = ()
    hours: str = ""
    access: str = ""
    accessibility: Accessibility | None = None
    services: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    batch: str = ""
    certifications: tuple[Certification, ...] = ()
    infrastructure: Infrastructure | None = None
    floor_m2: float | None = None
    networks: tuple[str, ...] = ()
    business_models: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    stewards: tuple[Steward, ...] = ()
    keys: tuple[HubKey, ...] = ()
    verified: Verified | None = None
    sources: tuple[Source, ...] = ()
    same_as: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether people can use it now: neither planned nor paused nor closed."""
        return self.status == "active"
