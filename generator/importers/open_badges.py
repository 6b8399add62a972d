"""Open Badges in (0.5 to 3.0, as JSON or signed as a JWT); drafts of passports out, one for each credential.

A passport record is opt-in and says nothing of the person: name, e-mail, hashed e-mail, subject and evidence are not
read, of days the month is kept, and ids are made anew, so that nobody who has the badge finds the record by it.
Signatures are NOT verified here; each draft says so. A badge that names no hub of the registry as its issuer, no
competence or no level is rejected: a registry lists what a hub assessed, and guesses nothing.
https://www.imsglobal.org/spec/ob/v3p0
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ..checks.passports import ID_CHANGES
from ..records.passport import month_of, surely_until
from . import structured, text
from .drafts import Draft, Rejected, Row
from .source import Source
from .terms import Terms

NAME = "open-badges"
TITLE = "Open Badges 2.0 and 3.0 → passports"
URL = "https://www.imsglobal.org/spec/ob/v3p0"
LICENCE = ""  # a credential is its holder's
ATTRIBUTION = ""

_CREDENTIALS = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_OTHERS = {
    "BadgeClass": "a badge class", "Achievement": "an achievement", "Issuer": "an issuer", "Profile": "a profile",
    "CryptographicKey": "a key", "RevocationList": "a list of revoked badges", "Endorsement": "an endorsement",
    "EndorsementCredential": "an endorsement", "ClrCredential": "a record of several credentials",
}  # fmt: skip
_JWT = re.compile(rb"\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*\Z")
_LEVEL = re.compile(r"\b(?:level|niveau|nível|nivel|stufe|ngazi)\s*([1-9])\b", re.I)
_UNSIGNED = "the signature was not verified: ask the issuer, or verify the credential, before this is published"
_CONSENT = "`consent_on` is the month of the import: keep this file only if the holder asked for it"


def recognises(head: bytes, name: str) -> bool:  # noqa: ARG001 - importers share the signature
    """Tell whether a file begins like a badge or like another part of Open Badges."""
    words = (b"w3id.org/openbadges", b"OpenBadgeCredential", b"AchievementCredential", b"openbadges.org", b"/spec/ob/")
    is_old = b'"recipient"' in head and (b'"badge"' in head or b'"issued_on"' in head)
    return any(word in head for word in words) or is_old or _JWT.match(head) is not None


def read(source: Source, terms: Terms) -> Iterator[Row]:
    """Yield a draft for each credential in a file, or in the files of a folder."""
    for file in source.files(".json", ".jsonld", ".jwt", ".jws"):
        place = file.file if source.is_folder else "file"
        data, fault = _data(file)
        if fault:
            yield Rejected(place, "", fault)
            continue
        values = data if isinstance(data, list) else [data]
        for at, value in enumerate(values):
            yield _row(value, f"{place}[{at}]" if len(values) > 1 else place, file, terms)


def _data(file: Source) -> tuple[Any, str]:
    """Return a file's data, or why there is none."""
    content = file.read()
    if not _JWT.match(content):
        found = structured.document(file)
        return found.value, found.fault
    try:
        payload = content.strip().split(b".")[1]
        value = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None, "its signed text cannot be read"
    return (value.get("vc", value) if isinstance(value, dict) else value), ""


def _row(data: Any, place: str, file: Source, terms: Terms) -> Row:
    """Return the draft for one credential, or why there is none."""
    if not isinstance(data, dict):
        return Rejected(place, "", "it is no credential of Open Badges")
    achievement = _achievement(data)
    name = text.line(achievement.get("name") or data.get("name"), 120)
    credential = _credential(data, achievement, name, terms)
    why, day = _refusal(data) or _missing(data, achievement, credential), file.retrieved
    if not why and len(day) != len("2026-01-01"):
        why = "the day of the holder's consent is not known: give the day on which the file was handed over"
    if why:
        return Rejected(place, name, why)
    known = f"{file.seed} {json.dumps(data, sort_keys=True)}"
    entry = {"id": _entry_id(known)} | {key: value for key, value in credential.items() if value}
    found = {"consent_on": month_of(date.fromisoformat(day)).isoformat(), "credentials": [entry]}
    return Draft("passport", _passport_id(known), found, place, (_UNSIGNED, _CONSENT))


