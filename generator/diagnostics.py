"""What the checks say: rules, places, findings and located diagnostics, all plain values."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

Key = str | int


class Severity(enum.StrEnum):
    """How much a diagnostic weighs: an error blocks the merge, a warning only annotates."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong.

    `changed` is the severity for new and changed records where it differs from `severity`.
    `help` is Markdown; its first line is the title.
    """

    id: str
    severity: Severity
    help: str
    changed: Severity | None = None

    @property
    def title(self) -> str:
        """The first line of the help text, without its full stop."""
        return self.help.strip().partition("\n")[0].rstrip(".")

    def weight(self, *, is_changed: bool) -> Severity:
        """Return the severity for a record that is new or changed, or for one that is not."""
        return self.changed if is_changed and self.changed is not None else self.severity


def rule(id: str, severity: Severity, help: str) -> Rule:
    """Return a rule that belongs to no check function (files and schemas have such)."""
    return Rule(id=id, severity=severity, help=help)


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a record, named by its keys: `Place("hubs/gh/x.yaml", ("materials", 2, "form"))`.

    `path` is relative to the registry's folder. `on_key` points at the last key instead of its value.
    """

    path: str
    keys: tuple[Key, ...] = ()
    on_key: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. Line and column count from 1; 0 stands for the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check yields: where, what is wrong with which value, and what to do about it."""

    at: Place
    message: str
    hint: str = ""
    related: tuple[tuple[Place, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a diagnostic speaks of."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its rule, its weight and its line and column: what the reports print."""

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """What reports are sorted by: place, rule, message."""
        return (self.location, self.rule, self.message)


Locate = Callable[[Place], Location]


def diagnose(found: Finding, rule: Rule, severity: Severity, locate: Locate) -> Diagnostic:
    """Return the diagnostic for a finding; `locate` turns its keys into line and column."""
    return Diagnostic(
        rule=rule.id,
        severity=severity,
        location=locate(found.at),
        message=found.message,
        hint=found.hint,
        related=tuple(Related(locate(place), message) for place, message in found.related),
    )
