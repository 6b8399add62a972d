"""What `karakana new` asks for each kind, and how answers become data of the right type."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import click

from .. import schemas
from ..diagnostics import Key


@dataclass(frozen=True, slots=True)
class Question:
    """A value to ask for: where it goes, and whether a record can do without."""

    path: tuple[Key, ...]
    required: bool = False
    prompt: str = ""  # the schema's own description when left out


def _ask(*dotted: str) -> tuple[Question, ...]:
    """Return questions for paths such as `location.locality!`; `!` marks what must be answered."""
    found = []
    for text in dotted:
        keys = tuple(int(part) if part.isdigit() else part for part in text.rstrip("!").split("."))
        found.append(Question(keys, required=text.endswith("!")))
    return tuple(found)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "hub": _ask(
        "name!", "kind!", "location.locality!", "location.region", "location.latitude", "location.longitude",
        "location.precision", "website", "contact.email", "contact.phone", "hours", "access", "services", "processes",
        "languages", "stewards.0.github",
    ),
    "machine": _ask("name", "model", "processes", "quantity", "status", "use"),
    "model": _ask("brand!", "name!", "processes", "tolerance_mm", "power_w", "url"),
    "process": _ask("labels.en!", "labels.fr", "labels.pt", "broader", "description"),
    "material": _ask("labels.en!", "labels.fr", "labels.pt", "broader", "description"),
    "competence": (
        *_ask("labels.en!", "labels.fr", "labels.pt", "description"),
        *(Question(("levels", at, "name"), at == 0, f"Name of level {at + 1}") for at in range(4)),
        *_ask("processes"),
    ),
    "passport": _ask(
        "consent_on!", "credentials.0.id!", "credentials.0.issuer!", "credentials.0.competence!",
        "credentials.0.level!", "credentials.0.assessed_on!", "credentials.0.basis!", "credentials.0.valid_until",
    ),
    "recognition": _ask(
        "decision!", "issuers", "networks", "competence!", "max_age_days", "valid_from!", "valid_until",
    ),
    "contract": _ask(
        "title!", "shape!", "status!", "languages!", "prevailing_language!", "roles.0.id!", "roles.0.label!",
        "parameters.0.name!", "parameters.0.type!", "parameters.0.label!", "clauses.0.id!", "clauses.0.heading!",
        "clauses.0.text!", "review.state!",
    ),
    "design": _ask("name!", "version", "function", "licence.hardware!", "repository!", "documentation"),
    "request": _ask(
        "design!", "quantity!", "posted_on!", "needed_by!", "place.country!", "place.locality!", "by", "contact.email",
        "summary",
    ),
    "network": _ask("name!", "kind!", "website", "countries", "summary"),
}  # fmt: skip


def ask(kind: str, question: Question) -> Any:
    """Ask until the answer fits its schema; return it in its type, or None when it is left out."""
    schema = schemas.at(kind, question.path)
    about = question.prompt or schemas.described(schema)
    label = f"{'.'.join(str(key) for key in question.path)}: {about}"
    if schema.get("enum"):
        label += f"\n  one of {', '.join(map(str, schema['enum']))}"
    if schema.get("type") == "array":
        label += "\n  several: put commas between them"
    while True:
        answer = click.prompt(label, default=None if question.required else "", show_default=False).strip()
        if not answer and not question.required:
            return None
        value = _typed(schema, answer)
        faults = list(schemas.explain_value(kind, question.path, value))
        if not faults:
            return value
        click.echo(f"  {faults[0][1].message}: {faults[0][1].hint}", err=True)


def _typed(schema: Any, answer: str) -> Any:
    """Return an answer as the schema's type: numbers, lists parted by commas, else text."""
    if schema.get("type") in ("number", "integer"):
        try:
            number = int(answer) if schema["type"] == "integer" else float(answer)
        except ValueError:
            return answer
        return number if math.isfinite(number) else answer
    if schema.get("type") == "array":
        return [part.strip() for part in answer.split(",") if part.strip()]
    return answer


def put(data: dict[str, Any], path: tuple[Key, ...], value: Any) -> None:
    """Put a value into nested data at a path, making the mappings and lists on the way."""
    here: Any = data
    for key, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(key, int):
            if key == len(here):
                here.append(empty)
            here = here[key]
        else:
            here = here.setdefault(key, empty)
    here[path[-1]] = value
    if path[0] == "levels" and isinstance(here, dict):
        here["level"] = int(path[1]) + 1
