"""What an import did in; a report for a terminal, for a pull request or for a program out. Its numbers add up."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .drafts import Rejected
from .outcomes import Account, Drafted, Duplicate

_SHOWN = 40  # lines of one list in a terminal
_LISTED = 500  # rows of one list in Markdown: a comment of a forge may have 65,536 characters
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&@])")


def as_text(account: Account, next_steps: Sequence[str] = ()) -> str:
    """Return the report in lines."""
    lines = [_totals(account), *_by_kind(account)]
    lines += _part("rejected", (f"{one.place}: {_named(one.name)}{one.reason}" for one in account.rejected))
    lines += _part("duplicates", (_duplicate(one) for one in account.duplicates))
    lines += _part("notes", (f"{one.place}: {_named(one.name)}{note}" for one, note in _notes(account)))
    lines += _part("words that the taxonomy lacks", _unknown(account))
    return "\n".join(_flat(line) for line in [*lines, *next_steps]) + "\n"


def _totals(account: Account) -> str:
    return (
        f"{account.source}: {account.read} read = {len(account.drafted)} drafted"
        f" + {len(account.duplicates)} duplicate + {len(account.rejected)} rejected"
    )


def _by_kind(account: Account) -> Iterator[str]:
    for kind, (drafted, known) in account.kinds.items():
        yield f"  {kind}: {drafted} drafted, {known} duplicate"


def _part(title: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"\n{title} ({len(found)}):"
        yield from (f"  {row}" for row in found[:_SHOWN])
        if len(found) > _SHOWN:
            yield f"  … and {len(found) - _SHOWN} more; `--report FILE --format json` has all"


def _named(name: str) -> str:
    return f"{name}: " if name else ""


def _duplicate(one: Duplicate) -> str:
    return f"{one.place}: {_named(one.name)}is {one.of} ({one.why})"


def _notes(account: Account) -> Iterator[tuple[Drafted | Duplicate, str]]:
    for one in account.drafted:
        yield from ((one, note) for note in one.notes)


def _unknown(account: Account) -> Iterator[str]:
    ranked = sorted(account.unknown.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from (f"{times} × {kind} `{word}`" for (kind, word), times in ranked)


def _flat(text: str) -> str:
    """Return text with control characters shown and not sent to the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in text)


def as_markdown(account: Account, next_steps: Sequence[str] = ()) -> str:
    """Return the report for a pull request: what rows say is escaped."""
    lines = [f"### Import: {_escaped(_totals(account))}", ""]
    lines += [f"- {kind}: {drafted} drafted, {known} duplicate" for kind, (drafted, known) in account.kinds.items()]
    lines += _table("Rejected", ("where", "what", "why"), ((r.place, r.name, r.reason) for r in account.rejected))
    known = ((one.place, one.name, one.of, one.why) for one in account.duplicates)
    lines += _table("Duplicates", ("where", "what", "is", "why"), known)
    lines += _table(
        "Notes", ("where", "file", "note"), ((one.place, _file(one), note) for one, note in _notes(account))
    )
    ranked = sorted(account.unknown.items(), key=lambda pair: (-pair[1], pair[0]))
    unknown = ((str(times), kind, word) for (kind, word), times in ranked)
    lines += _table("Words that the taxonomy lacks", ("times", "kind", "word"), unknown)
    return "\n".join([*lines, *(f"\n{_escaped(step)}" for step in next_steps)]) + "\n"


def _file(one: Drafted | Duplicate) -> str:
    return one.path if isinstance(one, Drafted) else one.of


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"\n#### {title} ({len(found)})\n"
        yield f"| {' | '.join(columns)} |"
        yield "|---" * len(columns) + "|"
        yield from (f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in found[:_LISTED])
        if len(found) > _LISTED:
            yield f"\n… and {len(found) - _LISTED} more."


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(_flat(text).split()))


def as_json(account: Account, next_steps: Sequence[str] = ()) -> str:
    """Return the report for a program, with every row."""
    told: dict[str, Any] = {
        "source": account.source,
        "read": account.read,
        "drafted": len(account.drafted),
        "duplicate": len(account.duplicates),
        "rejected": len(account.rejected),
        "reasons": dict(Counter(one.reason.partition(";")[0] for one in account.rejected).most_common()),
        "rows": [
            *map(_drafted_row, account.drafted),
            *map(_known_row, account.duplicates),
            *map(_row, account.rejected),
        ],
        "unknown": [
            {"kind": kind, "word": word, "times": times}
            for (kind, word), times in sorted(account.unknown.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "next": list(next_steps),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _drafted_row(one: Drafted) -> dict[str, Any]:
    return {"is": "drafted", "place": one.place, "name": one.name, "path": one.path, "notes": list(one.notes)}


def _known_row(one: Duplicate) -> dict[str, Any]:
    return {
        "is": "duplicate", "place": one.place, "name": one.name, "of": one.of, "why": one.why, "notes": list(one.notes),
    }  # fmt: skip


def _row(one: Rejected) -> dict[str, Any]:
    return {"is": "rejected", "place": one.place, "name": one.name, "why": one.reason}
