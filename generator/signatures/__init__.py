"""JSON and a hub's key in; a signature over exactly that JSON out, and whether one counts.

Data Integrity proofs of the suite eddsa-jcs-2022 (W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.3): Ed25519
over the JSON Canonicalization Scheme (RFC 8785). Keys come from the registry's records of hubs, never from a proof.
`rdf` has the suite eddsa-rdfc-2022, which stands beside it at most.
"""

from .hubs import OWN_KEY, Keys, fault_of, key_fault, method_of, sign_for, signed_by, spoken_for
from .jcs import ReadError, canonical, digest, read
from .keys import KeyFileError, Signer, opened, sealed, signer
from .proofs import SUITE, bare, proofs_of, proved, with_proof

__all__ = [
    "OWN_KEY", "SUITE", "KeyFileError", "Keys", "ReadError", "Signer", "bare", "canonical", "digest", "fault_of",
    "key_fault", "method_of", "opened", "proofs_of", "proved", "read", "sealed", "sign_for", "signed_by", "signer",
    "spoken_for", "with_proof",
]  # fmt: skip
