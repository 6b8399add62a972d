"""One language's edition in; the words for the tables and for everything else that can be found out.

Other words for processes and materials are those of all languages, so that they stand in one file for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..artifacts import Artifact
from ..records import Competence, Design, Hub, Material, Network, Process
from ..words import language_name, plain
from .columns_tables import STATUSES, Tables, file
from .edition import Edition
from .shells import Guide

_KINDS = ("country", "process", "model", "material", "competence", "network", "design", "guide", "hub", "machine")


def labels(edition: Edition, guides: Sequence[Guide]) -> Iterator[Artifact]:
    """Yield `data/labels.<language>.json`: each table's words in the table's order."""
    known, strings = Tables(edition.registry), edition.strings
    words = {
        "processes": [edition.label(Process, id) for id in known.processes],
        "materials": [edition.label(Material, id) for id in known.materials],
        "networks": [edition.label(Network, id) for id in known.networks],
        "countries": [strings.country(code) for code in known.countries],
        "kinds": [strings.label("hub.kind", one) for one in known.kinds],
        "access": [strings.label("hub.access", one) for one in known.access],
        "services": [strings.label("hub.services", one) for one in known.services],
        "languages": [language_name(one, edition.language) for one in known.languages],
        "statuses": [strings.label("hub.status", one) for one in STATUSES],
        "states": [strings.label("machine.status", one) for one in known.states],
        "names": _names(edition),
        "others": _others(edition, guides),
        "words": {kind: strings(kind) for kind in _KINDS},
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


def _others(edition: Edition, guides: Sequence[Guide]) -> list[list[str]]:
    """Return what has no table: [kind, name, page, other words]."""
    rows: list[list[str]] = []
    for kind in (Competence, Network, Design):
        items = edition.links(kind, edition.registry.ids(kind))
        rows += [[kind.record_kind, item.text, item.page, ""] for item in items]
    pages = (guide for guide in guides if guide.path.endswith("/"))
    return [*rows, *(["guide", guide.title, guide.path, " ".join(guide.headings)] for guide in pages)]
