"""All hubs in; the list of countries and a list of hubs for each country out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..records import Process
from .edition import Edition
from .hubs import ordered, row
from .page import Item, Page, Section
from .paging import paged

_TOP = 24


def countries(edition: Edition) -> Iterator[Page]:
    """Yield the list of countries and the pages of each."""
    strings = edition.strings
    yield Page(
        path="countries/",
        title=strings("countries"),
        description=strings("countries.description", name=edition.name),
        lead=strings("countries.lead"),
        sections=(Section("", items=links(edition), style="tags"),),
    )
    for code, ids in edition.crossings.hubs_of_country.items():
        yield from _country(edition, code, ids)


def links(edition: Edition) -> tuple[Item, ...]:
    """Return a link to each country that has hubs, with their number, in the order of names."""
    found = edition.crossings.hubs_of_country
    items = (
        Item(edition.strings.country(code), page=f"countries/{code}/", note=str(len(ids)))
        for code, ids in found.items()
    )
    return tuple(sorted(items, key=lambda item: item.text))


def _country(edition: Edition, code: str, ids: list[str]) -> Iterator[Page]:
    strings = edition.strings
    name = strings.country(code)
    processes = Counter(one for id in ids for one in edition.crossings.processes_of_hub.get(id, ()))
    top = sorted(processes.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOP]
    can = tuple(edition.link(Process, id, str(count)) for id, count in top)
    page = Page(
        path=f"countries/{code}/",
        title=name,
        kind=strings("country"),
        description=strings("country.description", country=name, count=len(ids)),
        lead=strings("country.lead", country=name, count=len(ids)),
        trail=(Item(strings("countries"), page="countries/"),),
        sections=(Section(strings("country.can"), id="processes", items=can, style="tags"),) if can else (),
    )
    yield from paged(edition, page, ordered(edition, ids), lambda id: row(edition, id), strings("hubs"))
