"""A case of tests/passport_cases.json in; the file that a maker carries, the list, the keys and the day in it out."""

from __future__ import annotations

import base64
import copy
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from generator import multikey, signatures
from generator.passports import bits, contexts, statuses
from generator.records.hub import HubKey
from generator.signatures import Keys, Signer, rdf
from tests.passport_samples import DAY, FOREIGN, HUB, OTHER, SIGNER, SITE, made
from tests.passport_twice import Case

DOCUMENT: dict[str, Any] = dict(made().document)
NEW, FORGER = signatures.signer(b"n" * 32), signatures.signer(b"f" * 32)
WEAK = multikey.encode(bytes([1] + [0] * 31))  # of small order: the neutral point
DID = DOCUMENT["issuer"]["id"]
SIGNED = "2026-11-20T09:30:00Z"
_LISTED = "2026-11-17T10:00:00Z"
METHODS = {
    "the hub": (SIGNER, f"{DID}#{SIGNER.public_key}"),
    "new key": (NEW, f"{DID}#{NEW.public_key}"),
    "forger": (FORGER, f"{DID}#{FORGER.public_key}"),
    "forger under the hub's key": (FORGER, f"{DID}#{SIGNER.public_key}"),
    "another hub": (OTHER, f"did:web:reg.example:of:makers:hubs:ke:lake-lab#{OTHER.public_key}"),
    "elsewhere": (SIGNER, f"did:web:evil.example:hubs:gh:tamale-works#{SIGNER.public_key}"),
    "own key": (FORGER, f"did:key:{FORGER.public_key}#{FORGER.public_key}"),
    "weak": (FORGER, f"{DID}#{WEAK}"),
}
Told = Mapping[str, Any]


def case(told: Told) -> Case:
    """Return what is checked in a case."""
    return Case(_source(told), _list(told.get("list", {})), keys(told.get("keys", {})), _day(told))


def _day(told: Told) -> date:
    return date.fromisoformat(told["day"]) if "day" in told else DAY


def changed(document: Any, told: Told, name: str = "set", away: str = "drop") -> Any:
    """Return JSON with other values at some places, and without others; a place is written `a/b/0`."""
    found = copy.deepcopy(document)
    for place, value in told.get(name, {}).items():
        holder, last = _at(found, place)
        holder[last] = value
    for place in told.get(away, ()):
        holder, last = _at(found, place)
        del holder[last]
    return found


def _at(data: Any, place: str) -> tuple[Any, Any]:
    *way, last = [int(name) if name.isdigit() else name for name in place.split("/")]
    for name in way:
        data = data[name]
    return data, last


def _source(told: Told) -> bytes:
    if "whole" in told:
        whole = told["whole"]
        return (whole if isinstance(whole, str) else "".join(text * count for text, count in whole)).encode()
    document = changed(DOCUMENT, told)
    document = changed(document, {"set": {place: a * n for place, (a, n) in told.get("repeat", {}).items()}})
    if not told.get("kept"):
        document = _signed(document, told)
    document = changed(document, told, "then", "cut")
    text = json.dumps(document, ensure_ascii=False, indent=4 if "layout" in told else None)
    for old, new in told.get("text", ()):
        assert old == "^" or text.count(old) == 1, (told["name"], old)
        text = new + text if old == "^" else text.replace(old, new)
    # A change in the text is signed too when it leaves JSON that can be signed: else it would only be found tampered.
    return _again(text, told).encode()


def _again(text: str, told: Told) -> str:
    try:
        data = signatures.read(text.encode())
    except signatures.ReadError:
        return text
    if "text" not in told:
        return text
    return text.replace(data["proof"][0]["proofValue"], _signed(data, told)["proof"][0]["proofValue"])


def _signed(document: Any, told: Told) -> Any:
    bare = {name: value for name, value in document.items() if name != "proof"}
    proof = _proof(bare, told.get("by", "the hub"), told.get("created", SIGNED))
    more = [proof] if told.get("twice") else [_second(bare, told["second"], told)] if "second" in told else []
    return {**bare, "proof": [proof, *more]}


def _second(bare: Any, by: str, told: Told) -> dict[str, Any]:
    """Return a proof for programs that read RDF."""
    signer, method = METHODS[by]
    return rdf.proved(bare, signer, method, told.get("created", SIGNED), contexts.known())


