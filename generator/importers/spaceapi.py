"""SpaceAPI in: a directory (name → endpoint), or an endpoint's file of version 0.12 to 15; drafts of hubs out.

https://spaceapi.io. Key holders, presence, sensors and whatever else changes by the hour are not read.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from .. import schemas
from . import places, structured, text
from .drafts import Draft, Rejected, Row
from .kinds_of_hub import kind_by_name
from .listings import is_listing
from .source import Source
from .terms import Terms

NAME = "spaceapi"
TITLE = "SpaceAPI: the directory, or endpoints of version 0.12 to 15"
URL = "https://spaceapi.io"
LICENCE = ""  # each space publishes its own facts, and says nothing of a licence
ATTRIBUTION = ""

# Ways to reach the space itself, as they are called in `contact.other`.
_WAYS = (
    ("ml", "Mailing list"), ("mastodon", "Mastodon"), ("matrix", "Matrix"), ("irc", "IRC"), ("xmpp", "XMPP"),
    ("mumble", "Mumble"), ("sip", "SIP"), ("twitter", "Twitter"), ("facebook", "Facebook"), ("telegram", "Telegram"),
    ("discord", "Discord"), ("gopher", "Gopher"),
)  # fmt: skip
_PRECISE = 3  # decimals: a tenth of a kilometre


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file begins like an endpoint, or like a directory of names and addresses."""
    found = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b'"space"' in head and (b'"api"' in head or b'"api_compatibility"' in head):
        return found.startswith((b"{", b"["))
    return found.startswith(b"{") and _is_directory(found)


def _is_directory(found: bytes) -> bool:
    """Tell whether the first entries are a name and an http address."""
    lines = [line.strip() for line in found[1:4000].replace(b'",', b'",\n').split(b"\n")][:-1][:4]
    entries = [line for line in lines if line]
    return bool(entries) and all(b'": "http' in line or b'":"http' in line for line in entries)


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for an endpoint's file, or for each file of a folder; of a directory what each entry lacks."""
    for file in source.files(".json"):
        lead = f"{file.file}: " if source.is_folder else ""
        found = structured.document(file)
        if several := _endpoints(found.value):
            yield from (_listed(one, f"{lead}{place}") for place, one in several)
        elif found.fault or not _is_read(found.value):
            yield Rejected(f"{lead}file", "", found.fault or "it is neither an endpoint nor a directory of SpaceAPI")
        elif "space" in found.value:
            yield _endpoint(found.value, f"{lead}file", file.url)
        else:
            yield from (_entry(name, address, lead, terms) for name, address in found.value.items())


def _endpoints(value: Any) -> list[tuple[str, Any]]:
    """Return what stands in a list of endpoints' files, as collectors keep it: bare, or with `url` and `data`."""
    lists = value.items() if isinstance(value, dict) and "space" not in value else [("items", value)]
    for name, several in lists:
        if isinstance(several, list) and any(_inner(one) for one in several):
            return [(f"{name}[{at}]", one) for at, one in enumerate(several)]
    return []


def _inner(value: Any) -> dict[str, Any]:
    """Return the endpoint's file in an item of such a list; {} for none."""
    if not isinstance(value, dict):
        return {}
    inside = value.get("data")
    found = inside if isinstance(inside, dict) else value
    return found if isinstance(found.get("space"), str) else {}


def _listed(value: Any, place: str) -> Row:
    found = _inner(value)
    if not found:
        name = text.line(value.get("space") or value.get("url")) if isinstance(value, dict) else ""
        return Rejected(place, name, "no answer of an endpoint stands here")
    return _endpoint(found, place, text.line(value.get("url")) if found is not value else "")


def _is_read(value: Any) -> bool:
    """Tell whether a value is an endpoint, or a mapping of names to addresses."""
    return isinstance(value, dict) and ("space" in value or not any(isinstance(one, dict) for one in value.values()))


