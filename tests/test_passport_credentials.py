"""Credentials: what is issued is read and counts, and nothing that was changed anywhere does."""

import copy
import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import schemas, signatures, unseen
from generator.passports import bits, contexts, issuing, presentation, proving, reading
from generator.passports.presentation import Passport
from generator.passports.reading import Carried
from generator.passports.values import Claim, Fault
from tests.passport_samples import (
    AWARD,
    DAY,
    FOREIGN,
    HOLDER,
    HUB,
    NOW,
    OTHER,
    SIGNER,
    SITE,
    keys,
    made,
)  # fmt: skip

SAMPLE = made()
DOCUMENT: dict[str, Any] = dict(SAMPLE.document)
Path = tuple[str | int, ...]


def dumped(data: Any) -> bytes:
    return json.dumps(data).encode()


def outcome(source: bytes, day: date = DAY) -> str:
    """Return the code for which a credential does not count, or ""."""
    found = reading.credential(source)
    return found.code if isinstance(found, Fault) else proving.proof_of(found, keys(), day).code


def signed(document: dict[str, Any], signer: signatures.Signer = SIGNER, hub: str = HUB.id) -> bytes:
    """Return a document with a hub's fresh proof in the place of the old one."""
    bare = {key: value for key, value in document.items() if key != "proof"}
    proof = signatures.sign_for(bare, signer, hub, SITE, "2026-11-20T09:30:00Z")
    return dumped(signatures.with_proof(bare, proof))


def test_a_credential_says_what_the_hub_found() -> None:
    assert outcome(dumped(DOCUMENT)) == ""
    assert SAMPLE.claim == Claim(
        id=AWARD.id, issuer="gh/tamale-works", holder=HOLDER, name="Adjoa N.", competence="laser-operation", version=3,
        level=2, assessed_on=date(2026, 11, 18), valid_from=NOW, valid_until=AWARD.valid_until, basis="assessment",
        note="CO2 lasers only", status_list=f"{SITE}statuses/gh/tamale-works.json", status_index=4711,
    )  # fmt: skip
    assert DOCUMENT["issuer"]["id"] == "did:web:reg.example:of:makers:hubs:gh:tamale-works"
    assert DOCUMENT["name"] == "Laser cutter operation · 2 · operator"
    achievement = DOCUMENT["credentialSubject"]["achievement"]
    assert achievement["description"] == "Can cut and engrave with a CO2 laser."
    expected = "may work alone on known tasks; names what must never be cut; sets the focus"
    assert achievement["criteria"]["narrative"] == expected


def test_the_evidence_names_the_key_and_the_day() -> None:
    found = proving.evidence(SAMPLE, keys(), DAY, "revoked")
    assert (found.claim, found.proof, found.status) == (SAMPLE.claim, "", "revoked")
    assert (found.signed_on, found.public_key) == (date(2026, 11, 20), SIGNER.public_key)


# What was changed anywhere


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from paths(one, (*path, key))


def at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def with_value(path: Path, value: Any) -> Any:
    if not path:
        return value
    data = copy.deepcopy(DOCUMENT)
    at(data, path[:-1])[path[-1]] = value
    return data


def without(path: Path) -> Any:
    data = copy.deepcopy(DOCUMENT)
    del at(data, path[:-1])[path[-1]]
    return data


def others(value: Any) -> list[Any]:
    """Return values that somebody might put in the place of a value."""
    common: list[Any] = [None, [], {}, "", 0, -1, True, [value], {"id": value}]
    if isinstance(value, bool):
        return [*common, "false"]
    if isinstance(value, int):
        return [*common, value + 1, value - 1, value + 0.5, str(value), value * 10]
    if isinstance(value, str):
        changed = (f"{value}x", f"x{value}", value[1:], value[:-1], f"{value} ", f"{value}\n", value.swapcase())
        return [*common, *(one for one in changed if one != value)]
    if isinstance(value, list):
        return [*common, [*value, *value], [*value, "x"], value[1:]] + ([value[::-1]] if len(value) > 1 else [])
    return [*common, {**value, "x": 1}, {**value, "@id": "x"}, {**value, "@context": []}, {**value, "Type": "x"}]


