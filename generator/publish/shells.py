"""MkDocs' output in; shells to fill, guides with their policy, and other files out.

A shell is a page that holds the slots `[[karakana:head]]` and `[[karakana:content]]`. The slot
`[[karakana:policy]]` stands in every page and becomes its Content-Security-Policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..artifacts import Artifact
from . import policy

_POLICY = "[[karakana:policy]]"
_HEAD = "[[karakana:head]]"
_CONTENT = "[[karakana:content]]"
# The pages below `shells/` serve every page of their depth; MkDocs' own sitemap bears the day of the build.
_DEPTHS = {1: "shells/", 2: "shells/a/", 3: "shells/a/b/", 4: "shells/a/b/c/"}
_DROPPED = ("shells/", "sitemap.xml", "sitemap.xml.gz", "assets/javascripts/lunr/", "assets/javascripts/workers/")
_LEADING_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Shell:
    """A finished page in three parts: what comes before its head, before its content, and after it."""

    start: bytes
    middle: bytes
    end: bytes

    def fill(self, head: str, content: str) -> bytes:
        """Return the page with both slots filled by markup."""
        return b"".join((self.start, head.encode(), self.middle, content.encode(), self.end))


@dataclass(frozen=True, slots=True)
class Guide:
    """A hand-written page, complete: its path, its title and headings for the search, its HTML."""

    path: str
    title: str
    headings: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """What MkDocs built: shells by page path, guides, and the folder whose other files are copied."""

    folder: Path
    shells: Mapping[str, Shell]
    guides: tuple[Guide, ...]

    def shell(self, path: str) -> Shell:
        """Return the shell for a page path such as `hubs/gh/x/`: its own, or the one of its depth."""
        return self.shells[path if path in self.shells else _DEPTHS[path.count("/")]]

    def files(self) -> Iterator[Artifact]:
        """Yield guides and every file that is no page."""
        for guide in self.guides:
            yield Artifact(_file_of(guide.path), guide.content)
        for path in _files(self.folder):
            if not path.endswith(".html"):
                yield Artifact(path, (self.folder / path).read_bytes())


def read(folder: Path) -> Frame:
    """Return the frame that MkDocs built in a folder."""
    shells: dict[str, Shell] = {}
    guides: list[Guide] = []
    for path in _files(folder, dropped=_DROPPED[1:]):
        if path.endswith(".html"):
            text = (folder / path).read_text(encoding="utf-8")
            page = path.removesuffix("index.html")
            if _CONTENT in text:
                shells[page] = _shell(_LEADING_SPACE.sub("\n", text).lstrip())
            else:
                guides.append(_guide(page, text.lstrip()))
    return Frame(folder, shells, tuple(guides))


def _files(folder: Path, dropped: tuple[str, ...] = _DROPPED) -> list[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if not path.startswith(dropped) and not path.endswith(".map"))


def _shell(text: str) -> Shell:
    start, _, rest = text.replace(_POLICY, policy.tag(text)).partition(_HEAD)
    middle, _, end = rest.partition(_CONTENT)
    return Shell(start.encode(), middle.encode(), end.encode())


def _guide(path: str, text: str) -> Guide:
    headings = [policy.bare(found) for found in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", text, re.DOTALL)]
    content = text.replace(_POLICY, policy.tag(text)).encode()
    return Guide(path, headings[0] if headings else path, tuple(headings[1:]), content)


def _file_of(page: str) -> str:
    return f"{page}index.html" if page.endswith("/") or not page else page
