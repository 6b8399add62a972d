"""Names of fields and values of records in; the words that people read for them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..words import Text

_LONGEST = 80
_NAMED = 8  # of a list
_FIELDS = {
    "envelope_mm": "working area", "floor_m2": "floor area", "same_as": "same elsewhere", "formerly": "former ids",
    "accepts": "accepted contracts", "requires": "requirements", "batch": "batch size", "power_w": "power",
    "hours": "opening hours",
}  # fmt: skip
_ONE = {
    "processes": "process", "same_as": "same elsewhere", "formerly": "former id", "accepts": "accepted contract",
    "requires": "requirement", "batches": "batch", "criteria": "criterion", "countries": "country",
    "aliases": "alias", "codes": "code", "business_models": "business model",
}  # fmt: skip
_UNITS = {"mm": "mm", "m2": "m²", "w": "W", "km": "km"}
# What names a part within its list, the first that it has.
_IDENTITIES = (
    "id", "github", "public_key", "party", "process", "material", "competence", "rule", "scheme", "theirs", "name",
    "url", "level", "jurisdictions",
)  # fmt: skip
_SECOND = {"material": "form", "rule": "record", "scheme": "code"}
_SILENT = ("location",)  # parts whose fields are named without them


def field(path: str) -> str:
    """Return the words for a field: `contact.email` is `contact email`, `power_w` is `power`."""
    parts = [part for part in path.split(".") if part not in _SILENT] or path.split(".")
    return " ".join(_field(part) for part in parts)


def _field(name: str) -> str:
    if name in _FIELDS:
        return _FIELDS[name]
    bare, _, unit = name.rpartition("_")
    return (bare if bare and unit in _UNITS else name).replace("_", " ")


def one(path: str) -> str:
    """Return the words for one member of a list: `stewards` is `steward`."""
    name = path.rpartition(".")[2]
    last = _ONE.get(name) or _field(name).removesuffix("s")
    return f"{field(path.rpartition('.')[0])} {last}".strip() if "." in path else last


def counted(path: str, count: int) -> str:
    """Return the words for some members of a list: `steward`, `2 stewards`."""
    return one(path) if count == 1 else f"{count} {field(path)}"


def measured(path: str, value: Any) -> str:
    """Return a single value with its unit."""
    unit = _UNITS.get(path.rpartition(".")[2].rpartition("_")[2], "")
    return f"{plain(value)} {unit}".rstrip() if isinstance(value, int | float) else plain(value)


def plain(value: Any) -> str:
    """Return a value as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, dict):
        return Text.of(value).into() if all(isinstance(one, str) for one in value.values()) and value else str(value)
    return ", ".join(map(plain, value)) if isinstance(value, list) else str(value)


def clipped(text: str) -> str:
    """Return text on one line, cut where it is too long to read on the way."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


def shown(values: Sequence[str]) -> str:
    """Return values one after the other; the first of many."""
    more = f" and {len(values) - _NAMED} more" if len(values) > _NAMED else ""
    return ", ".join(map(clipped, values[:_NAMED])) + more


def identity(item: Mapping[str, Any]) -> str:
    """Return what names a part in its list."""
    key = next((key for key in _IDENTITIES if key in item), "")
    return f"{plain(item.get(key, item))} {plain(item.get(_SECOND.get(key, ''), ''))}".strip()


def part_name(item: Mapping[str, Any]) -> str:
    """Return a short name of a part: of a public key its ends."""
    name = identity(item)
    return f"{name[:8]}…{name[-8:]}" if "public_key" in item and len(name) > 20 else clipped(name)


def part(item: Mapping[str, Any]) -> str:
    """Return a part in few words: its name, and a number by which others know it."""
    if "github_id" in item:
        return f"{part_name(item)} (id {item['github_id']})"
    if "competence" in item and "level" in item:
        return f"{part_name(item)} level {item['level']}"
    return part_name(item)


def path(name: str) -> str:
    """Return a file's path as text that can be printed, whatever bytes it is made of."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
