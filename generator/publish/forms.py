"""An edition in; the page on which hubs and machines are written and changed, and what it reads, out.

The form itself is made in the browser (site/app/form.entry.ts) from the schemas, which are compiled when the app is
bundled. A record that is to be changed is read as its file has it, so that nothing gets lost: files of some hundred
hubs with their machines each, which nobody fetches who does not change one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from .. import documents, words
from ..artifacts import Artifact
from ..records import Hub, Machine
from ..registry import Registry
from . import forge
from .columns_tables import file
from .edition import Edition
from .page import Item, Page, Section

PATH = "add/"
_PREFIX = "entry."
_HUBS = 100  # in one file of records
_SITE = re.compile(r"https?://(?:www\.)?")
# Words of other pages that the form says too: groups of values by their beginnings, and single ones by new names.
_VALUES = ("hub.access.", "hub.batch.", "hub.business_models.", "hub.kind.", "hub.services.", "hub.status.",
           "machine.status.", "machine.use.", "precision.", "form.", "per.", "has.")  # fmt: skip
_SHARED = {
    "copied": "explore.copied", "copy": "explore.copy", "copy_failed": "explore.copy_failed",
    "near_asking": "explore.near_asking", "near_failed": "explore.near_failed", "size_height": "explore.size_height",
    "size_length": "explore.size_length", "size_width": "explore.size_width", "title": "nav.add",
    "closed": "hours.closed", "holidays": "hours.holidays", "whole": "hours.whole",
    "present": "yes", "group.machines": "machines",
    "field.accepts": "fact.accepts", "field.access": "fact.access", "field.accessibility": "fact.accessibility",
    "field.batch": "fact.batch", "field.business_models": "fact.business",
    "field.certifications": "fact.certifications",
    "field.closed_on": "fact.closed", "field.competence": "fact.competence", "field.country": "fact.country",
    "field.founded_year": "fact.founded", "field.hours": "fact.hours", "field.hours_per_week": "fact.hours_per_week",
    "field.infrastructure": "fact.infrastructure", "field.kind": "fact.kind", "field.languages": "fact.languages",
    "field.level": "fact.level", "field.licence": "fact.licence", "field.material": "material",
    "field.materials": "fact.materials", "field.model": "fact.model", "field.networks": "fact.networks",
    "field.minimum_order_quantity": "fact.minimum_order",
    "field.note": "fact.note", "field.precision": "fact.precision", "field.processes": "fact.processes",
    "field.quantity": "fact.quantity", "field.rate": "fact.rate", "field.requires": "fact.requires",
    "field.same_as": "fact.elsewhere", "field.services": "fact.services", "field.sources": "trust.sources",
    "field.status": "fact.status", "field.throughput": "fact.throughput", "field.use": "fact.use",
    "field.valid_until": "fact.until", "field.verified": "trust.verified", "field.website": "fact.website",
}  # fmt: skip


def form(edition: Edition) -> Page:
    """Return the page of the form; without its script it leads to the guide."""
    strings = edition.strings
    here = edition.settings.forge
    data = (
        ("words", _json(_words(edition))),
        ("settings", _json(_settings(edition))),
        ("forge", _json(forge.form(here)) if here is not None else ""),
    )
    return Page(
        path=PATH,
        title=strings("nav.add"),
        description=strings("entry.lead"),
        lead=strings("entry.lead"),
        sections=(
            Section("", id="form", paragraphs=(strings("entry.public"),), data=data),
            Section("", items=(Item(strings("entry.without"), page="add-your-hub/"),)),
        ),
    )


def _words(edition: Edition) -> dict[str, str]:
    texts = edition.strings.texts
    own = {key.removeprefix(_PREFIX): text for key, text in texts.items() if key.startswith(_PREFIX)}
    values = {key: text for key, text in texts.items() if key.startswith(_VALUES)}
    return {**values, **{name: texts[key] for name, key in _SHARED.items()}, **own}


def _settings(edition: Edition) -> dict[str, Any]:
    return {
        "prefix": edition.registry.prefix,
        "language": edition.settings.language,
        "languages": edition.settings.languages,
        "countries": sorted(words.countries()),
        "limit": documents.LIMIT_BYTES,
        "contact": contact.email if (contact := edition.settings.contact) is not None else "",
    }


def records(edition: Edition) -> Iterator[Artifact]:
    """Yield for each country its hubs and machines as their files have them, and a list of these files.

    `data/records/gh.json` holds the first hub of each file and the websites of all, for finding hubs that are one.
    """
    registry = edition.registry
    raw = {(kind, id): data for kind, id, data in registry.raw() if kind in ("hub", "machine")}
    for country, group in groupby(sorted(registry.ids(Hub)), key=lambda id: id[:2]):
        ids = list(group)
        shares = [ids[at : at + _HUBS] for at in range(0, len(ids), _HUBS)]
        first = [share[0][3:] for share in shares]
        yield file(f"data/records/{country}.json", {"first": first, "websites": _websites(registry, ids)})
        for number, share in enumerate(shares):
            yield Artifact(f"data/records/{country}/{number}.json", _share(registry, raw, share))


def _share(registry: Registry, raw: Mapping[tuple[str, str], bytes], hubs: Sequence[str]) -> bytes:
    """Return records as JSON by their addresses (`hubs/gh/x`, `machines/gh/x/y`), and the comments of their files."""
    found = [(f"{Hub.folder}/{hub}", raw[Hub.record_kind, hub]) for hub in hubs]
    ids = (id for hub in hubs for id in registry.machine_ids.get(hub, ()))
    found += [(f"{Machine.folder}/{id}", raw[Machine.record_kind, id]) for id in ids]
    comments = {path: noted for path, _ in found if (noted := _comments(registry, path))}
    found += [("comments", _json(comments).encode())] if comments else []
    return b"{%s}\n" % b",\n".join(b'"%s":%s' % (path.encode(), data) for path, data in found)


def _comments(registry: Registry, path: str) -> dict[str, Any]:
    """Return a record's comments by the keys they stand at; nothing when its file has none."""
    source = registry.read(f"{path}.yaml")
    if b"#" not in source:
        return {}
    text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    noted = documents.read_comments(text)
    parts = {
        "first": noted.first,
        "before": [*noted.before.items()],
        "after": [*noted.after.items()],
        "last": noted.last,
    }
    return {name: part for name, part in parts.items() if part}


def _websites(registry: Registry, ids: Sequence[str]) -> dict[str, str]:
    hubs = (registry.get(Hub, id) for id in ids)
    return {hub.id[3:]: _SITE.sub("", hub.website.lower(), count=1).rstrip("/") for hub in hubs if hub and hub.website}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
