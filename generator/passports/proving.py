"""A credential as it is carried, the hubs' keys and a day in; whether its issuer's signature counts on that day out.

A key counts if it was in force when the proof says that it was made. That day is only what the proof says, and a thief
writes any day: so a key that is compromised counts for nothing from then on, and the hub issues again.

A second proof, for programs that read RDF, is never needed and never ignored: who made it, and when, is held to the
same rules everywhere, and its signature wherever the extra `rdf` is installed. It can take validity away, not add it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from .. import signatures
from ..signatures import SUITE, Keys, rdf
from . import contexts
from .reading import RDF_SUITE, Carried
from .values import Evidence


class Proof(NamedTuple):
    """What was found out about a proof: a code, "" when it counts, and words for people."""

    code: str
    message: str = ""
    signed_on: date | None = None  # the day that the proof names
    public_key: str = ""


def proof_of(carried: Carried, keys: Keys, day: date) -> Proof:
    """Return whether the issuer's proof of a credential counts on a day, and if not why; so for a second one."""
    first = _named(carried, SUITE)
    if first is None:
        return Proof("proof-missing", f"no proof of it is `{SUITE}`")
    if first.get("@context") != carried.document.get("@context"):
        return Proof("context-differs", "the contexts of the proof are not those of the credential")
    found, second = _judged(carried, first, keys, day), _named(carried, RDF_SUITE)
    if found.code or second is None:
        return found
    other = _judged(carried, second, keys, day)
    return other._replace(message=f"the second signature: {other.message}") if other.code else found


def unchecked(carried: Carried) -> tuple[str, ...]:
    """Return the suites of the proofs whose signature cannot be checked here, for want of an extra."""
    return () if _named(carried, RDF_SUITE) is None or rdf.is_able() else (RDF_SUITE,)


def _named(carried: Carried, suite: str) -> Mapping[str, Any] | None:
    found = (one for one in signatures.proofs_of(carried.document) if isinstance(one, dict))
    return next((one for one in found if one.get("cryptosuite") == suite), None)


def _judged(carried: Carried, proof: Mapping[str, Any], keys: Keys, day: date) -> Proof:
    """Return whether a proof is the issuer's and counts on a day."""
    issuer = carried.claim.issuer
    hub, public_key = signatures.signed_by(proof)
    if hub != issuer or str(proof["verificationMethod"]).partition("#")[0] != carried.document["issuer"]["id"]:
        return Proof("issuer-differs", f"the issuer is `{issuer}`, and the proof is of `{hub or 'nobody'}`")
    signed_on = date.fromisoformat(proof["created"][:10])
    wrong, why = key_fault(keys, hub, public_key, signed_on=signed_on, day=day)
    if not wrong and (why := _signature_fault(carried, proof, hub, keys)):
        wrong = "signature-invalid"
    return Proof(wrong, why, signed_on, public_key)


def _signature_fault(carried: Carried, proof: Mapping[str, Any], hub: str, keys: Keys) -> str:
    if proof["cryptosuite"] == SUITE:
        return signatures.fault_of(carried.document, proof, hub, keys)
    if not rdf.is_able():
        return ""
    return rdf.fault(carried.document, proof, signatures.signed_by(proof)[1], contexts.known())


def key_fault(keys: Keys, hub: str, public_key: str, *, signed_on: date, day: date) -> tuple[str, str]:
    """Return a code and words for why a key does not speak for a hub on `day`, given when it signed; "" when it does.

    Stricter than for contracts, which people signed in each other's sight: see above.
    """
    if hub not in keys:
        return "issuer-unknown", f"no hub `{hub}` in the registry"
    known = [one for one in keys[hub] if one.public_key == public_key]
    if not known:
        return "key-unknown", f"the key is none of those in the record of `{hub}`"
    if any(one.compromised_since is not None and day >= one.compromised_since for one in known):
        return "key-compromised", f"others may have the key of `{hub}`; let the hub issue again with a new key"
    if signed_on > day:
        return "signed-later", f"it says that it was signed on {signed_on}, after {day}"
    if wrong := signatures.key_fault(keys, hub, public_key, signed_on):
        return "key-not-in-force", wrong
    return "", ""


def evidence(carried: Carried, keys: Keys, day: date, status: str) -> Evidence:
    """Return what a decision takes: the claim, whether its proof counts, and the code of its status."""
    proof = proof_of(carried, keys, day)
    return Evidence(carried.claim, proof.code, status, proof.signed_on, proof.public_key)
