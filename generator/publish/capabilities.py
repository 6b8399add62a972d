"""A machine or a model in; what it can do, of what and how exactly, with units, out."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Machine, Material, Model, Process
from ..records.parts import Features, MaterialUse, Throughput
from ..units import measured
from .edition import Edition
from .page import Fact, Item, facts


def capabilities(edition: Edition, of: Machine | Model) -> tuple[Fact, ...]:
    """Return what a machine or model can do, with units."""
    strings = edition.strings
    return facts(
        (strings("fact.processes"), edition.links(Process, of.processes)),
        (strings("fact.envelope"), str(of.envelope_mm) if of.envelope_mm is not None else ""),
        (strings("fact.tolerance"), f"± {strings.number(of.tolerance_mm)} mm" if of.tolerance_mm is not None else ""),
        (strings("fact.materials"), _materials(edition, of.materials)),
        (strings("fact.power"), f"{strings.number(of.power_w)} W" if of.power_w is not None else ""),
        (strings("fact.throughput"), _throughput(edition, of.throughput)),
        *_features(edition, of.features),
    )


def _materials(edition: Edition, uses: Sequence[MaterialUse]) -> tuple[Item, ...]:
    return tuple(edition.link(Material, use.material, _limits(edition, use)) for use in uses)


def _limits(edition: Edition, use: MaterialUse) -> str:
    form = edition.strings.label("form", use.form) if use.form else ""
    number, low, high = edition.strings.number, use.min_thickness_mm, use.max_thickness_mm
    if low is not None and high is not None:
        size = f"{number(low)}–{number(high)} mm"
    else:
        size = f"≤ {number(high)} mm" if high is not None else f"≥ {number(low)} mm" if low is not None else ""
    return " ".join(part for part in (form, size) if part)


def _throughput(edition: Edition, given: Throughput | None) -> str:
    if given is None:
        return ""
    strings = edition.strings
    return f"{strings.number(given.quantity)} {given.of} / {strings.label('per', given.per)}".replace("  ", " ")


def _features(edition: Edition, features: Features) -> tuple[tuple[str, str], ...]:
    """Return features in the order of their keys."""
    return tuple(feature(edition, key, value) for key, value in sorted(features.items()))


def feature(edition: Edition, key: str, value: str | float | bool) -> tuple[str, str]:
    """Return a feature as label and value; a unit at the end of its key goes behind the value.

    Features belong to processes: what no file of words knows is called as its key says.
    """
    strings = edition.strings
    name, unit = measured(key)
    label = strings.texts.get(f"feature.{key}") or name
    if isinstance(value, bool):
        return label, strings("yes" if value else "no")
    if isinstance(value, str):
        return label, value
    return label, f"{strings.number(value)} {unit}".rstrip()
