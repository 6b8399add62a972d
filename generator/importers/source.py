"""A file from elsewhere in; its bytes, its text in whatever encoding, and where its facts come from, out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from . import encoding

_TABLE = "save it as CSV in UTF-8 and import that"
_PACKINGS = (
    (b"pk\x03\x04", f"it is an Excel or LibreOffice workbook, or a ZIP archive: {_TABLE}"),
    (b"\xd0\xcf\x11\xe0", f"it is an old Excel workbook: {_TABLE}"),
    (b"\x1f\x8b", "it is compressed: unpack it first, with gunzip"), (b"bzh", "it is compressed: unpack it first"),
    (b"\xfd7zxz", "it is compressed: unpack it first"), (b"%pdf", "it is a PDF: ask who made it for the table"),
    (b"sqlite format 3", f"it is a database of SQLite: {_TABLE}"),
    (b"<!doctype html", "it is a web page, not the list: the address may be wrong, or ask you to log in"),
    (b"<html", "it is a web page, not the list: the address may be wrong, or ask you to log in"),
)  # fmt: skip
HEAD = 64 * 1024  # what `recognises` is shown of a file


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a folder of files, and the facts that go into the `sources` of each record made of it.

    `path` is the file; without one `content` holds its bytes. `name` is what the facts were taken from ("fablabs.io"),
    `retrieved` the day on which it was read there (a year, a month or a day of ISO 8601; "" when unknown), `licence`
    an SPDX expression, `attribution` what the licence asks for.
    `seed` is a secret of this run, of which ids are made that nobody can make again. Reading raises `OSError`.
    """

    name: str
    path: Path | None = None
    content: bytes = b""
    url: str = ""
    retrieved: str = ""
    licence: str = ""
    attribution: str = ""
    seed: str = ""

    @property
    def file(self) -> str:
        """The file's name, "" when it has none."""
        return self.path.name if self.path else ""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return self.path is not None and self.path.is_dir()

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size if self.path else len(self.content)

    @property
    def packing(self) -> str:
        """What the file is that nobody can read as text, and the way out; "" when it may be text."""
        head = self.head()
        if not head.strip(b"\xef\xbb\xbf \t\r\n"):
            return "" if self.is_folder else "it is empty"
        return next(
            (told for mark, told in _PACKINGS if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(mark)), ""
        )

    def head(self) -> bytes:
        """Return its first bytes; b"" for a folder."""
        if self.path is None:
            return self.content[:HEAD]
        if self.is_folder:
            return b""
        with self.path.open("rb") as file:
            return file.read(HEAD)

    def read(self) -> bytes:
        """Return its bytes. Read a large file with `text` or `lines`."""
        return self.content if self.path is None else self.path.read_bytes()

    def text(self) -> str:
        """Return its text, once: without a byte order mark, in the encoding that its bytes speak for."""
        with self.lines() as stream:
            return stream.read()

    def lines(self) -> TextIO:
        """Return its text as a stream to read piece by piece; line ends stay as they are. Close it."""
        raw = io.BytesIO(self.content) if self.path is None else self.path.open("rb")
        found = encoding.detected(raw)
        raw.seek(0)
        return io.TextIOWrapper(raw, encoding=found, errors="replace", newline="")

    @property
    def encoding(self) -> str:
        """The encoding that its bytes speak for."""
        with self.lines() as stream:
            return str(getattr(stream, "encoding", ""))

    def files(self, *endings: str) -> Iterator[Source]:
        """Yield the files of a folder and of those in it that end so, sorted, each as a source; else itself."""
        if self.path is None or not self.is_folder:
            yield self
            return
        for path in sorted(self.path.rglob("*")):
            if path.name.lower().endswith(endings) and path.is_file() and not path.is_symlink():
                yield replace(self, path=path)
