"""MkDocs' output in one language in; shells to fill, guides with their policy, and other files out.

A shell is a page that holds the slots `[[karakana:head]]`, `[[karakana:languages]]` and `[[karakana:content]]`. In
every page `[[karakana:policy]]` becomes its Content-Security-Policy and `[[karakana:root]]` leads to the site's root.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..artifacts import Artifact
from . import policy

_POLICY, _ROOT = "[[karakana:policy]]", "[[karakana:root]]"
_HEAD, _LANGUAGES, _CONTENT = "[[karakana:head]]", "[[karakana:languages]]", "[[karakana:content]]"
# The pages below `shells/` serve every page of their depth; MkDocs' own sitemap bears the day of the build.
_DEPTHS = {1: "shells/", 2: "shells/a/", 3: "shells/a/b/", 4: "shells/a/b/c/"}
# Of mkdocs-material's own files none is used: the theme that stands on it brings its styles and scripts along.
_DROPPED = (
    "shells/", "sitemap.xml", "sitemap.xml.gz", "assets/javascripts/", "assets/stylesheets/",
    "assets/images/favicon.png",
)  # fmt: skip
_LEADING_SPACE = re.compile(r"\s*\n\s*")
_ASSET = re.compile(r"""(?<=["'])(?:\.\./)*assets/""")


@dataclass(frozen=True, slots=True)
class Shell:
    """A finished page in four parts: what comes before its head, languages and content, and after it."""

    start: bytes
    top: bytes
    middle: bytes
    end: bytes

    def fill(self, head: str, languages: str, content: str) -> bytes:
        """Return the page with its slots filled by markup."""
        parts = (self.start, head.encode(), self.top, languages.encode(), self.middle, content.encode(), self.end)
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Guide:
    """A hand-written page: its path, its title and headings for the search, its HTML with the slot for languages."""

    path: str
    title: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What MkDocs built for one language: shells by page path, guides, and the folder whose other files are copied."""

    folder: Path
    shells: Mapping[str, Shell]
    guides: tuple[Guide, ...]

    def shell(self, path: str) -> Shell:
        """Return the shell for a page path such as `hubs/gh/x/`: its own, or the one of its depth."""
        return self.shells[path if path in self.shells else _DEPTHS[path.count("/")]]

    def files(self) -> Iterator[Artifact]:
        """Yield every file that is no page."""
        for path in _files(self.folder):
            if not path.endswith(".html"):
                yield Artifact(path, (self.folder / path).read_bytes())

    def pages(self, prefix: str, languages: Callable[[str], str], slots: Mapping[str, str]) -> Iterator[Artifact]:
        """Yield the guides below `prefix`.

        `languages` gives the links to a path in other languages, `slots` what the registry puts into its guides.
        """
        for guide in self.guides:
            if guide.path.endswith("/") or not prefix:  # the page for what is not there has one place
                text = guide.text.replace(_LANGUAGES, languages(guide.path))
                for name, markup in slots.items():
                    text = text.replace(f"[[karakana:{name}]]", markup)
                yield Artifact(prefix + _file_of(guide.path), text.encode())


def read(folder: Path, prefix: str = "", root: str = "/", tiles: str = "") -> Frame:
    """Return the frame that MkDocs built in a folder; its pages will lie below `prefix`, its assets at the root.

    `root` is the path of the site's root for the page that is shown for every address that is none, `tiles` the
    host of street images that pages with a map may show (`policy.host`).
    """
    shells: dict[str, Shell] = {}
    guides: list[Guide] = []
    for path in _files(folder, dropped=_DROPPED[1:]):
        if path.endswith(".html"):
            page = path.removesuffix("index.html")
            up = "../" * (page + prefix).count("/") if page != "404.html" else root
            text = _rooted((folder / path).read_text(encoding="utf-8"), up)
            if _CONTENT in text:
                shells[page] = _shell(_LEADING_SPACE.sub("\n", text).lstrip(), tiles)
            else:
                guides.append(_guide(page, text.lstrip()))
    return Frame(folder, shells, tuple(guides))


def _rooted(text: str, up: str) -> str:
    """Return a page whose assets are those of the site's root, to which `up` leads."""
    return _ASSET.sub(f"{up}assets/", text).replace(_ROOT, up.rstrip("/") or ".")


def _files(folder: Path, dropped: tuple[str, ...] = _DROPPED) -> list[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if not path.startswith(dropped) and not path.endswith(".map"))


def _shell(text: str, tiles: str) -> Shell:
    start, _, rest = text.replace(_POLICY, policy.tag(text, tiles)).partition(_HEAD)
    top, _, rest = rest.partition(_LANGUAGES) if _LANGUAGES in rest else ("", "", rest)
    middle, _, end = rest.partition(_CONTENT)
    return Shell(start.encode(), top.encode(), middle.encode(), end.encode())


def _guide(path: str, text: str) -> Guide:
    headings = [policy.bare(found) for found in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", text, re.DOTALL)]
    return Guide(path, headings[0] if headings else path, tuple(headings[1:]), text.replace(_POLICY, policy.tag(text)))


def _file_of(page: str) -> str:
    return f"{page}index.html" if page.endswith("/") or not page else page
