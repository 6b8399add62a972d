"""Both sides of a change in; what it means out: first and last hubs, designs and requests, figures of countries.

Judged by process alone, as `matching.by_process` does; an effect in a country means that hubs there can do it all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..matching.by_process import World
from ..records import Design, Hub, Process, Request
from ..registry import identify, part
from ..registry.coverage import Country, counted_hubs, coverage
from ..words import Text, country_name
from . import labels
from .entries import Sides
from .sides import Both, Where, both
from .values import Effect

_FIGURES = ("hubs", "machines", "matchable", "contractable")
# For each kind: what happened, that it did so everywhere at once, and that no single country is behind it.
_MADE = {
    "design-possible": ("can now be made", ", for the first time anywhere", " by several countries together"),
    "design-impossible": (
        "can no longer be made",
        ", nor anywhere else",
        ", even by hubs of several countries together",
    ),
}


def effects(sides: Sides) -> tuple[Effect, ...]:
    """Return what follows from a change: designs, then requests, then hubs that are the first or last, then figures."""
    seen = both(sides)
    flips = {world: seen.flips(world) for world in World}
    own = frozenset(found[1] for path in sides.paths if (found := identify(path)) and found[0] is Design)
    return (
        *_designs(seen, flips, own), *_requests(seen, flips, own),
        *_first_and_last(seen, flips[World.REAL]), *_figures(seen),
    )  # fmt: skip


def _designs(seen: Both, flips: Mapping[World, Mapping[Where, bool]], own: frozenset[str]) -> Iterator[Effect]:
    """Yield the designs that can now be made somewhere, or no longer: those of the same places together."""
    found: dict[tuple[str, tuple[str, ...], bool], list[Design]] = {}
    for design in seen.after.registry.all(Design):
        world = World.INVENTED if design.demonstration else World.REAL
        needed = (seen.before.needs(design.id), seen.after.needs(design.id))
        is_other = needed[0] != needed[1] or design.id in own
        touched = {country for process, country in flips[world] if process in needed[1]}
        if is_other or touched:
            for what in _turns(seen, needed, seen.countries if is_other else sorted(touched), world):
                found.setdefault(what, []).append(design)
    for (kind, places, is_anywhere), designs in sorted(found.items(), key=lambda item: item[0]):
        names = labels.shown([_title(seen, design) for design in designs])
        yield Effect(kind, f"{_made(kind, places, is_anywhere)}: {names}", tuple(one.id for one in designs), places)


def _turns(
    seen: Both, needed: tuple[frozenset[str], frozenset[str]], countries: Sequence[str], world: World
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield the kind of effect, its countries, and whether it is one for the whole registry too."""
    ends = ((seen.before, needed[0]), (seen.after, needed[1]))
    was, now = ({code for code in countries if side.can_make(one, code, world)} for side, one in ends)
    at_all = tuple(side.can_make_at_all(one, seen.countries, world) for side, one in ends)
    for kind, places, turn in (
        ("design-possible", now - was, (False, True)),
        ("design-impossible", was - now, (True, False)),
    ):
        if places or at_all == turn:
            yield kind, tuple(sorted(places)), at_all == turn


def _made(kind: str, places: Sequence[str], is_anywhere: bool) -> str:
    """Return the words for where designs can be made now, or no longer."""
    how, first, together = _MADE[kind]
    if not places:
        return f"{how}{together}"
    where = labels.shown([country_name(code) for code in places])
    return f"{how} in {where}" + (first if is_anywhere else "")


def _title(seen: Both, design: Design) -> str:
    name = design.name.into(seen.after.registry.language)
    return f"{labels.clipped(name)} ({design.id}{', invented' if design.demonstration else ''})"


