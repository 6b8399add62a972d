"""Contract templates and languages in; what the form on a template's page reads to fill one in the browser, out.

`data/contracts/<template>/<version>.json` is one template, its clauses as trees, and `<version>.template.json` the
record as the command line writes it beside a contract; `data/contracts/words/<language>.json` is what a language writes
around values, and `data/contracts/common.json` what all templates share. The form (site/app/contract.entry.ts) fills,
checks and prints as generator/contracts does; tests/test_contract_form.py holds the two together.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import checks, contracts, placeholders, signatures, words
from ..artifacts import Artifact
from ..contracts import printing, rendering, templates, terms, wording
from ..contracts.cover import role_of
from ..contracts.wording import said
from ..diagnostics import Severity
from ..records import Contract, Design
from ..records.contract import Clause, Milestone, Parameter
from ..registry import Registry, Scope
from ..words import Text
from .columns_tables import file
from .contract_form_tree import tree
from .contract_form_words import currencies, of_language
from .edition import Edition

EXAMPLES = Path(__file__).parent.parent / "data" / "contract_examples.json"
FOLDER = "data/contracts/"
_PREFIX = "filling."
# Words that the form for hubs says, too.
_SHARED = ("add", "choose", "draft_drop", "draft_here", "find", "found.", "none_found", "remove", "wrongs.")
# Words in which matching tells why a hub cannot make something.
_MATCHING = ("match.", "form.", "feature.", "hub.access.", "hub.services.", "machine.status.")


def languages(record: Contract) -> tuple[str, ...]:
    """Return the languages in which a template can be filled here; none for one whose clauses are not to be trusted."""
    texts = (text for one in record.clauses for text in _texts(one))
    if any(templates.faults(written) for text in texts for _, written in text.texts):
        return ()
    known = tuple(one for one in record.languages if one in wording.wordings())
    return known if record.prevailing_language in known else ()


def is_open(registry: Registry, record: Contract) -> bool:
    """Tell whether a template is filled in here: the checks find nothing wrong with it, as the command line asks."""
    asked = registry.within(Scope(changed=frozenset({(record.record_kind, record.id)})))
    wrong = (one for one in checks.run(asked, checks.TEMPLATES) if one.severity is Severity.ERROR)
    return bool(languages(record)) and next(wrong, None) is None


def form_data(edition: Edition, record: Contract) -> tuple[tuple[str, str], ...]:
    """Return what the section that opens the form carries; nothing for a template that cannot be filled in here."""
    if record.status == "withdrawn" or not is_open(edition.registry, record):
        return ()
    texts = edition.strings.texts
    found = {key.removeprefix(_PREFIX): text for key, text in texts.items() if key.startswith(_PREFIX)}
    shared = {
        name: text
        for key, text in texts.items()
        if key.startswith("entry.") and (name := key.removeprefix("entry.")).startswith(_SHARED)
    }
    matching = {key: text for key, text in texts.items() if key.startswith(_MATCHING)}
    own = {"yes": texts["contract.yes"], "no": texts["contract.no"], "optional": texts["optional"],
           "comma": edition.strings.joined(("", ""))}  # fmt: skip
    root = "../" * f"{edition.prefix}{Contract.folder}/{record.id}/".count("/")
    said = json.dumps({**matching, **shared, **own, **found}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (
        ("contract", record.id), ("root", root), ("open", found["open"]), ("words", said),
        ("countries", " ".join(sorted(words.countries()))),
    )  # fmt: skip


def data(registry: Registry) -> Iterator[Artifact]:
    """Yield the files of all templates, of their languages, and what they share."""
    examples: Mapping[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    written: set[str] = set()
    for record in registry.all(Contract):
        if is_open(registry, record):
            written.update(languages(record))
            yield file(f"{FOLDER}{record.id}.json", template(registry, record, examples.get(record.id, {})))
            yield Artifact(f"{FOLDER}{record.id}.template.json", signatures.canonical(registry.data(record)) + b"\n")
    for language in sorted(written):
        yield file(f"{FOLDER}words/{language}.json", of_language(language, sorted(written)))
    if written:
        yield file(f"{FOLDER}common.json", common(registry))


def template(registry: Registry, record: Contract, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return a template as the form reads it, with an example of values if they still fill it."""
    known = languages(record)
    return {
        "id": record.id,
        "sha256": signatures.digest(registry.data(record)),
        "prevailing": record.prevailing_language,
        "reviewed": record.review.state == "reviewed",
        "languages": list(known),
        "title": _said(record.title, known),
        "roles": {role.id: _said(role.label, known) for role in record.roles},
        "parameters": [_parameter(one, record, known) for one in record.parameters],
        "milestones": [_milestone(one) for one in record.milestones],
        "clauses": [_clause(one, known) for one in record.clauses],
        **({"example": example} if example and _fills(record, example, known) else {}),
    }


