"""A file from elsewhere in; its bytes, its text in whatever encoding, and where its facts come from, out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from . import encoding

HEAD = 64 * 1024  # what `recognises` is shown of a file


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a folder of files, and the facts that go into the `sources` of each record made of it.

    `path` is the file; without one `content` holds its bytes. `name` is what the facts were taken from ("fablabs.io"),
    `retrieved` the day on which it was read there (a year, a month or a day of ISO 8601; "" when unknown), `licence`
    an SPDX expression, `attribution` what the licence asks for. Reading raises `OSError`.
    """

    name: str
    path: Path | None = None
    content: bytes = b""
    url: str = ""
    retrieved: str = ""
    licence: str = ""
    attribution: str = ""

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
