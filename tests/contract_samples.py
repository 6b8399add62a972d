"""Values that fill the registry's templates, and a small template of all kinds of parameters with values for it."""

import json
from typing import Any

from generator.publish.contract_form import EXAMPLES
from generator.records import Contract, build

TYPES = ("text", "boolean", "integer", "number", "choice", "party", "money", "quantity", "date", "duration", "design",
         "inspection-plan", "place", "licence")  # fmt: skip
VALUES: dict[str, Any] = {
    "a_text": "Some words", "a_boolean": True, "an_integer": 3, "a_number": 2.5, "a_choice": "sea",
    "a_party": {"name": "Demo Works", "country": "gh"}, "a_money": "1200.50 GHS", "a_quantity": 12_000,
    "a_date": "2026-03-31", "a_duration": "14 days", "a_design": {"name": "Loom", "version": "2"},
    "an_inspection_plan": "Plan A", "a_place": {"locality": "Kumasi", "country": "gh"},
    "a_licence": "CERN-OHL-S-2.0",
}  # fmt: skip


def sample(template: str) -> dict[str, Any]:
    """Return the values of an invented contract, as the template's page offers them."""
    found: dict[str, Any] = json.loads(EXAMPLES.read_bytes())[template]
    return found


def parameter(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": {"en": f"Label of {name}", "fr": f"Nom de {name}"}, **more}


def every_kind(**more: Any) -> list[dict[str, Any]]:
    return [
        parameter(
            f"{'an' if kind[0] in 'i' else 'a'}_{kind.replace('-', '_')}", kind,
            **({"choices": ["sea", "road"]} if kind == "choice" else {}), **more,
        )
        for kind in TYPES
    ]  # fmt: skip


def clause(text: str, id: str = "only", **more: Any) -> dict[str, Any]:
    return {"id": id, "heading": {"en": "Heading", "fr": "Titre"}, "text": {"en": text, "fr": text}, **more}


def template(*clauses: dict[str, Any] | str, parameters: list[dict[str, Any]] | None = None, **more: Any) -> Contract:
    written = [clause(one, f"clause-{at}") if isinstance(one, str) else one for at, one in enumerate(clauses, 1)]
    data: dict[str, Any] = {
        "title": {"en": "A contract", "fr": "Un contrat"}, "shape": "one-to-one", "status": "draft",
        "languages": ["en", "fr"], "prevailing_language": "en",
        "roles": [{"id": "manufacturer", "label": {"en": "Maker", "fr": "Fabricant"}, "many": True}],
        "parameters": every_kind(required=False) if parameters is None else parameters,
        "clauses": written, "review": {"state": "draft"}, **more,
    }  # fmt: skip
    return build(Contract, "test/1", data)