@pytest.mark.parametrize("path", list(paths(DOCUMENT)), ids=lambda path: "/".join(map(str, path)) or "all")
def test_no_change_at_any_place_is_accepted(path: Path) -> None:
    value = at(DOCUMENT, path)
    for other in others(value):
        assert outcome(dumped(with_value(path, other))), (path, other)
    if path:
        assert outcome(dumped(without(path)))


@pytest.mark.parametrize("path", [path for path in paths(DOCUMENT) if path and isinstance(path[-1], str)])
def test_no_name_may_stand_twice_anywhere(path: Path) -> None:
    mark = "\ue000"
    for value in (at(DOCUMENT, path), "x"):
        inner = json.dumps(at(DOCUMENT, path[:-1]))[:-1] + f", {json.dumps(path[-1])}: {json.dumps(value)}}}"
        source = json.dumps(with_value(path[:-1], mark)) if path[:-1] else json.dumps(mark)
        text = source.replace(json.dumps(mark), inner)
        found = reading.credential(text.encode())
        assert isinstance(found, Fault)
        assert (found.code, "stands twice" in found.message) == ("unreadable", True)


@pytest.mark.parametrize("path", list(paths(DOCUMENT)), ids=lambda path: "/".join(map(str, path)) or "all")
def test_what_is_signed_is_read_strictly_too(path: Path) -> None:
    """A hub's own key does not make a term mean something: whoever adds one signs in vain."""
    value = at(DOCUMENT, path)
    if isinstance(value, dict) and path[:1] != ("proof",):
        for name in ("x", "@id", "@context", "evidence", "__proto__", "Name"):
            found = outcome(signed(with_value(path, {**value, name: "x"})))
            assert found in ("term-unknown", "context-unknown"), (path, name, found)


# Who signed


def test_a_forger_has_no_key_of_the_hub() -> None:
    forged = signatures.proved(signatures_bare(), OTHER, f"{DID}#{OTHER.public_key}", "2026-11-20T09:30:00Z")
    assert outcome(with_proofs(forged)) == "key-unknown"
    stolen_name = signatures.proved(signatures_bare(), OTHER, f"{DID}#{SIGNER.public_key}", "2026-11-20T09:30:00Z")
    assert outcome(with_proofs(stolen_name)) == "signature-invalid"
    assert outcome(signed(DOCUMENT, OTHER, FOREIGN.id)) == "issuer-differs"
    elsewhere = signatures.proved(
        signatures_bare(),
        OTHER,
        f"did:web:evil.example:hubs:gh:tamale-works#{SIGNER.public_key}",
        "2026-11-20T09:30:00Z",
    )
    assert outcome(with_proofs(elsewhere)) == "issuer-differs"
    own = signatures.sign_for(signatures_bare(), OTHER, f"did:key:{OTHER.public_key}", SITE, "2026-11-20T09:30:00Z")
    assert outcome(with_proofs(own)) == "term-invalid"


DID = "did:web:reg.example:of:makers:hubs:gh:tamale-works"


def signatures_bare() -> dict[str, Any]:
    return {key: value for key, value in DOCUMENT.items() if key != "proof"}


def with_proofs(*proofs: Any) -> bytes:
    return dumped({**DOCUMENT, "proof": list(proofs)})


def test_another_hub_cannot_point_to_its_own_list_or_speak_for_this_one() -> None:
    assert (
        outcome(signed(with_value(("issuer", "id"), DID.replace("gh:tamale-works", "ke:lake-lab")))) == "term-invalid"
    )
    there = with_value(("credentialStatus", "statusListCredential"), f"{SITE}statuses/ke/lake-lab.json")
    there["credentialStatus"]["id"] = f"{SITE}statuses/ke/lake-lab.json#4711"
    assert outcome(signed(there)) == "term-invalid"


