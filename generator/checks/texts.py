"""Codes and characters in records: invisible ones, addresses that lead nowhere, codes that no list has."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import packaging.licenses

from .. import words
from ..diagnostics import Finding, Key, Place, Severity
from ..records import (
    BY_NAME,
    Competence,
    Contract,
    Design,
    Hub,
    Machine,
    Material,
    Model,
    Network,
    Process,
    Record,
    Request,
    Settings,
)
from ..registry import Registry
from ..words import Text
from .check import check

Located = tuple[tuple[Key, ...], str]

_ALWAYS_HIDDEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f\u3164\uffa0\U000e0000-\U000e007f"
)
_SOMETIMES_HIDDEN = "\u061c\u200c-\u200f"  # joiners and direction marks: some scripts need them
_HIDDEN = re.compile(f"[{_ALWAYS_HIDDEN}{_SOMETIMES_HIDDEN}]")
_HIDDEN_BYTES = re.compile(
    b"\xc2\xad|\xcd\x8f|\xd8\x9c|\xe1(?:\x85[\x9f\xa0]|\x9e[\xb4\xb5]|\xa0[\x8b-\x8f])"
    b"|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xe3\x85\xa4|\xef\xbe\xa0|\xf3\xa0[\x80\x81]"
)
_HOST = re.compile(rb'"https?://([^/?#"]*)')


@check(Severity.ERROR)
def invisible_character(registry: Registry) -> Iterator[Finding]:
    """A text holds a character that nobody can see.

    Soft hyphens, zero-width spaces and marks that turn the direction of writing come along when text is copied
    from web pages. They keep two equal names from being found equal, and can make a text read other than it
    is. Delete the character: the message says after which letters it stands. Joiners and direction marks are
    allowed in the scripts that need them, and joiners between emoji.
    """
    for kind, id, data in registry.raw_each():
        if _HIDDEN_BYTES.search(data):
            for place, text in _texts(registry, kind, id):
                for hidden in _HIDDEN.finditer(text):
                    if not _is_needed(text, hidden.start()):
                        yield _hidden(place, text, hidden.start())


def _texts(registry: Registry, kind: str, id: str) -> Iterator[tuple[Place, str]]:
    """Yield every text of a record with its place, as its file has them."""
    record = registry.get(BY_NAME[kind], id)
    pending: list[tuple[tuple[Key, ...], Any]] = [] if record is None else [((), registry.data(record))]
    while record is not None and pending:
        keys, value = pending.pop()
        if isinstance(value, str):
            yield record.at(*keys), value
        elif isinstance(value, dict):
            pending += [((*keys, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            pending += [((*keys, at), inner) for at, inner in enumerate(value)]


def visible(text: str) -> str:
    """Return text without the characters that nobody can see and no script needs."""
    if _HIDDEN.search(text) is None:
        return text
    return "".join(char for at, char in enumerate(text) if not (_HIDDEN.match(char) and not _is_needed(text, at)))


def _is_needed(text: str, at: int) -> bool:
    """Tell whether a joiner or direction mark stands where a script or an emoji needs one (UTS 39, 3.1.1)."""
    char = text[at]
    if char in "\u200c\u200d":
        before = text[at - 1] if at else " "
        return unicodedata.category(before) == "So" or before == "\ufe0f" or _is_joining(before)
    letters = _HIDDEN.sub("", text)
    return char in "\u061c\u200e\u200f" and any(unicodedata.bidirectional(one) in ("R", "AL") for one in letters)


def _is_joining(char: str) -> bool:
    """Tell whether a letter or sign is of a script between Arabic and Khmer, or their extensions."""
    return "\u0600" <= char <= "\u1cff" or "\ua800" <= char <= "\uabff"


def _hidden(place: Place, text: str, at: int) -> Finding:
    char = text[at]
    name = unicodedata.name(char, "a character without a name").lower()
    where = f"after `{_HIDDEN.sub('', text[max(0, at - 20) : at])}`" if at else "at the beginning"
    return Finding(place, f"U+{ord(char):04X} ({name}) stands {where}", "delete it, or type the text anew")


_FOR_EXAMPLES = re.compile(r"(?:.*\.)?example\.(?:com|net|org)\Z")  # RFC 2606
_HOLLOW = frozenset({"invalid", "localhost", "test", "local", "internal", "lan"})


@check(Severity.ERROR)
def placeholder_url(registry: Registry) -> Iterator[Finding]:
    """An address leads nowhere.

    Old lists hold `http://planned`, `http://n/a` and `https://example.com` where no address is known. Leave the
    key out. An address with a user name or password in it is not for everybody. Demonstration records may use
    example.com, and all may use hosts that end in `.example`.
    """
    for kind, id, data in registry.raw_each():
        for host in set(_HOST.findall(data)):
            if host_fault(host) and (host_fault(host) != _IS_EXAMPLE or b'"demonstration":true' not in data):
                yield from _bad_addresses(registry, kind, id, host.decode())


_IS_EXAMPLE = "is for examples only"


@functools.cache
def host_fault(host: bytes) -> str:
    """Return what is wrong with the host of an address, or ""."""
    user, _, bare = host.decode("utf-8", "replace").lower().rpartition("@")
    name = bare.partition(":")[0].removeprefix("www.").rstrip(".")
    if user:
        return "holds a user name"
    if "." not in name or name.rpartition(".")[2] in _HOLLOW:
        return "is no host on the internet"
    return _IS_EXAMPLE if _FOR_EXAMPLES.match(name) else ""


def _bad_addresses(registry: Registry, kind: str, id: str, host: str) -> Iterator[Finding]:
    for place, text in _texts(registry, kind, id):
        if re.match(rf"https?://{re.escape(host)}(?:[/?#]|\Z)", text):
            message = f"`{text}` leads nowhere: `{host}` {host_fault(host.encode())}"
            yield Finding(place, message, "leave the key out when no address is known")


@check(Severity.ERROR)
def unknown_language(registry: Registry) -> Iterator[Finding]:
    """A language code is not one that is known.

    Languages are codes of BCP 47: `en`, `fr`, `sw`, `tw`, `pt-BR`. A country's code is no language: Japanese is
    `ja`, Czech is `cs`.
    """
    for kind, languages in _LANGUAGES:
        for record in registry.each(kind):
            for keys, code in languages(record):
                if not words.is_language(code):
                    hint = "see https://www.iana.org/assignments/language-subtag-registry"
                    yield Finding(record.at(*keys), f"`{code}` is no language", hint)


def _listed(record: Hub | Settings | Contract) -> Iterator[Located]:
    yield from ((("languages", at), code) for at, code in enumerate(record.languages))
    if isinstance(record, Contract):
        yield ("prevailing_language",), record.prevailing_language


def _of_texts(*keys: str) -> Callable[[Record], Iterator[Located]]:
    def codes(record: Record) -> Iterator[Located]:
        for key in keys:
            text: Text | None = getattr(record, key)
            if text is not None:
                yield from (((key, code), code) for code, _ in text.texts if code)

    return codes


_LANGUAGES: tuple[tuple[type[Record], Callable[[Any], Iterator[Located]]], ...] = (
    (Hub, _listed), (Hub, _of_texts("name", "summary")), (Settings, _listed), (Settings, _of_texts("name", "tagline")),
    (Contract, _listed), (Network, _of_texts("name", "summary")), (Design, _of_texts("name", "function")),
    (Request, _of_texts("summary")), (Process, _of_texts("labels", "description")),
    (Material, _of_texts("labels", "description")), (Competence, _of_texts("labels", "description")),
)  # fmt: skip


@check(Severity.ERROR)
def unknown_currency(registry: Registry) -> Iterator[Finding]:
    """A currency is not one of ISO 4217.

    Currencies are three capital letters: `GHS` for Ghanaian cedi, `XOF` for the West African franc, `EUR`.
    """
    for machine in registry.each(Machine):
        if machine.rate is not None and not words.is_currency(machine.rate.currency):
            yield _no_currency(machine.at("rate", "currency"), machine.rate.currency)
    for request in registry.each(Request):
        if request.budget is not None and not words.is_currency(request.budget.currency):
            yield _no_currency(request.at("budget", "currency"), request.budget.currency)


def _no_currency(place: Place, code: str) -> Finding:
    return Finding(place, f"`{code}` is no currency", "see ISO 4217: for example GHS, XOF, EUR")


@check(Severity.ERROR)
def unknown_licence(registry: Registry) -> Iterator[Finding]:
    """A licence is not one that SPDX lists.

    Licences are SPDX expressions, with their version: `CC-BY-SA-4.0`, `CERN-OHL-S-2.0`, `MIT OR Apache-2.0`. A
    licence that the list lacks is written `LicenseRef-` and a name.
    """
    kinds: tuple[type[Hub | Machine | Model | Design | Network], ...] = (Hub, Machine, Model, Design, Network)
    for kind in kinds:
        for record in registry.each(kind):
            for at, source in enumerate(record.sources):
                if source.licence:
                    yield from _licence(record, ("sources", at, "licence"), source.licence)
    for design in registry.each(Design):
        for key in ("hardware", "documentation", "software"):
            yield from _licence(design, ("licence", key), getattr(design.licence, key))
    for settings in registry.each(Settings):
        yield from _licence(settings, ("licences", "data"), settings.licences.data)
        yield from _licence(settings, ("licences", "code"), settings.licences.code)
    for contract in registry.each(Contract):
        yield from _licence(contract, ("licence",), contract.licence)


def _licence(record: Record, keys: tuple[Key, ...], licence: str) -> Iterator[Finding]:
    if licence and not is_licence(licence):
        versions = (f"{licence}-{version}" for version in ("4.0", "3.0", "2.0", "1.0"))
        near = next(filter(is_licence, versions), "")
        hint = f"did you mean `{near}`?" if near else "see https://spdx.org/licenses, or write `LicenseRef-` and a name"
        yield Finding(record.at(*keys), f"`{licence}` is no licence of SPDX", hint)


@functools.cache
def is_licence(expression: str) -> bool:
    """Tell whether a text is an SPDX expression of licences that are listed."""
    try:
        packaging.licenses.canonicalize_license_expression(expression)
    except packaging.licenses.InvalidLicenseExpression:
        return False
    return True
