"""A hub in; its endpoint of SpaceAPI (version 15) out, and of many the directory: name → address of the endpoint.

https://spaceapi.io. The schema asks for a logo, and the registry has none: the address of the site's own icon stands
there. There is no `state`: a file that changes with a commit cannot say whether the door is open. What SpaceAPI has no
key for begins with `ext_`, as its authors ask. A point that is a town's middle is left out: SpaceAPI has no precision.

Lost: machines, processes, services, access, accessibility, infrastructure, languages, networks, sources, verification,
the founding year, and all languages of a name but the registry's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .. import words
from ..records import Hub, Settings
from ..registry import Registry

FOLDER = "spaceapi"
VERSION = "15"
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DIGITS = 6
_LOGO = "assets/images/favicon.svg"
# Keys of `contact` by the word with which an entry of ours begins: "Mastodon: @lab@example.org".
_WAYS = {
    "mastodon": "mastodon", "matrix": "matrix", "irc": "irc", "xmpp": "xmpp", "mumble": "mumble", "sip": "sip",
    "twitter": "twitter", "facebook": "facebook", "mailinglist": "ml",
}  # fmt: skip


def endpoint(registry: Registry, hub: Hub) -> bytes:
    """Return a hub's endpoint."""
    assert registry.settings is not None
    return f"{_AS_JSON(_endpoint(registry.settings, hub))}\n".encode()


def directory(registry: Registry, shown: Sequence[Hub]) -> bytes:
    """Return the addresses of the endpoints by name; later hubs of one name have their town or id there."""
    assert registry.settings is not None
    base = registry.settings.url.rstrip("/")
    found: dict[str, str] = {}
    for hub in shown:
        name = hub.name.into(registry.language)
        names = (name, f"{name} ({hub.location.locality})", f"{name} ({hub.id})")
        found[next(one for one in names if one not in found)] = f"{base}/api/v1/{FOLDER}/{hub.id}.json"
    return f"{json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)}\n".encode()


def has_endpoint(hub: Hub) -> bool:
    """Tell whether a hub has an endpoint: a closed one has none."""
    return hub.status != "closed"


def _endpoint(settings: Settings, hub: Hub) -> dict[str, Any]:
    base = settings.url.rstrip("/")
    page = f"{base}/hubs/{hub.id}/"
    found: dict[str, Any] = {
        "api_compatibility": [VERSION],
        "space": hub.name.into(settings.language),
        "logo": f"{base}/{_LOGO}",
        "url": hub.website or page,
        "location": _location(hub),
        "contact": _contact(hub),
        "links": list(_links(settings, hub, page)),
        "ext_kind": hub.kind,
        "ext_opening_hours": hub.hours,
    }
    return {key: value for key, value in found.items() if value or key == "contact"}


def _location(hub: Hub) -> dict[str, Any]:
    place = hub.location
    is_near = place.precision in ("exact", "street")
    town = f"{place.postcode} {place.locality}".strip()
    country = words.country_name(hub.country)
    found: dict[str, Any] = {
        "address": ", ".join(filter(None, (place.address, town, place.region, country))),
        **(_point(hub) if is_near else {}),
        "timezone": words.time_zone(hub.country),
        "country_code": hub.country.upper(),
        "areas": [{"name": "all", "square_meters": hub.floor_m2}] if hub.floor_m2 else [],
        "ext_locality": place.locality, "ext_region": place.region, "ext_postcode": place.postcode,
        "ext_street": place.address, "ext_precision": place.precision,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value or key in ("lat", "lon")}


def _point(hub: Hub) -> dict[str, float]:
    point = hub.location.point
    return {"lat": round(point[0], _DIGITS), "lon": round(point[1], _DIGITS)} if point else {}


def _contact(hub: Hub) -> dict[str, Any]:
    """Return how to reach the space; all that the schema has no key for together in `ext_other`."""
    if hub.contact is None:
        return {}
    found: dict[str, Any] = {"email": hub.contact.email, "phone": hub.contact.phone}
    for one in hub.contact.other:
        word, _, way = one.partition(":")
        if (key := _WAYS.get(words.term(word), "")) and way.strip():
            found.setdefault(key, way.strip())
    found["ext_other"] = list(hub.contact.other)
    return {key: value for key, value in found.items() if value}


def _links(settings: Settings, hub: Hub, page: str) -> Iterator[dict[str, str]]:
    """Yield the hub's page in this registry, and its pages in other lists."""
    yield {"name": settings.name.into(settings.language), "url": page}
    for url in hub.same_as:
        yield {"name": url.partition("://")[2].partition("/")[0], "description": "the same space elsewhere", "url": url}
