"""What a peer may cost: seconds, bytes and steps, as plain values; and which addresses may be asked."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Reach(enum.Enum):
    """Which addresses may be asked: public ones over https; private ones too; or this computer over http (tests)."""

    PUBLIC = "public"
    PRIVATE = "private"
    LOOPBACK = "loopback"


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so much of a peer. `seconds` are for fetching all of it, `idle_seconds` for an answer that does not come.

    `file_bytes` is for a file as it arrives unpacked, `git_bytes` for what Git fetches.
    """

    seconds: float = 40
    idle_seconds: float = 10
    manifest_bytes: int = 1 << 20
    file_bytes: int = 32 << 20
    redirects: int = 3
    hubs: int = 50_000
    git_bytes: int = 64 << 20
    git_files: int = 40_000


class FetchError(Exception):
    """A peer that gave nothing usable; the message is read after its name and says what to do, if anything."""


class LicenceError(FetchError):
    """A peer whose licence lets nobody show its records."""

    def __init__(self, licence: str) -> None:
        super().__init__(f"has a licence that does not let us show its records: {licence}")
        self.licence = licence
