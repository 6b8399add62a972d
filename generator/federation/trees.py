"""The files of a peer's repository in; its terms and the lines of its hubs, as its own site would publish them, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from .. import registry
from ..records import Hub, Settings
from ..registry import exchange
from ..registry.demonstration import is_invented
from ..registry.foreign import Terms
from . import lines
from .fetch.git import Blob, Tree
from .limits import FetchError

_KINDS = ("hubs", "machines", "models")
# A registry lies in the folder `registry`, or is the repository itself.
FOLDERS = tuple(f"{lead}{name}" for lead in ("registry/", "") for name in ("registry.yaml", *_KINDS))
_PATH = re.compile(rf"(?:registry|(?:{'|'.join(_KINDS)})(?:/[a-z0-9]+(?:-[a-z0-9]+)*){{2,3}})\.yaml\Z")


def hubs(tree: Tree, scratch: Path, most: int) -> tuple[Terms, Iterator[bytes]]:
    """Return a peer's terms, and at most `most` lines of hubs, b"" for each record that is not valid.

    `scratch` is an empty folder in which the records are written down. Raises `FetchError`.
    """
    for path, content in _placed(tree.blobs):
        target = scratch / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    day = datetime.fromtimestamp(tree.seconds, UTC).date()
    found = registry.load(scratch, as_of=day)
    settings = found.settings
    if settings is None:
        raise FetchError("has no registry.yaml that can be read")
    terms = Terms(
        name=settings.name.into(settings.language), licence=settings.licences.data,
        attribution=settings.licences.attribution, version=exchange.VERSION, as_of=day.isoformat(), commit=tree.commit,
    )  # fmt: skip
    return terms, _lines(found, most)


def _placed(blobs: Sequence[Blob]) -> Iterator[tuple[str, bytes]]:
    """Yield the records' files by their path in the registry; nothing that is called otherwise is ever written."""
    lead = "registry/" if any(blob.path == f"registry/{Settings.record_kind}.yaml" for blob in blobs) else ""
    for blob in blobs:
        path = blob.path.removeprefix(lead)
        if blob.path.startswith(lead) and _PATH.match(path) and len(path) < 250:
            yield path, blob.content


def _lines(found: registry.Registry, most: int) -> Iterator[bytes]:
    shown = (hub for hub in found.all(Hub) if not is_invented(found, hub))
    yield from lines.read((exchange.line(found, hub) for hub in shown), (), "its records", most)
    yield from (b"" for kind, _ in found.broken if kind == Hub.record_kind)
