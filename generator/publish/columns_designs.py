"""A registry in; the steps of each design, for the page that matches in the browser, out: `data/designs.json`.

The steps are those of `matching.wanted`, through all levels, with tolerances in millimetres; what asks for nothing is
left out. Names stand with other words (`columns_labels`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..artifacts import Artifact
from ..matching.by_process import World
from ..matching.wanted import Step, TreeError, Wish, wish_for
from ..records import Design
from ..registry import Registry
from .columns_matching import box
from .columns_tables import file


def designs(registry: Registry) -> Iterator[Artifact]:
    """Yield the file; a design that contains itself is not in it."""
    wishes = (_wish(registry, record) for record in registry.all(Design))
    yield file("data/designs.json", [written(wish) for wish in wishes if wish is not None])


def _wish(registry: Registry, record: Design) -> Wish | None:
    try:
        return wish_for(registry, record)
    except TreeError:
        return None


def written(wish: Wish) -> dict[str, Any]:
    """Return a wish as JSON: what is to be done, without how often, where and by when."""
    found = {
        "id": wish.name,
        "steps": [_step(step, wish.name) for step in wish.steps],
        "silent": list(wish.silent),
        "licences": [list(one) for one in wish.licences],
        "invented": wish.world is World.INVENTED,
    }
    return {key: value for key, value in found.items() if value}


def _step(step: Step, top: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": step.id, "process": step.process, "design": step.design if step.design != top else "", "part": step.part,
        "material": step.material, "form": step.form, "envelope": box(step.envelope), "is_fixed": not step.may_rotate,
        "tolerance": step.tolerance, "features": step.features,
        "requires": [[one.competence, one.level] for one in step.requires], "certifications": list(step.certifications),
    }  # fmt: skip
    kept = {key: value for key, value in found.items() if value}
    numbers = {"thickness_mm": step.thickness_mm, "tolerance_mm": step.tolerance_mm}
    kept |= {key: value for key, value in numbers.items() if value is not None}
    return kept | ({"pieces": step.pieces} if step.pieces != 1 else {})
