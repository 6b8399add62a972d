"""A registry in; the diagnostics of its files and of all checks out, sorted, without excepted ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Finding, diagnose
from ..registry import Progress, Registry, quiet
from .check import Check


def run(registry: Registry, checks: Sequence[Check], progress: Progress = quiet) -> tuple[Diagnostic, ...]:
    """Return every diagnostic of the registry's files and of the checks, sorted by place."""
    found = [diagnostic for diagnostic in registry.diagnostics if _is_in_question(registry, diagnostic)]
    for done, check in enumerate(checks, start=1):
        found += _diagnostics(registry, check)
        progress(done, len(checks))
    return tuple(sorted(set(found), key=lambda diagnostic: diagnostic.sort_key))


def _diagnostics(registry: Registry, check: Check) -> Iterator[Diagnostic]:
    for finding in check.look(registry):
        if not _is_excepted(registry, check, finding):
            severity = check.rule.weight(is_changed=registry.is_changed(finding.at.path))
            yield diagnose(finding, check.rule, severity, registry.locate)


def _is_in_question(registry: Registry, diagnostic: Diagnostic) -> bool:
    return registry.scope is None or registry.is_changed(
        registry.elsewhere.untold(registry.prefix, diagnostic.location.path)
    )


def _is_excepted(registry: Registry, check: Check, finding: Finding) -> bool:
    """Tell whether a dated exception covers a finding on the registry's day."""
    if registry.exceptions is None:
        return False
    record = finding.at.path.removesuffix(".yaml")
    return any(
        known.rule == check.rule.id and known.record == record and registry.as_of <= known.until
        for known in registry.exceptions.exceptions
    )
