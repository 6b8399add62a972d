"""The version that a manifest names in; how its manifest and its hubs become those of our version out.

A version is `MAJOR.MINOR` (`1` is `1.0`). The major number is that of the folder, `api/v1`: another one cannot be read.
The minor number grows with every change that a reader may want to know of. An older one is brought up step by step,
by the table below. A newer one is read as ours: within a major version facts are added, never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..registry.exchange import FILE, VERSION

Data = dict[str, Any]
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3}))?\Z")


class VersionError(Exception):
    """A version that cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One step: `manifest` and `hub` turn what version `minor` publishes into what the next one does.

    `file` is where that version has its hubs, one on each line.
    """

    minor: int
    file: str
    manifest: Callable[[Data], Data]
    hub: Callable[[Data], Data]


@dataclass(frozen=True, slots=True)
class Versions:
    """What can be read: a major version up to a minor one, the file of its hubs, and the steps that lead there."""

    major: int
    minor: int
    file: str
    upgrades: tuple[Upgrade, ...]

    def steps(self, version: str) -> tuple[Upgrade, ...]:
        """Return the steps from a version to ours; none for ours and newer ones. Raises `VersionError`."""
        major, minor = parsed(version)
        here = f"{self.major}.{self.minor}"
        if major > self.major:
            raise VersionError(f"publishes schema version {version}, and this karakana reads {here}: upgrade karakana")
        found = tuple(step for step in self.upgrades if step.minor >= minor)
        if major < self.major or (minor < self.minor and (not found or found[0].minor != minor)):
            raise VersionError(f"publishes schema version {version}, too old to be read: ask it to upgrade karakana")
        return found

    def file_of(self, version: str) -> str:
        """Return the file in which a version has its hubs."""
        steps = self.steps(version)
        return steps[0].file if steps else self.file


def parsed(version: str) -> tuple[int, int]:
    """Return the numbers of a version. Raises `VersionError`."""
    found = _NUMBER.match(version)
    if found is None:
        raise VersionError("names no schema version that can be read")
    return int(found[1]), int(found[2] or 0)


def _same(data: Data) -> Data:
    return data


def _from_feature(feature: Data) -> Data:
    """Return the line for a hub of `hubs.geojson`, all that 1.0 published of many hubs at once."""
    facts, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    longitude, latitude = (geometry.get("coordinates") or (None, None))[:2]
    place = {"locality": facts.get("locality"), "precision": facts.get("precision")}
    point = {} if latitude is None else {"latitude": latitude, "longitude": longitude}
    return {
        "id": feature.get("id"),
        "name": {"en": facts.get("name")},  # 1.0 does not say in which language
        "kind": facts.get("kind"),
        "status": facts.get("status"),
        "location": {**place, **point},
    }


UPGRADES = (Upgrade(0, "hubs.geojson", _same, _from_feature),)
VERSIONS = Versions(*parsed(VERSION), FILE, UPGRADES)
