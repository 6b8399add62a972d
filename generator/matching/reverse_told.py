"""What a hub comes to in; text, Markdown, or JSON as `schemas/api/reverse.json` says, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .aims import DESIGN, Aim
from .outlined import Block, counted, markdown, named, text
from .reverse import Able, Opening, Reverse
from .values import Verdict
from .words import VERDICTS, told

VERSION = "1.0"


def as_text(found: Reverse, limit: int) -> str:
    """Return lines for a terminal, at most `limit` below each heading."""
    return text(_title(found), tuple(_blocks(found, limit)))


def as_markdown(found: Reverse, limit: int) -> str:
    """Return a list for a comment, at most `limit` lines below each heading."""
    return markdown(_title(found), tuple(_blocks(found, limit)))


def _title(found: Reverse) -> str:
    certain = [one for one in found.able if one.tally.verdict is Verdict.YES]
    perhaps = [one for one in found.able if one.tally.verdict is not Verdict.YES]
    more = f"; if facts that nobody states are right, it can also {_number(perhaps)}" if perhaps else ""
    return f"{found.hub}: alone it can {_number(certain)} for certain{more}"


def _number(found: Sequence[Able]) -> str:
    """Return how many designs can be made and requests met."""
    designs = sum(one.aim.kind == DESIGN for one in found)
    counts = (("make", designs, "design"), ("meet", len(found) - designs, "open request"))
    return " and ".join(f"{do} {counted(number, what)}" for do, number, what in counts if number) or "make nothing"


def _blocks(found: Reverse, limit: int) -> Iterator[Block]:
    more = [max(0, len(rows) - limit) for rows in (found.able, found.questions, found.fixes)]
    yield Block(
        "What can be made there, by its steps", tuple(map(_able, found.able[:limit])), more[0],
        "nothing alone, of what says how it is made",
    )  # fmt: skip
    if found.questions:
        lines = tuple(_opening(found.hub, one, "matters for") for one in found.questions[:limit])
        yield Block("What nobody states: questions to ask there", lines, more[1])
    lines = tuple(_opening(found.hub, one, "opens") for one in found.fixes[:limit])
    yield Block("What one change would open", lines, more[2], "no single change opens anything more")


def _able(one: Able) -> str:
    return f"{VERDICTS[one.tally.verdict]}: {one.aim.kind} {one.aim.id}: {one.tally}"


def _opening(hub: str, one: Opening, verb: str) -> str:
    return f"{told(one.check)} [{one.machine or hub}: {one.check.field}]: {verb} {named(one.aims)}"


def as_json(found: Reverse) -> str:
    """Return all of it for other programs."""
    data = {
        "version": VERSION,
        "hub": found.hub,
        "able": [_able_data(one) for one in found.able],
        "questions": [_opening_data(one) for one in found.questions],
        "fixes": [_opening_data(one) for one in found.fixes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _able_data(one: Able) -> Mapping[str, Any]:
    tally = {"passed": one.tally.passed, "unknown": one.tally.unknown}
    return {"kind": one.aim.kind, "id": one.aim.id, "verdict": one.tally.verdict.value, **tally}


def _opening_data(one: Opening) -> Mapping[str, Any]:
    check = one.check
    return {
        "machine": one.machine,
        "rule": check.rule,
        "reason": check.reason,
        "field": check.field,
        "process": one.lack.process,
        "asked": check.asked,
        "found": check.found,
        "text": told(check),
        "opens": ids(one.aims),
    }


def ids(aims: Sequence[Aim]) -> list[dict[str, str]]:
    """Return designs and requests by their kind and id."""
    return [{"kind": aim.kind, "id": aim.id} for aim in aims]
