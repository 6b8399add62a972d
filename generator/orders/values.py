"""What an order is: its terms as they were agreed, and where it stands after some steps. Plain frozen values."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .quality import Characteristic

Details = Mapping[str, Any]


class Role(enum.StrEnum):
    """What a party is in an order."""

    INITIATOR = "initiator"
    MANUFACTURER = "manufacturer"
    INSPECTOR = "inspector"
    RECIPIENT = "recipient"
    PAYER = "payer"


class Phase(enum.StrEnum):
    """Where the order as a whole stands."""

    DRAFT = "draft"
    OFFERED = "offered"
    SIGNED = "signed"
    DISPUTED = "disputed"
    CLOSED = "closed"


class Making(enum.StrEnum):
    """Where one manufacturer's lot stands."""

    WAITING = "waiting"
    DUE = "prototype due"
    SUBMITTED = "prototype submitted"
    INSPECTED = "prototype inspected"
    REWORK = "prototype to be reworked"
    RELEASED = "released"
    DELIVERED = "delivered"
    CHECKED = "lot inspected"
    REPAIR = "lot to be reworked"
    ACCEPTED = "accepted"
    PAID = "paid"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Share:
    """What one manufacturer makes, and its part of the price as a decimal number ("" when not given).

    `instalments` are (milestone of the contract, amount), together the price.
    """

    hub: str
    quantity: int
    price: str = ""
    instalments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How many days each party has from the step before."""

    agree: int = 14
    inspect: int = 7
    rework: int = 14
    accept: int = 7
    pay: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An order's file: who makes how many of what for whom, checked how, by when."""

    id: str
    title: str
    quantity: int
    initiator: str
    inspector: str
    recipient: str
    payer: str
    shares: tuple[Share, ...]
    prototype_due: date
    delivery_due: date
    design: str = ""
    currency: str = ""
    sign_by: date | None = None
    days: Days = field(default_factory=Days)
    rework_rounds: int = 1
    characteristics: tuple[Characteristic, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of parties without a hub, by did:key:…
    manifest: str = ""  # the file of the contract's manifest, inside the order's folder
    manifest_sha256: str = ""  # of its canonical bytes without proofs
    plan: str = ""
    plan_sha256: str = ""

    @property
    def parties(self) -> tuple[str, ...]:
        """Every hub that takes part, once, in the order of their roles."""
        makers = tuple(share.hub for share in self.shares)
        return tuple(dict.fromkeys((self.initiator, *makers, self.inspector, self.recipient, self.payer)))

    def called(self, party: str) -> str:
        """Return what a party is called: a hub by its id, who has none by its name and the beginning of its key."""
        return f"{self.names[party]} ({party[:20]}…)" if party in self.names else party


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One manufacturer's lot: how many pieces, and how far it is."""

    hub: str
    quantity: int
    making: Making = Making.WAITING
    offered: int = 0  # the quantity that a new division gives it, until it agrees; 0 for none
    share: tuple[Share, ...] = ()  # of the last contract of a new division; () where that of the terms counts
    proposed: tuple[Share, ...] = ()  # of the contract of the new division, until it agrees
    delivered: int = 0  # of a delivery in parts, the pieces that were handed over already
    rounds: int = 0  # how often it was sent back
    passed: bool = False  # what the last inspection found
    since: str = ""  # the time of its last step


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What two parties do not agree on, and who has said how it is settled."""

    by: str
    against: str
    reason: str
    settled: tuple[tuple[str, str], ...] = ()  # (hub, resume | close)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an order stands after its first `steps` steps."""

    phase: Phase = Phase.DRAFT
    lots: tuple[Lot, ...] = ()
    signed: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()  # hubs that a new division brings in and that have not signed
    dispute: tuple[Dispute, ...] = ()
    since: str = ""
    steps: int = 0
    ending: str = ""  # how it closed: completed, withdrawn, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A step that a hub takes at a time: on a manufacturer's lot, or on the order when `lot` is ""."""

    step: str
    by: str
    at: str  # such as 2026-11-22T10:00:00Z
    lot: str = ""
    details: Details = field(default_factory=dict)


class IllegalStepError(ValueError):
    """The step may not be taken now, by this hub, or with these details."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
