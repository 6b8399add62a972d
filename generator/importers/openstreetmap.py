"""OpenStreetMap in: what Overpass answers (JSON), or GeoJSON made of it; drafts of hubs out.

Who mapped, when, and tags that may name a person (operator, note …) are not read. `opening_hours` has the registry's
own syntax and is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import geometries, places, structured, text
from .drafts import Draft, Rejected, Row
from .kinds_of_hub import kind_by_name
from .source import Source
from .terms import Terms

NAME = "openstreetmap"
TITLE = "OpenStreetMap: Overpass JSON, or GeoJSON"
URL = "https://www.openstreetmap.org"
LICENCE = "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors"

Tags = Mapping[str, str]
# Tags by which an object is a hub, and of which kind: `leisure=hackerspace` is what mappers use for all of them.
_KINDS = {
    ("leisure", "hackerspace"): "hackerspace", ("club", "hackerspace"): "hackerspace",
    ("office", "hackerspace"): "hackerspace", ("amenity", "hackerspace"): "hackerspace",
    ("leisure", "makerspace"): "makerspace", ("amenity", "makerspace"): "makerspace",
    ("club", "makerspace"): "makerspace", ("office", "makerspace"): "makerspace",
    ("leisure", "fablab"): "fab-lab", ("amenity", "fablab"): "fab-lab", ("office", "fablab"): "fab-lab",
    ("amenity", "workshop"): "workshop", ("amenity", "repair_cafe"): "workshop", ("leisure", "workshop"): "workshop",
}  # fmt: skip
_SUBTYPES = {"fablab": "fab-lab", "fab_lab": "fab-lab", "makerspace": "makerspace", "hackerspace": "hackerspace"}
_PAST = ("disused", "abandoned", "was", "removed", "demolished")
_TYPES = ("node", "way", "relation")
_ID = re.compile(r"(node|way|relation)/(\d+)")
_TOWNS = ("addr:city", "addr:town", "addr:village", "addr:municipality", "addr:hamlet", "addr:place", "is_in:city")
_PRESENCE = {"yes": "present", "designated": "present", "no": "absent"}
_WIRED = {"wlan": "present", "wifi": "present", "wired": "present", **_PRESENCE}


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file is Overpass JSON, or GeoJSON with ids of OpenStreetMap."""
    is_overpass = b'"elements"' in head and (b'"osm3s"' in head or b'"generator"' in head or b'"tags"' in head)
    is_geojson = b'"FeatureCollection"' in head and re.search(rb'"@?id":\s*"(?:node|way|relation)/', head) is not None
    return is_overpass or is_geojson


def read(source: Source, terms: Terms) -> Iterator[Row]:  # noqa: ARG001 - importers share the signature
    """Yield a draft for each element or feature that is a workshop."""
    for place, item, fault in structured.objects(source):
        if fault:
            yield Rejected(place, "", fault)
        elif place.startswith(("elements[", "features[", "items[", "line ")):
            yield _row(item, place)


def _row(item: Any, place: str) -> Row:
    if not isinstance(item, dict):
        return Rejected(place, "", "it is no element of OpenStreetMap")
    tags = _tags(item)
    name = tags.get("name") or tags.get("official_name") or tags.get("name:en") or tags.get("addr:housename", "")
    kind, status = _kind(tags)
    if not kind:
        return Rejected(place, name, "its tags speak of no hackerspace, makerspace, fab lab or workshop")
    if not name:
        return Rejected(place, "", "it has no name")
    id = _id(item)
    location, country = _location(tags, _point(item))
    told = (kind_by_name(name) or kind) if kind == "hackerspace" else kind  # the tag is used for all kinds
    data = {"name": name, "kind": told, "status": status, "location": location, **_facts(tags, id)}
    notes = ("hours are as mapped, asked of nobody",) if "opening_hours" in tags else ()
    return Draft("hub", "", data, place, notes, country=country, key=id)


def _tags(item: Mapping[str, Any]) -> dict[str, str]:
    """Return an object's tags: Overpass has them apart, GeoJSON in `properties`, or in `properties.tags`."""
    found = item.get("tags")
    if not isinstance(found, dict):
        found = item.get("properties")
        found = found if isinstance(found, dict) else {}
        found = {**found, **found["tags"]} if isinstance(found.get("tags"), dict) else found
    return {str(key): line for key, value in found.items() if (line := text.line(value))}


def _kind(tags: Tags) -> tuple[str, str]:
    """Return kind and status; "" for what is no workshop."""
    subtype = next((_SUBTYPES[tags[key]] for key in ("hackerspace", "workshop") if tags.get(key) in _SUBTYPES), "")
    for (key, value), kind in _KINDS.items():
        if tags.get(key) == value:
            return subtype or kind, "closed" if tags.get("end_date") else ""
        if any(tags.get(f"{before}:{key}") == value for before in _PAST):
            return subtype or kind, "closed"
        if tags.get(f"construction:{key}") == value or tags.get(f"proposed:{key}") == value:
            return subtype or kind, "planned"
    return "", ""


