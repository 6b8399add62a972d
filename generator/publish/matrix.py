"""All rules of recognition in; tables of who accepts whose credentials, for which competence, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..records import Competence, Hub, Network, Recognition
from . import grid
from .edition import Edition, address
from .page import Item, Page, Section, Table

PATH = grid.OVERVIEW
_ROWS = 60  # hubs in one table


def matrix(edition: Edition) -> Iterator[Page]:
    """Yield the recognition matrix: a row for each hub that decides, a column for each competence."""
    hubs = sorted(edition.crossings.recognitions_of_hub, key=lambda id: (edition.label(Hub, id).casefold(), id))
    count = max(1, -(-len(hubs) // _ROWS))
    for number in range(1, count + 1):
        yield _page(edition, hubs[(number - 1) * _ROWS : number * _ROWS], number, count)


def _page(edition: Edition, hubs: Sequence[str], number: int, count: int) -> Page:
    strings = edition.strings
    title = strings("matrix")
    parts = [Section("", paragraphs=(strings("matrix.how"),), table=_table(edition, hubs))] if hubs else []
    if not hubs:
        parts = [Section("", paragraphs=(strings("list.empty"),))]
    if count > 1:
        items = tuple(Item(str(at), page="" if at == number else _path(at)) for at in range(1, count + 1))
        parts.append(Section(strings("page.others"), id="pages", items=items, style="tags"))
    return Page(
        path=_path(number),
        title=title if number == 1 else strings("page.of", title=title, number=number, total=count),
        description=strings("matrix.lead"),
        lead=strings("matrix.lead"),
        trail=(Item(strings("recognitions"), page="recognitions/"),),
        sections=tuple(parts),
    )


def _path(number: int) -> str:
    return PATH if number == 1 else f"{PATH}page--{number}/"


def _table(edition: Edition, hubs: Sequence[str]) -> Table:
    rules: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for hub in hubs:
        for id in edition.crossings.recognitions_of_hub[hub]:
            rule = edition.registry.get(Recognition, id)
            if rule is not None:
                rules[hub, rule.competence].append(_cell(edition, rule))
    competences = sorted({id for _, id in rules}, key=lambda id: (edition.label(Competence, id).casefold(), id))
    rows = tuple((_head(edition, hub), tuple(tuple(rules.get((hub, one), ())) for one in competences)) for hub in hubs)
    strings = edition.strings
    columns = tuple(_column(edition, one) for one in competences)
    caption, corner = strings("matrix.caption"), strings("matrix.corner")
    return Table(caption, corner, columns, rows, strings("matrix.nothing"), style="stacked")


def _column(edition: Edition, competence: str) -> Item:
    """Return a competence with the link to its own matrix."""
    link = edition.link(Competence, competence)
    return link._replace(page=grid.path(competence)) if link.page else link


def _head(edition: Edition, hub: str) -> Item:
    record = edition.registry.get(Hub, hub)
    invented = record is not None and record.demonstration
    return edition.link(Hub, hub, edition.strings("demonstration") if invented else "")


def _cell(edition: Edition, rule: Recognition) -> Item:
    """Return one rule: the decision, which leads to its page, and whose credentials it is about."""
    strings = edition.strings
    whose = (*edition.links(Hub, rule.issuers), *edition.links(Network, rule.networks))
    note = strings.joined(one.text for one in whose) or strings("matrix.everybody")
    is_over = rule.valid_until is not None and rule.valid_until < edition.registry.as_of
    if is_over and rule.valid_until is not None:
        note = f"{note} · {strings('matrix.over', date=strings.day(rule.valid_until))}"
    tone = "stale" if is_over else "refused" if rule.decision == "refuse" else "accepted"
    decision = strings.label("recognition.decision", rule.decision)
    return Item(decision, page=address(Recognition, rule.id), note=note, tone=tone)
