"""One language's edition in; the words for the tables and for everything else that can be found out.

Other words for processes and materials are those of all languages, so that they stand in one file for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import schemas
from ..artifacts import Artifact
from ..diagnostics import Rule
from ..records import Competence, Contract, Design, Hub, Material, Network, Process, Request
from ..words import language_name, plain
from . import changes, columns_peers, explore, forms, insights, keeping, matcher, matrix
from .columns_tables import STATUSES, Tables, file
from .contracts import contract_title
from .edition import Edition, address
from .kinds import NAMES
from .making import request_title
from .shells import Guide

_KINDS = (
    "country", "process", "model", "material", "competence", "network", "design", "page", "guide", "contract",
    "request", "kind", "rule", "hub", "machine",
)  # fmt: skip
# What pages are called, as keys of their words, and their paths.
_PAGES = {
    **{key: f"{key}/" for key in (
        "hubs", "countries", "processes", "machines", "models", "materials", "designs", "requests", "networks",
        "contracts", "competences", "passports", "recognitions", "kinds", "rules",
    )},
    "explore": explore.PATH, "matcher": matcher.PATH, "matrix": matrix.PATH, "insights": insights.PATH,
    "changes": changes.PATH,
    "offline.title": keeping.PATH, "nav.add": forms.PATH,
}  # fmt: skip
_Row = list[str]


def labels(edition: Edition, guides: Sequence[Guide], rules: Sequence[Rule]) -> Iterator[Artifact]:
    """Yield `data/labels.<language>.json`: each table's words in the table's order."""
    known, strings = Tables(edition.registry, edition.relations.foreign), edition.strings
    words = {
        "processes": [edition.label(Process, id) for id in known.processes],
        "materials": [edition.label(Material, id) for id in known.materials],
        "networks": [edition.label(Network, id) for id in known.networks],
        "countries": [strings.country(code) for code in known.own_countries],
        "kinds": [strings.label("hub.kind", one) for one in known.own_kinds],
        "access": [strings.label("hub.access", one) for one in known.access],
        "services": [strings.label("hub.services", one) for one in known.services],
        "languages": [language_name(one, edition.language) for one in known.languages],
        "statuses": [strings.label("hub.status", one) for one in STATUSES],
        "states": [strings.label("machine.status", one) for one in known.states],
        "names": _names(edition),
        "idle": plain(strings("search.idle")),
        "others": list(_others(edition, guides, rules)),
        "words": {
            **{kind: strings(kind) for kind in _KINDS},
            "town": strings("explore.near_hint"),
            "near": strings("search.near"),
            "left_out": strings("explore.left_out"),
        },
        **columns_peers.words(edition, known),
    }
    yield file(f"data/labels.{edition.language}.json", words)


def aliases(edition: Edition) -> Iterator[Artifact]:
    """Yield `data/words.json`: for each process and material its names in every language, for the search."""
    registry = edition.registry
    yield file(
        "data/words.json",
        {
            "processes": [_called(record) for record in registry.all(Process)],
            "materials": [_called(record) for record in registry.all(Material)],
        },
    )


def _called(record: Process | Material) -> str:
    words = [alias for found in record.aliases.values() for alias in found]
    words += [text for _, text in record.labels.texts]
    return " ".join(sorted({plain(word) for word in words}))


def _names(edition: Edition) -> dict[str, str]:
    """Return names by id of the hubs that have one of their own in this language."""
    default = edition.settings.language
    pairs = ((hub.id, edition.text(hub.name), hub.name.into(default)) for hub in edition.registry.all(Hub))
    return {id: name for id, name, usual in pairs if name != usual}


def _others(edition: Edition, guides: Sequence[Guide], rules: Sequence[Rule]) -> Iterator[_Row]:
    """Yield what has no table: [kind, name, page, other words]; no page where it follows from kind and name."""
    for kind in (Competence, Network, Design):
        items = edition.links(kind, edition.registry.ids(kind))
        yield from ([kind.record_kind, item.text, item.page, ""] for item in items)
    yield from _agreements(edition)
    yield from _pages(edition)
    for guide in guides:
        if guide.path.endswith("/"):
            yield ["guide", guide.title, guide.path, _also(edition, guide.path, guide.headings)]
    # Rules and kinds are called by their ids, which are the same in every language; their titles are English.
    yield from (["kind", name, "", " ".join(schemas.load()[name]["properties"])] for name in NAMES)
    yield from (["rule", rule.id, "", ""] for rule in sorted(rules, key=lambda rule: rule.id))


def _agreements(edition: Edition) -> Iterator[_Row]:
    """Yield the templates of contracts that are in force, and what is asked for."""
    registry = edition.registry
    for contract in registry.all(Contract):
        if contract.status != "withdrawn":
            yield ["contract", contract_title(edition, contract), address(Contract, contract.id), ""]
    for request in registry.all(Request):
        if request.status == "open":
            yield ["request", request_title(edition, request), address(Request, request.id), ""]


def _pages(edition: Edition) -> Iterator[_Row]:
    """Yield the pages that are made of many records, with the headings on them."""
    for key, path in _PAGES.items():
        headings = insights.headings(edition) if path == insights.PATH else ()
        yield ["page", edition.strings(key), path, _also(edition, path, headings)]


def _also(edition: Edition, path: str, headings: Sequence[str]) -> str:
    """Return what else a page is found by: its headings, and other words for what is there."""
    words = edition.strings.texts.get(f"search.also.{path.rstrip('/')}", "")
    return " ".join((*headings, words)).strip()
