"""A competence in; tables of what a credential of each hub counts as at each other hub, by the decision, out.

Only hubs that have a rule stand in rows, and only whom their rules name in columns: nothing is asked of other pairs.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..passports.mutual import Place, Worth, member
from ..records import Competence, Hub, Network
from . import recognising
from .edition import Edition, Relations, address
from .page import Item, Page, Section, Table

OVERVIEW = "recognitions/matrix/"
_ROWS = 40  # hubs in one table
_COLUMNS = 6  # hubs and networks with a column of their own; whom fewer rows name stands in the last one


class Name(NamedTuple):
    """Whose credentials a column is about: a hub, or any member of a network."""

    id: str
    is_network: bool

    @property
    def issuer(self) -> str:
        """What decisions know it by."""
        return member(self.id) if self.is_network else self.id


class Row(NamedTuple):
    """A hub that decides: what it says of each column, and of whom has none. `returned` are who decide for it, too."""

    hub: str
    cells: tuple[Worth, ...]
    others: tuple[tuple[Name, Worth], ...]
    returned: frozenset[str]


class Grid(NamedTuple):
    """One table of the matrix of a competence."""

    columns: tuple[Name, ...]
    rows: tuple[Row, ...]


def link(edition: Edition, competence: str) -> tuple[Item, ...]:
    """Return the link to the matrix of a competence; nothing where no hub has a rule for it."""
    if competence not in edition.relations.naming.hubs or competence not in edition.registry.ids(Competence):
        return ()
    title = edition.strings("matrix.of", competence=edition.label(Competence, competence))
    return (Item(title, page=path(competence)),)


def path(competence: str, number: int = 1) -> str:
    """Return where the matrix of a competence stands, and its further pages."""
    first = f"{address(Competence, competence)}recognition/"
    return first if number == 1 else f"{first}page--{number}/"


def grids(edition: Edition, record: Competence) -> Iterator[Page]:
    """Yield the pages of a competence's matrix; none where nobody has a rule for it."""
    hubs = edition.relations.naming.hubs.get(record.id, ())
    count = -(-len(hubs) // _ROWS)
    for number in range(1, count + 1):
        part = hubs[(number - 1) * _ROWS : number * _ROWS]
        yield _page(edition, record, grid(edition.relations, record.id, part, recognising.top(edition, record.id)),
                    number, count)  # fmt: skip


@functools.lru_cache(maxsize=1 << 10)
def grid(relations: Relations, competence: str, hubs: tuple[str, ...], top: int) -> Grid:
    """Return what some hubs make of whom their rules name, on the registry's day."""
    names = {hub: _named(relations, hub, competence) for hub in hubs}
    often = Counter(name for each in names.values() for name in each)
    ranked = sorted(often, key=lambda name: (-often[name], not name.is_network, name.id))
    columns = tuple(sorted(ranked[:_COLUMNS], key=lambda name: (name.is_network, name.id)))
    rows = []
    for hub in hubs:
        # A hub that no rule names may still be a member of a network that one names.
        found = _judged(relations, (hub, competence), tuple(dict.fromkeys((*columns, *names[hub]))), top)
        others = tuple((name, found[name]) for name in names[hub] if name not in columns)
        returned = frozenset(_returned(relations, (hub, competence), found, top))
        rows.append(Row(hub, tuple(found[one] for one in columns), others, returned))
    return Grid(columns, tuple(rows))


def _named(relations: Relations, hub: str, competence: str) -> list[Name]:
    """Return whom the rules of a hub name, as far as the registry knows them."""
    facts, rules = relations.members, relations.facts.rules[hub, competence]
    names = [*(Name(id, False) for id in rules.issuers), *(Name(id, True) for id in rules.networks)]
    return sorted(one for one in names if one.issuer in facts.hubs)


def _judged(relations: Relations, place: Place, names: Sequence[Name], top: int) -> dict[Name, Worth]:
    weigh = relations.weighing(place, top)
    return {one: weigh(one.issuer) for one in names}


def _returned(relations: Relations, place: Place, found: Mapping[Name, Worth], top: int) -> Iterator[str]:
    """Yield the hubs of which a hub takes credentials, and that take its own in turn."""
    hub, competence = place
    for name, worth in found.items():
        is_other = not name.is_network and name.id != hub
        if worth.steps and is_other and (name.id, competence) in relations.facts.rules:
            back = _judged(relations, (name.id, competence), (Name(hub, False),), top)
            yield from (name.id for one in back.values() if one.steps)


def _page(edition: Edition, record: Competence, found: Grid, number: int, count: int) -> Page:
    strings, label = edition.strings, edition.label(Competence, record.id)
    title = strings("matrix.of", competence=label)
    lead = strings("matrix.grid.lead", competence=label, date=strings.day(edition.registry.as_of))
    table = Section("", paragraphs=(strings("matrix.grid.how"),), table=_table(edition, record, found))
    parts = [table, Section("", links=(Item(strings("matrix"), page=OVERVIEW),))]
    if count > 1:
        items = tuple(Item(str(at), page="" if at == number else path(record.id, at)) for at in range(1, count + 1))
        parts.append(Section(strings("page.others"), id="pages", items=items, style="tags"))
    return Page(
        path=path(record.id, number),
        title=title if number == 1 else strings("page.of", title=title, number=number, total=count),
        description=lead,
        lead=lead,
        trail=(Item(strings("competences"), page="competences/"), edition.link(Competence, record.id)),
        sections=tuple(parts),
    )


def _table(edition: Edition, record: Competence, found: Grid) -> Table:
    strings, top = edition.strings, recognising.top(edition, record.id)
    has_others = any(row.others for row in found.rows)
    heads = [_column(edition, one) for one in found.columns]
    rows = []
    for row in found.rows:
        cells = [_cell(edition, row, name, one, top) for name, one in zip(found.columns, row.cells, strict=True)]
        others = tuple(item for name, one in row.others for item in _other(edition, row, name, one, top))
        rows.append((_head(edition, row.hub), (*cells, *((others,) if has_others else ()))))
    columns = (*heads, Item(strings("matrix.others"))) if has_others else tuple(heads)
    caption = strings("matrix.grid.caption", competence=edition.label(Competence, record.id))
    return Table(caption, strings("matrix.corner"), columns, tuple(rows), strings("matrix.nothing"), style="stacked")


def _column(edition: Edition, name: Name) -> Item:
    strings = edition.strings
    if name.is_network:
        link = edition.link(Network, name.id)
        return link._replace(text=strings("matrix.members", network=link.text))
    return edition.link(Hub, name.id, "" if edition.relations.facts.hubs[name.id].keys else strings("matrix.keyless"))


def _head(edition: Edition, hub: str) -> Item:
    record = edition.registry.get(Hub, hub)
    return edition.link(Hub, hub, edition.strings("demonstration") if record and record.demonstration else "")


def _cell(edition: Edition, row: Row, name: Name, worth: Worth, top: int) -> tuple[Item, ...]:
    """Return what stands in a cell; the first line says whether both hubs decide so, or one alone."""
    items = recognising.counted_as(edition, worth, top)
    if not worth.steps or name.is_network or name.id == row.hub:
        return items
    way = edition.strings("matrix.both" if name.id in row.returned else "matrix.one_way")
    return (items[0]._replace(note=f"{items[0].note} · {way}"), *items[1:])


def _other(edition: Edition, row: Row, name: Name, worth: Worth, top: int) -> Iterator[Item]:
    """Yield the same for whom has no column: with the name, and the link to the hub or network."""
    for item in _cell(edition, row, name, worth, top):
        note = " · ".join(part for part in (item.text, item.note) if part)
        yield _column(edition, name)._replace(note=note, tone=item.tone)
