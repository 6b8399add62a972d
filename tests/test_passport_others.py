"""Other implementations: ours is verified by them, theirs by ours, and what was tampered with by nobody.

openvc-core knows both suites and wants one proof, so it is given one; openbadgeslib knows Open Badges 3.0 and the suite
for RDF. Both bring the published contexts along. They are of one author, so the canonical RDF is compared with a third.
"""

import copy
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from openbadgeslib.ob3 import contexts as badge_contexts
from openbadgeslib.ob3 import ldp, status, status_list
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.verifier import OB3VerificationError
from openvc.keys import Ed25519SigningKey
from openvc.proof import contexts as vc_contexts
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.proof.errors import ProofError
from openvc.status import CredentialRevoked as Revoked
from openvc.status import check_credential_status, decode_bitstring, encode_bitstring

from generator import signatures
from generator.passports import bits, contexts, issuing, presentation, proving, reading, statuses
from generator.passports.reading import Carried
from generator.signatures import rdf
from tests.passport_samples import DAY, HUB, NOW, SIGNER, SITE, keys, made
from tests.test_passport_credentials import TERMS, at, paths, with_value

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"h" * 32)  # that of SIGNER
PEM = PRIVATE.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
PUBLIC_PEM = PRIVATE.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
KEY = Ed25519SigningKey(PRIVATE, kid="the hub's")
LATER = datetime(2026, 12, 1, tzinfo=UTC)
# SHA-256 of the published files: W3C, Verifiable Credentials Data Model 2.0, appendix B.1; 1EdTech, as served.
PUBLISHED = {
    contexts.CREDENTIALS: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    contexts.OPEN_BADGES: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
}
FILES = {
    contexts.CREDENTIALS: Path(vc_contexts.__file__).parent / "credentials-v2.json",
    contexts.OPEN_BADGES: Path(badge_contexts.__file__).parent / "ob-v3p0-context-3.0.3.json",
}
OURS = {contexts.OURS: json.loads(contexts.published())}
WHOLE = {**{address: json.loads(path.read_bytes()) for address, path in FILES.items()}, **OURS}
MORE = {address: WHOLE[address] for address in contexts.ALL[1:]}  # openvc-core has the first itself


def twice(**changes: Any) -> dict[str, Any]:
    found = issuing.signed_for_rdf(made(**changes), SIGNER, SITE, NOW)
    assert isinstance(found, Carried)
    return dict(found.document)


DOCUMENT = twice()
BARE = signatures.bare(DOCUMENT)
METHOD = DOCUMENT["proof"][0]["verificationMethod"]


# The terms of the contexts


def test_the_published_contexts_are_the_published_ones() -> None:
    for address, path in FILES.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == PUBLISHED[address]
    assert badge_contexts.load_context(contexts.CREDENTIALS) == WHOLE[contexts.CREDENTIALS]


@settings(deadline=None, max_examples=40)
@given(TERMS)
def test_a_passport_means_the_same_by_the_published_contexts_and_by_our_words(terms: dict[str, Any]) -> None:
    since = terms["valid_from"]
    until = since + terms["valid_until"] if terms.get("valid_until") is not None else None
    document = twice(**{**terms, "assessed_on": since.date(), "valid_until": until})
    second = document["proof"][1]
    assert rdf.hash_data(document, second, contexts.known()) == rdf.hash_data(document, second, WHOLE)


def test_a_term_changed_means_the_same_by_both() -> None:
    for path in paths(BARE):
        if path and path[0] != "@context" and isinstance(value := at(BARE, path), str):
            changed = signatures.bare(with_value(path, f"{value}x"))
            assert rdf.canonical(changed, contexts.known()) == rdf.canonical(changed, WHOLE), path


