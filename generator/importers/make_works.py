"""Companies as Make Works lists them in; drafts of hubs out. The people who are named there are not taken over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import places, structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "make-works"
TITLE = "Make Works"
URL = "https://make.works"
LICENCE = ""
ATTRIBUTION = "Make Works"

_RUNS = (("large_run", "5000+"), ("medium_run", "500-5000"), ("short_run", "50-500"), ("sample_production", "0-50"))
_PEOPLE = ("contact_name", "contact_email", "contact_phone", "contact_jobtitle")


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file's beginning has the keys of Make Works' companies."""
    return structured.is_json(head) and b'"m_id"' in head and (b'"short_run"' in head or b'"contact_name"' in head)


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each company."""
    for place, item, fault in structured.objects(source):
        if fault or not isinstance(item, dict):
            yield Rejected(place, "", fault or "it is no company")
        elif text.answer(item.get("soft_delete")) == "yes":
            yield Rejected(place, text.line(item.get("name")), "Make Works has deleted it")
        elif not text.line(item.get("name")):
            yield Rejected(place, "", "the company has no name")
        else:
            yield _company(place, item, terms)


def _company(place: str, item: dict[str, Any], terms: Terms) -> Draft:
    slug = text.line(item.get("slug"))
    data: dict[str, Any] = {
        "name": text.line(item.get("name")),
        "kind": "manufacturer",
        "location": _location(item),
        "summary": text.prose(item.get("intro")) or text.prose(item.get("description"), 2000),
        "website": text.line(item.get("website")),
        "founded_year": item.get("year_founded") or None,
        "services": ["made-to-order"],
        "processes": terms.processes(text.items(item.get("processes") or ())),
        "same_as": [f"{URL}/companies/{slug}"] if slug and " " not in slug else [],
    }
    if batch := next((size for key, size in _RUNS if text.answer(item.get(key)) == "yes"), ""):
        data["batch"] = batch
    people = [key for key in _PEOPLE if text.line(item.get(key))]
    notes = (f"{', '.join(people)}: a person's, not taken over",) if people else ()
    address = places.address(", ".join(text.prose(item.get("address")).splitlines()))
    country = text.line(item.get("country")) or address.country
    return Draft("hub", "", data, place, notes, country=country, key=text.line(item.get("id")))


def _location(item: dict[str, Any]) -> dict[str, Any]:
    """Return where a company is. `location` is a town or a region there, `address` one line or several."""
    address = ", ".join(text.prose(item.get("address")).splitlines())
    parts, town = places.address(address), text.line(item.get("location"))
    location: dict[str, Any] = {
        "locality": parts.town or town.partition(",")[0].strip(),
        "postcode": parts.postcode,
        "address": parts.street if parts.town else address,
        "latitude": item.get("lat"),
        "longitude": item.get("lng"),
    }
    return {key: value for key, value in location.items() if value not in ("", None)}
