"""A hub and its machines in; what can be made there, on what, and what using it takes out."""

from __future__ import annotations

from collections.abc import Sequence

from ..passports.packing import PAGE as VERIFY
from ..records import Competence, Hub, Machine, Process
from . import recognised, recognising
from .edition import Edition
from .machines import summary
from .page import Item, Section, filled

_NAMED = 3  # machines named behind a process
_FIRST = 4  # machines that are shown before somebody asks for all


def processes(edition: Edition, record: Hub, machines: Sequence[Machine]) -> Section:
    """Return what a hub can do, each process with the machines behind it."""
    doing: dict[str, list[str]] = {}
    for machine in machines:
        for process in machine.processes:
            doing.setdefault(process, []).append(_name(machine))
    known = edition.crossings.processes_of_hub.get(record.id, ())
    title = edition.strings("hub.could" if record.status == "closed" else "hub.can")
    items = tuple(edition.link(Process, one, _names(edition, doing.get(one, ()))) for one in known)
    return Section(title, id="processes", items=items, style="tags")


def machines(edition: Edition, record: Hub, machines: Sequence[Machine]) -> Section:
    """Return the machines of a hub: what each does, how large, and what it takes to use it."""
    del record
    items = tuple(summary(edition, one) for one in machines)
    first = items if len(items) <= _FIRST + 1 else items[:_FIRST]
    rest = items[len(first) :]
    more = Section(edition.strings("hub.machines.more", count=len(rest)), items=rest, style="folded")
    title = edition.strings("hub.machines")
    return Section(title, id="machines", items=first, style="cards", sections=(more,) if rest else ())


def needs(edition: Edition, record: Hub, machines: Sequence[Machine]) -> Section:
    """Return the competences that machines of a hub ask for, whose credentials it takes, and who takes its own."""
    strings = edition.strings
    asking: dict[tuple[str, int], list[str]] = {}
    for machine in machines:
        for one in machine.requires:
            asking.setdefault((one.competence, one.level), []).append(_name(machine))
    items = tuple(
        edition.link(Competence, id, f"{recognising.level(edition, id, least)} · {_names(edition, names)}")
        for (id, least), names in sorted(asking.items())
    )
    links = (Item(strings("asks.verify"), page=VERIFY),) if items else ()
    inner = filled(recognised.here(edition, record), recognised.elsewhere(edition, record))
    return Section(strings("hub.needs"), id="needs", items=items, links=links, sections=inner)


def _name(machine: Machine) -> str:
    return machine.name or machine.id.rpartition("/")[2]


def _names(edition: Edition, names: Sequence[str]) -> str:
    """Return some names and how many more there are."""
    shown = list(dict.fromkeys(names))
    more = f" +{len(shown) - _NAMED}" if len(shown) > _NAMED else ""
    return edition.strings.joined(shown[:_NAMED]) + more
