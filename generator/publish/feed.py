"""The history of a registry in; an Atom feed (RFC 4287) of its latest changes out."""

from __future__ import annotations

import html
import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from ..artifacts import Artifact
from ..log import Change
from .changes import FEED, PATH, Former, commit, former_ids, said, touched
from .credits import authors
from .edition import Edition
from .page import Fact, Item

ENTRIES = 50
_SPACE = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, escaped or not; and marks that turn the direction of what follows.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def feed(edition: Edition) -> Artifact:
    """Return the feed, in the registry's default language. Without changes it is as old as the registry."""
    address = edition.settings.url.rstrip("/") + "/"
    entries = edition.history.changes[:ENTRIES]
    newest = max((_moment(change.moment) for change in entries), default=f"{edition.registry.as_of}T00:00:00Z")
    root = ElementTree.Element("feed", {"xmlns": _SPACE, "xml:lang": edition.language})
    _text(root, "id", address + FEED)
    _text(root, "title", edition.strings("changes.feed.title", name=edition.name))
    _text(root, "updated", newest)
    ElementTree.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address + FEED})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": address + PATH})
    _author(root, edition.name)
    former = former_ids(edition)
    for change in entries:
        _entry(root, edition, address, change, former)
    ElementTree.indent(root)
    return Artifact(FEED, ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")


def _entry(root: ElementTree.Element, edition: Edition, address: str, change: Change, former: Former) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _text(entry, "id", _tag(address, change))
    _text(entry, "title", said(edition, change))
    _text(entry, "updated", _moment(change.moment))
    href = commit(edition, change) or f"{address}{PATH}#{change.short}"
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "href": href})
    for name in authors(edition, change.authors):
        _author(entry, name)
    markup = "".join(_fact(fact, address) for fact in touched(edition, change, former))
    _text(entry, "content", markup).set("type", "html")


def _tag(address: str, change: Change) -> str:
    """Return an id that no other change has, whatever becomes of the address (RFC 4151)."""
    where = urlsplit(address)
    return f"tag:{where.hostname},{change.day}:{where.path}{change.id}"


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _fact(fact: Fact, address: str) -> str:
    items = "".join(f"<li>{_link(item, address)}</li>" for item in fact.items)
    return f"<p>{html.escape(fact.label)}</p><ul>{items}</ul>"


def _link(item: Item, address: str) -> str:
    text = html.escape(item.text)
    link = f'<a href="{html.escape(address + item.page)}">{text}</a>' if item.page else text
    return f"{link} ({html.escape(item.note)})" if item.note else link


def _author(parent: ElementTree.Element, name: str) -> None:
    _text(ElementTree.SubElement(parent, "author"), "name", name)


def _text(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag)
    child.text = _UNFIT.sub("", text)
    return child
