"""What is known outside a contract: records of hubs and designs, and whether a hub can make a design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..records import Design, Hub, Record
from ..registry import Registry
from ..words import closest

Doubts = Callable[[tuple[str, ...], str], tuple[tuple[str, str], ...]]


def nobody_doubts(hubs: tuple[str, ...], design: str) -> tuple[tuple[str, str], ...]:
    """Return why hubs cannot make a design, as far as nobody was asked: no reasons."""
    del hubs, design
    return ()


@dataclass(frozen=True, slots=True)
class World:
    """A registry, or None where a contract stands on its own; and what says why hubs cannot make a design.

    `doubts(hubs, design)` returns (hub, reason), the hub "" where it concerns all of them. Matching knows; it stands
    beside this package, so that the command line brings the two together.
    """

    registry: Registry | None = None
    doubts: Doubts = nobody_doubts

    def hub(self, id: str) -> Hub | None:
        """Return the record of a hub."""
        return self.registry.get(Hub, id) if self.registry is not None else None

    def design(self, id: str) -> Design | None:
        """Return the record of a design."""
        return self.registry.get(Design, id) if self.registry is not None else None

    def meant(self, id: str, kind: type[Record]) -> str:
        """Return a hint: the id that was probably meant."""
        guess = closest(id, self.registry.ids(kind)) if self.registry is not None else ""
        return f"did you mean `{guess}`?" if guess else "give its name instead, as `name: …`"
