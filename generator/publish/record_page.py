"""A record in; what its page has in common with the pages of all records out."""

from __future__ import annotations

from ..records import Record
from ..words import Text
from .edition import Edition, address
from .page import Item, Page
from .trust import banners, trust

_DESCRIPTION = 200  # letters that a search engine may show


def record_page(edition: Edition, record: Record, title: str, summary: Text | None) -> Page:
    """Return the page of a record without its facts and sections."""
    strings, folder = edition.strings, record.folder
    lead = edition.text(summary)
    return Page(
        path=address(type(record), record.id),
        title=title,
        kind=strings(record.record_kind),
        description=lead[:_DESCRIPTION] or title,
        lead=lead,
        lead_language=edition.language_of(summary),
        trail=(Item(strings(folder), page=f"{folder}/"),),
        banners=banners(edition, record),
        trust=trust(edition, record),
        data=edition.data(record),
        hidden=edition.is_hidden(record),
    )
