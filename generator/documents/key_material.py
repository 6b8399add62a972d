"""A file's bytes in; where a private key begins in them, and of which kind it is, out. The key itself is never shown.

Nobody publishes one on purpose: it comes along when a key file is pasted in the place of the public key.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .. import multikey

_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY")
# RFC 8410: the first bytes of every unencrypted PKCS#8 file with an Ed25519 key, in base64; PEM without its first line.
_BARE = re.compile(rb"MC4CAQAwBQYDK2VwBCIEI")
_MULTIKEY = re.compile(rb"(?<![1-9A-Za-z])z3u2[1-9A-HJ-NP-Za-km-z]{43,44}(?![1-9A-Za-z])")
_SECRET = b"\x80\x26"  # multicodec ed25519-priv (Controlled Identifiers 1.0, section 2.2.2)
_JWK_TYPE = re.compile(rb"\bkty\b[\"']?\s*:")
_JWK_SECRET = re.compile(rb"(?:^|[\s{,\"'])(?P<name>d)[\"']?\s*:\s*[\"']?[A-Za-z0-9_-]{40,}", re.MULTILINE)


class Found(NamedTuple):
    """Where a private key begins, in bytes from 0, and its kind for people."""

    at: int
    kind: str


def is_suspect(source: bytes) -> bool:
    """Tell whether there is reason to look closer; made for files by the hundred thousand."""
    is_named = b"PRIVATE KEY" in source or b"z3u2" in source or b"MC4CAQAwBQYDK2Vw" in source
    return is_named or (b"kty" in source and _JWK_TYPE.search(source) is not None)


def private_keys(source: bytes) -> tuple[Found, ...]:
    """Return every private key, in the order in which they stand."""
    if not is_suspect(source):
        return ()
    found = [Found(one.start(), "PEM") for one in _PEM.finditer(source)]
    found = found or [Found(one.start(), "PKCS#8") for one in _BARE.finditer(source)]
    found += [Found(one.start(), "multikey") for one in _MULTIKEY.finditer(source) if _is_secret(one[0])]
    if _JWK_TYPE.search(source):
        found += [Found(one.start("name"), "JWK") for one in _JWK_SECRET.finditer(source)]
    by_line = {source.count(b"\n", 0, one.at): one for one in reversed(found)}
    return tuple(sorted(by_line.values()))


def _is_secret(text: bytes) -> bool:
    data = multikey.from_base58(text.decode())
    return data.startswith(_SECRET) and len(data) == len(_SECRET) + multikey.KEY_BYTES


def told(found: Found) -> str:
    """Return the message about a private key, with what to do."""
    return f"a private key ({found.kind}) begins here: revoke it with `karakana key revoke`, then take it out"
