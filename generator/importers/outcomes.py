"""What becomes of a row: a file, a duplicate or a rejection; and the facts that a report is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .drafts import Rejected


@dataclass(frozen=True, slots=True)
class Drafted:
    """A row that became a file: its path below the registry's folder, and the file's bytes."""

    kind: str
    place: str
    name: str
    path: str
    notes: tuple[str, ...] = ()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that is a record already: its path, and what speaks for that."""

    kind: str
    place: str
    name: str
    of: str
    why: str
    notes: tuple[str, ...] = ()


Outcome = Drafted | Duplicate | Rejected


@dataclass(frozen=True, slots=True)
class Account:
    """All that an import did, without the files' contents. Each row read is drafted, a duplicate, or rejected."""

    source: str
    drafted: tuple[Drafted, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    unknown: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows there were."""
        return len(self.drafted) + len(self.duplicates) + len(self.rejected)

    @property
    def kinds(self) -> dict[str, tuple[int, int]]:
        """How many of each kind were drafted, and how many were duplicates."""
        drafted, known = Counter(one.kind for one in self.drafted), Counter(one.kind for one in self.duplicates)
        return {kind: (drafted[kind], known[kind]) for kind in sorted({*drafted, *known})}
