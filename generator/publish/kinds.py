"""The JSON Schemas in; a page for each kind of record that explains its keys, and a page that lists the kinds, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import records, schemas
from . import reference
from .edition import Edition
from .english import english
from .page import Item, Page, Section, facts
from .strings import WRITTEN_IN

NAMES = tuple(kind.record_kind for kind in (*records.KINDS, *records.SINGLES))


def kinds(edition: Edition) -> Iterator[Page]:
    """Yield the list of kinds and a page for each."""
    strings, known = edition.strings, schemas.load()
    items = tuple(Item(name, page=f"kinds/{name}/", note=str(known[name]["description"])) for name in NAMES)
    page = Page(
        path="kinds/",
        title=strings("kinds"),
        description=strings("kinds.lead"),
        lead=strings("kinds.lead"),
        sections=(Section("", items=items),),
    )
    yield english(edition, page)
    for name in NAMES:
        yield english(edition, _kind(edition, name, known[name]))


def file_of(name: str) -> str:
    """Return where the files of a kind lie: `registry/hubs/<country>/<hub>.yaml`."""
    folder = records.BY_NAME[name].folder
    patterns = {1: "<id>", 2: "<group>/<id>", 3: "<country>/<hub>/<id>"}
    if not folder:
        return f"registry/{name}.yaml"
    pattern = "<country>/<hub>" if name == "hub" else patterns[records.BY_NAME[name].depth]
    return f"registry/{folder}/{pattern}.yaml"


def _kind(edition: Edition, name: str, schema: Mapping[str, Any]) -> Page:
    strings = edition.strings
    folder = records.BY_NAME[name].folder
    data = (Item(f"api/v1/{folder}/<id>.json", page=f"files/{name}-json/"),) if folder else ()
    return Page(
        path=f"kinds/{name}/",
        title=str(schema["title"]),
        language=WRITTEN_IN,
        kind=strings("kind"),
        description=str(schema["description"]),
        lead=str(schema["description"]),
        lead_language=WRITTEN_IN,
        trail=(Item(strings("kinds"), page="kinds/"),),
        facts=facts(
            (strings("fact.file"), file_of(name)),
            (strings("fact.one_needed"), reference.one_of(schema)),
            (strings("fact.published_as"), data),
        ),
        sections=tuple(reference.keys(edition, schema, schemas.load()["common"]["$defs"])),
    )
