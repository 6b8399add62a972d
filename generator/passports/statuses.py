"""A hub's revoked indexes and days in; its status list as a credential out, and whether a list clears a credential.

W3C, Bitstring Status List 1.0: one list for each hub, at `statuses/<country>/<hub>.json` in the registry's folder and
on its site. Whatever cannot be read, is not signed, or is too old says nothing, and what says nothing permits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from .. import signatures, words
from ..records import Hub
from ..records.hub import HubKey
from ..signatures import Keys, ReadError, Signer
from . import bits, contexts
from .values import Claim, Fault

FOLDER = "statuses"
PURPOSE = "revocation"
DAYS = 30  # how long a list counts when nobody says otherwise
MOST_DAYS = 90  # a list that counts for longer would hide what was revoked since
MISSING, UNREADABLE, UNSIGNED = "status-missing", "status-unreadable", "status-unsigned"
STALE, FOREIGN, REVOKED = "status-stale", "status-of-another-hub", "status-revoked"
MOST_BYTES = 128 * 1024
_TYPES = ["VerifiableCredential", "BitstringStatusListCredential"]
_MEMBERS = {"@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "proof"}
_OF_SUBJECT = {"id", "type", "statusPurpose", "encodedList"}
_TIME = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z", re.ASCII)
_ADDRESS = re.compile(
    rf"https?://[^\s?#]{{1,300}}/{FOLDER}/(?P<hub>[a-z]{{2}}/[a-z0-9]+(?:-[a-z0-9]+)*)\.json\Z", re.ASCII
)
_OTHER_SUITE = "eddsa-rdfc-2022"
_TIMES = ("validFrom", "validUntil")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusList:
    """A status list, read strictly and not yet believed; `hub` is who it says it is of."""

    hub: str
    valid_from: datetime
    valid_until: datetime
    bits: bytes
    document: Mapping[str, Any]

    @property
    def revoked(self) -> tuple[int, ...]:
        """The indexes of all that is revoked."""
        return bits.indexes(self.bits)


def path_of(hub: str) -> str:
    """Return where a hub's list lies below the registry's folder, and below the site's address."""
    return f"{FOLDER}/{hub}.json"


def address_of(site: str, hub: str) -> str:
    """Return the address of a hub's list, as its credentials name it."""
    return f"{site.rstrip('/')}/{path_of(hub)}"


def hub_of(address: str) -> str:
    """Return whose list lies at an address, or ""; which registry that is does not matter, it may move house."""
    found = _ADDRESS.match(address)
    return found["hub"] if found else ""


def listed_hub(path: str) -> str:
    """Return whose list lies at a path below the registry's folder, or ""."""
    hub = path.removeprefix(f"{FOLDER}/").removesuffix(".json")
    named = [words.is_name(part) for part in hub.split("/")]
    return hub if path == path_of(hub) and len(named) == Hub.depth and all(named) else ""


