"""A value in its normal form and a language in; the value as a contract of that language prints it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from .. import words
from ..records.contract import Parameter
from ..words import Text
from . import wording
from .kinds import span
from .wording import said


def printed(value: Any, parameter: Parameter, language: str) -> tuple[str, ...]:
    """Return how each item of a parameter's value is printed; a single value is the only item."""
    items = value if parameter.many else (value,)
    if parameter.choice_labels:
        return tuple(_called(item, parameter, language) for item in items)
    one = _PRINTERS.get(parameter.type, _as_it_is)
    return tuple(one(item, language) for item in items)


def on_cover(value: Any, parameter: Parameter, language: str) -> tuple[str, ...]:
    """Return how a value is printed where it stands alone: countries by name."""
    if is_of_countries(parameter):
        codes = value if parameter.many else (value,)
        return tuple(f"{words.country_name(code, language)} ({code})" for code in codes)
    return printed(value, parameter, language)


def is_of_countries(parameter: Parameter) -> bool:
    """Tell whether a choice is one among countries."""
    return bool(parameter.choices) and words.countries().issuperset(parameter.choices)


def _called(value: str, parameter: Parameter, language: str) -> str:
    """Return what a choice is called."""
    label = parameter.choice_labels.get(value)
    return said(Text.of(label), language) if label is not None else value


def _as_it_is(value: Any, language: str) -> str:
    del language
    return str(value)


def _boolean(value: Any, language: str) -> str:
    return wording.word("yes" if value else "no", language)


def _number(value: Any, language: str) -> str:
    return words.amount(value, language)


def _money(value: Any, language: str) -> str:
    return words.money(value["amount"], value["currency"], language)


def _date(value: Any, language: str) -> str:
    return words.written_day(date.fromisoformat(value), language)


def _duration(value: Any, language: str) -> str:
    return wording.duration(*span(value), language)


def _parts(value: Any, language: str) -> str:
    """Return the parts of a value one after the other, the country by its name."""
    shown = [_part(name, text, language) for name, text in value.items() if name not in ("hub", "id", "url")]
    aside = [value[name] for name in ("hub", "id", "url") if name in value]
    if aside:  # only what has a name has these, and the name comes first
        shown[0] = f"{shown[0]} ({words.joined(aside, language)})"
    return words.joined(shown, language)


def _part(name: str, text: str, language: str) -> str:
    if name == "country":
        return words.country_name(text, language)
    if name == "version":
        return wording.word("version", language, version=text)
    if name == "key":
        return wording.word("key", language, key=text)
    return wording.word("checksum", language, sum=text) if name == "sha256" else text


_PRINTERS: Mapping[str, Callable[[Any, str], str]] = {
    "boolean": _boolean, "integer": _number, "number": _number, "quantity": _number, "money": _money,
    "date": _date, "duration": _duration, "party": _parts, "design": _parts, "place": _parts, "inspection-plan": _parts,
}  # fmt: skip