def _id(item: Mapping[str, Any]) -> str:
    """Return an object's id such as "node/42", or ""."""
    if item.get("type") in _TYPES and isinstance(item.get("id"), int):
        return f"{item['type']}/{item['id']}"
    properties = item.get("properties")
    inside = properties if isinstance(properties, dict) else {}
    for value in (item.get("id"), inside.get("@id"), inside.get("id"), inside.get("osm_id")):
        if found := _ID.search(str(value)):
            return found[0]
    return ""


def _point(item: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return latitude and longitude: a node's own, a way's centre, or the middle of a geometry's box."""
    for holder in (item, item.get("center")):
        if isinstance(holder, dict) and "lat" in holder:
            return text.number(holder.get("lat")), text.number(holder.get("lon"))
    if isinstance(bounds := item.get("bounds"), dict):
        corners = [(bounds.get("minlon"), bounds.get("minlat")), (bounds.get("maxlon"), bounds.get("maxlat"))]
    else:
        geometry = item.get("geometry")
        if isinstance(geometry, dict):
            return geometries.middle(geometry)
        corners = _outline(geometry)
    return geometries.box_middle(corners)


def _outline(geometry: Any) -> list[tuple[Any, Any]]:
    """Return the corners of a way as Overpass' `out geom` has them."""
    several = geometry if isinstance(geometry, list) else []
    return [(one.get("lon"), one.get("lat")) for one in several if isinstance(one, dict)]


def _facts(tags: Tags, id: str) -> dict[str, Any]:
    """Return what tags say beside name, kind and place."""
    website = next((url for key in ("website", "contact:website", "url") if (url := text.website(tags.get(key)))), "")
    facts: dict[str, Any] = {
        "summary": _summary(tags), "founded_year": text.year(tags.get("start_date", "")), "website": website,
        "contact": _contact(tags), "hours": tags.get("opening_hours", ""),
        "access": {"members": "membership", "yes": "public"}.get(tags.get("access", ""), ""),
        "accessibility": _accessibility(tags), "infrastructure": _infrastructure(tags),
        "same_as": [f"{URL}/{id}"] if id else [],
    }  # fmt: skip
    return {key: value for key, value in facts.items() if value}


def _location(tags: Tags, point: tuple[float | None, float | None]) -> tuple[dict[str, Any], str]:
    """Return a hub's `location`, and its country as worded."""
    number = tags.get("addr:housenumber", "") or tags.get("addr:streetnumber", "")
    street = f"{tags.get('addr:street', '')} {number}".strip() if tags.get("addr:street") else ""
    full = places.address(tags.get("addr:full", ""))
    location: dict[str, Any] = {
        "locality": next((tags[key] for key in _TOWNS if tags.get(key)), full.town) or tags.get("addr:suburb", ""),
        "region": tags.get("addr:state", "") or tags.get("addr:province", ""),
        "postcode": tags.get("addr:postcode", "") or full.postcode, "address": street or full.street,
        "latitude": point[0], "longitude": point[1], "precision": "city" if point[0] is None else "exact",
    }  # fmt: skip
    country = tags.get("addr:country", "") or tags.get("is_in:country", "") or full.country
    return {key: value for key, value in location.items() if value not in ("", None)}, country


def _summary(tags: Tags) -> dict[str, str] | str:
    """Return the description, by language where that is said."""
    found = {
        key.partition(":")[2]: value for key, value in tags.items() if re.fullmatch(r"description:[a-z]{2,3}", key)
    }
    return found or tags.get("description", "")


def _contact(tags: Tags) -> dict[str, Any]:
    """Return how to reach the place."""
    found: dict[str, Any] = {
        "email": tags.get("email", "") or tags.get("contact:email", ""),
        "phone": (tags.get("phone", "") or tags.get("contact:phone", "")).partition(";")[0].strip(),
        "other": [
            f"{label}: {tags[key]}"
            for key, label in (("contact:mastodon", "Mastodon"), ("contact:matrix", "Matrix"), ("irc", "IRC"))
            if tags.get(key)
        ],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _accessibility(tags: Tags) -> dict[str, str]:
    found = {
        "step_free_entrance": _PRESENCE.get(tags.get("wheelchair", ""), ""),
        "accessible_toilet": _PRESENCE.get(tags.get("toilets:wheelchair", ""), ""),
        "note": tags.get("wheelchair:description", ""),
    }
    return {key: value for key, value in found.items() if value}


def _infrastructure(tags: Tags) -> dict[str, str]:
    internet = _WIRED.get(tags.get("internet_access", ""), "")
    return {"internet": internet} if internet else {}
