"""Parts of a page in; their markup out, every text in them escaped. Templates put the parts together.

Python makes what stands on every page many times: it takes a third of the time that a template's macros would.
"""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ..words import direction
from .page import Fact, Item, Page, Section, Table

_WEB = re.compile(r"(https?://|mailto:|tel:|geo:)[^\s<>\"'`\\\x00-\x1f]+\Z")
# Marks that turn the direction of what follows; on a page each text is isolated, in titles there is no element.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LONG = 4  # parts of a page from which on links to them stand at its top
_ENGLISH, _EITHER_WAY = ' lang="en" dir="ltr"', ' dir="auto"'
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_UNSAFE_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def web(url: str) -> str:
    """Return an address of the web, a mailbox, telephone or point, else "": no `javascript:` ever becomes a link."""
    return url if _WEB.match(url) else ""


def item(one: Item, up: str) -> Markup:
    """Return an item as markup, every part of it escaped; `up` leads from its page to the site's root."""
    return Markup(_item(one, up))


def joined(items: Sequence[Item], up: str, between: str = ", ") -> Markup:
    """Return items as markup on one line."""
    return Markup(between.join([_item(one, up) for one in items]))


def rows(items: Sequence[Item], up: str, comma: str = ", ") -> Markup:
    """Return items as the lines of a list; `comma` parts what stands on one line."""
    return Markup("\n".join([_row(one, up, comma) for one in items]))


def facts(all: Sequence[Fact], up: str, comma: str = ", ") -> Markup:
    """Return facts as a list of labels and what is known under each."""
    lines = "\n".join([_fact(one, up, comma) for one in all])
    return Markup(f'<dl class="karakana-facts">\n{lines}\n</dl>')


def _fact(fact: Fact, up: str, comma: str) -> str:
    label, items, style = fact
    if style:
        shown = f'<ul class="karakana-{html.escape(style)}">{rows(items, up, comma)}</ul>'
    else:
        shown = comma.join([_item(one, up) for one in items])
    return f"<div><dt>{html.escape(label)}</dt><dd>{shown}</dd></div>"


def _row(one: Item, up: str, comma: str) -> str:
    tone = f' class="karakana-{html.escape(one.tone)}"' if one.tone else ""
    if one.facts:  # a machine at its hub, which is nowhere else
        return f"<li{tone}>{_markup(one, up)}\n{facts(one.facts, up, comma)}</li>"
    return f"<li{tone}>{_item(one, up)}</li>"


def _markup(one: Item, up: str) -> str:
    name, page, url, note, language, _, _ = one
    lang = f' lang="{html.escape(language)}"' if language else ""
    text = f"<bdi>{html.escape(name)}</bdi>"
    if page:
        text = f'<a href="{up}{html.escape(page)}"{lang}>{text}</a>'
    elif address := web(url):
        text = f'<a href="{html.escape(address)}" rel="noopener nofollow"{lang}>{text}</a>'
    elif lang:
        text = f"<span{lang}>{text}</span>"
    return f"{text} <small>{html.escape(note)}</small>" if note else text


_item = functools.lru_cache(maxsize=1 << 16)(_markup)


def head(page: Page, canonical: str, alternates: Sequence[tuple[str, str]]) -> str:
    """Return what stands in a page's `<head>`: title, description, its address here and in other languages."""
    lines = [
        f"<title>{html.escape(untwisted(page.title))}</title>",
        f'<meta name="description" content="{html.escape(untwisted(page.description))}">',
        f'<link rel="canonical" href="{html.escape(canonical)}">',
        *(f'<link rel="alternate" hreflang="{code}" href="{html.escape(url)}">' for code, url in alternates),
    ]
    if page.hidden:
        lines.append('<meta name="robots" content="noindex">')
    if page.structured:
        lines.append(f'<script type="application/ld+json">{script_json(page.structured)}</script>')
    return "\n".join(lines) + "\n"


def contents(page: Page) -> Markup:
    """Return links to the parts of a long page of a record, for the top of it; nothing for a short one."""
    parts = [part for part in (*page.sections, *page.after) if part.id and part.title]
    if page.trust is None or len(parts) < _LONG:
        return Markup("")
    lines = (f'<li><a href="#{html.escape(part.id)}">{html.escape(part.title)}</a></li>' for part in parts)
    return Markup("\n".join(lines))


def sections(parts: Sequence[Section], up: str, level: int = 2, comma: str = ", ") -> Markup:
    """Return parts of a page as markup, their headings at a level; `comma` parts what stands on one line."""
    return Markup("".join([_section(part, up, level, comma) for part in parts]))


