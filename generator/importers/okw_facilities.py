"""Facilities as Open Hardware Manager and the standard's own examples write them in; drafts of hubs and machines out.

One object is one facility, with `location`, `equipment` and `manufacturing_processes`; processes and materials are
named by articles of Wikipedia. Its `owner`, `contact` and `record_data` name people: only a role address is taken.
A flag that is false, and `Restricted`, are what the format says of everybody who said nothing: they are left out.
https://standards.internetofproduction.org/pub/okw
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .. import documents, words
from . import places, structured, text
from .drafts import Draft, Rejected, Row
from .kinds_of_hub import kind_by_name, kind_of_hub
from .listings import placed
from .source import Source
from .structured import Item
from .terms import Terms, title

NAME = "okw-facilities"
TITLE = "Open Know-Where facilities as Open Hardware Manager keeps them"
URL = ""  # everybody keeps their own
LICENCE = ""
ATTRIBUTION = ""

_JSON_KEYS = re.compile(rb'"(?:equipment|manufacturing_processes|facility_status)"\s*:')
_YAML_KEYS = re.compile(rb"^(?:- )?(?:equipment|manufacturing_processes|facility_status):", re.MULTILINE)
_YAML_PLACE = re.compile(rb"^(?:  )?location:", re.MULTILINE)
_TSDC = "TSDC"  # codes of DIN SPEC 3105-1, which some write for processes
_KEYS = frozenset({"equipment", "manufacturing_processes", "facility_status", "typical_batch_size", "access_type"})
_STATUS = {"active": "active", "planned": "planned", "temporary closure": "paused", "closed": "closed"}
_ACCESS = {
    "restrictedwithpublichours": "restricted-with-public-hours", "sharedspace": "shared",
    "shared": "shared", "public": "public", "membership": "membership",
}  # fmt: skip
_BATCHES = {"050": "0-50", "50500": "50-500", "5005000": "500-5000", "5000": "5000+"}
_HAS = {
    "backup_generator": "backup_power", "uninterrupted_power_supply": "ups", "road_access": "road_access",
    "loading_dock": "loading_dock",
}  # fmt: skip
_BROKEN = frozenset({"broken", "outoforder", "notworking", "outofservice", "nonfunctional", "notfunctional"})
_DOES = ("manufacturing_process", "manufacturing_processes", "process", "processes")
_IS = ("equipment_type", "type")
_TRAVEL = ("x_travel", "y_travel", "z_travel")


def recognises(head: bytes, name: str) -> bool:
    """Tell whether a file's beginning has the keys of a facility."""
    if name.lower().endswith((".yaml", ".yml")):
        return _YAML_KEYS.search(head) is not None and _YAML_PLACE.search(head) is not None
    return _JSON_KEYS.search(head) is not None and b'"location"' in head and b'"facility_id"' not in head


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a hub for each facility, and after it a machine for each piece of its equipment."""
    for place, item, fault in _items(source):
        if fault or not _is_facility(item):
            yield Rejected(place, "", fault or "it is no facility of Open Know-Where")
        else:
            yield from _rows(item, place, terms)


def _items(source: Source) -> Iterator[Item]:
    """Yield the facilities of a list, or the one of a file that holds no other."""
    if source.file.lower().endswith((".yaml", ".yml")):
        found = documents.examine(source.text().replace("\r\n", "\n").encode())
        fault = found.problems[0].message if found.is_broken else ""
        several = found.data if isinstance(found.data, list) and not fault else [found.data]
        yield from (Item(f"items[{at}]", one, fault) for at, one in enumerate(several))
        return
    if source.head().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        whole = structured.document(source)
        if not whole.fault and _is_facility(whole.value):
            yield Item("the file", whole.value)
            return
    yield from structured.objects(source)


def _is_facility(item: Any) -> bool:
    return isinstance(item, dict) and "name" in item and not _KEYS.isdisjoint(item)


def _rows(item: Mapping[str, Any], place: str, terms: Terms) -> Iterator[Row]:
    hub = _hub(item, place)
    if not hub.data["name"]:
        yield Rejected(place, "", "the facility has no name")
        return
    given = item.get("equipment")
    machines = [
        _machine(equipment, f"{place}.equipment[{at}]", hub, terms)
        for at, equipment in enumerate(given if isinstance(given, list) else ())
    ]
    yield _with_claims(hub, _words(item.get("manufacturing_processes")), machines, terms)
    yield from machines


def _with_claims(hub: Draft, said: list[str], machines: list[Row], terms: Terms) -> Draft:
    """Return a hub with the processes for which it lists no machine: to say others twice would make up a machine."""
    done = [id for one in machines if isinstance(one, Draft) for id in one.data.get("processes", ())]
    covered = frozenset(id for process in done for id in terms.broader(process))
    claimed = [id for id in terms.processes(said, _TSDC) if id not in covered]
    return replace(hub, data={**hub.data, "processes": claimed}) if claimed else hub


def _hub(item: Mapping[str, Any], place: str) -> Draft:
    name, said = text.line(item.get("name")), text.prose(item.get("description"))
    kind, notes = kind_of_hub(said) or kind_by_name(name), list[str]()
    if not kind:
        notes.append("the kind of hub is not said; makerspace is a guess")
    country, location = _location(item)
    batch = "".join(letter for letter in text.line(item.get("typical_batch_size")) if letter.isdigit())
    data: dict[str, Any] = {
        "name": name, "kind": kind or "makerspace", "location": location, "summary": "" if kind_of_hub(said) else said,
        **_reached(item, notes), "status": _STATUS.get(text.line(item.get("facility_status")).lower(), ""),
        "access": _ACCESS.get(words.term(text.line(item.get("access_type"))), ""),
        "batch": _BATCHES.get(batch, ""), "floor_m2": text.number(item.get("floor_size")),
        "infrastructure": {ours: "present" for key, ours in _HAS.items() if text.answer(item.get(key)) == "yes"},
        "certifications": [{"scheme": one} for one in dict.fromkeys(_words(item.get("certifications")))],
    }  # fmt: skip
    data = {key: value for key, value in data.items() if value not in ("", None, [], {}, {"email": ""})} | {
        "name": name
    }
    return Draft("hub", "", data, place, tuple(notes), country=country, key=text.line(item.get("id")) or place)


def _words(value: Any) -> list[str]:
    """Return the words of a list. Articles may have commas in their addresses: one text is one word."""
    several = value if isinstance(value, list) else [value]
    return [word for one in several if (word := text.line(_named(one)))]


def _named(one: Any) -> Any:
    if not isinstance(one, dict):
        return one
    return next((one[key] for key in ("material_type", "name", "link") if one.get(key)), "")


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = item.get(key)
    return found if isinstance(found, dict) else {}


def _reached(item: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    """Return how to reach a facility: its site and addresses, else through whoever keeps the list."""
    whose = [item, _mapping(item, "contact"), _mapping(item, "owner")]
    social = [address for one in whose for address in _words(_mapping(one, "social_media").get("other_urls"))]
    several = [*(one.get(key) for one in whose for key in ("website", "url")), *social]
    found: dict[str, Any] = placed(next((address for one in several if (address := text.website(one))), ""))
    ways = [_mapping(one, "contact") for one in whose[1:]]
    said = {"email": [way.get("email") for way in ways], "phone": [way.get("landline") for way in ways]}
    contact: dict[str, Any] = {
        key: word for key, values in said.items() if (word := next(filter(None, map(text.line, values)), ""))
    }
    if not found:
        name = text.line(item.get("id")) or text.line(item.get("name"), 80)
        contact["other"] = [f"whoever keeps the list that it was taken from: facility {name}"]
        if len(contact) == 1:
            notes.append("it gives no way to reach it but the list that it was taken from")
    return {**found, "contact": contact}


def _location(item: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the country as it is said, and a hub's `location`."""
    if isinstance(line := item.get("location"), str):
        parts = places.address(line)
        return parts.country, {"locality": parts.town or text.line(line), "precision": "city"}
    given = _mapping(item, "location")
    address = _mapping(given, "address")
    latitude, longitude = places.pair(given.get("gps_coordinates"))
    if latitude is None:
        point = _mapping(given, "coordinates") or given
        latitude = text.number(point.get("latitude", point.get("lat")))
        longitude = text.number(point.get("longitude", point.get("lon")))
    street = " ".join(word for key in ("number", "street") if (word := text.line(address.get(key))))
    found = {
        "locality": text.line(given.get("city") or address.get("city")),
        "region": text.line(address.get("region") or given.get("region")),
        "postcode": text.line(address.get("postcode")),
        "address": street or text.line(given.get("address")), "latitude": latitude, "longitude": longitude,
        "precision": "city" if latitude is None else "street",
    }  # fmt: skip
    country = text.line(given.get("country") or address.get("country"))
    return country, {key: value for key, value in found.items() if value not in ("", None)}


