"""A registry in; the first page, the search page and the page for what is not there out."""

from __future__ import annotations

from ..records import Design, Hub, Model, Process, Record
from . import lists, places
from .counting import without
from .edition import Edition
from .page import Item, Page, Section

_LISTS = ("hubs", "countries", "processes", "machines", "models")


def home(edition: Edition) -> Page:
    """Return the first page: four ways in, what this is in figures, the countries, and what to do next."""
    strings = edition.strings
    tagline = edition.text(edition.settings.tagline)
    countries = places.links(edition)
    return Page(
        path="",
        title=" · ".join(part for part in (edition.name, tagline) if part),
        description=strings("home.description", name=edition.name),
        lead=tagline,
        sections=(
            Section("", id="ways", items=_ways(edition), style="ways"),
            Section(
                strings("home.figures"),
                id="figures",
                paragraphs=without(edition, edition.registry.ids(Hub)),
                items=_figures(edition),
                style="figures",
            ),
            Section(strings("home.countries"), id="countries", items=countries, style="tags"),
            Section(strings("home.next"), id="next", items=_next(edition)),
        ),
        structured={
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": edition.name,
            "url": edition.settings.url.rstrip("/") + "/",
        },
    )


def search(edition: Edition) -> Page:
    """Return the page that shows what was found."""
    strings = edition.strings
    return Page(
        path="search/",
        title=strings("search.title"),
        description=strings("search.title"),
        lead=strings("search.lead"),
        sections=(
            Section("", id="karakana-results"),
            Section(strings("search.without"), items=lists.links(edition, *_LISTS), style="tags"),
        ),
        hidden=True,
    )


def _ways(edition: Edition) -> tuple[Item, ...]:
    strings = edition.strings
    return (
        Item(strings("home.machine"), page="machines/", note=strings("home.machine.note")),
        Item(strings("home.place"), page="explore/", note=strings("home.place.note")),
        Item(strings("home.make"), page="match/", note=strings("home.make.note")),
        Item(strings("home.join"), page="add/", note=strings("home.join.note")),
    )


def _next(edition: Edition) -> tuple[Item, ...]:
    strings = edition.strings
    return (
        Item(strings("home.about"), page="about/", note=strings("home.about.note")),
        Item(strings("home.together"), page="contracts/", note=strings("home.together.note")),
        Item(strings("home.mend"), page="hubs/", note=strings("home.mend.note")),
        Item(strings("home.data"), page="data/", note=strings("home.data.note")),
    )


def _figures(edition: Edition) -> tuple[Item, ...]:
    """Return the same numbers as Insights, and how many terms and designs there are beside."""
    countries = edition.relations.coverage.countries
    counts = {
        "hubs": sum(one.hubs for one in countries),
        "countries": len(countries),
        "machines": sum(one.machines for one in countries),
        **{kind.folder: _real(edition, kind) for kind in (Model, Process, Design)},
    }
    return tuple(
        Item(edition.strings(f"figure.{folder}", count=count), page=f"{folder}/")
        for folder, count in counts.items()
        if count
    )


def _real(edition: Edition, kind: type[Record]) -> int:
    return sum(not edition.is_invented(record) for record in edition.registry.all(kind))
