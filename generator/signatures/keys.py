"""A key file and its passphrase in; something that signs with Ed25519 out, and whether a signature is valid."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .. import multikey

SIGNATURE_BYTES = 64
_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
# Points of small order, with the sign bit cleared: under such a "key" one signature fits many texts.
# D. J. Bernstein, "Curve25519: new Diffie-Hellman speed records", and RFC 8032, section 8.9.
_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)
_FIELD = 2**255 - 19  # a coordinate that is not less is another spelling of a key (RFC 8032, section 5.1.3)


class KeyFileError(ValueError):
    """The key file cannot be used; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key that signs and is never shown."""

    _key: Ed25519PrivateKey = field(repr=False)

    @property
    def public_key(self) -> str:
        """The public key as a multikey, as a hub's record has it."""
        return multikey.encode(self._key.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return self._key.sign(data)


def signer(seed: bytes) -> Signer:
    """Return the signer whose private key is 32 bytes."""
    return Signer(Ed25519PrivateKey.from_private_bytes(seed))


def opened(source: bytes, passphrase: bytes) -> Signer:
    """Return the signer of an encrypted PKCS#8 file (PEM); raise `KeyFileError` when it is none."""
    if not source.lstrip().startswith(_ENCRYPTED):
        raise KeyFileError("it is no encrypted PKCS#8 file; a private key is kept under a passphrase")
    try:
        key = serialization.load_pem_private_key(source, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError("the passphrase does not open it, or it is damaged") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("it holds no Ed25519 key")
    return Signer(key)


def sealed(signer: Signer, passphrase: bytes) -> bytes:
    """Return an encrypted PKCS#8 file (PEM) with the private key."""
    if len(passphrase) < 8:
        raise KeyFileError("the passphrase has fewer than 8 characters")
    return signer._key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )


def is_valid(public_key: str, signature: bytes, data: bytes) -> bool:
    """Tell whether the signature is of exactly this data under a multikey."""
    try:
        raw = multikey.decode(public_key)
    except ValueError:
        return False
    point = raw[:31] + bytes([raw[31] & 0x7F])
    if len(signature) != SIGNATURE_BYTES or point in _SMALL_ORDER or int.from_bytes(point, "little") >= _FIELD:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
