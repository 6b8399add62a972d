"""Contacts of organisations: addresses and numbers that may be a person's, and personal data in free texts."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

import phonenumbers

from .. import words
from ..diagnostics import Finding, Key, Severity
from ..records import Design, Hub, Machine, Network, Recognition, Record, Request, Settings
from ..records.parts import Contact
from ..registry import Registry
from ..words import Text
from .check import check

_FREE_MAIL = frozenset({
    "163.com", "aol.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net",
    "googlemail.com", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net", "libero.it", "live.com", "mail.com",
    "mail.ru", "me.com", "msn.com", "orange.fr", "outlook.com", "outlook.fr", "posteo.de", "proton.me",
    "protonmail.com", "qq.com", "rocketmail.com", "t-online.de", "uol.com.br", "wanadoo.fr", "web.de",
    "yahoo.co.uk", "yahoo.com", "yahoo.fr", "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
})  # fmt: skip
# Words of an address that speak of a role or of a place, in the languages of the directories.
_ROLES = (
    "accueil", "admin", "anfrage", "association", "atelier", "bonjour", "book", "buero", "center", "centre", "club",
    "community", "contact", "contacto", "contato", "desk", "direction", "enquir", "event", "fab", "hack", "hallo",
    "hello", "help", "hola", "hub", "info", "innovation", "kontakt", "lab", "maker", "manager", "market", "network",
    "office", "oficina", "open", "press", "privacy", "project", "recepcion", "reception", "school", "secretaria",
    "secretariat", "service", "space", "studio", "support", "taller", "team", "tech", "train", "university",
    "visit", "volunteer", "welcome", "werkstatt", "workshop",
)  # fmt: skip
_NOT_LETTER = re.compile(r"[^a-z]+")
_EMAIL = re.compile(r"(?<![\w@.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MAYBE = re.compile(r"[@\d]")  # most texts hold neither
_DIGIT = re.compile(r"\d")
_BIRTH = re.compile(
    r"(?<!\w)(?:born|date of birth|d\.?o\.?b\.?|née? le|née?\(e\) le|date de naissance|geboren|geburtsdatum|nacid[oa]"
    r"|nascid[oa]|fecha de nacimiento|data de nascimento)(?!\w)[^.;\d]{0,20}"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}(?:[./-]\d{1,2}[./-]|\.? (?:de )?[^\W\d]{3,10}(?: de|,)? )\d{2,4})",
    re.IGNORECASE,
)


@check(Severity.WARNING)
def private_email(registry: Registry) -> Iterator[Finding]:
    """A contact address looks like a person's own.

    It is an address at a free mail service whose first part is neither a role (`info`, `contact`, `lab`) nor the
    hub's name. The registry names organisations: people move on, and a published address cannot be called back.
    """
    for record, name, email in _emails(registry):
        if is_private(email, name):
            hint = "give an address of the organisation, such as info@ or the hub's name"
            yield Finding(record.at("contact", "email"), f"`{email}` may be a person's own address", hint)


def _emails(registry: Registry) -> Iterator[tuple[Record, str, str]]:
    """Yield records in question with their names and contact addresses."""
    for record, contact in _contacts(registry):
        if contact.email:
            names = [text for _, text in record.name.texts] if not isinstance(record, Request) else []
            yield record, " ".join([*names, record.id.rpartition("/")[2]]), contact.email


def _contacts(registry: Registry) -> Iterator[tuple[Hub | Network | Request | Settings, Contact]]:
    kinds: tuple[type[Hub | Network | Request | Settings], ...] = (Hub, Network, Request, Settings)
    for kind in kinds:
        for record in registry.each(kind):
            if record.contact is not None:
                yield record, record.contact


def is_private(email: str, name: str) -> bool:
    """Tell whether an address looks like a person's own, and not like that of the organisation of a name."""
    local, _, domain = email.lower().rpartition("@")
    return domain in _FREE_MAIL and _is_personal(local.partition("+")[0], name)


def _is_personal(local: str, name: str) -> bool:
    """Tell whether the first part of an address speaks neither of a role nor of the organisation's name."""
    letters = _NOT_LETTER.sub("", words.plain(local))
    if not letters or any(role in letters for role in _ROLES):
        return False
    parts = words.plain(name).split()
    whole = "".join(parts)
    initials = "".join(part[0] for part in parts)
    is_of_name = any(part in letters for part in parts if len(part) > 3)
    return not (
        is_of_name or letters in whole or initials.startswith(letters) or (len(letters) > 2 and letters in initials)
    )


@check(Severity.WARNING)
def personal_phone(registry: Registry) -> Iterator[Finding]:
    """A contact number is a mobile number, which may be a person's own.

    Many hubs have no other. If it is the hub's own telephone, leave it, and add an exception for it.
    Otherwise give an office number, or an address for e-mail.
    """
    for record, contact in _contacts(registry):
        if is_mobile(contact.phone):
            message = f"`{contact.phone}` is a mobile number and may be a person's own"
            hint = "give an office number or an e-mail address, or add an exception if it is the hub's own"
            yield Finding(record.at("contact", "phone"), message, hint)