def _requests(seen: Both, flips: Mapping[World, Mapping[Where, bool]], own: frozenset[str]) -> Iterator[Effect]:
    """Yield open requests that hubs of their country can now meet, or no longer."""
    for request in seen.after.registry.all(Request):
        world = World.INVENTED if request.demonstration else World.REAL
        needed, country = (seen.before.needs(request.design), seen.after.needs(request.design)), request.place.country
        touched = request.design in own or any((process, country) in flips[world] for process in needed[1])
        if request.status != "open" or not (touched or needed[0] != needed[1]):
            continue
        was, now = (
            side.can_make(one, country, world) for side, one in zip((seen.before, seen.after), needed, strict=True)
        )
        if was != now:
            how = "can now be met by" if now else "can no longer be met by"
            note = ", invented" if request.demonstration else ""
            text = f"request {request.id} ({request.design}{note}) {how} hubs in {country_name(country)}"
            yield Effect("request-won" if now else "request-lost", text, (request.id,), (country,))


def _first_and_last(seen: Both, flips: Mapping[Where, bool]) -> Iterator[Effect]:
    """Yield the hubs that are the first in their country for processes, or were the last."""
    found: dict[tuple[str, bool, tuple[str, ...]], list[str]] = {}
    for (process, country), is_gained in flips.items():
        side = seen.after if is_gained else seen.before
        narrower = side.narrower(process) - {process}
        if not any(flips.get((one, country)) is is_gained for one in narrower):  # what is narrower says more
            hubs = tuple(sorted(side.hubs(process, country, World.REAL)))
            found.setdefault((country, is_gained, hubs), []).append(process)
    for (country, is_gained, hubs), processes in sorted(found.items()):
        names = labels.shown([_label(seen, process) for process in processes])
        where = country_name(country)
        if not hubs:
            text = f"{'now' if is_gained else 'no longer'} possible in {where}, with processes grouped anew: {names}"
        elif is_gained:
            text = f"first in {where} for {names}: {_hubs(seen, hubs)}"
        else:
            text = f"nobody left in {where} for {names}: " + "; ".join(_why(seen, hub) for hub in hubs[:3])
        yield Effect("first-hub" if is_gained else "last-hub", text, tuple(processes), (country,), hubs)


def _label(seen: Both, process: str) -> str:
    record = seen.after.registry.get(Process, process) or seen.before.registry.get(Process, process)
    labelled: Text | None = record.labels if record is not None else None
    return labelled.into("en") if labelled is not None else process


def _hubs(seen: Both, ids: Sequence[str]) -> str:
    return labels.shown([_hub(seen, id) for id in ids])


def _hub(seen: Both, id: str) -> str:
    hub = seen.after.registry.get(Hub, id) or seen.before.registry.get(Hub, id)
    return f"{labels.clipped(hub.name.into(seen.after.registry.language))} ({id})" if hub is not None else id


def _why(seen: Both, id: str) -> str:
    """Return why a hub no longer offers what it did."""
    hub = seen.after.registry.get(Hub, id)
    if hub is None:
        return f"{_hub(seen, id)} {'cannot be read' if seen.after.registry.knows(Hub, id) else 'is removed'}"
    return f"{_hub(seen, id)} " + ("no longer offers it" if hub.is_open else f"is {hub.status}")


def _figures(seen: Both) -> Iterator[Effect]:
    """Yield by how much the figures of a country change, and whether it came to the registry or left it."""
    parts = [part(side.registry, seen.hubs) for side in (seen.before, seen.after)]
    was, now = ({one.country: one for one in coverage(own).countries} for own in parts)
    for code in sorted({*was, *now}):
        steps = [(name, _figure(now.get(code), name) - _figure(was.get(code), name)) for name in _FIGURES]
        changed = ", ".join(f"{name} {'+' if step > 0 else '−'}{abs(step)}" for name, step in steps if step)
        if changed:
            yield Effect("figures", f"{country_name(code)}: {changed}", (), (code,))
        if (code in was) != (code in now) and not seen.elsewhere.counts(code):
            hubs = tuple(hub.id for hub in counted_hubs(parts[code in now]) if hub.country == code)
            text = f"first hub in {country_name(code)}" if code in now else f"no hub left in {country_name(code)}"
            yield Effect("country-added" if code in now else "country-removed", text, (), (code,), hubs)


def _figure(country: Country | None, name: str) -> int:
    return int(getattr(country, name)) if country is not None else 0
