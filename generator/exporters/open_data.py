"""A registry in; what makes every file of its open data out, the manifest with the checksums of lists last."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from .. import records, schemas
from ..artifacts import Artifact, Producer
from ..records import Hub, Machine, R, Record, Settings
from ..registry import Registry
from ..registry.demonstration import is_invented
from . import geojson, tables
from .plain import listed, published

ROOT = "api/v1"
VERSION = "1"
_SHARE = 2000  # records whose files one producer makes
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Invented(enum.Enum):
    """What to do with demonstration records."""

    LEFT_OUT = "left out"
    INCLUDED = "included"


class StrictError(Exception):
    """A published file does not fit its own schema: a fault of the exporter."""


def open_data(registry: Registry, invented: Invented = Invented.LEFT_OUT) -> Iterator[Producer]:
    """Yield what makes an index for each kind, GeoJSON, CSV, schemas and the manifest; and one JSON for each record.

    Raises `ValueError` without `registry.yaml`.
    """
    settings = registry.settings
    if settings is None:
        raise ValueError("registry.yaml is missing or broken")
    yield partial(_overviews, registry, settings, invented)
    for kind in records.KINDS:
        ids = tuple(registry.ids(kind))
        for at in range(0, len(ids), _SHARE):
            yield partial(_records, registry, kind, ids[at : at + _SHARE], invented)


def _records(registry: Registry, kind: type[Record], ids: Sequence[str], invented: Invented) -> Iterator[Artifact]:
    for record in _wanted(registry, (registry.get(kind, id) for id in ids), invented):
        yield Artifact(f"{ROOT}/{kind.folder}/{record.id}.json", _file(published(registry, record)))


def _overviews(registry: Registry, settings: Settings, invented: Invented) -> Iterator[Artifact]:
    files: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    for kind in records.KINDS:
        rows = [_compact(listed(registry, record)) for record in _shown(registry, kind, invented)]
        counts[kind.record_kind] = len(rows)
        yield _noted(_index(kind, rows), files, len(rows))
    hubs = list(_shown(registry, Hub, invented))
    yield _noted(Artifact(f"{ROOT}/hubs.geojson", geojson.hubs(registry, hubs)), files, len(hubs))
    yield _noted(Artifact(f"{ROOT}/hubs.csv", tables.hubs(registry, hubs)), files, len(hubs))
    table = tables.machines(registry, _shown(registry, Machine, invented))
    yield _noted(Artifact(f"{ROOT}/machines.csv", table), files, counts[Machine.record_kind])
    for name, schema in schemas.load_published().items():
        yield Artifact(f"{ROOT}/schemas/{name}.json", _file(schema))
    yield Artifact(f"{ROOT}/registry.json", _file(_manifest(registry, settings, counts, files)))


def _shown(registry: Registry, kind: type[R], invented: Invented) -> Iterator[R]:
    return _wanted(registry, registry.all(kind), invented)


def _wanted(registry: Registry, given: Iterable[R | None], invented: Invented) -> Iterator[R]:
    for record in given:
        if record is not None and (invented is Invented.INCLUDED or not is_invented(registry, record)):
            yield record


def checked(producers: Iterable[Producer]) -> Iterator[Artifact]:
    """Yield what producers make, each JSON of the open data tried against its schema. Raises `StrictError`."""
    for artifact in chain.from_iterable(produce() for produce in producers):
        name = _schema_of(artifact.path)
        if name and not schemas.published(name)(json.loads(artifact.content)):
            raise StrictError(f"{artifact.path} does not fit schemas/api/{name}.json")
        yield artifact


def _schema_of(path: str) -> str:
    """Return the name of the schema for a path below `api/v1/`, or "" when it has none."""
    parts = path.removeprefix(f"{ROOT}/").removesuffix(".json").split("/")
    if path.endswith(".geojson"):
        return "geojson"
    if not path.startswith(f"{ROOT}/") or not path.endswith(".json") or parts[0] == "schemas":
        return ""
    if len(parts) == 1:
        return "manifest" if parts[0] == "registry" else "index"
    return records.BY_FOLDER[parts[0]].record_kind


def _noted(artifact: Artifact, files: list[dict[str, Any]], count: int) -> Artifact:
    """Return an artifact after noting it for the manifest."""
    digest = hashlib.sha256(artifact.content).hexdigest()
    path = artifact.path.removeprefix(f"{ROOT}/")
    files.append({"path": path, "sha256": digest, "bytes": len(artifact.content), "records": count})
    return artifact


def _index(kind: type[Record], rows: list[bytes]) -> Artifact:
    head = b'{"record":"%s","count":%d,"items":[\n' % (kind.record_kind.encode(), len(rows))
    return Artifact(f"{ROOT}/{kind.folder}.json", head + b",\n".join(rows) + b"\n]}\n")


def _manifest(
    registry: Registry, settings: Settings, counts: dict[str, int], files: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "name": {code or settings.language: text for code, text in settings.name.texts},
        "url": settings.url.rstrip("/") + "/",
        "languages": list(settings.languages),
        "licence": settings.licences.data,
        "attribution": settings.licences.attribution,
        "schema_version": VERSION,
        "as_of": registry.as_of.isoformat(),
        "counts": counts,
        "files": sorted(files, key=lambda file: str(file["path"])),
    }


def _compact(data: Any) -> bytes:
    return _AS_JSON(data).encode()


def _file(data: Any) -> bytes:
    return _compact(data) + b"\n"
