"""One language's words in; those of the button on a country's page that keeps it on the device out, as JSON."""

from __future__ import annotations

import json

from .strings import Strings

PREFIX = "offline.say."
_WORDS = ("failed", "kept", "progress", "remove", "removed", "update")


def keep_button(strings: Strings) -> str:
    """Return what site/app/offline-country.ts says; without it a link leads to the page where countries are kept."""
    texts = {key: strings(f"{PREFIX}{key}") for key in _WORDS} | {"keep": strings("offline.keep.country")}
    return json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
