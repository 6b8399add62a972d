"""A registry and the shells of its pages in; every file of the site out, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from .. import records
from ..artifacts import Artifact
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
from . import agreements, home, kinds, lists, machines, making, map, places, rules, terms
from .columns import columns
from .edition import Edition, address, title
from .hubs import hub
from .page import Page
from .pages import Templates
from .shells import Frame
from .sitemap import sitemap

_PAGES: tuple[tuple[type[Record], Callable[[Edition, Record], Page]], ...] = (
    (Hub, hub), (Machine, machines.machine), (Model, machines.model), (Material, terms.material),
    (Competence, terms.competence), (Network, agreements.network), (Passport, agreements.passport),
    (Recognition, agreements.recognition), (Contract, agreements.contract), (Design, making.design),
    (Request, making.request),
)  # type: ignore[assignment]  # fmt: skip


def site(edition: Edition, frame: Frame, templates: Templates, known_rules: Sequence[Rule]) -> Iterator[Artifact]:
    """Yield every file that is made from records, rules and schemas, and those that MkDocs made."""
    listed: list[str] = []
    yield templates.page(home.home(edition), "home.html")
    for page in chain(pages(edition), rules.rules(edition, known_rules), kinds.kinds(edition)):
        if not page.hidden:
            listed.append(page.path)
        yield templates.page(page)
    yield templates.page(home.search(edition), "search.html")
    yield from redirects(edition, templates)
    yield from columns(edition, frame.guides)
    yield map.script()
    yield from frame.files()
    guides = [guide.path for guide in frame.guides if guide.path.endswith("/")]
    yield from sitemap(templates.address, ["", *listed, *guides])


def pages(edition: Edition) -> Iterator[Page]:
    """Yield the page of every record and the lists that lead to them."""
    yield from lists.lists(edition)
    yield from places.countries(edition)
    for kind, page in _PAGES:
        for record in edition.registry.all(kind):
            yield page(edition, record)
    for process in edition.registry.all(Process):
        yield from terms.process(edition, process)


def redirects(edition: Edition, templates: Templates) -> Iterator[Artifact]:
    """Yield a page at each address that a record had before, which leads to where it is now."""
    taken: set[str] = set()
    for kind in records.KINDS:
        known = edition.registry.ids(kind)
        for record in edition.registry.all(kind):
            for id in getattr(record, "formerly", ()):
                path = address(kind, id)
                if id not in known and path not in taken:
                    taken.add(path)
                    up = "../" * path.count("/")
                    to, name = address(kind, record.id), title(edition, record)
                    yield templates.bare(f"{path}index.html", "redirect.html", up=up, to=to, name=name)
