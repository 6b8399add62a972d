"""A made registry in; the same hubs as others show them out: a map of folium as it comes, mkdocs-material's search."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import folium
from folium.plugins import MarkerCluster

from generator.records import Hub
from generator.registry import Registry

from . import peers
from .peers import program
from .real import TOP
from .sheets import Sheet, sheets

# What folium's pages load from other hosts, in folium's versions (bench/folium); without glyphicons, which npm lacks.
_PACKAGES = TOP / "bench" / "folium"
_SCRIPTS = (
    "leaflet/dist/leaflet.js", "jquery/dist/jquery.min.js", "bootstrap/dist/js/bootstrap.bundle.min.js",
    "leaflet.awesome-markers/dist/leaflet.awesome-markers.js", "leaflet.markercluster/dist/leaflet.markercluster.js",
)  # fmt: skip
_STYLES = (
    "leaflet/dist/leaflet.css", "bootstrap/dist/css/bootstrap.min.css",
    "@fortawesome/fontawesome-free/css/all.min.css", "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "leaflet.markercluster/dist/MarkerCluster.css", "leaflet.markercluster/dist/MarkerCluster.Default.css",
)  # fmt: skip
_ICON = "wrench"


class Search(NamedTuple):
    """A built site, the path of one of its pages, the selector of the box there, and what is true with a result."""

    site: Path
    page: str
    box: str
    ready: str


def folium_assets(folder: Path) -> Path:
    """Install what folium's pages load into a folder and return it. Raises `OSError` or `CalledProcessError`."""
    shutil.copytree(_PACKAGES, folder)
    subprocess.run([program("npm"), "ci", "--silent"], cwd=folder, check=True, capture_output=True)
    return folder / "node_modules"


def folium_map(registry: Registry, modules: Path, folder: Path, *, icons: bool) -> Path:
    """Write a page with a marker and a popup for each hub, and its assets; return the folder.

    With `icons` a marker is a `folium.Icon`, as in most maps made with folium; else Leaflet's own picture.
    """
    world: Any = folium.Map(location=(5, 15), zoom_start=3, tiles=None, maxZoom=18)
    clusters: Any = MarkerCluster().add_to(world)  # type: ignore[no-untyped-call]
    middles = _middles(registry)
    for hub, sheet in zip(registry.all(Hub), sheets(registry), strict=True):
        icon = folium.Icon(color="darkgreen", icon=_ICON, prefix="fa") if icons else None
        popup = folium.Popup("<br>".join(_lines(sheet)), max_width=300)
        at = hub.location.point or middles[hub.country]
        folium.Marker(at, popup=popup, tooltip=html.escape(sheet.title), icon=icon).add_to(clusters)
    world.default_js = [(path, path) for path in _SCRIPTS]
    world.default_css = [(path, path) for path in _STYLES]
    clusters.default_js = clusters.default_css = []
    shutil.copytree(modules, folder)
    world.save(str(folder / "index.html"))
    return folder


def _lines(sheet: Sheet) -> Iterator[str]:
    """Yield what a popup says: the facts of the hub, and its machines."""
    yield f"<b>{html.escape(sheet.title)}</b>"
    for label, text in (*sheet.facts, *sheet.machines):
        yield f"{html.escape(label)}: {html.escape(text)}"


def _middles(registry: Registry) -> dict[str, tuple[float, float]]:
    """Return a place in each country for its hubs without one, as a geocoder would."""
    places = {hub.country: hub.location.point for hub in registry.all(Hub) if hub.location.point is not None}
    return {hub.country: places.get(hub.country, (0.0, 0.0)) for hub in registry.all(Hub)}


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
