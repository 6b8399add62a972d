"""Validated records kept between runs as JSON lines, keyed by kind and content; safe to delete or corrupt.

A line is `<kind>:<blob id> <CRC-32 of key and JSON> <JSON>`. Its file is named for the code and the schemas
that made it, so that another version never reads it. A line that does not match its checksum is a miss.
"""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path

from .. import documents, schemas


@functools.cache
def fingerprint() -> str:
    """Return a digest of everything that decides how a file is read: the reader and the schemas."""
    digest = hashlib.sha256()
    for package in (documents, schemas):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            digest.update(path.read_bytes())
    for path in sorted(schemas.folder().glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def blob_id(source: bytes) -> str:
    """Return Git's id of a file's content (SHA-1 over `blob <length>\\0` and the bytes)."""
    return hashlib.sha1(b"blob %d\0" % len(source) + source, usedforsecurity=False).hexdigest()


class Cache:
    """Records of earlier runs in one file of a folder. `get` and `add` by key, `save` appends what is new."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"records-{fingerprint()}.jsonl"
        self.lines: dict[bytes, bytes] = {}
        self.fresh: list[bytes] = []
        try:
            with open(self.path, "rb") as file:
                self._read(file)
        except OSError:
            return

    def _read(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            key, _, rest = line.rstrip(b"\n").partition(b" ")
            checksum, _, data = rest.partition(b" ")
            if checksum == _checksum(key, data):
                self.lines[key] = data

    def get(self, kind: str, blob: str) -> bytes | None:
        """Return the validated data of a record of a kind, or None when it is not known."""
        return self.lines.get(f"{kind}:{blob}".encode())

    def add(self, kind: str, blob: str, data: bytes) -> None:
        """Remember the validated data of a record of a kind; `save` writes it."""
        key = f"{kind}:{blob}".encode()
        self.fresh.append(b"%s %s %s\n" % (key, _checksum(key, data), data))

    def save(self) -> None:
        """Append what was added, after clearing caches of other versions; a disk that refuses is no error."""
        if not self.fresh:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _remove(path for path in self.path.parent.glob("records-*.jsonl") if path != self.path)
            with open(self.path, "ab") as file:
                # A line cut short by an interrupt must not swallow the first one that follows.
                file.write(b"\n" + b"".join(self.fresh))
        except OSError:
            return
        self.fresh.clear()


def _checksum(key: bytes, data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data, zlib.crc32(key))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
