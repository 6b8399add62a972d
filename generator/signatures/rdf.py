"""A JSON-LD document, the contexts that it may name, and a signer in; a proof of the suite eddsa-rdfc-2022 out, and why
one does not hold. The home of PyLD, which is an extra.

W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.2: Ed25519 over the RDF that the document stands for, in its one
canonical form (RDFC-1.0). That says nothing about terms that no context defines, nor about how the JSON is nested: so
such a proof stands beside one of eddsa-jcs-2022 and never alone. Who calls this has read the document strictly; a
graph of many nodes without a name may take hours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from .. import multikey
from . import keys, proofs
from .jcs import ReadError
from .keys import Signer
from .proofs import Document

SUITE = "eddsa-rdfc-2022"
Contexts = Mapping[str, Any]  # by address, each the JSON of a context; nothing else is ever looked up
# PyLD leaves these as they are, and RDFC-1.0 (section 5, canonical N-Quads) escapes them.
_UNESCAPED = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


class Unable(Exception):
    """PyLD is not there: nothing can be said about a proof of this suite."""


def is_able() -> bool:
    """Tell whether proofs of this suite can be made and checked here."""
    try:
        _normalize()
    except Unable:
        return False
    return True


def canonical(document: Document, contexts: Contexts) -> str:
    """Return the canonical RDF of a document, as N-Quads; raise `ReadError` when it has none, `Unable` without PyLD."""
    normalize, error = _normalize()
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _from(contexts)}
    try:
        found: str = normalize(dict(document), options)
    except (error, ValueError, RecursionError) as wrong:  # an address that is none is a ValueError
        raise ReadError(f"no RDF that can be signed: {_first(wrong)}") from wrong
    if _UNESCAPED.search(found):
        raise ReadError("no RDF that can be signed: a text holds control characters")
    return found


def hash_data(document: Document, proof: Document, contexts: Contexts) -> bytes:
    """Return the 64 bytes that are signed: the hash of the proof without its value, then that of the bare document."""
    config = {key: value for key, value in proof.items() if key != "proofValue"}
    config["@context"] = document.get("@context")
    texts = (canonical(part, contexts) for part in (config, proofs.bare(document)))
    try:
        return b"".join(hashlib.sha256(text.encode()).digest() for text in texts)
    except UnicodeError as error:
        raise ReadError("no RDF that can be signed: half a character") from error


def proved(document: Document, signer: Signer, method: str, created: str, contexts: Contexts) -> dict[str, Any]:
    """Return a proof of a document: `method` names the key, `created` is a time such as 2026-11-22T10:00:00Z."""
    config = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": proofs.PURPOSE,
    }
    return {**config, "proofValue": multikey.to_base58(signer.sign(hash_data(document, config, contexts)))}


def fault(document: Document, proof: Any, public_key: str, contexts: Contexts) -> str:
    """Return why a proof does not hold for a document under a public key, or "" when it does."""
    wrong = proofs.form_fault(proof, SUITE)
    if wrong:
        return wrong
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        return "its @context is not the document's"
    try:
        signature = multikey.from_base58(proof["proofValue"])
        holds = keys.is_valid(public_key, signature, hash_data(document, proof, contexts))
    except (ValueError, ReadError) as error:
        return str(error)
    return "" if holds else "the signature is not of this text: one of them was changed"


def _from(contexts: Contexts) -> Callable[[str, Any], dict[str, Any]]:
    """Return what PyLD asks for contexts. It keeps none of them: another caller's may differ under the same address."""

    def load(address: str, _: Any) -> dict[str, Any]:
        if address not in contexts:
            raise ReadError(f"the context `{address[:80]}` is none that is known here, and none is fetched")
        return {"contextUrl": None, "documentUrl": address, "document": contexts[address]}

    return load


def _first(error: BaseException) -> str:
    """Return the words of what was wrong to begin with."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error).partition("\n")[0][:200]


def _normalize() -> tuple[Callable[[dict[str, Any], dict[str, Any]], Any], type[Exception]]:
    try:
        from pyld import jsonld  # type: ignore[import-untyped]  # noqa: PLC0415 it takes a fifth of a second, and few documents need it
    except ImportError as error:
        raise Unable(f"signatures of the kind {SUITE} need one more package: pip install 'karakana[rdf]'") from error
    return jsonld.normalize, jsonld.JsonLdError
