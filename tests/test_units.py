"""Units: distances that obey the laws of a metric, and envelopes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.units import EARTH_RADIUS_KM, Envelope, distance_km

POINT = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
HALF_WAY_ROUND = math.pi * EARTH_RADIUS_KM


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((6.6885, -1.6244), (5.6037, -0.1870), 199.2),  # Kumasi, Accra
        ((0, 179.5), (0, -179.5), 111.2),  # across the date line
        ((90, 0), (90, 123), 0),  # the pole is one point
        ((90, 0), (-90, 0), HALF_WAY_ROUND),
        ((0, 0), (0, 180), HALF_WAY_ROUND),
        ((0, -180), (0, 180), 0),
    ],
)
def test_distance(one: tuple[float, float], other: tuple[float, float], expected: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(expected, abs=max(0.1, expected * 0.002))


@given(POINT, POINT, POINT)
def test_distance_is_a_metric(one, other, third) -> None:
    there = distance_km(*one, *other)
    assert there == pytest.approx(distance_km(*other, *one), abs=1e-6)
    assert distance_km(*one, *one) == 0
    assert 0 <= there <= HALF_WAY_ROUND + 1e-6
    assert there <= distance_km(*one, *third) + distance_km(*third, *other) + 1e-3


@given(POINT, POINT)
def test_distance_is_the_angle_between_directions(one, other) -> None:
    def direction(latitude: float, longitude: float) -> tuple[float, float, float]:
        level = math.cos(math.radians(latitude))
        turn = math.radians(longitude)
        return (level * math.cos(turn), level * math.sin(turn), math.sin(math.radians(latitude)))

    chord = math.dist(direction(*one), direction(*other))
    expected = 2 * math.asin(min(1.0, chord / 2)) * EARTH_RADIUS_KM
    assert distance_km(*one, *other) == pytest.approx(expected, abs=1e-3)


@given(POINT, st.floats(-180, 180))
def test_distance_does_not_depend_on_where_longitude_begins(point, turn) -> None:
    other = (-point[0], point[1] / 2)
    turned = distance_km(point[0], point[1] + turn, other[0], other[1] + turn)
    assert distance_km(*point, *other) == pytest.approx(turned, abs=1e-2)


@pytest.mark.parametrize(
    ("value", "numbers", "shown"),
    [
        ([610, 305], (610, 305), "610 × 305 mm"),
        ([610, 305.5, 140], (610, 305.5, 140), "610 × 305.5 × 140 mm"),
        ({"diameter": 300, "length": 700}, (300, 700), "⌀ 300 × 700 mm"),
        ({"diameter": 300}, (300,), "⌀ 300 mm"),
    ],
)
def test_envelope(value, numbers, shown) -> None:
    envelope = Envelope.of(value)
    assert envelope.numbers == numbers
    assert str(envelope) == shown
