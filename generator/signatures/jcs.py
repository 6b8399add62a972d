"""JSON data in; its canonical bytes (RFC 8785) and their SHA-256 out, and strict reading of such bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

import rfc8785

LIMIT_BYTES = 4 * 1024 * 1024
_DEPTH = 64


class ReadError(ValueError):
    """The bytes are no JSON that two readers would read alike; the message says why."""


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of JSON data; raise `ReadError` for what JCS has no form for (NaN, 2**60)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise ReadError(f"no JSON that can be signed: {error}") from error


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read(source: bytes) -> Any:
    """Return JSON data as I-JSON (RFC 7493): UTF-8, no name twice, no number that a double cannot hold."""
    if len(source) > LIMIT_BYTES:
        raise ReadError(f"longer than {LIMIT_BYTES:,} bytes")
    if any(line.startswith((b"<<<<<<< ", b">>>>>>> ")) for line in source.splitlines()):
        raise ReadError("it holds conflict markers of Git: two people changed it at once")
    try:
        value = json.loads(source.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise ReadError("not UTF-8") from error
    except RecursionError as error:
        raise ReadError("nested too deeply") from error
    except ReadError:
        raise
    except ValueError as error:
        raise ReadError(f"no JSON: {error}") from error
    if _is_deep(value):
        raise ReadError("nested too deeply")
    canonical(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ReadError(f"the name `{name[:40]}` stands twice")
        found[name] = value
    return found


def _no_constant(text: str) -> NoReturn:
    raise ReadError(f"`{text}` is no JSON")


def _is_deep(value: Any) -> bool:
    """Tell whether JSON data is nested more than `_DEPTH` times; level by level, for no depth may exhaust the stack."""
    level = [value]
    for _ in range(_DEPTH + 1):
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [part for parts in inner for part in parts]
    return bool(level)
