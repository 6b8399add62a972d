"""A page with a long list in; as many pages out as keep each below some 200 KB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .edition import Edition
from .page import Item, Page, Section

LIMIT = 400  # rows of some 300 bytes each


def paged(
    edition: Edition, page: Page, ids: Sequence[str], row: Callable[[str], Item], heading: str = ""
) -> Iterator[Page]:
    """Yield `page` with the first rows of its list, then `<path>page--2/` and so on with the others.

    No id has two hyphens in a row, so that no record's page stands there.
    """
    count = max(1, -(-len(ids) // LIMIT))
    for number in range(1, count + 1):
        items = tuple(row(id) for id in ids[(number - 1) * LIMIT : number * LIMIT])
        sections = (*page.sections, Section(heading, id="list", items=items))
        if count > 1:
            sections = (*sections, _others(edition, page.path, number, count))
        if number == 1:
            yield page._replace(sections=sections)
        else:
            title = edition.strings("page.of", title=page.title, number=number, total=count)
            yield page._replace(path=f"{page.path}page--{number}/", title=title, sections=sections)


def _others(edition: Edition, path: str, here: int, count: int) -> Section:
    items = tuple(
        Item(str(number), page="" if number == here else path if number == 1 else f"{path}page--{number}/")
        for number in range(1, count + 1)
    )
    return Section(edition.strings("page.others"), id="pages", items=items, style="tags")
