"""A credential, a day, and a registry or its folder in; what is known of the credential there and then out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..passports import proving, statuses
from ..passports.reading import Carried
from ..passports.values import Evidence
from ..records import Hub
from ..registry import Registry
from ..signatures import Keys
from .hub_keys import keys_of


def evidence_of(known: Registry, carried: Carried, day: date) -> Evidence:
    """Return what a loaded registry says of a credential on a day."""
    issuer = known.get(Hub, carried.claim.issuer)
    keys = {} if issuer is None else {issuer.id: issuer.keys}
    source = known.read(statuses.path_of(issuer.id)) if issuer is not None else b""
    return _found(carried, keys, source or None, day)


def evidence_in(registry: Path, carried: Carried, day: date) -> Evidence:
    """Return what a registry's folder says of a credential on a day, of which only the issuer's files are read."""
    issuer = carried.claim.issuer
    return _found(carried, keys_of(registry, [issuer]), statuses.published(registry, issuer), day)


def _found(carried: Carried, keys: Keys, source: bytes | None, day: date) -> Evidence:
    return proving.evidence(carried, keys, day, statuses.standing(source, carried.claim, keys, day))
