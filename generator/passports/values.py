"""The values of passports: what a credential claims, what was found out about it, and what a decision says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

ASSESSMENT, RECOGNITION = "assessment", "recognition"


class Result(StrEnum):
    """What a decision comes to, the best first: deny is the default."""

    PERMIT = "permit"
    CONDITIONAL = "conditional"
    DENY = "deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a credential says of its holder, read strictly and not yet believed."""

    id: str
    issuer: str  # the id of a hub
    holder: str  # a random id, or "" when only a name is given
    name: str  # as the hub wrote it, or ""
    competence: str
    version: int
    level: int
    assessed_on: date
    valid_from: datetime
    valid_until: datetime | None
    basis: str
    note: str
    status_list: str  # the address of the list, or ""
    status_index: int  # -1 without a list


class Fault(NamedTuple):
    """Why something is not accepted: a code that programs compare, the place in the file, and words for people."""

    code: str
    place: str
    message: str


class Evidence(NamedTuple):
    """A claim and what was found out about it before anybody asked for a machine.

    `proof` and `status` are codes of reasons; "" says that nothing is wrong.
    """

    claim: Claim
    proof: str
    status: str
    signed_on: date | None  # the day that the proof names; None without one
    public_key: str


class Question(NamedTuple):
    """May the holder of these credentials use this machine on this day?"""

    machine: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of a decision: what was looked at, what came out, and the record that decided."""

    code: str
    result: Result
    competence: str = ""
    asked: int = 0  # level asked
    held: int = 0  # level that the credential counts as here; 0 for none
    credential: str = ""
    issuer: str = ""
    record: str = ""  # the kind's folder and id of the record that decided
    until: date | None = None  # the last day on which this holds, when known


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one machine, each requirement with its best reason first."""

    question: Question
    result: Result
    reasons: tuple[Reason, ...]
    remarks: tuple[Reason, ...] = ()
