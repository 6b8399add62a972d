"""A credential's JSON in; what it claims, or the first thing in it that is not as it must be, out.

Open Badges 3.0 (1EdTech) on the Verifiable Credentials Data Model 2.0 (W3C), of which a passport uses one form only: a
term that is not listed here is refused, since somebody else might heed it. What is read is the canonical form (RFC
8785), for that is what was signed: `2.0` and `2` are one number in every language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ..signatures import SUITE, ReadError, canonical, rdf, read
from . import contexts
from .bits import ENTRIES
from .nodes import Node, Refused, depth, shown
from .values import ASSESSMENT, RECOGNITION, Claim, Fault

LIMIT_BYTES = 16 * 1024
LIMIT_DEPTH = 12
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
RDF_SUITE = rdf.SUITE

_WEB = r"https?://[A-Za-z0-9._~:/%\[\]-]{1,300}/"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DID = r"did:web:[A-Za-z0-9.%-]{1,253}(?::[A-Za-z0-9._~%-]{1,100}){0,20}:hubs:([a-z]{2}):" + f"({_SLUG})"
_ISSUER = re.compile(_DID)
_METHOD = re.compile(_DID + "#(z6Mk[1-9A-HJ-NP-Za-km-z]{44})")
_COMPETENCE = re.compile(_SLUG)
_ACHIEVEMENT = re.compile(rf"{_WEB}competences/({_SLUG})/")
_LIST = re.compile(rf"({_WEB})statuses/([a-z]{{2}}/{_SLUG})\.json")
_INDEX = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)
_VALUE = re.compile(r"z[1-9A-HJ-NP-Za-km-z]{60,99}")
_UUID_LIKE, _DID_LIKE = "urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10", "did:web:example.org:hubs:gh:kumasi-hive"
_LONGEST_ID = 64
_PICTURE = "it is a picture: scan the code on it, or take the JSON file"
_PAGE = "it is a web page: take the JSON file"
_ENCODED = "it is text in another form than UTF-8, or begins with a mark of it: save it as plain UTF-8"
_TOKEN = "it is a token (JWT), which is not checked here: a passport is the JSON file that a hub gave the maker"
_OTHER_FILES = {
    b"\x89PNG": _PICTURE, b"\xff\xd8\xff": _PICTURE, b"<svg": _PICTURE, b"<?xml": _PICTURE,
    b"%PDF": "it is a printed page: scan the code on it, or take the JSON file",
    b"<!": _PAGE, b"<html": _PAGE,
    b"PK\x03\x04": "it is an archive: take the JSON file out of it",
    b"eyJ": _TOKEN,
    b"\xef\xbb\xbf": _ENCODED, b"\xff\xfe": _ENCODED, b"\xfe\xff": _ENCODED, b"{\x00": _ENCODED, b"\x00{": _ENCODED,
}  # fmt: skip
_OF_BADGES_BEFORE = {"badge", "recipient", "issuedOn", "badgeOfferings", "hosted_assertion", "signed_assertion"}
_ELSEWHERE = "; what others issue is not checked here: a hub can assess it, and issue a credential of its own"


class Carried(NamedTuple):
    """A credential as it is carried: what it claims, and the JSON that was signed."""

    claim: Claim
    document: Mapping[str, Any]


def parsed(source: bytes, limit: int) -> Any:
    """Return the canonical data of bytes that hold JSON, or a `Fault`."""
    if len(source) > limit:
        return Fault("too-large", "", f"longer than {limit:,} bytes")
    try:
        return json.loads(canonical(read(source)), parse_int=_number)
    except ReadError as error:
        return Fault("unreadable", "", _kind_of_file(source) or f"{error}; take the file as the hub gave it")


def _kind_of_file(source: bytes) -> str:
    """Return in words what a file is that is no passport, and what to do; "" when it looks like JSON."""
    start = source[:64].lstrip()
    if not start:
        return "the file is empty"
    return next((text for mark, text in _OTHER_FILES.items() if start.startswith(mark)), "")


def _number(digits: str) -> int | float:
    """Return a whole number; beyond 2**53 it was a double, which JCS writes with all its digits."""
    return int(digits) if abs(int(digits)) < 2**53 else float(digits)


def credential(source: bytes) -> Carried | Fault:
    """Return the one credential in bytes, or why it is none that a passport may hold."""
    data = parsed(source, LIMIT_BYTES)
    return data if isinstance(data, Fault) else carried(Node(data))


def carried(node: Node) -> Carried | Fault:
    """Return a credential, or the first fault in it, at its place in the file."""
    try:
        if depth(node.value) > LIMIT_DEPTH:
            raise node.refused(f"nested more than {LIMIT_DEPTH} times", "too-deep")
        if len(canonical(node.value)) > LIMIT_BYTES:
            text = f"longer than {LIMIT_BYTES:,} bytes; no picture and no other file belongs in a passport's credential"
            raise node.refused(text, "too-large")
        return Carried(_claim(node), node.value)
    except Refused as refused:
        return refused.fault


def _claim(node: Node) -> Claim:
    _kind(node)
    required = "@context id type name issuer validFrom credentialSubject proof"
    parts = node.members(required, "validUntil credentialStatus")
    parts["name"].line(300)
    issuer = _issuer(parts["issuer"])
    since = parts["validFrom"].moment()
    until = parts["validUntil"].moment() if "validUntil" in parts else None
    if until is not None and until < since:
        raise parts["validUntil"].refused("it ends before it begins", "dates-out-of-order")
    status_list, status_index = _status(parts["credentialStatus"], issuer) if "credentialStatus" in parts else ("", -1)
    _proofs(parts["proof"])
    return Claim(
        id=parts["id"].formed(_UUID, _UUID_LIKE)[0],
        issuer=issuer,
        valid_from=since,
        valid_until=until,
        status_list=status_list,
        status_index=status_index,
        **_subject(parts["credentialSubject"], until),
    )


def _kind(node: Node) -> None:
    """Refuse what is another kind of thing, in words that say what it is."""
    data = node.value
    if not isinstance(data, dict) or "credentialSubject" not in data:
        is_older = isinstance(data, dict) and bool(_OF_BADGES_BEFORE & data.keys())
        other = "it is no verifiable credential: a passport is the file that a hub gave the maker"
        raise node.refused(
            f"it is a badge of Open Badges 1 or 2{_ELSEWHERE}" if is_older else other, "not-a-credential"
        )
    context = Node(data.get("@context"), f"{node.place}/@context")
    if context.value != list(contexts.ALL):
        text = f"its contexts are not the three of a passport's credential{_ELSEWHERE}. The three, in their order: "
        raise context.refused(text + ", ".join(contexts.ALL), "context-unknown")
    Node(data.get("type"), f"{node.place}/type").exactly(TYPES, "type-unknown")
    if "proof" not in data:
        raise node.refused("nobody signed it", "proof-missing")


def _issuer(node: Node) -> str:
    parts = node.members("id type name")
    parts["type"].exactly(["Profile"], "type-unknown")
    parts["name"].line(300)
    country, name = parts["id"].formed(_ISSUER, _DID_LIKE).groups()
    return f"{country}/{name}"


def _subject(node: Node, until: datetime | None) -> dict[str, Any]:
    required = "type achievement competence competenceVersion level assessedOn basis"
    parts = node.members(required, "id identifier note")
    parts["type"].exactly(["AchievementSubject"], "type-unknown")
    if "id" not in parts and "identifier" not in parts:
        raise node.refused("it says of nobody: neither `id` nor `identifier`", "holder-missing")
    competence = _short(parts["competence"])
    version = parts["competenceVersion"].whole(1, 1_000_000)
    _achievement(parts["achievement"], competence, version)
    assessed_on = parts["assessedOn"].day()
    if until is not None and assessed_on > until.date():
        raise parts["assessedOn"].refused("the assessment is after the end", "dates-out-of-order")
    if (basis := parts["basis"].text()) not in (ASSESSMENT, RECOGNITION):
        raise parts["basis"].refused(f"{shown(basis)} is neither `{ASSESSMENT}` nor `{RECOGNITION}`")
    return {
        "holder": parts["id"].formed(_UUID, _UUID_LIKE)[0] if "id" in parts else "",
        "name": _name(parts["identifier"]) if "identifier" in parts else "",
        "competence": competence,
        "version": version,
        "level": parts["level"].whole(1, 9),
        "assessed_on": assessed_on,
        "basis": basis,
        "note": parts["note"].line(300) if "note" in parts else "",
    }


def _short(node: Node) -> str:
    found = node.formed(_COMPETENCE, "laser-cutter-operation")[0]
    if len(found) > _LONGEST_ID:
        raise node.refused(f"longer than {_LONGEST_ID} characters")
    return found


def _name(node: Node) -> str:
    parts = node.items(1, 1)[0].members("type identityType hashed identityHash")
    parts["type"].exactly("IdentityObject", "type-unknown")
    parts["identityType"].exactly("name")
    parts["hashed"].exactly(wanted=False)
    return parts["identityHash"].line(200)


def _achievement(node: Node, competence: str, version: int) -> None:
    parts = node.members("id type achievementType name description criteria version")
    parts["type"].exactly(["Achievement"], "type-unknown")
    parts["achievementType"].exactly("Competency")
    parts["name"].line(300)
    parts["description"].line(2000)
    parts["criteria"].members("narrative")["narrative"].line(4000)
    if parts["id"].formed(_ACHIEVEMENT, "https://example.org/competences/lathe-operation/")[1] != competence:
        raise parts["id"].refused(f"it is not the page of `{competence}`")
    parts["version"].exactly(str(version))


def _status(node: Node, issuer: str) -> tuple[str, int]:
    parts = node.members("id type statusPurpose statusListIndex statusListCredential")
    parts["type"].exactly("BitstringStatusListEntry", "type-unknown")
    parts["statusPurpose"].exactly("revocation")
    address = parts["statusListCredential"]
    if address.formed(_LIST, "https://example.org/statuses/gh/kumasi-hive.json")[2] != issuer:
        raise address.refused(f"it is not the status list of `{issuer}`")
    index = parts["statusListIndex"].formed(_INDEX, "4711")[0]
    if int(index) >= ENTRIES:
        raise parts["statusListIndex"].refused(f"a status list has {ENTRIES:,} entries")
    parts["id"].exactly(f"{address.value}#{index}")
    return address.text(), int(index)


def _proofs(node: Node) -> None:
    suites = [_proof(one) for one in node.items(1, 2)]
    if suites.count(SUITE) != 1 or suites.count(RDF_SUITE) > 1:
        raise node.refused(f"one proof `{SUITE}` belongs here, and at most one `{RDF_SUITE}`", "proof-missing")


def _proof(node: Node) -> str:
    parts = node.members("type cryptosuite created verificationMethod proofPurpose proofValue", "@context")
    parts["type"].exactly("DataIntegrityProof", "type-unknown")
    parts["proofPurpose"].exactly("assertionMethod")
    parts["created"].moment()
    parts["verificationMethod"].formed(_METHOD, f"{_DID_LIKE}#z6Mk…")
    parts["proofValue"].formed(_VALUE, "z3FXQ…")
    if (suite := parts["cryptosuite"].text()) not in (SUITE, RDF_SUITE):
        raise parts["cryptosuite"].refused(f"{shown(suite)} is no kind of signature that is known here")
    if (suite == SUITE or "@context" in parts) and node.value.get("@context") != list(contexts.ALL):
        raise node.refused("its contexts are not those of the credential", "context-differs")
    return suite
