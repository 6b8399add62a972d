"""Validated records kept between runs as JSON lines, keyed by kind and content; safe to delete or corrupt.

A block of lines begins with `= <CRC-32 of its lines> <their number>`, and a line is `<JSON> <kind>:<blob id>`. A
block that does not match its checksum is a miss. The file is named for the code and the schemas that made it, so
that another version never reads it.
"""

from __future__ import annotations

import functools
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from .. import documents, schemas

_BLOCK = 512  # lines; a damaged byte costs so many records
_HEAD = re.compile(rb"= ([0-9a-f]{8}) ([0-9]{1,4})\n")


@functools.cache
def fingerprint() -> str:
    """Return a digest of everything that decides how a file is read: the reader, the schemas and this module."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
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

    def _read(self, file: Iterator[bytes]) -> None:
        for head in file:
            if found := _HEAD.fullmatch(head):
                lines = list(islice(file, int(found[2])))
                if found[1] == _checksum(lines):
                    for line in lines:
                        data, _, key = line.rpartition(b" ")
                        self.lines[key[:-1]] = data

    def get(self, kind: str, blob: str) -> bytes | None:
        """Return the validated data of a record of a kind, or None when it is not known."""
        return self.lines.get(f"{kind}:{blob}".encode())

    def add(self, kind: str, blob: str, data: bytes) -> None:
        """Remember the validated data of a record of a kind; `save` writes it."""
        self.fresh.append(b"%s %s:%s\n" % (data, kind.encode(), blob.encode()))

    def save(self) -> None:
        """Append what was added, after clearing caches of other versions; a disk that refuses is no error."""
        if not self.fresh:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _remove(path for path in self.path.parent.glob("records-*.jsonl") if path != self.path)
            with open(self.path, "ab") as file:
                # The line feed comes first: a line cut short by an interrupt must not swallow the head that follows.
                file.write(b"\n" + b"".join(self._blocks()))  # at once: another command may write too
        except OSError:
            return
        self.fresh.clear()

    def _blocks(self) -> Iterator[bytes]:
        for at in range(0, len(self.fresh), _BLOCK):
            lines = self.fresh[at : at + _BLOCK]
            yield b"= %s %d\n" % (_checksum(lines), len(lines))
            yield from lines


def _checksum(lines: Sequence[bytes]) -> bytes:
    return b"%08x" % zlib.crc32(b"".join(lines))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
