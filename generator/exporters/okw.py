"""Hubs in; Open Know-Where out, in the shape of the Internet of Production Alliance's own JSON files.

A list of objects, each with `geocoding`, `address`, `region`, `location` and `facility`, linked by UUIDs that are made
of the hub's page. What those have no key for stands beside them in the words of the Alliance's schema (version 1):
`contact`, and `equipment` with brand, model and type. https://github.com/iop-alliance

Lost: opening hours, accessibility, infrastructure, services, languages, networks, sources, verification, all languages
of a text but the registry's own, and of a machine everything but its model, name and processes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from ..records import Hub, Machine, Model
from ..registry import Registry

_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DIGITS = 6
# The Alliance's word for it; our others are the same there.
_KINDS = {"fab-lab": "fablab"}
_STATUS = {"active": "Active", "planned": "Planned", "paused": "Temporary Closure", "closed": "Closed"}


def hubs(registry: Registry, shown: Sequence[Hub]) -> bytes:
    """Return all hubs as one list, a hub a line."""
    lines = ",\n".join(_AS_JSON(_item(registry, hub)) for hub in shown)
    return f"[\n{lines}\n]\n".encode()


def _item(registry: Registry, hub: Hub) -> dict[str, Any]:
    assert registry.settings is not None
    page = f"{registry.settings.url.rstrip('/')}/hubs/{hub.id}/"
    name = uuid.uuid5(uuid.NAMESPACE_URL, page)
    location_id = _id(name, "location")
    geocoding, address, region = _geocoding(hub, name), _address(hub, name), _region(hub, name)
    item: dict[str, Any] = {
        "geocoding": geocoding,
        "address": address,
        "region": region,
        "location": {
            "geocoding_id": geocoding["geocoding_id"] if geocoding else None,
            "address_id": address["address_id"] if address else None,
            "region_id": region["region_id"],
            "location_id": location_id,
        },
        "facility": _facility(registry, hub, page) | {"facility_id": str(name), "location_id": location_id},
    }
    if equipment := list(_equipment(registry, hub, name)):
        item["equipment"] = equipment
    if contact := _contact(hub, name):
        item["contact"] = contact
    return item


def _id(name: uuid.UUID, part: str) -> str:
    return str(uuid.uuid5(name, part))


def _geocoding(hub: Hub, name: uuid.UUID) -> dict[str, Any] | None:
    point = hub.location.point
    if point is None:
        return None
    return {
        "latitude": round(point[0], _DIGITS), "longitude": round(point[1], _DIGITS),
        "precision": hub.location.precision, "geocoding_id": _id(name, "geocoding"),
    }  # fmt: skip


def _address(hub: Hub, name: uuid.UUID) -> dict[str, str] | None:
    place = hub.location
    if not place.postcode and not place.address:
        return None
    return {"zip_code": place.postcode, "extended": place.address, "address_id": _id(name, "address")}


def _region(hub: Hub, name: uuid.UUID) -> dict[str, str]:
    state = {"state_region": hub.location.region} if hub.location.region else {}
    return {
        "country": hub.country.upper(),
        **state,
        "city_town": hub.location.locality,
        "region_id": _id(name, "region"),
    }


def _facility(registry: Registry, hub: Hub, page: str) -> dict[str, str]:
    """Return what the facility is; `url` is its own site, else its page in another list, else that in this registry."""
    elsewhere = hub.same_as[0] if hub.same_as else page
    can = {id for machine in registry.machines_of(hub) for id in machine.processes} | set(hub.processes)
    found = {
        "name": hub.name.into(registry.language), "url": hub.website or elsewhere,
        "description": _KINDS.get(hub.kind, hub.kind), "type": hub.kind, "status": _STATUS[hub.status],
        "capabilities": ";".join(sorted(can)),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _contact(hub: Hub, name: uuid.UUID) -> dict[str, str]:
    email = hub.contact.email if hub.contact else ""
    found = {"email": email, "website": hub.website}
    return (
        {"contact_id": _id(name, "contact"), **{key: value for key, value in found.items() if value}} if email else {}
    )


def _equipment(registry: Registry, hub: Hub, name: uuid.UUID) -> Iterator[dict[str, str]]:
    """Yield the machines at a hub."""
    for machine in registry.machines_of(hub):
        model = registry.get(Model, machine.model) if machine.model else None
        yield _machine(machine, model) | {"equipment_id": _id(name, machine.id)}


def _machine(machine: Machine, model: Model | None) -> dict[str, str]:
    found = {
        "brand": model.brand if model else "", "model": model.name if model else "",
        "type": ";".join(machine.processes), "description": machine.name,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}
