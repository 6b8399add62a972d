"""An Ed25519 public key as a multikey in; its 32 bytes out, and back.

Multibase and multicodec as in the W3C's Controlled Identifiers 1.0, section 2.2.2: `z`, then base58btc of
0xed 0x01 and the key.
"""

from __future__ import annotations

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {char: value for value, char in enumerate(_ALPHABET)}
_PREFIX = b"\xed\x01"
KEY_BYTES = 32


def decode(text: str) -> bytes:
    """Return the key's 32 bytes; raise `ValueError` saying what the text is instead."""
    if not text.startswith("z"):
        raise ValueError("not base58btc, which begins with z")
    number = 0
    for char in text[1:]:
        if char not in _DIGITS:
            raise ValueError(f"`{char}` is no digit of base58btc")
        number = number * 58 + _DIGITS[char]
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if not data.startswith(_PREFIX):
        raise ValueError("not of the type Ed25519")
    if len(data) != len(_PREFIX) + KEY_BYTES:
        raise ValueError(f"{len(data) - len(_PREFIX)} bytes long, not {KEY_BYTES}")
    return data[len(_PREFIX) :]


def encode(key: bytes) -> str:
    """Return the multikey of a key of 32 bytes."""
    number = int.from_bytes(_PREFIX + key, "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_ALPHABET[digit])
    return "z" + "".join(reversed(digits))
