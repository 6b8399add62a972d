"""Competences: their levels."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding, Severity
from ..records import Competence
from ..registry import Registry
from .check import check


@check(Severity.ERROR)
def levels_out_of_order(registry: Registry) -> Iterator[Finding]:
    """The levels of a competence do not count 1, 2, 3 and so on.

    Machines ask for a level by its number and a higher one includes the lower ones. So levels begin with 1,
    the lowest comes first, and none is left out or stands twice.
    """
    for competence in registry.each(Competence):
        for at, level in enumerate(competence.levels):
            if level.level != at + 1:
                text = f"level {level.level} stands where level {at + 1} belongs"
                yield Finding(competence.at("levels", at, "level"), text, "count 1, 2, 3 … from the lowest level")
                break
