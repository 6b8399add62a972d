"""An edition in; the page that matches in the browser (site/app/match.entry.ts), and the words it reads, out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..artifacts import Artifact
from ..matching.tolerances import plus_or_minus
from ..records import Competence, Contract, Design, Material, Process
from ..records.design import Tolerance
from ..registry import Registry
from . import lists
from .columns_tables import file
from .contracts import contract_title
from .edition import Edition
from .page import Page, Section

PATH = "match/"
_CODES = "TSDC"  # processes in Open Know-How manifests: DIN SPEC 3105-1
# The largest sizes (mm) of the ranges of ISO 2768-1 and ISO 286-1.
_LIMITS = (3, 6, 10, 18, 30, 50, 80, 120, 180, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500, 3150, 4000)
_MORE = "explore.more."
_PREFIX = "matcher."
_VALUES = (
    "match.", "form.", "feature.", "hub.access.", "hub.services.", "machine.status.", "machine.use.", "days.",
    "pieces.",
)  # fmt: skip
_SHARED = {
    "near": "explore.near", "near_asking": "explore.near_asking", "near_failed": "explore.near_failed",
    "near_hint": "explore.near_hint", "near_me": "explore.near_me", "near_point": "explore.near_point",
    "near_unknown": "explore.near_unknown", "near_you": "explore.near_you", "within": "explore.within",
    "km": "explore.km", "away": "explore.away",
    "size": "explore.size", "size_length": "explore.size_length", "size_width": "explore.size_width",
    "size_height": "explore.size_height", "failed": "explore.failed", "lists": "explore.lists",
    "quantity": "fact.quantity", "design": "design", "process": "process", "material": "material", "country": "country",
    "network": "network", "form": "match.form", "steps": "match.operations",
    "invented": "demonstration", "with": "makers.with", "checked": "makers.checked", "claim": "match.claim",
    "does": "makers.does", "does_not": "makers.not", "of_steps": "makers.steps", "silent": "makers.silent",
    "silent_parts": "makers.silent.parts", "nobody": "makers.nobody", "also": "makers.also",
    "missing": "explore.missing", "level": "level", "no": "no", "pieces_in": "match.pieces_in",
    **{f"verdict.{one}": f"makers.{one}" for one in ("yes", "ask", "one-fix", "fixes", "too-far", "no")},
}  # fmt: skip


def matcher(edition: Edition) -> Page:
    """Return the page; without its script links lead to designs and processes, whose pages tell who can make what."""
    strings = edition.strings
    return Page(
        path=PATH,
        title=strings("matcher"),
        description=strings("matcher.lead"),
        lead=strings("matcher.lead"),
        sections=(
            Section("", id="words", data=(("words", _words(edition)),)),
            Section(
                strings("search.without"),
                items=lists.links(edition, "designs", "processes", "materials", "hubs"),
                style="tags",
            ),
        ),
    )


def _words(edition: Edition) -> str:
    texts = edition.strings.texts
    own = {key.removeprefix(_PREFIX): text for key, text in texts.items() if key.startswith(_PREFIX)}
    values = {key: text for key, text in texts.items() if key.startswith(_VALUES)}
    shared = {name: texts[key] for name, key in _SHARED.items() if key in texts}
    # Languages have plurals of their own: more.few, more.many.
    shared |= {key.removeprefix("explore."): text for key, text in texts.items() if key.startswith(_MORE)}
    found = {**values, **shared, **own, "comma": edition.strings.joined(("", ""))}
    for one in edition.registry.all(Competence):
        found |= {f"competence.{one.id}": edition.text(one.labels), f"levels.{one.id}": str(len(one.levels))}
    found |= {f"contract.{one.id}": contract_title(edition, one) for one in edition.registry.all(Contract)}
    found |= {f"design.{id}": edition.label(Design, id) for id in edition.registry.ids(Design)}
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def terms(registry: Registry) -> Iterator[Artifact]:
    """Yield `data/terms.json`, by which manifests are understood.

    It holds what exactly one process or material is called, in any language; codes of processes; and plus or minus
    how many millimetres each class of tolerances allows for sizes up to each of some limits.
    """
    known = registry.vocabulary.ids
    every: tuple[Process | Material, ...] = (*registry.all(Process), *registry.all(Material))
    groups = {term.id for term in every if term.group}
    found = {
        kind.record_kind: {
            word: id for (of, word), id in known.items() if of == kind.record_kind and id and id not in groups
        }
        for kind in (Process, Material)
    }
    codes = {
        code.code.lower(): process.id
        for process in registry.all(Process)
        for code in process.codes
        if code.scheme == _CODES and not process.group
    }
    yield file("data/terms.json", {**found, "codes": codes, "tolerances": _tolerances()})


def _tolerances() -> dict[str, list[Any]]:
    classes = {name: Tolerance(iso2768=name) for name in "fmcv"}
    classes |= {f"IT{grade}": Tolerance(iso286=f"IT{grade}") for grade in range(19)}
    rows = {name: [plus_or_minus(one, (limit,)) for limit in _LIMITS] for name, one in classes.items()}
    return {"up_to": list(_LIMITS), **rows}
