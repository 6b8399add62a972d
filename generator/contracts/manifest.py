"""What a contract was made of in; the manifest out that its parties sign: a checksum of each part.

Checksums are SHA-256 over UTF-8, in lower-case hexadecimal: of template and parameters as JSON in its canonical form
(JCS, RFC 8785), of texts as they are (Markdown, NFC, LF). Nothing else is needed to verify it, and no network.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any

from ..signatures import digest

FORMAT = "karakana-contract/1"


def manifest(
    id: str, template: Mapping[str, Any], parameters: Mapping[str, Any], texts: Mapping[str, str], prevailing: str
) -> dict[str, Any]:
    """Return the manifest of a filled contract.

    `template` is the record's plain data, `parameters` the values in their normal form, `texts` the Markdown of each
    language, `prevailing` the language that decides.
    """
    return {
        "format": FORMAT,
        "template": {"id": id, "sha256": digest(template)},
        "parameters": {"sha256": digest(parameters)},
        "texts": {language: {"sha256": checksum(normal(texts[language]).encode())} for language in sorted(texts)},
        "prevailing_language": prevailing,
    }


def checksum(content: bytes) -> str:
    """Return the SHA-256 of bytes in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def normal(text: str) -> str:
    """Return a text in the form that is hashed: NFC, with LF.

    A carriage return alone stays, so that the hash tells: in a terminal it lets one line hide another.
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
