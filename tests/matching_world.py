"""A small world to match in: a taxonomy, one hub with machines, and a design of a step or several."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.matching.answers import Explained
from generator.matching.search import Matcher
from generator.matching.values import Check
from generator.matching.wanted import Wish, wish_for
from generator.records import Design
from generator.registry import Registry

Data = dict[str, Any]
TODAY = date(2026, 6, 30)
HUB: Data = {"name": "Hub", "kind": "makerspace", "location": {"locality": "Kumasi"}, "access": "public"}
NAME = "gh/hub"

PROCESSES: Mapping[str, Data] = {
    "cutting": {},
    "laser-cutting": {"broader": ["cutting"], "substitutes": [{"process": "cnc-routing", "when": "wood"}]},
    "co2-laser-cutting": {"broader": ["laser-cutting"]},
    "fibre-laser-cutting": {
        "broader": ["laser-cutting"], "substitutes": [{"process": "plasma-cutting", "when": "coarse"}],
    },
    "plasma-cutting": {"broader": ["cutting"]},
    "cnc-routing": {"broader": ["cutting"]},
    "cnc-wood-routing": {"broader": ["cnc-routing"]},
    "3d-printing": {},
    "stereolithography": {"broader": ["3d-printing"]},
    "graphic-printing": {},
    "screen-printing": {"broader": ["graphic-printing"]},
    "casting": {},
    "media-production": {},
    "podcasting": {"broader": ["media-production"]},
    "milling": {},
    "grain-milling": {},
    "turning": {},
}  # fmt: skip
MATERIALS: Mapping[str, Data] = {
    "wood": {}, "plywood": {"broader": ["wood"]}, "birch-plywood": {"broader": ["plywood"]}, "metal": {},
    "steel": {"broader": ["metal"]}, "acrylic": {},
}  # fmt: skip
MODELS: Mapping[str, Data] = {
    "base/laser": {
        "name": "Laser", "brand": "Base", "processes": ["laser-cutting"], "envelope_mm": [600, 300],
        "tolerance_mm": 0.2, "features": {"laser_type": "co2", "axes": 2},
    },
}  # fmt: skip


def world(designs: Mapping[str, Data], hubs: Mapping[str, Data], machines: Mapping[str, Data]) -> Registry:
    """Return a registry of these records in this small world."""
    named: Mapping[str, Mapping[str, Data]] = {
        "process": {id: {"labels": {"en": id}, **rest} for id, rest in PROCESSES.items()},
        "material": {id: {"labels": {"en": id}, **rest} for id, rest in MATERIALS.items()},
        "model": MODELS,
        "design": {id: {"name": id, "licence": {"hardware": "MIT"}, **rest} for id, rest in designs.items()},
        "hub": {id: {**HUB, **rest} for id, rest in hubs.items()},
        "machine": {id: {"name": "Machine", **rest} for id, rest in machines.items()},
    }
    tables = {kind: {id: json.dumps(table[id]).encode() for id in sorted(table)} for kind, table in named.items()}
    return Registry(root=Path(), as_of=TODAY, tables=tables)


def design(*steps: Data, **rest: Any) -> Data:
    """Return a design of some operations; each is numbered, and laser-cutting when it says no process."""
    return {"operations": [{"id": f"s{at}", "process": "laser-cutting", **step} for at, step in enumerate(steps)],
            **rest}  # fmt: skip


def machine(**facts: Any) -> Data:
    """Return a machine that cuts with a laser unless it says otherwise."""
    return {"processes": ["laser-cutting"], **facts}


def wish_in(registry: Registry, **terms: Any) -> Wish:
    """Return the wish for the first design, on some terms."""
    first = registry.get(Design, next(iter(registry.ids(Design))))
    assert first is not None
    return replace(wish_for(registry, first), **terms)


def explained(wanted: Data, hub: Data, *machines: Data, **terms: Any) -> Explained:
    """Return all that comes of one design and one hub with machines, numbered m0, m1 and so on."""
    stand = {f"{NAME}/m{at}": one for at, one in enumerate(machines)}
    registry = world({"thing": wanted}, {NAME: hub}, stand)
    return Matcher(registry).explain(wish_in(registry, **terms), NAME)


def check_of(found: Explained, rule: str) -> Check:
    """Return the one check of a rule that decides."""
    (check,) = [check for check in found.deciding if check.rule == rule]
    return check
