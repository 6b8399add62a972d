"""The head of a server's response in; the answer that links are judged by out."""

from __future__ import annotations

import enum
from dataclasses import dataclass

_GONE = (404, 410)


class Outcome(enum.StrEnum):
    """What came of asking: an answer; gone for sure; or nothing usable this time."""

    FINE = "fine"
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: why it is not fine, and where it has moved for good; "" for neither."""

    url: str
    outcome: Outcome
    detail: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of one response; `after` are the seconds to wait that it asks for."""

    status: int
    location: str = ""
    after: float = 0


class Failed(Exception):
    """Nothing answered; the message says why."""

    def __init__(self, message: str, outcome: Outcome = Outcome.SOFT) -> None:
        super().__init__(message)
        self.outcome = outcome


def judged(url: str, status: int, moved: str) -> Answer:
    """Return what a status says of an address that led to it."""
    if status in _GONE:
        return Answer(url, Outcome.HARD, f"answers with {status}")
    if status >= 300:
        return Answer(url, Outcome.SOFT, f"answers with {status}")
    return Answer(url, Outcome.FINE, "", moved)
