"""A machine's or a model's record in; its page out."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Competence, Hub, Machine, Material, Model, Process
from ..records.parts import Features, MaterialUse, Throughput
from .edition import Edition, address
from .page import Fact, Item, Page, Section, facts
from .trust import banners, trust

_SHOWN = 200
_UNITS = {
    "mm": "mm",
    "um": "µm",
    "nm": "nm",
    "w": "W",
    "kw": "kW",
    "kg": "kg",
    "t": "t",
    "l": "l",
    "bar": "bar",
    "c": "°C",
    "v": "V",
    "a": "A",
}


def machine(edition: Edition, record: Machine) -> Page:
    """Return the page of a machine, with what its model says."""
    strings = edition.strings
    whole = edition.registry.complete(record)
    hub = edition.registry.get(Hub, record.hub)
    place = edition.link(Hub, record.hub)
    name = whole.name or record.id.rpartition("/")[2]
    parent = _where(edition, hub) if hub is not None else ()
    return Page(
        path=address(Machine, record.id),
        title=name,
        kind=strings("machine"),
        description=strings("machine.description", name=name, hub=place.text),
        trail=(*parent, place),
        banners=banners(edition, record),
        facts=(*facts((strings("fact.hub"), (place,))), *_offer(edition, record), *capabilities(edition, whole)),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )


def model(edition: Edition, record: Model) -> Page:
    """Return the page of a model, with the hubs at which one stands."""
    strings = edition.strings
    machines = edition.crossings.machines_of_model.get(record.id, [])
    hubs = list(dict.fromkeys(id.rpartition("/")[0] for id in machines))
    more = (strings("more", count=len(hubs) - _SHOWN),) if len(hubs) > _SHOWN else ()
    return Page(
        path=address(Model, record.id),
        title=record.full_name,
        kind=strings("model"),
        description=strings("model.description", name=record.full_name),
        trail=(Item(strings("models"), page="models/"), Item(record.brand, page=f"models/{record.country}/")),
        facts=_model_facts(edition, record),
        sections=(
            Section(
                strings("model.hubs", count=len(hubs)),
                id="hubs",
                paragraphs=more,
                items=tuple(_standing(edition, id) for id in hubs[:_SHOWN]),
            ),
        ),
        trust=trust(edition, record),
        data=edition.data(record),
    )


def _model_facts(edition: Edition, record: Model) -> tuple[Fact, ...]:
    strings = edition.strings
    return (
        *facts(
            (strings("fact.brand"), (Item(record.brand, page=f"models/{record.country}/"),)),
            (strings("fact.aliases"), tuple(Item(alias) for alias in record.aliases)),
        ),
        *capabilities(edition, record),
        *facts((strings("fact.website"), (Item(record.url, url=record.url),) if record.url else "")),
    )


def summary(edition: Edition, whole: Machine) -> Item:
    """Return a machine as a line in its hub's list: what it does, how large, how many."""
    strings = edition.strings
    notes = [", ".join(edition.label(Process, id) for id in whole.processes)]
    if whole.envelope_mm is not None:
        notes.append(str(whole.envelope_mm))
    if whole.quantity > 1:
        notes.append(f"× {whole.quantity}")
    if whole.status != "working":
        notes.append(strings.label("machine.status", whole.status))
    name = whole.name or whole.id.rpartition("/")[2]
    note = " · ".join(note for note in notes if note)
    return Item(name, page=address(Machine, whole.id), note=note, tone="" if whole.is_usable else "stale")


def capabilities(edition: Edition, of: Machine | Model) -> tuple[Fact, ...]:
    """Return what a machine or model can do, with units."""
    strings = edition.strings
    return facts(
        (strings("fact.processes"), edition.links(Process, of.processes)),
        (strings("fact.envelope"), str(of.envelope_mm) if of.envelope_mm is not None else ""),
        (strings("fact.tolerance"), f"± {of.tolerance_mm:g} mm" if of.tolerance_mm is not None else ""),
        (strings("fact.materials"), _materials(edition, of.materials)),
        (strings("fact.power"), f"{of.power_w:g} W" if of.power_w is not None else ""),
        (strings("fact.throughput"), _throughput(edition, of.throughput)),
        *_features(of.features),
    )


def _offer(edition: Edition, record: Machine) -> tuple[Fact, ...]:
    """Return on which terms a machine can be used."""
    strings, times, rate = edition.strings, record.availability, record.rate
    hours = times.hours_per_week if times is not None else None
    days = times.lead_days if times is not None else None
    return facts(
        (strings("fact.model"), (edition.link(Model, record.model),) if record.model else ""),
        (strings("fact.quantity"), str(record.quantity) if record.quantity > 1 else ""),
        (strings("fact.status"), edition.words("machine.status", (record.status,))),
        (strings("fact.use"), edition.words("machine.use", (record.use,)) if record.use else ""),
        (strings("fact.hours_per_week"), f"{hours:g}" if hours is not None else ""),
        (strings("fact.lead"), strings("days", count=days) if days is not None else ""),
        (strings("fact.rate"), f"{rate.amount} {rate.currency} / {strings.label('per', rate.per)}" if rate else ""),
        (
            strings("fact.requires"),
            tuple(
                edition.link(Competence, one.competence, strings("level", level=one.level)) for one in record.requires
            ),
        ),
    )


def _materials(edition: Edition, uses: Sequence[MaterialUse]) -> tuple[Item, ...]:
    return tuple(edition.link(Material, use.material, _limits(edition, use)) for use in uses)


def _limits(edition: Edition, use: MaterialUse) -> str:
    form = edition.strings.label("form", use.form) if use.form else ""
    low, high = use.min_thickness_mm, use.max_thickness_mm
    if low is not None and high is not None:
        size = f"{low:g}–{high:g} mm"
    else:
        size = f"≤ {high:g} mm" if high is not None else f"≥ {low:g} mm" if low is not None else ""
    return " ".join(part for part in (form, size) if part)


def _throughput(edition: Edition, given: Throughput | None) -> str:
    if given is None:
        return ""
    return f"{given.quantity:g} {given.of} / {edition.strings.label('per', given.per)}".replace("  ", " ")


def _features(features: Features) -> tuple[tuple[str, str], ...]:
    """Return features by their keys: they belong to processes, and no file of words can know them all."""
    return tuple(_feature(key, value) for key, value in sorted(features.items()))


def _feature(key: str, value: str | float | bool) -> tuple[str, str]:
    """Return a feature as label and value; a unit at the end of its key goes behind the value."""
    name, _, unit = key.rpartition("_")
    if isinstance(value, bool | str):
        return key.replace("_", " "), str(value).lower() if isinstance(value, bool) else value
    if name and unit in _UNITS:
        return name.replace("_", " "), f"{value:g} {_UNITS[unit]}"
    return key.replace("_", " "), f"{value:g}"


def _where(edition: Edition, hub: Hub) -> tuple[Item, ...]:
    return (
        Item(edition.strings("hubs"), page="hubs/"),
        Item(edition.strings.country(hub.country), page=f"countries/{hub.country}/"),
    )


def _standing(edition: Edition, hub: str) -> Item:
    """Return a hub at which a machine stands, with its country."""
    record = edition.registry.get(Hub, hub)
    if record is None:
        return Item(hub)
    return edition.link(Hub, hub, f"{record.location.locality}, {edition.strings.country(record.country)}")
