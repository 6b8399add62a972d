"""Nothing in; the JSON-LD contexts that every credential names, in their order, and the files that stand for them, out.

They are compared as texts and never fetched: a program that asked another host what a term means could be told
anything. What `level` means must never change under credentials that are out, so the hash of each file is pinned.

Of the two contexts of others the files hold, in our words, the terms that a passport has, each with the address that
the published context gives it: the RDF of a passport is the same, and nothing else has any. The tests compare them
with the published files. Only the second proof (`signatures.rdf`) needs them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"  # W3C, Verifiable Credentials Data Model 2.0
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"  # 1EdTech, Open Badges 3.0
OURS = "https://karakana-registry.github.io/karakana/contexts/passport-1.json"  # the same in every fork
ALL = (CREDENTIALS, OPEN_BADGES, OURS)
SHA256 = "45ada88c012c5e7925f117697ed56b2c45b7128edb8c56e657f7fd62f6a2bb67"
FOLDER = Path(__file__).parent.parent / "data" / "passports"
PATH = FOLDER / "passport-1.json"
PINNED: Mapping[str, tuple[Path, str]] = {
    CREDENTIALS: (
        FOLDER / "credentials-v2-terms.json",
        "8aa51433b4f2fb87239e97c79b0e309f7bee3683ab112db58b5a218d4ff56954",
    ),
    OPEN_BADGES: (
        FOLDER / "open-badges-3-terms.json",
        "af531f5ff7397ac92735d8cb3b44c41f0130d8d5e96731642b6b4be9ac9c56d1",
    ),
    OURS: (PATH, SHA256),
}


class ContextError(Exception):
    """A file of a context is not the one that this release came with: no signature over its terms can be trusted."""


def published() -> bytes:
    """Return our own context, as the site publishes it."""
    return PATH.read_bytes()


@cache
def known() -> Mapping[str, Any]:
    """Return the three contexts by their addresses; raise `ContextError` when a file was changed."""
    return MappingProxyType({address: pinned(path, digest) for address, (path, digest) in PINNED.items()})


def pinned(path: Path, digest: str) -> Any:
    """Return the JSON of a file with this SHA-256; raise `ContextError` when it has another."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ContextError(f"{path} was changed: install karakana anew")
    return json.loads(content)
