"""A made registry in; what the pages of its hubs say, as plain values that peers can print, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import words
from generator.records import Hub, Machine, Network, Process
from generator.registry import Registry

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a hub's page: facts as (label, text), machines as (name, what it does), sources."""

    path: str
    title: str
    lead: str
    facts: tuple[Row, ...]
    machines: tuple[Row, ...]
    sources: tuple[Row, ...]


def sheets(registry: Registry) -> Iterator[Sheet]:
    """Yield the sheet of every hub in the order of ids."""
    labels = {process.id: process.labels.into("en") for process in registry.all(Process)}
    networks = {network.id: network.name.into("en") for network in registry.all(Network)}
    for hub in registry.all(Hub):
        machines = registry.machines_of(hub)
        yield Sheet(
            f"hubs/{hub.id}",
            hub.name.into("en"),
            hub.summary.into("en") if hub.summary else "",
            tuple((label, text) for label, text in _facts(hub, labels, networks) if text),
            tuple(_machine(machine, labels) for machine in machines),
            _sources(hub),
        )


def _sources(record: Hub | Machine) -> tuple[Row, ...]:
    return tuple((f"{source.name} ({source.licence})", source.url) for source in record.sources)


def _verified(record: Hub | Machine) -> str:
    return f"{record.verified.on}, {record.verified.how}" if record.verified else ""


def _facts(hub: Hub, labels: dict[str, str], networks: dict[str, str]) -> Iterator[Row]:
    place = hub.location
    yield "Country", words.country_name(hub.country)
    yield "Town", place.locality
    yield "Coordinates", f"{place.latitude}, {place.longitude} ({place.precision})" if place.point else ""
    yield "Kind", hub.kind
    yield "Status", hub.status
    yield "Website", hub.website
    yield "E-mail", hub.contact.email if hub.contact else ""
    yield "Telephone", hub.contact.phone if hub.contact else ""
    yield "Opening hours", hub.hours
    yield "Access", hub.access
    yield "Languages", ", ".join(hub.languages)
    yield "Services", ", ".join(hub.services)
    yield "Processes", ", ".join(labels[id] for id in hub.processes)
    yield "Networks", ", ".join(networks[id] for id in hub.networks)
    yield "Pieces in one order", hub.batch
    yield "Verified", _verified(hub)


def _machine(machine: Machine, labels: dict[str, str]) -> Row:
    return machine.name, "; ".join(text for _, text in _says(machine, labels) if text)


def _says(machine: Machine, labels: dict[str, str]) -> Sequence[Row]:
    return (
        ("Processes", ", ".join(labels[id] for id in machine.processes)),
        ("Working area", str(machine.envelope_mm) if machine.envelope_mm is not None else ""),
        ("Materials", ", ".join(use.material for use in machine.materials)),
        ("Status", machine.status),
    )
