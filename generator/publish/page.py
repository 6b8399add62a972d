"""What a page shows, as plain values: headings, facts and lists of links. Text in them is not yet escaped."""

from __future__ import annotations

from typing import Any, NamedTuple


class Item(NamedTuple):
    """A text that may lead somewhere: to a page of this site (`page`, from its root) or to a web address.

    `facts` stand below it where it is a line of a list.
    """

    text: str
    page: str = ""
    url: str = ""
    note: str = ""
    language: str = ""
    tone: str = ""
    facts: tuple[Fact, ...] = ()


class Fact(NamedTuple):
    """What is known under one label; of the style "lines", each item on a line of its own."""

    label: str
    items: tuple[Item, ...]
    style: str = ""


class Drawing(str):
    """Markup of our own making, from numbers and escaped words; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: escaping is done."""
        return self


class Table(NamedTuple):
    """A table: what its rows are, a heading for each column, for each row its heading and cells, a word for none.

    Of the style "stacked", each row is a card on a narrow screen, with only the cells that say something.
    """

    caption: str
    corner: str
    columns: tuple[Item, ...]
    rows: tuple[tuple[Item, tuple[tuple[Item, ...], ...]], ...]
    nothing: str
    style: str = ""


class Section(NamedTuple):
    """A part of a page: a heading, paragraphs, a drawing, facts, a list of links, a table, and code shown as it is.

    `data` are values for the app, by the names of their attributes. `english` says that the paragraphs, list and code
    are English on a page in another language; `language` that all of it is in that one.
    """

    title: str
    id: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    style: str = "rows"
    code: str = ""
    sections: tuple[Any, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    drawing: Drawing | None = None
    table: Table | None = None
    links: tuple[Item, ...] = ()
    english: bool = False
    language: str = ""


class Step(NamedTuple):
    """Where a record stands on the way from basic to contractable."""

    label: str
    reached: bool


class Trust(NamedTuple):
    """Why a record can be believed, and how to mend it."""

    verified: str = ""
    tone: str = ""
    steps: tuple[Step, ...] = ()
    advice: tuple[Item, ...] = ()
    sources: tuple[Item, ...] = ()
    history: str = ""
    actions: tuple[Item, ...] = ()


class Page(NamedTuple):
    """A page at `path` (`hubs/gh/x/`), below the links of `trail`.

    `about` stands below the title, `after` behind what the page says of its trust; `printed` is its address on paper,
    `plot` what a map shows once somebody opens it (`plotted`).
    """

    path: str
    title: str
    kind: str = ""
    about: tuple[Item, ...] = ()
    lead: str = ""
    lead_language: str = ""
    description: str = ""
    trail: tuple[Item, ...] = ()
    banners: tuple[Item, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    after: tuple[Section, ...] = ()
    trust: Trust | None = None
    data: str = ""
    structured: Any = None
    language: str = ""
    hidden: bool = False
    printed: str = ""
    plot: str = ""


def facts(*pairs: tuple[str, tuple[Item, ...] | str]) -> tuple[Fact, ...]:
    """Return a fact for each label whose items are there; a text is an item of its own."""
    return tuple(Fact(label, (Item(found),) if isinstance(found, str) else found) for label, found in pairs if found)


def filled(*sections: Section) -> tuple[Section, ...]:
    """Return the sections that say something."""
    return tuple(
        one
        for one in sections
        if one.items or one.facts or one.sections or one.paragraphs or one.drawing or one.table or one.code
    )
