"""Hubs with keys in; what other programs need to check their signatures out: keys, issuers, and status lists.

`did:web:<host>:<path>:hubs:<country>:<hub>` stands for `hubs/<country>/<hub>/did.json` on the site. Karakana itself
reads the keys from the records. Addresses of contexts are names here: nothing fetches them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .. import signatures
from ..artifacts import Artifact
from ..passports import contexts, statuses
from ..records import Hub
from ..records.hub import HubKey
from ..registry import Registry
from .edition import Edition, address

DID, ISSUER = "did.json", "issuer.json"
CONTEXT = "contexts/passport-1.json"  # the end of its name, `contexts.OURS`
_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
_DID_TITLE = "Keys of a hub (DID document)"
_DID_HELP = (
    "The public keys of a hub as a DID document (W3C, Decentralized Identifiers 1.0 and Controlled Identifiers 1.0), "
    "where the method did:web looks for it. A key that is out of use has `expires` or `revoked`; a compromised one is "
    "no `assertionMethod`."
)
_ISSUER_TITLE = "A hub as an issuer (Open Badges Profile)"
_ISSUER_HELP = "A hub that issues credentials, as a Profile of Open Badges 3.0. Its `id` is the one in its credentials."
_STATUS_TITLE = "What a hub revoked (Bitstring Status List)"
_STATUS_HELP = (
    "The signed status list of a hub's credentials (W3C, Bitstring Status List 1.0). Bit 0 is the left-most. After "
    "`validUntil` it says nothing."
)
# Each form of file, for the reference of the open data: its page, where it lies, and what it is.
FORMS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("did-json", f"hubs/<country>/<hub>/{DID}", {"title": _DID_TITLE, "description": _DID_HELP}),
    ("issuer-json", f"hubs/<country>/<hub>/{ISSUER}", {"title": _ISSUER_TITLE, "description": _ISSUER_HELP}),
    ("status-json", "statuses/<country>/<hub>.json", {"title": _STATUS_TITLE, "description": _STATUS_HELP}),
)


def signing(edition: Edition) -> Iterator[Artifact]:
    """Yield the keys and the profile of each hub that has keys, and its status list where it published one."""
    for hub in edition.registry.all(Hub):
        if hub.keys:
            folder = address(Hub, hub.id)
            yield Artifact(folder + DID, _json(document(edition.settings.url, hub)))
            yield Artifact(folder + ISSUER, _json(profile(edition, hub)))
            yield from _status_list(edition.registry, hub.id)


def context() -> Iterator[Artifact]:
    """Yield the context of our own terms in credentials."""
    yield Artifact(CONTEXT, contexts.published())


def did_of(site: str, hub: str) -> str:
    """Return what a hub is called in its credentials, for a registry whose site has this address."""
    return signatures.method_of(site, hub, "").partition("#")[0]


def document(site: str, hub: Hub) -> dict[str, Any]:
    """Return the DID document of a hub, with every key that its record has.

    Who finds a key that was revoked compares the day with that of the signature. Nobody can do that with a compromised
    key, for the thief writes any day: such a key is shown, and signs nothing.
    """
    did = did_of(site, hub.id)
    return {
        "@context": _CONTEXTS,
        "id": did,
        "verificationMethod": [_method(did, key) for key in hub.keys],
        "assertionMethod": [f"{did}#{key.public_key}" for key in hub.keys if key.compromised_since is None],
    }


def _method(did: str, key: HubKey) -> dict[str, str]:
    """Return a key as a Multikey (Controlled Identifiers 1.0, section 2.2.2); its last day counts to its end."""
    method = {
        "id": f"{did}#{key.public_key}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": key.public_key,
    }
    if key.valid_until is not None:
        method["expires"] = f"{key.valid_until}T23:59:59Z"
    if ends := _ends(key):
        method["revoked"] = f"{min(ends)}T00:00:00Z"
    return method


def _ends(key: HubKey) -> list[date]:
    return [day for day in (key.revoked_on, key.compromised_since) if day is not None]


def profile(edition: Edition, hub: Hub) -> dict[str, Any]:
    """Return a hub as the issuer of its credentials, without a person's address."""
    place = {
        "type": ["Address"],
        "addressCountryCode": hub.country.upper(),
        "addressRegion": hub.location.region,
        "addressLocality": hub.location.locality,
    }
    about = {
        "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
        "id": did_of(edition.settings.url, hub.id),
        "type": ["Profile"],
        "name": edition.text(hub.name),
        "url": f"{edition.settings.url.rstrip('/')}/{address(Hub, hub.id)}",
        "description": edition.text(hub.summary),
        "address": {key: value for key, value in place.items() if value},
    }
    return {key: value for key, value in about.items() if value}


def _status_list(registry: Registry, hub: str) -> Iterator[Artifact]:
    """Yield a hub's list byte for byte; one that nobody could read is left out, and nothing stands in its place."""
    source = statuses.published(registry.root, hub)
    found = statuses.read(source) if source is not None else None
    if source is not None and isinstance(found, statuses.StatusList) and found.hub == hub:
        yield Artifact(statuses.path_of(hub), source)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