CREATED = date(2026, 11, 20)
KEYS: list[tuple[dict[str, Any], date, str]] = [
    ({}, DAY, ""),
    ({}, CREATED, ""),
    ({}, CREATED - timedelta(1), "signed-later"),
    ({"valid_from": CREATED}, DAY, ""),
    ({"valid_from": CREATED + timedelta(1)}, DAY, "key-not-in-force"),
    ({"valid_until": CREATED}, DAY, ""),
    ({"valid_until": CREATED - timedelta(1)}, DAY, "key-not-in-force"),
    ({"revoked_on": CREATED}, DAY, "key-not-in-force"),
    ({"revoked_on": CREATED + timedelta(1)}, DAY, ""),
    ({"compromised_since": DAY}, DAY, "key-compromised"),
    ({"compromised_since": CREATED - timedelta(300)}, DAY, "key-compromised"),
    ({"compromised_since": DAY + timedelta(1)}, DAY, ""),
    ({"compromised_since": DAY, "revoked_on": DAY}, DAY, "key-compromised"),
    ({"public_key": OTHER.public_key}, DAY, "key-unknown"),
]


@pytest.mark.parametrize(("facts", "day", "code"), KEYS)
def test_a_key_counts_while_it_is_in_force_and_never_once_it_is_compromised(
    facts: dict[str, Any], day: date, code: str
) -> None:
    found = proving.proof_of(SAMPLE, keys(**facts), day)
    assert (found.code, bool(found.message)) == (code, bool(code))


def test_a_thief_who_writes_an_earlier_day_gains_nothing() -> None:
    proof = signatures.sign_for(signatures_bare(), SIGNER, HUB.id, SITE, "2026-02-01T00:00:00Z")
    early = reading.credential(with_proofs(proof))
    assert isinstance(early, Carried)
    assert proving.proof_of(early, keys(), DAY).code == ""
    assert proving.proof_of(early, keys(compromised_since=date(2026, 6, 1)), DAY).code == "key-compromised"


def test_a_key_with_two_periods_is_compromised_when_either_is() -> None:
    (one,) = keys()[HUB.id]
    bad = dataclasses.replace(one, compromised_since=date(2026, 2, 1))
    for both in ((one, bad), (bad, one)):
        assert proving.proof_of(SAMPLE, {HUB.id: both}, DAY).code == "key-compromised"


def test_a_hub_that_the_registry_does_not_know_proves_nothing() -> None:
    assert proving.proof_of(SAMPLE, {}, DAY).code == "issuer-unknown"
    assert proving.proof_of(SAMPLE, {HUB.id: ()}, DAY).code == "key-unknown"


def test_a_second_proof_may_be_of_the_other_suite_only() -> None:
    (first,) = DOCUMENT["proof"]
    twice = issuing.signed_for_rdf(SAMPLE, SIGNER, SITE, NOW)
    assert isinstance(twice, Carried)
    other = twice.document["proof"][1]
    for good in (other, {**other, "@context": first["@context"]}):
        assert outcome(with_proofs(first, good)) == ""
        assert outcome(with_proofs(good, first)) == ""
    for proofs in ([first, first], [other], [other, other], [first, other, other]):
        assert outcome(with_proofs(*proofs)) in ("proof-missing", "term-invalid")
    assert outcome(with_proofs(first, {**other, "x": 1})) == "term-unknown"
    assert outcome(with_proofs({key: value for key, value in first.items() if key != "@context"})) == "context-differs"
    assert outcome(with_proofs({**first, "@context": [*contexts.ALL, "https://evil.example/"]})) == "context-differs"


def test_proving_does_not_rely_on_reading() -> None:
    for changed, code in (
        ({**DOCUMENT, "proof": []}, "proof-missing"),
        ({**DOCUMENT, "@context": [*contexts.ALL[::-1]]}, "context-differs"),
        ({**DOCUMENT, "issuer": {"id": "did:web:other.example:hubs:gh:tamale-works"}}, "issuer-differs"),
        ({**DOCUMENT, "name": "x"}, "signature-invalid"),
    ):
        assert proving.proof_of(Carried(SAMPLE.claim, changed), keys(), DAY).code == code


# What cannot be read


CONTEXTS = [
    [],
    list(contexts.ALL[:2]),
    [*contexts.ALL, "https://evil.example/ctx"],
    [*contexts.ALL, {"level": "https://evil.example/#other"}],
    [contexts.ALL[1], contexts.ALL[0], contexts.ALL[2]],
    [contexts.ALL[0], contexts.ALL[2], contexts.ALL[1]],
    [*contexts.ALL, contexts.ALL[2]],
    [one.replace("https:", "http:") for one in contexts.ALL],
    contexts.ALL[0],
    {"@vocab": "https://evil.example/#"},
    None,
]


