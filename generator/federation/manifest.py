"""The bytes of a peer's `registry.json` in; what it promises out: its terms, and the one file that is fetched.

Nothing in it is trusted: a path that could lead elsewhere, too many files or a version that nobody knows refuse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import schemas, words
from ..registry.foreign import Terms
from . import strict
from .versions import VERSIONS, Upgrade, Versions


class ManifestError(Exception):
    """A manifest that is refused; the message is read after the peer's name."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The file that holds the hubs: its path below the manifest's folder, length, SHA-256 and number of hubs."""

    path: str
    bytes: int
    sha256: str
    records: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a peer says of itself, the file of its hubs, and the steps that bring its hubs up to our version."""

    terms: Terms
    url: str
    hubs: Promise
    steps: tuple[Upgrade, ...]


def read(source: bytes, versions: Versions = VERSIONS) -> Manifest:
    """Return what a manifest promises. Raises `ManifestError`, `JsonError` and `VersionError`."""
    data = strict.read(source)
    if not isinstance(data, dict) or not isinstance(data.get("schema_version"), str):
        raise ManifestError("has a registry.json that is no manifest")
    version = data["schema_version"]
    steps = versions.steps(version)
    for step in steps:
        data = step.manifest(data)
    data = _known(data)
    if not schemas.published("manifest")(data):
        raise ManifestError("has a registry.json that does not fit its schema")
    paths = [file["path"] for file in data["files"]]
    if len(set(paths)) < len(paths):
        raise ManifestError("has a registry.json that names a file twice")
    if refused := [path for path in paths if not is_plain(path)]:
        raise ManifestError(f"has a registry.json with a path that is refused: {refused[0]}")
    return Manifest(_terms(data, version), data["url"], _promise(data, versions.file_of(version)), steps)


def is_plain(path: str) -> bool:
    """Tell whether a path stays below its folder on every system; the schema has seen to its letters."""
    return not any(words.is_device(name.partition(".")[0]) for name in path.split("/"))


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest without facts that a newer version may have added."""
    known = schemas.load_published()["manifest"]["properties"]
    keys = known["files"]["items"]["properties"]
    found = {key: value for key, value in data.items() if key in known}
    if isinstance(files := found.get("files"), list):
        found["files"] = [
            {key: value for key, value in file.items() if key in keys} if isinstance(file, dict) else file
            for file in files
        ]
    # The pattern of our schema is that of our own version's folder, and the steps have seen to the version.
    return {**found, "schema_version": "1"}


def _terms(data: dict[str, Any], version: str) -> Terms:
    names = data["name"]
    return Terms(
        name=names.get(data["languages"][0]) or next(iter(names.values())),
        licence=data["licence"],
        attribution=data["attribution"],
        version=version,
        as_of=data["as_of"],
        commit=data.get("commit", ""),
    )


def _promise(data: dict[str, Any], file: str) -> Promise:
    for found in data["files"]:
        if found["path"] == file:
            return Promise(file, found["bytes"], found["sha256"], found["records"])
    raise ManifestError(f"promises no {file}, which holds its hubs")
