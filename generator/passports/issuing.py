"""What a hub found in an assessment and its signer in; a credential that every reader here accepts out, or a fault.

Random ids, the free index of the status list and the time are parameters: the same terms give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from .. import signatures
from ..records import Competence, Hub
from ..signatures import Signer, rdf
from . import contexts, reading, statuses
from .reading import Carried
from .values import ASSESSMENT, Fault

_DESCRIPTION, _NARRATIVE, _NAME = 500, 1500, 300  # characters; what is longer is read on the competence's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What a credential is to say: who assessed whom in what, and how long it holds."""

    id: str
    hub: Hub
    competence: Competence
    holder: str
    level: int
    assessed_on: date
    valid_from: datetime
    status_index: int
    valid_until: datetime | None = None
    basis: str = ASSESSMENT
    note: str = ""
    name: str = ""
    language: str = "en"


def issued(award: Award, address: str, signer: Signer, at: datetime) -> Carried | Fault:
    """Return a hub's signed credential; `address` is that of the registry's site, `at` when it is signed."""
    if award.level not in [one.level for one in award.competence.levels]:
        return Fault("level-unknown", "", f"`{award.competence.id}` has no level {award.level}")
    document = unsigned(award, address)
    try:
        proof = signatures.sign_for(document, signer, award.hub.id, address, moment(at))
        return reading.credential(signatures.canonical(signatures.with_proof(document, proof)))
    except signatures.ReadError as error:
        return Fault("unreadable", "", str(error))


def signed_for_rdf(credential: Carried, signer: Signer, address: str, at: datetime) -> Carried | Fault:
    """Return the credential with the hub's second proof, for programs that know no other; a fault without the extra."""
    document = credential.document
    method = signatures.method_of(address, credential.claim.issuer, signer.public_key)
    try:
        proof = rdf.proved(document, signer, method, moment(at), contexts.known())
        return reading.credential(signatures.canonical(signatures.with_proof(document, proof)))
    except (signatures.ReadError, rdf.Unable) as error:
        return Fault("unreadable", "", str(error))


def unsigned(award: Award, address: str) -> dict[str, Any]:
    """Return the credential without a proof, for a level that the competence has."""
    site = f"{address.rstrip('/')}/"
    listed = statuses.address_of(address, award.hub.id)
    until = {} if award.valid_until is None else {"validUntil": moment(award.valid_until)}
    return {
        "@context": list(contexts.ALL),
        "id": award.id,
        "type": list(reading.TYPES),
        "name": _title(award),
        "issuer": {
            "id": signatures.method_of(address, award.hub.id, "").removesuffix("#"),
            "type": ["Profile"],
            "name": _cut(award.hub.name.into(award.language), _NAME),
        },
        "validFrom": moment(award.valid_from),
        **until,
        "credentialSubject": _subject(award, site),
        "credentialStatus": {
            "id": f"{listed}#{award.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(award.status_index),
            "statusListCredential": listed,
        },
    }


def _subject(award: Award, site: str) -> dict[str, Any]:
    person = {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": award.name}
    return {
        **({"id": award.holder} if award.holder else {}),
        "type": ["AchievementSubject"],
        **({"identifier": [person]} if award.name else {}),
        "achievement": _achievement(award, site),
        "competence": award.competence.id,
        "competenceVersion": award.competence.version,
        "level": award.level,
        "assessedOn": award.assessed_on.isoformat(),
        "basis": award.basis,
        **({"note": award.note} if award.note else {}),
    }


def _achievement(award: Award, site: str) -> dict[str, Any]:
    competence, language = award.competence, award.language
    label = competence.labels.into(language)
    level = next(one for one in competence.levels if one.level == award.level)
    about = label if competence.description is None else competence.description.into(language)
    reached = level.name if level.description is None else level.description
    criteria = [reached.into(language), *(one.into(language) for one in competence.criteria)]
    return {
        "id": f"{site}competences/{competence.id}/",
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": _cut(label, _NAME),
        "description": _cut(about, _DESCRIPTION),
        "criteria": {"narrative": _cut("; ".join(criteria), _NARRATIVE)},
        "version": str(competence.version),
    }


def _title(award: Award) -> str:
    level = next(one for one in award.competence.levels if one.level == award.level)
    names = (award.competence.labels.into(award.language), str(award.level), level.name.into(award.language))
    return _cut(" · ".join(names), _NAME)


def _cut(text: str, most: int) -> str:
    """Return a text of a record on one line, with an ellipsis where its end was left out."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def moment(at: datetime) -> str:
    """Return a moment as a credential writes it; a time without a zone is taken for UTC."""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return f"{aware.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
