"""A filled contract's values, its template and a quality plan in; the text of an order's file out.

Values are those of the template `distributed-manufacturing`; of another template, those with the same names. Money
follows the template: the payments of its milestones that are given for each manufacturer make up that one's price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ..canonical import scalar
from ..contracts.signing import party_id

_DAYS = re.compile(r"P(?P<number>[0-9]+)(?P<unit>[DWM])")
_ROLES = ("initiator", "inspector", "recipient", "payer")
_LENGTH = {"D": 1, "W": 7, "M": 30}


class Contract(NamedTuple):
    """A filled contract: its template's plain data, its values, and how an order names its manifest."""

    template: Mapping[str, Any]
    parameters: Mapping[str, Any]
    named: Mapping[str, str]


def drafted(id: str, contract: Contract, quality: Sequence[Any]) -> dict[str, Any]:
    """Return the data of an order's file; what the values do not tell is left out, for people to fill in."""
    parameters = contract.parameters
    instalments = _instalments(contract)
    days = {"inspect": _days(parameters.get("inspection_period")), "pay": _days(parameters.get("payment_period"))}
    found: dict[str, Any] = {
        "order": id,
        "title": _title(parameters),
        "design": _part(parameters.get("design"), "id"),
        "quantity": parameters.get("total_quantity", sum(_numbers(parameters.get("quantities")))),
        "currency": _part(parameters.get("total_price"), "currency") if instalments else "",
        "parties": _parties(parameters, instalments),
        "names": {party_id(one): one["name"] for one in _named(parameters).values() if one.get("key")},
        "contract": dict(contract.named),
        "dates": {name: parameters[name] for name in ("prototype_due", "delivery_due") if name in parameters},
        "days": {name: many for name, many in days.items() if many},
        "rework_rounds": parameters.get("rework_rounds", ""),
        "quality": list(quality),
    }
    return {name: value for name, value in found.items() if value not in ("", {})}


def unable(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parties that can take no step, as `name (role)`: the contract names neither their hub nor a key."""
    return tuple(f"{one.get('name')} ({role})" for role, one in _named(parameters).items() if not party_id(one))


def _named(parameters: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the parties by their roles; manufacturers are numbered."""
    makers = parameters.get("manufacturers")
    found = {f"manufacturer {at}": one for at, one in enumerate(makers if isinstance(makers, list) else (), 1)}
    found |= {role: parameters.get(role) for role in _ROLES}
    return {role: one for role, one in found.items() if isinstance(one, Mapping)}


def _instalments(contract: Contract) -> tuple[list[dict[str, str]], ...]:
    """Return for each manufacturer what it is paid at which milestone; nothing when that cannot be told of each."""
    values, milestones = contract.parameters, contract.template.get("milestones", ())
    makers, currency = values.get("manufacturers", ()), _part(values.get("total_price"), "currency")
    paid = {one["id"]: values[one["payment"]] for one in milestones if values.get(one.get("payment"))}
    found: list[list[dict[str, str]]] = [[] for _ in makers]
    for milestone, amounts in paid.items():
        if not isinstance(amounts, list) or len(amounts) != len(makers):
            return ()
        for parts, one in zip(found, amounts, strict=True):
            if _part(one, "currency") != currency:
                return ()
            parts.append({"milestone": milestone, "amount": _part(one, "amount")})
    return tuple(found) if paid else ()


def _title(parameters: Mapping[str, Any]) -> str:
    design = _part(parameters.get("design"), "name")
    number = parameters.get("contract_number", "")
    return " ".join(filter(None, (str(parameters.get("total_quantity", "")), design, f"({number})" if number else "")))


def _parties(parameters: Mapping[str, Any], instalments: Sequence[Sequence[Mapping[str, str]]]) -> dict[str, Any]:
    makers = parameters.get("manufacturers", ())
    quantities = _numbers(parameters.get("quantities"))
    found: dict[str, Any] = {"initiator": _party(parameters.get("initiator"))}
    found["manufacturers"] = [
        {
            "hub": _party(one),
            **({"quantity": quantities[at]} if at < len(quantities) else {}),
            **(_paid(instalments[at]) if instalments else {}),
        }
        for at, one in enumerate(makers)
    ]
    return {**found, **{role: _party(parameters.get(role)) for role in _ROLES[1:]}}


def _paid(parts: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return a manufacturer's price, the exact sum of its instalments, and these."""
    return {"price": f"{sum((Decimal(one['amount']) for one in parts), Decimal()):f}", "instalments": list(parts)}


def _party(value: Any) -> str:
    return party_id(value) if isinstance(value, Mapping) else ""


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
