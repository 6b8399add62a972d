"""Machines and models: facts that can be matched, and sizes that can be true."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Finding, Key, Place, Severity
from ..records import Hub, Machine, Material, Model, Process, Record
from ..registry import Registry
from ..units import Envelope
from .check import check

_KINDS: tuple[type[Machine | Model], ...] = (Machine, Model)
LARGEST_MM = 50_000
SMALLEST_MM = 1
_FLAT = frozenset({"sheet", "plate", "board", "block"})


@check(Severity.WARNING)
def nothing_to_match(registry: Registry) -> Iterator[Finding]:
    """A machine does not say what it can do, so that no search and no request finds it.

    It has no `processes`, and no `model` whose record has some. Give the machine its processes, or better its
    model: then all machines of that model are found.
    """
    silent = {model.id for model in registry.all(Model) if not model.processes}
    for machine in registry.each(Machine):
        if machine.processes:
            continue
        if not machine.model:
            hint = "add `processes`, or `model` with the id of a model that has some"
            yield Finding(machine.at("name"), f"`{machine.name}` has neither processes nor a model", hint)
        elif machine.model in silent:
            hint = f"add `processes` to models/{machine.model}.yaml, or here"
            yield Finding(machine.at("model"), f"neither the machine nor model `{machine.model}` has processes", hint)


@check(Severity.ERROR)
def heading_used(registry: Registry) -> Iterator[Finding]:
    """A hub, a machine or a model names a heading of the taxonomy.

    A process or material with `group: true` only gathers others: 'separating' says too little to find a hub
    by. Name one of those below it.
    """
    processes = frozenset(process.id for process in registry.all(Process) if process.group)
    materials = frozenset(material.id for material in registry.all(Material) if material.group)
    for hub in registry.each(Hub):
        yield from _headings_in(hub, hub.processes, processes)
    for kind in _KINDS:
        for record in registry.each(kind):
            yield from _headings_in(record, record.processes, processes)
            for at, use in enumerate(record.materials):
                if use.material in materials:
                    yield _heading(record.at("materials", at, "material"), "material", use.material)


def _headings_in(record: Record, processes: tuple[str, ...], headings: frozenset[str]) -> Iterator[Finding]:
    if not headings.isdisjoint(processes):
        for at, id in enumerate(processes):
            if id in headings:
                yield _heading(record.at("processes", at), "process", id)


def _heading(place: Place, kind: str, id: str) -> Finding:
    return Finding(place, f"{kind} `{id}` is a heading", f"name what lies below it: see `karakana find {id}`")


@check(Severity.WARNING)
def impossible_envelope(registry: Registry) -> Iterator[Finding]:
    """A machine's envelope is too large or too small to be true.

    `envelope_mm` is in millimetres: a side above 50 metres or below 1 millimetre is mostly a number in another
    unit. A machine cannot be larger than the floor of its hub either (`floor_m2`).
    """
    for model in registry.each(Model):
        if model.envelope_mm is not None:
            yield from _odd_sides(model, model.envelope_mm)
    for machine in registry.each(Machine):
        if machine.envelope_mm is not None:
            yield from _odd_sides(machine, machine.envelope_mm)
            yield from _too_large_for_hub(registry, machine, machine.envelope_mm)


def _sides(envelope: Envelope) -> Iterator[tuple[Key, float]]:
    if envelope.sides:
        yield from enumerate(envelope.sides)
        return
    if envelope.diameter is not None:
        yield "diameter", envelope.diameter
    if envelope.length is not None:
        yield "length", envelope.length


def _odd_sides(record: Record, envelope: Envelope) -> Iterator[Finding]:
    for key, side in _sides(envelope):
        if not SMALLEST_MM <= side <= LARGEST_MM:
            message = f"a side of {side:g} mm is not plausible"
            yield Finding(record.at("envelope_mm", key), message, "lengths are in millimetres: 1 m is 1000")


def _too_large_for_hub(registry: Registry, machine: Machine, envelope: Envelope) -> Iterator[Finding]:
    if not envelope.sides:
        return
    area = envelope.sides[0] * envelope.sides[1] / 1_000_000
    hub = registry.get(Hub, machine.hub)
    if hub is not None and hub.floor_m2 is not None and area > hub.floor_m2:
        message = f"{envelope} covers {area:g} m², and the hub has a floor of {hub.floor_m2:g} m²"
        related = ((hub.at("floor_m2"), "the hub's floor"),)
        yield Finding(machine.at("envelope_mm"), message, "lengths are in millimetres: 1 m is 1000", related)


@check(Severity.ERROR)
def impossible_thickness(registry: Registry) -> Iterator[Finding]:
    """A material's thickness cannot be true.

    The least thickness is more than the greatest, or a sheet, plate, board or block is thicker than the
    machine is high: the third side of `envelope_mm`.
    """
    for model in registry.each(Model):
        if model.materials:
            yield from _odd_thickness(model, model, model.envelope_mm)
    for machine in registry.each(Machine):
        if machine.materials or machine.envelope_mm is not None:
            base = registry.get(Model, machine.model)
            inherited = base.envelope_mm if base is not None else None
            source = machine if machine.materials or base is None else base
            yield from _odd_thickness(machine, source, machine.envelope_mm or inherited)


def _odd_thickness(record: Machine | Model, source: Machine | Model, envelope: Envelope | None) -> Iterator[Finding]:
    """Yield findings for the materials of `source`, which is the record itself or its model."""
    is_own = record is source
    for at, use in enumerate(source.materials):
        least, most = use.min_thickness_mm, use.max_thickness_mm
        if is_own and least is not None and most is not None and least > most:
            message = f"the least thickness, {least:g} mm, is more than the greatest, {most:g} mm"
            yield Finding(record.at("materials", at, "min_thickness_mm"), message, "exchange the two")
        height = envelope.sides[2] if envelope is not None and len(envelope.sides) == 3 and use.form in _FLAT else None
        if most is not None and height is not None and most > height:
            message = f"`{use.material}` of {most:g} mm does not go into a height of {height:g} mm"
            place = record.at("materials", at, "max_thickness_mm") if is_own else record.at("envelope_mm", 2)
            yield Finding(place, message, "one of the two is wrong, or in another unit")


@check(Severity.ERROR)
def impossible_tolerance(registry: Registry) -> Iterator[Finding]:
    """A machine's tolerance is larger than what it can make.

    `tolerance_mm` is how far a measure may be off, in millimetres: 0.1 for a good laser cutter. It cannot reach
    the shortest side of `envelope_mm`.
    """
    for model in registry.each(Model):
        yield from _too_coarse(model, model.tolerance_mm, model.envelope_mm)
    for machine in registry.each(Machine):
        tolerance, envelope = machine.tolerance_mm, machine.envelope_mm
        if tolerance is None and envelope is None:
            continue
        base = registry.get(Model, machine.model) if machine.model else None
        if base is not None:
            tolerance = base.tolerance_mm if tolerance is None else tolerance
            envelope = envelope or base.envelope_mm
        yield from _too_coarse(machine, tolerance, envelope)


def _too_coarse(record: Machine | Model, tolerance: float | None, envelope: Envelope | None) -> Iterator[Finding]:
    if tolerance is not None and envelope is not None and tolerance >= min(envelope.numbers):
        key = "tolerance_mm" if record.tolerance_mm is not None else "envelope_mm"
        message = f"a tolerance of {tolerance:g} mm is as large as the envelope, {envelope}"
        yield Finding(record.at(key), message, "`tolerance_mm` is in millimetres: 100 µm is 0.1")
