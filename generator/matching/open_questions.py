"""A plan's assignments, or steps that nobody can do, in; what has to be asked, and who comes close and why not, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from .arrays import FAIL
from .asked import FAILED
from .judging import LEAST, LOT, Question, fact_of, judged
from .plans import Assignment, NearMiss, fails
from .search import FAR, Search
from .sites import judged_design, judged_site
from .tasks import facts_but_time
from .values import Check, Result, Subject
from .whereabouts import number_of

_NEAR = 3  # hubs that are named for a step that nobody can do
Missing = Sequence[tuple[str, int]]  # steps, and how many pieces of each nobody makes
Asks = tuple[tuple[str, Check], ...]


def asks(search: Search, assignments: Sequence[Assignment]) -> Asks:
    """Return what nobody knows, each once: the design, hub or machine that it is about, and the check."""
    found: dict[tuple[str, str], tuple[str, Check]] = {}
    for about, check in _unknown(search, assignments):
        found.setdefault((about, fact_of(check)), (about, check))
    return tuple(found.values())


def _unknown(search: Search, assignments: Sequence[Assignment]) -> Iterator[tuple[str, Check]]:
    yield from ((one.record, one) for one in judged_design(search.wish)
                if one.result is Result.UNKNOWN and one.rule != "operations")  # fmt: skip
    for hub in sorted({one.hub for one in assignments}):
        site = search.known.site(search.matcher.numbers[hub])
        yield from ((hub, one) for one in judged_site(search.wish, site) if one.result is Result.UNKNOWN)
    pieces: dict[tuple[str, str], int] = {}  # of all steps: whether a machine makes them in time is one question
    for one in assignments:
        pieces[one.hub, one.machine] = pieces.get((one.hub, one.machine), 0) + one.pieces
    for one in assignments:
        checks = checks_of(search, one.step, number_of(search, one), pieces[one.hub, one.machine])
        yield from ((one.machine or one.hub, check) for check in checks if check.result is Result.UNKNOWN)


def checks_of(search: Search, step: str, machine: int, pieces: int) -> tuple[Check, ...]:
    """Return every check of a machine that makes so many pieces of a step; whether it takes on so few is the plan's."""
    at = next(at for at, one in enumerate(search.wish.steps) if one.id == step)
    asked, known, question = search.of_step[at], search.known, search.questions[at]
    hub, skill = known.homes[machine], known.skill(machine)
    wish, wanted = replace(question.wish, quantity=1), replace(question.step, pieces=pieces)
    of_pieces = Question(wish, wanted, question.links, question.materials)
    machines = (check for check in judged(of_pieces, skill) if check.rule != LOT)
    return (*machines, *asked.people(machine, known.site(hub), skill.crew))


def near_misses(search: Search, missing: Missing, without: frozenset[str] = frozenset()) -> tuple[NearMiss, ...]:
    """Return for each step, with the pieces that are missing, who comes closest: a machine with all that fails."""
    return tuple(miss for step, pieces in missing for miss in _near(search, step, pieces, without))


def _near(search: Search, step: str, missing: int, without: frozenset[str]) -> Iterator[NearMiss]:
    at = next(at for at, one in enumerate(search.wish.steps) if one.id == step)
    asked, known = search.of_step[at], search.known
    facts, homes = facts_but_time(asked), search.matcher.homes
    of_hub = np.zeros(len(known.hubs), np.int64)
    for _, results in search.of_sites():
        of_hub += (results == FAIL).astype(np.int64) * FAILED
    able = np.flatnonzero((asked.cost < asked.never) & search.is_wanted[homes])
    away = np.nan_to_num(search.distances, nan=FAR)[homes[able]]
    order = np.lexsort((able, away, facts[able] + of_hub[homes[able]]))
    named: set[str] = set(without)
    for machine in able[order].tolist():
        hub = known.hubs[known.homes[machine]]
        if hub not in named and (checks := _against(search, step, machine, missing)):
            named.add(hub)
            yield NearMiss(step, hub, known.names[machine], checks)
        if len(named) >= _NEAR + len(without):
            return


def _against(search: Search, step: str, machine: int, missing: int) -> tuple[Check, ...]:
    hub = search.known.homes[machine]
    pieces = next(search.wish.pieces(one) for one in search.wish.steps if one.id == step)
    whole = judged_site(search.wish, search.known.site(hub))
    return fails((*whole, *checks_of(search, step, machine, pieces), *_few(search, machine, missing)))


def _few(search: Search, machine: int, missing: int) -> Iterator[Check]:
    """Yield that a machine is not used for so few pieces."""
    least = search.known.skills["time"][machine].least
    if missing < least:
        yield Check(LOT, Result.FAIL, Subject.MACHINE, LEAST, "too-few", str(missing), str(least))
