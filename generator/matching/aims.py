"""A registry in; everything that somebody may want made, the designs and the open requests, each with its wish, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..records import Design, Request
from ..registry import Registry
from .wanted import TreeError, Wish, wish_for, wish_of

DESIGN, REQUEST = Design.record_kind, Request.record_kind


class Aim(NamedTuple):
    """A design or an open request, and what has to be done for it."""

    kind: str
    id: str
    wish: Wish

    @property
    def is_matchable(self) -> bool:
        """Whether it says all that has to be done."""
        return bool(self.wish.steps) and not self.wish.silent


def aims(registry: Registry) -> tuple[Aim, ...]:
    """Return the designs and then the open requests, in the order of ids; a design that contains itself is left out."""
    return (*_designs(registry), *_requests(registry))


def _designs(registry: Registry) -> Iterator[Aim]:
    for design in registry.all(Design):
        try:
            yield Aim(DESIGN, design.id, wish_for(registry, design))
        except TreeError:
            continue


def _requests(registry: Registry) -> Iterator[Aim]:
    for request in registry.all(Request):
        design = registry.get(Design, request.design)
        if request.status == "open" and design is not None:
            try:
                yield Aim(REQUEST, request.id, wish_of(registry, request, design))
            except TreeError:
                continue
