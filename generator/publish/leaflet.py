"""Nothing but settings in; the script that makes the map out. The only home of folium.

folium writes Leaflet's set-up; the data are fetched by site/app and never stand in the script. folium
names its objects at random and loads its parts from other hosts: here names are fixed and assets are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import folium
from folium.plugins import MarkerCluster
from folium.template import Template

from ..artifacts import Artifact
from .map import SCRIPTS, STYLES, local

NAMES = ("world", "explore", "embed")  # on the first page, on Explore, alone


class _Hubs(folium.MacroElement):
    """Hands the map and its clusters to our own script, which fetches the hubs and draws them."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.karakana.draw({{ this._parent.get_name() }}, {{ this.clusters.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self, clusters: MarkerCluster) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Hubs"
        self.clusters = clusters


def scripts() -> Iterator[Artifact]:
    """Yield a script for each map of the site: it sets the map up in the element `map_<name>`."""
    yield from (_script(name) for name in NAMES)


def _script(name: str) -> Artifact:
    world: Any = folium.Map(
        location=(12, 15), zoom_start=2, tiles=None, prefer_canvas=True, control_scale=True,
        minZoom=1, maxZoom=17, zoomSnap=0.25,
    )  # fmt: skip
    clusters: Any = MarkerCluster(  # type: ignore[no-untyped-call]
        options={
            "maxClusterRadius": 44,
            "showCoverageOnHover": False,
            "chunkedLoading": True,
            "chunkInterval": 40,
            "animate": False,
        }
    )
    world.default_js = [(path, local(path)) for path in SCRIPTS]
    world.default_css = [(path, local(path)) for path in STYLES]
    clusters.default_js = clusters.default_css = []
    world._id, clusters._id = name, "hubs"
    clusters.add_to(world)
    _Hubs(clusters).add_to(world)
    figure = world.get_root()
    figure.render()
    lines = (line.strip() for line in figure.script.render().split("\n"))
    return Artifact(f"assets/map/{name}.js", ("\n".join(line for line in lines if line) + "\n").encode())