def _machine(equipment: Any, place: str, hub: Draft, terms: Terms) -> Row:
    """Return a machine: of the registry's model where it has that, else by its name. A text says what it is."""
    if isinstance(equipment, str):
        equipment = {"equipment_type": equipment}
    if not isinstance(equipment, dict):
        return Rejected(place, hub.data["name"], "the equipment is no object with facts")
    brand, model = text.line(equipment.get("make") or equipment.get("brand")), text.line(equipment.get("model"))
    known = terms.model(model, brand) if model else ""
    name = (
        text.line(equipment.get("name"))
        or f"{brand} {model}".strip()
        or title(text.line(equipment.get("equipment_type") or equipment.get("type")))
    )
    if not name and not known:
        return Rejected(place, hub.data["name"], "the equipment has neither name nor model nor type")
    quantity, travel = text.number(equipment.get("quantity")), [text.number(equipment.get(key)) for key in _TRAVEL]
    data: dict[str, Any] = {
        "model": known, "name": "" if known else name, "processes": _done(equipment, terms),
        "materials": terms.materials(_words(equipment.get("materials_worked") or equipment.get("materials"))),
        "envelope_mm": [side for side in travel if side] if all(travel) else [],
        "power_w": text.number(equipment.get("laser_power")) or text.number(equipment.get("power_rating")),
        "quantity": int(quantity) if quantity is not None and quantity.is_integer() and quantity > 1 else None,
        "status": "broken" if words.term(text.line(equipment.get("condition"))) in _BROKEN else "",
        "features": _features(equipment),
    }  # fmt: skip
    data = {key: value for key, value in data.items() if value not in ("", None, [], {})}
    return Draft("machine", "", data, place, hub=hub.key, key=text.line(equipment.get("id")))


def _done(equipment: Mapping[str, Any], terms: Terms) -> list[str]:
    """Return what a machine does: by the processes it is said to do, and by what it is, of which one is enough."""
    said = [word for key in (*_DOES, *_IS) for word in _words(equipment.get(key))]
    found = [id for word in said if (id := terms.known_process(word, _TSDC))]
    return list(dict.fromkeys(found)) or terms.processes(said, _TSDC)


def _features(equipment: Mapping[str, Any]) -> dict[str, float]:
    found = {"axes": text.number(equipment.get("axes")), "nozzle_mm": text.number(equipment.get("nozzle_size"))}
    return {key: value for key, value in found.items() if value}
