"""What a page shows, as plain values: headings, facts and lists of links. Text in them is not yet escaped."""

from __future__ import annotations

from typing import Any, NamedTuple


class Item(NamedTuple):
    """A text that may lead somewhere: to a page of this site (`page`, from its root) or to a web address."""

    text: str
    page: str = ""
    url: str = ""
    note: str = ""
    language: str = ""
    tone: str = ""


class Fact(NamedTuple):
    """What is known under one label."""

    label: str
    items: tuple[Item, ...]


class Section(NamedTuple):
    """A part of a page: a heading, paragraphs, facts, a list of links, and code to be shown as it is."""

    title: str
    id: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    style: str = "rows"
    code: str = ""
    sections: tuple[Any, ...] = ()


class Step(NamedTuple):
    """Where a record stands on the way from basic to contractable."""

    label: str
    reached: bool


class Trust(NamedTuple):
    """Why a record can be believed, and how to mend it."""

    verified: str = ""
    tone: str = ""
    steps: tuple[Step, ...] = ()
    advice: str = ""
    sources: tuple[Item, ...] = ()
    actions: tuple[Item, ...] = ()


class Page(NamedTuple):
    """A page at `path` (`hubs/gh/x/`), below the links of `trail`."""

    path: str
    title: str
    kind: str = ""
    lead: str = ""
    lead_language: str = ""
    description: str = ""
    trail: tuple[Item, ...] = ()
    banners: tuple[Item, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    trust: Trust | None = None
    data: str = ""
    structured: Any = None
    language: str = ""
    hidden: bool = False


def facts(*pairs: tuple[str, tuple[Item, ...] | str]) -> tuple[Fact, ...]:
    """Return a fact for each label whose items are there; a text is an item of its own."""
    return tuple(Fact(label, (Item(found),) if isinstance(found, str) else found) for label, found in pairs if found)
