"""The taxonomies: processes, materials and competences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ..words import Text
from .base import Record
from .parts import Aliases, Code, Level, SameAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """A process that can stand in for another, and when."""

    process: str
    when: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Record):
    """Something that can be done; a node of the taxonomy. A `group` is a heading that no machine names."""

    record_kind: ClassVar[str] = "process"
    folder: ClassVar[str] = "processes"
    depth: ClassVar[int] = 1

    labels: Text
    description: Text | None = None
    broader: tuple[str, ...] = ()
    aliases: Aliases = field(default_factory=dict)
    group: bool = False
    substitutes: tuple[Substitute, ...] = ()
    codes: tuple[Code, ...] = ()
    same_as: tuple[SameAs, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Record):
    """Something that is worked; a node of the taxonomy. A `group` is a heading."""

    record_kind: ClassVar[str] = "material"
    folder: ClassVar[str] = "materials"
    depth: ClassVar[int] = 1

    labels: Text
    description: Text | None = None
    broader: tuple[str, ...] = ()
    aliases: Aliases = field(default_factory=dict)
    group: bool = False
    codes: tuple[Code, ...] = ()
    same_as: tuple[SameAs, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTasks:
    """What the assessor of one level asks to see, and how many minutes it takes."""

    level: int
    minutes: int
    tasks: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A guide for assessors: what must be ready, what ends it at once, and the tasks of each level."""

    needs: tuple[Text, ...]
    stops: tuple[Text, ...]
    levels: tuple[LevelTasks, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Record):
    """What a maker can be assessed in, with its levels in order."""

    record_kind: ClassVar[str] = "competence"
    folder: ClassVar[str] = "competences"
    depth: ClassVar[int] = 1

    labels: Text
    levels: tuple[Level, ...]
    description: Text | None = None
    aliases: Aliases = field(default_factory=dict)
    version: int = 1
    covers: tuple[Text, ...] = ()
    excludes: tuple[Text, ...] = ()
    criteria: tuple[Text, ...] = ()
    assessment: Assessment | None = None
    processes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    alignment: tuple[SameAs, ...] = ()
    formerly: tuple[str, ...] = ()
