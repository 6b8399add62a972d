"""A rule of recognition, or what it makes of credentials, in; the words and links that say so out."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from ..passports.mutual import Step, Worth
from ..passports.values import Reason, Result
from ..records import Competence, Hub, Network, Recognition
from ..records.parts import Requirement
from .edition import Edition, address
from .page import Item

_HIGHEST = 4  # the level up to which is asked where a competence names none
_SILENT = "not-recognised"
_DECISIONS = {Result.PERMIT: "accept", Result.CONDITIONAL: "accept-after-induction"}


def sentence(edition: Edition, rule: Recognition) -> str:
    """Return a rule as a sentence: who accepts, or not, whose credentials for what."""
    strings = edition.strings
    whose = (*edition.links(Hub, rule.issuers), *edition.links(Network, rule.networks))
    return strings(
        f"recognition.says.{rule.decision}",
        hub=edition.label(Hub, rule.hub),
        whose=strings.joined(one.text for one in whose) or strings("matrix.everybody"),
        competence=edition.label(Competence, rule.competence),
    )


def line(edition: Edition, rule: Recognition) -> Item:
    """Return a rule as a link that is called by what it says: the hub and the competence have pages of their own."""
    strings = edition.strings
    levels = (strings("recognition.level", theirs=one.theirs, ours=one.ours) for one in rule.levels)
    invented = strings("demonstration") if edition.is_invented(rule) else ""
    notes = (strings.joined(levels), *_terms(edition, rule), _begins(edition, rule), invented)
    note = " · ".join(one for one in notes if one)
    return Item(sentence(edition, rule), page=address(Recognition, rule.id), note=note)


def top(edition: Edition, competence: str) -> int:
    """Return the highest level of a competence."""
    record = edition.registry.get(Competence, competence)
    return max((one.level for one in record.levels), default=_HIGHEST) if record is not None else _HIGHEST


@functools.lru_cache(maxsize=1 << 12)
def level(edition: Edition, competence: str, number: int) -> str:
    """Return a level of a competence by its number and, where it has one, its name."""
    record = edition.registry.get(Competence, competence)
    names = [edition.text(one.name) for one in record.levels if one.level == number] if record is not None else []
    text = edition.strings("level", level=number)
    return f"{text} ({names[0]})" if names else text


def requirements(edition: Edition, given: Sequence[Requirement]) -> tuple[Item, ...]:
    """Return competences with the lowest level that is enough."""
    return tuple(edition.link(Competence, one.competence, level(edition, one.competence, one.level)) for one in given)


def counted_as(edition: Edition, worth: Worth, top: int) -> tuple[Item, ...]:
    """Return what credentials count as: an item for each rule that decides, or why they do not; () for nothing said."""
    if not worth.steps:
        return () if worth.reason.code == _SILENT else (against(edition, worth.reason),)
    strings = edition.strings
    if worth.reason.code == "own":
        return (Item(strings("matrix.own"), tone="accepted"),)
    found: dict[tuple[Result, str], list[Step]] = {}
    for step in worth.steps:
        found.setdefault((step.reason.result, step.reason.record), []).append(step)
    return tuple(
        _linked(
            edition, record, strings.label("recognition.decision", _DECISIONS[result]),
            " · ".join((levels(edition, steps, top), *terms(edition, record))), "accepted",
        )
        for (result, record), steps in found.items()
    )  # fmt: skip


def levels(edition: Edition, steps: Sequence[Step], top: int) -> str:
    """Return which of their levels counts as which of ours."""
    strings = edition.strings
    if [(one.theirs, one.ours) for one in steps] == [(level, level) for level in range(1, top + 1)]:
        return strings("matrix.same")
    return strings.joined(strings("recognition.level", theirs=one.theirs, ours=one.ours) for one in steps)


def enough(edition: Edition, steps: Iterable[Step]) -> str:
    """Return from which level on credentials are enough, and on what terms, in the order of the steps."""
    strings = edition.strings
    told = []
    for one in steps:
        notes = [strings("asks.from", level=one.theirs)] if one.reason.code != "own" else []
        notes += [strings("asks.induction")] if one.reason.result is Result.CONDITIONAL else []
        told.append(strings.joined((*notes, *terms(edition, one.reason.record))))
    return " · ".join(told)


def terms(edition: Edition, record: str) -> tuple[str, ...]:
    """Return how old a credential may be and until when the rule holds that decided."""
    rule = _rule(edition, record)
    return _terms(edition, rule) if rule is not None else ()


def _terms(edition: Edition, rule: Recognition) -> tuple[str, ...]:
    strings, day = edition.strings, edition.registry.as_of
    age = strings("matrix.age", days=strings("days", count=rule.max_age_days)) if rule.max_age_days else ""
    end = rule.valid_until
    key = "matrix.until" if end is not None and end >= day else "matrix.over"
    return tuple(one for one in (age, strings(key, date=strings.day(end)) if end is not None else "") if one)


def _begins(edition: Edition, rule: Recognition) -> str:
    is_later = rule.valid_from > edition.registry.as_of
    return edition.strings("matrix.from", date=edition.strings.day(rule.valid_from)) if is_later else ""


def against(edition: Edition, reason: Reason) -> Item:
    """Return why credentials count as nothing, with a link to the rule that says so."""
    strings, rule = edition.strings, _rule(edition, reason.record)
    if reason.code == "refused":
        return _linked(edition, reason.record, strings.label("recognition.decision", "refuse"), "", "refused")
    notes = (*_terms(edition, rule), _begins(edition, rule)) if rule is not None else ()
    note = " · ".join(one for one in notes if one) if reason.code == "rule-not-in-force" else ""
    text = strings.label("matrix.no", reason.code).format(level=reason.held)
    return _linked(edition, reason.record, text, note, "stale")


def _linked(edition: Edition, record: str, text: str, note: str, tone: str) -> Item:
    rule = _rule(edition, record)
    return Item(text, page=address(Recognition, rule.id) if rule is not None else "", note=note, tone=tone)


def _rule(edition: Edition, record: str) -> Recognition | None:
    folder, _, id = record.partition("/")
    return edition.registry.get(Recognition, id) if folder == Recognition.folder else None
