"""A record's data in; the same without what may be a person's out, with a note on each thing that was taken away."""

from __future__ import annotations

from typing import Any

from ..checks import contacts
from . import text

_TEXTS = ("name", "summary", "condition", "function", "attribution")


def protected(data: dict[str, Any], country: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return data without private e-mails, telephone numbers that may be a person's, and such in free texts.

    `country` is the lower-case code by which numbers are read, "" when unknown.
    """
    notes: list[str] = []
    found = {key: _bare(value, key, country, notes) if key in _TEXTS else value for key, value in data.items()}
    location = found.get("location")
    if isinstance(location, dict) and "address" in location:
        found["location"] = {**location, "address": _bare(location["address"], "address", country, notes)}
    if isinstance(contact := found.get("contact"), dict):
        name = " ".join(str(one) for one in _values(data.get("name", "")))
        found["contact"] = _contact(contact, name, country, notes)
    return found, tuple(notes)


def _values(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else [value]


def _bare(value: Any, key: str, country: str, notes: list[str]) -> Any:
    """Return a text, or one for each language, without e-mail addresses, telephone numbers and dates of birth."""
    if isinstance(value, dict):
        return {language: _bare(one, key, country, notes) for language, one in value.items()}
    if not isinstance(value, str):
        return value
    for what, part in list(contacts.personal(value, country.upper())):
        value = value.replace(part, "…")
        notes.append(f"{key}: took out {what.partition('`')[0].strip().rstrip(':')}")
    return value


def _contact(contact: dict[str, Any], name: str, country: str, notes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    email = text.line(contact.get("email", "")).removeprefix("mailto:")
    if email and contacts.is_private(email, name):
        notes.append("contact: the e-mail address may be a person's own: left out")
    elif email and _is_hollow(email):
        notes.append("contact: the e-mail address leads nowhere: left out")
    elif email:
        found["email"] = email
    if phone := text.line(contact.get("phone", "")):
        if office := contacts.office_number(phone, country):
            found["phone"] = office
        else:
            notes.append("contact: the telephone number may be a person's own, or is none: left out")
    if other := contact.get("other"):
        kept = [one for one in other if not list(contacts.personal(str(one), country.upper()))]
        if len(kept) < len(other):
            notes.append("contact: another way to reach it may be a person's own: left out")
        if kept:
            found["other"] = kept
    return found


def _is_hollow(email: str) -> bool:
    return bool(text.website(f"https://{email.rpartition('@')[2]}") == "")
