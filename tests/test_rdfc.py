"""The second proof: the published vectors bit by bit, and that no claim can change under its signature."""

import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from generator import multikey, signatures
from generator.passports import contexts, issuing, packing, proving, reading
from generator.passports.contexts import ContextError
from generator.passports.reading import Carried
from generator.passports.values import Fault
from generator.signatures import ReadError, rdf
from tests.passport_samples import DAY, FOREIGN, NOW, OTHER, SIGNER, SITE, keys, made
from tests.test_passport_credentials import DOCUMENT, SUBJECT, TERMS, at, others, paths, signed, with_value, without
from tests.test_signatures import CREATED, CREDENTIAL, PUBLIC
from tests.test_signatures import SIGNER as PUBLISHED

# W3C, Data Integrity EdDSA Cryptosuites 1.0, appendix B.1 and the files of its repository (W3C Software and Document
# License). Its second context is one line: every other term is an example.
EXAMPLES = {
    **contexts.known(),
    "https://www.w3.org/ns/credentials/examples/v2": {
        "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
    },
}
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
# Verification method, hash of the proof's configuration, signature: of the Recommendation, and of its repository.
VECTORS = [
    (
        f"did:key:{PUBLIC}#{PUBLIC}",
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0",
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
        "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef8578cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffda4e6553cd1ed50d",
    ),
    (
        f"https://vc.example/issuers/5678#{PUBLIC}",
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb",
        "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9",
        "",
    ),
]
CANONICAL = """\
<did:example:abcdefgh> <https://www.w3.org/ns/credentials/examples#alumniOf> "The School of Examples" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/ns/credentials/examples#AlumniCredential> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/description> "A minimum viable example of an Alumni Credential." .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://schema.org/name> "Alumni Credential" .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#credentialSubject> <did:example:abcdefgh> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#issuer> <https://vc.example/issuers/5678> .
<urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33> <https://www.w3.org/2018/credentials#validFrom> "2023-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
"""  # noqa: E501


def test_the_published_credential_has_the_published_canonical_form() -> None:
    assert rdf.canonical(CREDENTIAL, EXAMPLES) == CANONICAL


@pytest.mark.parametrize(("method", "config_hash", "value", "signature"), VECTORS)
def test_the_published_proofs_are_reproduced_bit_by_bit(
    method: str, config_hash: str, value: str, signature: str
) -> None:
    proof = rdf.proved(CREDENTIAL, PUBLISHED, method, CREATED, EXAMPLES)
    assert rdf.hash_data(CREDENTIAL, proof, EXAMPLES).hex() == config_hash + DOCUMENT_HASH
    assert proof["proofValue"] == value
    assert signature in ("", multikey.from_base58(value).hex())
    assert rdf.fault(CREDENTIAL, proof, PUBLIC, EXAMPLES) == ""
    assert rdf.fault({**CREDENTIAL, "name": "Another"}, proof, PUBLIC, EXAMPLES).startswith("the signature is not of")


# What is signed


def form(document: dict[str, Any]) -> str:
    return rdf.canonical(signatures.bare(document), contexts.known())


def test_every_value_of_a_credential_is_in_what_is_signed() -> None:
    whole = form(DOCUMENT)
    leaves = [one for one in paths(DOCUMENT) if one and one[0] not in ("@context", "proof")]
    leaves = [one for one in leaves if not isinstance(at(DOCUMENT, one), dict | list)]
    assert len(leaves) == 33
    for path in leaves:
        value = at(DOCUMENT, path)
        changed = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
        assert form(with_value(path, changed)) != whole, path
        assert form(without(path)) != whole, path


def test_whatever_else_can_be_read_is_signed_as_something_else() -> None:
    """RDF drops what no context defines; the strict reading leaves nothing that it would drop."""
    forms = {form(DOCUMENT): signatures.canonical(signatures.bare(DOCUMENT))}
    for path in paths(DOCUMENT):
        if not path or path[0] in ("@context", "proof"):
            continue
        for other in others(at(DOCUMENT, path)):
            found = reading.credential(signed(with_value(path, other)))
            if isinstance(found, Carried):
                bare = signatures.canonical(signatures.bare(found.document))
                assert forms.setdefault(form(dict(found.document)), bare) == bare, (path, other)
    assert len(forms) > 30


