"""A proposal and the registry in; the same proposal, or what the registry's checks have against it, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import checks, registry
from ..diagnostics import Diagnostic, Severity
from ..registry import Registry
from .proposal import Proposal, Want

# What a person may not want to be read. As warnings these only annotate a pull request, whose author sees them.
_PERSONAL = frozenset({"personal-data", "private-email", "personal-phone"})


def checked(known: Registry, proposal: Proposal) -> Proposal:
    """Return a complete proposal without files when a check finds an error in them; warnings become notes."""
    if not proposal.is_complete:
        return proposal
    after = registry.replaced(known, proposal.files)
    before = {path: known.read(path) for path in proposal.changes}
    found = checks.run(after.within(registry.scope(after, proposal.files, (), before)), checks.CHECKS)
    ours = [one for one in found if one.location.path.removeprefix(known.prefix) in proposal.files]
    wants = tuple(_want(one) for one in ours if one.severity is Severity.ERROR or one.rule in _PERSONAL)
    if wants:
        return Proposal(name=proposal.name, wants=wants)
    return replace(proposal, notes=(*proposal.notes, *_notes(ours)))


def _want(one: Diagnostic) -> Want:
    return Want(f"{one.location.path} line {one.location.line}", one.message, one.hint)


def _notes(found: Sequence[Diagnostic]) -> list[str]:
    return [f"{one.location.path}: {one.message}" for one in found]
