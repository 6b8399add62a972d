"""A name or none in; a credential as hubs issue it out. Its signature is no signature: only its form counts here."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from generator import multikey

SITE = "https://karakana-registry.github.io/karakana/"
CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    f"{SITE}contexts/passport-1.json",
]
HUB = "did:web:karakana-registry.github.io:karakana:hubs:gh:kumasi-makers"
LIST = f"{SITE}statuses/gh/kumasi-makers.json"
CRITERIA = (
    "may work alone on known tasks while somebody of level 3 or 4 is in the building",
    "names three materials that must not be cut, PVC among them, and says why",
    "checks extraction, air assist and lens before starting, and stays with the machine while it runs",
    "finds power and speed for an unknown sheet with a test grid",
    "cuts a slot joint that fits by hand after measuring the kerf",
    "shows what to do when the work piece catches fire",
)


def credential(name: str = "", seed: int = 0) -> dict[str, Any]:
    """Return a credential; other seeds give other random parts."""
    noise = hashlib.shake_256(f"sample {seed}".encode()).digest(128)
    ids = [f"urn:uuid:{uuid.UUID(bytes=noise[at : at + 16], version=4)}" for at in (0, 16)]
    who = {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": name}
    return {
        "@context": CONTEXT,
        "id": ids[0],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Laser cutter operation · 2 · operator",
        "issuer": {"id": HUB, "type": ["Profile"], "name": "Kumasi Makers Lab"},
        "validFrom": "2026-05-12T09:41:07Z",
        "validUntil": "2028-05-11T23:59:59Z",
        "credentialSubject": {
            "id": ids[1],
            "type": ["AchievementSubject"],
            **({"identifier": [who]} if name else {}),
            "achievement": {
                "id": f"{SITE}competences/laser-cutter-operation/",
                "type": ["Achievement"],
                "achievementType": "Competency",
                "name": "Laser cutter operation",
                "description": "Can cut and engrave sheet on a CO2 or diode laser safely and with good results.",
                "criteria": {"narrative": "; ".join(CRITERIA)},
                "version": "1",
            },
            "competence": "laser-cutter-operation",
            "competenceVersion": 1,
            "level": 2,
            "assessedOn": "2026-05-11",
            "basis": "assessment",
        },
        "credentialStatus": {
            "id": f"{LIST}#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": LIST,
        },
        "proof": [
            {
                "@context": CONTEXT,
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-jcs-2022",
                "created": "2026-05-12T09:41:07Z",
                "verificationMethod": f"{HUB}#{multikey.encode(noise[32:64])}",
                "proofPurpose": "assertionMethod",
                "proofValue": multikey.to_base58(noise[64:]),
            }
        ],
    }
