"""Hubs, machines or models in; a table for spreadsheets out: CSV in UTF-8 (RFC 4180), lists parted by semicolons.

A text that begins with = + - @ or a control character would be run as a formula when somebody opens the
table, so it gets an apostrophe before it. https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ..records import Hub, Machine, Model
from ..registry import Registry
from ..registry.freshness import freshness
from ..words import Text

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_HUB_COLUMNS = (
    "id", "name", "kind", "status", "country", "region", "locality", "postcode", "address", "latitude", "longitude",
    "precision", "website", "email", "phone", "hours", "access", "services", "processes", "networks", "same_as",
    "floor_m2", "verified_on", "verified_how", "freshness", "sources", "source_licences", "attribution", "page",
)  # fmt: skip
_MACHINE_COLUMNS = (
    "id", "hub", "country", "name", "model", "processes", "materials", "envelope_mm", "power_w", "tolerance_mm",
    "quantity", "status", "use", "rate", "verified_on", "freshness", "page",
)  # fmt: skip
_MODEL_COLUMNS = (
    "id", "name", "brand", "aliases", "processes", "materials", "envelope_mm", "power_w", "tolerance_mm", "page",
)  # fmt: skip
COLUMNS = {"hubs.csv": _HUB_COLUMNS, "machines.csv": _MACHINE_COLUMNS, "models.csv": _MODEL_COLUMNS}


def hubs(registry: Registry, shown: Sequence[Hub]) -> bytes:
    """Return a row for each hub."""
    return _table(_HUB_COLUMNS, (_hub(registry, hub) for hub in shown))


def machines(registry: Registry, shown: Iterable[Machine]) -> bytes:
    """Return a row for each machine, with its model's facts."""
    return _table(_MACHINE_COLUMNS, (_machine(registry, machine) for machine in shown))


def models(registry: Registry, shown: Iterable[Model]) -> bytes:
    """Return a row for each model of machine."""
    return _table(_MODEL_COLUMNS, (_model(registry, model) for model in shown))


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs as a formula. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _hub(registry: Registry, hub: Hub) -> Sequence[Cell]:
    place, contact, verified = hub.location, hub.contact, hub.verified
    can = {id for machine in registry.machines_of(hub) for id in machine.processes} | set(hub.processes)
    return (
        hub.id, _text(registry, hub.name), hub.kind, hub.status, hub.country, place.region, place.locality,
        place.postcode, place.address, place.latitude, place.longitude, place.precision, hub.website,
        contact.email if contact else "", contact.phone if contact else "", hub.hours, hub.access,
        ";".join(hub.services), ";".join(sorted(can)), ";".join(hub.networks), ";".join(hub.same_as), hub.floor_m2,
        verified.on.isoformat() if verified else "", verified.how if verified else "",
        str(freshness(verified, registry.as_of)), ";".join(source.name for source in hub.sources),
        ";".join(source.licence for source in hub.sources), ";".join(source.attribution for source in hub.sources),
        _page(registry, f"hubs/{hub.id}/"),
    )  # fmt: skip


def _machine(registry: Registry, machine: Machine) -> Sequence[Cell]:
    whole = registry.complete(machine)
    rate, verified = whole.rate, whole.verified
    return (
        whole.id, whole.hub, whole.country, whole.name, whole.model, ";".join(whole.processes),
        ";".join(use.material for use in whole.materials),
        _size(whole),
        whole.power_w, whole.tolerance_mm, whole.quantity, whole.status, whole.use,
        f"{rate.amount} {rate.currency}/{rate.per}" if rate else "", verified.on.isoformat() if verified else "",
        str(freshness(verified, registry.as_of)), _page(registry, f"machines/{whole.id}/"),
    )  # fmt: skip


def _model(registry: Registry, model: Model) -> Sequence[Cell]:
    return (
        model.id, model.name, model.brand, ";".join(model.aliases), ";".join(model.processes),
        ";".join(use.material for use in model.materials), _size(model), model.power_w, model.tolerance_mm,
        _page(registry, f"models/{model.id}/"),
    )  # fmt: skip


def _size(record: Machine | Model) -> str:
    return "x".join(f"{side:g}" for side in record.envelope_mm.numbers) if record.envelope_mm else ""


def _text(registry: Registry, text: Text) -> str:
    return text.into(registry.language)


def _page(registry: Registry, page: str) -> str:
    assert registry.settings is not None
    return f"{registry.settings.url.rstrip('/')}/{page}"
