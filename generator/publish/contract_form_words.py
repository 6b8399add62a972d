"""A language in; what a contract in it needs as plain data out: names of countries and months, signs of numbers, words.

All of it comes from the same CLDR data as the command line's (`words`), so that a browser's own does not matter.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from .. import words
from ..contracts import wording

_YEAR = 2224  # a leap year whose digits are in no date else
_MARKS = "\ue000\ue001\ue002\ue003"


def of_language(language: str, others: Sequence[str]) -> dict[str, Any]:
    """Return what a contract in a language needs; `others` are the languages that may prevail."""
    return {
        "words": dict(wording.wordings()[language]),
        "countries": {code: words.country_name(code, language) for code in sorted(words.countries())},
        "territories": _territories(language),
        "languages": {code: words.language_name(code, language) for code in others},
        "comma": words.comma(language),
        "list": _separators(language),
        **_signs(language),
        **_days(language),
    }


def currencies() -> tuple[str, dict[str, int]]:
    """Return all codes of currencies in one text, and how many decimals those have that have not two."""
    codes = [code for code in map("".join, product(string.ascii_uppercase, repeat=3)) if words.is_currency(code)]
    places = {code: words.currency_places(code) for code in codes}
    return " ".join(codes), {code: number for code, number in places.items() if number != 2}


def _territories(language: str) -> dict[str, str]:
    """Return names of codes that a place may bear although they are no country's."""
    codes = map("".join, product(string.ascii_lowercase, repeat=2))
    named = {code: words.country_name(code, language) for code in codes if code not in words.countries()}
    return {code: name for code, name in named.items() if name != code.upper()}


def _signs(language: str) -> dict[str, str]:
    """Return the signs of numbers: before one below zero, between thousands, before decimals."""
    return {
        "minus": words.amount(-1, language).removesuffix("1"),
        "group": words.amount(1000, language).removeprefix("1").removesuffix("000"),
        "point": words.amount(1.5, language).removeprefix("1").removesuffix("5"),
    }


def _separators(language: str) -> list[str]:
    """Return what stands between two items, after the first of more, between others, and before the last."""
    two, four = words.sequence(_MARKS[:2], language), words.sequence(_MARKS, language)
    parts = [four.partition(mark)[2].partition(_MARKS[at])[0] for at, mark in enumerate(_MARKS[:3], 1)]
    return [two.removeprefix(_MARKS[0]).removesuffix(_MARKS[1]), *parts]


def _days(language: str) -> dict[str, Any]:
    """Return how each month writes a day, and the days that are written otherwise."""
    patterns = []
    for month in range(1, 13):
        shown = words.written_day(date(_YEAR, month, 17), language)
        patterns.append(shown.replace(str(_YEAR), "{y}").replace("17", "{d}"))
    others = {}
    for number in range(366):
        day = date(_YEAR, 1, 1) + timedelta(days=number)
        usual = patterns[day.month - 1].format(y=_YEAR, d=day.day)
        if (shown := words.written_day(day, language)) != usual:
            others[f"{day:%m-%d}"] = shown.replace(str(_YEAR), "{y}")
    return {"months": patterns, "days": others}