def published(root: Path, hub: str) -> bytes | None:
    """Return the bytes of a hub's list in a registry's folder, cut off past the limit; None when there is none."""
    path = root / path_of(hub)
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def unsigned(site: str, hub: str, revoked: Iterable[int], at: datetime, days: int = DAYS) -> dict[str, Any]:
    """Return a hub's list as a credential without proof, which counts for so many days; `at` is a time of UTC."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"a list counts for 1 to {MOST_DAYS} days, not {days}")
    address = address_of(site, hub)
    return {
        "@context": [contexts.CREDENTIALS],
        "id": address,
        "type": list(_TYPES),
        "issuer": signatures.method_of(site, hub, "").partition("#")[0],
        "validFrom": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "validUntil": f"{at + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": bits.encoded(revoked),
        },
    }


def signed(document: Mapping[str, Any], signer: Signer, hub: str, site: str) -> dict[str, Any]:
    """Return a list with the hub's proof, dated on the list's own first second."""
    proof = signatures.sign_for(document, signer, hub, site, str(document["validFrom"]))
    return {**document, "proof": [proof]}


def read(source: bytes) -> StatusList | Fault:
    """Return a list as its bytes have it, with exactly the terms that `unsigned` writes; else what is wrong where."""
    if len(source) > MOST_BYTES:
        return Fault(UNREADABLE, "", f"longer than {MOST_BYTES:,} bytes")
    try:
        data = signatures.read(source)
    except ReadError as error:
        return Fault(UNREADABLE, "", str(error))
    place, message = _form_fault(data)
    if message:
        return Fault(UNREADABLE, place, message)
    subject = data["credentialSubject"]
    try:
        found = bits.expanded(subject["encodedList"])
    except bits.BitsError as error:
        return Fault(UNREADABLE, "credentialSubject.encodedList", str(error))
    valid_from, valid_until = (datetime.fromisoformat(data[key]) for key in ("validFrom", "validUntil"))
    if not timedelta() < valid_until - valid_from <= timedelta(days=MOST_DAYS):
        return Fault(UNREADABLE, "validUntil", f"not after validFrom, or more than {MOST_DAYS} days after it")
    hub = hub_of(data["id"])
    return StatusList(hub=hub, valid_from=valid_from, valid_until=valid_until, bits=found, document=data)


def _form_fault(data: Any) -> tuple[str, str]:
    """Return the place and the fault of the first thing that does not belong in a list; two empty texts for none."""
    if not isinstance(data, dict):
        return "", "it is no object"
    subject = data.get("credentialSubject")
    if not isinstance(subject, dict):
        return "credentialSubject", "it is no object"
    for place, part, known in (("", data, _MEMBERS), ("credentialSubject.", subject, _OF_SUBJECT)):
        if differing := sorted(part.keys() ^ known):
            return place + differing[0], "not one of its terms" if differing[0] in part else "missing"
    for place, value, expected in (
        ("@context", data["@context"], [contexts.CREDENTIALS]),
        ("type", data["type"], _TYPES),
        ("credentialSubject.type", subject["type"], "BitstringStatusList"),
        ("credentialSubject.statusPurpose", subject["statusPurpose"], PURPOSE),
        ("credentialSubject.id", subject["id"], f"{data['id']}#list"),
    ):
        if value != expected:
            return place, f"not {expected!r}"
    if not (isinstance(data["id"], str) and hub_of(data["id"])):
        return "id", f"no address that ends in {FOLDER}/<country>/<hub>.json"
    if not isinstance(subject["encodedList"], str):
        return "credentialSubject.encodedList", "no text"
    if not _is_did_of(data["issuer"], hub_of(data["id"])):
        return "issuer", "not the hub in its id"
    return next(((key, "no time like 2026-11-22T10:00:00Z") for key in _TIMES if not _is_time(data[key])), ("", ""))


def _is_did_of(issuer: Any, hub: str) -> bool:
    named = isinstance(issuer, str) and "#" not in issuer
    return named and signatures.signed_by({"verificationMethod": f"{issuer}#"})[0] == hub


def _is_time(value: Any) -> bool:
    if not (isinstance(value, str) and _TIME.match(value)):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def standing(source: bytes | None, claim: Claim, keys: Keys, day: date) -> str:
    """Return "" when its issuer's list says on a day that a credential counts, else the code of why it does not.

    `source` is the list as published, None when there is none. The address in the claim decides only whose list it is:
    the list itself is the one that the registry holds for that hub.
    """
    if not claim.status_list or source is None:
        return MISSING
    found = read(source)
    if isinstance(found, Fault):
        return UNREADABLE
    if not claim.issuer == found.hub == hub_of(claim.status_list):
        return FOREIGN
    if signature_fault(found, keys, day):
        return UNSIGNED
    if not found.valid_from.date() <= day <= found.valid_until.date():
        return STALE
    try:
        return REVOKED if bits.is_set(found.bits, claim.status_index) else ""
    except bits.BitsError:
        return UNREADABLE


def signature_fault(found: StatusList, keys: Keys, day: date) -> str:
    """Return why a list is not signed by its hub as far as anybody can know on a day, or ""."""
    proofs = found.document["proof"]
    if not (isinstance(proofs, list) and 1 <= len(proofs) <= 2 and all(isinstance(one, dict) for one in proofs)):
        return "it has no array of one proof or two"
    ours = [one for one in proofs if one.get("cryptosuite") != _OTHER_SUITE]
    if len(ours) != 1:
        return f"it has no proof {signatures.SUITE}, or several"
    wrong = signatures.fault_of(found.document, ours[0], found.hub, keys)
    if wrong:
        return wrong
    created = datetime.fromisoformat(ours[0]["created"])
    if not found.valid_from - timedelta(days=1) <= created <= found.valid_until:
        return "it was not signed in its own time"
    named = signatures.signed_by(ours[0])[1]
    if any(_is_withdrawn(key, day) for key in keys[found.hub] if key.public_key == named):
        return "its key was revoked or compromised by then, and who has such a key writes any date"
    return ""


def _is_withdrawn(key: HubKey, day: date) -> bool:
    return any(since is not None and since <= day for since in (key.revoked_on, key.compromised_since))
