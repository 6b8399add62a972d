"""A hub in; what can be made there alone, what nobody states that matters for it, and what one change would open, out.

It is the same in every language, so all hubs are asked at once, ahead.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records import Design, Hub, Machine, Process, Request
from .edition import Edition, Relations
from .page import Fact, Item, Section, filled
from .reasons import asked, reason, rule

if TYPE_CHECKING:
    from ..matching.aims import Aim
    from ..matching.reverse import Able, Opening
    from ..matching.survey import Survey
    from ..matching.values import Check

_ABLE = 12  # designs and requests that are shown
_QUESTIONS = 24  # facts that are asked for, of a few machines
_CARDS = 6
_LINES = 4  # of a card
_NAMED = 6  # designs of a change


@functools.lru_cache(maxsize=2)
def survey_of(relations: Relations) -> Survey | None:
    """Return what came of all hubs; None where no design says how it is made."""
    if not relations.has_steps:
        return None
    from ..matching.survey import survey  # noqa: PLC0415 it brings NumPy, which a build without designs can spare

    return survey(relations.matcher)


def prepare(relations: Relations) -> None:
    """Ask ahead, so that processes that are forked later share it."""
    survey_of(relations)


def unlocking(edition: Edition, record: Hub) -> tuple[Section, ...]:
    """Return the sections of a hub's page; none for a hub that does no step of anything."""
    known = survey_of(edition.relations)
    if known is None:
        return ()
    found = known.hubs.of(record.id, _QUESTIONS)
    return filled(
        _able(edition, found.able), _questions(edition, record, found.questions), _fixes(edition, record, found.fixes)
    )


def _able(edition: Edition, found: Sequence[Able]) -> Section:
    """Return what a hub can make, the most certain first."""
    strings, left = edition.strings, len(found) - _ABLE
    return Section(
        strings("able"),
        id="able",
        paragraphs=(strings("able.lead"),) if found else (),
        items=tuple(_made(edition, one) for one in found[:_ABLE]),
        links=(Item(strings("able.more", count=left)),) if left > 0 else (),
    )


def _made(edition: Edition, one: Able) -> Item:
    strings, tally = edition.strings, one.tally
    known = tally.passed + tally.failed
    checked = strings("makers.checked", known=known, total=known + tally.unknown)
    said = strings("able.yes" if tally.verdict.value == "yes" else "able.ask")
    return aim_link(edition, one.aim, f"{said} · {checked}")


def aim_link(edition: Edition, aim: Aim, note: str = "") -> Item:
    """Return the link to a design or a request; a request by its design and place."""
    if aim.kind == Design.record_kind:
        return edition.link(Design, aim.id, note)
    request = edition.registry.get(Request, aim.id)
    if request is None:
        return Item(aim.id, note=note)
    what, place = edition.label(Design, request.design), request.place.locality
    title = edition.strings("request.title", count=request.quantity, design=what, place=place)
    return edition.link(Request, aim.id, note)._replace(text=title)


def _questions(edition: Edition, record: Hub, found: Sequence[Opening]) -> Section:
    """Return what to ask at a hub: of the hub itself, and of each machine."""
    strings = edition.strings
    of_each: dict[str, list[Opening]] = {}
    for one in found:
        of_each.setdefault(one.machine, []).append(one)
    items = tuple(_asked(edition, record, machine, ask) for machine, ask in list(of_each.items())[:_CARDS])
    paragraphs = (strings("able.questions.lead"),) if items else ()
    return Section(strings("able.questions"), id="questions", paragraphs=paragraphs, items=items, style="cards")


def _asked(edition: Edition, record: Hub, machine: str, found: Sequence[Opening]) -> Item:
    """Return what to ask about a machine, or about the hub itself."""
    whose = edition.link(Machine, machine) if machine else Item(edition.text(record.name))
    lines: dict[str, Item] = {}
    for one in found:
        lines.setdefault(_about(edition, one), Item(_question(edition, one.check), note=_for(edition, one.aims)))
    return whose._replace(facts=tuple(Fact(label, (line,)) for label, line in list(lines.items())[:_LINES]))


def _question(edition: Edition, check: Check) -> str:
    """Return a check that nobody can answer as a question; as it is, where nobody put it into one."""
    key = f"able.ask.{check.rule}"
    if key not in edition.strings.texts:
        return reason(edition, check)
    return edition.strings(key, asked=asked(edition, check))


def _for(edition: Edition, aims: Sequence[Aim]) -> str:
    """Return what depends on an answer: its name, or how much it is."""
    only = aims[0] if len(aims) == 1 else None
    return aim_link(edition, only).text if only is not None else edition.strings("able.matters", count=len(aims))


def _about(edition: Edition, one: Opening) -> str:
    """Return what a check is about; for a process that the hub only claims, with its name."""
    is_claim = not one.machine and one.lack.process and one.check.reason == "claimed"
    names = (edition.label(Process, one.lack.process) if is_claim else "", rule(edition, one.check))
    return " · ".join(name for name in names if name)


def _fixes(edition: Edition, record: Hub, found: Sequence[Opening]) -> Section:
    """Return the changes that would open most."""
    items = tuple(_fix(edition, one, record) for one in found[:_CARDS])
    paragraphs = (edition.strings("able.fixes.lead"),) if items else ()
    return Section(edition.strings("able.fixes"), id="fixes", paragraphs=paragraphs, items=items, style="cards")


def _fix(edition: Edition, one: Opening, record: Hub) -> Item:
    """Return a change, and what could be made after it."""
    strings, left = edition.strings, len(one.aims) - _NAMED
    rest = (Item(strings("able.more", count=left)),) if left > 0 else ()
    then = Fact(strings("able.opens"), (*(aim_link(edition, aim) for aim in one.aims[:_NAMED]), *rest))
    if one.lack.rule == "process" and not one.machine:
        process = edition.link(Process, one.lack.process)
        title = strings("insights.gaps.machine", process=process.text)
        return process._replace(text=title, facts=(then,))
    whose = edition.link(Machine, one.machine) if one.machine else Item(edition.text(record.name))
    return whose._replace(facts=(Fact(rule(edition, one.check), (Item(reason(edition, one.check)),)), then))
