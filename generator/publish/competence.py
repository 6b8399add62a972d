"""A competence in; its page out, with who assesses it, who recognises whom, and which machines ask for it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..records import Competence, Hub, Machine, Model, Process, Recognition
from ..words import Text, amount
from . import grid, recognising
from .edition import Edition, address
from .hubs import row, where
from .page import Fact, Item, Page, Section, facts, filled
from .paging import paged
from .terms import by_country
from .trust import trust

_FIRST = 12  # machines shown for each level, and rules
_SHOWN = 60  # hubs that assess it


def competences(edition: Edition, record: Competence) -> Iterator[Page]:
    """Yield the page of a competence, its matrix, and a list of hubs for each country when there are many."""
    yield competence(edition, record)
    yield from grid.grids(edition, record)
    if _is_long(edition, record):
        yield from _country_lists(edition, record)


def competence(edition: Edition, record: Competence) -> Page:
    """Return the page of a competence: what it covers, its levels and their criteria, who asks for it."""
    strings = edition.strings
    levels = tuple(
        Item(strings("level.named", level=one.level, name=edition.text(one.name)), note=edition.text(one.description))
        for one in record.levels
    )
    lists = (("covers", record.covers), ("excludes", record.excludes), ("criteria", record.criteria))
    return Page(
        path=address(Competence, record.id),
        title=edition.text(record.labels),
        kind=strings("competence"),
        description=edition.text(record.description) or edition.text(record.labels),
        lead=edition.text(record.description),
        lead_language=edition.language_of(record.description),
        trail=(Item(strings("competences"), page="competences/"),),
        facts=_competence_facts(edition, record),
        sections=filled(
            Section(strings("competence.levels"), id="levels", items=levels),
            *(Section(strings(f"competence.{key}"), id=key, items=_lines(edition, texts)) for key, texts in lists),
            _assessment(edition, record),
            _assessors(edition, record),
            _recognition(edition, record),
            _asking(edition, record),
        ),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _lines(edition: Edition, texts: Sequence[Text]) -> tuple[Item, ...]:
    return tuple(Item(edition.text(one), language=edition.language_of(one)) for one in texts)


def _assessment(edition: Edition, record: Competence) -> Section:
    """Return the guide for assessors: what to prepare, when to stop, and the tasks of each level."""
    strings, guide = edition.strings, record.assessment
    section = Section(strings("competence.assessment"), id="assessment")
    if guide is None:
        return section
    names = {one.level: strings("level.named", level=one.level, name=edition.text(one.name)) for one in record.levels}
    before = tuple(
        Section(strings(f"competence.{key}"), items=_lines(edition, texts))
        for key, texts in (("needs", guide.needs), ("stops", guide.stops))
    )
    levels = (
        Section(
            strings("competence.tasks", level=names[one.level]),
            paragraphs=(strings("competence.minutes", count=one.minutes),),
            items=_lines(edition, one.tasks),
        )
        for one in guide.levels
    )
    return section._replace(sections=(*before, *levels))


def _asking(edition: Edition, record: Competence) -> Section:
    """Return the machines that ask for a competence, by level, and the way to all hubs where such a machine stands."""
    strings, asking = edition.strings, edition.crossings.asking.get(record.id, {})
    names = {one.level: strings("level.named", level=one.level, name=edition.text(one.name)) for one in record.levels}
    section = Section(strings("asks.machines"), id="machines", style="tags")
    if not asking:
        return section._replace(paragraphs=(strings("asks.nobody"),))
    return section._replace(
        items=_countries(edition, record) if _is_long(edition, record) else (),
        sections=tuple(_level(edition, names.get(level, str(level)), ids) for level, ids in sorted(asking.items())),
    )


def _level(edition: Edition, name: str, machines: Sequence[str]) -> Section:
    strings = edition.strings
    first = heapq.nsmallest(_FIRST, machines, key=lambda id: (edition.hub_ranks.get(_hub(id), 0), id))
    left = len(machines) - len(first)
    return Section(
        strings("asks.level", level=name),
        paragraphs=(strings("machines.count", count=len(machines)),),
        items=tuple(_machine(edition, id) for id in first),
        links=(Item(strings("more", count=left)),) if left > 0 else (),
    )


def _machine(edition: Edition, id: str) -> Item:
    """Return a machine with its hub, and where that is."""
    hub = edition.registry.get(Hub, _hub(id))
    place = (where(edition, hub),) if hub is not None else ()
    return edition.link(Machine, id, " · ".join((edition.label(Hub, _hub(id)), *place)))


def _hub(machine: str) -> str:
    return machine.rpartition("/")[0]


def _is_long(edition: Edition, record: Competence) -> bool:
    """Tell whether not all machines that ask for a competence stand on its page."""
    return any(len(ids) > _FIRST for ids in edition.crossings.asking.get(record.id, {}).values())


def _hubs(edition: Edition, record: Competence) -> list[tuple[str, list[str]]]:
    """Return the hubs whose machines ask for a competence, by country."""
    asking = edition.crossings.asking.get(record.id, {})
    known = edition.registry.ids(Hub)
    return by_country(edition, sorted({hub for ids in asking.values() for id in ids if (hub := _hub(id)) in known}))


def _countries(edition: Edition, record: Competence) -> tuple[Item, ...]:
    return tuple(
        Item(edition.strings.country(code), page=f"{address(Competence, record.id)}{code}/",
             note=amount(len(ids), edition.language))
        for code, ids in _hubs(edition, record)
    )  # fmt: skip


def _country_lists(edition: Edition, record: Competence) -> Iterator[Page]:
    """Yield the hubs of each country whose machines ask for a competence, with the levels."""
    strings, label = edition.strings, edition.text(record.labels)
    levels: dict[str, dict[int, None]] = {}
    for level, ids in sorted(edition.crossings.asking[record.id].items()):
        for id in ids:
            levels.setdefault(_hub(id), {})[level] = None
    for code, hubs in _hubs(edition, record):
        page = Page(
            path=f"{address(Competence, record.id)}{code}/",
            title=strings("process.in", process=label, country=strings.country(code)),
            kind=strings("competence"),
            description=strings("competence.asked"),
            lead=strings("competence.asked"),
            trail=(Item(strings("competences"), page="competences/"), edition.link(Competence, record.id)),
        )
        yield from paged(edition, page, hubs, partial(_asks, edition, levels))


def _asks(edition: Edition, levels: Mapping[str, Iterable[int]], id: str) -> Item:
    told = edition.strings.joined(edition.strings("level", level=level) for level in levels[id])
    return row(edition, id, _noted(edition, id, told))


def _assessors(edition: Edition, record: Competence) -> Section:
    """Return the hubs that are known to assess a competence; whether their credentials can be checked stands behind."""
    strings, hubs = edition.strings, edition.relations.facts.hubs
    known = [id for id in edition.crossings.issuers_of_competence.get(record.id, ()) if id in hubs]
    best = sorted(known, key=lambda id: (not hubs[id].keys, edition.hub_ranks.get(id, 0), id))
    items = tuple(_assessor(edition, id) for id in best[:_SHOWN])
    left = len(best) - _SHOWN
    return Section(
        strings("asks.assessors"),
        id="issuers",
        paragraphs=(strings("asks.assessors.how" if items else "asks.assessors.none"),),
        items=items,
        links=(Item(strings("more", count=left)),) if left > 0 else (),
    )


def _assessor(edition: Edition, id: str) -> Item:
    is_signing = bool(edition.relations.facts.hubs[id].keys)
    return row(edition, id, "" if is_signing else _noted(edition, id, edition.strings("matrix.keyless")))


def _noted(edition: Edition, id: str, note: str) -> str:
    """Return a note on a hub behind the town where it is."""
    record = edition.registry.get(Hub, id)
    return f"{record.location.locality} · {note}" if record is not None else note


def _recognition(edition: Edition, record: Competence) -> Section:
    """Return the first rules about a competence, and the way to its matrix."""
    strings = edition.strings
    ids = edition.crossings.recognitions_of_competence.get(record.id, ())
    rules = (edition.registry.get(Recognition, id) for id in ids[:_FIRST])
    items = tuple(recognising.line(edition, rule) for rule in rules if rule is not None)
    left = len(ids) - len(items)
    further = (Item(strings("more", count=left), page=grid.path(record.id)),) if left > 0 else ()
    return Section(
        strings("competence.recognised"),
        id="recognition",
        paragraphs=() if items else (strings("asks.unrecognised"),),
        items=(*items, *further),
        links=(*grid.link(edition, record.id), Item(strings("matrix"), page=grid.OVERVIEW)),
    )


def _competence_facts(edition: Edition, record: Competence) -> tuple[Fact, ...]:
    strings = edition.strings
    aliases = dict.fromkeys(alias for _, found in sorted(record.aliases.items()) for alias in found)
    return facts(
        (strings("fact.processes"), edition.links(Process, record.processes)),
        (strings("fact.models"), edition.links(Model, record.models)),
        (strings("fact.aliases"), tuple(Item(alias) for alias in aliases)),
        (strings("fact.version"), str(record.version)),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.alignment)),
    )
