"""A JSON document and a signer in; a proof of the suite eddsa-jcs-2022 out, and why one does not hold.

W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.3. A document with several proofs holds a proof *set*: each covers
the document without any of them, so parties sign in any order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .. import multikey
from . import keys
from .jcs import ReadError, canonical
from .keys import Signer

SUITE = "eddsa-jcs-2022"
PURPOSE = "assertionMethod"
Document = Mapping[str, Any]
_MEMBERS = ("@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)


def proved(document: Document, signer: Signer, method: str, created: str) -> dict[str, Any]:
    """Return a proof of a document: `method` names the key, `created` is a time such as 2026-11-22T10:00:00Z."""
    config: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    if "@context" in document:
        config["@context"] = document["@context"]
    return {**config, "proofValue": multikey.to_base58(signer.sign(hash_data(document, config)))}


def hash_data(document: Document, proof: Document) -> bytes:
    """Return the 64 bytes that are signed: the hash of the proof without its value, then that of the bare document."""
    config = {key: value for key, value in proof.items() if key != "proofValue"}
    return b"".join(hashlib.sha256(canonical(part)).digest() for part in (config, bare(document)))


def bare(document: Document) -> dict[str, Any]:
    """Return the document without its proofs."""
    return {key: value for key, value in document.items() if key != "proof"}


def proofs_of(document: Document) -> tuple[Any, ...]:
    """Return the proofs that a document carries, one or many, well made or not."""
    found = document.get("proof", ())
    return tuple(found) if isinstance(found, list | tuple) else (found,)


def with_proof(document: Document, proof: Document) -> dict[str, Any]:
    """Return the document with one more proof in its set."""
    return {**document, "proof": [*proofs_of(document), dict(proof)]}


def fault(document: Document, proof: Any, public_key: str) -> str:
    """Return why a proof does not hold for a document under a public key, or "" when it does."""
    wrong = form_fault(proof)
    if wrong:
        return wrong
    if "@context" in document and proof.get("@context") != document["@context"]:
        return "its @context is not the document's"
    try:
        signature = multikey.from_base58(proof["proofValue"])
        holds = keys.is_valid(public_key, signature, hash_data(document, proof))
    except (ValueError, ReadError) as error:
        return str(error)
    return "" if holds else "the signature is not of this text: one of them was changed"


def form_fault(proof: Any, suite: str = SUITE) -> str:
    """Return what a proof of a suite lacks before it can be looked at, or ""."""
    if not isinstance(proof, Mapping):
        return "it is no proof"
    expected = {"type": "DataIntegrityProof", "cryptosuite": suite, "proofPurpose": PURPOSE}
    for name, value in expected.items():
        if proof.get(name) != value:
            return f"its {name} is not `{value}`"
    for name in ("created", "verificationMethod", "proofValue"):
        if not isinstance(proof.get(name), str):
            return f"it has no {name}"
    if len(proof["proofValue"]) > 100 or not proof["proofValue"].startswith("z"):
        return "its proofValue is no signature"
    if more := sorted(str(name) for name in proof if name not in _MEMBERS):
        return f"it holds `{more[0][:40]}`, which says something that nobody here would heed"
    if not _TIME.fullmatch(proof["created"]):
        return "its time is not written like 2026-11-22T10:00:00Z"
    try:
        datetime.fromisoformat(proof["created"])
    except ValueError:
        return "its time is no day and hour of the calendar"
    return ""
