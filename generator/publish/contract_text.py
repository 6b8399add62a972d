"""A clause's text in; the same text for people to read out: gaps as named chips, loops and conditions in words."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from ..contracts import templates, wording
from ..contracts.values import Block, Shape
from ..records import Contract
from .contract_form_tree import Nodes, tree
from .page import Drawing

_OPEN, _SHUT = "\ue002", "\ue003"  # around what is a chip; no text of a record holds them
_START = re.compile(r"\s*(?:(?:[-*]|[0-9]+\.)[ \t]+)?")
_TAGS = {Shape.NUMBERS: "ol", Shape.BULLETS: "ul"}


def clause_text(text: str, record: Contract, language: str) -> Drawing:
    """Return a clause's text as markup; one that is not to be trusted as it is written."""
    if templates.faults(text):
        return Drawing(f'<p dir="auto">{html.escape(text)}</p>')
    labels = {one.name: one.label.into(language) for one in record.parameters}
    chips = {name: f"{_OPEN}{label}{_SHUT}" for name, label in labels.items()}
    said = language if language in wording.wordings() else "en"
    found = templates.blocks(_written(tree(text), chips, said), {})
    return Drawing("\n".join(map(_markup, found)))


def _written(nodes: Nodes, chips: Mapping[str, str], said: str) -> str:
    """Return the text with chips for values and words for what is chosen or repeated."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node[0] == "value":
            chip = chips.get(node[1], f"{_OPEN}{node[1]}{_SHUT}")
            parts.append(wording.word("count_of", said, name=chip) if node[2] == "count" else chip)
        elif node[0] == "for":
            chip = chips.get(node[2], node[2])
            inner = _written(node[3], {**chips, node[1]: chip}, said)
            parts.append(_led(wording.word("for_each", said, name=chip), inner, chip))
        else:
            word = wording.word("if" if node[0] == "if" else "if_not", said, name=chips.get(node[1], node[1]))
            parts.append(_led(word, _written(node[2], chips, said)))
    return "".join(parts)


def _led(words: str, text: str, chip: str = "") -> str:
    """Return a text with words before it, behind the sign of a list that it begins with; `chip` is not said twice."""
    start = _START.match(text)
    before = start[0] if start else ""
    rest = text[len(before) :]
    end = rest[len(rest.rstrip()) :]
    if chip and rest.strip() == chip:
        return f"{before}[{words.rstrip(' :').rstrip()}]{end}"
    return f"{before}[{words} {rest.rstrip()}]{end}"


def _markup(block: Block) -> str:
    lines = [
        html.escape(line).replace(_OPEN, '<b class="karakana-gap">').replace(_SHUT, "</b>") for line in block.lines
    ]
    if block.shape is Shape.PARAGRAPH:
        return f'<p dir="auto">{lines[0]}</p>'
    tag = _TAGS[block.shape]
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
