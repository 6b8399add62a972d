"""An Ed25519 public key as a multikey, or any bytes in base58btc, in; the bytes out, and back.

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
    data = from_base58(text)
    if not data.startswith(_PREFIX):
        raise ValueError("not of the type Ed25519")
    if len(data) != len(_PREFIX) + KEY_BYTES:
        raise ValueError(f"{len(data) - len(_PREFIX)} bytes long, not {KEY_BYTES}")
    return data[len(_PREFIX) :]


def encode(key: bytes) -> str:
    """Return the multikey of a key of 32 bytes."""
    return to_base58(_PREFIX + key)


def from_base58(text: str) -> bytes:
    """Return the bytes of a multibase text in base58btc; raise `ValueError` when it is none."""
    if not text.startswith("z"):
        raise ValueError("not base58btc, which begins with z")
    number = 0
    for char in text[1:]:
        if char not in _DIGITS:
            raise ValueError(f"`{char}` is no digit of base58btc")
        number = number * 58 + _DIGITS[char]
    zeros = len(text) - 1 - len(text[1:].lstrip(_ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_base58(data: bytes) -> str:
    """Return bytes as multibase in base58btc: `z`, a 1 for each leading zero byte, and the number's digits."""
    number = int.from_bytes(data, "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + _ALPHABET[0] * zeros + "".join(reversed(digits))
