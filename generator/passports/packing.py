"""A credential in; the digits of its web address for a QR code out, and its very bytes back.

The bytes are the credential's canonical JSON (JCS), however its file is laid out: a signature holds for both. They are
squeezed with raw DEFLATE (RFC 1951) and a dictionary that never changes for a version. The CRC-32 of what comes out
stands before it, since it tells of a misread digit. Seven bytes make 17 digits, which QR codes hold in fewer squares
than letters. As site/app/passports/packing.ts.
"""

from __future__ import annotations

import functools
import re
import zlib
from pathlib import Path
from typing import Any

from .. import signatures
from .values import Fault

VERSION = "1"
LIMIT_BYTES = 64 * 1024  # unpacked: a few hundred bytes can be made to swell to millions
PAGE = "verify/"
_DICTIONARY = Path(__file__).parent.parent / "data" / "passports" / f"dictionary-{VERSION}.txt"
_DIGITS = (0, 3, 5, 8, 10, 13, 15, 17)  # that 0 to 7 bytes take; no two are the same
_BYTES = {digits: size for size, digits in enumerate(_DIGITS)}
_GROUP, _WIDE = 7, 17
_CHECK = 4
_MOST_MEMORY = 9
_MOST_DIGITS = 165_000  # nothing within the limit packs to more
_ADDRESS = re.compile(r"(?:[^\s#]*#)?(?P<version>[0-9]{1,4})\.(?P<digits>[0-9]*)\Z", re.ASCII)


@functools.cache
def dictionary() -> bytes:
    """Return what the texts of a credential are likely to be, the likeliest last."""
    return _DICTIONARY.read_bytes()


def pack(document: Any) -> str:
    """Return the digits of JSON data in its canonical form; raise `ReadError` when it has none or is too long."""
    source = signatures.canonical(document)
    if len(source) > LIMIT_BYTES:
        raise signatures.ReadError(f"longer than {LIMIT_BYTES:,} bytes")
    press = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, _MOST_MEMORY, zdict=dictionary())
    data = press.compress(source) + press.flush()
    return to_digits(zlib.crc32(data).to_bytes(_CHECK, "big") + data)


def unpack(digits: str) -> bytes | Fault:
    """Return the bytes that were packed, or why there are none. Whose they are and whether they hold is not looked at.

    Codes: `not-digits`, `too-long`, and `misread` for whatever does not come out as it went in.
    """
    if not re.fullmatch("[0-9]+", digits, re.ASCII):
        return _fault("not-digits", "no digits of a passport's code")
    if len(digits) > _MOST_DIGITS:
        return _fault("too-long", f"more than {_MOST_DIGITS:,} digits")
    data = from_digits(digits)
    check, data = data[:_CHECK], data[_CHECK:]
    if not data or zlib.crc32(data).to_bytes(_CHECK, "big") != check:
        return _fault("misread", "a digit of the code is wrong or missing")
    return _inflated(data)


def _inflated(data: bytes) -> bytes | Fault:
    swell = zlib.decompressobj(-zlib.MAX_WBITS, zdict=dictionary())
    try:
        found = swell.decompress(data, LIMIT_BYTES + 1)
    except zlib.error:
        return _fault("misread", "the code holds no packed credential")
    if len(found) > LIMIT_BYTES:
        return _fault("too-long", f"more than {LIMIT_BYTES:,} bytes once unpacked")
    if not swell.eof or swell.unused_data:
        return _fault("misread", "the code holds no packed credential")
    return found


def to_digits(data: bytes) -> str:
    """Return bytes as decimal digits: each seven bytes, the first the highest, as 17; fewer at the end as fewer."""
    groups = (data[at : at + _GROUP] for at in range(0, len(data), _GROUP))
    return "".join(f"{int.from_bytes(group, 'big'):0{_DIGITS[len(group)]}}" for group in groups)


def from_digits(digits: str) -> bytes:
    """Return the bytes of digits, or none at all when no bytes have such digits."""
    found = []
    for at in range(0, len(digits), _WIDE):
        group = digits[at : at + _WIDE]
        size = _BYTES.get(len(group), 0)
        value = int(group)
        if not size or value >= 256**size:
            return b""
        found.append(value.to_bytes(size, "big"))
    return b"".join(found)


def address(site: str, digits: str) -> str:
    """Return the address that the QR code holds. What follows the # stays in the browser: no server is told of it."""
    return f"{site.rstrip('/')}/{PAGE}#{VERSION}.{digits}"


def digits_of(scanned: str) -> str | Fault:
    """Return the digits of what a scanner gave or somebody copied: a whole address, or only what follows its #.

    Codes: `no-code`, and `later-version` for a code of a later version of this program.
    """
    found = _ADDRESS.match(scanned.strip())
    if found is None:
        return _fault("no-code", "no address of a passport's code")
    if found["version"] != VERSION:
        return _fault("later-version", f"packed in version {found['version']}, and this program knows {VERSION}")
    return found["digits"]


def _fault(code: str, message: str) -> Fault:
    return Fault(code, "", message)
