"""What matching answers with: a check and its result, and the verdict on a hub that follows from its checks."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple


class Result(enum.StrEnum):
    """What came of a check. What no record says is unknown, and no refusal."""

    PASS = "pass"
    UNKNOWN = "unknown"
    FAIL = "fail"


SEVERITY = {Result.PASS: 0, Result.UNKNOWN: 1, Result.FAIL: 2}


class Subject(enum.StrEnum):
    """Whose record decided a check."""

    MACHINE = "machine"
    MODEL = "model"
    HUB = "hub"
    DESIGN = "design"
    REQUEST = "request"


class Check(NamedTuple):
    """One question: the rule, what came of it, whose field decided and why; what was asked for and what was found.

    `reason` names the case of the rule (`matching.words` puts it into words); `asked` and `found` are values with
    their units, as people read them. `record` is the id of the record whose field decided, once it is known which.
    """

    rule: str
    result: Result
    subject: Subject
    field: str
    reason: str
    asked: str = ""
    found: str = ""
    record: str = ""


Checks = tuple[Check, ...]


class Verdict(enum.StrEnum):
    """What a hub can do for a wish, best first."""

    YES = "yes"
    ASK = "ask"  # nothing speaks against it, and something is not known
    ONE_FIX = "one-fix"  # it would do with one change
    FIXES = "fixes"
    TOO_FAR = "too-far"  # it lies further away than was asked, which no change there mends
    NO = "no"  # it has not even the processes

    @property
    def is_feasible(self) -> bool:
        """Whether nothing speaks against it."""
        return self in (Verdict.YES, Verdict.ASK)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many distinct facts passed, are unknown and failed, and how many operations nobody there does.

    `beyond` is 1 where one of the failed facts is the distance, else 0.
    """

    passed: int
    unknown: int
    failed: int
    missing: int = 0
    beyond: int = 0

    @property
    def verdict(self) -> Verdict:
        """The verdict that follows."""
        if self.missing:
            return Verdict.NO
        if self.beyond:
            return Verdict.TOO_FAR
        if self.failed:
            return Verdict.ONE_FIX if self.failed == 1 else Verdict.FIXES
        return Verdict.ASK if self.unknown else Verdict.YES

    def __str__(self) -> str:
        """Return "5 of 6 checked, 1 unknown": never a bare percentage."""
        known = self.passed + self.failed
        found = [f"{known} of {known + self.unknown} checked"]
        found += [f"{count} {word}" for count, word in ((self.failed, "failed"), (self.unknown, "unknown")) if count]
        return ", ".join(found)