def _proof(bare: Any, by: str, created: str) -> dict[str, Any]:
    proof = signatures.proved(bare, *METHODS[by], created)
    return {**proof, "proofValue": FORGED} if by == "weak" else proof


# Under a key of small order this fits any text, where nobody looks.
FORGED = multikey.to_base58(bytes([1] + [0] * 63))


def keys(told: Any) -> Keys:
    """Return the hubs' keys as the registry has them in a case."""
    since = date(2026, 1, 1)
    other = (HubKey(public_key=OTHER.public_key, valid_from=since),)
    new = HubKey(public_key=NEW.public_key, valid_from=date(2026, 11, 21))
    if told == "none":
        return {FOREIGN.id: other}
    if told == "no key":
        return {HUB.id: (), FOREIGN.id: other}
    if told == "weak":
        return {HUB.id: (HubKey(public_key=WEAK, valid_from=since),)}
    facts = {"revoked_on": date(2026, 11, 21)} if told == "rotated" else _days(told)
    return {HUB.id: (HubKey(public_key=SIGNER.public_key, **{"valid_from": since, **facts}), new), FOREIGN.id: other}


def _days(told: Told) -> dict[str, Any]:
    return {name: date.fromisoformat(day) for name, day in told.items()}


def _list(told: Any) -> bytes | None:
    if told == "none":
        return None
    if told == "no JSON":
        return b"{"
    if told == "twice":
        return _list({}).replace(b'"type"', b'"name": 1, "name": 2, "type"', 1)  # type: ignore[union-attr]
    if told == "by the new key":
        told = {"by": "new", "at": "2026-11-21T10:00:00Z"}
    hub = told.get("hub", HUB.id)
    at = datetime.fromisoformat(told.get("at", _LISTED))
    document = statuses.unsigned(SITE, hub, told.get("revoked", ()), at, told.get("days", 30))
    document = changed(document, told)
    if "bits" in told:
        document["credentialSubject"]["encodedList"] = BITS[told["bits"]]()
    signers: Mapping[str, Signer] = {"forger": FORGER, "new": NEW, "ke/lake-lab": OTHER}
    signer = signers.get(told.get("by", hub), SIGNER)
    created = told.get("created", document["validFrom"])
    proof = signatures.sign_for(document, signer, hub, SITE, created)
    more = [{**proof, "cryptosuite": suite} for suite in told.get("more", ())]
    signed = {**document, "proof": [proof, *more]}
    signed = changed(signed, told, "then", "cut")
    if signed["credentialSubject"]["encodedList"] == "bits":
        signed["credentialSubject"]["encodedList"] = bits.encoded((1,))
    return json.dumps(signed).encode()


def _text(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


def _zipped(size: int) -> bytes:
    return gzip.compress(bytes(size), mtime=0)


def _named() -> bytes:
    """Return the list with the file name that gzip may keep."""
    packed = _zipped(16384)
    return packed[:3] + bytes([8]) + packed[4:10] + b"list\0" + packed[10:]


BITS: Mapping[str, Callable[[], str]] = {
    "short": lambda: _text(_zipped(16383)),
    "large": lambda: _text(_zipped(65536)),
    "larger": lambda: _text(_zipped(65537)),
    "bomb": lambda: _text(_zipped(50_000_000)),
    "cut": lambda: _text(_zipped(16384)[:-4]),
    "followed": lambda: _text(_zipped(16384) + b"x"),
    "two": lambda: _text(_zipped(16384) + _zipped(16384)),
    "sum": lambda: _text(_zipped(16384)[:-8] + bytes(4) + _zipped(16384)[-4:]),
    "zlib": lambda: _text(zlib.compress(bytes(16384))),
    "named": lambda: _text(_named()),
    "padded": lambda: bits.encoded(()) + "=",
}


def first(found: Mapping[str, Any]) -> str:
    """Return the first code for which a file of one credential does not count, or ""."""
    if "fault" in found:
        return str(found["fault"][0])
    codes: Iterable[str] = (code for one in found["credentials"] for code in (one["proof"][0], one["status"]))
    return next((code for code in codes if code), "")
