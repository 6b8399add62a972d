"""Numbers with units: distances on the globe in kilometres, envelopes in millimetres, and what features measure."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid (Moritz 2000)

# What stands at the end of the name of a feature of a machine, and how it is written behind a number.
_MARKS = {
    "mm": "mm", "mm2": "mm²", "um": "µm", "nm": "nm", "w": "W", "kw": "kW", "kg": "kg", "t": "t", "l": "l",
    "bar": "bar", "c": "°C", "deg": "°", "v": "V", "a": "A", "mhz": "MHz", "rpm": "rpm",
}  # fmt: skip


def measured(name: str) -> tuple[str, str]:
    """Return what a feature of a machine measures, and its unit ("" for none): `nozzle_mm` is a nozzle in mm."""
    what, _, unit = name.rpartition("_")
    mark = _MARKS.get(unit, "") if what else ""
    return (what if mark else name).replace("_", " "), mark


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance between two points (degrees, WGS 84) in kilometres: haversine."""
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    half_phi = math.sin((other_phi - phi) / 2) ** 2
    half_lambda = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return (
        2
        * EARTH_RADIUS_KM
        * math.asin(min(1.0, math.sqrt(half_phi + math.cos(phi) * math.cos(other_phi) * half_lambda)))
    )


@dataclass(frozen=True, slots=True)
class Envelope:
    """The largest work piece in millimetres: a box of two or three sides, or what turns (diameter, length)."""

    sides: tuple[float, ...] = ()
    diameter: float | None = None
    length: float | None = None

    @classmethod
    def of(cls, value: list[float] | dict[str, float]) -> Envelope:
        """Return the envelope that a record gives: a list of sides, or diameter and length."""
        if isinstance(value, dict):
            return cls(diameter=value["diameter"], length=value.get("length"))
        return cls(sides=tuple(value))

    @property
    def numbers(self) -> tuple[float, ...]:
        """Its sides, or diameter and length as far as known."""
        return self.sides or tuple(value for value in (self.diameter, self.length) if value is not None)

    def __str__(self) -> str:
        if self.sides:
            return " × ".join(f"{side:g}" for side in self.sides) + " mm"
        length = f" × {self.length:g}" if self.length is not None else ""
        return f"⌀ {self.diameter:g}{length} mm"
