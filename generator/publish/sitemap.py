"""Paths of pages in; sitemaps of at most 50,000 each, their index, and the file that names them out.

https://www.sitemaps.org
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ..artifacts import Artifact
from ..records import Settings
from .edition import prefix

_LIMIT = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(address: str, prefix: str, pages: Sequence[str]) -> Iterator[Artifact]:
    """Yield `sitemap.xml` for one language's pages below `prefix`; with parts beside it when there are many."""
    ordered = sorted(pages)
    parts = [ordered[at : at + _LIMIT] for at in range(0, len(ordered), _LIMIT)] or [[]]
    here = address + prefix
    if len(parts) == 1:
        yield Artifact(f"{prefix}sitemap.xml", _urls(here, parts[0]))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        rows = "".join(f"<sitemap><loc>{escape(here + name)}</loc></sitemap>\n" for name in names)
        yield Artifact(f"{prefix}sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{rows}</sitemapindex>\n".encode())
        for name, part in zip(names, parts, strict=True):
            yield Artifact(prefix + name, _urls(here, part))


def robots(settings: Settings) -> Iterator[Artifact]:
    """Yield `robots.txt`, which names the sitemap of each language."""
    address = settings.url.rstrip("/") + "/"
    names = (f"Sitemap: {address}{prefix(settings, language)}sitemap.xml\n" for language in settings.languages)
    yield Artifact("robots.txt", f"User-agent: *\nAllow: /\n{''.join(names)}".encode())


def _urls(address: str, pages: Sequence[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(address + page)}</loc></url>\n" for page in pages)
    return f"{_HEAD}<urlset {_SPACE}>\n{rows}</urlset>\n".encode()
