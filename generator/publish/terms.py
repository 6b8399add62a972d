"""A process, material or competence in; its page out, with who can do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..records import Competence, Design, Material, Model, Process
from ..registry import Registry
from .edition import Edition, address
from .hubs import ordered, row
from .page import Fact, Item, Page, Section, facts
from .paging import paged
from .trust import trust

_SHOWN = 100
_WHOLE = 300  # hubs listed on a process's own page; beyond that each country has a list of its own


def process(edition: Edition, record: Process) -> Iterator[Page]:
    """Yield the page of a process, and a list for each country when there are many hubs."""
    hubs = edition.crossings.hubs_of_process.get(record.id, [])
    page = _term(edition, record, Process, edition.strings("process"), edition.strings("processes"))
    whole = len(hubs) <= _WHOLE
    listing = _hubs_here(edition, hubs) if whole else _hubs_by_country(edition, record, hubs)
    substitutes = tuple(edition.link(Process, one.process, edition.text(one.when)) for one in record.substitutes)
    sections = (
        listing,
        Section(edition.strings("process.substitutes"), id="substitutes", items=substitutes),
        _models(edition, edition.crossings.models_of_process.get(record.id, [])),
        Section(
            edition.strings("designs"),
            id="designs",
            items=edition.links(Design, edition.crossings.designs_of_process.get(record.id, [])[:_SHOWN]),
            style="tags",
        ),
    )
    yield page._replace(sections=(*page.sections, *(one for one in sections if one.items or one.sections)))
    if not whole:
        yield from _country_lists(edition, record, hubs)


def material(edition: Edition, record: Material) -> Page:
    """Return the page of a material."""
    page = _term(edition, record, Material, edition.strings("material"), edition.strings("materials"))
    models = _models(edition, edition.crossings.models_of_material.get(record.id, []))
    return page._replace(sections=(*page.sections, models) if models.items else page.sections)


def competence(edition: Edition, record: Competence) -> Page:
    """Return the page of a competence: what it covers, its levels and their criteria."""
    strings = edition.strings
    levels = tuple(
        Item(strings("level.named", level=one.level, name=edition.text(one.name)), note=edition.text(one.description))
        for one in record.levels
    )
    lists = (("covers", record.covers), ("excludes", record.excludes), ("criteria", record.criteria))
    sections = (
        Section(strings("competence.levels"), id="levels", items=levels),
        *(
            Section(strings(f"competence.{key}"), id=key, items=tuple(Item(edition.text(one)) for one in texts))
            for key, texts in lists
        ),
    )
    return Page(
        path=address(Competence, record.id),
        title=edition.text(record.labels),
        kind=strings("competence"),
        description=edition.text(record.description) or edition.text(record.labels),
        lead=edition.text(record.description),
        trail=(Item(strings("competences"), page="competences/"),),
        facts=_competence_facts(edition, record),
        sections=tuple(section for section in sections if section.items),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _competence_facts(edition: Edition, record: Competence) -> tuple[Fact, ...]:
    strings = edition.strings
    return facts(
        (strings("fact.processes"), edition.links(Process, record.processes)),
        (strings("fact.models"), edition.links(Model, record.models)),
        (strings("fact.version"), str(record.version)),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.alignment)),
    )


def tree(
    edition: Edition, registry: Registry, kind: type[Process] | type[Material], counts: Mapping[str, int]
) -> tuple[Section, ...]:
    """Return a section for each top term of a taxonomy with everything below it as links."""
    taxonomy = registry.processes if kind is Process else registry.materials
    tops = [term for term in registry.all(kind) if not term.broader]
    sections = []
    for top in sorted(tops, key=lambda term: edition.label(kind, term.id).casefold()):
        below = sorted(taxonomy.narrower(top.id), key=lambda id: edition.label(kind, id).casefold())
        items = tuple(_counted(edition, kind, id, counts) for id in (top.id, *below))
        sections.append(Section(edition.label(kind, top.id), id=top.id, items=items, style="tags"))
    return tuple(sections)


def _counted(edition: Edition, kind: type[Process] | type[Material], id: str, counts: Mapping[str, int]) -> Item:
    return edition.link(kind, id, str(counts[id]) if counts.get(id) else "", "" if counts.get(id) else "faint")


def _term(
    edition: Edition, record: Process | Material, kind: type[Process] | type[Material], name: str, names: str
) -> Page:
    taxonomy = edition.registry.processes if kind is Process else edition.registry.materials
    title = edition.text(record.labels)
    return Page(
        path=address(kind, record.id),
        title=title,
        kind=name,
        description=edition.text(record.description) or edition.strings("term.description", name=title),
        lead=edition.text(record.description),
        lead_language=edition.language_of(record.description),
        trail=(Item(names, page=f"{kind.folder}/"), *edition.links(kind, record.broader[:1])),
        facts=_naming(edition, record, kind, taxonomy.children.get(record.id, ())),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _naming(
    edition: Edition, record: Process | Material, kind: type[Process] | type[Material], narrower: Sequence[str]
) -> tuple[Fact, ...]:
    strings = edition.strings
    aliases = dict.fromkeys(alias for _, found in sorted(record.aliases.items()) for alias in found)
    labels = tuple(Item(text, language=code) for code, text in record.labels.texts if code != edition.language)
    return facts(
        (strings("fact.broader"), edition.links(kind, record.broader)),
        (strings("fact.narrower"), edition.links(kind, narrower)),
        (strings("fact.labels"), labels),
        (strings("fact.aliases"), tuple(Item(alias) for alias in aliases)),
        (strings("fact.codes"), tuple(Item(f"{one.scheme} {one.code}") for one in record.codes)),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.same_as)),
    )


def _models(edition: Edition, ids: Sequence[str]) -> Section:
    more = (edition.strings("more", count=len(ids) - _SHOWN),) if len(ids) > _SHOWN else ()
    return Section(
        edition.strings("models"), id="models", paragraphs=more, items=edition.links(Model, ids[:_SHOWN]), style="tags"
    )


def _hubs_here(edition: Edition, hubs: Sequence[str]) -> Section:
    parts = tuple(
        Section(edition.strings.country(code), id=code, items=tuple(row(edition, id) for id in ids))
        for code, ids in _by_country(edition, hubs)
    )
    return Section(edition.strings("process.hubs", count=len(hubs)), id="hubs", sections=parts)


def _hubs_by_country(edition: Edition, record: Process, hubs: Sequence[str]) -> Section:
    items = tuple(
        Item(edition.strings.country(code), page=f"{address(Process, record.id)}{code}/", note=str(len(ids)))
        for code, ids in _by_country(edition, hubs)
    )
    return Section(edition.strings("process.hubs", count=len(hubs)), id="hubs", items=items, style="tags")


def _country_lists(edition: Edition, record: Process, hubs: Sequence[str]) -> Iterator[Page]:
    label = edition.text(record.labels)
    for code, ids in _by_country(edition, hubs):
        country = edition.strings.country(code)
        page = Page(
            path=f"{address(Process, record.id)}{code}/",
            title=edition.strings("process.in", process=label, country=country),
            kind=edition.strings("process"),
            description=edition.strings("process.in", process=label, country=country),
            trail=(Item(edition.strings("processes"), page="processes/"), edition.link(Process, record.id)),
        )
        yield from paged(edition, page, ids, lambda id: row(edition, id))


def _by_country(edition: Edition, hubs: Sequence[str]) -> list[tuple[str, list[str]]]:
    groups = [(code, ordered(edition, ids)) for code, ids in groupby(hubs, key=lambda id: id[:2])]
    return sorted(groups, key=lambda group: edition.strings.country(group[0]))
