"""A process or material in; its page out, with who can do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from .. import words
from ..records import Competence, Design, Material, Model, Process
from ..registry import Registry
from .counting import counted, without
from .edition import Edition, address
from .hubs import ordered, row
from .page import Fact, Item, Page, Section, facts, filled
from .paging import paged
from .trust import trust

_SHOWN = 100
_WHOLE = 300  # hubs listed on a process's own page; beyond that each country has a list of its own


def process(edition: Edition, record: Process) -> Iterator[Page]:
    """Yield the page of a process, and a list for each country when there are many hubs."""
    strings, crossings = edition.strings, edition.crossings
    hubs = crossings.hubs_of_process.get(record.id, [])
    page = _term(edition, record, Process, strings("process"), strings("processes"))
    whole = len(hubs) <= _WHOLE
    listing = _hubs_here(edition, record, hubs) if whole else _hubs_by_country(edition, record, hubs)
    substitutes = tuple(edition.link(Process, one.process, edition.text(one.when)) for one in record.substitutes)
    competences = edition.links(Competence, crossings.competences_of_process.get(record.id, ()))
    yield page._replace(
        sections=filled(
            listing,
            Section(strings("process.substitutes"), id="substitutes", items=substitutes),
            Section(strings("process.competences"), id="competences", items=competences, style="tags"),
            _models(edition, crossings.models_of_process.get(record.id, [])),
            _designs(edition, crossings.designs_of_process.get(record.id, [])),
        )
    )
    if not whole:
        yield from _country_lists(edition, record, hubs)


def material(edition: Edition, record: Material) -> Page:
    """Return the page of a material."""
    crossings = edition.crossings
    page = _term(edition, record, Material, edition.strings("material"), edition.strings("materials"))
    explore = Item(edition.strings("material.explore"), page=f"explore/?material={record.id}")
    return page._replace(
        sections=filled(
            Section("", id="hubs", items=() if record.group else (explore,), style="tags"),
            _models(edition, crossings.models_of_material.get(record.id, [])),
            _designs(edition, crossings.designs_of_material.get(record.id, [])),
        )
    )


def _designs(edition: Edition, ids: Sequence[str]) -> Section:
    more = (edition.strings("more", count=len(ids) - _SHOWN),) if len(ids) > _SHOWN else ()
    return Section(
        edition.strings("term.designs"),
        id="designs",
        paragraphs=more,
        items=edition.links(Design, ids[:_SHOWN]),
        style="tags",
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
    title = edition.text(record.labels)
    aliases = dict.fromkeys(alias for _, found in sorted(record.aliases.items()) for alias in found)
    others = {text: code for code, text in reversed(record.labels.texts) if text != title}  # "PLA" is PLA everywhere
    labels = tuple(Item(text, language=code) for text, code in reversed(others.items()))
    return facts(
        (strings("fact.broader"), edition.links(kind, record.broader)),
        (strings("fact.narrower"), tuple(_narrower(edition, kind, id) for id in narrower)),
        (strings("fact.labels"), labels),
        (strings("fact.aliases"), tuple(Item(alias) for alias in aliases)),
        (strings("fact.codes"), tuple(Item(f"{one.scheme} {one.code}") for one in record.codes)),
        (strings("fact.elsewhere"), tuple(Item(one.label, url=one.url) for one in record.same_as)),
    )


def _narrower(edition: Edition, kind: type[Process] | type[Material], id: str) -> Item:
    found = edition.crossings.hubs_of_process.get(id, ()) if kind is Process else ()
    return edition.link(kind, id, words.amount(len(found), edition.language) if found else "")


def _models(edition: Edition, ids: Sequence[str]) -> Section:
    more = (edition.strings("more", count=len(ids) - _SHOWN),) if len(ids) > _SHOWN else ()
    return Section(
        edition.strings("models"), id="models", paragraphs=more, items=edition.links(Model, ids[:_SHOWN]), style="tags"
    )


def _hubs_here(edition: Edition, record: Process, hubs: Sequence[str]) -> Section:
    """Return all hubs that can do a process, by country, and above them how many there are in each."""
    groups = by_country(edition, hubs)
    parts = tuple(
        Section(edition.strings.country(code), id=code, items=tuple(row(edition, id) for id in ids))
        for code, ids in groups
    )
    counts = _counts(edition, groups, f"{address(Process, record.id)}#") if len(groups) > 1 else ()
    return _able(edition, record, hubs)._replace(items=counts, sections=parts)


def _hubs_by_country(edition: Edition, record: Process, hubs: Sequence[str]) -> Section:
    counts = _counts(edition, by_country(edition, hubs), address(Process, record.id), "/")
    return _able(edition, record, hubs)._replace(items=counts)


def _able(edition: Edition, record: Process, hubs: Sequence[str]) -> Section:
    """Return the beginnings of the section on who can do a process."""
    strings = edition.strings
    return Section(
        strings("process.hubs", count=len(counted(edition, hubs))),
        id="hubs",
        paragraphs=without(edition, hubs) if hubs else (strings("process.nobody"),),
        style="tags",
        links=(Item(strings("explore.these"), page=f"explore/?process={record.id}"),) if hubs else (),
    )


def _counts(
    edition: Edition, groups: Sequence[tuple[str, Sequence[str]]], before: str, behind: str = ""
) -> tuple[Item, ...]:
    return tuple(
        Item(
            edition.strings.country(code), page=f"{before}{code}{behind}", note=words.amount(len(ids), edition.language)
        )
        for code, ids in groups
    )


def _country_lists(edition: Edition, record: Process, hubs: Sequence[str]) -> Iterator[Page]:
    label = edition.text(record.labels)
    for code, ids in by_country(edition, hubs):
        country = edition.strings.country(code)
        page = Page(
            path=f"{address(Process, record.id)}{code}/",
            title=edition.strings("process.in", process=label, country=country),
            kind=edition.strings("process"),
            description=edition.strings("process.in", process=label, country=country),
            trail=(Item(edition.strings("processes"), page="processes/"), edition.link(Process, record.id)),
        )
        yield from paged(edition, page, ids, lambda id: row(edition, id))


def by_country(edition: Edition, hubs: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return hubs, given in the order of their ids, by country in the order of names."""
    groups = [(code, ordered(edition, ids)) for code, ids in groupby(hubs, key=lambda id: id[:2])]
    return sorted(groups, key=lambda group: edition.strings.country(group[0]))
