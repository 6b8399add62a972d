"""Networks of hubs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..words import Text
from .base import Record
from .parts import Contact, SameAs, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Record):
    """A regional or thematic network. Its members are the hubs that name it."""

    record_kind: ClassVar[str] = "network"
    folder: ClassVar[str] = "networks"
    depth: ClassVar[int] = 1

    name: Text
    kind: str
    demonstration: bool = False
    summary: Text | None = None
    website: str = ""
    contact: Contact | None = None
    countries: tuple[str, ...] = ()
    charter: str = ""
    registry: str = ""
    sources: tuple[Source, ...] = ()
    same_as: tuple[SameAs, ...] = ()
    formerly: tuple[str, ...] = ()
