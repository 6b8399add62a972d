"""What is answered to a wish: hubs with verdicts, and for one hub everything that was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .judging import OF_PEOPLE, fact_of
from .values import SEVERITY, Check, Result, Subject, Tally, Verdict
from .wanted import Step, Wish


class Row(NamedTuple):
    """A hub in an answer: what came of it, and how far away it is in kilometres (None when nobody knows)."""

    hub: str
    tally: Tally
    distance_km: float | None

    @property
    def verdict(self) -> Verdict:
        """The verdict on the hub."""
        return self.tally.verdict


@dataclass(frozen=True, slots=True)
class Tried:
    """A machine against one step, with every check; the first one of a step is the best.

    Where the hub only claims a process, `machine` is "" and `claimed` is that process.
    """

    machine: str
    checks: tuple[Check, ...]
    claimed: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """All that was checked of one hub: what concerns it or the design as a whole, and what was tried for each step."""

    row: Row
    checks: tuple[Check, ...]
    steps: tuple[tuple[Step, tuple[Tried, ...]], ...]

    @property
    def deciding(self) -> tuple[Check, ...]:
        """The checks that decide: those of the whole hub, and of the best machine for each step."""
        best = (check for _, tried in self.steps if tried for check in tried[0].checks)
        return (*self.checks, *best)

    @property
    def facts(self) -> Mapping[tuple[str, str], tuple[Check, ...]]:
        """The checks that decide by what one change would mend: a machine's fact, or one of the hub or a design."""
        found: dict[tuple[str, str], list[Check]] = {}
        for check in self.checks:
            found.setdefault(("", fact_of(check)), []).append(check)
        for tried in (tried[0] for _, tried in self.steps if tried):
            for check in tried.checks:
                is_hubs = check.subject is Subject.HUB and check.rule in OF_PEOPLE
                about = "" if is_hubs else tried.machine or f"claimed {tried.claimed}"
                found.setdefault((about, fact_of(check)), []).append(check)
        return {fact: tuple(checks) for fact, checks in found.items()}

    @property
    def tally(self) -> Tally:
        """How many facts passed, are unknown and failed: the same as the row's."""
        worst = [max((check.result for check in checks), key=SEVERITY.__getitem__) for checks in self.facts.values()]
        missing = sum(not tried for _, tried in self.steps)
        passed, unknown, failed = (worst.count(result) for result in SEVERITY)
        beyond = any(check.rule == "distance" and check.result is Result.FAIL for check in self.checks)
        return Tally(passed, unknown, failed, missing, int(beyond))

    @property
    def repairs(self) -> tuple[tuple[str, Check], ...]:
        """The smallest set of changes after which nothing of these machines fails, and no step is without one.

        Each with the record to change and a check that fails today; what several steps ask of one fact stands in it
        side by side.
        """
        failed = ([one for one in checks if one.result is Result.FAIL] for checks in self.facts.values())
        return tuple((each[0].record, _together(each)) for each in failed if each)


def _together(checks: list[Check]) -> Check:
    return checks[0]._replace(asked=" and ".join(dict.fromkeys(check.asked for check in checks)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a wish: checks of the design itself, how many hubs got which verdict, and hubs, the best first."""

    wish: Wish
    checks: tuple[Check, ...]
    counts: Mapping[Verdict, int]
    rows: tuple[Row, ...]
