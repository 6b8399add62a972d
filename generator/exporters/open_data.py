"""A registry in; what makes every file of its open data out, the manifest with the checksums of lists last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from .. import records, schemas
from ..artifacts import Artifact, Producer
from ..records import Hub, Machine, Model, Record, Settings
from ..registry import Registry, exchange
from . import data_package, geojson, okw, spaceapi, sqlite, tables
from .chosen import Invented, shown, wanted
from .plain import listed, published

ROOT = "api/v1"
_SINGLE = {"registry": "manifest", "okw": "okw", "spaceapi": "spaceapi_directory", "datapackage": "data_package"}
_DATABASE = "registry.sqlite"
_SHARE = 2000  # records whose files one producer makes
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class StrictError(Exception):
    """A published file does not fit its own schema: a fault of the exporter."""


def open_data(registry: Registry, invented: Invented = Invented.LEFT_OUT, commit: str = "") -> Iterator[Producer]:
    """Yield what makes an index for each kind, GeoJSON, CSV, schemas and the manifest; and one JSON for each record.

    `commit` is the full id of the commit that holds the records; "" where they are not, or not just so, in Git.
    Raises `ValueError` without `registry.yaml`.
    """
    settings = registry.settings
    if settings is None:
        raise ValueError("registry.yaml is missing or broken")
    yield partial(_database, registry, invented)  # the longest: it begins while others make the rest
    yield partial(_overviews, registry, settings, invented, commit)
    for kind in records.KINDS:
        ids = tuple(registry.ids(kind))
        for at in range(0, len(ids), _SHARE):
            yield partial(_records, registry, kind, ids[at : at + _SHARE], invented)
    ids = tuple(registry.ids(Hub))
    for at in range(0, len(ids), _SHARE):
        yield partial(_endpoints, registry, ids[at : at + _SHARE], invented)


def _records(registry: Registry, kind: type[Record], ids: Sequence[str], invented: Invented) -> Iterator[Artifact]:
    for record in wanted(registry, (registry.get(kind, id) for id in ids), invented):
        yield Artifact(f"{ROOT}/{kind.folder}/{record.id}.json", _file(published(registry, record)))


def _database(registry: Registry, invented: Invented) -> Iterator[Artifact]:
    """Yield the database, and its checksum beside it: the manifest, made in another process, cannot wait for it."""
    content = sqlite.database(registry, invented)
    yield Artifact(f"{ROOT}/{_DATABASE}", content)
    yield Artifact(f"{ROOT}/{_DATABASE}.sha256", f"{hashlib.sha256(content).hexdigest()}  {_DATABASE}\n".encode())


def _endpoints(registry: Registry, ids: Sequence[str], invented: Invented) -> Iterator[Artifact]:
    for hub in wanted(registry, (registry.get(Hub, id) for id in ids), invented):
        if spaceapi.has_endpoint(hub):
            yield Artifact(f"{ROOT}/{spaceapi.FOLDER}/{hub.id}.json", spaceapi.endpoint(registry, hub))


def _overviews(registry: Registry, settings: Settings, invented: Invented, commit: str) -> Iterator[Artifact]:
    files: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    for kind in records.KINDS:
        rows = [_compact(listed(registry, record)) for record in shown(registry, kind, invented)]
        counts[kind.record_kind] = len(rows)
        yield _noted(_index(kind, rows), files, len(rows))
    hubs = list(shown(registry, Hub, invented))
    yield _noted(Artifact(f"{ROOT}/hubs.geojson", geojson.hubs(registry, hubs)), files, len(hubs))
    yield _noted(Artifact(f"{ROOT}/hubs.csv", tables.hubs(registry, hubs)), files, len(hubs))
    lines = b"".join(exchange.line(registry, hub) + b"\n" for hub in hubs)
    yield _noted(Artifact(f"{ROOT}/{exchange.FILE}", lines), files, len(hubs))
    table = tables.machines(registry, shown(registry, Machine, invented))
    yield _noted(Artifact(f"{ROOT}/machines.csv", table), files, counts[Machine.record_kind])
    table = tables.models(registry, shown(registry, Model, invented))
    yield _noted(Artifact(f"{ROOT}/models.csv", table), files, counts[Model.record_kind])
    yield from _shared(registry, settings, hubs, files)
    for name, schema in schemas.load_published().items():
        yield Artifact(f"{ROOT}/schemas/{name}.json", _file(schema))
    yield Artifact(f"{ROOT}/registry.json", _file(_manifest(registry, settings, commit, counts, files)))


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
        return _SINGLE.get(parts[0], "index")
    return "spaceapi" if parts[0] == spaceapi.FOLDER else records.BY_FOLDER[parts[0]].record_kind


def _noted(artifact: Artifact, files: list[dict[str, Any]], count: int) -> Artifact:
    """Return an artifact after noting it for the manifest."""
    digest = hashlib.sha256(artifact.content).hexdigest()
    path = artifact.path.removeprefix(f"{ROOT}/")
    files.append({"path": path, "sha256": digest, "bytes": len(artifact.content), "records": count})
    return artifact


def _index(kind: type[Record], rows: list[bytes]) -> Artifact:
    head = b'{"record":"%s","count":%d,"items":[\n' % (kind.record_kind.encode(), len(rows))
    return Artifact(f"{ROOT}/{kind.folder}.json", head + b",\n".join(rows) + b"\n]}\n")


def _shared(
    registry: Registry, settings: Settings, hubs: Sequence[Hub], files: list[dict[str, Any]]
) -> Iterator[Artifact]:
    """Yield what other programs read: Open Know-Where, SpaceAPI's directory, the tables' descriptor."""
    yield _noted(Artifact(f"{ROOT}/okw.json", okw.hubs(registry, hubs)), files, len(hubs))
    reachable = [hub for hub in hubs if spaceapi.has_endpoint(hub)]
    directory = Artifact(f"{ROOT}/{spaceapi.FOLDER}.json", spaceapi.directory(registry, reachable))
    yield _noted(directory, files, len(reachable))
    sources = (source for hub in hubs for source in hub.sources)
    descriptor = data_package.descriptor(registry, settings, files, sources)
    yield _noted(Artifact(f"{ROOT}/{data_package.FILE}", descriptor), files, len(tables.COLUMNS))


def _manifest(
    registry: Registry, settings: Settings, commit: str, counts: dict[str, int], files: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "name": {code or settings.language: text for code, text in settings.name.texts},
        "url": settings.url.rstrip("/") + "/",
        "languages": list(settings.languages),
        **({"countries": list(settings.countries)} if settings.countries else {}),
        "licence": settings.licences.data,
        "attribution": settings.licences.attribution,
        **({"repository": settings.forge.repository} if settings.forge else {}),
        "schema_version": exchange.VERSION,
        "as_of": registry.as_of.isoformat(),
        **({"commit": commit} if commit else {}),
        "counts": counts,
        "files": sorted(files, key=lambda file: str(file["path"])),
    }


def _compact(data: Any) -> bytes:
    return _AS_JSON(data).encode()


def _file(data: Any) -> bytes:
    return _compact(data) + b"\n"
