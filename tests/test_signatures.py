"""Signatures: the published vectors bit by bit, and every way in which a signature does not count."""

import json
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed448
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from generator import multikey, signatures
from generator.contracts import signing
from generator.records.hub import HubKey
from generator.signatures import KeyFileError, ReadError, keys, proofs

# W3C, Data Integrity EdDSA Cryptosuites 1.0, appendix B: the key pair and the document of the examples.
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
CREDENTIAL: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
DOCUMENT_HASH = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
CREATED = "2023-02-24T23:36:38Z"
# Verification method, hash of the proof's configuration, proof value: of the Recommendation, and of its repository.
VECTORS = [
    (
        f"did:key:{PUBLIC}#{PUBLIC}",
        "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db",
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
    ),
    (
        f"https://vc.example/issuers/5678#{PUBLIC}",
        "ac75a9fbdb9b5606c064a88bb59ab355900074f6def99d16a82dd071a7a67066",
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4",
    ),
]
SIGNATURE = "fc91dec6565f35fbe185a77352e7fc512f95d1904da305cfef32ab8135469301f5a72d4e7a58368fc6ffc497b44633993bac054e3bc1436e3c846db8f1544503"  # noqa: E501
SIGNER = signatures.signer(multikey.from_base58(SECRET)[2:])


@pytest.mark.parametrize(("method", "config_hash", "value"), VECTORS)
def test_the_published_proofs_are_reproduced_bit_by_bit(method: str, config_hash: str, value: str) -> None:
    proof = signatures.proved(CREDENTIAL, SIGNER, method, CREATED)
    assert SIGNER.public_key == PUBLIC
    assert proofs.hash_data(CREDENTIAL, proof).hex() == config_hash + DOCUMENT_HASH
    assert proof["proofValue"] == value
    assert proofs.fault(CREDENTIAL, proof, PUBLIC) == ""


def test_the_published_signature_is_the_same_in_hexadecimal() -> None:
    assert multikey.from_base58(VECTORS[1][2]).hex() == SIGNATURE
    assert multikey.to_base58(bytes.fromhex(SIGNATURE)) == VECTORS[1][2]


