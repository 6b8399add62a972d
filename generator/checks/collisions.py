"""Claims to a value that only one owner may hold in; the claims that come second out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..diagnostics import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody's claim to a value, where it stands, and whether its record is in question."""

    value: str
    owner: str
    place: Place
    in_question: bool


def collisions(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim in question with the first of another owner that came before or is not in question."""
    groups: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.value, {}).setdefault(claim.owner, claim)
    for group in groups.values():
        rivals = tuple(group.values())
        for at, claim in enumerate(rivals):
            older = (one for place, one in enumerate(rivals) if place < at or not one.in_question)
            if claim.in_question and (other := next(older, None)):
                yield claim, other
