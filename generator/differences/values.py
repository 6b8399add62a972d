"""What differs between two registries, as values: statements on records, and effects on what can be made where.

Texts hold what strangers wrote: a printer escapes them for its target.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One difference in words. `field` names it by its keys, such as `contact.email`; "" is the whole record.

    `before` are values that are gone, `after` those that came; both are empty where there is nothing to list.
    """

    kind: str
    field: str
    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file and what is said of it. `how`: added, removed, renamed, changed, format, broken or mended.

    `kind` and `id` are "" for a file that is no record; `formerly` is the id before a rename. `told_in` is the path
    of the entry whose statements name this one, so that it need not be told again.
    """

    how: str
    kind: str
    id: str
    name: str
    path: str
    statements: tuple[Statement, ...] = ()
    formerly: str = ""
    told_in: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows for matching and coverage. `kind` says what, `ids` of which designs, requests or processes.

    `countries` are lower-case codes; none where the whole registry is meant. `hubs` are those that made it so.
    """

    kind: str
    text: str
    ids: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two registries: entries sorted by kind and id, machines after their hub."""

    entries: tuple[Entry, ...] = ()
    effects: tuple[Effect, ...] = ()