@pytest.mark.parametrize("context", CONTEXTS)
def test_only_the_three_contexts_in_their_order_are_accepted(context: Any) -> None:
    found = reading.credential(signed({**DOCUMENT, "@context": context}))
    assert isinstance(found, Fault)
    assert (found.code, found.place) == ("context-unknown", "/@context")


def nested(depth: int) -> Any:
    found: Any = 1
    for _ in range(depth):
        found = {"x": found}
    return found


SOURCES: list[tuple[bytes, str]] = [
    (b"", "unreadable"),
    (b"{", "unreadable"),
    (dumped(DOCUMENT)[:-1], "unreadable"),
    (dumped(DOCUMENT) + b"x", "unreadable"),
    (b"\xef\xbb\xbf" + dumped(DOCUMENT), "unreadable"),
    (json.dumps(DOCUMENT).encode("utf-16"), "unreadable"),
    (json.dumps(DOCUMENT).encode("utf-16-le"), "unreadable"),
    (json.dumps(DOCUMENT).encode("utf-32"), "unreadable"),
    (dumped({**DOCUMENT, "x": float("nan")}), "unreadable"),
    (dumped({**DOCUMENT, "x": float("inf")}), "unreadable"),
    (dumped(DOCUMENT).replace(b'"level": 2', b'"level": 1e999'), "unreadable"),
    (dumped(DOCUMENT).replace(b'"level": 2', b'"level": ' + b"9" * 5000), "unreadable"),
    (dumped(DOCUMENT).replace(b"Adjoa", b"\\ud800"), "unreadable"),
    (dumped(DOCUMENT).replace(b"Adjoa", b"\xc3"), "unreadable"),
    (dumped(DOCUMENT) + b" " * reading.LIMIT_BYTES, "too-large"),
    (dumped({**DOCUMENT, "x": nested(12)}), "too-deep"),
    (dumped({**DOCUMENT, "x": nested(70)}), "unreadable"),
    (b'{"credentialSubject":' * 700 + b"1" + b"}" * 700, "unreadable"),
    (b"null", "not-a-credential"),
    (b"[]", "not-a-credential"),
    (b'"eyJhbGciOiJFZERTQSJ9.e30.x"', "not-a-credential"),
    (b"eyJhbGciOiJFZERTQSJ9.e30.x", "unreadable"),
    (dumped(nested(3)), "not-a-credential"),
]


@pytest.mark.parametrize(("source", "code"), SOURCES)
def test_what_is_no_credential_is_told(source: bytes, code: str) -> None:
    found = reading.credential(source)
    assert isinstance(found, Fault)
    assert (found.code, bool(found.message)) == (code, True)


def test_names_without_end_are_refused_quickly() -> None:
    names = ",".join(f'"{at:x}":1' for at in range(60_000))
    assert isinstance(presentation.opened(f'{{{names},"ffff":1,"0":1}}'.encode()), Fault)


def test_one_number_has_one_meaning() -> None:
    """The signature is of the canonical form, in which 2.0 is 2: so that form is read, as a browser reads it."""
    for spelling in (b"2.0", b"2e0", b"20e-1"):
        found = reading.credential(dumped(DOCUMENT).replace(b'"level": 2', b'"level": ' + spelling))
        assert isinstance(found, Carried)
        assert (found.claim, type(found.claim.level)) == (SAMPLE.claim, int)
        assert proving.proof_of(found, keys(), DAY).code == ""


