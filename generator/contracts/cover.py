"""A template, values in their normal form and a language in; the cover page's lines and those who sign out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import words
from ..records import Contract
from ..records.contract import Parameter
from . import printing
from .values import Party, Plain, Variable
from .wording import said


def variables(template: Contract, values: Plain, language: str) -> Iterator[Variable]:
    """Yield what was filled in, in the template's order; an item for an item of another list stands with that."""
    parameters = {one.name: one for one in template.parameters}
    for one in template.parameters:
        if one.name not in values:
            continue
        shown = printing.on_cover(values[one.name], one, language)
        other = parameters.get(one.per)
        if other is not None and len(values.get(other.name, ())) == len(shown):
            names = _names(values[other.name], other, language)
            shown = tuple(f"{name} – {text}" for name, text in zip(names, shown, strict=True))
        yield Variable(one.name, said(one.label, language), shown)


def _names(value: Any, parameter: Parameter, language: str) -> Iterator[str]:
    for item, text in zip(value, printing.on_cover(value, parameter, language), strict=True):
        yield item.get("name", text) if isinstance(item, dict) else text


def parties(template: Contract, values: Plain, language: str) -> Iterator[Party]:
    """Yield who signs: each party once, under all of its roles; what has no role stands under its parameter."""
    roles = {role.id: said(role.label, language) for role in template.roles}
    held: dict[str, dict[str, None]] = {}  # by how the party is printed; the roles in order
    for one in template.parameters:
        if one.type == "party" and one.name in values:
            for text in printing.printed(values[one.name], one, language):
                held.setdefault(text, {})[roles.get(role_of(template, one), said(one.label, language))] = None
    for text, labels in held.items():
        yield Party(words.joined(labels, language), text)


def role_of(template: Contract, parameter: Parameter) -> str:
    """Return the role of the parties that are named in a parameter; a parameter may be named after it, or ""."""
    named = (role.id for role in template.roles if parameter.name.replace("_", "-") in (role.id, f"{role.id}s"))
    return parameter.role or (next(named, "") if parameter.type == "party" else "")
