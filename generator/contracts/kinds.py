"""What was filled in for a parameter in; its one normal form out, or what is wrong with it and the way out.

A kind of parameter (`text`, `money`, `party` …) has one reader. Normal forms are JSON's values, and reading one again
gives the same one. `printing` puts them into words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .. import words
from ..records.contract import Parameter
from .cleaning import cleaned, fault
from .parts import design, document, party, place
from .values import Fault
from .world import World

MOST_ITEMS = 100
UNITS = {"hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}
NUMBERS = ("integer", "number", "quantity")

_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?\Z")
_MONEY = re.compile(r"(?P<amount>[0-9.]+) (?P<currency>[A-Z]{3})\Z")
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
_SPAN = re.compile(r"(?P<number>[1-9][0-9]{0,3}) (?P<unit>hour|day|week|month|year)s?\Z")
_ISO_SPAN = re.compile(r"P(?:T(?P<hour>[1-9][0-9]{0,3})H|(?P<number>[1-9][0-9]{0,3})(?P<unit>[DWMY]))\Z")
_LICENCE = re.compile(r"[A-Za-z0-9.+-]{1,60}(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]{1,60}){0,5}\Z")
_LARGEST = 10**12


class Span(NamedTuple):
    """A length of time."""

    number: int
    unit: str


def span(text: str) -> Span:
    """Return the length of time that a normal form, `P14D`, stands for."""
    found = _ISO_SPAN.match(text)
    if found is None:
        raise ValueError(text)
    if found["hour"]:
        return Span(int(found["hour"]), "hour")
    return Span(int(found["number"]), {"D": "day", "W": "week", "M": "month", "Y": "year"}[found["unit"]])


def read(value: Any, parameter: Parameter, world: World) -> Any:
    """Return the normal form of what was filled in for a parameter, or a `Fault`."""
    if not parameter.many:
        return _READERS[parameter.type](value, parameter, world)
    if not isinstance(value, list | tuple):
        return Fault("takes a list", "write each item on a line of its own, after `- `")
    if len(value) > MOST_ITEMS:
        return Fault(f"has {len(value)} items; {MOST_ITEMS} are allowed", "make several contracts")
    found = [_READERS[parameter.type](one, parameter, world) for one in value]
    for at, one in enumerate(found, 1):
        if isinstance(one, Fault):
            return Fault(f"item {at} {one.message}", one.hint)
    return found


def _text(value: Any, parameter: Parameter, world: World) -> Any:
    del parameter, world
    if not isinstance(value, str):
        return Fault("takes text", "put it between quotes if it looks like a number")
    text = cleaned(value)
    found = fault(text)
    return Fault(found, "take it out") if found else text


def _boolean(value: Any, parameter: Parameter, world: World) -> Any:
    del parameter, world
    return value if isinstance(value, bool) else Fault("takes yes or no", "write `true` or `false`")


def _number(value: Any, parameter: Parameter, world: World) -> Any:
    """Return a number; whole ones as integers, so that 2.0 and 2 are the same."""
    del world
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        return Fault("takes a number", "write digits, with a point before decimals")
    exact = Decimal(str(value))
    if exact != round(exact, 6):
        return Fault("has more than 6 decimals", "round it")
    if parameter.minimum is not None and value < parameter.minimum:
        return Fault(f"is {exact:f}, less than {parameter.minimum:g}", f"the least is {parameter.minimum:g}")
    if parameter.maximum is not None and value > parameter.maximum:
        return Fault(f"is {exact:f}, more than {parameter.maximum:g}", f"the most is {parameter.maximum:g}")
    return int(value) if value == int(value) else value


def _whole(value: Any, parameter: Parameter, world: World) -> Any:
    found = _number(value, parameter, world)
    return Fault("takes a whole number", "leave the decimals out") if isinstance(found, float) else found


def _quantity(value: Any, parameter: Parameter, world: World) -> Any:
    found = _whole(value, parameter, world)
    return Fault(f"is {found}", "one piece is the least") if isinstance(found, int) and found < 1 else found


def _choice(value: Any, parameter: Parameter, world: World) -> Any:
    del world
    if isinstance(value, str) and value in parameter.choices:
        return value
    shown = cleaned(value)[:60] if isinstance(value, str) and not fault(cleaned(value)) else "this"
    return Fault(f"cannot be {shown!r}", f"choose one of {words.listed(parameter.choices)}")


def _money(value: Any, parameter: Parameter, world: World) -> Any:
    """Return an amount without zeros that say nothing, and its currency."""
    del world
    hint = "write it as `36000.00 GHS`, with a currency of ISO 4217"
    if isinstance(value, str) and (found := _MONEY.match(cleaned(value))):
        value = found.groupdict()
    if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
        return Fault("takes an amount of money", hint)
    amount, currency = value["amount"], value["currency"]
    if not isinstance(amount, str) or not _AMOUNT.match(amount):
        return Fault("has no amount that can be read", f"{hint}; at most 12 digits, and 4 after the point")
    if not isinstance(currency, str) or not words.is_currency(currency):
        return Fault("has no currency that is known", hint)
    exact = Decimal(amount)
    if parameter.minimum is not None and exact < Decimal(str(parameter.minimum)):
        return Fault(f"is less than {parameter.minimum:g}", f"the least is {parameter.minimum:g}")
    if parameter.maximum is not None and exact > Decimal(str(parameter.maximum)):
        return Fault(f"is more than {parameter.maximum:g}", f"the most is {parameter.maximum:g}")
    written = f"{exact:f}"
    return {"amount": written.rstrip("0").rstrip(".") if "." in written else written, "currency": currency}


def _date(value: Any, parameter: Parameter, world: World) -> Any:
    del parameter, world
    hint = "write year-month-day, such as 2026-03-31"
    if not isinstance(value, str) or not _DAY.match(value):
        return Fault("takes a date", hint)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return Fault("is a day that no calendar has", hint)


def _duration(value: Any, parameter: Parameter, world: World) -> Any:
    """Return a duration of ISO 8601 with one unit."""
    del parameter, world
    text = cleaned(value) if isinstance(value, str) else ""
    if found := _SPAN.match(text):
        return UNITS[found["unit"]].format(found["number"])
    if _ISO_SPAN.match(text):
        return text
    return Fault("takes a length of time", "write `14 days`; hours, weeks, months and years work, too")


def _licence(value: Any, parameter: Parameter, world: World) -> Any:
    del parameter, world
    text = cleaned(value) if isinstance(value, str) else ""
    return text if _LICENCE.match(text) else Fault("takes a licence", "write its SPDX code, such as CERN-OHL-S-2.0")


_READERS: Mapping[str, Callable[[Any, Parameter, World], Any]] = {
    "text": _text, "boolean": _boolean, "integer": _whole, "number": _number, "quantity": _quantity,
    "choice": _choice, "money": _money, "date": _date, "duration": _duration, "licence": _licence,
    "party": party, "design": design, "place": place, "inspection-plan": document,
}  # fmt: skip