SUBJECT = ("credentialSubject",)
FORMS: list[tuple[Path, Any, str]] = [
    (("type",), ["OpenBadgeCredential", "VerifiableCredential"], "type-unknown"),
    (("type",), ["VerifiableCredential", "AchievementCredential"], "type-unknown"),
    (("type",), ["VerifiableCredential", "OpenBadgeCredential", "x"], "type-unknown"),
    (("id",), "https://example.org/credentials/1", "term-invalid"),
    (("id",), "urn:uuid:8A2F8F2E-2D60-4B4D-9A5E-0D1F6F0F4A10", "term-invalid"),
    (("name",), "a\u202eb", "term-invalid"),
    (("name",), "a\nb", "term-invalid"),
    (("name",), "x" * 301, "term-invalid"),
    (("issuer",), DID, "term-invalid"),
    (("issuer", "id"), f"{DID}#{SIGNER.public_key}", "term-invalid"),
    (("issuer", "id"), DID.replace("gh:tamale", "gh%3Atamale"), "term-invalid"),
    (("issuer", "id"), f"did:key:{SIGNER.public_key}", "term-invalid"),
    (("issuer", "type"), "Profile", "type-unknown"),
    (("validFrom",), "2026-11-20", "term-invalid"),
    (("validFrom",), "2026-11-20T09:30:00+00:00", "term-invalid"),
    (("validFrom",), "2026-11-20T09:30:00.5Z", "term-invalid"),
    (("validFrom",), "2026-02-30T09:30:00Z", "term-invalid"),
    (("validFrom",), "2026-11-20T24:00:00Z", "term-invalid"),
    (("validFrom",), "\u0662026-11-20T09:30:00Z", "term-invalid"),
    (("validUntil",), "2026-11-20T09:29:59Z", "dates-out-of-order"),
    ((*SUBJECT, "assessedOn"), "2028-11-21", "dates-out-of-order"),
    ((*SUBJECT, "assessedOn"), "2026-11-18Z", "term-invalid"),
    ((*SUBJECT, "level"), 0, "term-invalid"),
    ((*SUBJECT, "level"), 10, "term-invalid"),
    ((*SUBJECT, "level"), True, "term-invalid"),
    ((*SUBJECT, "level"), "2", "term-invalid"),
    ((*SUBJECT, "level"), 1.5, "term-invalid"),
    ((*SUBJECT, "competence"), "Laser", "term-invalid"),
    ((*SUBJECT, "competence"), "lathe-operation", "term-invalid"),
    ((*SUBJECT, "competence"), "../laser", "term-invalid"),
    ((*SUBJECT, "competenceVersion"), 4, "term-invalid"),
    ((*SUBJECT, "basis"), "hearsay", "term-invalid"),
    ((*SUBJECT, "basis"), ["assessment"], "term-invalid"),
    ((*SUBJECT, "type"), ["AchievementSubject", "x"], "type-unknown"),
    ((*SUBJECT, "id"), "did:example:ebfeb1f712ebc6f1c276e12ec21", "term-invalid"),
    ((*SUBJECT, "identifier", 0, "hashed"), True, "term-invalid"),
    ((*SUBJECT, "identifier", 0, "hashed"), 0, "term-invalid"),
    ((*SUBJECT, "identifier", 0, "identityType"), "emailAddress", "term-invalid"),
    ((*SUBJECT, "achievement", "id"), f"{SITE}competences/laser-operation", "term-invalid"),
    ((*SUBJECT, "achievement", "id"), "javascript://x/competences/laser-operation/", "term-invalid"),
    ((*SUBJECT, "achievement", "id"), f"{SITE}?competences/laser-operation/", "term-invalid"),
    ((*SUBJECT, "achievement", "criteria"), {"id": "https://example.org/"}, "term-unknown"),
    (("credentialStatus", "type"), "StatusList2021Entry", "type-unknown"),
    (("credentialStatus", "statusPurpose"), "suspension", "term-invalid"),
    (("credentialStatus", "statusListIndex"), 4711, "term-invalid"),
    (("credentialStatus", "statusListIndex"), "04711", "term-invalid"),
    (("credentialStatus", "statusListIndex"), "131072", "term-invalid"),
    (("credentialStatus", "statusListIndex"), "4712", "term-invalid"),
    (("credentialStatus",), [DOCUMENT["credentialStatus"]], "term-invalid"),
    (("proof",), DOCUMENT["proof"][0], "term-invalid"),
    (("proof",), [], "term-invalid"),
    (("proof", 0, "proofPurpose"), "authentication", "term-invalid"),
    (("proof", 0, "cryptosuite"), "ecdsa-jcs-2019", "term-invalid"),
    (("proof", 0, "expires"), "2027-01-01T00:00:00Z", "term-unknown"),
]


