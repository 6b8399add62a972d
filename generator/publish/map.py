"""A folder of npm packages in; the map's own files out: Leaflet, its clusters, the base map (Natural Earth)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..artifacts import Artifact

SCRIPTS = ("leaflet/dist/leaflet.js", "leaflet.markercluster/dist/leaflet.markercluster.js")
STYLES = ("leaflet/dist/leaflet.css", "leaflet.markercluster/dist/MarkerCluster.css")
_ATLAS = ("world-atlas/countries-110m.json", "world-atlas/countries-50m.json")


def assets(modules: Path) -> Iterator[Artifact]:
    """Yield the files that are copied out of a folder of npm packages."""
    for path in (*SCRIPTS, *STYLES):
        yield Artifact(local(path), _unmapped((modules / path).read_bytes()))
    for path in _ATLAS:
        yield Artifact(f"assets/map/{path.rpartition('/')[2]}", (modules / path).read_bytes())


def local(path: str) -> str:
    """Return where a file of an npm package lies on the site."""
    return f"assets/leaflet/{path.rpartition('/')[2]}"


def _unmapped(source: bytes) -> bytes:
    """Return a script without its reference to a source map, which is not published."""
    return source.rpartition(b"\n//# sourceMappingURL=")[0] + b"\n" if b"\n//# sourceMappingURL=" in source else source
