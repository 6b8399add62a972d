"""A registry in; all of it in one file of another format out, by the format's name."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..artifacts import Artifact
from ..records import Hub, Machine, Model
from ..registry import Registry
from . import data_package, geojson, okw, spaceapi, sqlite, tables
from .chosen import Invented, shown

_NOON = (1980, 1, 1, 0, 0, 0)  # the first day that ZIP knows: the same files give the same bytes


@dataclass(frozen=True, slots=True)
class Format:
    """What a format is, and what makes a file in it."""

    title: str
    make: Callable[[Registry, Invented], bytes]


def _hubs(registry: Registry, invented: Invented) -> list[Hub]:
    return list(shown(registry, Hub, invented))


def packaged(registry: Registry, invented: Invented) -> Iterable[Artifact]:
    """Yield the tables, then the descriptor of their Data Package."""
    settings = registry.settings
    assert settings is not None
    hubs = _hubs(registry, invented)
    yield (first := Artifact("hubs.csv", tables.hubs(registry, hubs)))
    yield (second := Artifact("machines.csv", tables.machines(registry, shown(registry, Machine, invented))))
    yield (third := Artifact("models.csv", tables.models(registry, shown(registry, Model, invented))))
    files = [
        {"path": one.path, "sha256": hashlib.sha256(one.content).hexdigest(), "bytes": len(one.content)}
        for one in (first, second, third)
    ]
    sources = (source for hub in hubs for source in hub.sources)
    yield Artifact(data_package.FILE, data_package.descriptor(registry, settings, files, sources))


def _endpoints(registry: Registry, invented: Invented) -> Iterable[Artifact]:
    hubs = [hub for hub in _hubs(registry, invented) if spaceapi.has_endpoint(hub)]
    yield Artifact(f"{spaceapi.FOLDER}.json", spaceapi.directory(registry, hubs))
    for hub in hubs:
        yield Artifact(f"{spaceapi.FOLDER}/{hub.id}.json", spaceapi.endpoint(registry, hub))


def _zipped(files: Iterable[Artifact]) -> bytes:
    """Return a ZIP archive of some files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.path, _NOON), file.content, zipfile.ZIP_DEFLATED)
    return content.getvalue()


FORMATS: Mapping[str, Format] = {
    "data-package": Format("tables with a Frictionless descriptor (ZIP)", lambda *given: _zipped(packaged(*given))),
    "geojson": Format("hubs as GeoJSON", lambda known, also: geojson.hubs(known, _hubs(known, also))),
    "hubs-csv": Format("hubs as a table", lambda known, also: tables.hubs(known, _hubs(known, also))),
    "machines-csv": Format(
        "machines as a table", lambda known, also: tables.machines(known, shown(known, Machine, also))
    ),
    "okw": Format("Open Know-Where JSON", lambda known, also: okw.hubs(known, _hubs(known, also))),
    "spaceapi": Format("endpoints and their directory (ZIP)", lambda *given: _zipped(_endpoints(*given))),
    "sqlite": Format("tables with keys and an index for searching", sqlite.database),
}
