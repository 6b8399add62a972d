"""What is missing in a place in; text, Markdown, or JSON as `schemas/api/gaps.json` says, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..units import measured
from ..words import country_name
from .gaps import MACHINES, Change, Gaps, Silence
from .outlined import Block, counted, markdown, named, text
from .reverse_told import ids
from .words import feature

VERSION = "1.0"
_NEEDED: Mapping[str, str] = {
    "material": "that works {asked}",
    "form": "that takes {asked}",
    "thickness": "for a thickness of {asked}",
    "envelope": "with room for {asked}",
    "tolerance": "that keeps {asked}",
    "features": "with {asked}",
    "status": "that works",
    "capacity": "that makes {asked}",
    "lot": "that takes on {asked}",
    "certification": "with {asked} in force",
    "competence": "with somebody competent: {asked}",
    "open": "at a hub that is open",
    "access": "at a hub that lets people in or makes things for them",
    "contract": "at a hub that accepts {asked}",
}


def as_text(found: Gaps, limit: int) -> str:
    """Return lines for a terminal, at most `limit` below each heading."""
    return text(_title(found), tuple(_blocks(found, limit)))


def as_markdown(found: Gaps, limit: int) -> str:
    """Return a list for a comment, at most `limit` lines below each heading."""
    return markdown(_title(found), tuple(_blocks(found, limit)))


def _title(found: Gaps) -> str:
    where = " and ".join(country_name(code) for code in found.where.split()) or "everywhere"
    silent = f"; {found.not_matchable} more do not say how they are made" if found.not_matchable else ""
    return (
        f"{where}: of all designs and open requests {found.certain} can be made for certain, {found.possible} when "
        f"facts that nobody states are right, {found.impossible} not{silent}"
    )


def _blocks(found: Gaps, limit: int) -> Iterator[Block]:
    changes, silences = found.changes, found.silences
    lines = tuple(map(_change, changes[:limit]))
    yield Block(
        "What would open most", lines, max(0, len(changes) - limit), "nothing is missing that one machine would mend"
    )
    if silences:
        lines = tuple(map(_silence, silences[:limit]))
        yield Block("What nobody states, though something depends on it", lines, max(0, len(silences) - limit))


def _change(one: Change) -> str:
    opens = f"opens {named(one.opens)}" if one.opens else ""
    helps = f"is one of several things that {named(one.helps)} would need" if one.helps else ""
    return f"{needed(one)}: " + "; ".join(filter(None, (opens, helps)))


def needed(one: Change) -> str:
    """Return what it takes, in words: another machine, or a change of one that is there."""
    machine = f"a machine for {one.lack.process}"
    if one.is_machine:
        return f"{machine}, which nobody has"
    asked = feature(one.lack.asked) if one.lack.rule == "features" else one.lack.asked
    what = _NEEDED[one.lack.rule].format(asked=asked)
    return f"{machine} {what} ({counted(one.hubs, 'hub')} lack{'s' if one.hubs == 1 else ''} only that)"


def _silence(one: Silence) -> str:
    do = "does" if one.number == 1 else "do"
    if not one.process:
        said = f"{counted(one.number, 'hub')} {do} not state {one.field}"
    elif one.field == MACHINES:
        who = "hub claims" if one.number == 1 else "hubs claim"
        said = f"{one.number:,} {who} {one.process} and name no machine"
    elif one.field == "processes":
        said = f"{counted(one.number, 'machine')} {do} something like {one.process}: ask"
    else:
        said = f"{counted(one.number, 'machine')} for {one.process} {do} not state {_named(one.field)}"
    return f"{said}: {named(one.aims)} wait{'s' if len(one.aims) == 1 else ''} for that"


def _named(field: str) -> str:
    """Return a field as people say it: of a feature, what it measures."""
    of, _, name = field.partition(".")
    return measured(name)[0] if of == "features" else field


def as_json(found: Gaps) -> str:
    """Return all of it for other programs."""
    data = {
        "version": VERSION,
        "countries": found.where.split(),
        "certain": found.certain,
        "possible": found.possible,
        "impossible": found.impossible,
        "not_matchable": found.not_matchable,
        "changes": [
            {
                "process": one.lack.process, "rule": one.lack.rule, "field": one.lack.field, "asked": one.lack.asked,
                "machine": one.is_machine, "hubs": one.hubs, "text": needed(one), "opens": ids(one.opens),
                "helps": ids(one.helps),
            }
            for one in found.changes
        ],
        "silences": [
            {"process": one.process, "field": one.field, "number": one.number, "text": _silence(one),
             "waiting": ids(one.aims)}
            for one in found.silences
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
