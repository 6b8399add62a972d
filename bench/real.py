"""The project's own registry in; how often things occur in it, for records that are made after it, out."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from generator import registry
from generator.records import Competence, Hub, Machine, Model, Process

Data = dict[str, Any]
TOP = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Weighted:
    """Values and how often each occurs."""

    values: tuple[Any, ...]
    weights: tuple[int, ...]

    def draw(self, random: Random) -> Any:
        return random.choices(self.values, self.weights)[0]

    def several(self, random: Random, most: int) -> list[Any]:
        """Draw up to `most` different values, in their own order."""
        drawn = set(random.choices(range(len(self.values)), self.weights, k=random.randint(1, most)))
        return [self.values[at] for at in sorted(drawn)]


@dataclass(frozen=True, slots=True)
class Hall:
    """What the records of real hubs and machines say: each as its id and plain data, demonstrations left out."""

    hubs: tuple[tuple[str, Data], ...]
    machines: tuple[tuple[str, Data], ...]
    models: Mapping[str, Data]
    labels: Mapping[str, str]
    processes: Weighted
    networks: Weighted
    competences: Mapping[str, tuple[tuple[str, int], ...]]  # by process: id, highest level
    contracts: tuple[str, ...]
    newest: date

    def offered(self, machine: Data) -> list[str]:
        """Return the processes of a machine, its own or its model's."""
        own: list[str] = machine.get("processes") or self.models.get(machine.get("model", ""), {}).get("processes", [])
        return own


@functools.cache
def real() -> Hall:
    """Return what the project's own registry holds."""
    loaded = registry.load(TOP / "registry", as_of=date.min)
    tables: dict[str, dict[str, Data]] = {}
    for kind, id, data in loaded.raw():
        tables.setdefault(kind, {})[id] = json.loads(data)
    hubs, machines = _lived(tables[Hub.record_kind]), _lived(tables[Machine.record_kind])
    models = tables[Model.record_kind]
    used = Counter(
        process
        for _, machine in machines
        for process in machine.get("processes") or models[machine["model"]].get("processes", [])
    )
    return Hall(
        hubs=hubs,
        machines=machines,
        models=models,
        labels={id: data["labels"]["en"] for id, data in tables[Process.record_kind].items()},
        processes=weighted(used),
        networks=weighted(Counter(id for _, hub in hubs for id in hub.get("networks", ()))),
        competences=_competences(tables[Competence.record_kind]),
        contracts=tuple(tables.get("contract", {})),
        newest=_newest([data for table in tables.values() for data in table.values()]),
    )


def weighted(counts: Mapping[Any, int]) -> Weighted:
    """Return values, sorted, with their counts."""
    return Weighted(tuple(sorted(counts)), tuple(counts[value] for value in sorted(counts)))


def _lived(table: Mapping[str, Data]) -> tuple[tuple[str, Data], ...]:
    return tuple((id, data) for id, data in sorted(table.items()) if not data.get("demonstration"))


def _competences(table: Mapping[str, Data]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for id, data in sorted(table.items()):
        for process in data.get("processes", ()):
            found.setdefault(process, []).append((id, max(level["level"] for level in data["levels"])))
    return {process: tuple(known) for process, known in found.items()}


def _newest(records: Sequence[Data]) -> date:
    """Return the last day on which a fact was read or verified: the day of the registry that is made."""
    return max(date.fromisoformat(day) for data in records for day in _days(data) if len(day) == 10)


def _days(data: Data) -> Iterator[str]:
    yield data.get("verified", {}).get("on", "")
    for source in data.get("sources", ()):
        yield source.get("retrieved", "")
    for alignment in data.get("alignment", ()):
        yield alignment.get("checked_on", "")
