"""An edition in; the page with map, list and filters, and the map alone for other sites, out."""

from __future__ import annotations

import json

from ..records import Process
from . import places
from .edition import Edition
from .page import Item, Page, Section

PATH = "explore/"
_TOP = 60


def explore(edition: Edition) -> Page:
    """Return the page that site/app/explore.entry.ts brings to life; without it, links lead to the same hubs."""
    strings = edition.strings
    return Page(
        path=PATH,
        title=strings("explore"),
        description=strings("explore.description", name=edition.name),
        lead=strings("explore.lead"),
        sections=(
            Section("", id="words", data=_data(edition)),
            Section(strings("countries"), id="countries", items=places.links(edition), style="tags"),
            Section(strings("processes"), id="processes", items=_processes(edition), style="tags"),
            Section(strings("search.without"), id="lists", items=_lists(edition), style="tags"),
        ),
    )


def embed(edition: Edition) -> Page:
    """Return the map alone, which takes the same filters in its address."""
    strings = edition.strings
    return Page(
        path="embed/",
        title=strings("explore.map_of", name=edition.name),
        description=strings("explore.description", name=edition.name),
        lead=strings("explore.open_in", name=edition.name),
        sections=(Section("", id="words", data=_data(edition)),),
        hidden=True,
    )


def _data(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the words that the app shows as JSON, those of `explore.` without that prefix."""
    texts = {
        key.removeprefix("explore."): text for key, text in edition.strings.texts.items() if key.startswith("explore.")
    }
    texts["demonstration"] = edition.strings("demonstration")
    texts["map.failed"] = edition.strings("map.failed")
    texts["site"] = edition.name
    return (("words", json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))),)


def _processes(edition: Edition) -> tuple[Item, ...]:
    hubs = edition.crossings.hubs_of_process
    top = sorted(hubs.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_TOP]
    return tuple(edition.link(Process, id, str(len(ids))) for id, ids in top)


def _lists(edition: Edition) -> tuple[Item, ...]:
    return tuple(
        Item(edition.strings(folder), page=f"{folder}/") for folder in ("hubs", "machines", "models", "materials")
    )
