"""An edition and a page's path in; the licence of the data as a link, and the line by which to cite the page, out."""

from __future__ import annotations

import re

from .edition import Edition
from .page import Item, Section

_CREATIVE = re.compile(r"CC-(BY(?:-(?:NC|ND|SA))*)-([0-9]\.[0-9])")
_ZERO = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}
_NAMED = re.compile(r"[A-Za-z0-9.+-]+")  # a single licence, and no expression of several


def licence(edition: Edition) -> Item:
    """Return the licence of the registry's data, which is in SPDX's words, with a link to its text where it is one."""
    name = edition.settings.licences.data
    return Item(name, url=_address(name))


def cite(edition: Edition, path: str, title: str) -> Section:
    """Return how to cite a page: registry, page, address, day of the data; and their licence."""
    text = edition.strings(
        "cite.as",
        name=edition.name,
        title=title,
        address=f"{edition.settings.url.rstrip('/')}/{edition.prefix}{path}",
        date=edition.strings.day(edition.registry.as_of),
    )
    return Section("", id="cite", links=(Item(text), licence(edition)))


def _address(name: str) -> str:
    if found := _CREATIVE.fullmatch(name):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if name in _ZERO:
        return _ZERO[name]
    is_single = _NAMED.fullmatch(name) and not name.startswith("LicenseRef-")
    return f"https://spdx.org/licenses/{name}.html" if is_single else ""
