"""A hub, a competence, a maker and the credentials that the tests of passports are about."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from generator import signatures
from generator.passports.issuing import Award, issued
from generator.passports.reading import Carried
from generator.records import Competence, Hub
from generator.records.base import build
from generator.records.hub import HubKey

SITE = "https://reg.example/of/makers/"
SIGNER, OTHER = signatures.signer(b"h" * 32), signatures.signer(b"o" * 32)
HUB = build(Hub, "gh/tamale-works", {"name": "Tamale Works", "kind": "makerspace", "location": {"locality": "Tamale"}})
FOREIGN = build(Hub, "ke/lake-lab", {"name": "Lake Lab", "kind": "fab-lab", "location": {"locality": "Kisumu"}})
COMPETENCE = build(
    Competence,
    "laser-operation",
    {
        "labels": {"en": "Laser cutter operation", "ar": "تشغيل القاطع الليزري"},
        "levels": [
            {"level": 1, "name": {"en": "inducted"}},
            {"level": 2, "name": {"en": "operator"}, "description": {"en": "may work alone on known tasks"}},
        ],
        "description": {"en": "Can cut and engrave\nwith a CO2 laser."},
        "criteria": [{"en": "names what must never be cut"}, {"en": "sets the focus"}],
        "version": 3,
    },
)
HOLDER = "urn:uuid:0a0e1c4e-96f4-4ad8-a01b-2cf0d5c2a7f1"
DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
AWARD = Award(
    id="urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10",
    hub=HUB,
    competence=COMPETENCE,
    holder=HOLDER,
    level=2,
    assessed_on=date(2026, 11, 18),
    valid_from=NOW,
    valid_until=datetime(2028, 11, 20, tzinfo=UTC),
    status_index=4711,
    note="CO2 lasers only",
    name="Adjoa N.",
)


def made(**changes: Any) -> Carried:
    """Return the sample credential with other terms."""
    found = issued(dataclasses.replace(AWARD, **changes), SITE, SIGNER, NOW)
    assert isinstance(found, Carried), found
    return found


def keys(**facts: Any) -> signatures.Keys:
    """Return the keys of the two hubs, the first with other facts than usual."""
    own = HubKey(**{"public_key": SIGNER.public_key, "valid_from": date(2026, 1, 1), **facts})
    other = HubKey(public_key=OTHER.public_key, valid_from=date(2026, 1, 1))
    return {HUB.id: (own,), FOREIGN.id: (other,)}
