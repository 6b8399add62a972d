"""Nothing in; the JSON-LD contexts that every credential names, in their order, and the file of our own, out.

They are compared as texts and never fetched: a program that asked another host what a term means could be told
anything. The hash of our own is pinned, for what `level` means must never change under credentials that are out.
"""

from __future__ import annotations

from pathlib import Path

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"  # W3C, Verifiable Credentials Data Model 2.0
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"  # 1EdTech, Open Badges 3.0
OURS = "https://karakana-registry.github.io/karakana/contexts/passport-1.json"  # the same in every fork
ALL = (CREDENTIALS, OPEN_BADGES, OURS)
SHA256 = "45ada88c012c5e7925f117697ed56b2c45b7128edb8c56e657f7fd62f6a2bb67"
PATH = Path(__file__).parent.parent / "data" / "passports" / "passport-1.json"


def published() -> bytes:
    """Return our own context, as the site publishes it."""
    return PATH.read_bytes()