@functools.cache
def is_mobile(phone: str) -> bool:
    """Tell whether a number in international form is a mobile one."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(phone)) == phonenumbers.PhoneNumberType.MOBILE
    except phonenumbers.NumberParseException:
        return False


@functools.cache
def office_number(phone: str, country: str) -> str:
    """Return a number of some country in international form; "" for what is no number, or may be a person's own."""
    types = phonenumbers.PhoneNumberType
    office = (types.FIXED_LINE, types.TOLL_FREE, types.SHARED_COST, types.PREMIUM_RATE, types.UAN, types.VOIP)
    try:
        number = phonenumbers.parse(phone, country.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in office:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


@check(Severity.ERROR)
def personal_data(registry: Registry) -> Iterator[Finding]:
    """A free text holds an e-mail address, a telephone number or a date of birth.

    Texts are read by everybody and copied everywhere. The registry describes hubs: no birth dates, home
    addresses, private telephones or private e-mails. What belongs to the organisation goes into `contact`,
    as a role's address.
    """
    for kind, texts in _TEXTS:
        for record in registry.each(kind):
            for keys, text in texts(record):
                if _MAYBE.search(text) is None:
                    continue
                for what, _ in personal(text, record.country.upper() if isinstance(record, Hub | Machine) else ""):
                    hint = "take it out; a role's address or an office number belongs in `contact`"
                    yield Finding(record.at(*keys), f"the text holds {what}", hint)


def by_the_same_rules() -> dict[str, Any]:
    """Return what other programs need to find private addresses and dates of birth too; the patterns are Python's."""
    patterns = {"email": _EMAIL.pattern, "birth": _BIRTH.pattern}
    return {"free_mail": sorted(_FREE_MAIL), "roles": _ROLES, **patterns}


def numbers(country: str) -> tuple[int, str, str, str, tuple[str, ...]]:
    """Return a country's calling code, national prefix, and patterns of national numbers: any, mobile, and others.

    What is mobile matches none of the others. The code is 0 for a country without numbers of its own.
    """
    found = phonenumbers.PhoneMetadata.metadata_for_region(country.upper(), None)
    if found is None:
        return 0, "", "", "", ()
    others = (
        found.premium_rate, found.toll_free, found.shared_cost, found.voip, found.personal_number, found.pager,
        found.uan, found.voicemail, found.fixed_line,
    )  # fmt: skip
    any_number, mobile, *rest = (_pattern(one) for one in (found.general_desc, found.mobile, *others))
    return found.country_code or 0, found.national_prefix or "", any_number, mobile, tuple(filter(None, rest))


def _pattern(numbers: phonenumbers.PhoneNumberDesc | None) -> str:
    return "" if numbers is None else numbers.national_number_pattern or ""


Located = tuple[tuple[Key, ...], str]


def personal(text: str, region: str) -> Iterator[tuple[str, str]]:
    """Yield what a text holds of a person's data: in words, and as it stands there."""
    if "@" in text:
        yield from ((f"the e-mail address `{found}`", found) for found in _EMAIL.findall(text))
    if len(_DIGIT.findall(text)) >= 8:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            yield f"the telephone number `{match.raw_string}`", match.raw_string
    if birth := _BIRTH.search(text):
        yield f"a date of birth: `{birth[0]}`", birth[0]


def _of_text(key: str, text: Text | None) -> list[Located]:
    if text is None:
        return []
    return [((key, language) if language else (key,), one) for language, one in text.texts]


def _of_hub(hub: Hub) -> Iterator[Located]:
    yield from _of_text("name", hub.name)
    yield from _of_text("summary", hub.summary)
    if hub.location.address:
        yield ("location", "address"), hub.location.address
    if hub.accessibility is not None:
        for keys, text in _of_text("note", hub.accessibility.note):
            yield ("accessibility", *keys), text
    if hub.verified is not None and hub.verified.by:
        yield ("verified", "by"), hub.verified.by


def _of_machine(machine: Machine) -> Iterator[Located]:
    if machine.name:
        yield ("name",), machine.name
    if machine.verified is not None and machine.verified.by:
        yield ("verified", "by"), machine.verified.by
    if machine.throughput is not None and machine.throughput.of:
        yield ("throughput", "of"), machine.throughput.of


_TEXTS: tuple[tuple[type[Record], Callable[[Any], Iterator[Located] | list[Located]]], ...] = (
    (Hub, _of_hub),
    (Machine, _of_machine),
    (Recognition, lambda recognition: _of_text("condition", recognition.condition)),
    (Request, lambda request: _of_text("summary", request.summary)),
    (Network, lambda network: _of_text("summary", network.summary)),
    (Design, lambda design: _of_text("function", design.function)),
)
