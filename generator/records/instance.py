"""This instance: its settings (`registry.yaml`) and its exceptions (`exceptions.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ..words import Text
from .base import Record
from .parts import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLicences:
    """SPDX expressions for records and code, and how to name the registry when using its data."""

    data: str
    code: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """Where records are kept and changed: github, gitlab or forgejo."""

    kind: str
    repository: str
    branch: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another registry that is read."""

    id: str
    name: str
    url: str
    git: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A tile server, used only after a visitor agrees."""

    url: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Colours of the site as #rrggbb, or "" for the theme's own."""

    primary: str = ""
    accent: str = ""


class _One(Record):
    """A record of which a registry has one: the file's name is fixed."""

    __slots__ = ()

    @property
    def path(self) -> str:
        return f"{self.id}.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(_One):
    """`registry.yaml`: what this instance is called, where it is published, under which licences."""

    record_kind: ClassVar[str] = "registry"
    folder: ClassVar[str] = ""
    depth: ClassVar[int] = 0

    name: Text
    url: str
    languages: tuple[str, ...]
    licences: DataLicences
    tagline: Text | None = None
    countries: tuple[str, ...] = ()
    contact: Contact | None = None
    forge: Forge | None = None
    peers: tuple[Peer, ...] = ()
    tiles: Tiles | None = None
    colours: Colours | None = None
    contributor_names: str = "hidden"
    passports: str = ""

    @property
    def language(self) -> str:
        """The registry's default language."""
        return self.languages[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedException:
    """A rule that does not hold for one record (`hubs/gh/kumasi-hive`) up to a day, and why."""

    rule: str
    record: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions(_One):
    """`exceptions.yaml`: dated, reasoned exceptions from rules."""

    record_kind: ClassVar[str] = "exceptions"
    folder: ClassVar[str] = ""
    depth: ClassVar[int] = 0

    exceptions: tuple[DatedException, ...]
