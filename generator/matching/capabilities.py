"""A registry in; what its hubs and machines can do, as far as it matters for matching, out: columns of numbers.

Each distinct value of a fact is kept once, and a machine is a number in each column, so that a question looks at every
distinct value once and not at every machine. Facts are read from data as they are kept, because building each record of
a large registry would take longer than all questions about it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple

from ..records import Hub, Machine, Model
from ..records.parts import Features, Verified
from ..registry import Progress, Registry, Rows, quiet
from ..registry.freshness import Freshness, freshness
from ..units import Envelope
from .values import Subject

Certified = tuple[tuple[str, str], ...]  # scheme, and the last day on which it holds, or ""
Data = dict[str, Any]
_TOLD_EVERY = 500  # hubs
CLAIM = "claimed"  # the status of a process that a hub offers without naming a machine
_INHERITED = ("processes", "envelope_mm", "tolerance_mm", "materials", "features", "throughput")
_FRESHNESS = (Freshness.FRESH, Freshness.DUE, Freshness.STALE, Freshness.UNKNOWN)
_HOURS = {"hour": 1.0, "day": 8.0, "week": 40.0}  # of work, where a record does not say how long a machine can be used


class Working(NamedTuple):
    """A material that a machine works, in which form and between which thicknesses in millimetres."""

    material: str
    form: str = ""
    least_mm: float | None = None
    most_mm: float | None = None


class Time(NamedTuple):
    """How fast a machine is and when it can start, None where nobody knows; and how few pieces of a step it takes on.

    `pieces_per_week` is not known either when the throughput is that of something in particular.
    """

    pieces_per_week: float | None = None
    lead_days: int | None = None
    least: int = 1


class Crew(NamedTuple):
    """Who runs a machine (self-service, operated, both or ""), and its certifications."""

    use: str = ""
    certifications: Certified = ()


class Rate(NamedTuple):
    """What a machine costs: a decimal amount as text, its ISO 4217 currency, and for what."""

    amount: str
    currency: str
    per: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """What is known of one machine with its model; or a process that a hub claims without naming a machine.

    `inherited` are the fields that its model states and the machine's own record does not.
    """

    processes: tuple[str, ...] = ()
    envelope: Envelope | None = None
    tolerance_mm: float | None = None
    materials: tuple[Working, ...] = ()
    features: Features = field(default_factory=dict)
    status: str = "working"
    time: Time = field(default_factory=Time)
    crew: Crew = field(default_factory=Crew)
    rate: Rate | None = None
    is_invented: bool = False
    inherited: frozenset[str] = frozenset()

    def subject(self, field: str) -> Subject:
        """Return whose record states a field, or could."""
        if self.status == CLAIM:
            return Subject.HUB
        return Subject.MODEL if field in self.inherited else Subject.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a hub itself says that matters for every machine there.

    `point` is latitude and longitude in degrees; `evidence` 0 when somebody said or saw it, 1 when it is imported, 2
    when nobody knows (who has made a thing before stands in no record yet); `freshness` is 0 for the freshest.
    """

    status: str = "active"
    is_invented: bool = False
    point: tuple[float, float] | None = None
    access: str = ""
    services: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    certifications: Certified = ()
    accepts: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    evidence: int = 2
    freshness: int = len(_FRESHNESS) - 1


class Column:
    """The distinct values of a fact, and the number of its value for each row."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.rows: list[int] = []
        self._numbers: dict[str, int] = {}

    def add(self, stated: object, read: Callable[[Any], Any]) -> None:
        """Add a row: what a record states there, read when it is new."""
        key = repr(stated)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.values)
            self.values.append(read(stated))
        self.rows.append(number)

    def __getitem__(self, row: int) -> Any:
        return self.values[self.rows[row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """All hubs that have not closed and their machines by number, in the order of ids; claims come after machines.

    By hub: `hubs` (ids), `first`, the hub's first machine, with one more at the end, and a column for each field of
    `Site`. By machine: `names` (ids, "" for a claim), `homes` (hubs) and a column for each field of `Skill`.
    """

    hubs: list[str]
    first: list[int]
    sites: Mapping[str, Column]
    names: list[str]
    homes: list[int]
    skills: Mapping[str, Column]

    def machines_of(self, hub: int) -> range:
        """Return the numbers of a hub's machines and claims."""
        return range(self.first[hub], self.first[hub + 1])

    def skill(self, machine: int) -> Skill:
        """Return what is known of a machine."""
        return Skill(**{name: column[machine] for name, column in self.skills.items()})

    def site(self, hub: int) -> Site:
        """Return what is known of a hub itself."""
        return Site(**{name: column[hub] for name, column in self.sites.items()})