def by_oxigraph(quads: str) -> str:
    """Return the canonical form of N-Quads, of which the names of nodes and the order say nothing yet."""
    named = re.sub(r"_:c14n([0-9]+)", lambda found: f"_:other{99 - int(found[1])}", quads)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(named, format=pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = (pyoxigraph.serialize([one], format=pyoxigraph.RdfFormat.N_QUADS) or b"" for one in dataset)
    return "".join(sorted(one.decode() for one in written))


@settings(deadline=None, max_examples=40)
@given(TERMS)
def test_the_canonical_form_is_that_of_another_library(terms: dict[str, Any]) -> None:
    """The other two build on PyLD, as we do; this one is written in Rust, and calls the algorithm RDFC-1.0."""
    since = terms["valid_from"]
    document = made(**{**terms, "assessed_on": since.date(), "valid_until": None}).document
    found = rdf.canonical(signatures.bare(document), contexts.known())
    assert by_oxigraph(found) == found


# Theirs and ours


def jcs_by_openvc(document: dict[str, Any]) -> None:
    EddsaJcsProofSuite().verify(_with_one(document, 0), public_key_jwk=KEY.public_jwk(), now=LATER)


def rdf_by_openvc(document: dict[str, Any]) -> None:
    one = _with_one(document, 1)
    DataIntegrityProofSuite().verify(one, public_key_jwk=KEY.public_jwk(), now=LATER, extra_contexts=MORE)


def rdf_by_openbadgeslib(document: dict[str, Any]) -> None:
    ldp.verify_data_integrity_proof(document, PUBLIC_PEM, extra_contexts=OURS)


def _with_one(document: dict[str, Any], at_proof: int) -> dict[str, Any]:
    return {**document, "proof": document["proof"][at_proof]}


VERIFIERS: list[Callable[[dict[str, Any]], None]] = [jcs_by_openvc, rdf_by_openvc, rdf_by_openbadgeslib]


@pytest.mark.parametrize("verify", VERIFIERS)
def test_ours_is_verified_by_others(verify: Callable[[dict[str, Any]], None]) -> None:
    for document in (DOCUMENT, twice(language="ar"), twice(name="", note="", valid_until=None), twice(level=1)):
        verify(document)


def tampered() -> Iterator[dict[str, Any]]:
    """Yield the sample with each value of it changed, and with each proof's."""
    for path in paths(DOCUMENT):
        value = at(DOCUMENT, path)
        if path and "@context" not in path and not isinstance(value, dict | list):
            changed = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
            document = copy.deepcopy(DOCUMENT)
            at(document, path[:-1])[path[-1]] = changed
            yield document


@pytest.mark.parametrize("verify", VERIFIERS)
def test_ours_tampered_with_is_refused_by_others_and_by_us(verify: Callable[[dict[str, Any]], None]) -> None:
    at_proof = 0 if verify is jcs_by_openvc else 1
    for document in tampered():
        found = presentation.opened(json.dumps(document).encode())
        assert not isinstance(found, presentation.Passport) or proving.proof_of(found.credentials[0], keys(), DAY).code
        if document["proof"][1 - at_proof] == DOCUMENT["proof"][1 - at_proof]:  # not the other proof
            with pytest.raises((ProofError, OB3VerificationError)):
                verify(document)


def by_openvc(suite: Any, **more: Any) -> dict[str, Any]:
    made = suite.add_proof(BARE, signing_key=KEY, verification_method=METHOD, created=NOW, **more)["proof"]
    return dict(made)


def test_theirs_is_ours_bit_by_bit_and_is_verified_by_us() -> None:
    jcs = by_openvc(EddsaJcsProofSuite())
    by_rdf = by_openvc(DataIntegrityProofSuite(), extra_contexts=MORE)
    badge = ldp.add_data_integrity_proof(BARE, PEM, METHOD, created=NOW, extra_contexts=OURS)["proof"]
    assert by_rdf == badge == DOCUMENT["proof"][1]
    # openvc-core signs the contexts as a part of the proof, and does not write them into it.
    first = {**jcs, "@context": BARE["@context"]}
    for second in (by_rdf, badge):
        found = reading.credential(signatures.canonical({**BARE, "proof": [first, second]}))
        assert isinstance(found, Carried)
        assert proving.proof_of(found, keys(), DAY).code == ""
    changed = {**BARE, "name": "Another", "proof": [first, by_rdf]}
    found = reading.credential(signatures.canonical(changed))
    assert isinstance(found, Carried)
    assert proving.proof_of(found, keys(), DAY).code == "signature-invalid"


def test_a_program_for_open_badges_finds_in_ours_what_we_wrote() -> None:
    found = OpenBadgeCredential.from_vc_document(copy.deepcopy(DOCUMENT))
    assert found.id == DOCUMENT["id"]
    assert found.issuer.id == DOCUMENT["issuer"]["id"]
    assert found.issuer.name == "Tamale Works"


# Lists of what was revoked

LISTED = statuses.signed(statuses.unsigned(SITE, HUB.id, [7, 4711, 131_071], NOW), SIGNER, HUB.id, SITE)


def test_a_list_of_ours_says_the_same_to_others() -> None:
    encoded = LISTED["credentialSubject"]["encodedList"]
    assert decode_bitstring(encoded) == status.decode_encoded_list(encoded) == bits.expanded(encoded)
    assert status.set_indices(status.decode_encoded_list(encoded)) == {7, 4711, 131_071}
    for index, is_revoked in ((4711, True), (4712, False)):
        document = twice(status_index=index)
        try:
            found = check_credential_status(document, resolve_status_list=lambda _: LISTED)
            outcome = found.revoked
        except Revoked:
            outcome = True
        assert outcome is is_revoked


def test_a_list_of_others_says_the_same_to_us() -> None:
    raw = bits.expanded(LISTED["credentialSubject"]["encodedList"])
    for encoded in (encode_bitstring(raw), status_list.encode_bitstring([7, 4711, 131_071])):
        assert bits.indexes(bits.expanded(encoded)) == (7, 4711, 131_071)
