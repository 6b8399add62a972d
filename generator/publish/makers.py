"""What was found for a design or a request in; the hubs that can make it, and nearly can, with reasons, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..matching.answers import Explained
from ..matching.values import Result, Verdict
from ..records import Design, Hub, Machine, Process
from .edition import Edition
from .hubs import row, where
from .matched import Because, Matched, because
from .page import Fact, Item, Section, facts
from .reasons import reason, reasons, rule

_REASONS = 6  # that a hub's card shows; what else there is can be seen in the tool
_SHOWN = (Verdict.YES, Verdict.ASK, Verdict.ONE_FIX, Verdict.FIXES, Verdict.TOO_FAR, Verdict.NO)


def makers(edition: Edition, found: Matched | None, links: tuple[Item, ...], title: str) -> Section:
    """Return the hubs by what they can do for a wish; plainly, where a design does not say how it is made."""
    strings = edition.strings
    section = Section(strings(title), id="makers", links=links)
    if found is None or not found.wish.steps or found.wish.silent:
        section = section._replace(paragraphs=_unmatchable(edition, found))
    if found is None or not found.wish.steps:
        return section._replace(links=())
    said = tuple(
        reason(edition, check)
        for check in found.checks
        if check.result is not Result.PASS and check.rule != "operations"
    )
    groups = tuple(_group(edition, found, verdict) for verdict in _SHOWN if found.hubs.get(verdict))
    none = () if found.counts[Verdict.YES] or found.counts[Verdict.ASK] else (strings("makers.nobody"),)
    return section._replace(
        paragraphs=(*section.paragraphs, *said, *none), facts=_counts(edition, found), sections=groups
    )


def _unmatchable(edition: Edition, found: Matched | None) -> tuple[str, ...]:
    """Return that nobody can tell who can make it, and why."""
    strings = edition.strings
    if found is None:
        return (strings("makers.circle"),)
    if not found.wish.steps:
        return (strings("makers.silent"), strings("makers.silent.mend"))
    names = strings.joined(edition.label(Design, id) for id in found.wish.silent)
    return (strings("makers.silent.parts", names=names),)


def _counts(edition: Edition, found: Matched) -> tuple[Fact, ...]:
    """Return how many hubs there are of each verdict."""
    strings = edition.strings
    return facts(
        *(
            (strings(f"makers.{verdict}"), strings("figure.hubs", count=count) if count else "")
            for verdict in _SHOWN
            for count in (found.counts[verdict],)
        )
    )


def _group(edition: Edition, found: Matched, verdict: Verdict) -> Section:
    strings, hubs = edition.strings, found.hubs[verdict]
    left = found.counts[verdict] - len(hubs)
    common = _common(edition, hubs) if verdict is Verdict.ASK and len(hubs) > 1 else ()
    lead = strings(f"makers.{verdict}.lead")
    title, is_folded = strings(f"makers.{verdict}"), _is_folded(found, verdict)
    return Section(
        f"{title} ({strings('figure.hubs', count=found.counts[verdict])})" if is_folded else title,
        id=f"makers-{verdict}",
        paragraphs=(lead, strings("makers.common")) if common else (lead,),
        facts=common,
        items=tuple(_maker(edition, hub, len(found.wish.steps), common) for hub in hubs),
        style="folded" if is_folded else "cards",
        links=(Item(strings("makers.more", count=left)),) if left else (),
    )


def _is_folded(found: Matched, verdict: Verdict) -> bool:
    """Tell whether a group is told only to whoever asks for it: others come closer, and are there to be read."""
    if verdict.is_feasible:
        return False
    closer = _SHOWN[: _SHOWN.index(verdict)]
    return any(found.counts[one] for one in closer)


def _common(edition: Edition, hubs: Sequence[Explained]) -> tuple[Fact, ...]:
    """Return what nobody knows of any of some hubs, so that it need not stand at each of them."""
    said = [dict.fromkeys(map(_bare, _reasons(edition, because(hub, Result.UNKNOWN)))) for hub in hubs]
    return tuple(fact for fact in said[0] if all(fact in others for others in said[1:]))


def _bare(fact: Fact) -> Fact:
    """Return a reason without the machine that it is about."""
    return fact._replace(items=tuple(item._replace(note="") for item in fact.items))


def _maker(edition: Edition, hub: Explained, steps: int, common: Sequence[Fact]) -> Item:
    """Return a hub: where it is, how much of what was asked is known, and what decided about it."""
    strings, tally = edition.strings, hub.row.tally
    record, known = edition.registry.get(Hub, hub.row.hub), tally.passed + tally.failed
    notes = (
        where(edition, record) if record is not None else "",
        strings.away(hub.row.distance_km) if hub.row.distance_km is not None else "",
        "" if tally.missing else strings("makers.checked", known=known, total=known + tally.unknown),
    )
    item = row(edition, hub.row.hub, " · ".join(note for note in notes if note))
    return item._replace(facts=tuple(fact for fact in _said(edition, hub, steps) if _bare(fact) not in common))


def _said(edition: Edition, hub: Explained, steps: int) -> Iterator[Fact]:
    verdict = hub.row.verdict
    if verdict is Verdict.NO:
        yield from _part(edition, hub, steps)
    elif verdict is Verdict.YES:
        yield from _means(edition, hub)
    elif verdict is Verdict.ASK:
        yield from _reasons(edition, because(hub, Result.UNKNOWN))
    else:
        yield from _reasons(edition, because(hub, Result.FAIL))
        if ask := because(hub, Result.UNKNOWN):
            names = dict.fromkeys(rule(edition, one.checks[0]) for one in ask)
            yield from facts((edition.strings("makers.also"), edition.strings.joined(names)))


def _part(edition: Edition, hub: Explained, steps: int) -> Iterator[Fact]:
    """Return how many steps a hub does, and which processes it does not do."""
    strings = edition.strings
    lacks = dict.fromkeys(edition.label(Process, step.process) for step, tried in hub.steps if not tried)
    count = sum(bool(tried) for _, tried in hub.steps)
    yield from facts(
        (strings("makers.does"), strings("makers.steps", able=count, total=steps)),
        (strings("makers.not"), strings.joined(lacks)),
    )


def _means(edition: Edition, hub: Explained) -> Iterator[Fact]:
    """Return with which machines a hub does the steps."""
    named = dict.fromkeys(tried[0].machine for _, tried in hub.steps if tried and tried[0].machine)
    yield from facts((edition.strings("makers.with"), edition.links(Machine, list(named)[:_REASONS])))


def _reasons(edition: Edition, found: Sequence[Because]) -> Iterator[Fact]:
    """Return what decided: each by what it is about, with the machine; what nobody knows of a claim in one line."""
    strings = edition.strings
    claimed: dict[str, dict[str, None]] = {}
    shown: list[Fact] = []
    for one in found:
        label = rule(edition, one.checks[0])
        if one.checks[0].reason == "claimed":
            claimed.setdefault(one.claimed, {})[label] = None
        else:
            shown.append(Fact(label, tuple(_lines(edition, one)), "lines" if len(one.checks) > 1 else ""))
    for process, names in claimed.items():
        said = strings("match.claim", process=edition.label(Process, process), names=strings.joined(names))
        shown.append(Fact(strings("machine"), (Item(said),)))
    yield from shown[:_REASONS]
    if len(shown) > _REASONS:
        yield from facts((strings("makers.also"), strings("makers.reasons", count=len(shown) - _REASONS)))


def _lines(edition: Edition, one: Because) -> Iterator[Item]:
    """Return what each thing that was asked came to, and at the last of them the machine."""
    note = edition.label(Machine, one.machine) if one.machine else edition.label(Process, one.claimed)
    *most, last = reasons(edition, one.checks)
    yield from map(Item, most)
    yield Item(last, note=note)
