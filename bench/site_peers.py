"""A made registry in; the same hubs as others show them out: a map of folium as it comes, mkdocs-material's search."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import folium
import mkdocs
from folium.plugins import MarkerCluster

from generator.records import Hub
from generator.registry import Registry

from . import peers
from .real import TOP
from .sheets import sheets

_MODULES = TOP / "site" / "node_modules"
_THEMES = Path(mkdocs.__file__).parent / "themes"
# What folium's pages load from other hosts, as far as it is installed here: no glyphicons, no awesome-markers.
_SCRIPTS = (
    _MODULES / "leaflet/dist/leaflet.js", _THEMES / "readthedocs/js/jquery-3.6.0.min.js",
    _THEMES / "mkdocs/js/bootstrap.bundle.min.js", _MODULES / "leaflet.markercluster/dist/leaflet.markercluster.js",
)  # fmt: skip
_STYLES = (
    _MODULES / "leaflet/dist/leaflet.css", _THEMES / "mkdocs/css/bootstrap.min.css",
    _THEMES / "mkdocs/css/fontawesome.min.css", _MODULES / "leaflet.markercluster/dist/MarkerCluster.css",
    _MODULES / "leaflet.markercluster/dist/MarkerCluster.Default.css",
)  # fmt: skip


class Search(NamedTuple):
    """A built site, the path of one of its pages, the selector of the box there, and what is true with a result."""

    site: Path
    page: str
    box: str
    ready: str


def folium_map(registry: Registry, folder: Path) -> Path:
    """Write a page with a marker and a popup for each hub that has a place, and its assets; return the folder."""
    folder.mkdir(parents=True)
    world: Any = folium.Map(location=(5, 15), zoom_start=3, tiles=None, maxZoom=18)
    clusters: Any = MarkerCluster().add_to(world)  # type: ignore[no-untyped-call]
    by_id = {sheet.path.removeprefix("hubs/"): sheet for sheet in sheets(registry)}
    for hub in registry.all(Hub):
        if hub.location.point is not None:
            sheet = by_id[hub.id]
            lines = [
                f"<b>{html.escape(sheet.title)}</b>",
                *(f"{label}: {html.escape(text)}" for label, text in sheet.facts),
            ]
            popup = folium.Popup("<br>".join(lines), max_width=300)
            folium.Marker(hub.location.point, popup=popup, tooltip=html.escape(sheet.title)).add_to(clusters)
    world.default_js = [(path.name, path.name) for path in _SCRIPTS]
    world.default_css = [(path.name, path.name) for path in _STYLES]
    clusters.default_js = clusters.default_css = []
    for path in (*_SCRIPTS, *_STYLES):
        shutil.copyfile(path, folder / path.name)
    shutil.copytree(_MODULES / "leaflet/dist/images", folder / "images")
    world.save(str(folder / "index.html"))
    return folder


def material_search(registry: Registry, folder: Path, show: Callable[[str], None]) -> dict[str, Search]:
    """Build mkdocs-material's site of all hubs with its search; return what `bench.site` needs to measure it."""
    settings = {**peers.OUTSIDE, "plugins": ["search"]}
    try:
        site = peers.mkdocs(sheets(registry), folder, settings)
    except FileNotFoundError as error:
        show(f"mkdocs-material: not measured: {error}")
        return {}
    subprocess.run(site.job.command, cwd=site.job.folder, check=True, capture_output=True)
    page = min(site.output.glob("hubs/*/*/index.html")).parent.relative_to(site.output).as_posix()
    found = "document.querySelector('.md-search-result__item a') !== null"
    return {"mkdocs-material": Search(site.output, f"{page}/", "[data-md-component=search-query]", found)}
