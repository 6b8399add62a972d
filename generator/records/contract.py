"""Contract templates: typed parameters, roles, milestones and clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from ..words import Text
from .base import Record

Condition = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who takes part; `many` when several parties may hold it."""

    id: str
    label: Text
    duties: Text | None = None
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What is filled in for one contract, and what it owes the other values.

    `role` is the role of the parties named here; `per` the list that this one has an item for each item of; `sum_of`
    the values that add up to this one; `not_before` earlier dates; `apart_from` where other parties are named;
    `at_most` and `below` the numbers that this one, item by item, does not pass or stays under.
    """

    name: str
    type: str
    label: Text
    description: Text | None = None
    required: bool = True
    many: bool = False
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    role: str = ""
    per: str = ""
    sum_of: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    apart_from: tuple[str, ...] = ()
    at_most: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What happens, after what, owed by and judged by which role; the parameters of its last day and payment."""

    id: str
    label: Text
    after: tuple[str, ...] = ()
    owed_by: str = ""
    judged_by: str = ""
    due: str = ""
    payment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The text that stands instead in some jurisdictions."""

    jurisdictions: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause: heading and text per language, and when it applies (data over parameters; {} is always)."""

    id: str
    heading: Text
    text: Text
    when: Condition = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Whether a lawyer has read the template, for which law, and when."""

    state: str
    by: str = ""
    jurisdiction: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """One version of a contract template."""

    record_kind: ClassVar[str] = "contract"
    folder: ClassVar[str] = "contracts"
    depth: ClassVar[int] = 2

    title: Text
    shape: str
    status: str
    languages: tuple[str, ...]
    prevailing_language: str
    roles: tuple[Role, ...]
    parameters: tuple[Parameter, ...]
    clauses: tuple[Clause, ...]
    review: Review
    summary: Text | None = None
    published_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: Text | None = None
    licence: str = ""
    milestones: tuple[Milestone, ...] = ()
