"""Open Badges become passports only where a hub, a competence and a level are known, and never name anybody."""

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry, schemas
from generator.checks.passports import ID_CHANGES
from generator.importers import open_badges
from generator.importers.drafts import Draft, Rejected, Row
from generator.importers.source import Source
from generator.importers.terms import Terms
from generator.records import Competence, Hub
from generator.registry import Registry

MINI = Path(__file__).parent / "mini" / "registry"
DAY = "2026-06-30"


@pytest.fixture(scope="module")
def mini() -> Registry:
    return registry.load(MINI, as_of=date(2026, 6, 30))


@pytest.fixture(scope="module")
def credential(mini: Registry) -> dict[str, Any]:
    """A badge of version 3 that a hub of the registry issued, with all the personal data that such a badge can hold."""
    hub = next(hub for hub in mini.all(Hub) if hub.website)
    competence = next(iter(mini.all(Competence)))
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": hub.website, "type": ["Profile"], "name": "Lab"},
        "validFrom": "2026-01-31T10:00:00Z",
        "validUntil": "2028-01-31T10:00:00Z",
        "name": "Badge of Ada Person",
        "credentialSubject": {
            "id": "did:example:ada", "type": ["AchievementSubject"], "name": "Ada Person",
            "identifier": [{"type": "IdentityObject", "identityHash": "ada@example.org", "hashed": False}],
            "achievement": {"id": "https://lab.example/a/1", "type": ["Achievement"],
                            "name": f"{competence.labels.into('en')}, level 2"},
        },
        "evidence": [{"id": "https://example.org/ada"}],
    }  # fmt: skip


def rows(known: Registry, value: Any, day: str = DAY, seed: str = "") -> list[Row]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(open_badges.read(Source("badges", content=content, retrieved=day, seed=seed), Terms(known)))


def test_a_badge_becomes_a_passport_without_the_person(mini: Registry, credential: dict[str, Any]) -> None:
    (found,) = rows(mini, credential)
    assert isinstance(found, Draft)
    assert schemas.validator("passport")(found.data)
    (one,) = found.data["credentials"]
    assert one["level"] == 2
    assert (one["assessed_on"], one["valid_until"]) == ("2026-01-01", "2028-01-31")
    assert found.data["consent_on"] == "2026-06-01"
    assert "ada" not in json.dumps([found.id, found.data]).lower()


def test_it_says_that_nothing_was_verified_and_who_must_agree(mini: Registry, credential: dict[str, Any]) -> None:
    (found,) = rows(mini, credential)
    assert isinstance(found, Draft)
    assert any("not verified" in note for note in found.notes)
    assert any("holder asked for it" in note for note in found.notes)


def test_its_id_tells_nothing_and_stays(mini: Registry, credential: dict[str, Any]) -> None:
    ids = set()
    for number in range(50):
        again = {**credential, "id": f"urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a{number:02}"}
        (first,), (second,) = rows(mini, again), rows(mini, again)
        assert isinstance(first, Draft)
        assert isinstance(second, Draft)
        assert first.id == second.id
        pairs = zip(first.id, first.id[1:], strict=False)
        assert sum(one.isdigit() != other.isdigit() for one, other in pairs) >= ID_CHANGES
        ids.add(first.id)
    assert len(ids) == 50


@pytest.mark.parametrize("id", ["urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a10", "http://example.com/assertions/7", ""])
def test_nobody_who_has_the_badge_finds_the_record(mini: Registry, credential: dict[str, Any], id: str) -> None:
    known = {**credential, "id": id}
    (found,), (again,) = rows(mini, known), rows(mini, known, seed="another run")
    assert isinstance(found, Draft)
    assert isinstance(again, Draft)
    assert schemas.validator("passport")(found.data)
    assert found.data["credentials"][0]["id"] not in (id, again.data["credentials"][0]["id"])
    assert found.id != again.id
    assert "example" not in json.dumps(found.data)


def test_a_signed_text_is_read(mini: Registry, credential: dict[str, Any]) -> None:
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in ({"alg": "EdDSA"}, credential)]
    signed = b".".join([*parts, b"c2ln"])
    assert open_badges.recognises(signed, "badge.jwt")
    (found,) = rows(mini, signed)
    assert isinstance(found, Draft)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"revoked": True, "revocationReason": "mistake"}, "revoked: mistake"),
        ({"issuer": "https://nobody.example"}, "no hub of this registry"),
        ({"credentialSubject": {"achievement": {"name": "Juggling, level 2"}}}, "no competence"),
        ({"credentialSubject": {}}, "broken"),
        ({"validFrom": "yesterday"}, "no date"),
        ({"type": "BadgeClass"}, "a badge class"),
        ({"type": ["Profile"]}, "a profile"),
        ({"type": 7}, "no credential"),
    ],
)
def test_a_badge_that_cannot_count_has_a_reason(
    mini: Registry, credential: dict[str, Any], changes: dict[str, Any], reason: str
) -> None:
    (found,) = rows(mini, {**credential, **changes})
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_no_level_is_guessed(mini: Registry, credential: dict[str, Any]) -> None:
    subject = credential["credentialSubject"]
    name = subject["achievement"]["name"].partition(",")[0]
    (found,) = rows(mini, {**credential, "credentialSubject": {**subject, "achievement": {"name": name}}})
    assert isinstance(found, Rejected)
    assert "no level" in found.reason


def test_consent_needs_a_day(mini: Registry, credential: dict[str, Any]) -> None:
    (found,) = rows(mini, credential, day="2026")
    assert isinstance(found, Rejected)
    assert "consent" in found.reason


VERSION_2 = {
    "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://lab.example/assertions/1",
    "recipient": {"type": "email", "hashed": True, "salt": "sea", "identity": "sha256$ecf5409f"},
    "issuedOn": "2026-01-31T10:00:00+00:00", "verification": {"type": "hosted"},
}  # fmt: skip


def test_a_badge_of_version_2_with_its_class_inside(mini: Registry, credential: dict[str, Any]) -> None:
    name = credential["credentialSubject"]["achievement"]["name"]
    badge = {"type": "BadgeClass", "name": name, "issuer": {"type": "Profile", "url": credential["issuer"]["id"]}}
    (found,) = rows(mini, {**VERSION_2, "badge": badge})
    assert isinstance(found, Draft)
    assert "sha256" not in json.dumps([found.id, found.data])


def test_a_badge_of_version_2_whose_class_is_elsewhere(mini: Registry) -> None:
    (found,) = rows(mini, {**VERSION_2, "badge": "https://lab.example/class/1"})
    assert isinstance(found, Rejected)
    assert "stands elsewhere" in found.reason


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"eyJh.eyJh.x", b"\xff\xfe"])
def test_what_cannot_be_read_does_no_harm(mini: Registry, content: bytes) -> None:
    assert all(isinstance(row, Rejected) for row in rows(mini, content))
