"""A machine's or a model's record in; its page out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..records import Competence, Hub, Machine, Model, Process
from ..records.machine import Rate
from ..words import money
from . import asks, recognising
from .capabilities import capabilities
from .edition import Edition, address
from .page import Fact, Item, Page, Section, facts, filled
from .trust import banners, trust
from .visiting import certifications

_SHOWN = 200
_NEAR = 6  # other machines of the same model that are named


def machine(edition: Edition, record: Machine) -> Page:
    """Return the page of a machine, with what its model says."""
    strings = edition.strings
    whole = edition.registry.complete(record)
    hub = edition.registry.get(Hub, record.hub)
    place = edition.link(Hub, record.hub)
    name = whole.name or record.id.rpartition("/")[2]
    return Page(
        path=address(Machine, record.id),
        title=name,
        kind=strings("machine"),
        about=_where(edition, hub, place),
        description=strings("machine.description", name=name, hub=place.text),
        trail=(Item(strings("hubs"), page="hubs/"), place),
        banners=_banners(edition, record),
        facts=_state(edition, record),
        sections=filled(
            Section(strings("machine.can"), id="can", facts=capabilities(edition, whole)),
            _terms(edition, record),
            asks.section(edition, record),
        ),
        after=filled(_others(edition, record)),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def _where(edition: Edition, hub: Hub | None, place: Item) -> tuple[Item, ...]:
    if hub is None:
        return (place,)
    country = Item(edition.strings.country(hub.country), page=f"countries/{hub.country}/")
    return (place, Item(hub.location.locality), country)


def _banners(edition: Edition, record: Machine) -> tuple[Item, ...]:
    found = banners(edition, record)
    if record.is_usable:
        return found
    return (*found, Item(edition.strings("banner.broken"), tone="warning"))


def _state(edition: Edition, record: Machine) -> tuple[Fact, ...]:
    strings = edition.strings
    return facts(
        (strings("fact.model"), (edition.link(Model, record.model),) if record.model else ""),
        (strings("fact.status"), edition.words("machine.status", (record.status,))),
        (strings("fact.quantity"), strings.number(record.quantity) if record.quantity > 1 else ""),
    )


def _terms(edition: Edition, record: Machine) -> Section:
    """Return on which terms a machine can be used."""
    strings, times, rate = edition.strings, record.availability, record.rate
    hours = times.hours_per_week if times is not None else None
    days = times.lead_days if times is not None else None
    least = times.minimum_order_quantity if times is not None else 1
    return Section(
        strings("machine.terms"),
        id="terms",
        facts=facts(
            (strings("fact.use"), edition.words("machine.use", (record.use,)) if record.use else ""),
            (strings("fact.rate"), _rate(edition, rate) if rate else ""),
            (strings("fact.hours_per_week"), strings.number(hours) if hours is not None else ""),
            (strings("fact.lead"), strings("days", count=days) if days is not None else ""),
            (strings("fact.minimum_order"), strings("pieces", count=least) if least > 1 else ""),
            (strings("fact.certifications"), certifications(edition, record.certifications)),
        ),
    )


def _rate(edition: Edition, rate: Rate) -> str:
    return f"{money(rate.amount, rate.currency, edition.language)} / {edition.strings.label('per', rate.per)}"


def _others(edition: Edition, record: Machine) -> Section:
    """Return the nearest other hubs of the country that have one of the same model; of all when it is the only one."""
    strings, crossings = edition.strings, edition.crossings
    everywhere = crossings.hubs_of_model.get(record.model, ())
    here = crossings.hubs_of_model_in.get((record.model, record.country), ())
    near = edition.nearby.among(record.hub, here if len(here) > 1 else everywhere, _NEAR)
    items = tuple(_standing(edition, id, strings.away(km)) for id, km in near)
    more = (
        (Item(strings("machine.all"), page=address(Model, record.model)),) if len(everywhere) > 1 + len(items) else ()
    )
    return Section(strings("machine.others"), id="others", items=items, links=more if items else ())


def model(edition: Edition, record: Model) -> Page:
    """Return the page of a model, with the hubs at which one stands."""
    strings = edition.strings
    return Page(
        path=address(Model, record.id),
        title=record.full_name,
        kind=strings("model"),
        description=strings("model.description", name=record.full_name),
        trail=(Item(strings("models"), page="models/"), Item(record.brand, page=f"models/{record.country}/")),
        facts=_model_facts(edition, record),
        sections=filled(_competences(edition, record), _hubs(edition, record)),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _competences(edition: Edition, record: Model) -> Section:
    """Return the competences that name a model."""
    found = edition.crossings.competences_of_model.get(record.id, ())
    return Section(
        edition.strings("model.competences"), id="competences", items=edition.links(Competence, found), style="tags"
    )


def _hubs(edition: Edition, record: Model) -> Section:
    strings = edition.strings
    counts = Counter(id.rpartition("/")[0] for id in edition.crossings.machines_of_model.get(record.id, ()))
    hubs = _by_country(edition, counts)
    more = (strings("more", count=len(hubs) - _SHOWN),) if len(hubs) > _SHOWN else ()
    return Section(
        strings("model.hubs", count=len(hubs)),
        id="hubs",
        paragraphs=more if hubs else (strings("model.nowhere"),),
        items=tuple(_standing(edition, id, f"× {counts[id]}" if counts[id] > 1 else "") for id in hubs[:_SHOWN]),
    )


def _by_country(edition: Edition, hubs: Iterable[str]) -> list[str]:
    return sorted(hubs, key=lambda id: (edition.strings.country(id[:2]), edition.hub_ranks.get(id, 0)))


def _model_facts(edition: Edition, record: Model) -> tuple[Fact, ...]:
    strings, title = edition.strings, edition.label(Model, record.id)
    return (
        *facts(
            (strings("fact.brand"), (Item(record.brand, page=f"models/{record.country}/"),)),
            (strings("fact.aliases"), tuple(Item(alias) for alias in record.aliases if alias != title)),
        ),
        *capabilities(edition, record),
        *facts((strings("fact.website"), (Item(record.url, url=record.url),) if record.url else "")),
    )


def summary(edition: Edition, whole: Machine) -> Item:
    """Return a machine as a line in its hub's list: what it does, how large, and what it takes to use it."""
    strings = edition.strings
    notes = []
    if whole.quantity > 1:
        notes.append(f"× {whole.quantity}")
    if whole.status != "working":
        notes.append(strings.label("machine.status", whole.status))
    return Item(
        whole.name or whole.id.rpartition("/")[2],
        page=address(Machine, whole.id),
        note=" · ".join(notes),
        tone="" if whole.is_usable else "stale",
        facts=facts(
            (strings("machine.does"), edition.links(Process, whole.processes)),
            (strings("fact.envelope"), str(whole.envelope_mm) if whole.envelope_mm is not None else ""),
            (strings("machine.needs"), recognising.requirements(edition, whole.requires)),
        ),
    )


def _standing(edition: Edition, hub: str, note: str) -> Item:
    """Return a hub at which a machine stands, with its town and country."""
    record = edition.registry.get(Hub, hub)
    if record is None:
        return Item(hub)
    place = edition.strings.joined((record.location.locality, edition.strings.country(record.country)))
    return edition.link(Hub, hub, f"{place} · {note}" if note else place)