# RFC 8785, sections 3.2.2 to 3.2.4, and the test data of its author.
CANONICAL = [
    (
        r"""{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}""",
        r"""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
    ),
    (
        r"""{"\u20ac": "Euro Sign", "1": "One", "\u0080": "Control\u007f", "\ud83d\ude02": "Smiley",
        "\u00f6": "Latin Small Letter O With Diaeresis", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "</script>": "Browser Challenge"}""",
        '{"1":"One","</script>":"Browser Challenge","\x80":"Control\x7f","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    ("[56,{\"d\":true,\"10\":null,\"1\":[]}]", '[56,{"1":[],"10":null,"d":true}]'),
    ("[-0.0, 1e21, 1e20, 0.000001, 1e-7, 5e-324, 9007199254740991]", "[0,1e+21,100000000000000000000,0.000001,1e-7,5e-324,9007199254740991]"),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), CANONICAL)
def test_canonical_json_is_that_of_the_standard(source: str, wanted: str) -> None:
    assert signatures.canonical(json.loads(source)).decode() == wanted


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "is no JSON"),
        (b"[1e999]", "no JSON that can be signed"),
        (b"[123456789012345678901234567890]", "no JSON that can be signed"),
        (b'["\\ud800"]', "no JSON that can be signed"),
        (b"\xff", "not UTF-8"),
        (b"{", "no JSON"),
        (b"[" * 200 + b"]" * 200, "too deeply"),
        (b"[" * 100_000, "."),
        (b'<<<<<<< ours\n{"a": 1}\n=======\n', "two people"),
    ],
)
def test_json_that_two_readers_could_read_differently_is_refused(source: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        signatures.read(source)


WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(JSON, JSON)
def test_a_proof_holds_for_its_document_and_no_other(one: Any, other: Any) -> None:
    proof = signatures.proved({"said": one}, SIGNER, "did:web:x#y", CREATED)
    assert proofs.fault({"said": one}, proof, PUBLIC) == ""
    same = signatures.canonical(one) == signatures.canonical(other)
    assert (proofs.fault({"said": other}, proof, PUBLIC) == "") == same


def test_a_set_of_proofs_holds_whatever_the_order_in_which_they_were_made() -> None:
    others = [signatures.signer(bytes([at]) * 32) for at in range(3)]
    document: dict[str, Any] = {"said": "yes"}
    for at, one in enumerate(others):
        document = signatures.with_proof(document, signatures.proved(document, one, f"did:web:x#{at}", CREATED))
    for one, proof in zip(others, document["proof"], strict=True):
        assert proofs.fault(document, proof, one.public_key) == ""
    document["proof"].pop(1)
    assert proofs.fault(document, document["proof"][1], others[2].public_key) == ""


HUB = "gh/one"
PROOF = signatures.sign_for({"said": 1}, SIGNER, HUB, "https://reg.example:8080/of/makers/", "2026-11-22T10:00:00Z")


def of_hub(**facts: date) -> signatures.Keys:
    return {HUB: (HubKey(public_key=PUBLIC, **{"valid_from": date(2026, 1, 1), **facts}),)}


def test_a_key_is_named_by_did_web_below_the_registrys_address() -> None:
    assert PROOF["verificationMethod"] == f"did:web:reg.example%3A8080:of:makers:hubs:gh:one#{PUBLIC}"
    assert signatures.signed_by(PROOF) == (HUB, PUBLIC)


FAULTS: list[tuple[Any, signatures.Keys, str]] = [
    ({}, of_hub(), ""),
    ({}, {}, "no hub `gh/one`"),
    ({}, {HUB: ()}, "none of those in the record"),
    ({}, {HUB: (), "gh/two": of_hub()[HUB]}, "none of those in the record"),
    ({}, of_hub(valid_from=date(2026, 11, 23)), "valid from"),
    ({}, of_hub(valid_until=date(2026, 11, 21)), "was valid until"),
    ({}, of_hub(revoked_on=date(2026, 11, 22)), "was revoked"),
    ({}, of_hub(compromised_since=date(2026, 11, 1)), "is compromised since"),
    ({}, of_hub(revoked_on=date(2026, 12, 1), compromised_since=date(2026, 11, 1)), "is compromised since"),
    ({}, of_hub(revoked_on=date(2026, 12, 1)), ""),
    ({"created": "2026-11-23T10:00:00Z"}, of_hub(), "was changed"),
    ({"created": "2026-13-45T10:00:00Z"}, of_hub(), "no day"),
    ({"created": "yesterday"}, of_hub(), "not written like"),
    ({"cryptosuite": "eddsa-rdfc-2022"}, of_hub(), "its cryptosuite is not"),
    ({"proofPurpose": "authentication"}, of_hub(), "its proofPurpose is not"),
    ({"type": "Ed25519Signature2020"}, of_hub(), "its type is not"),
    ({"proofValue": "z"}, of_hub(), "was changed"),
    ({"proofValue": "u" + PROOF["proofValue"][1:]}, of_hub(), "no signature"),
    ({"proofValue": PROOF["proofValue"][:-1]}, of_hub(), "was changed"),
    ({"proofValue": 7}, of_hub(), "no proofValue"),
    ({"verificationMethod": f"did:key:{PUBLIC}#{PUBLIC}"}, of_hub(), "of `did:key:z6Mk"),
    ({"verificationMethod": f"did:web:x:hubs:gh:two#{PUBLIC}"}, of_hub(), "of `gh/two`"),
    ({"extra": 1}, of_hub(), "it holds `extra`"),
    ({"expires": "2026-11-23T00:00:00Z"}, of_hub(), "it holds `expires`"),
    ({"previousProof": "urn:x"}, of_hub(), "it holds `previousProof`"),
    ({"@context": []}, of_hub(), "was changed"),
    ({"created": "2026-11-22T99:99:99Z"}, of_hub(), "no day and hour"),
    ({"created": "2026-11-22T10:00:00+00:00"}, of_hub(), "not written like"),
    ({"created": "\u0662\u0660\u0662\u0666-11-22T10:00:00Z"}, of_hub(), "not written like"),
    ({"proofValue": "z1" + PROOF["proofValue"][1:]}, of_hub(), "was changed"),
    ({"proofValue": PROOF["proofValue"] + " "}, of_hub(), "no digit of base58btc"),
    ({"verificationMethod": f"did:web:x:hubs:gh:one#{SIGNER.public_key}#x"}, of_hub(), "none of those"),
    ({"verificationMethod": f"did:web:evil.example:hubs:gh:one#{PUBLIC}"}, of_hub(), "was changed"),
]


@pytest.mark.parametrize(("changed", "known", "why"), FAULTS)
def test_a_signature_counts_only_with_a_key_of_the_hub_in_force(changed: Any, known: Any, why: str) -> None:
    found = signatures.fault_of({"said": 1}, {**PROOF, **changed}, HUB, known)
    assert why in found
    assert bool(found) == bool(why)


ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group of Ed25519 (RFC 8032, section 5.1)


def test_a_signature_has_one_form_only() -> None:
    data = b"a contract"
    good = SIGNER.sign(data)
    r, s = good[:32], int.from_bytes(good[32:], "little")
    assert keys.is_valid(PUBLIC, good, data)
    for other in (s + ORDER, s + 2 * ORDER, ORDER - s, s | 1 << 255):
        assert not keys.is_valid(PUBLIC, r + other.to_bytes(32, "little"), data)
    for point in (bytes([1] + [0] * 31), bytes([*r[:31], r[31] ^ 0x80]), bytes.fromhex("ee" + "ff" * 30 + "7f")):
        assert not keys.is_valid(PUBLIC, point + good[32:], data)
        assert not keys.is_valid(PUBLIC, point + bytes(32), data)
    for length in (0, 63, 65):
        assert not keys.is_valid(PUBLIC, (good + b"\0")[:length], data)


@pytest.mark.parametrize("more", range(2, 19))
def test_a_key_has_one_spelling_only(more: int) -> None:
    for sign in (0, 1 << 255):
        key = (2**255 - 19 + more | sign).to_bytes(32, "little")
        assert not keys.is_valid(multikey.encode(key), bytes(64), b"")


@pytest.mark.parametrize("proof", [None, 1, "x", [], {}])
def test_what_is_no_proof_is_told(proof: Any) -> None:
    assert signatures.fault_of({"said": 1}, proof, HUB, of_hub())


def on_curve(point: bytes) -> tuple[int, int]:
    """Return a point of edwards25519 from its 32 bytes, by RFC 8032, section 5.1.3."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p
    y = int.from_bytes(point, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(square, (p + 3) // 8, p)
    if (x * x - square) % p:
        x = x * pow(2, (p - 1) // 4, p) % p
    assert (x * x - square) % p == 0
    return x, y % p


def doubled(point: tuple[int, int]) -> tuple[int, int]:
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p
    x, y = point
    common = d * x * x * y * y
    return 2 * x * y * pow(1 + common, -1, p) % p, (y * y + x * x) * pow(1 - common, -1, p) % p


@pytest.mark.parametrize("point", sorted(keys._SMALL_ORDER))
def test_a_key_of_small_order_signs_nothing(point: bytes) -> None:
    assert doubled(doubled(doubled(on_curve(point)))) == (0, 1)
    for sign in (0, 0x80):
        weak = point[:31] + bytes([point[31] | sign])
        assert not keys.is_valid(multikey.encode(weak), bytes([1] + [0] * 63), b"anything")


def test_a_key_file_opens_with_its_passphrase_only() -> None:
    sealed = signatures.sealed(SIGNER, b"correct horse")
    assert sealed.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert signatures.opened(sealed, b"correct horse").public_key == PUBLIC
    assert "_key" not in repr(SIGNER)
    with pytest.raises(KeyFileError, match="passphrase does not open"):
        signatures.opened(sealed, b"wrong")


def pem(key: Any, encryption: Any) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return bytes(key.private_bytes(serialization.Encoding.PEM, kind, encryption))


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (pem(Ed25519PrivateKey.from_private_bytes(bytes(32)), serialization.NoEncryption()), "no encrypted PKCS#8"),
        (pem(ed448.Ed448PrivateKey.generate(), serialization.BestAvailableEncryption(b"p")), "no Ed25519 key"),
        (b"", "no encrypted PKCS#8"),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "damaged"),
    ],
)
def test_other_key_files_are_refused_in_words(source: bytes, why: str) -> None:
    with pytest.raises(KeyFileError, match=why):
        signatures.opened(source, b"p")


def test_a_new_key_wants_a_passphrase() -> None:
    with pytest.raises(KeyFileError, match="fewer than 8"):
        signatures.sealed(SIGNER, b"short")


@given(st.binary(max_size=70))
def test_bytes_in_base58_go_there_and_back(data: bytes) -> None:
    assert multikey.from_base58(multikey.to_base58(data)) == data


def test_a_party_is_what_the_template_says_is_one() -> None:
    template = {"parameters": [{"name": "buyer", "type": "party"}, {"name": "plan", "type": "inspection-plan"}]}
    values = {"buyer": {"name": "A buyer who gave a name only"}, "plan": {"name": "Plan A", "address": "Shelf 3"}}
    found = signing.signatories(signing.Contents({}, values, {}, copy=template))
    assert [(one.name, one.hub, one.roles) for one in found] == [("A buyer who gave a name only", "", ("buyer",))]


def test_who_has_no_hub_signs_under_its_own_key_and_nobody_else_can() -> None:
    own = f"{signatures.OWN_KEY}{PUBLIC}"
    proof = signatures.sign_for({"said": 1}, SIGNER, own, "https://registry.example/", "2026-11-22T10:00:00Z")
    assert proof["verificationMethod"] == f"{own}#{PUBLIC}"
    assert signatures.signed_by(proof) == (own, PUBLIC)
    assert signatures.fault_of({"said": 1}, proof, own, {}) == ""
    assert "was changed" in signatures.fault_of({"said": 2}, proof, own, {})
    other = signatures.signer(b"o" * 32)
    forged = signatures.proved({"said": 1}, other, f"{own}#{other.public_key}", "2026-11-22T10:00:00Z")
    assert "is not the one that" in signatures.fault_of({"said": 1}, forged, own, {})
    stolen = signatures.proved({"said": 1}, other, f"{own}#{PUBLIC}", "2026-11-22T10:00:00Z")
    assert "was changed" in signatures.fault_of({"said": 1}, stolen, own, {})


@pytest.mark.parametrize("depth", [65, 66, 500, 900, 5000])
def test_no_depth_of_nesting_crashes_the_reading(depth: int) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        signatures.read(b'{"a":' + b"[" * depth + b"1" + b"]" * depth + b"}")
