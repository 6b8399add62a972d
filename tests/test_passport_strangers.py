"""What others publish, and JSON of every kind: refused with a code, in words that say why, and never with a crash.

The documents are small and of our making. They have the form of published examples: those of 1EdTech (Open Badges 1 to
3), of the W3C's Recommendations (Verifiable Credentials 1.1 and 2.0, Data Integrity, Bitstring Status List) and of a
university's issuer. A passport uses one form of Open Badges 3.0, so none of them is one.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator import signatures, unseen
from generator.passports import contexts, presentation, reading, statuses
from generator.passports.presentation import Passport
from generator.passports.values import Fault
from generator.signatures import rdf
from tests.commands import karakana
from tests.passport_samples import DAY, HOLDER, HUB, NOW, SIGNER, SITE, keys
from tests.passport_twice import Case, by_generator, verifier
from tests.test_passport_credentials import DOCUMENT, SUBJECT, at, dumped, signed, with_value
from tests.test_rdfc import EXAMPLES
from tests.test_signatures import CREATED, CREDENTIAL
from tests.test_signatures import SIGNER as PUBLISHED

REGISTRY = Path(__file__).parent / "mini" / "registry"
V1 = "https://www.w3.org/2018/credentials/v1"
METHOD = "https://vc.example/issuers/5678#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
BADGE = {
    "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
    "id": "http://badges.example/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://badges.example/issuers/7", "type": ["Profile"], "name": "A school"},
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Teamwork",
    "credentialSubject": {
        "id": "did:example:learner", "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://badges.example/achievements/7", "type": ["Achievement"], "name": "Teamwork",
            "criteria": {"narrative": "Was named by others."}, "description": "Works with others.",
        },
    },
}  # fmt: skip
ALL_THREE = {**BADGE, "@context": list(contexts.ALL)}
LIST_ENTRY = {
    "id": "https://list.example/credentials/status/3#94567", "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation", "statusListIndex": "94567",
    "statusListCredential": "https://list.example/credentials/status/3",
}  # fmt: skip
LIST = {
    "@context": [contexts.CREDENTIALS], "id": "https://list.example/credentials/status/3",
    "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "did:example:12345",
    "validFrom": "2021-04-05T14:27:40Z",
    "credentialSubject": {
        "id": "https://list.example/status/3#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
        "encodedList": "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA",
    },
}  # fmt: skip
OURS_LISTED = statuses.signed(statuses.unsigned(SITE, HUB.id, [7], NOW), SIGNER, HUB.id, SITE)
ELSEWHERE = "what others issue is not checked here"
STRANGERS: list[tuple[str, Any, str, str, str]] = [
    ("Open Badges 1.0, an assertion", {
        "recipient": "sha256$28d5", "issued_on": "2011-01-01", "badge": {"version": "0.5.0", "name": "A badge"},
    }, "not-a-credential", "", "a badge of Open Badges 1 or 2"),
    ("Open Badges 1.1, an assertion", {
        "@context": "https://w3id.org/openbadges/v1", "id": "http://badges.example/a1", "type": "Assertion",
        "uid": "123", "recipient": {"identity": "a@badges.example", "type": "email", "hashed": False},
        "badge": "http://badges.example/b1", "issuedOn": "2014-01-31", "verify": {"type": "hosted", "url": "http://x"},
    }, "not-a-credential", "", ELSEWHERE),
    ("Open Badges 2.0, an assertion", {
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://badges.example/a",
        "recipient": {"type": "email", "hashed": True, "identity": "sha256$16d5"}, "badge": "https://badges.example/b",
        "issuedOn": "2016-12-31T23:59:59Z", "verification": {"type": "hosted"},
    }, "not-a-credential", "", "a badge of Open Badges 1 or 2"),
    ("Open Badges 2.0, a class", {
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "name": "A badge", "issuer": "https://x",
    }, "not-a-credential", "", "the file that a hub gave the maker"),
    ("Open Badges 3.0, without a proof", BADGE, "context-unknown", "/@context", ELSEWHERE),
    ("Open Badges 3.0, with Verifiable Credentials 1.1", {
        **BADGE, "@context": [V1, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"],
        "issuanceDate": "2010-01-01T00:00:00Z",
    }, "context-unknown", "/@context", ELSEWHERE),
    ("Open Badges 3.0, of a university", {
        **BADGE, "@context": [*BADGE["@context"], "https://badges.example/extension.json"],
        "type": ["VerifiableCredential", "AchievementCredential"],
    }, "context-unknown", "/@context", ELSEWHERE),
    ("Open Badges 3.0, with an entry of a list", {
        **ALL_THREE, "credentialStatus": LIST_ENTRY, "proof": [{}],
    }, "term-invalid", "/issuer/id", "is not written like `did:web:example.org:hubs:gh:kumasi-hive`"),
    ("Open Badges 3.0, with one proof that is no list", {
        **DOCUMENT, "proof": DOCUMENT["proof"][0],
    }, "term-invalid", "/proof", "list"),
    ("Open Badges 3.0, by its other name", {
        **ALL_THREE, "type": ["VerifiableCredential", "AchievementCredential"], "proof": [{}],
    }, "type-unknown", "/type", "OpenBadgeCredential"),
    ("the names of our contexts, nobody's signature", ALL_THREE, "proof-missing", "", "nobody signed it"),
    ("Data Integrity, eddsa-jcs-2022", signatures.with_proof(
        CREDENTIAL, signatures.proved(CREDENTIAL, PUBLISHED, METHOD, CREATED)
    ), "context-unknown", "/@context", ELSEWHERE),
    ("Data Integrity, eddsa-rdfc-2022", {
        **CREDENTIAL, "proof": rdf.proved(CREDENTIAL, PUBLISHED, METHOD, CREATED, EXAMPLES),
    }, "context-unknown", "/@context", ELSEWHERE),
    ("Bitstring Status List, a list", LIST, "context-unknown", "/@context", ELSEWHERE),
    ("Bitstring Status List, one of ours", OURS_LISTED, "context-unknown", "/@context", ELSEWHERE),
    ("Bitstring Status List, an entry", LIST_ENTRY, "not-a-credential", "", "no verifiable credential"),
    ("a credential in an envelope", {
        "@context": contexts.CREDENTIALS, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,eyJ",
    }, "not-a-credential", "", "no verifiable credential"),
    ("a presentation of others", {
        "@context": [contexts.CREDENTIALS], "type": ["VerifiablePresentation"], "holder": HOLDER,
        "verifiableCredential": [{
            "@context": contexts.CREDENTIALS, "type": "EnvelopedVerifiableCredential",
            "id": "data:application/vc+jwt,eyJ",
        }],
    }, "not-a-credential", "/verifiableCredential/0", "no verifiable credential"),
    ("a presentation that is signed", {
        "@context": [contexts.CREDENTIALS], "type": ["VerifiablePresentation"], "holder": HOLDER,
        "verifiableCredential": [DOCUMENT], "proof": [],
    }, "term-unknown", "", "`proof`"),
    ("a document of a DID", {
        "@context": ["https://www.w3.org/ns/did/v1"], "id": DOCUMENT["issuer"]["id"], "verificationMethod": [],
    }, "not-a-credential", "", "no verifiable credential"),
    # JSON-LD that says more, or the same in another way
    ("one more context", with_value(("@context",), [*contexts.ALL, "https://evil.example/"]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("a context in place", with_value(("@context",), [*contexts.ALL, {"level": "urn:x"}]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("a context as a text", with_value(("@context",), contexts.CREDENTIALS), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("a context that is relative", with_value(("@context",), [*contexts.ALL[:2], "passport-1.json"]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("a context in data", with_value(("@context",), [*contexts.ALL[:2], "data:,{}"]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("@vocab", with_value(("@context",), [*contexts.ALL, {"@vocab": "urn:x#"}]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("@base", with_value(("@context",), [{"@base": "urn:x"}, *contexts.ALL]), "context-unknown", "/@context", "the three"),  # noqa: E501
    ("a context below", with_value(SUBJECT, {**at(DOCUMENT, SUBJECT), "@context": []}), "term-unknown", "/credentialSubject", "`@context`"),  # noqa: E501
    ("@graph", {**DOCUMENT, "@graph": []}, "term-unknown", "", "`@graph`"),
    ("@included", {**DOCUMENT, "@included": [{"id": "urn:x"}]}, "term-unknown", "", "`@included`"),
    ("@reverse", {**DOCUMENT, "@reverse": {}}, "term-unknown", "", "`@reverse`"),
    ("@id beside id", {**DOCUMENT, "@id": "urn:x"}, "term-unknown", "", "`@id`"),
    ("@type beside type", with_value(SUBJECT, {**at(DOCUMENT, SUBJECT), "@type": "x"}), "term-unknown", "/credentialSubject", "`@type`"),  # noqa: E501
    ("a term by its address", with_value(SUBJECT, {**at(DOCUMENT, SUBJECT), f"{contexts.OURS}#level": 3}), "term-unknown", "/credentialSubject", "context"),  # noqa: E501
    ("a value in a language", with_value(("name",), {"@value": "x", "@language": "en"}), "term-invalid", "/name", "an object"),  # noqa: E501
    ("a map of languages", with_value(("name",), {"en": "x", "fr": "y"}), "term-invalid", "/name", "an object"),
    ("null", with_value(("validUntil",), None), "term-invalid", "/validUntil", "`null`"),
    ("a list of one subject", with_value(SUBJECT, [at(DOCUMENT, SUBJECT)]), "term-invalid", "/credentialSubject", "a list of 1"),  # noqa: E501
    ("a list of one text", with_value(("name",), ["x"]), "term-invalid", "/name", "a list of 1"),
    ("a text for a list of one", with_value(("type",), "VerifiableCredential"), "type-unknown", "/type", "Verifiable"),
    ("an issuer as a text", with_value(("issuer",), DOCUMENT["issuer"]["id"]), "term-invalid", "/issuer", "did:web"),
    ("an image in it", {**DOCUMENT, "image": "data:image/png;base64,iVBORw0KGgo="}, "term-unknown", "", "`image`"),
    ("an achievement in data", with_value((*SUBJECT, "achievement", "id"), "data:,x"), "term-invalid", "/credentialSubject/achievement/id", "data:"),  # noqa: E501
    ("evidence", {**DOCUMENT, "evidence": []}, "term-unknown", "", "`evidence`"),
    ("a schema to fetch", {**DOCUMENT, "credentialSchema": [{"id": "https://evil.example/"}]}, "term-unknown", "", "`credentialSchema`"),  # noqa: E501
    ("terms to refresh it", {**DOCUMENT, "refreshService": {}}, "term-unknown", "", "`refreshService`"),
]  # fmt: skip
GOOD = dumped(DOCUMENT)
HERE = b'"level": 2,'


def here(text: bytes) -> bytes:
    assert GOOD.count(HERE) == 1
    return GOOD.replace(HERE, text)


TEXTS: list[tuple[str, bytes, str, str]] = [
    ("nothing", b"", "unreadable", "the file is empty"),
    ("spaces", b" \r\n\t ", "unreadable", "the file is empty"),
    ("a byte order mark", b"\xef\xbb\xbf" + GOOD, "unreadable", "save it as plain UTF-8"),
    ("UTF-16", GOOD.decode().encode("utf-16"), "unreadable", "save it as plain UTF-8"),
    ("UTF-16 without a mark", GOOD.decode().encode("utf-16-le"), "unreadable", "save it as plain UTF-8"),
    ("UTF-16, the other way", GOOD.decode().encode("utf-16-be"), "unreadable", "save it as plain UTF-8"),
    ("UTF-32", GOOD.decode().encode("utf-32"), "unreadable", "save it as plain UTF-8"),
    ("Latin 1", GOOD.replace(b"Adjoa", b"Ren\xe9"), "unreadable", "not UTF-8"),
    ("zeros", bytes(64), "unreadable", "no JSON"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(40), "unreadable", "scan the code on it"),
    ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unreadable", "scan the code on it"),
    ("a printed page", b"%PDF-1.7\n%\xe2\xe3", "unreadable", "scan the code on it"),
    ("a web page", b"\n<!doctype html>", "unreadable", "take the JSON file"),
    ("an archive", b"PK\x03\x04" + bytes(30), "unreadable", "take the JSON file out of it"),
    ("a token", b"eyJhbGciOiJFZERTQSJ9.e30.c2ln", "unreadable", "a token (JWT)"),
    ("cut off", GOOD[:-1], "unreadable", "no JSON"),
    ("twice", GOOD + GOOD, "unreadable", "no JSON"),
    ("a text", b'"x"', "not-a-credential", "no verifiable credential"),
    ("null", b"null", "not-a-credential", "no verifiable credential"),
    ("a list", b"[" + GOOD + b"]", "not-a-credential", "no verifiable credential"),
    ("a comment", here(HERE + b" // of two"), "unreadable", "no JSON"),
    ("a comma at the end", GOOD[:-1] + b",}", "unreadable", "no JSON"),
    ("single quotes", GOOD.replace(b'"', b"'"), "unreadable", "no JSON"),
    ("a name twice", here(HERE + b' "level": 3,'), "unreadable", "`level` stands twice"),
    ("a name twice, once escaped", here(HERE + b' "l\\u0065vel": 3,'), "unreadable", "`level` stands twice"),
    ("NaN", here(b'"level": NaN,'), "unreadable", "`NaN` is no JSON"),
    ("infinite", here(b'"level": -Infinity,'), "unreadable", "`-Infinity` is no JSON"),
    ("too large for a number", here(b'"level": 1e400,'), "unreadable", "no JSON that can be signed"),
    ("beyond 2**53", here(b'"level": 9007199254740993,'), "unreadable", "no JSON that can be signed"),
    ("minus zero", here(b'"level": -0,'), "term-invalid", "`0` is no whole number from 1 to 9"),
    ("a zero before", here(b'"level": 02,'), "unreadable", "no JSON"),
    ("a fraction", here(b'"level": 2.5,'), "term-invalid", "`2.5` is no whole number"),
    ("a truth", here(b'"level": true,'), "term-invalid", "`true` is no whole number"),
    ("half a character", GOOD.replace(b"Adjoa", b"\\ud800"), "unreadable", "no JSON that can be signed"),
    ("half a character in UTF-8", GOOD.replace(b"Adjoa", b"\xed\xa0\x80"), "unreadable", "not UTF-8"),
    ("a zero in a text", GOOD.replace(b"Adjoa", b"\\u0000"), "term-invalid", "U+0000"),
    ("a text from right to left", GOOD.replace(b"Adjoa", b"\\u202e"), "term-invalid", "U+202E"),
    ("deep lists", b"[" * 100_000, "unreadable", "nested too deeply"),
    ("deep objects", b'{"a":' * 3000 + b"1" + b"}" * 3000, "unreadable", "nested too deeply"),
    ("thirteen levels", here(HERE + b'"x":' + b"[" * 12 + b"]" * 12 + b","), "too-deep", "more than 12 times"),
    ("Git's marks", b"<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n", "unreadable", "two people changed it"),
    ("a name that is its own", here(HERE + b'"__proto__": {"level": 3},'), "term-unknown", "`__proto__`"),
]


@pytest.mark.parametrize(
    ("document", "code", "place", "why"), [one[1:] for one in STRANGERS], ids=[one[0] for one in STRANGERS]
)
def test_what_others_publish_is_refused_in_words(document: Any, code: str, place: str, why: str) -> None:
    found = presentation.opened(dumped(document))
    fault = found.faults[0] if isinstance(found, Passport) else found
    assert (fault.code, fault.place) == (code, place), fault.message
    assert why in fault.message
    assert not unseen.fault(fault.message)


@pytest.mark.parametrize(("source", "code", "why"), [one[1:] for one in TEXTS], ids=[one[0] for one in TEXTS])
def test_what_is_no_json_of_ours_is_refused_in_words(source: bytes, code: str, why: str) -> None:
    found = presentation.opened(source)
    assert isinstance(found, Fault)
    assert found.code == code
    assert why in found.message
    assert not unseen.fault(found.message)


def test_one_byte_more_than_the_limit_is_too_much() -> None:
    """What counts is the canonical form of one credential, however it is laid out."""
    room = reading.LIMIT_BYTES - len(signatures.canonical({**DOCUMENT, "x": ""}))
    for more, code in ((0, "term-unknown"), (1, "too-large")):
        found = presentation.opened(dumped({**DOCUMENT, "x": "x" * (room + more)}))
        assert isinstance(found, Fault)
        assert found.code == code
    spaced = json.dumps(DOCUMENT, indent=400).encode()
    assert len(spaced) > reading.LIMIT_BYTES
    assert isinstance(presentation.opened(spaced), Passport)


@pytest.mark.parametrize(
    "spell", [lambda text: text.replace(HERE, b'"level": 2.0,'), lambda text: text.replace(HERE, b'"l\\u0065vel":2e0,')]
)
def test_another_spelling_of_the_same_json_is_the_same_credential(spell: Callable[[bytes], bytes]) -> None:
    found = presentation.opened(spell(GOOD))
    assert isinstance(found, Passport)
    assert found == presentation.opened(GOOD)


@pytest.mark.browser
def test_the_page_says_the_same_of_all_of_them(browser: Browser) -> None:
    sources = [dumped(one[1]) for one in STRANGERS] + [one[1] for one in TEXTS]
    sources += [signed(one[1]) for one in STRANGERS if isinstance(one[1], dict) and "credentialSubject" in one[1]]
    cases = [Case(source, None, keys(), DAY) for source in sources]
    with verifier(browser) as site:
        for case, found in zip(cases, site.check(cases), strict=True):
            assert found == by_generator(case), case.source[:200]


def test_the_command_says_why_on_one_line(tmp_path: Path) -> None:
    for at_file, source in enumerate([dumped(one[1]) for one in STRANGERS] + [one[1] for one in TEXTS]):
        (tmp_path / f"{at_file}.json").write_bytes(source)
        done = karakana(tmp_path, "passport", "verify", f"{at_file}.json", "--registry", str(REGISTRY))
        assert (done.code, done.err) == (1, ""), source[:200]
        assert re.fullmatch(r"not read: [ -~]+\n", done.out), done.out