def _entry(name: str, address: Any, lead: str, terms: Terms) -> Row:
    """Return why an entry of a directory makes no record: it says no place, but where more is said."""
    url = text.website(address)
    place = f"{lead}{json.dumps(name, ensure_ascii=False)}"
    if not url:
        return Rejected(place, text.line(name), f"its endpoint `{text.line(address, 80)}` is no http address")
    if known := terms.hub(url):
        return Rejected(place, text.line(name), f"it is hubs/{known}.yaml already, and a directory says no more of it")
    return Rejected(place, text.line(name), f"a directory says no place; import the endpoint's own file: {url}")


def _endpoint(data: Mapping[str, Any], place: str, url: str) -> Row:
    name = text.line(data.get("space"))
    if not name:
        return Rejected(place, "", "the space has no name")
    found = _part(data, "location")
    notes: list[str] = []
    # Version 0.12 and before had address, lat and lon at the top.
    country, location = _location({**{key: data.get(key) for key in ("address", "lat", "lon")}, **found}, notes)
    website = text.website(data.get("url"))
    kind = text.line(data.get("ext_kind")) or kind_by_name(name) or "hackerspace"
    same_as = [address for link in _mappings(data, "links") if is_listing(address := text.website(link.get("url")))]
    facts: dict[str, Any] = {
        "name": name, "kind": kind, "location": location, "website": website,
        "contact": _contact(_part(data, "contact"), notes),
        "hours": text.line(data.get("ext_opening_hours")), "floor_m2": _floor(found),
        "same_as": list(dict.fromkeys(filter(None, (text.website(url), *same_as)))),
        "business_models": ["membership"] if data.get("membership_plans") or data.get("membership_plan") else [],
    }  # fmt: skip
    data_of_hub = {key: value for key, value in facts.items() if value or key == "location"}
    return Draft("hub", "", data_of_hub, place, tuple(notes), country=country, key=url or website or name)


def _part(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _mappings(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = data.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _location(found: Mapping[str, Any], notes: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the country as worded, and a hub's `location`."""
    said = text.line(found.get("address"))
    parts = places.address(said)
    if parts.town and not text.line(found.get("ext_locality")):
        notes.append(f"the town `{parts.town}` was read from the address `{said}`")
    location: dict[str, Any] = {
        "locality": text.line(found.get("ext_locality")) or parts.town,
        "region": text.line(found.get("ext_region")),
        "postcode": text.line(found.get("ext_postcode")) or parts.postcode,
        "address": text.line(found.get("ext_street")) or ("" if found.get("ext_locality") else parts.street),
        "latitude": text.number(found.get("lat")), "longitude": text.number(found.get("lon")),
    }  # fmt: skip
    known = {key: value for key, value in location.items() if value not in ("", None)}
    return text.line(found.get("country_code")) or parts.country, known | _precision(location["latitude"], found)


def _precision(latitude: float | None, found: Mapping[str, Any]) -> dict[str, str]:
    if text.line(found.get("ext_precision")):
        return {"precision": text.line(found["ext_precision"])}
    decimals = len(str(found.get("lat")).partition(".")[2])
    return {"precision": "city" if latitude is None else "exact" if decimals >= _PRECISE else "city"}


def _contact(found: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    """Return how to reach the space; the people who hold its keys are left out."""
    if found.get("keymaster") or found.get("keymasters"):
        notes.append("people who hold keys were not taken")
    contact: dict[str, Any] = {"email": _email(found.get("email")), "phone": text.line(found.get("phone"))}
    # Ours go by their own words, which the known names would not give back the same.
    other = text.items(found.get("ext_other")) or [
        f"{label}: {value}" for key, label in _WAYS if (value := text.line(found.get(key), 200))
    ]
    limit = int(schemas.at("hub", ("contact", "other"))["maxItems"])
    return {key: value for key, value in {**contact, "other": other[:limit]}.items() if value}


def _email(value: Any) -> str:
    """Return an address, which version 14 lets stand in base64."""
    found = text.line(value).removeprefix("mailto:")
    if found and "@" not in found:
        try:
            found = base64.b64decode(found, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            return ""
    return found if "@" in found else ""


def _floor(location: Mapping[str, Any]) -> float | None:
    """Return the sum of the areas."""
    sizes = [text.number(area.get("square_meters")) for area in _mappings(location, "areas")]
    return sum(size for size in sizes if size) or None
