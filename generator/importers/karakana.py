"""What a registry like this one publishes in: JSON of records, or hubs as GeoJSON; drafts of the same records out.

Keys of hubs, stewards and accepted contracts are decisions of that registry's people, and are not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import schemas
from ..records import BY_NAME
from . import structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "karakana"
TITLE = "the open data of a registry like this one: JSON of records, GeoJSON"
URL = ""
LICENCE = ""
ATTRIBUTION = ""

_DECIDED = frozenset({"keys", "stewards", "accepts", "formerly"})
_GIVEN_ANEW = frozenset({"verified", "country", "hub"})
_REACHED = ("website", "contact", "same_as")


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file begins like a published record, or like our GeoJSON."""
    is_record = b'"record":' in head and b'"page":' in head and b'"record_licence":' in head
    is_geojson = b'"FeatureCollection"' in head and b'"freshness":' in head and b'"page":' in head
    return is_record or is_geojson


def read(source: Source, terms: Terms) -> Iterator[Row]:  # noqa: ARG001 - importers share the signature
    """Yield a draft for each record: the file's one, those of its list or its features, or of a folder's files."""
    for file in source.files(".json", ".geojson"):
        lead = f"{file.path.relative_to(source.path)}: " if source.is_folder and file.path and source.path else ""
        head = file.head()
        if b'"FeatureCollection"' in head or head.lstrip()[:1] == b"[":
            for place, value, fault in structured.objects(file):
                if fault or isinstance(value, dict):
                    yield Rejected(lead + place, "", fault) if fault else _row(value, lead + place)
        else:
            found = structured.document(file)
            fault = found.fault or ("" if isinstance(found.value, dict) else "it is no record")
            yield Rejected(f"{lead}file", "", fault) if fault else _row(found.value, f"{lead}file")


def _row(value: Mapping[str, Any], place: str) -> Row:
    if value.get("type") == "Feature":
        return _feature(value, place)
    kind = text.line(value.get("record"))
    if kind not in BY_NAME or "items" in value:
        what = "an index, which holds no whole records" if "items" in value else "no record that is known here"
        return Rejected(place, "", f"it is {what}")
    known = schemas.properties(kind)
    left = _GIVEN_ANEW | _DECIDED
    data = {key: _unpublished(key, one) for key, one in value.items() if key in known and key not in left}
    notes = ("its keys, stewards and accepted contracts were not taken",) if value.keys() & _DECIDED else ()
    id, page = text.line(value.get("id")), text.website(value.get("page"))
    if kind == "hub":
        if page and not any(data.get(key) for key in _REACHED):
            data["same_as"] = [page]
        return Draft("hub", "", data, place, notes, country=text.line(value.get("country")), key=id)
    if kind == "machine":
        return Draft("machine", "", data, place, notes, hub=text.line(value.get("hub")), key=id)
    return Draft(kind, id, data, place, notes)


def _unpublished(key: str, value: Any) -> Any:
    """Return a value as a record has it: published envelopes name their sides."""
    if key == "envelope_mm" and isinstance(value, dict) and "x" in value:
        return [value[side] for side in "xyz" if side in value]
    if isinstance(value, list):
        return [_unpublished(key, one) for one in value]
    if isinstance(value, dict):
        return {inner: _unpublished(inner, one) for inner, one in value.items()}
    return value


def _feature(value: Mapping[str, Any], place: str) -> Row:
    """Return a hub of our GeoJSON; its page in that registry is the way to reach it."""
    given, geometry = value.get("properties"), value.get("geometry")
    facts: dict[str, Any] = given if isinstance(given, dict) else {}
    point = geometry.get("coordinates") if isinstance(geometry, dict) else None
    location = {"locality": facts.get("locality"), "precision": facts.get("precision")}
    if isinstance(point, list) and len(point) >= 2:
        location |= {"longitude": point[0], "latitude": point[1]}
    page, website = text.website(facts.get("page")), text.website(facts.get("website"))
    data = {
        "name": facts.get("name"), "kind": facts.get("kind"), "status": facts.get("status"), "location": location,
        "website": website, "same_as": [page] if page and not website else [],
    }  # fmt: skip
    if not text.line(facts.get("name")):
        return Rejected(place, "", "the feature has no name")
    return Draft("hub", "", data, place, country=text.line(facts.get("country")), key=text.line(value.get("id")))
