"""Open Know-Where data as the Internet of Production Alliance publishes it in; drafts of hubs and machines out.

Each item holds `facility`, `region`, `address` and `geocoding`; ours have `equipment` and `contact` too, with the
words of the Alliance's schema. The flat `Location` of its API is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import places, structured, text
from .drafts import Draft, Rejected, Row
from .kinds_of_hub import kind_by_name, kind_of_hub
from .listings import is_fablabs_io, placed
from .source import Source
from .terms import Terms

NAME = "okw"
TITLE = "Open Know-Where JSON of the Internet of Production Alliance"
URL = "https://github.com/iop-alliance/okw_map_site"
LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = "The Internet of Production Alliance"

_LOCATION = {"id", "name", "latitude", "longitude", "city", "country"}
# Open Know-Where, facility_status.
_STATUS = {"active": "active", "planned": "planned", "temporary closure": "paused", "closed": "closed"}
_SITES = ("http://", "https://")


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file's beginning has the keys of OKW data."""
    return b'"facility"' in head and b'"facility_id"' in head


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each facility, and after it one for each piece of its equipment."""
    for place, item, fault in structured.objects(source):
        if fault or not _is_facility(item):
            yield Rejected(place, "", fault or "it is no facility of Open Know-Where")
            continue
        facility = item.get("facility") or {"name": item["name"], "facility_id": item["id"]}
        hub = _hub(item, facility, place, terms)
        if not hub.data["name"]:
            yield Rejected(place, "", "the facility has no name")
            continue
        yield hub
        yield from _machines(item, hub, terms)


def _is_facility(item: Any) -> bool:
    """Tell whether a value has the form of the published files, or the flat one of the API."""
    return isinstance(item, dict) and (isinstance(item.get("facility"), dict) or item.keys() >= _LOCATION)


def _hub(item: dict[str, Any], facility: dict[str, Any], place: str, terms: Terms) -> Draft:
    region = _part(item, "region") or {"country": item.get("country"), "city_town": item.get("city")}
    contact, address = _part(item, "contact"), text.website(facility.get("url"))
    location, notes = _location(item, region)
    name, said = text.line(facility.get("name")), text.line(facility.get("description"))
    kind = kind_of_hub(text.line(facility.get("type"))) or kind_of_hub(said) or kind_by_name(name)
    data: dict[str, Any] = {"name": name, "kind": kind or "makerspace", "location": location, **placed(address)}
    if not kind:
        notes.append("the kind of hub is not said; makerspace is a guess")
    if said and not kind_of_hub(said):
        data["summary"] = said
    if status := _STATUS.get(text.line(facility.get("status")).lower(), ""):
        data["status"] = status
    if text.line(contact.get("email")):
        data["contact"] = {"email": text.line(contact["email"])}
    if networks := terms.network("fablabs-io") if is_fablabs_io(address) else []:
        data["networks"] = networks
    if processes := terms.processes(text.items(facility.get("capabilities"))):
        data["processes"] = processes
    key = text.line(facility.get("facility_id"))
    return Draft("hub", "", data, place, tuple(notes), country=text.line(region.get("country")), key=key or place)


def _part(item: dict[str, Any], key: str) -> dict[str, Any]:
    found = item.get(key)
    return found if isinstance(found, dict) else {}


def _location(item: dict[str, Any], region: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a hub's `location`, and notes."""
    notes: list[str] = []
    address, point = _part(item, "address"), _part(item, "geocoding") or item
    street = text.line(address.get("extended") or (item.get("address") if isinstance(item.get("address"), str) else ""))
    if street.startswith(_SITES):
        notes.append("its address is a link, not an address: left out")
        street = ""
    town, state = text.line(region.get("city_town")), text.line(region.get("state_region"))
    if not town and state:
        notes.append(f"no town is given; the region `{state}` stands in for it")
        town, state = state, ""
    if places.country_named(state):
        state = ""  # fablabs.io's form let people write the country there
    latitude, longitude = text.number(point.get("latitude")), text.number(point.get("longitude"))
    found = {
        "locality": town, "region": state, "postcode": text.line(address.get("zip_code")), "address": street,
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in ("", None)} | _precision(point), notes


def _precision(point: dict[str, Any]) -> dict[str, str]:
    """Return what our own export says of a point's precision; else somebody put it on a map, at the street."""
    said = text.line(point.get("precision"))
    return {"precision": said or ("street" if point.get("latitude") is not None else "city")}


def _machines(item: dict[str, Any], hub: Draft, terms: Terms) -> Iterator[Row]:
    found = item.get("equipment")
    for at, equipment in enumerate(found if isinstance(found, list) else ()):
        if isinstance(equipment, dict):
            yield _machine(equipment, f"{hub.place}.equipment[{at}]", hub, terms)


def _machine(equipment: dict[str, Any], place: str, hub: Draft, terms: Terms) -> Row:
    """Return a machine: of the registry's model where it has that, else by its name and processes."""
    brand, model = text.line(equipment.get("brand")), text.line(equipment.get("model"))
    known = terms.model(model, brand) if model else ""
    name = text.line(equipment.get("description")) or f"{brand} {model}".strip()
    processes = terms.processes(text.items(equipment.get("type")))
    if not name and not known:
        return Rejected(place, hub.data["name"], "the equipment has neither name nor model")
    data: dict[str, Any] = {"model": known} if known else {"name": name}
    if processes and not known:
        data["processes"] = processes
    return Draft("machine", "", data, place, hub=hub.key, key=text.line(equipment.get("equipment_id")))
