"""A hub's data in; what it claims that other hubs of the base have too out: names, addresses, keys, ids."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ..words import Text, term
from .changes import Base, Change, data
from .subjects import Subject, hub_path, subject

# Where the same text under two fields means the same thing.
_GROUPS = {"id": "id", "formerly": "id", "website": "address", "same_as": "address", "keys": "key", "name": "name"}
_URL = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)
_FLOW = re.compile(r"[,\[\]{}]+")
_WORD = re.compile(r"[^\s\"',\[\]{}]+")
_NAME = re.compile(r"^name:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_LANGUAGE = re.compile(r"\A\s*[A-Za-z0-9-]+:\s")
# Letters of other scripts that look like Latin ones, in small letters (Unicode Technical Standard 39).
_ALIKE = str.maketrans("авекмнорстухіјѕԁԍһӏѵԝαεικνορτυχγ", "abekmhopctyxijsdghlvwaeikvoptuxy")


class Claim(NamedTuple):
    """A text under a field by which hubs are told apart: a name, an address, a key or an id, each in one spelling."""

    field: str
    text: str


class Conflict(NamedTuple):
    """A field whose value another hub of the base has, or which names that hub's id."""

    field: str
    hub: str


Held = Mapping[tuple[str, str], tuple[str, ...]]


def address(url: str) -> str:
    """Return what spellings of an address have in common: host and path, with the query where there is one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return url.casefold()
    with contextlib.suppress(UnicodeError):
        host = host.encode("ascii").decode("idna")
    path = re.sub(r"/+", "/", unquote(parts.path)).rstrip("/")
    whole = f"{host}{path}?{unquote(parts.query)}" if parts.query else f"{host}{path}"
    return unicodedata.normalize("NFKC", whole).casefold()


def name(text: str) -> str:
    """Return what spellings of a name have in common: no case, accents or spaces, and letters as they look."""
    return term(unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE))


def claims(id: str, values: Mapping[str, Any]) -> frozenset[Claim]:
    """Return what a hub's data claims, its own id and former ids among it."""
    found = {Claim("name", name(text)) for _, text in Text.of(values["name"]).texts}
    found |= {Claim("website", address(values["website"]))} if "website" in values else set()
    found |= {Claim("same_as", address(url)) for url in values.get("same_as", ())}
    found |= {Claim("keys", key["public_key"]) for key in values.get("keys", ())}
    found |= {Claim("formerly", old) for old in values.get("formerly", ())}
    return frozenset({claim for claim in found if claim.text} | {Claim("id", id)})


def made(one: Subject, change: Change) -> frozenset[Claim]:
    """Return what a change of a hub newly claims; an address with a query claims the one without it too."""
    values = data("hub", change.head)
    if values is None:
        return frozenset()
    before = data("hub", change.base)
    found = claims(one.id, values) - (claims(one.id, before) if before is not None else frozenset())
    bare = {claim._replace(text=claim.text.partition("?")[0].rstrip("/"))
            for claim in found if _GROUPS[claim.field] == "address"}  # fmt: skip
    return found | bare


def mentions(content: bytes, texts: frozenset[str]) -> bool:
    """Tell whether a hub's file may claim one of the texts; it is quick, and may say yes too often."""
    written = content.decode("utf-8", "replace")
    if not texts.isdisjoint(_WORD.findall(written)) or not texts.isdisjoint(map(address, _urls(written))):
        return True
    rows = [found[1], *found[1].split("\n")] if (found := _NAME.search(written)) else []
    return any(name(row) in texts or name(_LANGUAGE.sub("", row)) in texts for row in rows)


def _urls(written: str) -> Iterator[str]:
    """Yield what may be an address: with what may end a list's member, and without."""
    for url in _URL.findall(written):
        yield url
        if _FLOW.search(url):
            yield url.rstrip(",]}")
            yield from _FLOW.split(url)


def held(base: Base) -> Held:
    """Return which hubs of the base hold what was looked for, by what it is and its text."""
    found: dict[tuple[str, str], list[str]] = {}
    for path, version in sorted(base.holders.items()):
        one = subject(base.lead, path)
        values = data("hub", version) if one.kind == "hub" else None
        for claim in claims(one.id, values) if values is not None else ():
            found.setdefault((_GROUPS[claim.field], claim.text), []).append(one.id)
    return {key: tuple(dict.fromkeys(hubs)) for key, hubs in found.items()}


def conflicts(one: Subject, claimed: Iterable[Claim], base: Base, holders: Held) -> tuple[Conflict, ...]:
    """Return which other hubs of the base have what is claimed."""
    return tuple(dict.fromkeys(_conflicts(one, sorted(claimed), base, holders)))


def _conflicts(one: Subject, claimed: Iterable[Claim], base: Base, holders: Held) -> Iterator[Conflict]:
    for claim in claimed:
        if claim.field == "formerly" and claim.text != one.id and base.has(hub_path(claim.text)):
            yield Conflict("formerly", claim.text)
        for hub in holders.get((_GROUPS[claim.field], claim.text), ()):
            if hub != one.id:
                yield Conflict(claim.field, hub)