def test_what_rdf_would_drop_is_never_read() -> None:
    for path, name in (((), "remark"), (SUBJECT, "grade"), ((*SUBJECT, "achievement"), "image")):
        changed = with_value(path, {**at(DOCUMENT, path), name: "gold"})
        assert form(changed) == form(DOCUMENT)
        found = reading.credential(signed(changed))
        assert isinstance(found, Fault)
        assert found.code == "term-unknown"


@settings(deadline=None, max_examples=40)
@given(TERMS, TERMS)
def test_two_credentials_are_signed_alike_only_when_they_are_the_same(one: Any, other: Any) -> None:
    two = [signatures.bare(made(**_terms(terms)).document) for terms in (one, other)]
    assert (form(two[0]) == form(two[1])) == (two[0] == two[1])


def _terms(terms: dict[str, Any]) -> dict[str, Any]:
    since = terms["valid_from"]
    until = since + terms["valid_until"] if terms.get("valid_until") is not None else None
    return {**terms, "assessed_on": since.date(), "valid_until": until}


# Contexts


def test_contexts_are_those_of_this_release(tmp_path: Path) -> None:
    assert tuple(contexts.known()) == contexts.ALL
    for path, digest in contexts.PINNED.values():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
        assert json.loads(path.read_bytes())["@context"]["@protected"] is True
    changed = tmp_path / "context.json"
    changed.write_bytes(contexts.PATH.read_bytes() + b"\n")
    with pytest.raises(ContextError, match="install karakana anew"):
        contexts.pinned(changed, contexts.SHA256)


@pytest.mark.parametrize(
    "more",
    [
        "https://evil.example/context.json", "http://www.w3.org/ns/credentials/v2", "HTTPS://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/v2#", "context.json", "file:///etc/passwd", "", {"@import": "file:///etc/x"},
        "data:application/ld+json,%7B%22@context%22:%7B%7D%7D",
    ],
)  # fmt: skip
def test_no_other_context_is_looked_up(more: Any) -> None:
    with pytest.raises(ReadError, match="no RDF that can be signed: "):
        rdf.canonical({**DOCUMENT, "@context": [*contexts.ALL, more], "proof": []}, contexts.known())


def test_a_context_of_one_caller_is_not_anothers() -> None:
    address = "https://reg.example/context"
    document = {"@context": address, "@id": "urn:x", "a": "1"}
    one, other = ({address: {"@context": {"a": f"urn:{name}"}}} for name in "bc")
    assert [rdf.canonical(document, known) for known in (one, other)] == [
        f'<urn:x> <urn:{name}> "1" .\n' for name in "bc"
    ]


def test_letters_that_the_library_does_not_escape_are_refused() -> None:
    """RDFC-1.0 (section 5) escapes them, PyLD does not: such a signature would hold nowhere else."""
    for char in ("\x00", "\b", "\f", "\x1f", "\x7f"):
        with pytest.raises(ReadError, match="control characters"):
            rdf.canonical({**CREDENTIAL, "name": f"a{char}b"}, EXAMPLES)
        assert isinstance(reading.credential(signed({**DOCUMENT, "name": f"a{char}b"})), Fault)
    assert r'"a\t\n\r\"\\é😀"' in rdf.canonical({**CREDENTIAL, "name": 'a\t\n\r"\\é😀'}, EXAMPLES)
    with pytest.raises(ReadError, match="half a character"):
        rdf.hash_data({**CREDENTIAL, "name": "\ud800"}, {}, EXAMPLES)


# Resources


def test_nodes_without_a_name_are_few_whatever_is_read() -> None:
    """To tell n of them apart may take n! steps (RDFC-1.0, section 7.1): seven, in 922 bytes, take seconds."""
    for found in (made(), made(holder=""), made(name="", note="", valid_until=None)):
        assert len(set(re.findall(r"_:c14n[0-9]+", form(dict(found.document))))) <= 3
    nodes = [{"id": f"_:b{at}", "issuer": [f"_:b{other}" for other in range(9) if other != at]} for at in range(9)]
    poison = [
        {**DOCUMENT, "@graph": nodes},
        {**DOCUMENT, "@included": nodes},
        with_value(SUBJECT, {**at(DOCUMENT, SUBJECT), "achievement": nodes}),
        with_value(("issuer",), nodes),
        with_value((*SUBJECT, "identifier"), [*at(DOCUMENT, (*SUBJECT, "identifier")), *nodes]),
        with_value((*SUBJECT, "id"), "_:b0"),
        with_value(("credentialStatus", "id"), "_:b0"),
    ]
    before = time.process_time()
    for document in poison:
        assert isinstance(reading.credential(signed(document)), Fault)
    assert time.process_time() - before < 30