def capabilities(registry: Registry, progress: Progress = quiet) -> Capabilities:
    """Return what the hubs of a registry can do; `progress` is told how many hubs are done of how many."""
    machines, hubs, models = (Rows(registry, kind) for kind in (Machine, Hub, Model))
    inherited = {id: _only(json.loads(models.of(id)), _INHERITED) for id in registry.ids(Model)}
    found = _empty()
    ids = registry.ids(Hub)
    for number, id in enumerate(ids):
        if not number % _TOLD_EVERY:
            progress(number, len(ids))
        hub = json.loads(hubs.of(id).decode())
        if hub.get("status") != "closed":
            _add_hub(found, id, hub, registry.as_of)
            for name, data in machines.below(id):
                machine = json.loads(data.decode())  # a text: the decoder need not guess
                _add_machine(found, name, machine, inherited.get(machine.get("model", ""), {}))
            for process in sorted(set(hub.get("processes", ()))):
                _add_machine(found, "", {"processes": [process], "status": CLAIM}, {})
    found.first.append(len(found.names))
    return found


def _empty() -> Capabilities:
    sites, skills = ({one.name: Column() for one in fields(kind)} for kind in (Site, Skill))
    return Capabilities(hubs=[], first=[], sites=sites, names=[], homes=[], skills=skills)


def _only(data: Data, names: tuple[str, ...]) -> Data:
    return {name: data[name] for name in names if name in data}


def _add_hub(found: Capabilities, id: str, hub: Data, today: date) -> None:
    found.hubs.append(id)
    found.first.append(len(found.names))
    for column, (stated, read) in zip(found.sites.values(), _of_hub(hub, today), strict=True):
        column.add(stated, read)


def _of_hub(hub: Data, today: date) -> Iterator[tuple[Any, Callable[[Any], Any]]]:
    """Yield what is stated of a hub, and how to read it, for each field of `Site`."""
    location, verified = hub["location"], hub.get("verified", {})
    yield hub.get("status", "active"), _same
    yield hub.get("demonstration", False), _same
    yield (location["latitude"], location["longitude"]) if "latitude" in location else None, _same
    yield hub.get("access", ""), _same
    yield hub.get("services", ()), frozenset
    yield hub.get("languages", ()), frozenset
    yield hub.get("certifications", ()), _held
    yield hub.get("accepts", ()), frozenset
    yield hub.get("networks", ()), frozenset
    yield verified.get("how", ""), lambda how: 2 if not how else int(how == "imported")
    yield verified.get("on", ""), lambda on: _freshness(on, today)


def _add_machine(found: Capabilities, name: str, machine: Data, model: Data) -> None:
    found.names.append(name)
    found.homes.append(len(found.hubs) - 1)
    for column, (stated, read) in zip(found.skills.values(), _of_machine(machine, model), strict=True):
        column.add(stated, read)


def _of_machine(machine: Data, model: Data) -> Iterator[tuple[Any, Callable[[Any], Any]]]:
    """Yield what is stated of a machine and its model, and how to read it, for each field of `Skill`."""
    data = {**model, **machine}
    yield data.get("processes", ()), tuple
    yield data.get("envelope_mm"), lambda stated: Envelope.of(stated) if stated is not None else None
    yield data.get("tolerance_mm"), _same
    yield data.get("materials", ()), _workings
    yield {**model.get("features", {}), **machine.get("features", {})}, _same
    yield machine.get("status", "working"), _same
    yield (data.get("throughput"), machine.get("availability", {}), machine.get("quantity", 1)), _time
    yield (machine.get("use", ""), machine.get("certifications", ())), _crew
    yield machine.get("rate"), lambda stated: Rate(**stated) if stated is not None else None
    yield machine.get("demonstration", False), _same
    features = [f"features.{name}" for name in model.get("features", ()) if name not in machine.get("features", ())]
    yield [*(name for name in model if name not in machine), *features], frozenset


def _same(stated: Any) -> Any:
    return stated


def _crew(stated: tuple[str, list[Data]]) -> Crew:
    return Crew(stated[0], _held(stated[1]))


def _time(stated: tuple[Data | None, Data, int]) -> Time:
    made, times, machines = stated
    lead_days, least = times.get("lead_days"), times.get("minimum_order_quantity", 1)
    if made is None or "of" in made:
        return Time(None, lead_days, least)
    hours = times.get("hours_per_week", _HOURS["week"])
    return Time(made["quantity"] / _HOURS[made["per"]] * hours * machines, lead_days, least)


def _workings(uses: list[Data]) -> tuple[Working, ...]:
    limits = ("min_thickness_mm", "max_thickness_mm")
    return tuple(Working(use["material"], use.get("form", ""), *map(use.get, limits)) for use in uses)


def _held(certifications: list[Data]) -> Certified:
    return tuple((one["scheme"], one.get("valid_until", "")) for one in certifications)


def _freshness(on: str, today: date) -> int:
    verified = Verified(on=date.fromisoformat(on), how="") if on else None
    return _FRESHNESS.index(freshness(verified, today))