def common(registry: Registry) -> dict[str, Any]:
    """Return what all templates share: currencies, designs, the style of the HTML file."""
    known, places = currencies()
    return {
        "currencies": known,
        "places": places,
        "designs": {
            one.id: [one.name.into("en"), one.version, one.repository] for one in registry.all(Design)
        },
        "style": rendering.STYLE,
        "policy": rendering.POLICY,
    }  # fmt: skip


def _fills(record: Contract, example: Mapping[str, Any], known: tuple[str, ...]) -> bool:
    return not any(contracts.filled(record, example, language).problems for language in known)


def _said(text: Text | None, known: tuple[str, ...]) -> dict[str, str]:
    return {language: said(text, language) for language in known} if text is not None else {}


def _every(text: Text | None, known: tuple[str, ...]) -> dict[str, str]:
    """Return a text in the languages of contracts, and in all others that it has, for the form itself."""
    others = {code: unicodedata.normalize("NFC", one) for code, one in text.texts if code} if text is not None else {}
    return {**others, **_said(text, known)}


def _parameter(one: Parameter, record: Contract, known: tuple[str, ...]) -> dict[str, Any]:
    """Return a parameter without what is usual."""
    found = {
        "name": one.name, "type": one.type, "label": _every(one.label, known), "about": _every(one.description, known),
        "many": one.many, "optional": not one.required, "choices": list(one.choices),
        "labels": {id: _every(Text.of(label), known) for id, label in one.choice_labels.items()},
        "countries": printing.is_of_countries(one), "role": role_of(record, one),
        "maker": one in terms.makers(record), "said": _is_said(one, record),
        "per": one.per, "sum_of": list(one.sum_of), "not_before": list(one.not_before),
        "apart_from": list(one.apart_from), "at_most": one.at_most, "below": one.below,
    }  # fmt: skip
    limits = (("minimum", one.minimum), ("maximum", one.maximum))
    found |= {name: [f"{number}", f"{number:g}"] for name, number in limits if number is not None}
    return {name: value for name, value in found.items() if value}


def _is_said(one: Parameter, record: Contract) -> bool:
    """Tell whether any clause uses a parameter."""
    every = (written for clause in record.clauses for text in _texts(clause) for _, written in text.texts)
    return any(one.name in placeholders.read(written).names for written in every)


def _milestone(one: Milestone) -> dict[str, Any]:
    return {"id": one.id, "after": list(one.after), "due": one.due, "payment": one.payment}


def _clause(one: Clause, known: tuple[str, ...]) -> dict[str, Any]:
    found = {
        "id": one.id,
        "when": dict(one.when),
        "heading": _trees(one.heading, known),
        "text": {} if one.variants else _trees(one.text, known),
        "variants": [{"where": list(v.jurisdictions), "text": _trees(v.text, known)} for v in one.variants],
    }
    return {name: value for name, value in found.items() if value}


def _trees(text: Text, known: tuple[str, ...]) -> dict[str, Any]:
    return {language: tree(said(text, language)) for language in known}


def _texts(clause: Clause) -> tuple[Text, ...]:
    return (clause.heading, clause.text, *(variant.text for variant in clause.variants))
