"""A filled contract's values and a quality plan in; the text of an order's file out.

Values are those of the template `distributed-manufacturing`; of another template, those with the same names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..canonical import scalar

_DAYS = re.compile(r"P(?P<number>[0-9]+)(?P<unit>[DWM])")
_INSTALMENTS = ("advance_payments", "prototype_payments", "final_payments")
_LENGTH = {"D": 1, "W": 7, "M": 30}


def drafted(
    id: str, parameters: Mapping[str, Any], quality: Sequence[Any], contract: Mapping[str, str]
) -> dict[str, Any]:
    """Return the data of an order's file; what the values do not tell is left out, for people to fill in."""
    prices = _prices(parameters)
    days = {"inspect": _days(parameters.get("inspection_period")), "pay": _days(parameters.get("payment_period"))}
    found: dict[str, Any] = {
        "order": id,
        "title": _title(parameters),
        "design": _part(parameters.get("design"), "id"),
        "quantity": parameters.get("total_quantity", sum(_numbers(parameters.get("quantities")))),
        "currency": _part(parameters.get("total_price"), "currency") if prices else "",
        "parties": _parties(parameters, prices),
        "contract": dict(contract),
        "dates": {name: parameters[name] for name in ("prototype_due", "delivery_due") if name in parameters},
        "days": {name: many for name, many in days.items() if many},
        "rework_rounds": parameters.get("rework_rounds", ""),
        "quality": list(quality),
    }
    return {name: value for name, value in found.items() if value not in ("", {})}


def _prices(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Return each manufacturer's part of the price: its instalments together; none when any of them is missing."""
    makers = parameters.get("manufacturers", ())
    currency = _part(parameters.get("total_price"), "currency")
    lists = [parameters[name] for name in _INSTALMENTS if name in parameters]
    fitting = all(isinstance(one, list) and len(one) == len(makers) for one in lists)
    if not lists or not fitting or any(_part(one, "currency") != currency for every in lists for one in every):
        return ()
    return tuple(str(sum(Decimal(_part(every[at], "amount")) for every in lists)) for at in range(len(makers)))


def _title(parameters: Mapping[str, Any]) -> str:
    design = _part(parameters.get("design"), "name")
    number = parameters.get("contract_number", "")
    return " ".join(filter(None, (str(parameters.get("total_quantity", "")), design, f"({number})" if number else "")))


def _parties(parameters: Mapping[str, Any], prices: Sequence[str]) -> dict[str, Any]:
    makers = parameters.get("manufacturers", ())
    quantities = _numbers(parameters.get("quantities"))
    found: dict[str, Any] = {"initiator": _part(parameters.get("initiator"), "hub")}
    found["manufacturers"] = [
        {
            "hub": _part(one, "hub"),
            **({"quantity": quantities[at]} if at < len(quantities) else {}),
            **({"price": prices[at]} if prices else {}),
        }
        for at, one in enumerate(makers)
    ]
    return {**found, **{role: _part(parameters.get(role), "hub") for role in ("inspector", "recipient", "payer")}}


def _part(value: Any, name: str) -> str:
    return str(value.get(name, "")) if isinstance(value, Mapping) else ""


def _numbers(value: Any) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _days(value: Any) -> int:
    found = _DAYS.fullmatch(value) if isinstance(value, str) else None
    return int(found["number"]) * _LENGTH[found["unit"]] if found else 0


def text(data: Mapping[str, Any]) -> str:
    """Return data as YAML, one fact a line."""
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{scalar(str(key))}:", value, indent)


def _entry(lead: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield lead
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, list) and value:
        yield lead
        for one in value:
            if isinstance(one, Mapping) and one:
                first, *rest = _mapping(one, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
            else:
                yield f"{indent}  - {scalar(one)}"
    else:
        yield f"{lead} {scalar(value) if not isinstance(value, dict) else '{}'}"
