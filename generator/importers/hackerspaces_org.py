"""What the wiki of hackerspaces.org answers to a question about its hackerspaces in; drafts of hubs out.

The answer is that of Semantic MediaWiki's `ask` or `askargs`: pages by title, each with its `printouts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import places, structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "hackerspaces-org"
TITLE = "hackerspaces.org"
URL = "https://wiki.hackerspaces.org"
LICENCE = "CC-BY-SA-3.0"
ATTRIBUTION = "hackerspaces.org"

_STATUS = {
    "active": "active", "planned": "planned", "building": "planned", "closed": "closed",
    "suspected inactive": "paused", "inactive": "paused",
}  # fmt: skip


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file's beginning is such an answer."""
    return structured.is_json(head) and b'"printouts"' in head


def read(source: Source, terms: Terms) -> Iterator[Row]:  # noqa: ARG001 - importers share the signature
    """Yield a draft for each page."""
    for place, item, fault in structured.objects(source):
        if fault:
            yield Rejected(place, "", fault)
        elif isinstance(item, dict) and "printouts" in item:
            yield _page(place, text.line(item.get("fulltext")), item)
        elif isinstance(item, dict):
            yield from _results(item)


def _results(query: dict[str, Any]) -> Iterator[Row]:
    results = query.get("results", query)
    if isinstance(results, dict):
        for title, page in results.items():
            if isinstance(page, dict) and isinstance(page.get("printouts"), dict):
                yield _page(f"results[{title!r}]", text.line(page.get("fulltext")) or text.line(title), page)
            elif results is not query:
                yield Rejected(f"results[{title!r}]", text.line(title), "the page has no printouts")
    elif isinstance(results, list):
        for at, one in enumerate(results):
            page = next(iter(one.values()), None) if isinstance(one, dict) and len(one) == 1 else one
            if isinstance(page, dict) and isinstance(page.get("printouts"), dict):
                yield _page(f"results[{at}]", text.line(page.get("fulltext")), page)
            else:
                yield Rejected(f"results[{at}]", "", "the page has no printouts")


def _page(place: str, title: str, page: dict[str, Any]) -> Row:
    said = {str(key).lower().replace("_", " "): value for key, value in page["printouts"].items()}
    if not title:
        return Rejected(place, "", "the page has no title")
    address = text.website(
        page.get("fullurl", "").replace("//wiki", "https://wiki", 1) if _is_bare(page) else page.get("fullurl")
    )
    north, east = _point(said.get("has coordinates") or said.get("location") or said.get("coordinates"))
    data: dict[str, Any] = {
        "name": title.removesuffix("(hackerspace)").strip(),
        "kind": "hackerspace",
        "location": {"locality": _first(said.get("city")), "region": _first(said.get("state")),
                     "latitude": north, "longitude": east},
        "website": _first(said.get("website")),
        "founded_year": _first(said.get("founding")) or None,
        "same_as": [address or f"{URL}/{title.replace(' ', '_')}"],
    }  # fmt: skip
    notes: tuple[str, ...] = ()
    status = _first(said.get("hackerspace status")).lower()
    if status in _STATUS:
        data["status"] = _STATUS[status]
    elif status:
        notes = (f"status `{status}` is not known: taken for active",)
    return Draft("hub", "", data, place, notes, country=_first(said.get("country")), key=title)


def _is_bare(page: dict[str, Any]) -> bool:
    return isinstance(page.get("fullurl"), str) and page["fullurl"].startswith("//")


def _first(value: Any) -> str:
    """Return the first of a property's values as text: a page by its title, a date as it stands."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("fulltext") or value.get("raw") or value.get("value") or ""
    return text.line(value)


def _point(value: Any) -> tuple[float | None, float | None]:
    if isinstance(value, list) and value and not isinstance(value[0], int | float):
        value = value[0]
    return places.pair(value)
