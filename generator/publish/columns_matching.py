"""A registry in; what its hubs and machines can do, for the page that matches in the browser, out: columns of values.

The facts of `matching.capabilities`, each distinct value once and a number for each row. Hubs and machines stand in the
order of the other columns (`columns`), the processes that a hub claims behind its machines, and bear no names: those
are known from there. site/app/matching/capabilities.ts reads it.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..artifacts import Artifact
from ..matching.by_process import World
from ..matching.capabilities import Capabilities, Column, Crew, Rate, Time, Working, capabilities
from ..matching.operators import Operators, Wanted, places_in
from ..operators import operators_of
from ..records import Hub, Process
from ..registry import Registry
from ..units import Envelope
from .columns_tables import file

CLOSED = -1  # in the place of a hub's number of machines


def matching(registry: Registry, whole: int) -> Iterator[Artifact]:
    """Yield `data/matching.json`, and a file for each country where there are more hubs than `whole`."""
    known, ids = _with_operators(registry), list(registry.ids(Hub))
    numbers = {hub: number for number, hub in enumerate(known.hubs)}
    common = {"as_of": registry.as_of.isoformat(), "substitutes": _substitutes(registry)}
    if len(ids) <= whole:
        yield file("data/matching.json", {**common, **_part(known, numbers, ids)})
        return
    yield file("data/matching.json", common)
    countries: dict[str, list[str]] = {}
    for id in ids:
        countries.setdefault(id.partition("/")[0], []).append(id)
    for country, hubs in countries.items():
        yield file(f"data/matching/{country}.json", _part(known, numbers, hubs))


def _with_operators(registry: Registry) -> Capabilities:
    """Return what hubs can do, with one column more: who can operate a machine beside its staff."""
    known, operators = capabilities(registry), operators_of(registry)
    column, written = Column(), functools.cache(partial(_operating, operators))
    for place in places_in(known, operators):
        column.add(place, written)
    return replace(known, skills={**known.skills, "operators": column})


def _operating(operators: Operators, place: int) -> dict[str, list[Any]] | int:
    """Return for each competence, by level from 1 on, how many can operate a machine from each day on; 0 for nobody.

    Where what is invented counts there may be more: then their counts stand behind the others.
    """
    found: dict[str, list[Any]] = {}
    for competence in operators.competences:
        for level in itertools.count(1):
            each = [operators.since(Wanted(place, competence, level, world)) for world in World]
            if not each[-1]:
                break
            counts = [[[day.isoformat(), *numbers] for day, *numbers in since] for since in each]
            found.setdefault(competence, []).append(counts[:1] if counts[0] == counts[1] else counts)
    return found or 0


def _substitutes(registry: Registry) -> dict[str, list[list[str]]]:
    """Return for each process what can stand in for it, and when, in the registry's own language."""
    return {
        process.id: [[one.process, one.when.into(registry.language)] for one in process.substitutes]
        for process in registry.all(Process)
        if process.substitutes
    }


def _part(known: Capabilities, numbers: Mapping[str, int], ids: Sequence[str]) -> dict[str, Any]:
    """Return the columns of some hubs that follow each other, and of their machines."""
    machines = [len(known.machines_of(numbers[id])) if id in numbers else CLOSED for id in ids]
    hubs = [numbers[id] for id in ids if id in numbers]
    rows = [machine for hub in hubs for machine in known.machines_of(hub)]
    return {
        "machines": machines,
        "sites": {name: _column(known.sites[name], hubs, write) for name, write in _SITE.items()},
        "skills": {name: _column(known.skills[name], rows, write) for name, write in _SKILL.items()},
    }


def _column(column: Column, rows: Sequence[int], write: Callable[[Any], Any]) -> list[Any]:
    """Return [distinct values, the number of its value for each row].

    Without the second list all rows have the only value; where most differ, each has its own.
    """
    written = {number: write(column.values[number]) for number in dict.fromkeys(column.rows[row] for row in rows)}
    texts = {number: json.dumps(value) for number, value in written.items()}  # many records say the same differently
    places = {text: place for place, text in enumerate(dict.fromkeys(texts.values()))}
    values = list({texts[number]: value for number, value in written.items()}.values())
    if len(values) <= 1:
        return [values]
    if 2 * len(values) > len(rows):
        return [[written[column.rows[row]] for row in rows]]
    return [values, [places[texts[column.rows[row]]] for row in rows]]


def _same(value: Any) -> Any:
    return value


def _listed(value: Any) -> list[Any]:
    return sorted(value)


def _flag(value: bool) -> int:
    return int(value)


def box(value: Envelope | None) -> list[float] | int:
    """Return the sides in their order; for what turns [0, diameter], and its length where that is known."""
    if value is None:
        return 0
    return list(value.sides) or [0, *value.numbers]


def _use(use: Working) -> list[Any]:
    """Return material, form and limits, as far as something follows."""
    found: list[Any] = [use.material, use.form, use.least_mm, use.most_mm]
    while found[-1] in ("", None):
        found.pop()
    return found


def _uses(value: Sequence[Working]) -> list[list[Any]]:
    return [_use(use) for use in value]


def _rate(value: Rate | None) -> list[str] | int:
    return list(value) if value is not None else 0


def _time(value: Time) -> list[Any]:
    few = [value.least] if value.least > 1 else []
    return [value.pieces_per_week, value.lead_days, *few]


def _crew(value: Crew) -> list[Any]:
    return [value.use, value.certifications]


_SITE: Mapping[str, Callable[[Any], Any]] = {
    "status": _same, "is_invented": _flag, "point": _same, "access": _same, "services": _listed, "languages": _listed,
    "certifications": _same, "accepts": _listed, "networks": _listed, "evidence": _same, "freshness": _same,
}  # fmt: skip
_SKILL: Mapping[str, Callable[[Any], Any]] = {
    "processes": _same, "envelope": box, "tolerance_mm": _same, "materials": _uses, "features": _same, "status": _same,
    "time": _time, "crew": _crew, "rate": _rate, "is_invented": _flag, "inherited": _listed,
    "operators": _same,
}  # fmt: skip
