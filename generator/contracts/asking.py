"""A template in; a file to fill in out: every parameter with its label, what it takes, and what is known already."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from .. import words
from ..records import Contract
from ..records.contract import Parameter
from .values import Problem

_TAKES = {
    "text": "text", "boolean": "true or false", "integer": "a whole number", "number": "a number",
    "choice": "a choice", "party": "a hub's id such as gh/kumasi-hive, or {name: …, address: …, country: gh, key: …}",
    "money": "an amount such as 36000.00 GHS", "quantity": "a number of pieces", "date": "a date such as 2026-03-31",
    "duration": "a time such as 14 days", "design": "a design's id, or {name: …, version: …, url: …}",
    "inspection-plan": "a document's name, or {name: …, version: …, url: …, sha256: …}",
    "place": "an address, or {address: …, locality: …, country: gh}", "licence": "an SPDX code such as CERN-OHL-S-2.0",
}  # fmt: skip

_KEY = (
    "# `key` of a party: for who has no hub and signs all the same; `karakana key show` prints it. Left out by who",
    "# signs on paper.",
)


def form(template: Contract, given: Mapping[str, Any], language: str) -> str:
    """Return a commented YAML file of a template's parameters, with the values that are given already."""
    lines = [f"# {_flat(template.title.into(language))} ({template.id})", "# Parameters without a value are left out."]
    lines.append(f"# Fill it in, then: karakana contract fill {template.id} --params THIS-FILE --out FOLDER")
    if any(one.type == "party" for one in template.parameters):
        lines += _KEY
    for one in template.parameters:
        lines += ["", *_comments(one, language)]
        lines.append(f"{one.name}: {json.dumps(given[one.name], ensure_ascii=False)}" if one.name in given
                     else f"{one.name}: null")  # fmt: skip
    return "\n".join(lines) + "\n"


def takes(parameter: Parameter) -> str:
    """Return what a parameter takes, and what it owes the others, in words."""
    one = f"one of {', '.join(parameter.choices)}" if parameter.choices else _TAKES[parameter.type]
    parts = [f"a list, each item: {one}" if parameter.many else one]
    parts += [f"at least {parameter.minimum:g}"] if parameter.minimum is not None else []
    parts += [f"at most {parameter.maximum:g}"] if parameter.maximum is not None else []
    parts += [f"one for each of {parameter.per}"] if parameter.per else []
    parts += [f"the sum of {words.joined(parameter.sum_of)}"] if parameter.sum_of else []
    parts += [f"not before {words.joined(parameter.not_before)}"] if parameter.not_before else []
    parts += [f"no more than {parameter.at_most}"] if parameter.at_most else []
    parts += [f"less than {parameter.below}"] if parameter.below else []
    parts += [f"nobody of {words.joined(parameter.apart_from)}"] if parameter.apart_from else []
    return "; ".join(parts)


def way_out(problem: Problem, parameter: Parameter) -> str:
    """Return what to do about a problem of a parameter, with everything that it takes."""
    if problem.message == "is missing":
        return f"it takes {takes(parameter)}"
    is_cut = problem.hint.startswith("choose one of ") and problem.hint.endswith(" …")
    return f"choose one of {words.listed(parameter.choices, len(parameter.choices))}" if is_cut else problem.hint


def _comments(one: Parameter, language: str) -> Iterator[str]:
    need = "" if one.required else " (may be left out)"
    texts = [_flat(one.label.into(language)) + need, *([one.description.into(language)] if one.description else [])]
    for text in (*texts, f"Takes {takes(one)}."):
        yield from (f"# {line}" for line in textwrap.wrap(_flat(text), 100))


def _flat(text: str) -> str:
    return " ".join(text.split())
