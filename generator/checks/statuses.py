"""Status lists of hubs: that each can be read, is its hub's own, is signed and fresh, and takes nothing back."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..diagnostics import Finding, Place, Severity
from ..documents import LIMIT_BYTES
from ..passports import statuses
from ..passports.statuses import StatusList
from ..passports.values import Fault
from ..records import Hub, Passport
from ..records.passport import Credential
from ..registry import Registry, listing_hubs
from .check import check

DUE_DAYS = 7
_NEVER = date.min


class Seen(NamedTuple):
    """A hub's list as it was found: what cannot be read in it, or whose it says it is, its days, and its signature."""

    hub: str
    fault: Fault | None = None
    named: str = ""
    begins: date = _NEVER
    ends: date = _NEVER
    unsigned: str = ""  # why its signature does not count

    @property
    def place(self) -> Place:
        """Where it lies, with the term that is at fault."""
        keys = tuple(self.fault.place.split(".")) if self.fault is not None and self.fault.place else ()
        return Place(statuses.path_of(self.hub), keys)


@functools.lru_cache(maxsize=1)  # six checks ask for the same
def _seen(registry: Registry) -> tuple[Seen, ...]:
    return tuple(_look(registry, hub) for hub in listing_hubs(registry.root) if _is_in_question(registry, hub))


def _is_in_question(registry: Registry, hub: str) -> bool:
    """Tell whether a list is: it changed, or its hub did, whose keys sign it."""
    if registry.scope is None or registry.is_changed(statuses.path_of(hub)):
        return True
    return (Hub.record_kind, hub) in registry.scope.changed | registry.scope.touched


def _look(registry: Registry, hub: str) -> Seen:
    source = statuses.published(registry.root, hub)
    found = statuses.read(source) if source is not None else Fault(statuses.UNREADABLE, "", "it is no plain file")
    if source is not None and len(source) > LIMIT_BYTES:
        found = Fault(statuses.UNREADABLE, "", f"longer than {LIMIT_BYTES:,} bytes")
    if isinstance(found, Fault):
        return Seen(hub, found)
    record = registry.get(Hub, hub)
    keys = {hub: record.keys} if record is not None else {}
    wrong = statuses.signature_fault(found, keys, registry.as_of) if found.hub == hub else ""
    return Seen(hub, None, found.hub, found.valid_from.date(), found.valid_until.date(), wrong)


def _sound(registry: Registry) -> Iterator[Seen]:
    """Yield the lists that can be read and are of the hub in whose place they lie."""
    return (one for one in _seen(registry) if one.fault is None and one.named == one.hub)


def _renew(hub: str) -> str:
    return f"sign a new one with `karakana passport status --hub {hub} --key FILE --ledger FILE`"


@check(Severity.ERROR)
def unreadable_status_list(registry: Registry) -> Iterator[Finding]:
    """A hub's status list cannot be read.

    The file in `statuses` is written by `karakana passport status` and by nothing else: one JSON object with exactly
    the terms of a bitstring status list, at most 64 KiB, that counts for at most 90 days. What cannot be read says
    nothing, and while it says nothing no credential of the hub opens a machine anywhere else.
    """
    for one in _seen(registry):
        if one.fault is not None:
            yield Finding(one.place, f"no status list: {one.fault.message}", _renew(one.hub))


@check(Severity.ERROR)
def foreign_status_list(registry: Registry) -> Iterator[Finding]:
    """A status list lies in the place of another hub.

    A list says in its `id` whose it is, and lies at `statuses/<country>/<hub>.json` for just that hub. A list in
    another place counts for neither of the two.
    """
    for one in _seen(registry):
        if one.fault is None and one.named != one.hub:
            place = Place(one.place.path, ("id",))
            hint = f"move it to {statuses.path_of(one.named)}, or {_renew(one.hub)}"
            yield Finding(place, f"it is the list of `{one.named}`, in the place of `{one.hub}`", hint)


@check(Severity.WARNING, changed=Severity.ERROR)
def unsigned_status_list(registry: Registry) -> Iterator[Finding]:
    """The signature of a status list does not count.

    It is not the hub's, the list was changed afterwards, or the key was not in force when it was made. A list whose
    key was revoked or compromised counts no longer either: who has such a key can write any date. A list that is new or
    changed must be signed; one whose key was withdrawn only warns, so that nothing stands in the way of that.
    """
    for one in _sound(registry):
        if one.unsigned:
            yield Finding(Place(one.place.path, ("proof",)), one.unsigned, _renew(one.hub))


