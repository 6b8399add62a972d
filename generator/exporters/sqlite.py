"""A registry in; one SQLite file out: tables with foreign keys, and an index for searching in texts (FTS5).

The same records give the same bytes with the same SQLite. Datasette shows it as it is: the index names its table.
Passports, recognition rules, contracts and requests are not in it; the JSON files have them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..records import Design, Hub, Machine, Material, Model, Network, Process
from ..records.parts import Source
from ..registry import Registry
from ..registry.freshness import freshness
from ..words import Text
from .chosen import Invented, shown
from .sqlite_schema import INDEXES, TABLES

Row = Sequence[Any]

_VERSION = slice(96, 100)  # https://www.sqlite.org/fileformat.html, 1.3.18


def database(registry: Registry, invented: Invented) -> bytes:
    """Return the bytes of the file. Raises `ValueError` without `registry.yaml`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(table)
        for name, rows in _tables(registry, invented):
            _insert(connection, name, rows)
        for index in INDEXES:
            connection.execute(index)
        connection.execute("COMMIT")
        found = memoryview(connection.serialize())
    finally:
        connection.close()
    # The version of SQLite stands in the file's head for information only: without it machines agree on the bytes.
    return b"".join((found[: _VERSION.start], bytes(4), found[_VERSION.stop :]))


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[Row]) -> None:
    columns = len(connection.execute(f"SELECT * FROM {name} LIMIT 0").description)
    connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * columns)})", rows)


def _tables(registry: Registry, invented: Invented) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the name of each table and its rows, referred-to tables first."""
    settings = registry.settings
    if settings is None:
        raise ValueError("registry.yaml is missing or broken")
    hubs = list(shown(registry, Hub, invented))
    machines = [registry.complete(machine) for machine in shown(registry, Machine, invented)]
    known = {hub.id for hub in hubs}
    machines = [machine for machine in machines if machine.hub in known]
    yield "registry", [
        ("name", settings.name.into(settings.language)), ("url", settings.url), ("licence", settings.licences.data),
        ("attribution", settings.licences.attribution), ("as_of", registry.as_of.isoformat()),
    ]  # fmt: skip
    yield from _taxonomies(registry)
    yield "networks", ((one.id, _text(registry, one.name), one.website) for one in shown(registry, Network, invented))
    yield "models", (_model(one) for one in shown(registry, Model, invented))
    yield "hubs", (_hub(registry, hub) for hub in hubs)
    yield "machines", (_machine(registry, machine) for machine in machines)
    yield "designs", (_design(registry, design) for design in shown(registry, Design, invented))
    yield from _links(registry, hubs, machines)


def _taxonomies(registry: Registry) -> Iterator[tuple[str, Iterable[Row]]]:
    several: tuple[tuple[Sequence[Process | Material], str, str], ...] = (
        (list(registry.all(Process)), "processes", "process_broader"),
        (list(registry.all(Material)), "materials", "material_broader"),
    )
    for terms, name, link in several:
        known = {one.id for one in terms}
        yield name, ((one.id, _text(registry, one.labels), _text(registry, one.description)) for one in terms)
        yield link, [(one.id, up) for one in terms for up in one.broader if up in known]


def _links(registry: Registry, hubs: Sequence[Hub], machines: Sequence[Machine]) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield the tables that lead from hubs and machines to terms, and to what stands in a list."""
    processes, materials = set(registry.ids(Process)), set(registry.ids(Material))
    networks = set(registry.ids(Network))
    yield "hub_processes", ((hub.id, id) for hub in hubs for id in sorted(_can(registry, hub) & processes))
    yield "hub_networks", ((hub.id, id) for hub in hubs for id in hub.networks if id in networks)
    yield "hub_services", ((hub.id, service) for hub in hubs for service in hub.services)
    yield "hub_pages", ((hub.id, url) for hub in hubs for url in hub.same_as)
    sources = {one: at for at, one in enumerate(sorted({one for hub in hubs for one in hub.sources}, key=_source), 1)}
    yield "sources", ((at, *_source(one)) for one, at in sources.items())
    yield "hub_sources", ((hub.id, sources[one]) for hub in hubs for one in hub.sources)
    yield "machine_processes", ((one.id, id) for one in machines for id in one.processes if id in processes)
    yield (
        "machine_materials",
        (
            (one.id, use.material, use.form, use.min_thickness_mm, use.max_thickness_mm)
            for one in machines
            for use in one.materials
            if use.material in materials
        ),
    )


def _source(source: Source) -> tuple[str, ...]:
    return (source.name, source.url, source.licence, source.retrieved, source.attribution)


def _text(registry: Registry, text: Text | None) -> str | None:
    return text.into(registry.language) if text else None


def _can(registry: Registry, hub: Hub) -> set[str]:
    return {id for machine in registry.machines_of(hub) for id in machine.processes} | set(hub.processes)


def _labels(registry: Registry, ids: Iterable[str]) -> str:
    found = (registry.get(Process, id) for id in sorted(ids))
    return "; ".join(one.labels.into(registry.language) for one in found if one is not None)


def _hub(registry: Registry, hub: Hub) -> Row:
    assert registry.settings is not None
    place, contact, verified = hub.location, hub.contact, hub.verified
    return (
        hub.id, _text(registry, hub.name), hub.kind, hub.status, hub.country, place.region or None, place.locality,
        place.postcode or None, place.address or None, place.latitude, place.longitude, place.precision,
        _text(registry, hub.summary), _labels(registry, _can(registry, hub)) or None, hub.website or None,
        (contact.email if contact else "") or None, (contact.phone if contact else "") or None, hub.hours or None,
        hub.access or None, hub.batch or None, hub.founded_year, hub.floor_m2,
        verified.on.isoformat() if verified else None, verified.how if verified else None,
        str(freshness(verified, registry.as_of)), f"{registry.settings.url.rstrip('/')}/hubs/{hub.id}/",
    )  # fmt: skip


def _model(model: Model) -> Row:
    size = model.envelope_mm
    return (
        model.id, model.full_name, model.brand, *_sides(size.sides if size else ()), size.diameter if size else None,
        size.length if size else None, model.power_w, model.tolerance_mm, model.url or None,
    )  # fmt: skip


def _sides(sides: tuple[float, ...]) -> Row:
    return (*sides, None, None, None)[:3]


def _machine(registry: Registry, one: Machine) -> Row:
    assert registry.settings is not None
    size, rate, verified = one.envelope_mm, one.rate, one.verified
    model = one.model if one.model and registry.get(Model, one.model) is not None else None
    return (
        one.id, one.hub, one.name, model, *_sides(size.sides if size else ()), size.diameter if size else None,
        size.length if size else None, one.power_w, one.tolerance_mm, one.quantity, one.status, one.use or None,
        *((rate.amount, rate.currency, rate.per) if rate else (None, None, None)),
        verified.on.isoformat() if verified else None, str(freshness(verified, registry.as_of)),
        f"{registry.settings.url.rstrip('/')}/machines/{one.id}/",
    )  # fmt: skip


def _design(registry: Registry, design: Design) -> Row:
    assert registry.settings is not None
    return (
        design.id, _text(registry, design.name), _text(registry, design.function), design.version or None,
        design.licence.hardware or None, design.repository or None, design.documentation or None,
        f"{registry.settings.url.rstrip('/')}/designs/{design.id}/",
    )  # fmt: skip
