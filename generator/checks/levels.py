"""Levels of competences that records name: each must be one that the competence has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..diagnostics import Finding, Severity
from ..records import Competence, Design, Machine, Passport, Recognition, Record
from ..registry import Registry
from .check import check
from .references import Keys

Level = tuple[Keys, str, int]  # where, of which competence, which level


def _of_machine(machine: Machine) -> Iterator[Level]:
    for at, need in enumerate(machine.requires):
        yield ("requires", at, "level"), need.competence, need.level


def _of_design(design: Design) -> Iterator[Level]:
    for step, operation in enumerate(design.operations):
        for at, need in enumerate(operation.requires):
            yield ("operations", step, "requires", at, "level"), need.competence, need.level


def _of_recognition(recognition: Recognition) -> Iterator[Level]:
    for at, pair in enumerate(recognition.levels):
        yield ("levels", at, "theirs"), recognition.competence, pair.theirs
        yield ("levels", at, "ours"), recognition.competence, pair.ours


def _of_passport(passport: Passport) -> Iterator[Level]:
    for at, credential in enumerate(passport.credentials):
        yield ("credentials", at, "level"), credential.competence, credential.level


def _of_competence(competence: Competence) -> Iterator[Level]:
    if competence.assessment is not None:
        for at, guide in enumerate(competence.assessment.levels):
            yield ("assessment", "levels", at, "level"), competence.id, guide.level


_LEVELS: tuple[tuple[type[Record], Callable[[Any], Iterator[Level]]], ...] = (
    (Machine, _of_machine), (Design, _of_design), (Recognition, _of_recognition), (Passport, _of_passport),
    (Competence, _of_competence),
)  # fmt: skip


@check(Severity.ERROR)
def unknown_level(registry: Registry) -> Iterator[Finding]:
    """A record names a level that the competence does not have.

    A competence lists its levels. A machine that asks for a level above the highest could be used by
    nobody, and a credential for one would mean nothing.
    """
    levels = {one.id: frozenset(level.level for level in one.levels) for one in registry.all(Competence)}
    for kind, named in _LEVELS:
        for record in registry.each(kind):
            for keys, id, level in named(record):
                if id in levels and level not in levels[id]:
                    known = ", ".join(str(number) for number in sorted(levels[id]))
                    message = f"competence `{id}` has no level {level}"
                    yield Finding(record.at(*keys), message, f"its levels are {known}: see competences/{id}.yaml")
