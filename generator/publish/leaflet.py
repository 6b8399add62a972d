"""Nothing but settings in; the script that makes the map out. The only home of folium.

folium writes Leaflet's set-up; the data are fetched by site/app and never stand in the script. folium
names its objects at random and loads its parts from other hosts: here names are fixed and assets are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import folium
from folium.template import Template

from ..artifacts import Artifact
from .map import SCRIPT, local

NAMES = ("world", "explore", "embed", "form", "plot")  # on the first page, on Explore, alone, for a pin, for a plan


class _Hubs(folium.MacroElement):
    """Hands the map to our own script, which fetches the hubs and draws them."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.karakana.draw({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Hubs"


def scripts() -> Iterator[Artifact]:
    """Yield a script for each map of the site: it sets the map up in the element `map_<name>`."""
    yield from (_script(name) for name in NAMES)


def _script(name: str) -> Artifact:
    world: Any = folium.Map(
        location=(12, 15), zoom_start=2, tiles=None, prefer_canvas=True, control_scale=True,
        minZoom=1, maxZoom=17, zoomSnap=0.25,
    )  # fmt: skip
    world.default_js, world.default_css = [(SCRIPT, local(SCRIPT))], []
    world._id = name
    _Hubs().add_to(world)
    figure = world.get_root()
    figure.render()
    lines = (line.strip() for line in figure.script.render().split("\n"))
    return Artifact(f"assets/map/{name}.js", ("\n".join(line for line in lines if line) + "\n").encode())
