"""A page about what is written in English alone, such as rules and schemas, in; how it stands in an edition out.

In other languages the same notice stands above it as above a guide that nobody has translated (`mkdocs_hook`).
"""

from __future__ import annotations

from collections.abc import Sequence

from .edition import Edition
from .page import Item, Page, Section
from .strings import WRITTEN_IN


def english(edition: Edition, page: Page) -> Page:
    """Return a page whose paragraphs, lists and code are English; its title and lead are where it says so itself."""
    if edition.language == WRITTEN_IN:
        return page._replace(language="", lead_language="")
    notice = Item(edition.strings("guide.untranslated"), tone="untranslated")
    return page._replace(banners=(*page.banners, notice), sections=_marked(page.sections))


def _marked(sections: Sequence[Section]) -> tuple[Section, ...]:
    return tuple(one._replace(english=True, sections=_marked(one.sections)) for one in sections)
