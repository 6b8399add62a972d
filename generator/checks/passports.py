"""Passports: the dates and ids of their credentials, and nothing that leads to a person."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from ..diagnostics import Finding, Severity
from ..records import Passport
from ..records.passport import Credential, month_of, surely_until
from ..registry import Registry
from .check import check
from .collisions import Claim, collisions

ID_LENGTH = 16
ID_CHANGES = 4  # between a letter and a digit; a word with a year has one or two

_PERSONAL = {
    "an e-mail address": re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
    "a web address": re.compile(r"https?://|\bwww\.", re.IGNORECASE),
    "a date": re.compile(r"\b(?:(?:19|20)\d\d([-/.])\d\d?\1\d\d?|\d\d?([-/.])\d\d?\2(?:19|20)\d\d)\b"),
    "a telephone number": re.compile(r"(?<![\w.])(?:\+\d|0\d)(?:[ ()/.-]*\d){6,}(?!\w)"),
}


@check(Severity.WARNING)
def expired_credential(registry: Registry) -> Iterator[Finding]:
    """A credential is past the last day on which it holds.

    It opens no machine any more. The holder may renew it at the hub that assessed, or take it out.
    """
    for passport in registry.each(Passport):
        for at, credential in enumerate(passport.credentials if passport.status == "active" else ()):
            if credential.valid_until is not None and credential.valid_until < registry.as_of:
                place = passport.at("credentials", at, "valid_until")
                text = f"expired on {credential.valid_until}, before {registry.as_of}"
                yield Finding(place, text, "renew it, or take the credential out")


@check(Severity.ERROR)
def credential_dates_out_of_order(registry: Registry) -> Iterator[Finding]:
    """A credential ends before the assessment took place.

    `assessed_on` is the day of the assessment and `valid_until` the last day on which the result holds. One
    of the two is wrong, often the year.
    """
    for passport in registry.each(Passport):
        for at, credential in enumerate(passport.credentials):
            if credential.valid_until is not None and credential.valid_until < credential.assessed_on:
                place = passport.at("credentials", at, "valid_until")
                text = f"`valid_until` {credential.valid_until} is before `assessed_on` {credential.assessed_on}"
                yield Finding(place, text, "look at the credential and correct the date")


@check(Severity.WARNING, changed=Severity.ERROR)
def day_in_passport(registry: Registry) -> Iterator[Finding]:
    """A passport tells the day of an assessment or of a consent, or the day on which it ends.

    People at a hub remember who was there on which day, and the rest of the passport would be theirs to read. So a
    month is written: that of the assessment and of the consent as its first day, the end as the last day of the last
    whole month. `karakana passport publish` does so; the hub keeps the consent itself, with its day.
    """
    for passport in registry.each(Passport):
        if passport.consent_on != month_of(passport.consent_on):
            text, month = f"`consent_on` tells the day, {passport.consent_on}", month_of(passport.consent_on)
            yield Finding(passport.at("consent_on"), text, f"write {month} for the month")
        for at, credential in enumerate(passport.credentials):
            for key, day, month in _months(credential):
                if day != month:
                    place = passport.at("credentials", at, key)
                    yield Finding(place, f"`{key}` tells the day, {day}", f"write {month} for the month")


def _months(credential: Credential) -> Iterator[tuple[str, date, date]]:
    """Yield key, day, and the day that stands for its month."""
    yield "assessed_on", credential.assessed_on, month_of(credential.assessed_on)
    if credential.valid_until is not None:
        yield "valid_until", credential.valid_until, surely_until(credential.valid_until)


@check(Severity.ERROR)
def withdrawn_passport(registry: Registry) -> Iterator[Finding]:
    """A passport is called withdrawn, and still there.

    Who withdraws a passport wants it gone: a record that stays says all that it said before. Take the file away, with
    `karakana passport withdraw`. What remains in the history of the repository is another matter, and the guide to
    erasure says how to take it out.
    """
    for passport in registry.each(Passport):
        if passport.status == "withdrawn":
            yield Finding(passport.at("status"), "it is withdrawn, and can still be read", "take the file away")


@check(Severity.ERROR)
def duplicate_credential_id(registry: Registry) -> Iterator[Finding]:
    """Two credentials in passports have the same id.

    Each entry has a random id of its own, drawn when it was published. An entry was copied and its id left as it was,
    or it stands twice.
    """
    in_question = {passport.id for passport in registry.each(Passport)}
    for claim, other in collisions(_credential_ids(registry, in_question) if in_question else ()):
        text = f"credential `{claim.value}` is there already"
        hint = "take the second entry out, or draw a new id for it"
        yield Finding(claim.place, text, hint, ((other.place, "it is here"),))


def _credential_ids(registry: Registry, in_question: set[str]) -> Iterator[Claim]:
    for passport in registry.all(Passport):
        for at, credential in enumerate(passport.credentials):
            place = passport.at("credentials", at, "id")
            owner = f"{passport.id} {at}"
            yield Claim(value=credential.id, owner=owner, place=place, in_question=passport.id in in_question)


@check(Severity.ERROR)
def passport_id_not_random(registry: Registry) -> Iterator[Finding]:
    """The file name of a passport is not random.

    A passport is pseudonymous: nothing about it leads to a person, its name least of all. `karakana new
    passport` draws a name of 20 letters and digits. A name is taken for random when it has at least 16 of
    them, no hyphen, and changes between letters and digits at least four times.
    """
    for passport in registry.each(Passport):
        id = passport.id
        changes = sum(one.isdigit() != other.isdigit() for one, other in itertools.pairwise(id))
        if len(id) < ID_LENGTH or "-" in id or changes < ID_CHANGES:
            hint = "rename the file to what `karakana new passport` draws"
            yield Finding(passport.at(), f"`{id}` is not random: it may lead to a person", hint)


@check(Severity.ERROR)
def personal_data_in_passport(registry: Registry) -> Iterator[Finding]:
    """The note of a credential holds something that leads to a person.

    E-mail addresses, telephone numbers, web addresses and full dates have no place in a note: it says what
    the assessment was limited to. Dates have keys of their own. A person's name cannot be told from other
    words by a machine, so whoever reviews a passport reads its notes.
    """
    for passport in registry.each(Passport):
        for at, credential in enumerate(passport.credentials):
            found = [what for what, pattern in _PERSONAL.items() if pattern.search(credential.note)]
            if found:
                place = passport.at("credentials", at, "note")
                yield Finding(place, f"the note holds {' and '.join(found)}", "say only what the assessment covered")
