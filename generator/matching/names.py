"""A registry and what is told in; the same with names of processes, materials and competences for their ids, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..records import Competence, Material, Process
from ..registry import Registry
from .answers import Explained, Tried
from .reverse import Opening, Reverse
from .shown import Place, Report
from .values import Check, Checks
from .wanted import Step

_Kind = type[Process] | type[Material] | type[Competence]


def with_names(registry: Registry, report: Report) -> Report:
    """Return a report with names, in the registry's language; an id that the registry does not know stays."""

    def named(found: tuple[tuple[Place, Explained], ...]) -> tuple[tuple[Place, Explained], ...]:
        return tuple((place, _explained(registry, one)) for place, one in found)

    return replace(report, hubs=named(report.hubs), near=named(report.near), far=named(report.far))


def reverse_with_names(registry: Registry, found: Reverse) -> Reverse:
    """Return what a hub comes to with names in the same way."""

    def named(openings: tuple[Opening, ...]) -> tuple[Opening, ...]:
        return tuple(one._replace(check=_check(registry, one.check)) for one in openings)

    return replace(found, questions=named(found.questions), fixes=named(found.fixes))


def _explained(registry: Registry, one: Explained) -> Explained:
    steps = tuple(
        (_step(registry, step), tuple(_tried(registry, machine) for machine in tried)) for step, tried in one.steps
    )
    return replace(one, checks=_checks(registry, one.checks), steps=steps)


def _step(registry: Registry, step: Step) -> Step:
    requires = tuple(replace(one, competence=_name(registry, Competence, one.competence)) for one in step.requires)
    return replace(
        step, process=_name(registry, Process, step.process), material=_name(registry, Material, step.material),
        requires=requires,
    )  # fmt: skip


def _tried(registry: Registry, one: Tried) -> Tried:
    claimed = _name(registry, Process, one.claimed)
    return Tried(machine=one.machine, checks=_checks(registry, one.checks), claimed=claimed)


def _checks(registry: Registry, checks: Checks) -> Checks:
    return tuple(_check(registry, check) for check in checks)


def _check(registry: Registry, check: Check) -> Check:
    change = _CHANGES.get(check.rule)
    return check if change is None else change(registry, check)


def _process(registry: Registry, check: Check) -> Check:
    found, space, condition = check.found.partition(" ")  # what may do instead has its condition behind it
    told = f"{_name(registry, Process, found)}{space}{condition}"
    return check._replace(asked=_name(registry, Process, check.asked), found=told)


def _material(registry: Registry, check: Check) -> Check:
    asked, found = (_name(registry, Material, id) for id in (check.asked, check.found))
    return check._replace(asked=asked, found=found)


def _competence(registry: Registry, check: Check) -> Check:
    id, _, level = check.asked.rpartition(" ")
    return check._replace(asked=f"{_name(registry, Competence, id)} {level}")


def _name(registry: Registry, kind: _Kind, id: str) -> str:
    record = registry.get(kind, id)
    return record.labels.into(registry.language) if record is not None else id


_CHANGES: Mapping[str, Callable[[Registry, Check], Check]] = {
    "process": _process, "material": _material, "competence": _competence,
}  # fmt: skip
