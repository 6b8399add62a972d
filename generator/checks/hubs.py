"""Hubs: what their status, their stewards and their opening hours owe each other and their readers."""

from __future__ import annotations

from collections.abc import Iterator

from .. import words
from ..diagnostics import Finding, Severity
from ..records import Hub, Machine
from ..registry import Registry, hours
from .check import check


@check(Severity.WARNING)
def closed_hub_with_working_machines(registry: Registry) -> Iterator[Finding]:
    """A hub is closed, and machines there are still listed as working.

    Somebody looking for the machine finds a closed door. Move the machines to the hub that has them now, or
    delete their files; Git keeps them.
    """
    for id in _closed(registry):
        hub = registry.get(Hub, id)
        machines = [registry.get(Machine, machine) for machine in registry.machine_ids.get(id, ())]
        usable = [machine for machine in machines if machine is not None and machine.is_usable]
        if hub is not None and usable:
            names = words.listed([machine.id.rpartition("/")[2] for machine in usable])
            related = tuple((machine.at(), "this machine") for machine in usable)
            message = f"the hub is closed, and {len(usable)} of its machines can be used: {names}"
            yield Finding(hub.at("status"), message, "move the machines to where they are now, or delete them", related)


def _closed(registry: Registry) -> list[str]:
    """Return the ids of closed hubs that are in question, or have a machine that is."""
    found = {hub.id for hub in registry.each(Hub) if hub.status == "closed"}
    if registry.scope is not None:
        hubs = {machine.hub for machine in registry.each(Machine)}
        found |= {id for id in hubs if (hub := registry.get(Hub, id)) and hub.status == "closed"}
    return sorted(found)


@check(Severity.WARNING)
def missing_closing_date(registry: Registry) -> Iterator[Finding]:
    """A hub is closed and does not say since when.

    `closed_on` lets lists of open hubs be made for any day, and tells an old closing from a new one.
    """
    for hub in registry.each(Hub):
        if hub.status == "closed" and hub.closed_on is None:
            hint = "add `closed_on` with the day, or the last day of the month or year that is known"
            yield Finding(hub.at("status"), "the hub is closed, and `closed_on` is missing", hint)


@check(Severity.WARNING)
def missing_steward(registry: Registry) -> Iterator[Finding]:
    """A hub that somebody has verified names no steward.

    A steward is an account on the forge that may change the hub's record and is asked about changes. Records
    that were imported, and that nobody has verified, need none yet.
    """
    for hub in registry.each(Hub):
        if hub.verified is not None and hub.verified.how != "imported" and not hub.stewards and hub.status != "closed":
            hint = "add `stewards` with the login of somebody at the hub"
            yield Finding(hub.at("verified", "how"), f"verified by {hub.verified.how}, and `stewards` is missing", hint)


@check(Severity.ERROR)
def unreadable_hours(registry: Registry) -> Iterator[Finding]:
    """The opening hours cannot be read by a program.

    `hours` is in the syntax of OpenStreetMap: `Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off`. Days have two
    letters in English, hours have 24, and free text stands in quotes: `"by appointment"`.
    """
    for hub in registry.each(Hub):
        if hub.hours and not hours.is_readable(hub.hours):
            hint = (
                'write for example `Mo-Fr 09:00-18:00; Sa 10:00-14:00`, and put free text in quotes: `"by appointment"`'
            )
            yield Finding(hub.at("hours"), f"`{hub.hours}` is not in the syntax of opening hours", hint)
