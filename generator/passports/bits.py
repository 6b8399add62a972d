"""Indexes of revoked credentials in; the compressed list of W3C Bitstring Status List 1.0 out, and its bits again.

Two lists are the same when their bits are: compressed bytes depend on who compressed them.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable

ENTRIES = 131_072  # the fewest that the Recommendation allows: so many hide one credential among the others
_BYTES = ENTRIES // 8
_MOST = 4 * _BYTES  # bytes that a list may expand to
_GZIP = 31  # zlib's window for the gzip format, which then has no file name and no time
_LEVEL = 6  # with it the example in the Recommendation comes out to the letter
_ENCODED = re.compile(r"u[A-Za-z0-9_-]{1,100000}\Z", re.ASCII)


class BitsError(ValueError):
    """The text is no list of bits; the message says why."""


def encoded(indexes: Iterable[int]) -> str:
    """Return the list in which exactly these bits are set (section 3.3); index 0 is the left-most bit.

    Raises `BitsError` for an index that the list does not have.
    """
    bits = bytearray(_BYTES)
    for index in indexes:
        if not 0 <= index < ENTRIES:
            raise BitsError(f"the list has no place {index}: they count from 0 to {ENTRIES - 1:,}")
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + base64.urlsafe_b64encode(zlib.compress(bytes(bits), _LEVEL, _GZIP)).decode().rstrip("=")


def expanded(text: str) -> bytes:
    """Return the bits of a list (section 3.4), eight in a byte; raise `BitsError` for what is none.

    A list that is too short hides nobody, and one that expands without end is an attack: both are refused.
    """
    if not _ENCODED.match(text):
        raise BitsError("it is not written in base64url after a `u`")
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-(len(text) - 1) % 4))
        unpacking = zlib.decompressobj(_GZIP)
        bits = unpacking.decompress(packed, _MOST + 1)
    except (ValueError, zlib.error) as error:
        raise BitsError("it is not compressed with gzip, or damaged") from error
    if len(bits) > _MOST:
        raise BitsError(f"it expands to more than {_MOST:,} bytes")
    if not unpacking.eof or unpacking.unused_data:
        raise BitsError("it is cut short, or something follows it")
    if len(bits) < _BYTES:
        raise BitsError(f"it has {len(bits) * 8:,} places, and must have {ENTRIES:,}")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Tell whether the bit at an index is set; raise `BitsError` when there is no such bit."""
    if not 0 <= index < 8 * len(bits):
        raise BitsError(f"the list has no place {index}")
    return bool(bits[index >> 3] & 0x80 >> (index & 7))


def indexes(bits: bytes) -> tuple[int, ...]:
    """Return the index of every bit that is set, in order."""
    return tuple(at * 8 + bit for at, byte in enumerate(bits) if byte for bit in range(8) if byte & 0x80 >> bit)
