"""A page's values and the shell of its path in; the finished file out. The only home of templates.

Every value is escaped where it is printed (Jinja's autoescape); nothing in a record is ever trusted as markup.
"""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..artifacts import Artifact
from .page import Fact, Item, Page
from .shells import Frame
from .strings import Strings

_WEB = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"'`\\\x00-\x1f]+\Z")
# Marks that turn the direction of what follows; on a page each text is isolated, in titles there is no element.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
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
        self._environment.globals["language"] = strings.language
        # `t` is a filter, so that Jinja puts the words into a template when it compiles it.
        filters: dict[str, Callable[..., str]] = {
            "t": strings, "item": item, "joined": joined, "rows": rows, "facts": facts, "prose": prose,
            "plain": untwisted, "script_json": script_json,
        }  # fmt: skip
        self._environment.filters.update(filters)
        self._content = functools.cache(partial(self._macro, "content"))
        self._head = self._macro("head", "head.html")

    def _macro(self, name: str, template: str) -> Callable[..., str]:
        # It costs half of what its template would, which makes a context of its own for each page.
        macro: Callable[..., str] = getattr(self._environment.get_template(template).module, name)
        return macro

    def page(self, page: Page, template: str = "record.html") -> Artifact:
        """Return the file of a page, filled into its shell."""
        up = Markup("../" * page.path.count("/"))
        head = self._head(page, self.address + page.path)
        content = self._content(template)(page, up)
        return Artifact(f"{page.path}index.html", self.frame.shell(page.path).fill(head, content))

    def bare(self, path: str, template: str, **values: object) -> Artifact:
        """Return a file that needs no shell."""
        render = self._environment.get_template(template).render
        return Artifact(path, render(address=self.address, **values).encode())


def web(url: str) -> str:
    """Return an address of the web, a mailbox or a telephone, else "": no `javascript:` ever becomes a link."""
    return url if _WEB.match(url) else ""


def item(one: Item, up: str) -> Markup:
    """Return an item as markup, every part of it escaped; `up` leads from its page to the site's root."""
    return Markup(_item(one, up))


def joined(items: Sequence[Item], up: str, between: str = ", ") -> Markup:
    """Return items as markup on one line."""
    return Markup(between.join([_item(one, up) for one in items]))


def rows(items: Sequence[Item], up: str) -> Markup:
    """Return items as the lines of a list."""
    return Markup("\n".join([_row(one, up) for one in items]))


def facts(all: Sequence[Fact], up: str) -> Markup:
    """Return facts as a list of labels and what is known under each."""
    lines = "\n".join([_fact(label, items, up) for label, items in all])
    return Markup(f'<dl class="karakana-facts">\n{lines}\n</dl>')


def _fact(label: str, items: Sequence[Item], up: str) -> str:
    return f"<div><dt>{html.escape(label)}</dt><dd>{', '.join([_item(one, up) for one in items])}</dd></div>"


def _row(one: Item, up: str) -> str:
    tone = f' class="karakana-{html.escape(one.tone)}"' if one.tone else ""
    return f"<li{tone}>{_item(one, up)}</li>"


@functools.lru_cache(maxsize=1 << 16)
def _item(one: Item, up: str) -> str:
    name, page, url, note, language, _ = one
    lang = f' lang="{html.escape(language)}"' if language else ""
    text = f"<bdi>{html.escape(name)}</bdi>"
    if page:
        text = f'<a href="{up}{html.escape(page)}"{lang}>{text}</a>'
    elif address := web(url):
        text = f'<a href="{html.escape(address)}" rel="noopener nofollow"{lang}>{text}</a>'
    elif lang:
        text = f"<span{lang}>{text}</span>"
    return f"{text} <small>{html.escape(note)}</small>" if note else text


def prose(text: str) -> Markup:
    """Return a paragraph as markup: all of it escaped, and what stands between backquotes as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    shown = (f"<code>{escape(part)}</code>" if at % 2 else str(escape(part)) for at, part in enumerate(parts))
    return Markup("".join(shown))


def untwisted(text: str) -> str:
    """Return text without the marks that turn its direction."""
    return text if text.isascii() else text.translate(_TURNS)


def script_json(value: Any) -> Markup:
    """Return JSON for a `<script>` of data: nothing in it can end the script."""
    return Markup(_AS_JSON(value).translate(_UNSAFE_IN_SCRIPT))
