"""The details of a step in; what is wrong with their form out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from .steps import Step

LONGEST = 2000  # characters of a text
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HUB = re.compile(r"[a-z]{2}/[a-z0-9]+(?:-[a-z0-9]+)*|did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?", re.ASCII)
_MOST = 10_000_000  # pieces


def fault(step: Step, details: Mapping[str, Any]) -> str:
    """Return what is missing, unknown or wrong in the details of a step, or ""."""
    if missing := [name for name in step.details if name not in details]:
        return f"`{missing[0]}` is missing"
    if unknown := [name for name in details if name not in (*step.details, *step.optional)]:
        return f"`{unknown[0]}` is nothing that it tells"
    return next((f"`{name}` {wrong}" for name, value in details.items() if (wrong := _FORMS[name](value))), "")


def way_out(step: Step, details: Mapping[str, Any]) -> str:
    """Return what to type for the first detail of a step that is missing, or ""."""
    return next((f"give {_OPTIONS[name]}" for name in step.details if name not in details), "")


def _text(value: object) -> str:
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST
    return "" if fits else f"is no text of 1 to {LONGEST} characters"


def _count(value: object) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
    return "" if fits else "is no number of pieces"


def _hub(value: object) -> str:
    return "" if isinstance(value, str) and _HUB.fullmatch(value) else "is no hub, such as gh/kumasi-hive"


def _sha256(value: object) -> str:
    return "" if isinstance(value, str) and _SHA256.fullmatch(value) else "is no SHA-256 in 64 hexadecimal digits"


def _outcome(value: object) -> str:
    return "" if value in ("resume", "close") else "is neither `resume` nor `close`"


def _quantities(value: object) -> str:
    if not isinstance(value, Mapping) or not value:
        return "names no manufacturer"
    return next((wrong for hub, many in value.items() if (wrong := _hub(hub) or _pieces(many))), "")


def _pieces(value: object) -> str:
    return _count(value) or ("" if value else "is no piece at all")


def _prices(value: object) -> str:
    if not isinstance(value, Mapping) or not value:
        return "names no manufacturer"
    return next((wrong for hub, one in value.items() if (wrong := _hub(hub) or _price(one))), "")


def _price(value: object) -> str:
    if not isinstance(value, Mapping) or set(value) != {"price", "instalments"} or not _is_amount(value["price"]):
        return "says `price` and `instalments` of each hub, and nothing else"
    parts = value["instalments"]
    if not isinstance(parts, list) or not all(_is_instalment(one) for one in parts):
        return "says `milestone` and `amount` of each instalment, and nothing else"
    paid = sum((Decimal(one["amount"]) for one in parts), Decimal())
    same = paid == Decimal(value["price"])
    return "" if same else f"says {value['price']}, and its instalments add up to {paid:f}"


def _is_instalment(value: object) -> bool:
    named = isinstance(value, Mapping) and set(value) == {"milestone", "amount"}
    return isinstance(value, Mapping) and named and not _text(value["milestone"]) and _is_amount(value["amount"])


def _is_amount(value: object) -> bool:
    return isinstance(value, str) and _AMOUNT.fullmatch(value) is not None


def _checked(value: object) -> str:
    if not isinstance(value, Mapping):
        return "is no list of characteristics"
    for one in value.values():
        if not isinstance(one, Mapping) or set(one) != {"pieces", "faulty"}:
            return "says `pieces` and `faulty` of each characteristic, and nothing else"
        if wrong := _count(one["faulty"]) or _pieces(one["pieces"]):
            return wrong
    return ""


def _files(value: object) -> str:
    if not isinstance(value, Mapping):
        return "is no list of files with their SHA-256"
    return next((wrong for name, digest in value.items() if (wrong := _text(name) or _sha256(digest))), "")


_OPTIONS = {
    "against": "--against HUB",
    "checked": "--checked ID=FAULTY/PIECES, once for each line of the quality plan",
    "outcome": "--outcome resume or --outcome close",
    "quantities": "--part HUB=PIECES, once for each hub",
    "quantity": "--quantity N",
    "reason": "--reason TEXT",
}
_FORMS: dict[str, Callable[[object], str]] = {
    "against": _hub,
    "checked": _checked,
    "files": _files,
    "manifest_sha256": _sha256,
    "note": _text,
    "outcome": _outcome,
    "prices": _prices,
    "quantities": _quantities,
    "quantity": _pieces,
    "reason": _text,
}
