"""Two registries in; what differs between them in words, and what follows for matching and coverage, out."""

from .as_json import as_json
from .effects import effects
from .entries import Sides, entries
from .markdown import markdown
from .text import text
from .values import Differences, Effect, Entry, Statement

__all__ = [
    "Differences", "Effect", "Entry", "Sides", "Statement", "as_json", "differences", "effects", "entries", "markdown",
    "text",
]  # fmt: skip


def differences(sides: Sides) -> Differences:
    """Return all that differs, and what follows from it."""
    return Differences(entries(sides), effects(sides))