# A second proof beside the first


TWICE = issuing.signed_for_rdf(made(), SIGNER, SITE, NOW)


def with_second(**changes: Any) -> str:
    """Return the code for which a credential does not count whose second proof was changed, or ""."""
    assert isinstance(TWICE, Carried)
    first, second = TWICE.document["proof"]
    found = reading.credential(signatures.canonical({**TWICE.document, "proof": [first, {**second, **changes}]}))
    return found.code if isinstance(found, Fault) else proving.proof_of(found, keys(), DAY).code


def test_a_second_proof_is_never_ignored() -> None:
    assert isinstance(TWICE, Carried)
    first, did = TWICE.document["proof"][0], DOCUMENT["issuer"]["id"]
    foreign = did.replace("gh:tamale-works", "ke:lake-lab")
    assert FOREIGN.id == "ke/lake-lab"
    assert with_second() == ""
    assert with_second(proofValue=first["proofValue"]) == "signature-invalid"
    assert with_second(created="2026-11-20T09:30:01Z") == "signature-invalid"
    assert with_second(verificationMethod=f"{did}#{OTHER.public_key}") == "key-unknown"
    assert with_second(verificationMethod=f"{foreign}#{OTHER.public_key}") == "issuer-differs"
    assert with_second(created="2025-12-31T09:30:00Z") == "key-not-in-force"
    assert with_second(created="2026-11-23T09:30:00Z") == "signed-later"
    assert with_second(cryptosuite="eddsa-2022") == "term-invalid"
    assert with_second(expires="2099-01-01T00:00:00Z") == "term-unknown"
    assert proving.proof_of(TWICE, keys(), DAY) == proving.proof_of(made(), keys(), DAY)


def test_a_second_proof_cannot_make_up_for_the_first() -> None:
    assert isinstance(TWICE, Carried)
    first, second = TWICE.document["proof"]
    bad = {**TWICE.document, "proof": [{**first, "proofValue": second["proofValue"]}, second]}
    found = reading.credential(signatures.canonical(bad))
    assert isinstance(found, Carried)
    assert proving.proof_of(found, keys(), DAY).code == "signature-invalid"


def test_whatever_is_changed_neither_proof_holds() -> None:
    assert isinstance(TWICE, Carried)
    second, known = TWICE.document["proof"][1], contexts.known()
    assert rdf.fault(TWICE.document, second, SIGNER.public_key, known) == ""
    for path in paths(DOCUMENT):
        if path and path[0] not in ("@context", "proof") and isinstance(value := at(DOCUMENT, path), str):
            changed = with_value(path, f"{value}x")
            assert rdf.fault(changed, second, SIGNER.public_key, known).startswith("the signature is not of"), path
    assert rdf.fault(TWICE.document, second, OTHER.public_key, known)
    assert (
        rdf.fault(TWICE.document, {**second, "@context": []}, SIGNER.public_key, known)
        == "its @context is not the document's"
    )
    assert rdf.fault(TWICE.document, {**second, "proofValue": "z0"}, SIGNER.public_key, known)
    assert rdf.fault(TWICE.document, TWICE.document["proof"][0], SIGNER.public_key, known).startswith("its cryptosuite")
    assert rdf.fault({**TWICE.document, "@context": "https://evil.example/"}, second, SIGNER.public_key, known)


def test_a_card_holds_both_proofs_and_gives_them_back() -> None:
    assert isinstance(TWICE, Carried)
    source = signatures.canonical(TWICE.document)
    assert packing.unpack(packing.pack(TWICE.document)) == source


# Without the extra


@pytest.fixture
def _without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyld", None)


@pytest.mark.usefixtures("_without_the_extra")
def test_without_the_extra_nothing_is_signed_twice_and_a_second_signature_is_not_looked_at() -> None:
    assert isinstance(TWICE, Carried)
    assert not rdf.is_able()
    found = issuing.signed_for_rdf(made(), SIGNER, SITE, NOW)
    assert isinstance(found, Fault)
    assert "pip install 'karakana[rdf]'" in found.message
    assert proving.unchecked(TWICE) == ("eddsa-rdfc-2022",)
    assert proving.unchecked(made()) == ()
    assert with_second(proofValue=TWICE.document["proof"][0]["proofValue"]) == ""
    assert with_second(verificationMethod=f"{DOCUMENT['issuer']['id']}#{OTHER.public_key}") == "key-unknown"