@pytest.mark.parametrize(("path", "value", "code"), FORMS)
def test_every_term_has_one_form(path: Path, value: Any, code: str) -> None:
    document = with_value(path, value)
    source = dumped(document) if path[0] == "proof" else signed(document)
    found = reading.credential(source)
    assert isinstance(found, Fault)
    assert found.code == code
    place = "/" + "/".join(map(str, path))
    assert place.startswith(found.place) or found.place.startswith(place.rpartition("/")[0])
    assert not unseen.fault(found.message)


@pytest.mark.parametrize(("path", "value", "code"), FORMS)
def test_the_published_schema_refuses_what_the_reading_refuses(path: Path, value: Any, code: str) -> None:
    """What two terms owe each other, and what cannot be seen, a schema does not tell."""
    is_beyond = code == "dates-out-of-order" or value in ("a\u202eb", "4712", "131072", "lathe-operation", 4)
    assert schemas.published("credential")(with_value(path, value)) == is_beyond


def test_the_published_schema_accepts_what_is_issued() -> None:
    valid = schemas.published("credential")
    (first,) = DOCUMENT["proof"]
    other = {key: value for key, value in first.items() if key != "@context"} | {"cryptosuite": reading.RDF_SUITE}
    for good in (DOCUMENT, made(holder="", valid_until=None).document, {**DOCUMENT, "proof": [other, first]}):
        assert valid(good)
    for proofs in ([other], [first, first], [other, {**first, "@context": None}]):
        assert not valid({**DOCUMENT, "proof": proofs})


def test_a_message_holds_nothing_that_works_on_a_terminal() -> None:
    found = reading.credential(signed({**DOCUMENT, "\x1b[2J\u202e`": "x"}))
    assert isinstance(found, Fault)
    assert found == Fault("term-unknown", "", "the term `\ufffd[2J\ufffd\ufffd` is none that stands here")


def test_somebody_must_be_meant_and_a_list_is_not_owed() -> None:
    nobody = {key: value for key, value in DOCUMENT["credentialSubject"].items() if key not in ("id", "identifier")}
    assert outcome(signed({**DOCUMENT, "credentialSubject": nobody})) == "holder-missing"
    bare = {key: value for key, value in DOCUMENT.items() if key not in ("credentialStatus", "validUntil")}
    found = reading.credential(signed(bare))
    assert isinstance(found, Carried)
    assert (found.claim.status_list, found.claim.status_index, found.claim.valid_until) == ("", -1, None)
    named = made(holder="")
    assert (named.claim.holder, named.claim.name) == ("", "Adjoa N.")
    assert made(name="", note="").claim.name == ""


BADGE_3: dict[str, Any] = {
    "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
    "id": "https://badges.example/credentials/12",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://badges.example/issuers/7", "type": ["Profile"], "name": "A school"},
    "validFrom": "2026-01-01T00:00:00Z",
    "name": "Soldering",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://badges.example/achievements/soldering", "type": ["Achievement"], "name": "Soldering",
            "description": "Can solder.", "criteria": {"narrative": "Soldered."},
        },
    },
}  # fmt: skip
BADGE_2 = {
    "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://badges.example/a/1",
    "recipient": {"type": "email", "hashed": True, "identity": "sha256$00"}, "badge": "https://badges.example/b/1",
}  # fmt: skip
BADGES: list[tuple[dict[str, Any], str, str]] = [
    (BADGE_3, "context-unknown", "/@context"),
    (
        {**BADGE_3, "@context": ["https://www.w3.org/2018/credentials/v1", *contexts.ALL[1:]]},
        "context-unknown",
        "/@context",
    ),
    ({**BADGE_3, "@context": list(contexts.ALL), "type": [*reading.TYPES, "x"]}, "type-unknown", "/type"),
    ({**BADGE_3, "@context": list(contexts.ALL)}, "proof-missing", ""),
    ({**BADGE_3, "@context": list(contexts.ALL), "proof": []}, "term-invalid", "/issuer/id"),
    (BADGE_2, "not-a-credential", ""),
]


