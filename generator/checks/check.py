"""What a check is: a function from a registry to findings, with the rule that its decorator gives it.

A check reads the records in question with `registry.each`, and whatever else it needs with `registry.all`
and `registry.get`, and yields a `Finding` for each problem it finds. Its name is the problem
(`unknown_process` is rule `unknown-process`), its docstring the help page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..diagnostics import Finding, Rule, Severity
from ..registry import Registry

Look = Callable[[Registry], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that finds where it is broken."""

    rule: Rule
    look: Look


def check(severity: Severity, *, changed: Severity | None = None) -> Callable[[Look], Check]:
    """Make a function a check; `changed` is the severity for new and changed records where it differs."""

    def decorate(look: Look) -> Check:
        name = look.__name__.replace("_", "-")
        return Check(Rule(id=name, severity=severity, help=inspect.getdoc(look) or "", changed=changed), look)

    return decorate
