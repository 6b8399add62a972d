"""A proof and the hubs' keys from the registry in; whether that hub's signature counts, and if not why, out.

Who has no hub takes part under its own key, as `did:key:z6Mk…` (W3C CCG, did:key): the name is the key, so there is
nothing to look up. That the name is the right one, the contract says in which it stands and which everybody signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..records.hub import HubKey
from . import proofs
from .keys import Signer

Keys = Mapping[str, tuple[HubKey, ...]]  # by the hub's id, as its record has them
OWN_KEY = "did:key:"  # before the multikey of a party without a hub
_HUBS = ":hubs:"


def method_of(address: str, hub: str, public_key: str) -> str:
    """Return the verification method (did:web) of a hub's key, for a registry whose site has this address.

    A party without a hub is its key (did:key), wherever the registry is.
    """
    if hub.startswith(OWN_KEY):
        return f"{hub}#{public_key}"
    parts = urlsplit(address)
    host = quote(parts.netloc, safe=".")  # did:web writes a port's colon as %3A
    path = "".join(f":{part}" for part in parts.path.split("/") if part)
    return f"did:web:{host}{path}{_HUBS}{hub.replace('/', ':')}#{public_key}"


def signed_by(proof: Any) -> tuple[str, str]:
    """Return the hub's id and the key that a proof names, or two empty texts.

    The registry's address in it is only where to look the hub up; the id decides, so a registry may move house.
    """
    method = proof.get("verificationMethod") if isinstance(proof, Mapping) else None
    if not isinstance(method, str) or not method.startswith(("did:web:", OWN_KEY)):
        return "", ""
    did, _, key = method.partition("#")
    if did.startswith(OWN_KEY):
        return did, key
    _, found, hub = did.rpartition(_HUBS)
    return (unquote(hub).replace(":", "/"), key) if found else ("", "")


def spoken_for(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the hubs that the proofs of a document name, whether these hold or not."""
    return tuple(signed_by(proof)[0] for proof in proofs.proofs_of(document))


def sign_for(document: Mapping[str, Any], signer: Signer, hub: str, address: str, at: str) -> dict[str, Any]:
    """Return a hub's proof of a document, made at a time."""
    return proofs.proved(document, signer, method_of(address, hub, signer.public_key), at)


def key_fault(keys: Keys, hub: str, public_key: str, day: date) -> str:
    """Return why a key does not speak for a hub on a day, or ""."""
    if hub.startswith(OWN_KEY):
        return "" if hub == f"{OWN_KEY}{public_key}" else f"the key is not the one that `{hub}` is named after"
    if hub not in keys:
        return f"no hub `{hub}` in the registry"
    known = [one for one in keys[hub] if one.public_key == public_key]
    if not known:
        return f"the key is none of those in the record of `{hub}`"
    if any(one.is_in_force(day) for one in known):
        return ""
    return f"the key of `{hub}` {_state(known[0], day)}, and the signature is dated {day}"


def _state(key: HubKey, day: date) -> str:
    if key.compromised_since is not None and day >= key.compromised_since:
        return f"is compromised since {key.compromised_since}"
    if key.revoked_on is not None and day >= key.revoked_on:
        return f"was revoked on {key.revoked_on}"
    if day < key.valid_from:
        return f"is valid from {key.valid_from} only"
    return f"was valid until {key.valid_until}"


def fault_of(document: Mapping[str, Any], proof: Any, hub: str, keys: Keys) -> str:
    """Return why a proof is not this hub's signature of the document, or "" when it is."""
    wrong = proofs.form_fault(proof)
    if wrong:
        return wrong
    named, public_key = signed_by(proof)
    if named != hub:
        return f"it is a signature of `{named or 'nobody'}`, not of `{hub}`"
    try:
        day = date.fromisoformat(proof["created"][:10])
    except ValueError:
        return "its time is no day of the calendar"
    return key_fault(keys, hub, public_key, day) or proofs.fault(document, proof, public_key)
