"""Labs as fablabs.io publishes them, or its machines as a table, in; drafts of hubs and machines out.

Read are the flat list of its programming interface, the older one with `attributes` (JSON:API), the oldest with nested
coordinates, and the table of machines with a lab on each row. Telephones, addresses of people and pictures are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import words
from . import structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "fablabs-io"
TITLE = "fablabs.io"
URL = "https://www.fablabs.io"
LICENCE = ""
ATTRIBUTION = "fablabs.io"

_LAB = "https://www.fablabs.io/labs/"
_KINDS = {"mobile": "mobile-lab"}
_STATUS = {"planned": "planned", "active": "active", "corona": "paused", "closed": "closed"}
_COLUMNS = ("name", "brand", "slug", "lab", "country_code")
_CLASSES = {"three_d_printer": "3d-printing", "scanner": "3d-scanning", "laser": "laser-cutting"}
_UNTOLD = ("other", "")  # classes of machines that say nothing


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file's beginning has the keys of labs of fablabs.io."""
    if structured.is_table(head, *_COLUMNS):
        return True
    keys = (b'"slug"', b'"name"')
    return all(key in head for key in keys) and (b'"kind_name"' in head or b'"activity_status"' in head)


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each lab, and one for each machine that is named with it."""
    if structured.is_table(source.head(), *_COLUMNS):
        yield from _table(source, terms)
        return
    for place, item, fault in structured.objects(source):
        if fault:
            yield Rejected(place, "", fault)
        elif "[" in place or place.startswith("line "):
            yield from _lab(place, item, terms)


def _lab(place: str, item: Any, terms: Terms) -> Iterator[Row]:
    lab = _flat(item)
    if not lab:
        yield Rejected(place, "", "it is no lab")
        return
    slug = words.slug(text.line(lab.get("slug")).replace("_", "-")) and text.line(lab.get("slug"))
    data = {**_identity(slug, terms), **_facts(lab, terms)}
    key = slug or text.line(lab.get("id")) or place
    yield Draft("hub", "", data, place, country=text.line(lab.get("country_code")), key=key)
    for at, machine in enumerate(lab.get("machines") or ()):
        if isinstance(machine, dict):
            yield _machine(machine, "", key, f"{place}.machines[{at}]", terms)


def _flat(item: Any) -> dict[str, Any]:
    """Return a lab's fields in one mapping, whichever form it has; {} when it is no lab."""
    if not isinstance(item, dict) or item.get("type", "lab") not in ("lab", "labs", None):
        return {}
    attributes = item.get("attributes")
    lab = {**item, **attributes} if isinstance(attributes, dict) else dict(item)
    related = lab.get("relationships")
    if isinstance(related, dict) and isinstance(machines := related.get("machines"), dict | list):
        lab["machines"] = machines.get("data", ()) if isinstance(machines, dict) else machines
    location = lab.get("location")
    if isinstance(location, dict):
        nested = location.get("coordinates")
        lab = {**lab, **location, **(nested if isinstance(nested, dict) else {})}
    if not isinstance(lab.get("machines", ()), list | tuple):
        lab["machines"] = ()
    return lab if text.line(lab.get("name")) else {}


def _identity(slug: str, terms: Terms) -> dict[str, Any]:
    """Return what being listed there says of a lab."""
    networks = terms.network("fablabs-io")
    return {**({"same_as": [f"{_LAB}{slug}"]} if slug else {}), **({"networks": networks} if networks else {})}


def _facts(lab: dict[str, Any], terms: Terms) -> dict[str, Any]:
    kind, status = text.line(lab.get("kind_name")), text.line(lab.get("activity_status"))
    data: dict[str, Any] = {
        "name": text.line(lab.get("name")),
        "kind": _KINDS.get(kind, "fab-lab"),
        "location": _location(lab),
        "summary": text.prose(lab.get("blurb")) or text.prose(lab.get("description"), 2000),
        "processes": terms.processes(text.items(lab.get("capabilities")), "fablabs.io"),
        "contact": {"email": text.line(lab.get("email")), "phone": text.line(lab.get("phone"))},
        "website": _website(lab.get("links")),
    }
    if known := _STATUS.get(status) or ("planned" if kind == "planned_fab_lab" else ""):
        data["status"] = known
    return data


def _website(links: Any) -> str:
    """Return the first link that is the lab's own, as far as its address says so."""
    several = links if isinstance(links, list) else ()
    found = [text.line(one.get("url") if isinstance(one, dict) else one) for one in several]
    social = ("facebook.", "twitter.", "instagram.", "linkedin.", "youtube.", "flickr.", "vimeo.", "github.", "x.com")
    return next((one for one in found if one and not any(part in one.lower() for part in social)), "")


def _location(lab: dict[str, Any]) -> dict[str, Any]:
    street = ", ".join(part for key in ("address_1", "address_2") if (part := text.line(lab.get(key))))
    location: dict[str, Any] = {
        "locality": text.line(lab.get("city")),
        "region": text.line(lab.get("county")),
        "postcode": text.line(lab.get("postal_code")),
        "address": street or text.line(lab.get("street")),
        "latitude": lab.get("latitude"),
        "longitude": lab.get("longitude"),
    }
    return {key: value for key, value in location.items() if value not in ("", None)}


def _machine(machine: dict[str, Any], process: str, hub: str, place: str, terms: Terms) -> Row:
    name, brand = text.line(machine.get("name"), 120), text.line(machine.get("brand"), 120)
    if not name:
        return Rejected(place, brand, "the machine has no name")
    data: dict[str, Any] = {}
    if model := terms.model(name, brand):
        data["model"] = model
    else:
        data["name"] = name if not brand or name.lower().startswith(brand.lower()) else f"{brand} {name}"
        data["processes"] = terms.processes([process] if process else (), "fablabs.io")
    return Draft("machine", "", data, place, hub=hub)


def _table(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a lab before the first of its machines, and a machine for each row."""
    known: set[str] = set()
    for place, row, fault in structured.table(source):
        slug = text.line(row.get("slug")) if row else ""
        if fault or not (slug and text.line(row.get("lab"))):
            yield Rejected(place, text.line(row.get("name")) if row else "", fault or "the row names no lab")
            continue
        if slug not in known:
            known.add(slug)
            lab = {**row, "name": row["lab"]}
            data = {**_identity(slug, terms), **_facts(lab, terms)}
            yield Draft("hub", "", data, f"{place} (its lab)", country=text.line(row.get("country_code")), key=slug)
        kind = text.line(row.get("class_1"))
        yield _machine(row, "" if kind in _UNTOLD else _CLASSES.get(kind, kind), slug, place, terms)