@pytest.mark.parametrize(("badge", "code", "place"), BADGES)
def test_badges_of_others_are_refused_in_words(badge: dict[str, Any], code: str, place: str) -> None:
    found = presentation.opened(dumped(badge))
    assert isinstance(found, Fault)
    assert (found.code, found.place) == (code, place)


# Several of one holder


def several(*found: Any, **changes: Any) -> bytes:
    data = {
        "@context": [contexts.CREDENTIALS], "type": ["VerifiablePresentation"], "holder": HOLDER,
        "verifiableCredential": list(found), **changes,
    }  # fmt: skip
    return dumped(data)


SECOND = made(id="urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a11", level=1)
STRANGER = made(id="urn:uuid:8a2f8f2e-2d60-4b4d-9a5e-0d1f6f0f4a12", holder=AWARD.id)


def test_a_passport_is_one_credential_or_several_of_one_holder() -> None:
    assert presentation.opened(dumped(DOCUMENT)) == Passport(HOLDER, (SAMPLE,))
    whole = presentation.presented([SECOND, SAMPLE, SECOND])
    assert presentation.opened(dumped(whole)) == Passport(HOLDER, (SECOND, SAMPLE))


def test_a_credential_that_cannot_be_read_does_not_hide_the_others() -> None:
    found = presentation.opened(several(BADGE_3, SAMPLE.document, {**DOCUMENT, "x": 1}, None))
    assert isinstance(found, Passport)
    assert found.credentials == (SAMPLE,)
    assert [(one.code, one.place) for one in found.faults] == [
        ("context-unknown", "/verifiableCredential/0/@context"),
        ("term-unknown", "/verifiableCredential/2"),
        ("not-a-credential", "/verifiableCredential/3"),
    ]


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        (several(DOCUMENT, STRANGER.document), "holder-differs", "/verifiableCredential/1"),
        (several(DOCUMENT, holder=AWARD.id), "holder-differs", "/verifiableCredential/0"),
        (several(made(holder="").document), "holder-differs", "/verifiableCredential/0"),
        (several(DOCUMENT, proof=[]), "term-unknown", ""),
        (several(DOCUMENT, id="urn:x"), "term-unknown", ""),
        (several(DOCUMENT, type="VerifiablePresentation"), "type-unknown", "/type"),
        (several(DOCUMENT, **{"@context": list(contexts.ALL)}), "context-unknown", "/@context"),
        (several(), "term-invalid", "/verifiableCredential"),
        (several(*[DOCUMENT] * 51), "term-invalid", "/verifiableCredential"),
        (several(verifiableCredential=DOCUMENT), "term-invalid", "/verifiableCredential"),
        (b" " * 900_000, "too-large", ""),
    ],
)
def test_a_presentation_has_one_form(source: bytes, code: str, place: str) -> None:
    found = presentation.opened(source)
    assert isinstance(found, Fault)
    assert (found.code, found.place) == (code, place)


def test_a_presentation_is_made_of_one_holders_credentials_only() -> None:
    for bad, code in ([SAMPLE, STRANGER], "holder-differs"), ([made(holder="")], "holder-differs"), ([], "too-many"):
        found = presentation.presented(bad)
        assert isinstance(found, Fault)
        assert found.code == code


def test_a_credential_inside_is_held_to_the_same_size() -> None:
    found = presentation.opened(several({**DOCUMENT, "x": "x" * reading.LIMIT_BYTES}))
    assert isinstance(found, Passport)
    assert [one.code for one in found.faults] == ["too-large"]


# What is issued


def test_our_context_says_what_our_terms_mean_and_never_changes() -> None:
    assert hashlib.sha256(contexts.published()).hexdigest() == contexts.SHA256
    terms = json.loads(contexts.published())["@context"]
    ours = {"competence", "competenceVersion", "level", "assessedOn", "basis", "note"}
    assert terms.keys() - {"@protected"} == ours
    assert ours <= DOCUMENT["credentialSubject"].keys()


