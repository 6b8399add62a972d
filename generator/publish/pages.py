"""A page's values and the shell of its path in; the finished file out. The only home of templates.

Every value is escaped where it is printed (Jinja's autoescape); nothing in a record is ever trusted as markup.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..artifacts import Artifact
from .page import Item, Page
from .shells import Frame
from .strings import Strings

_WEB = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"'`\\\x00-\x1f]+\Z")
# Marks that turn the direction of what follows; on a page each text is isolated, in titles there is no element.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_UNSAFE_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class Templates:
    """The templates of one language's pages, compiled once."""

    def __init__(self, folder: Path, frame: Frame, strings: Strings, address: str) -> None:
        self.frame = frame
        self.address = address.rstrip("/") + "/"
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(t=_escaped_once(strings), language=strings.language)
        self._environment.filters.update({"item": item, "prose": prose, "plain": untwisted, "script_json": script_json})
        self._head = self._environment.get_template("head.html").render

    def page(self, page: Page, template: str = "record.html", **more: object) -> Artifact:
        """Return the file of a page, filled into its shell."""
        up = Markup("../" * page.path.count("/"))
        render = self._environment.get_template(template).render
        head = self._head(page=page, canonical=self.address + page.path)
        content = render(page=page, up=up, **more)
        return Artifact(f"{page.path}index.html", self.frame.shell(page.path).fill(head, content))

    def bare(self, path: str, template: str, **values: object) -> Artifact:
        """Return a file that needs no shell."""
        render = self._environment.get_template(template).render
        return Artifact(path, render(address=self.address, **values).encode())


def _escaped_once(strings: Strings) -> Callable[..., Markup]:
    """Return the interface words as markup; those without values, which stand on every page, are escaped once."""
    fixed = functools.cache(lambda key: escape(strings(key)))
    return lambda key, **values: escape(strings(key, **values)) if values else fixed(key)


def web(url: str) -> str:
    """Return an address of the web, a mailbox or a telephone, else "": no `javascript:` ever becomes a link."""
    return url if _WEB.match(url) else ""


@functools.lru_cache(maxsize=1 << 16)
def item(one: Item, up: str) -> Markup:
    """Return an item as markup, every part of it escaped; `up` leads from its page to the site's root."""
    lang = f' lang="{escape(one.language)}"' if one.language else ""
    text = f"<bdi>{escape(one.text)}</bdi>"
    address = f"{up}{one.page}" if one.page else web(one.url)
    if address:
        outside = "" if one.page else ' rel="noopener nofollow"'
        text = f'<a href="{escape(address)}"{outside}{lang}>{text}</a>'
    elif lang:
        text = f"<span{lang}>{text}</span>"
    return Markup(f"{text} <small>{escape(one.note)}</small>" if one.note else text)


def prose(text: str) -> Markup:
    """Return a paragraph as markup: all of it escaped, and what stands between backquotes as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    shown = (f"<code>{escape(part)}</code>" if at % 2 else str(escape(part)) for at, part in enumerate(parts))
    return Markup("".join(shown))


def untwisted(text: str) -> str:
    """Return text without the marks that turn its direction."""
    return text.translate(_TURNS)


def script_json(value: Any) -> Markup:
    """Return JSON for a `<script>` of data: nothing in it can end the script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Markup(text.translate(_UNSAFE_IN_SCRIPT))
