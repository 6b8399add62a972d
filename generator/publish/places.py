"""All hubs in; the list of countries and a list of hubs for each country out."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import words
from ..records import Hub, Process
from ..registry.freshness import Freshness, freshness
from . import forms, missing
from .citing import cite
from .counting import counted, without
from .crossings import Crossings
from .edition import Edition
from .federated import in_country
from .hubs import ordered, row
from .keep_button import keep_button
from .page import Fact, Item, Page, Section, facts, filled
from .paging import paged
from .rechecks import rechecks

_TOP = 24
_GAPS = 12


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
    counts = {one.country: one.hubs for one in edition.relations.coverage.countries}
    items = (
        Item(edition.strings.country(code), page=f"countries/{code}/", note=_count(edition, code, counts))
        for code in edition.crossings.hubs_of_country
    )
    return tuple(sorted(items, key=lambda item: item.text))


def _count(edition: Edition, code: str, counts: Mapping[str, int]) -> str:
    """Return the number of a country's hubs, or that all of them are invented."""
    hubs = (edition.registry.get(Hub, id) for id in edition.crossings.hubs_of_country[code])
    if code in counts or not all(hub is not None and hub.demonstration for hub in hubs):
        return edition.strings.number(counts.get(code, 0))
    return edition.strings("demonstration")


def _country(edition: Edition, code: str, ids: list[str]) -> Iterator[Page]:
    strings = edition.strings
    name = strings.country(code)
    known = counted(edition, ids)
    path = f"countries/{code}/"
    page = Page(
        path=path,
        title=name,
        kind=strings("country"),
        description=strings("country.description", country=name, count=len(known)),
        lead=strings("country.lead", country=name, count=len(known)),
        trail=(Item(strings("countries"), page="countries/"),),
        sections=filled(
            Section(
                "",
                id="explore",
                paragraphs=without(edition, ids),
                facts=_figures(edition, code, known),
                links=_links(edition, code, ids),
                data=(("keep", keep_button(strings)),),
            ),
            *_able(edition, known),
            *(missing.in_country(edition, code) if known else ()),
        ),
    )
    for part in paged(edition, page, ordered(edition, ids), lambda id: row(edition, id), strings("hubs")):
        theirs = filled(in_country(edition, code)) if part.path == path else ()
        yield part._replace(sections=(*part.sections, *theirs, cite(edition, path, name)))


def _figures(edition: Edition, code: str, ids: Sequence[str]) -> tuple[Fact, ...]:
    """Return what is known of a country's hubs in figures."""
    strings, registry = edition.strings, edition.registry
    hubs = [hub for id in ids if (hub := registry.get(Hub, id)) is not None]
    kinds = Counter(hub.kind for hub in hubs)
    states = Counter(freshness(hub.verified, registry.as_of) for hub in hubs)
    machines = sum(one.machines for one in edition.relations.coverage.countries if one.country == code)
    return facts(
        (
            strings("fact.kind"),
            tuple(
                Item(strings.label("hub.kind", kind), note=words.amount(count, edition.language))
                for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
        ),
        (
            strings("machines"),
            (Item(strings("machines.count", count=machines), page=f"machines/{code}/"),) if machines else "",
        ),
        (
            strings("fact.verified"),
            strings("country.verified", fresh=states[Freshness.FRESH], total=len(hubs)) if hubs else "",
        ),
        (strings("country.silent"), _silent(edition, ids)),
    )


def _silent(edition: Edition, ids: Sequence[str]) -> str:
    """Return how many hubs do not say what they can do: the gap that hides them from whoever needs them."""
    count = sum(not edition.crossings.processes_of_hub.get(id) for id in ids)
    return edition.strings("figure.hubs", count=count) if count else ""


def _links(edition: Edition, code: str, ids: Sequence[str]) -> tuple[Item, ...]:
    wanted = f"country={code}"
    return (
        Item(edition.strings("explore.these"), page=f"explore/?{wanted}"),
        *rechecks(edition, ids, wanted),
        Item(edition.strings("hub.new"), page=f"{forms.PATH}?{wanted}"),
        Item(edition.strings("offline.link"), page=f"offline/#{code}"),
    )


def _able(edition: Edition, ids: Sequence[str]) -> tuple[Section, Section]:
    """Return what hubs of a country can do, and what many can elsewhere and none of them says to do."""
    strings, crossings = edition.strings, edition.crossings
    counts = Counter(one for id in ids for one in crossings.processes_of_hub.get(id, ()))
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_TOP]
    can = tuple(edition.link(Process, id, words.amount(count, edition.language)) for id, count in top)
    lacking = [id for id in _usual(edition.crossings) if id not in _with_broader(edition, counts)][:_GAPS]
    gaps = edition.links(Process, lacking) if counts else ()
    return (
        Section(strings("country.can"), id="processes", items=can, style="tags"),
        Section(strings("country.gaps"), id="gaps", items=gaps, style="tags"),
    )


def _with_broader(edition: Edition, ids: Iterable[str]) -> set[str]:
    found = set(ids)
    return found.union(*(edition.registry.processes.broader(id) for id in found))


@functools.cache
def _usual(crossings: Crossings) -> tuple[str, ...]:
    """Return the processes that are done in the most countries, each in three or more."""
    countries = {id: len({hub[:2] for hub in hubs}) for id, hubs in crossings.hubs_of_process.items()}
    found = sorted(countries, key=lambda id: (-countries[id], id))
    return tuple(id for id in found if countries[id] >= 3)
