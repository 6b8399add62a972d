"""Competences: their levels and the guides for assessing them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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


@check(Severity.ERROR)
def assessment_out_of_order(registry: Registry) -> Iterator[Finding]:
    """The levels of an assessment guide do not rise, or one has its tasks twice.

    A guide names levels of its competence, the lowest first, and each once. Levels without tasks are left out:
    nobody is assessed to be shown around.
    """
    for competence in registry.each(Competence):
        guides = competence.assessment.levels if competence.assessment is not None else ()
        for at, (one, following) in enumerate(pairwise(guides), 1):
            if following.level <= one.level:
                text = f"level {following.level} stands below level {one.level}"
                hint = "write each level once, the lowest first"
                yield Finding(competence.at("assessment", "levels", at, "level"), text, hint)
                break
