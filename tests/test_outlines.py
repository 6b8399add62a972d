"""The bundled outlines of countries: made from the atlas, and near enough to tell wrong points from right ones."""

import json
from pathlib import Path

import pytest

from generator import outlines, words
from generator.importers import world_atlas

ATLAS = Path(__file__).parent.parent / "site/node_modules/world-atlas/countries-10m.json"


def test_bundled_outlines_are_those_of_the_atlas(bless: bool) -> None:
    made = world_atlas.text(world_atlas.read(json.loads(ATLAS.read_bytes())))
    if bless:
        outlines.PATH.write_text(made, encoding="utf-8")
    assert outlines.PATH.read_text(encoding="utf-8") == made


def test_outlines_are_small_and_of_countries_only() -> None:
    assert outlines.PATH.stat().st_size < 400_000
    assert outlines.countries() <= words.countries()
    assert words.countries() - outlines.countries() == {"aq", "bv", "tk"}


# Capitals, coasts, islands, and territories that are another country's or claimed by two.
NEAR = [
    ("gh", 5.56, -0.2), ("tg", 6.13, 1.22), ("cd", -4.32, 15.31), ("cg", -4.27, 15.28), ("ke", -2.27, 40.9),
    ("tz", -6.16, 39.2), ("cv", 14.92, -23.51), ("km", -11.7, 43.25), ("st", 0.34, 6.73), ("mu", -19.7, 63.42),
    ("re", -20.88, 55.45), ("fr", -20.88, 55.45), ("gp", 16.24, -61.53), ("mq", 14.6, -61.07), ("gf", 4.93, -52.33),
    ("yt", -12.78, 45.23), ("es", 28.12, -15.43), ("pt", 37.74, -25.67), ("us", 21.3, -157.8), ("us", 18.4, -66.1),
    ("pr", 18.4, -66.1), ("xk", 42.66, 21.16), ("rs", 42.66, 21.16), ("ma", 27.15, -13.2), ("eh", 27.15, -13.2),
    ("ua", 44.95, 34.1), ("cy", 35.2, 33.36), ("so", 9.56, 44.06), ("sg", 1.35, 103.8), ("mt", 35.9, 14.5),
    ("mv", 4.17, 73.5), ("mc", 43.73, 7.42), ("va", 41.9, 12.45), ("gi", 36.14, -5.35), ("tv", -8.52, 179.19),
    ("fj", -18.14, 178.44), ("ki", 1.87, -157.4), ("hk", 22.3, 114.17), ("cn", 22.3, 114.17), ("fi", 60.1, 19.94),
    ("sj", 78.22, 15.65), ("bq", 12.15, -68.27), ("nl", 12.15, -68.27), ("cx", -10.43, 105.68), ("de", 54.18, 7.89),
    ("aq", -77.85, 166.67), ("tk", -9.2, -171.85),
]  # fmt: skip


@pytest.mark.parametrize(("country", "latitude", "longitude"), NEAR)
def test_places_lie_in_their_country(country: str, latitude: float, longitude: float) -> None:
    assert outlines.is_near(country, (latitude, longitude), 20)


FAR = [
    ("tg", (5.56, -0.2), 144, "gh"), ("gb", (6.69, -1.62), 4828, "gh"), ("ng", (6.37, 2.39), 35, "bj"),
    ("de", (48.2, 16.37), 199, "at"), ("sn", (12.64, -8.0), 369, "ml"), ("gh", (0.0, 0.0), 572, ""),
]  # fmt: skip


@pytest.mark.parametrize(("country", "point", "km", "found"), FAR)
def test_places_elsewhere_lie_outside(country: str, point: outlines.Point, km: int, found: str) -> None:
    assert not outlines.is_near(country, point, 20)
    assert outlines.distance_km(country, point) == pytest.approx(km, abs=1)
    assert outlines.country_at(point) == found