def test_what_cannot_be_read_is_not_issued() -> None:
    changes: list[tuple[dict[str, Any], str]] = [
        ({"level": 3}, "level-unknown"),
        ({"holder": "Adjoa"}, "term-invalid"),
        ({"holder": "", "name": ""}, "holder-missing"),
        ({"name": "A\u202eB"}, "term-invalid"),
        ({"note": "two\nlines"}, "term-invalid"),
        ({"note": "\ud800"}, "unreadable"),
        ({"basis": "hearsay"}, "term-invalid"),
        ({"status_index": bits.ENTRIES}, "term-invalid"),
        ({"status_index": -1}, "term-invalid"),
        ({"valid_until": NOW - timedelta(days=1)}, "dates-out-of-order"),
        ({"id": "urn:uuid:1"}, "term-invalid"),
    ]
    for change, code in changes:
        found = issuing.issued(dataclasses.replace(AWARD, **change), SITE, SIGNER, NOW)
        assert isinstance(found, Fault)
        assert found.code == code, change


@pytest.mark.parametrize("site", ["https://reg.example", "http://localhost:8000/of/", "https://reg.example/a/b~c/"])
def test_a_registry_may_be_anywhere(site: str) -> None:
    found = issuing.issued(AWARD, site, SIGNER, NOW)
    assert isinstance(found, Carried)
    assert proving.proof_of(found, keys(), DAY).code == ""


def test_a_time_without_a_zone_is_utc() -> None:
    assert issuing.moment(datetime(2026, 1, 2, 3, 4, 5, 6)) == "2026-01-02T03:04:05Z"
    assert issuing.moment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05Z"


LINES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and bool(text.strip()) and not unseen.fault(text)
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))


URNS = st.uuids().map(lambda id: f"urn:uuid:{id}")
TERMS = st.fixed_dictionaries(
    {
        "id": URNS,
        "holder": URNS,
        "level": st.sampled_from((1, 2)),
        "valid_from": MOMENTS,
        "status_index": st.integers(0, bits.ENTRIES - 1),
    },
    optional={
        "name": LINES,
        "note": LINES,
        "basis": st.sampled_from(("assessment", "recognition")),
        "language": st.sampled_from(("en", "ar", "fr")),
        "valid_until": st.none() | st.integers(0, 9000).map(timedelta),
    },
)


@settings(deadline=None)
@given(TERMS)
def test_what_is_issued_is_read_and_counts(terms: dict[str, Any]) -> None:
    since = terms["valid_from"]
    until = since + terms["valid_until"] if terms.get("valid_until") is not None else None
    award = dataclasses.replace(AWARD, **{**terms, "assessed_on": since.date(), "valid_until": until})
    found = issuing.issued(award, SITE, SIGNER, since)
    assert isinstance(found, Carried)
    assert schemas.published("credential")(found.document)
    assert reading.credential(signatures.canonical(found.document)) == found
    assert presentation.opened(json.dumps(found.document, indent=2).encode()) == Passport(award.holder, (found,))
    said = dataclasses.asdict(found.claim)
    names = (
        "id",
        "holder",
        "name",
        "note",
        "level",
        "basis",
        "assessed_on",
        "valid_from",
        "valid_until",
        "status_index",
    )
    assert {name: said[name] for name in names} == {name: getattr(award, name) for name in names}
    assert proving.proof_of(found, keys(valid_from=date(2000, 1, 1)), since.date()).code == ""


ANY = st.text(max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.sampled_from(list(paths(DOCUMENT))), JSON)
def test_nothing_in_any_place_crashes_the_reading(path: Path, value: Any) -> None:
    source = dumped(with_value(path, value))
    found = presentation.opened(source)
    if not isinstance(found, Fault):
        assert [one.claim for one in found.credentials] == [SAMPLE.claim] or outcome(source)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.integers(0, 3000).map(lambda at: dumped(DOCUMENT)[:at]))
def test_no_bytes_crash_the_reading(source: bytes) -> None:
    assert isinstance(presentation.opened(source), Fault) or source == dumped(DOCUMENT)


@pytest.mark.parametrize("change", [bytes.upper, bytes.title, lambda data: data[::-1]])
def test_no_spelling_of_the_names_is_accepted(change: Callable[[bytes], bytes]) -> None:
    assert outcome(change(dumped(DOCUMENT)))
