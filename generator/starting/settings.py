"""What a network wants in; `registry.yaml`, or what is wrong with the wishes, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import canonical, schemas
from .forges import Forge

_KIND = "registry"
_MORE = """\
# What else can be set. Take the `# ` away; `karakana check` says whether it is right.
# tagline: Who can make it, and where
# colours:
#   primary: "#0f5b57"
#   accent: "#c8501e"
# contact:
#   email: hello@example.org
# maintainers: # accounts that may approve every change
#   - github: you
#     github_id: 999999999 # `gh api users/you --jq .id` tells it
# contributor_names: shown
# peers:
#   - id: karakana
#     name: Karakana
#     url: @origin@
# tiles:
#   url: https://tile.openstreetmap.org/{z}/{x}/{y}.png
#   attribution: © OpenStreetMap contributors
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """A new registry: its name, address, languages, countries, forge, the licence of its data (SPDX).

    `requirement` is what pip is asked for to get the generator; where `wheels` names its file, that is copied and asked
    for instead. `origin` is the site that the terms are taken from.
    """

    name: str
    url: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    forge: Forge
    licence: str
    requirement: str
    origin: str
    wheels: tuple[Path, ...] = ()


def faults(wishes: Wishes) -> Iterator[str]:
    """Yield what the schema has against the wishes, each with what to do."""
    for _, found in schemas.explain(_KIND, "registry.yaml", _data(wishes)):
        key = ".".join(map(str, found.at.keys))
        yield f"{key}: {found.message}; {found.hint}"


def settings(wishes: Wishes) -> str:
    """Return the text of `registry.yaml`, with what else can be set as comments."""
    return canonical.canonical(_KIND, _data(wishes)) + _MORE.replace("@origin@", wishes.origin)


def _data(wishes: Wishes) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": wishes.name,
        "url": wishes.url,
        "languages": list(wishes.languages),
        "licences": {
            "data": wishes.licence,
            "attribution": f"{wishes.name} contributors and the sources named in each record",
        },
        "forge": {"kind": wishes.forge.kind, "repository": wishes.forge.repository, "branch": "main"},
    }
    return data | ({"countries": list(wishes.countries)} if wishes.countries else {})
