"""A registry in; its published passports as decisions are taken from them, with the rules that may count them, out.

What is published is not proved: so that it leads to nobody, a record has no signature and no place in a list of what
was revoked. A credential of it counts from its publication on, while its months last, and while its issuer has a key
that can have signed it and is not compromised.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from ..records import Competence, Hub, Passport, Recognition
from ..records.hub import HubKey
from ..records.passport import Credential
from ..registry import Registry, Rows
from ..registry.demonstration import is_invented
from .decision import Held
from .recognising import REFUSE, Facts, facts_among
from .values import Claim


class Entry(NamedTuple):
    """A published credential: what it says, its first and last day, and the keys that can have signed it."""

    claim: Claim
    first: date
    last: date | None
    keys: tuple[HubKey, ...]

    def on(self, day: date) -> Held:
        """Return how it stands on a day."""
        return Held(self.claim, self._fault(day), self.last)

    def _fault(self, day: date) -> str:
        if day < self.first:
            return "not-yet-valid"
        if self.last is not None and self.last < day:
            return "expired"
        is_good = any(one.compromised_since is None or day < one.compromised_since for one in self.keys)
        return "" if is_good else "key-not-in-force"

    def turns(self) -> Iterator[date | None]:
        """Yield the days on which it begins or ceases to count; None for a day that never comes."""
        yield self.first
        yield moved(self.last, 1)
        yield from (key.compromised_since for key in self.keys)


Holder = Mapping[str, tuple[Entry, ...]]  # what one passport holds, by competence


@dataclass(frozen=True, slots=True)
class Roll:
    """What counts in a world: issuers with the rules, who holds each competence by issuer, and networks' issuers."""

    facts: Facts
    holders: Mapping[str, Mapping[str, Sequence[Holder]]]
    members: Mapping[str, Sequence[str]]

    def able(self, hub: str, competence: str) -> Iterator[Holder]:
        """Yield who holds a competence from somebody whom a hub may recognise for it, each once."""
        holders, rules = self.holders.get(competence, {}), self.facts.rules.get((hub, competence))
        issuers = {hub}
        if rules is not None:
            issuers.update(rules.issuers, *(self.members.get(network, ()) for network in rules.networks))
        found = {id(holder): holder for issuer in issuers for holder in holders.get(issuer, ())}
        yield from found.values()


class _Told(NamedTuple):
    """The records that may count: passports, the hubs that issued them by id, and rules."""

    passports: Sequence[Passport]
    issuers: Mapping[str, Hub]
    rules: Sequence[Recognition]


def rolls_of(registry: Registry) -> tuple[Roll, Roll]:
    """Return what counts where nothing invented does, and what counts where that does too; often the same."""
    told = _told(registry)
    real = _Told(
        [one for one in told.passports if not one.demonstration],
        {id: hub for id, hub in told.issuers.items() if not hub.demonstration},
        [one for one in told.rules if one.decision == REFUSE or not is_invented(registry, one)],
    )
    whole = _roll(registry, told)
    return whole if real == told else _roll(registry, real), whole


def _told(registry: Registry) -> _Told:
    passports = [one for one in registry.all(Passport) if one.status == "active"]
    named = {one.issuer for passport in passports for one in passport.credentials}
    issuers = {id: hub for id in sorted(named) if (hub := registry.get(Hub, id))}
    held = {one.competence for passport in passports for one in passport.credentials}
    return _Told(passports, issuers, list(_rules(registry, held)))


def _rules(registry: Registry, competences: Collection[str]) -> Iterator[Recognition]:
    """Yield the rules for some competences; others are not even built."""
    rows = Rows(registry, Recognition)
    for id in registry.ids(Recognition) if competences else ():
        if json.loads(rows.of(id))["competence"] in competences and (rule := registry.get(Recognition, id)):
            yield rule


def _roll(registry: Registry, told: _Told) -> Roll:
    found: dict[str, dict[str, list[Holder]]] = {}
    for passport in told.passports:
        holder = _holder(registry, passport, told.issuers)
        for competence, entries in holder.items():
            for issuer in {one.claim.issuer for one in entries}:
                found.setdefault(competence, {}).setdefault(issuer, []).append(holder)
    facts = facts_among(registry, told.issuers, (rule.id for rule in told.rules))
    members: dict[str, list[str]] = {}
    for issuer, standing in facts.hubs.items():
        for network in standing.networks:
            members.setdefault(network, []).append(issuer)
    return Roll(facts, dict(sorted(found.items())), members)


def moved(day: date | None, days: int | None) -> date | None:
    """Return a day some days later; None without a day or a number of days, and for a day beyond the calendar."""
    if day is None or days is None or days > (date.max - day).days:
        return None
    return day + timedelta(days)


def _holder(registry: Registry, passport: Passport, issuers: Mapping[str, Hub]) -> Holder:
    found: dict[str, list[Entry]] = {}
    for one in passport.credentials:
        issuer, competence = issuers.get(one.issuer), registry.get(Competence, one.competence)
        if issuer is not None and competence is not None:
            found.setdefault(one.competence, []).append(_entry(passport, one, issuer.keys, competence.version))
    return {competence: tuple(entries) for competence, entries in found.items()}


def _entry(passport: Passport, one: Credential, keys: Iterable[HubKey], version: int) -> Entry:
    published = max(passport.consent_on, one.assessed_on)
    claim = Claim(
        id=one.id, issuer=one.issuer, holder=passport.id, name="", competence=one.competence, version=version,
        level=one.level, assessed_on=one.assessed_on, valid_from=datetime.combine(one.assessed_on, time(), UTC),
        valid_until=None, basis=one.basis, note="", status_list="", status_index=-1,
    )  # fmt: skip
    return Entry(claim, published, one.valid_until, tuple(_signing(keys, one.assessed_on, published)))


def _signing(keys: Iterable[HubKey], assessed: date, published: date) -> Iterator[HubKey]:
    """Yield the keys that were in force on some day between an assessment and its publication."""
    for key in keys:
        day = max(assessed, key.valid_from)
        if day <= published and key.is_in_force(day):
            yield key