def _section(part: Section, up: str, level: int, comma: str) -> str:
    if part.style == "folded":
        return _folded(part, up, comma)
    if part.style == "closed":
        return _closed(part, up, level, comma)
    shown = [f"<h{level}>{html.escape(part.title)}</h{level}>"] if part.title else []
    lang = _ENGLISH if part.english else ""
    shown += [f"<p{lang or _EITHER_WAY}>{prose(text)}</p>" for text in part.paragraphs]
    if part.drawing:
        shown.append(part.drawing)
    if part.facts:
        shown.append(facts(part.facts, up, comma))
    if part.items:
        shown.append(f'<ul class="karakana-{part.style}"{lang}>\n{rows(part.items, up, comma)}\n</ul>')
    if part.table:
        shown.append(_table(part.table, up))
    if part.links:
        shown.append(f'<p class="karakana-links">{joined(part.links, up, " · ")}</p>')
    if part.code:
        shown.append(f"<pre{lang}><code>{html.escape(part.code)}</code></pre>")
    shown += [_section(inner, up, level + 1, comma) for inner in part.sections]
    id = f' id="{html.escape(part.id)}"' if part.id else ""
    data = "".join([f' data-{name}="{html.escape(value)}"' for name, value in part.data])
    if part.language:
        data += f' lang="{html.escape(part.language)}" dir="{direction(part.language)}"'
    return f"<section{id}{data}>\n" + "\n".join(shown) + "\n</section>\n"


def _folded(part: Section, up: str, comma: str) -> str:
    """Return a list of cards which opens when somebody wants it; a browser's search opens it, too."""
    id = f' id="{html.escape(part.id)}"' if part.id else ""
    shown = [f'<details class="karakana-folded"{id}><summary>{html.escape(part.title)}</summary>']
    shown += [f"<p>{prose(text)}</p>" for text in part.paragraphs]
    shown.append(f'<ul class="karakana-cards">\n{rows(part.items, up, comma)}\n</ul>')
    if part.links:
        shown.append(f'<p class="karakana-links">{joined(part.links, up, " · ")}</p>')
    return "\n".join((*shown, "</details>\n" if part.id else "</details>"))


def _closed(part: Section, up: str, level: int, comma: str) -> str:
    """Return a part of a long page that its title opens: a heading where links lead to it, else a line."""
    title = html.escape(part.title)
    id, kind = (f' id="{html.escape(part.id)}"', f"h{level}") if part.id else ("", "span")
    inner = _section(part._replace(title="", id="", style="rows"), up, level, comma)
    summary = f"<summary><{kind}>{title}</{kind}></summary>"
    return f'<details class="karakana-closed"{id}>{summary}\n{inner}</details>\n'


def _table(table: Table, up: str) -> str:
    caption = html.escape(table.caption)
    style, role, row, column = "", "", "", ""
    if table.style:
        style = f" karakana-{html.escape(table.style)}"
        role, row, column = ' role="table"', ' role="row"', ' role="columnheader"'
    heads = "".join([f'<th{column} scope="col">{_item(one, up)}</th>' for one in table.columns])
    corner = f'<th{column} scope="col">{html.escape(table.corner)}</th>'
    lines = "\n".join([_line(table, head, cells, up) for head, cells in table.rows])
    return (
        f'<div class="karakana-scroll" role="region" tabindex="0" aria-label="{caption}">\n'
        f'<table class="karakana-table{style}"{role}>\n<caption>{caption}</caption>\n'
        f"<thead><tr{row}>{corner}{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n</div>"
    )


def _line(table: Table, head: Item, cells: Sequence[Sequence[Item]], up: str) -> str:
    empty = f'<span aria-hidden="true">–</span><span class="karakana-unseen">{html.escape(table.nothing)}</span>'
    if not table.style:
        shown = "".join([f"<td><ul>{rows(cell, up)}</ul></td>" if cell else f"<td>{empty}</td>" for cell in cells])
        return f'<tr><th scope="row">{_item(head, up)}</th>{shown}</tr>'
    # Browsers take blocks for no table: the roles say what they are, and each cell carries its heading along.
    names = [html.escape(one.text) for one in table.columns]
    shown = "".join([
        f'<td role="cell" data-of="{name}"><ul>{rows(cell, up)}</ul></td>' if cell
        else f'<td role="cell" class="karakana-empty">{empty}</td>'
        for name, cell in zip(names, cells, strict=True)
    ])  # fmt: skip
    return f'<tr role="row"><th role="rowheader" scope="row">{_item(head, up)}</th>{shown}</tr>'


def prose(text: str) -> Markup:
    """Return a paragraph as markup: all of it escaped, and what stands between backquotes as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return Markup(html.escape(text))
    shown = (f"<code>{html.escape(part)}</code>" if at % 2 else html.escape(part) for at, part in enumerate(parts))
    return Markup("".join(shown))


def untwisted(text: str) -> str:
    """Return text without the marks that turn its direction."""
    return text if text.isascii() else text.translate(_TURNS)


def script_json(value: Any) -> Markup:
    """Return JSON for a `<script>` of data: nothing in it can end the script."""
    return Markup(_AS_JSON(value).translate(_UNSAFE_IN_SCRIPT))
