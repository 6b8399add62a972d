"""An edition in; the page on which a visitor says which countries to keep on the device out."""

from __future__ import annotations

import json

from . import places
from .edition import Edition
from .keep_button import PREFIX
from .page import Page, Section

PATH = "offline/"


def keeping(edition: Edition) -> Page:
    """Return the page that site/app/offline.entry.ts brings to life; without it, it says what is kept anyway."""
    strings = edition.strings
    texts = {key.removeprefix(PREFIX): text for key, text in strings.texts.items() if key.startswith(PREFIX)}
    found = places.links(edition)
    codes = [item.page.split("/")[1] for item in found]  # `countries/gh/`
    hubs = edition.crossings.hubs_of_country
    items = tuple(
        item._replace(note=strings("figure.hubs", count=len(hubs[code])))
        for item, code in zip(found, codes, strict=True)
    )
    words = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return Page(
        path=PATH,
        title=strings("offline.title"),
        description=strings("offline.lead", name=edition.name),
        lead=strings("offline.lead", name=edition.name),
        sections=(
            Section(
                strings("countries"),
                id="karakana-offline",
                paragraphs=(strings("offline.countries"),),
                items=items,
                data=(("words", words), ("countries", " ".join(codes))),
            ),
            Section(strings("offline.how"), paragraphs=(strings("offline.how.text"),)),
        ),
        hidden=True,
    )
