"""A language in; the words out that a contract itself needs around its clauses: headings, lines to sign, durations."""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import words
from ..words import Text

PATH = Path(__file__).parent.parent / "data" / "contracts.json"


@functools.cache
def wordings() -> Mapping[str, Mapping[str, Any]]:
    """Return the words of every language that a contract can be written in."""
    found: Mapping[str, Mapping[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return found


def word(name: str, said: str, /, **values: str) -> str:
    """Return a word or sentence in a language, with values in it."""
    found: str = wordings()[said][name]
    return found.format(**values)


def duration(number: int, unit: str, language: str) -> str:
    """Return a number of units (hour, day, week, month, year) in a language: `14 days`."""
    forms = wordings()[language]["durations"][unit]
    form = forms.get(words.plural_form(number, language), forms["other"])
    return str(form.format(n=words.amount(number, language)))


def said(text: Text, language: str) -> str:
    """Return a text in a language, which the template promises to have."""
    return unicodedata.normalize("NFC", text.into(language))
