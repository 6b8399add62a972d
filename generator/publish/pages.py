"""A page's values and the shell of its path in; the finished file out. The only home of templates.

Every value is escaped where it is printed (Jinja's autoescape); nothing in a record is ever trusted as markup.
"""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import jinja2

from ..artifacts import Artifact
from ..records.instance import Tiles
from ..words import comma, language_name, typeset
from . import markup
from .edition import Edition, prefix
from .page import Page
from .shells import Frame


class Templates:
    """The templates of one language's pages, compiled once."""

    def __init__(self, folder: Path, frame: Frame, edition: Edition) -> None:
        self.frame = frame
        self.prefix = edition.prefix
        self.address = edition.settings.url.rstrip("/") + "/"
        self._others = [(code, prefix(edition.settings, code)) for code in edition.settings.languages]
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        tiles = edition.settings.tiles or Tiles(url="", attribution="")
        self._environment.globals.update(language=edition.language, tiles=tiles)
        between = comma(edition.language)
        # `t` is a filter, so that Jinja puts the words into a template when it compiles it.
        filters: dict[str, Callable[..., str]] = {
            "t": edition.strings, "item": markup.item, "joined": markup.joined,
            "rows": partial(markup.rows, comma=between), "facts": partial(markup.facts, comma=between),
            "sections": partial(markup.sections, comma=between), "contents": markup.contents,
            "plain": markup.untwisted, "typeset": typeset,
        }  # fmt: skip
        self._environment.filters.update(filters)
        self._content = functools.cache(partial(self._macro, "content"))

    def _macro(self, name: str, template: str) -> Callable[..., str]:
        # It costs half of what its template would, which makes a context of its own for each page.
        macro: Callable[..., str] = getattr(self._environment.get_template(template).module, name)
        return macro

    def page(self, page: Page, template: str = "record.html") -> Artifact:
        """Return the file of a page, filled into its shell."""
        up = "../" * page.path.count("/")
        root = "../" * (page.path + self.prefix).count("/")
        head = markup.head(page, self.address + self.prefix + page.path, self.alternates(page.path))
        content = self._content(template)(page, up, root)
        shell = self.frame.shell(page.path)
        return Artifact(f"{self.prefix}{page.path}index.html", shell.fill(head, self.languages(page.path), content))

    def alternates(self, path: str) -> Sequence[tuple[str, str]]:
        """Return (language, address) of a page in each language; nothing when there is but one."""
        if len(self._others) < 2:
            return ()
        return [(code, f"{self.address}{prefix}{path}") for code, prefix in self._others]

    def languages(self, path: str) -> str:
        """Return links to a page in each language; nothing when there is but one."""
        if len(self._others) < 2:
            return ""
        root = "../" * (path + self.prefix).count("/")
        rows = (self._language(code, f"{root}{prefix}{path}" or "./", prefix) for code, prefix in self._others)
        return f"<ul>{''.join(rows)}</ul>"

    def _language(self, code: str, address: str, prefix: str) -> str:
        here = ' aria-current="true"' if prefix == self.prefix else ""
        name = html.escape(language_name(code, code))
        return f'<li><a href="{html.escape(address)}" hreflang="{code}" lang="{code}"{here}>{name}</a></li>'

    def bare(self, path: str, template: str, **values: object) -> Artifact:
        """Return a file that needs no shell."""
        render = self._environment.get_template(template).render
        return Artifact(self.prefix + path, render(address=self.address + self.prefix, **values).encode())
