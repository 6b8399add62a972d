"""A clause's text in; the same text as a tree that the form in the browser fills (site/app/contracts/clauses.ts), out.

A node is text, `["value", name, filter]`, `["if", name, nodes]`, `["not", name, nodes]` or
`["for", item, list, nodes]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..placeholders import Tag, tags

Nodes = list[Any]


def tree(text: str) -> Nodes:
    """Return the nodes of a text in which nothing is wrong (`placeholders.read`)."""
    # Jinja2 drops the last line end of a template.
    return _nodes(tags(text.removesuffix("\n")))


def _nodes(parts: Iterator[str | Tag]) -> Nodes:
    """Return nodes up to the end of the text or of the part that is open."""
    found: Nodes = []
    for part in parts:
        if isinstance(part, str):
            found += [part] if part else []
        elif part.what == "end":
            break
        elif part.what == "value":
            found.append([part.what, part.name, part.more])
        elif part.what == "for":
            found.append([part.what, part.more, part.name, _nodes(parts)])
        else:
            found.append([part.what, part.name, _nodes(parts)])
    return found
