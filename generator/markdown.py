"""Foreign text in; Markdown for a forge's comment out that shows just this text. For all reports in Markdown.

A comment is posted in the project's name, so foreign text must not become a link, a picture, a mention (which writes
to people), a reference to an issue or a commit, a cell of a table, HTML, or the end of a block. Forges look for
mentions and references in the finished HTML, where a backslash no longer protects; they leave code alone. So text of
others stands in code, and only our own sentences are `escaped`.
Source: CommonMark 0.31 (code spans, escapes); GitHub Flavored Markdown (tables, autolinks).
"""

from __future__ import annotations

import re
import unicodedata

LIMIT = 28_000  # characters of one report: two of them stand in one comment, of which GitHub takes 65,536
_SHOWN = 200  # characters of one text
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]#!|~$^])")
_BLOCK = re.compile(r"\A(\s*[0-9]*)([-+=:.)])")  # what begins a list, a heading or a line across, at the beginning
# What begins a mention, an issue, a label, a change, an address or the id of a commit on GitHub, GitLab or Forgejo.
_REFERENCE = re.compile(
    r"[@#!~%$&^](?=\S)|:(?=[/\w])|www(?=\.)|\bgh(?=-[0-9])|\b[0-9a-f]{6}(?=[0-9a-f]+\b)", re.IGNORECASE
)
_RUN_OF_TICKS = re.compile(r"`+")
_CODED = re.compile(r"`([^`]*)`")
_APART = "\u2060"  # a word joiner: it is not seen, and no mention is found across it
_JOINERS = "\u200c\u200d"  # they shape the letters of Persian and of Indian scripts, and join emoji
_SHAPED = re.compile(r"[\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]\Z")


def code(text: str, limit: int = _SHOWN) -> str:
    """Return text as a code span that fits into a table's cell: on one line, what cannot be seen spelt out."""
    flat = visible(text)
    shown = flat if len(flat) <= limit else f"{flat[: limit - 1]}…"
    fence = "`" * (max(map(len, _RUN_OF_TICKS.findall(shown)), default=0) + 1)
    # A table takes a pipe for a border in code too. A backslash before it would undo the escape.
    inside = shown.replace("|", "\N{FULLWIDTH VERTICAL LINE}")
    pad = " " if inside.startswith("`") or inside.endswith("`") or not inside.strip() else ""
    return f"{fence}{pad}{inside or ' '}{pad}{fence}"


def escaped(text: str) -> str:
    """Return text as Markdown without any markup; nobody is mentioned and nothing linked."""
    apart = _REFERENCE.sub(lambda sign: sign[0] + _APART, visible(text))
    plain = _BLOCK.sub(r"\1\\\2", _PUNCTUATION.sub(r"\\\1", apart))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sentence(text: str) -> str:
    """Return a message of ours, in which values stand between backticks, as Markdown: values as code."""
    parts = _CODED.split(text)
    return "".join(code(part) if at % 2 else escaped(part) for at, part in enumerate(parts))


def visible(text: str) -> str:
    """Return text on one line, with every character that cannot be seen, or turns the writing around, spelt out."""
    before = ["", *text]
    return "".join(
        one if _is_seen(one, last) else f"\\u{ord(one):04x}" for last, one in zip(before, text, strict=False)
    )


def _is_seen(char: str, before: str) -> bool:
    if char in _JOINERS:
        return _SHAPED.match(before) is not None
    return char.isprintable() and unicodedata.category(char) not in ("Cf", "Zl", "Zp", "Cc", "Co", "Cs")


def cut(text: str, limit: int = LIMIT) -> str:
    """Return Markdown whole, or its first lines as far as a comment may be long, and that there was more."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 100].rpartition(chr(10))[0]}\n\n… and more: see the log of the check.\n"
