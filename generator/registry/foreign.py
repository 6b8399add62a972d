"""What is known of other registries, as plain values: their last good copies, and their hubs with their origin.

A foreign hub is read only: it has no page here, is in no open data of ours, and is never one of our records.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..records import Hub
from ..records.instance import Peer


class State(enum.StrEnum):
    """How a peer stands.

    Current: the last pull went well. Kept: it failed, and the last good copy is shown. Refused: its licence lets
    nobody show its records. Missing: there is no copy.
    """

    CURRENT = "current"
    KEPT = "kept"
    REFUSED = "refused"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a peer says of its data: licence (SPDX), how to name it, and the day, version and commit of what it gave.

    `hubs` counts those that can be read, `skipped` those that cannot.
    """

    name: str = ""
    licence: str = ""
    attribution: str = ""
    version: str = ""
    as_of: str = ""
    commit: str = ""
    hubs: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """When a peer was last asked (1970 for never), what went wrong ("" for nothing), and the licence that it named."""

    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    error: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignHub:
    """A hub of a peer: the record's facts, ids of processes that it can do, and its page on the peer's site.

    Of the record only name, kind, status, location, website, verified and same_as are ever filled.
    """

    peer: str
    record: Hub
    can: tuple[str, ...]
    page: str

    @property
    def key(self) -> str:
        """What tells it from every other hub, ours too: `west-africa:gh/kumasi-hive`."""
        return f"{self.peer}:{self.record.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The last good copy of a peer, with the second in which it was fetched."""

    peer: str
    terms: Terms
    fetched: datetime
    hubs: tuple[ForeignHub, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A peer of `registry.yaml` with how it stands, the last attempt and the last good copy, if there is one."""

    peer: Peer
    state: State
    attempt: Attempt
    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Another record that may be the same hub: of the peer (`""`: ours), its id, its page, and what speaks for it."""

    peer: str
    id: str
    page: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Federation:
    """All peers, their hubs in the order of peers and ids, and the twins of hubs by key (ours: `:gh/kumasi-hive`)."""

    neighbours: tuple[Neighbour, ...] = ()
    hubs: tuple[ForeignHub, ...] = ()
    twins: Mapping[str, tuple[Twin, ...]] = field(default_factory=dict)

    def twins_of(self, hub: Hub) -> tuple[Twin, ...]:
        """Return the hubs of peers that may be one of ours."""
        return self.twins.get(f":{hub.id}", ())