@check(Severity.WARNING, changed=Severity.ERROR)
def stale_status_list(registry: Registry) -> Iterator[Finding]:
    """A hub's status list is out of date, or counts only later.

    It says from when to when it counts. Outside of that time nobody knows what the hub has revoked, so none of its
    credentials opens a machine. A hub signs a list anew every month and after each revocation. The list of a hub that
    has closed may run out.
    """
    for one in _sound(registry):
        if one.ends < registry.as_of and not _is_closed(registry, one.hub):
            text = f"it counted until {one.ends}: no credential of `{one.hub}` opens a machine since"
            yield Finding(Place(one.place.path, ("validUntil",)), text, _renew(one.hub))
        elif one.begins > registry.as_of:
            text = f"it counts from {one.begins} only, and today is {registry.as_of}"
            yield Finding(Place(one.place.path, ("validFrom",)), text, f"look at the clock, and {_renew(one.hub)}")


@check(Severity.NOTE)
def due_status_list(registry: Registry) -> Iterator[Finding]:
    """A hub's status list runs out within a week.

    From the day after, no credential of the hub opens a machine until a new list is there. Sign it in time: it is one
    command, even when nothing was revoked.
    """
    for one in _sound(registry):
        is_due = registry.as_of <= one.ends <= registry.as_of + timedelta(days=DUE_DAYS)
        if is_due and not one.unsigned and not _is_closed(registry, one.hub):
            yield Finding(Place(one.place.path, ("validUntil",)), f"it counts until {one.ends} only", _renew(one.hub))


def _is_closed(registry: Registry, hub: str) -> bool:
    record = registry.get(Hub, hub)
    return record is not None and record.status == "closed"


@check(Severity.WARNING)
def missing_status_list(registry: Registry) -> Iterator[Finding]:
    """A hub whose credentials are published has no status list.

    The hub has a key and signs, and a passport in the registry names it as the issuer. Without a list nobody can tell
    what it has revoked, so none of its credentials opens a machine at another hub. It is reported once for a hub, and
    not for invented ones.
    """
    hubs = [hub for hub in registry.each(Hub) if _signs(registry, hub) and not _is_listed(registry, hub)]
    issuers = {one.issuer for passport in registry.all(Passport) for one in _in_use(registry, passport)} if hubs else ()
    for hub in hubs:
        if hub.id in issuers:
            yield Finding(hub.at_key("keys"), f"there is no {statuses.path_of(hub.id)}", _renew(hub.id))


def _signs(registry: Registry, hub: Hub) -> bool:
    return hub.status != "closed" and any(key.is_in_force(registry.as_of) for key in hub.keys)


def _is_listed(registry: Registry, hub: Hub) -> bool:
    return statuses.published(registry.root, hub.id) is not None


def _in_use(registry: Registry, passport: Passport) -> Iterator[Credential]:
    if passport.status == "active" and not passport.demonstration:
        yield from (one for one in passport.credentials if one.valid_until is None or one.valid_until >= registry.as_of)


@check(Severity.ERROR)
def revocation_taken_back(registry: Registry) -> Iterator[Finding]:
    """A status list no longer revokes what it revoked before, or is gone.

    Revoking is for good: a decision that was right yesterday would be wrong today, and who has stolen a key would begin
    with this. Add to the list that is there. A credential that was revoked by mistake is issued anew, and a list goes
    only together with its hub.
    """
    for path, source in sorted(registry.scope.beside.items()) if registry.scope is not None else ():
        hub = statuses.listed_hub(path)
        before = statuses.read(source) if hub else None
        if isinstance(before, StatusList) and (text := _lost(registry, hub, before)):
            yield Finding(Place(path), text, "take the list of the base, and add to it what else is revoked")


def _lost(registry: Registry, hub: str, before: StatusList) -> str:
    """Return what is no longer revoked, in words; "" for nothing, and where another check has something to say."""
    source = statuses.published(registry.root, hub)
    if source is None:
        is_left = before.revoked and registry.knows(Hub, hub)
        return f"the list is gone, and with it {_credentials(len(before.revoked))} that it revoked" if is_left else ""
    now = statuses.read(source)
    lost = set(before.revoked) - set(now.revoked) if isinstance(now, StatusList) else ()
    return f"{_credentials(len(lost))} that it revoked would hold again" if lost else ""


def _credentials(count: int) -> str:
    return f"{count} credential{'' if count == 1 else 's'}"
