"""A registry and the shells of its pages in; every file of the site out, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from .. import records
from ..artifacts import Artifact, Producer
from ..diagnostics import Rule
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
from . import (
    agreements,
    changes,
    competence,
    contract_form,
    dids,
    explore,
    federated,
    feed,
    figures,
    files,
    form_rules,
    forms,
    guides,
    home,
    insights,
    kinds,
    lists,
    machines,
    making,
    matcher,
    passport_data,
    places,
    rules,
    terms,
    verifier,
)  # fmt: skip
from .columns import WHOLE, columns
from .columns_designs import designs
from .columns_labels import aliases, labels
from .columns_matching import matching
from .edition import Edition, address
from .hubs import hub
from .keeping import keeping
from .offline import manifest
from .page import Page
from .pages import Templates
from .redirects import redirects
from .shells import Frame
from .sitemap import robots, sitemap

_SHARE = 2000  # records whose pages one producer makes
_PAGES: tuple[tuple[type[Record], Callable[[Edition, Record], Page]], ...] = (
    (Hub, hub), (Machine, machines.machine), (Model, machines.model), (Material, terms.material),
    (Network, agreements.network), (Passport, agreements.passport), (Recognition, agreements.recognition),
    (Contract, agreements.contract), (Design, making.design), (Request, making.request),
)  # type: ignore[assignment]  # fmt: skip


def site(
    edition: Edition, frame: Frame, templates: Templates, known_rules: Sequence[Rule], tables: files.Tables = ()
) -> Iterator[Producer]:
    """Yield what makes every file that comes from records, rules and schemas, and those that MkDocs made.

    Each producer can run in a process of its own; how many there are depends on the records alone.
    """
    yield partial(_lists, edition, frame, templates, known_rules, tables)
    for kind, page in _PAGES:
        ids = tuple(edition.registry.ids(kind))
        for at in range(0, len(ids), _SHARE):
            yield partial(_records, edition, templates, kind, page, ids[at : at + _SHARE])
    for id in edition.registry.ids(Process):
        yield partial(_process, edition, templates, id)
    for id in edition.registry.ids(Competence):
        yield partial(_competence, edition, templates, id)
    yield partial(redirects, edition, templates)
    yield partial(_insights, edition, templates)
    yield partial(_explore, edition, templates)
    yield partial(labels, edition, frame.guides, known_rules)
    yield partial(passport_data.words, edition)
    yield partial(frame.pages, edition.prefix, templates.languages, guides.slots(edition))
    if not edition.prefix:
        yield from _shared(edition, frame)


def _shared(edition: Edition, frame: Frame) -> Iterator[Producer]:
    """Yield what makes the files that the pages of all languages have in common."""
    yield partial(columns, edition)
    yield partial(aliases, edition)
    yield partial(matching, edition.registry, WHOLE)
    yield partial(designs, edition.registry)
    yield partial(matcher.terms, edition.registry)
    yield partial(figures.figures, edition)
    yield form_rules.rules
    yield partial(contract_form.data, edition.registry)
    yield partial(forms.records, edition)
    yield partial(dids.signing, edition)
    yield dids.context
    yield partial(passport_data.passport_data, edition)
    yield partial(verifier.supplies, edition)
    yield partial(_feed, edition)
    yield _map_script
    yield frame.files
    yield partial(robots, edition.settings)


def _lists(
    edition: Edition, frame: Frame, templates: Templates, known_rules: Sequence[Rule], tables: files.Tables
) -> Iterator[Artifact]:
    """Yield the pages that are no record's, and the sitemap of all pages of the language."""
    listed = [
        address(kind, record.id)
        for kind in records.KINDS
        for record in edition.registry.all(kind)
        if not edition.is_hidden(record)
    ]
    yield templates.page(home.home(edition), "home.html")
    parts = (
        lists.lists(edition), places.countries(edition), rules.rules(edition, known_rules), kinds.kinds(edition),
        files.files(edition, tables),
    )  # fmt: skip
    for page in chain(*parts):
        listed.append(page.path)
        yield templates.page(page)
    yield templates.page(home.search(edition), "search.html")
    yield templates.page(keeping(edition))
    yield templates.page(federated.federated(edition, edition.relations.federation))
    yield from manifest(edition)
    guides = [guide.path for guide in frame.guides if guide.path.endswith("/")]
    own = ("", explore.PATH, matcher.PATH, verifier.PATH, forms.PATH, insights.PATH, changes.PATH, federated.PATH)
    yield from sitemap(templates.address, edition.prefix, [*own, *listed, *guides])


def _records(
    edition: Edition,
    templates: Templates,
    kind: type[Record],
    page: Callable[[Edition, Record], Page],
    ids: Sequence[str],
) -> Iterator[Artifact]:
    for id in ids:
        record = edition.registry.get(kind, id)
        if record is not None:
            yield templates.page(page(edition, record))


def _process(edition: Edition, templates: Templates, id: str) -> Iterator[Artifact]:
    record = edition.registry.get(Process, id)
    if record is not None:
        yield from (templates.page(page) for page in terms.process(edition, record))


def _competence(edition: Edition, templates: Templates, id: str) -> Iterator[Artifact]:
    record = edition.registry.get(Competence, id)
    if record is not None:
        yield from (templates.page(page) for page in competence.competences(edition, record))


def _explore(edition: Edition, templates: Templates) -> Iterator[Artifact]:
    yield templates.page(explore.explore(edition), "explore.html")
    yield templates.page(explore.embed(edition), "embed.html")
    yield templates.page(matcher.matcher(edition), "match.html")
    yield templates.page(forms.form(edition), "form.html")
    yield templates.page(verifier.verifier(edition), "verify.html")


def _insights(edition: Edition, templates: Templates) -> Iterator[Artifact]:
    yield templates.page(insights.insights(edition), "insights.html")
    yield templates.page(changes.changes(edition), "changes.html")


def _feed(edition: Edition) -> Iterator[Artifact]:
    yield feed.feed(edition)


def _map_script() -> Iterator[Artifact]:
    from .leaflet import scripts  # noqa: PLC0415 folium brings NumPy along: a third of a second, here beside other work

    yield from scripts()
