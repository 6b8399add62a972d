"""Who must approve a change in; text for a terminal, Markdown for a comment, or JSON for programs out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from .. import markdown
from ..markdown import code, sentence, visible
from ..owners import Account, Objection, Requirement, Role, Verdict

_REST = 8_000  # characters beside the table
_ROWS = 100  # files in a comment; all of them are in the text and in the JSON
_OBJECTIONS = 10
_STEWARDS = 5


def text(found: Verdict) -> str:
    """Return one line for each file, what is missing, and whether its author may merge it."""
    rows = [f"{one.path}: {_state(one)}: {'; '.join(one.reasons)}" for one in found.requirements]
    rows += ["", tally(found), f"self-merge: {'yes' if found.may_merge_itself else 'no'}"]
    rows += [f"  {why}" for why in _first([_objection(one) for one in found.objections], _OBJECTIONS)]
    return "".join(f"{_no_command(visible(row))}\n" for row in rows)


def _no_command(line: str) -> str:
    """Return a line in which a forge's log finds no command: `::` at its beginning, `##[` anywhere."""
    return re.sub(r"^(\s*):(?=:)|#(?=#\[)", lambda sign: f"{sign[1] or ''}\\u{ord(sign[0][-1]):04x}", line)


def _objection(one: Objection) -> str:
    return f"{one.path}: {one.text}" if one.path else one.text


def tally(found: Verdict) -> str:
    """Return in words how many files wait for whom."""
    count = len(found.requirements)
    files = f"{count} file{'' if count == 1 else 's'}"
    if not found.missing:
        return f"{files}: everybody who must approve has" if count else "nothing changes"
    waiting = Counter(_whose(one) for one in found.missing)
    names = list(_first([f"{whose} ({number})" for whose, number in sorted(waiting.items())], _OBJECTIONS))
    return f"{files}, {len(found.missing)} not approved yet by {', '.join(names)}"


def _whose(one: Requirement) -> str:
    return "a maintainer" if one.need is Role.MAINTAINER else f"a steward of {one.hub} or a maintainer"


def _state(one: Requirement) -> str:
    if not one.is_met:
        return f"waits for {_whose(one)}{_named(one)}"
    return "approved by " + ", ".join(f"{given.account} as {given.role}" for given in one.given)


def _named(one: Requirement) -> str:
    if one.need is Role.MAINTAINER:
        return ""
    return f" ({', '.join(_first([str(who) for who in one.stewards], _STEWARDS)) or 'it names no steward'})"


def _first(items: Sequence[str], limit: int) -> Iterator[str]:
    yield from items[:limit]
    if len(items) > limit:
        yield f"and {len(items) - limit} more"


def as_markdown(found: Verdict) -> str:
    """Return a heading, what is missing, and a table of the files, those that wait first."""
    icon = "⏳" if found.missing else "✅"
    ordered = sorted(found.requirements, key=lambda one: (one.is_met, one.need is not Role.MAINTAINER, one.path))
    rows = [f"### {icon} Who must approve", "", f"{sentence(_capital(tally(found)))}.", ""]
    if ordered:
        rows += ["| File | Needs | Why | Approved by |", "|---|---|---|---|"]
        shown = tuple(_fitting(map(_row, ordered[:_ROWS])))
        rows += shown
        rows += ["", f"… and {len(ordered) - len(shown)} more files."] if len(ordered) > len(shown) else []
    rows += ["", *_merging(found)]
    return markdown.cut("\n".join(rows) + "\n")


def _fitting(rows: Iterable[str]) -> Iterator[str]:
    """Yield rows as long as a comment has room for them and for what follows."""
    length = _REST
    for row in rows:
        length += len(row) + 1
        if length > markdown.LIMIT:
            return
        yield row


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(one: Requirement) -> str:
    whose = "maintainer" if one.need is Role.MAINTAINER else f"steward of {code(one.hub)}, or maintainer"
    why = "; ".join(sentence(reason) for reason in one.reasons)
    given = ", ".join(f"{code(who.login)} ({role})" for who, role in one.given) or "**nobody yet**"
    return f"| {code(one.path)} | {whose}{_listed(one)} | {why} | {given} |"


def _listed(one: Requirement) -> str:
    if one.need is Role.MAINTAINER or one.is_met:
        return ""
    shown = _first([code(who.login) for who in one.stewards], _STEWARDS)
    return f": {', '.join(shown)}" if one.stewards else " (it names no steward)"


def _merging(found: Verdict) -> list[str]:
    if found.may_merge_itself:
        return ["`self-merge: yes`: an edit of low risk by a steward; nobody else has to look at it first."]
    every = [f"{code(one.path)}: {sentence(one.text)}" if one.path else sentence(one.text) for one in found.objections]
    shown = [f"- {why}" for why in _first(every, _OBJECTIONS)]
    return ["<details><summary>self-merge: no</summary>", "", *shown, "", "</details>"]


def as_json(found: Verdict) -> str:
    """Return everything as JSON."""
    data = {
        "approved": not found.missing,
        "self_merge": found.may_merge_itself,
        "objections": [{"path": one.path, "text": one.text} for one in found.objections],
        "maintainers": [_account(who) for who in found.maintainers],
        "files": [_file(one) for one in found.requirements],
    }
    return json.dumps(data, indent=2).replace("##[", "#\\u0023[") + "\n"


def _file(one: Requirement) -> dict[str, object]:
    return {
        "path": one.path, "kind": one.kind, "id": one.id, "hub": one.hub, "needs": one.need, "approved": one.is_met,
        "reasons": list(one.reasons), "stewards": [_account(who) for who in one.stewards],
        "approved_by": [{**_account(who), "as": role} for who, role in one.given],
    }  # fmt: skip


def _account(who: Account) -> dict[str, object]:
    return {"github": who.login, "github_id": who.number} if who.number else {"github": who.login}


FORMATS: Mapping[str, Callable[[Verdict], str]] = {"text": text, "markdown": as_markdown, "json": as_json}
