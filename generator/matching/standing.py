"""An aim and all hubs in; for each of its steps which hubs can do it, and what the others lack, out: arrays by hub."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .aims import Aim
from .arrays import FAIL, NUMBER, PASS, UNKNOWN, Flags, Numbers, Results
from .asked import NOBODY, Asked
from .judging import Question, made_within
from .lacks import Lack, of_site, of_step
from .search import Matcher, Search
from .sites import judged_design


class Fact(NamedTuple):
    """What may be lacking, and what it comes to at each hub: 0 where nobody asks, then pass, unknown and fail.

    `about` is the machine that it is about, or `NOBODY` where it is the hub itself.
    """

    lack: Lack
    about: Numbers
    results: Results


class Part(NamedTuple):
    """A step (or several that ask the same): for each hub the machine that does it best, or `NOBODY`, and its facts."""

    question: Question
    best: Numbers
    facts: tuple[Fact, ...]

    @property
    def process(self) -> str:
        """The process that is asked for."""
        return self.question.step.process

    @property
    def is_there(self) -> Flags:
        """Which hubs have a machine for it, or claim to."""
        found: Flags = self.best != NOBODY
        return found

    def number(self, result: int) -> Numbers:
        """Return how many of its facts came to a result at each hub."""
        return number_of(self.facts, result, len(self.best))


def number_of(facts: Iterable[Fact], result: int, hubs: int) -> Numbers:
    """Return how many facts came to a result at each hub."""
    found = np.zeros(hubs, np.int64)
    for fact in facts:
        found += fact.results == result
    return found


class Standing:
    """One aim against all hubs: what they say of themselves, and each step."""

    def __init__(self, matcher: Matcher, aim: Aim) -> None:
        self.aim = aim
        self.search = Search(matcher, aim.wish)
        asked = of_site(aim.wish)
        nobody = np.full(len(matcher.known.hubs), NOBODY, np.int64)
        self.site = tuple(Fact(asked[name], nobody, results) for name, results in self.search.of_sites())
        self.parts = tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        """Yield each step as if it were the only one."""
        return (_part(asked, asked.best) for asked in self.search.asked.values())

    @functools.cached_property
    def whole(self) -> tuple[Part, ...]:
        """Each step, with the machines that a hub takes which does all of them."""
        return tuple(_part(asked, self.search.best[at]) for at, asked in self.search.asked.items())

    def facts(self) -> Iterator[Fact]:
        """Yield all facts of a hub that does all: its own, and those of its machines for each step."""
        yield from self.site
        for part in self.whole:
            yield from part.facts

    @functools.cached_property
    def of_design(self) -> int:
        """What the wish itself comes to, whoever makes it: the worst of its checks."""
        return max((NUMBER[check.result] for check in judged_design(self.aim.wish)), default=PASS)

    @functools.cached_property
    def site_failed(self) -> Numbers:
        """How many facts that hubs say of themselves speak against it."""
        return number_of(self.site, FAIL, len(self.search.known.hubs))

    @functools.cached_property
    def site_unknown(self) -> Numbers:
        """How many facts hubs do not say of themselves."""
        return number_of(self.site, UNKNOWN, len(self.search.known.hubs))

    def able(self, part: Part) -> Flags:
        """Tell which hubs may do a step: nothing speaks against it."""
        wanted, failed = self.search.is_wanted, self.site_failed + part.number(FAIL)
        found: Flags = wanted & part.is_there & (failed == 0)
        return found

    def slow(self, part: Part) -> Numbers:
        """Return how many pieces of a step each hub makes in time that cannot make all of them and lacks nothing else.

        With its best machine alone; 0 for all other hubs. Several such hubs may share the step.
        """
        times = [fact.results == FAIL for fact in part.facts if fact.lack.rule == "capacity"]
        failed = self.site_failed + part.number(FAIL)
        if not times:
            return np.zeros(len(failed), np.int64)
        wish, known = self.search.wish, self.search.known.skills["time"]
        found = np.zeros(len(failed), np.int64)
        for hub in np.flatnonzero(self.search.is_wanted & part.is_there & times[0] & (failed == 1)).tolist():
            found[hub] = made_within(known[int(part.best[hub])], wish.days)
        return found

    def sure(self, part: Part) -> Flags:
        """Tell which hubs do a step for certain: nothing about it is unknown."""
        found: Flags = self.able(part) & (self.site_unknown + part.number(UNKNOWN) == 0)
        return found


def _part(asked: Asked, machines: Numbers) -> Part:
    lacks = of_step(asked.question)
    facts = tuple(Fact(lacks[name], about, results) for name, about, results in asked.facts_at(machines))
    return Part(asked.question, machines, facts)


def standings(matcher: Matcher, aims: Sequence[Aim]) -> Iterator[Standing]:
    """Yield how every hub stands to each aim that says how it is made."""
    return (Standing(matcher, aim) for aim in aims if aim.is_matchable)
