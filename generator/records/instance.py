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
    """Another registry that is read: from its site, or from its repository where `git` names one.

    `network` is private where its address may lie in a private network; `since` the day on which it was added.
    """

    id: str
    name: str
    url: str
    git: str = ""
    branch: str = ""
    network: str = "public"
    since: date | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintainer:
    """An account on the forge that may approve every change, by login and number."""

    github: str
    github_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How much is made of what a change turns: error (which stops it), warning, note or ignore.

    The last hub of a country for a process, a design or an open request that nobody can make any more, and an open
    request that nobody could make anyhow.
    """

    last_hub: str = "warning"
    design_lost: str = "error"
    request_lost: str = "warning"
    request_without_plan: str = "ignore"


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
    maintainers: tuple[Maintainer, ...] = ()
    matching: Matching = Matching()
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
