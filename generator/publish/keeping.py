"""An edition in; the page on which a visitor says which countries to keep on the device out."""

from __future__ import annotations

import json

from . import places
from .edition import Edition
from .page import Page, Section

_WORDS = "offline.say."


def keeping(edition: Edition) -> Page:
    """Return the page that site/app/offline.entry.ts brings to life; without it, it says what is kept anyway."""
    strings = edition.strings
    texts = {key.removeprefix(_WORDS): text for key, text in strings.texts.items() if key.startswith(_WORDS)}
    found = places.links(edition)
    codes = " ".join(item.page.split("/")[1] for item in found)
    words = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return Page(
        path="offline/",
        title=strings("offline.title"),
        description=strings("offline.lead", name=edition.name),
        lead=strings("offline.lead", name=edition.name),
        sections=(
            Section(
                strings("countries"),
                id="karakana-offline",
                paragraphs=(strings("offline.countries"),),
                items=found,
                data=(("words", words), ("countries", codes)),
            ),
            Section(strings("offline.how"), paragraphs=(strings("offline.how.text"),)),
        ),
        hidden=True,
    )
