"""The values that owners are found from: files before and after a change, and what the base says of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .. import documents, schemas

PLAIN = "100644"  # Git's mode of an ordinary file


class Version(NamedTuple):
    """What stands at a path in one revision: Git's mode, the content's id, and the content where it is needed."""

    mode: str = ""
    blob: str = ""
    content: bytes = b""


NOTHING = Version()


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the repository that a change would put in place, or take away (`head` is `NOTHING`).

    `before` begins with what the base has now. What it had when the branch was made follows, several times where
    lines were merged crosswise: where these differ, the base has moved on.
    """

    path: str
    before: tuple[Version, ...]
    head: Version

    @property
    def base(self) -> Version:
        """What the base has now."""
        return self.before[0]

    @property
    def has_moved_on(self) -> bool:
        """Whether the base's file changed since the branch was made."""
        return len(set(self.before)) > 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be known of the base: these paths, and which of its hubs hold these texts."""

    paths: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of the base. Paths are the repository's; `lead` leads to the registry, such as `registry/`.

    `found` has those of the wanted paths that are there, folders too; `holders` the hubs that hold a wanted text.
    """

    lead: str = "registry/"
    found: Mapping[str, Version] = field(default_factory=dict)
    holders: Mapping[str, Version] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Whether the base has something at a path of the registry, among those wanted."""
        return self.lead + path in self.found

    def data(self, kind: str, path: str) -> Mapping[str, Any] | None:
        """Return the valid data of a record at a path of the registry; None where the base has none."""
        return data(kind, self.found.get(self.lead + path, NOTHING))


@functools.lru_cache(maxsize=4096)
def data(kind: str, version: Version) -> Mapping[str, Any] | None:
    """Return the data of a record; None when it is not there, no plain file, or not valid."""
    if version.mode != PLAIN:
        return None
    try:
        found = documents.parse(version.content)
    except documents.UncleanError:
        examined = documents.examine(version.content)
        found = None if examined.is_broken else examined.data
    return found if isinstance(found, dict) and schemas.validator(kind)(found) else None


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys whose values differ; `1` and `true` do, the order of a mapping's keys does not."""
    keys = before.keys() | after.keys()
    return frozenset(key for key in keys if _text(before, key) != _text(after, key))


def _text(values: Mapping[str, Any], key: str) -> str:
    return json.dumps(values[key], sort_keys=True) if key in values else ""
