"""A folder of npm packages in; the map's own files out: Leaflet and the base map (Natural Earth)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..artifacts import Artifact
from . import atlas

SCRIPT = "leaflet/dist/leaflet.js"
# Steps from edge to edge: a pixel of the zoom levels at which each is shown.
_ATLAS = {"world-atlas/countries-110m.json": 8191, "world-atlas/countries-50m.json": 32767}
NEEDED = (SCRIPT, *_ATLAS)  # paths in the folder of npm packages


def assets(modules: Path) -> Iterator[Artifact]:
    """Yield the files that are copied out of a folder of npm packages."""
    yield Artifact(local(SCRIPT), _unmapped((modules / SCRIPT).read_bytes()))
    for path, steps in _ATLAS.items():
        yield Artifact(f"assets/map/{path.rpartition('/')[2]}", atlas.regridded((modules / path).read_bytes(), steps))


def local(path: str) -> str:
    """Return where a file of an npm package lies on the site."""
    return f"assets/leaflet/{path.rpartition('/')[2]}"


def _unmapped(source: bytes) -> bytes:
    """Return a script without its reference to a source map, which is not published."""
    return source.rpartition(b"\n//# sourceMappingURL=")[0] + b"\n" if b"\n//# sourceMappingURL=" in source else source
