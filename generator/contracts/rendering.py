"""A filled contract in; its text as Markdown or as one HTML file out, with nothing of a value taken for markup.

Both are NFC with LF, and the same for the same contract. The HTML file asks nobody for anything: no script, no font, no
picture. Its style is made for paper, too.
"""

from __future__ import annotations

import html as markup
import re
import unicodedata
from collections.abc import Iterable, Iterator

from .. import words
from . import wording
from .values import Block, Clause, Filled, Shape, Variable

_ALWAYS = re.compile(r"([\\`*_\[\]<>&#|~$^!])")
_AT_THE_START = re.compile(r"\A(?:([0-9]{1,9})([.)])|([-+=:]))")
# What a forge makes a link of, or a mention, stands in code: it is left alone there, and reads as it is.
_ADDRESS = re.compile(r"[^\s()]*(?:://|(?<![^\W_])www\.|[^\W_]@|@[^\W_])[^\s()]*[^\s().,;:!?'\"»]", re.IGNORECASE)

STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 42rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.55 Georgia, "Noto Serif", "Noto Naskh Arabic", serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; break-after: avoid; }
p, li { margin: .5rem 0; text-wrap: pretty; }
ol, ul { padding-inline-start: 1.6rem; }
.note { border-inline-start: .25rem solid #b58900; padding-inline-start: .8rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 2fr) 3fr; gap: .35rem 1rem; margin: .5rem 0 2rem; }
dt { font-weight: 600; }
dd { margin: 0; }
dd ul { list-style: none; margin: 0; padding: 0; }
dd li { margin: 0; }
.parties { list-style: none; padding: 0; }
.parties li { break-inside: avoid; margin: 1.5rem 0; }
.line { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: 1rem; }
.line span + span { border-bottom: 1px solid #666; min-height: 2.2rem; }
footer { margin-top: 3rem; border-top: 1px solid #bbb; font-size: .85rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .6rem; } }
@page { size: A4; margin: 22mm 20mm; }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; } .terms { break-before: page; } }
"""
_BLANK = "\\_" * 12
_LINES = ("name", "place", "signature")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def markdown(filled: Filled) -> str:
    """Return the contract as Markdown (CommonMark): its cover, its clauses and lines to sign on."""
    said = filled.language
    parts = [f"# {literal(filled.title)}", *(f"> {literal(line)}" for line in notes(filled))]
    parts += [f"## {literal(wording.word('variables', said))}"]
    parts += ["\n".join(_line(one, said) for one in filled.cover)] if filled.cover else []
    parts += [f"## {literal(wording.word('terms', said))}"]
    for clause in filled.clauses:
        parts.append(f"### {clause.number}. {literal(clause.heading)}")
        parts += [_markdown(block) for block in clause.blocks]
    if filled.parties:
        parts.append(f"## {literal(wording.word('signatures', said))}")
        parts += list(_to_sign(filled))
    return _normal("\n\n".join(_apart(parts)))


def html(filled: Filled) -> str:
    """Return the contract as one HTML file that needs nothing else."""
    said = filled.language
    parts = [
        "<!doctype html>", f'<html lang="{said}" dir="{wording.word("direction", said)}">', "<head>",
        '<meta charset="utf-8">', f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">', f"<title>{_escaped(filled.title)}</title>",
        f"<style>\n{STYLE}</style>", "</head>", "<body>", f"<h1>{_escaped(filled.title)}</h1>",
        *(f'<p class="note">{_escaped(line)}</p>' for line in notes(filled)),
        f"<h2>{_word('variables', said)}</h2>", "<dl>", *map(_entry, filled.cover), "</dl>",
        '<main class="terms">', f"<h2>{_word('terms', said)}</h2>", *map(_clause, filled.clauses), "</main>",
        *_signatures(filled), "</body>", "</html>",
    ]  # fmt: skip
    return _normal("\n".join(parts))


def literal(text: str) -> str:
    """Return text as Markdown that shows just this text: no markup, no links, no entities, no beginning of a block."""
    shown, at = [], 0
    for address in _ADDRESS.finditer(text):
        shown += [_ALWAYS.sub(r"\\\1", text[at : address.start()]), _code(address[0])]
        at = address.end()
    shown.append(_ALWAYS.sub(r"\\\1", text[at:]))
    return _AT_THE_START.sub(r"\1\\\2\3", "".join(shown))


def _code(text: str) -> str:
    """Return text without spaces as a code span."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def notes(filled: Filled) -> Iterator[str]:
    """Yield what has to be said of the text itself: its template, that it is no advice, which language prevails."""
    yield wording.word("template", filled.language, template=filled.template)
    yield wording.word("reviewed" if filled.is_reviewed else "draft", filled.language)
    prevailing = words.language_name(filled.prevailing, filled.language)
    yield wording.word("prevails", filled.language, language=prevailing)


def _line(one: Variable, language: str) -> str:
    label = _label(one.label, language)
    if len(one.printed) == 1:
        return f"- {label} {literal(one.printed[0])}"
    return "\n".join([f"- {label}", *(f"  - {literal(text)}" for text in one.printed)])


def _label(text: str, language: str) -> str:
    """Return a label in bold, with the colon of its language."""
    return f"**{literal(wording.word('labelled', language, label=text))}**"


def _markdown(block: Block) -> str:
    if block.shape is Shape.PARAGRAPH:
        return literal(block.lines[0])
    marks = (f"{at}." if block.shape is Shape.NUMBERS else "-" for at in range(1, len(block.lines) + 1))
    return "\n".join(f"{mark} {literal(line)}" for mark, line in zip(marks, block.lines, strict=True))


def _apart(parts: Iterable[str]) -> Iterator[str]:
    """Yield parts with a comment between two lists, which would be one list otherwise."""
    before = ""
    for part in parts:
        if any(before.startswith(mark) and part.startswith(mark) for mark in ("- ", "1. ")):
            yield "<!-- -->"
        yield part
        before = part


def _to_sign(filled: Filled) -> Iterator[str]:
    said = filled.language
    for party in filled.parties:
        yield f"{_label(party.role, said)} {literal(party.printed)}"
        yield "\n".join(f"- {_label(wording.word(name, said), said)} {_BLANK}" for name in _LINES)


def _entry(one: Variable) -> str:
    if len(one.printed) == 1:
        return f"<dt>{_escaped(one.label)}</dt><dd>{_apart_from_label(one.printed[0])}</dd>"
    items = "".join(f"<li>{_apart_from_label(text)}</li>" for text in one.printed)
    return f"<dt>{_escaped(one.label)}</dt><dd><ul>{items}</ul></dd>"


def _clause(clause: Clause) -> str:
    shown = [f'<section id="{_escaped(clause.id)}">', f"<h3>{clause.number}. {_escaped(clause.heading)}</h3>"]
    for block in clause.blocks:
        if block.shape is Shape.PARAGRAPH:
            shown.append(f"<p>{_escaped(block.lines[0])}</p>")
        else:
            name = "ol" if block.shape is Shape.NUMBERS else "ul"
            shown.append(f"<{name}>{''.join(f'<li>{_escaped(line)}</li>' for line in block.lines)}</{name}>")
    return "\n".join([*shown, "</section>"])


def _signatures(filled: Filled) -> Iterator[str]:
    said = filled.language
    if not filled.parties:
        return
    yield f"<h2>{_word('signatures', said)}</h2>"
    yield '<ul class="parties">'
    lines = "".join(f'<div class="line"><span>{_word(name, said)}</span><span></span></div>' for name in _LINES)
    for party in filled.parties:
        role = _word("labelled", said, label=party.role)
        yield f"<li><strong>{role}</strong> {_apart_from_label(party.printed)}{lines}</li>"
    yield "</ul>"


def _apart_from_label(text: str) -> str:
    """Return a value as markup whose direction is its own: an Arabic name in a French contract, and the reverse."""
    return f"<bdi>{_escaped(text)}</bdi>"


def _word(name: str, said: str, /, **values: str) -> str:
    return _escaped(wording.word(name, said, **values))


def _escaped(text: str) -> str:
    return markup.escape(text)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")) + "\n"
