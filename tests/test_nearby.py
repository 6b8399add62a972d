"""Nearest hubs: the same answer as comparing every pair, also across the date line and at the poles."""

import random

import pytest

from generator.registry.nearby import Nearby
from generator.units import distance_km

DRAW = random.Random(7)
PLACES = {
    "kumasi": (6.69, -1.62),
    "date line": (-17.0, 180.0),
    "pole": (89.8, 10.0),
}


@pytest.mark.parametrize("centre", PLACES.values(), ids=PLACES)
def test_nearest_of_all(centre: tuple[float, float]) -> None:
    points = {}
    for number in range(300):
        longitude = (centre[1] + DRAW.gauss(0, 0.3) + 180) % 360 - 180
        points[str(number)] = (min(90.0, centre[0] + DRAW.gauss(0, 0.3)), longitude)
    index = Nearby(points)
    for name, point in list(points.items())[:40]:
        others = sorted(distance_km(*point, *other) for key, other in points.items() if key != name)
        expected = [away for away in others[:5] if away < 119]
        assert [away for _, away in index.nearest(name, 5)][: len(expected)] == pytest.approx(expected, abs=0.01)


def test_hubs_at_one_point_are_near_each_other() -> None:
    index = Nearby({"a": (1.0, 1.0), "b": (1.0, 1.0), "c": (1.0, 1.0), "d": (40.0, 1.0)})
    assert {name for name, _ in index.nearest("a", 6)} == {"b", "c"}
    assert index.nearest("d", 6) == []
    assert index.nearest("unknown", 6) == []


def test_nearest_of_some_are_found_however_far_they_are() -> None:
    index = Nearby({"accra": (5.6, -0.2), "kumasi": (6.7, -1.6), "wien": (48.2, 16.4), "tema": (5.7, 0.0)})
    found = index.among("accra", ["accra", "wien", "kumasi", "elsewhere"], 2)
    assert [name for name, _ in found] == ["kumasi", "wien"]
    assert found[1][1] == pytest.approx(distance_km(5.6, -0.2, 48.2, 16.4), rel=0.05)
    assert index.among("elsewhere", ["accra"], 2) == []