def _types(data: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(text.items(data.get("type")))


def _part(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Return the mapping at some keys, {} when there is none; of a list the first."""
    found: Any = data
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
        found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, dict) else {}


def _achievement(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was achieved: version 3 has it in the subject, version 2 calls it `badge`."""
    return _part(data, "credentialSubject", "achievement") or _part(data, "badge")


def _refusal(data: Mapping[str, Any]) -> str:
    """Return why a file is no credential that can count, or ""."""
    types = _types(data)
    other = next((words for name, words in _OTHERS.items() if name in types), "")
    if other and not types & _CREDENTIALS:
        return f"it is {other}, and no credential of anybody"
    if data.get("revoked") is True:
        reason = text.line(data.get("revocationReason"), 120)
        return f"it was revoked{f': {reason}' if reason else ''}"
    is_badge = types & _CREDENTIALS or "Assertion" in types or ("recipient" in data and "badge" in data)
    if not is_badge:
        return "it is no credential of Open Badges"
    if not _part(data, "credentialSubject") and not data.get("badge"):
        return "it is broken: it says nothing of what was achieved"
    return ""


def _missing(data: Mapping[str, Any], achievement: Mapping[str, Any], credential: Mapping[str, Any]) -> str:
    """Return what a credential does not say, or says of nobody here; "" when all is known."""
    if isinstance(data.get("badge"), str):
        return f"what was achieved stands elsewhere ({text.line(data['badge'], 120)}); put it into the file"
    if not achievement:
        return "it is broken: it says nothing of what was achieved"
    issuer = _issuer(data, achievement)
    known = {
        "issuer": f"its issuer `{text.line(issuer.get('name') or issuer.get('id'), 80)}` is no hub of this registry",
        "competence": f"`{text.line(achievement.get('name'), 80)}` is no competence of this registry",
        "level": "it names no level from 1 to 9",
        "assessed_on": "it is broken: the day of issue is no date",
    }
    short = "" < str(credential["valid_until"]) < str(credential["assessed_on"])
    why = "it holds for less than a whole month, and a passport tells months" if short else ""
    return next((why for key, why in known.items() if not credential[key]), why)


def _credential(
    data: Mapping[str, Any], achievement: Mapping[str, Any], name: str, terms: Terms
) -> dict[str, str | int]:
    """Return a passport's credential, "" or 0 for what is not known."""
    issuer = _issuer(data, achievement)
    addresses = (text.line(issuer.get("id")), text.line(issuer.get("url")))
    hub = next((found for one in addresses if one.startswith("http") and (found := terms.hub(one))), "")
    subject = _part(data, "credentialSubject")
    return {
        "issuer": hub,
        "competence": _competence(achievement, terms) if hub else "", "level": _level(subject, achievement, name),
        "assessed_on": _month(month_of, data, "validFrom", "issuanceDate", "issuedOn", "issued_on"),
        "valid_until": _month(surely_until, data, "validUntil", "expirationDate", "expires"),
        "basis": "recognition" if text.line(subject.get("basis")) == "recognition" else "assessment",
    }  # fmt: skip


def _issuer(data: Mapping[str, Any], achievement: Mapping[str, Any]) -> dict[str, Any]:
    """Return who issued; an address alone stands for an issuer that has nothing but that."""
    for holder in (data, achievement):
        found = holder.get("issuer")
        if isinstance(found, str):
            return {"id": found}
        if isinstance(found, dict):
            return found
    return {}


def _competence(achievement: Mapping[str, Any], terms: Terms) -> str:
    """Return the competence by the last part of the achievement's id, its code, or its name without the level."""
    last = text.line(achievement.get("id")).rstrip("/").rpartition("/")[2]
    name = _LEVEL.sub("", text.line(achievement.get("name"))).strip(" ,:;-–()")
    for word in (last, text.line(achievement.get("humanCode")), name):
        if word and (found := terms.known_competence(word)):
            return found
    return terms.competence(name)


def _level(subject: Mapping[str, Any], achievement: Mapping[str, Any], name: str) -> int:
    """Return the level: said as such, as the result of the assessment, or in the name; 0 when none is."""
    results = subject.get("result")
    said = [subject.get("level"), achievement.get("level")]
    for result in results if isinstance(results, list) else [results]:
        if isinstance(result, dict) and not result.get("resultDescription"):
            said.append(result.get("value"))
    for value in said:
        number = text.number(value)
        if number is not None and number.is_integer() and 1 <= number <= 9:
            return int(number)
    found = _LEVEL.search(name)
    return int(found[1]) if found else 0


def _month(rounded: Callable[[date], date], data: Mapping[str, Any], *keys: str) -> str:
    """Return the day that stands for the month of the first of some times that is one, in ISO 8601; "" without one."""
    for key in keys:
        try:
            return rounded(date.fromisoformat(str(data.get(key))[:10])).isoformat()
        except (ValueError, OverflowError):
            continue
    return ""


def _entry_id(known: str) -> str:
    """Return an id that says nothing, in the form of a random UUID."""
    return f"urn:uuid:{uuid.UUID(bytes=hashlib.sha256(f'entry {known}'.encode()).digest()[:16], version=4)}"


def _passport_id(known: str) -> str:
    """Return an id that says nothing, and is the same for the same badge in the same run."""
    for number in itertools.count():
        digest = hashlib.sha256(f"passport {number} {known}".encode()).digest()
        id = base64.b32encode(digest)[:20].decode().lower()
        if sum(one.isdigit() != other.isdigit() for one, other in itertools.pairwise(id)) >= ID_CHANGES:
            return id
    raise AssertionError
