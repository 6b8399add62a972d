"""A made registry in; what the pages of its hubs and machines show, as plain data that a peer can print, out.

The same values as our own pages are made of, worked out ahead: a peer has only to print them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.publish import hubs, machines, strings
from generator.publish.edition import Edition, Relations
from generator.publish.page import Fact, Item, Page, Section
from generator.records import Hub, Machine, Process
from generator.registry import Registry
from generator.words import country_name

from .real import TOP

Data = dict[str, Any]


def pages(registry: Registry) -> Iterator[tuple[str, Data]]:
    """Yield the path and the data of every hub's page, then of every machine's."""
    assert registry.settings is not None
    words = strings.read(TOP / "site" / "strings", registry.settings.language)
    edition = Edition(registry, registry.settings, words, Relations(registry))
    for hub in registry.all(Hub):
        can = edition.crossings.processes_of_hub.get(hub.id, ())
        lists = {
            "countries": [country_name(hub.country)],
            "processes": [edition.label(Process, id) for id in can],
            "town": hub.location.locality,
        }
        yield f"hubs/{hub.id}", {**_page(hubs.hub(edition, hub)), **lists}
    for machine in registry.all(Machine):
        yield f"machines/{machine.id}", _page(machines.machine(edition, machine))


def _page(page: Page) -> Data:
    up = "../" * page.path.count("/")
    trust = page.trust
    assert trust is not None
    return {
        "title": page.title,
        "lead": page.lead,
        "structured": page.structured,
        "trail": _items(page.trail, up),
        "about": _items(page.about, up),
        "banners": _items(page.banners, up),
        "facts": _facts(page.facts, up),
        "sections": [_section(one, up) for one in page.sections],
        "after": [_section(one, up) for one in page.after],
        "steps": [{"text": step.label, "reached": step.reached} for step in trust.steps],
        "advice": _items(trust.advice, up),
        "verified": trust.verified,
        "sources": _items(trust.sources, up),
        "history": trust.history,
        "actions": [*_items(trust.actions, up), {"text": "JSON", "href": up + page.data}],
    }


def _section(section: Section, up: str) -> Data:
    return {
        "title": section.title,
        "id": section.id,
        "style": section.style,
        "drawing": section.drawing or "",
        "paragraphs": list(section.paragraphs),
        "facts": _facts(section.facts, up),
        "items": _items(section.items, up),
        "links": _items(section.links, up),
        "sections": [_section(one, up) for one in section.sections],
    }


def _facts(facts: tuple[Fact, ...], up: str) -> list[Data]:
    return [{"label": label, "items": _items(items, up)} for label, items, _ in facts]


def _items(items: tuple[Item, ...], up: str) -> list[Data]:
    return [
        {
            "text": one.text,
            "href": up + one.page if one.page else one.url,
            "note": one.note,
            "tone": one.tone,
            "facts": _facts(one.facts, up),
        }
        for one in items
    ]
