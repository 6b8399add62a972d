"""A hub in; whose credentials count there, and where its own count, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..passports.mutual import Place
from ..records import Competence, Hub, Network, Recognition
from . import recognising
from .edition import Edition, address
from .page import Item, Section

_FIRST = 12  # rules of the hub that are shown before somebody asks for all
_SHOWN = 6  # hubs that decide about its credentials


def here(edition: Edition, record: Hub) -> Section:
    """Return the rules of a hub, each with its terms."""
    ids = edition.crossings.recognitions_of_hub.get(record.id, ())
    rules = (edition.registry.get(Recognition, id) for id in ids)
    items = tuple(recognising.line(edition, rule) for rule in rules if rule is not None)
    rest = items[_FIRST:]
    more = Section(edition.strings("more", count=len(rest)), items=rest, style="folded")
    return Section(
        edition.strings("hub.accepted"), id="credentials", items=items[:_FIRST], sections=(more,) if rest else ()
    )


def elsewhere(edition: Edition, record: Hub) -> Section:
    """Return what credentials of a hub count as at others: first where a rule names it, then where one of its networks.

    Rules about a network with many members are told once, on the network's page.
    """
    strings, naming, facts = edition.strings, edition.relations.naming, edition.relations.facts
    named = naming.issuers.get(record.id, ())
    through = {id: naming.networks.get(id, ()) for id in record.networks}
    others = (place for place in dict.fromkeys(_first(named, through.values())) if place[0] != record.id)
    shown = list(islice(others, _SHOWN))
    items = tuple(item for place in shown for item in _lines(edition, record, place))
    more = sum(place[0] != record.id for place in named) - sum(record.id in facts.rules[one].issuers for one in shown)
    rest = (Item(strings("more", count=more)),) if more > 0 else ()
    told = [*shown, *((record.id, one) for one in _decided(edition, record))]
    left = (
        _left(edition, id, len(places) - sum(id in facts.rules[one].networks for one in told))
        for id, places in through.items()
    )
    return Section(
        strings("recognised.elsewhere"), id="recognised", items=items, links=(*rest, *(one for one in left if one.text))
    )


def _decided(edition: Edition, record: Hub) -> set[str]:
    """Return the competences about which a hub has rules of its own."""
    ids = edition.crossings.recognitions_of_hub.get(record.id, ())
    return {rule.competence for id in ids if (rule := edition.registry.get(Recognition, id)) is not None}


def _first(named: Sequence[Place], through: Iterable[Sequence[Place]]) -> Iterator[Place]:
    """Yield places where a hub is named, then the first of those where a network of it is: enough to fill a list."""
    yield from named
    for places in through:
        yield from places[: 2 * _SHOWN]


def _lines(edition: Edition, record: Hub, place: Place) -> Iterator[Item]:
    """Yield what another hub makes of its credentials for a competence, with a link to the rule."""
    hub, competence = place
    top = recognising.top(edition, competence)
    for item in recognising.counted_as(edition, edition.relations.weighing(place, top)(record.id), top):
        name = edition.strings(
            "recognition.title", hub=edition.label(Hub, hub), competence=edition.label(Competence, competence)
        )
        note = " · ".join(part for part in (item.text, item.note) if part)
        yield item._replace(text=name, note=note, tone="" if item.tone == "accepted" else item.tone)


def _left(edition: Edition, network: str, count: int) -> Item:
    """Return how many more places there are where members of a network count or are refused."""
    if count <= 0 or network not in edition.registry.ids(Network):
        return Item("")
    text = edition.strings("recognised.through", network=edition.label(Network, network))
    return Item(text, page=f"{address(Network, network)}#recognition", note=edition.strings.number(count))
