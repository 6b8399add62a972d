"""A contract's template, values and texts in; how they differ from what the template makes of the values out.

A text that was changed together with its checksum in the manifest is found this way. The form of texts belongs to the
manifest's `format`: who changes how a contract is written gives that a new number, or old contracts would differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from .. import schemas
from ..records import Contract, build
from .filling import filled
from .manifest import normal
from .rendering import markdown
from .world import World

_SHOWN = 100  # characters of a line


def differences(id: str, template: Any, parameters: Any, texts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield (part, how it differs); nothing when every text and value is what filling in the template gives."""
    if not isinstance(parameters, Mapping) or not schemas.validator("contract")(template):
        yield "filled in again", "the template or its values are not of the form that they must have"
        return
    record = build(Contract, id, template)
    for language, source in sorted(texts.items()):
        again = filled(record, parameters, language, World())
        for one in again.problems:
            name = f"value of {one.parameter}" if one.parameter else "filled in again"
            yield name, f"{one.message} ({one.hint})"
        if again.problems:
            return
        for name in sorted({*parameters, *again.parameters}):
            if parameters.get(name) != again.parameters.get(name):
                yield f"value of {name}", "it is not in its normal form"
        wrong = _first_difference(markdown(again), normal(source.decode("utf-8", "replace")))
        if wrong:
            yield f"text in {language}", wrong


def _first_difference(wanted: str, found: str) -> str:
    """Return the first line of a text that is not the one that is wanted, or ""."""
    lines = zip_longest(wanted.split("\n"), found.split("\n"))
    for number, (right, line) in enumerate(lines, 1):
        if right != line:
            return (
                f"line {number} is not what the template and the values give: it says {_cut(line, right)}, "
                f"and it would be {_cut(right, line)}"
            )
    return ""


def _cut(line: str | None, other: str | None) -> str:
    """Return the part of a line where it differs from another, to be shown."""
    if line is None:
        return "nothing"
    same = next((at for at, (a, b) in enumerate(zip(line, other or "", strict=False)) if a != b), len(other or ""))
    begin = max(0, same - _SHOWN // 2)
    return f"`{'…' if begin else ''}{line[begin : begin + _SHOWN]}{'…' if len(line) > begin + _SHOWN else ''}`"
