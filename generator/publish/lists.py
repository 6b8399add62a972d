"""All records of a kind in; the list that leads to each of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..records import (
    Competence,
    Contract,
    Design,
    Hub,
    Machine,
    Material,
    Model,
    Network,
    Passport,
    Process,
    Recognition,
    Record,
    Request,
)  # fmt: skip
from . import places
from .counting import without
from .edition import Edition
from .making import request_line
from .matrix import PATH as MATRIX
from .matrix import matrix
from .page import Item, Page, Section
from .paging import paged
from .terms import tree
from .verifier import PATH as CHECKED_AT

_SHORT: tuple[type[Record], ...] = (Competence, Contract, Design, Network, Passport, Recognition, Request)


def lists(edition: Edition) -> Iterator[Page]:
    """Yield the list of every kind."""
    yield _hubs(edition)
    yield from _machines(edition)
    yield from _models(edition)
    yield from _terms(edition)
    for kind in _SHORT:
        yield from paged(edition, _page(edition, kind), list(edition.registry.ids(kind)), _row(edition, kind))
    yield from matrix(edition)


def links(edition: Edition, *folders: str) -> tuple[Item, ...]:
    """Return links to the lists of some kinds, by the folders of their records."""
    return tuple(Item(edition.strings(folder), page=f"{folder}/") for folder in folders)


def _page(edition: Edition, kind: type[Record]) -> Page:
    count = len(edition.registry.ids(kind))
    folder = kind.folder
    return Page(
        path=f"{folder}/",
        title=edition.strings(folder),
        description=edition.strings(f"{folder}.lead"),
        lead=edition.strings(f"{folder}.lead"),
        sections=_intro(edition, kind, count),
        data=f"api/v1/{folder}.json",
    )


def _intro(edition: Edition, kind: type[Record], count: int) -> tuple[Section, ...]:
    """Return what stands above the list of a kind."""
    if not count:
        return (Section("", paragraphs=(edition.strings("list.empty"),)),)
    if kind is Recognition:
        guide = Item(edition.strings("nav.issue_passports"), page="issue-passports/")
        return (Section("", links=(Item(edition.strings("matrix"), page=MATRIX), guide)),)
    if kind in (Passport, Competence):
        return (Section("", links=(Item(edition.strings("verify"), page=CHECKED_AT),)),)
    return ()


def _row(edition: Edition, kind: type[Record]) -> _Row:
    return _Row(edition, kind)


class _Row:
    """A record as a line in its kind's list."""

    def __init__(self, edition: Edition, kind: type[Record]) -> None:
        self._edition, self._kind = edition, kind

    def __call__(self, id: str) -> Item:
        if self._kind is Request:
            return request_line(self._edition, id)
        record = self._edition.registry.get(self._kind, id)
        invented = bool(getattr(record, "demonstration", False))
        note = self._edition.strings("demonstration") if invented else ""
        if isinstance(record, Recognition):
            hub, competence = self._edition.label(Hub, record.hub), self._edition.label(Competence, record.competence)
            title = self._edition.strings("recognition.title", hub=hub, competence=competence)
            return self._edition.link(self._kind, id, note)._replace(text=title)
        return self._edition.link(self._kind, id, note)


def _hubs(edition: Edition) -> Page:
    parts = (Section(edition.strings("hubs.by_country"), id="countries", items=places.links(edition), style="tags"),)
    kinds = edition.relations.coverage.kinds
    counts = tuple(
        Item(edition.strings.label("hub.kind", one.id), note=edition.strings.number(one.hubs))
        for one in sorted(kinds, key=lambda one: one.id)
    )
    page = _page(edition, Hub)
    return page._replace(
        sections=(
            *page.sections,
            *parts,
            Section(
                edition.strings("hubs.by_kind"),
                id="kinds",
                paragraphs=without(edition, edition.registry.ids(Hub)),
                items=counts,
                style="tags",
            ),
        )
    )


def _machines(edition: Edition) -> Iterator[Page]:
    found = Counter(edition.crossings.machines_of_process)
    processes = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    by_process = tuple(edition.link(Process, id, str(count)) for id, count in processes)
    models = sorted(edition.crossings.machines_of_model.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    by_model = tuple(edition.link(Model, id, str(len(ids))) for id, ids in models[:60])
    by_country = _countries(edition)
    page = _page(edition, Machine)
    parts = (
        Section(edition.strings("machines.by_process"), id="processes", items=by_process, style="tags"),
        Section(edition.strings("machines.by_model"), id="models", items=by_model, style="tags"),
        Section(edition.strings("machines.by_country"), id="countries", items=by_country, style="tags"),
    )
    yield page._replace(sections=(*page.sections, *(part for part in parts if part.items)))
    yield from _machines_of_countries(edition)


def _countries(edition: Edition) -> tuple[Item, ...]:
    counts = Counter(id[:2] for id in edition.registry.ids(Machine))
    items = (Item(edition.strings.country(code), page=f"machines/{code}/", note=str(n)) for code, n in counts.items())
    return tuple(sorted(items, key=lambda item: item.text))


def _machines_of_countries(edition: Edition) -> Iterator[Page]:
    groups: dict[str, list[str]] = {}
    for id in edition.registry.ids(Machine):
        groups.setdefault(id[:2], []).append(id)
    for code, ids in groups.items():
        country = edition.strings.country(code)
        page = Page(
            path=f"machines/{code}/",
            title=edition.strings("machines.in", country=country),
            description=edition.strings("machines.in", country=country),
            trail=(Item(edition.strings("machines"), page="machines/"),),
        )
        yield from paged(
            edition, page, ids, lambda id: edition.link(Machine, id, edition.label(Hub, id.rpartition("/")[0]))
        )


def _models(edition: Edition) -> Iterator[Page]:
    brands = edition.crossings.models_of_brand
    names = {brand: record.brand for brand, ids in brands.items() if (record := edition.registry.get(Model, ids[0]))}
    items = (Item(name, page=f"models/{brand}/", note=str(len(brands[brand]))) for brand, name in names.items())
    by_brand = Section(
        edition.strings("models.by_brand"),
        id="brands",
        items=tuple(sorted(items, key=lambda item: item.text.casefold())),
        style="tags",
    )
    page = _page(edition, Model)
    yield page._replace(sections=(*page.sections, by_brand))
    for brand, ids in brands.items():
        of_brand = Page(
            path=f"models/{brand}/",
            title=names[brand],
            kind=edition.strings("brand"),
            description=edition.strings("models.of", brand=names[brand]),
            trail=(Item(edition.strings("models"), page="models/"),),
        )
        yield from paged(edition, of_brand, ids, lambda id: _model_row(edition, id))


def _model_row(edition: Edition, id: str) -> Item:
    count = len(edition.crossings.machines_of_model.get(id, ()))
    return edition.link(Model, id, edition.strings("machines.count", count=count) if count else "")


def _terms(edition: Edition) -> Iterator[Page]:
    hubs = {id: len(ids) for id, ids in edition.crossings.hubs_of_process.items()}
    page = _page(edition, Process)
    yield page._replace(sections=(*page.sections, *tree(edition, edition.registry, Process, hubs)))
    models = {id: len(ids) for id, ids in edition.crossings.models_of_material.items()}
    page = _page(edition, Material)
    yield page._replace(sections=(*page.sections, *tree(edition, edition.registry, Material, models)))
