"""One language's file of interface words in; the words by key, with placeholders and plurals filled, out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import words

WRITTEN_IN = "en"


@dataclass(frozen=True, slots=True)
class Strings:
    """Interface words of one language. A key with a `count` may have one form per CLDR plural: `hubs.one`."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key. Raises `KeyError` for a key that the file does not have."""
        if "count" in values:
            count = values["count"]
            assert isinstance(count, int)
            form = f"{key}.{words.plural_form(count, self.language)}"
            key = form if form in self.texts else f"{key}.other"
            values["count"] = words.amount(count, self.language)
        text = self.texts[key]
        return text.format(**values) if values else text

    def label(self, group: str, value: str) -> str:
        """Return the word for one of a schema's allowed values, or the value when nobody named it."""
        return self.texts.get(f"{group}.{value}", value)

    def day(self, value: date) -> str:
        """Return a date as it is written in this language."""
        return words.day(value, self.language)

    def month(self, value: date) -> str:
        """Return the month of a date as it is written in this language."""
        return words.month(value, self.language)

    def joined(self, names: Iterable[str]) -> str:
        """Return names one after the other, parted as in this language."""
        return words.joined(names, self.language)

    def number(self, value: float) -> str:
        """Return a number as it is written in this language."""
        return words.amount(value, self.language)

    def away(self, km: float) -> str:
        """Return how far away something is, in whole kilometres."""
        return self("away", km=self.number(round(km)) if km >= 1 else "<1")

    def country(self, code: str) -> str:
        """Return a country's name in this language."""
        return words.country_name(code, self.language)


def read(folder: Path, language: str) -> Strings:
    """Return the words of `<folder>/<language>.json`; English where nobody has translated them yet."""
    files = [folder / f"{name}.json" for name in (WRITTEN_IN, language)]
    parts = [json.loads(path.read_bytes()) for path in files if path.is_file()]
    return Strings(language, {key: text for part in parts for key, text in part.items()})
