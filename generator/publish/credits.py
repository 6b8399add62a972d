"""Names of authors in; those that the registry lets be shown, in a line, out."""

from __future__ import annotations

from collections.abc import Sequence

from .edition import Edition

_SHOWN = 5  # names in a line


def authors(edition: Edition, names: Sequence[str]) -> tuple[str, ...]:
    """Return names from Git where `registry.yaml` shows them, else none."""
    return tuple(names) if edition.settings.contributor_names == "shown" else ()


def line(edition: Edition, names: Sequence[str]) -> str:
    """Return the first few of the names that are shown; "" when there is none."""
    found = authors(edition, names)
    left = len(found) - _SHOWN
    # Each is isolated: names of several scripts may stand in one sentence.
    shown = [f"\u2068{name}\u2069" for name in found[:_SHOWN]]
    return edition.strings.joined((*shown, edition.strings("more", count=left)) if left > 0 else shown)
