"""What is missing in a registry or a country in; what would open most, and questions nobody answers, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..matching.values import Check, Result, Subject
from ..records import Design, Process
from . import figures
from .capabilities import feature
from .charts import Measure, Table
from .edition import Edition
from .figures import Gap, Unstated
from .page import Fact, Item, Section, facts, filled
from .reasons import asked, rule
from .unlocking import aim_link, survey_of

if TYPE_CHECKING:
    from ..matching.gaps import Change, Gaps, Silence
    from ..matching.lacks import Lack

GAPS, SILENCES = "gaps", "silences"
_NAMED = 8  # designs in a cell of a table
_SHOWN = 5  # changes and questions of a country
_LINKS = 4  # designs that a change of a country opens
_MACHINE, _CLAIMED = "process", "machines"
# For each field that a record may leave out, the rule that asks for it.
_RULES = {
    "materials": "material", "envelope_mm": "envelope", "tolerance_mm": "tolerance", "throughput": "capacity",
    "processes": "process", "accepts": "contract", "certifications": "certification", "services": "competence",
    "location": "distance",
}  # fmt: skip
Drawn = tuple[list[Measure], Table]


def gaps(edition: Edition) -> Drawn:
    """Return the bars, of what a change opens and what needs more besides, and the table of what would open most."""
    strings = edition.strings
    heads = ("insights.change", "insights.opens", "insights.helps", "insights.only", "insights.for")
    found = figures.gaps(edition)
    names = [_change(edition, one) for one in found]
    rows = [
        (Item(name, page=_page(edition, one.process)),
         (*(strings.number(number) for number in (len(one.opens), len(one.helps))),
          strings.number(one.hubs) if one.hubs else "–", _names(edition, (*one.opens, *one.helps))))
        for name, one in zip(names, found, strict=True)
    ]  # fmt: skip
    measures = [
        Measure(name, (len(one.opens), len(one.helps)), strings.number(len(one.opens)))
        for name, one in zip(names, found, strict=True)
    ]
    return measures, Table(tuple(map(strings, heads)), tuple(rows))


def _names(edition: Edition, ids: Sequence[str]) -> str:
    """Return the first few designs and requests by name, and how many more there are."""
    shown = edition.strings.joined(edition.label(Design, id) for id in ids[:_NAMED])
    return shown + (f" +{len(ids) - _NAMED}" if len(ids) > _NAMED else "")


def _page(edition: Edition, process: str) -> str:
    return edition.link(Process, process).page if process else ""


def _change(edition: Edition, one: Gap | Lack) -> str:
    """Return in words what would have to change."""
    process = edition.label(Process, one.process)
    if one.rule == _MACHINE:
        return edition.strings("insights.gaps.machine", process=process)
    check = Check(one.rule, Result.FAIL, Subject.MACHINE, one.field, "", one.asked)
    what = f"{rule(edition, check)} {asked(edition, check)}".rstrip()
    return edition.strings("matcher.colon").join((process, what))


def parts(edition: Edition) -> tuple[str, str]:
    """Return what the parts of the bars of `gaps` stand for."""
    return edition.strings("insights.opens"), edition.strings("insights.helps")


def silences(edition: Edition) -> Drawn:
    """Return the bars and the table of questions that nobody answers."""
    strings = edition.strings
    heads = ("insights.fact", "insights.waiting", "insights.unstated", "insights.for")
    found = figures.silences(edition)
    names = [_fact(edition, one) for one in found]
    rows = [
        (Item(name, page=_page(edition, one.process)),
         (strings.number(len(one.waiting)), _by(edition, one), _names(edition, one.waiting)))
        for name, one in zip(names, found, strict=True)
    ]  # fmt: skip
    measures = [
        Measure(name, (len(one.waiting),), strings.number(len(one.waiting)))
        for name, one in zip(names, found, strict=True)
    ]
    return measures, Table(tuple(map(strings, heads)), tuple(rows))


def _by(edition: Edition, one: Unstated | Silence) -> str:
    """Return who does not say it: machines, or hubs of themselves and of what they claim."""
    is_machine = one.process and one.field != _CLAIMED
    return edition.strings("figure.machines" if is_machine else "figure.hubs", count=one.number)


def _fact(edition: Edition, one: Unstated | Silence) -> str:
    whose = edition.label(Process, one.process) if one.process else edition.strings("insights.hub")
    return edition.strings("matcher.colon").join((whose, "".join(_named(edition, one.field))))


def _named(edition: Edition, field: str) -> Iterator[str]:
    if field == _CLAIMED:
        yield edition.strings("insights.machines")
    elif field.startswith("features."):
        yield feature(edition, field.partition(".")[2], "")[0]
    else:
        yield edition.strings.label("match", _RULES.get(field, field))


def in_country(edition: Edition, code: str) -> tuple[Section, ...]:
    """Return what is missing among the hubs of a country; nothing where nothing is."""
    survey = survey_of(edition.relations)
    found = survey.countries.get(code) if survey is not None else None
    if found is None:
        return ()
    changes = tuple(one for one in found.changes if one.opens)[:_SHOWN]
    questions = found.silences[:_SHOWN]
    strings = edition.strings
    parts = filled(
        Section(strings("gaps.changes"), items=tuple(_opening(edition, one) for one in changes), style="cards"),
        Section(strings("gaps.questions"), items=tuple(_question(edition, one) for one in questions)),
    )
    if not parts:
        return ()
    lead, more = (strings("gaps.lead"),), (Item(strings("gaps.everywhere"), page="insights/#gaps"),)
    title, said = strings("gaps.title"), _done(edition, found)
    return (Section(title, id="gaps", paragraphs=lead, facts=said, sections=parts, links=more),)


def _done(edition: Edition, found: Gaps) -> tuple[Fact, ...]:
    """Return how many designs and requests hubs in a country can make."""
    strings = edition.strings
    numbers = (("certain", found.certain), ("possible", found.possible), ("impossible", found.impossible))
    return facts(*((strings(f"gaps.{name}"), strings.number(number)) for name, number in numbers))


def _opening(edition: Edition, one: Change) -> Item:
    """Return a change, and links to what could be made after it."""
    strings, left = edition.strings, len(one.opens) - _LINKS
    more = (Item(strings("able.more", count=left)),) if left > 0 else ()
    then = Fact(strings("able.opens"), (*(aim_link(edition, aim) for aim in one.opens[:_LINKS]), *more))
    note = strings("gaps.only", count=one.hubs) if one.hubs else ""
    page = _page(edition, one.lack.process)
    return Item(_change(edition, one.lack), page=page, note=note, facts=(then,))


def _question(edition: Edition, one: Silence) -> Item:
    """Return what nobody states, how many do not, and how much depends on it."""
    waiting = edition.strings("able.matters", count=len(one.aims))
    note = f"{edition.strings('insights.unstated')}: {_by(edition, one)} · {waiting}"
    return Item(_fact(edition, one), page=_page(edition, one.process), note=note)
