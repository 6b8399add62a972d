"""Pairs of hubs: which are one, by their names and places. Names of invented hubs, slips as directories have them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks import CHECKS
from generator.registry import Registry

# Two names with their towns; without coordinates, so that the town must be the same.
ONE = [
    ("BARKLAB", "Ho", "Barklab Ho", "Ho"),
    ("FabLab Ho", "Ho", "Fab Lab Ho", "Ho"),
    ("Ho Hive", "Ho", "Ho Hive Makerspace", "Ho"),
    ("Wood Maker Space", "Ho", "Wood Hack Lab", "Ho"),
    ("FabLab Karlsruhe e.V.", "Karlsruhe", "Fab Lab Karlsruhe", "Karlsruhe"),
    ("Wood House Ltd", "Ho", "Wood House gGmbH", "Ho"),
    ("FabLab München", "München", "Fablab Muenchen", "Muenchen"),
    ("École des Makers Lomé", "Lomé", "Ecole des makers", "Lome"),
    ("L'Atelier du Bois", "Ho", "Atelier Bois", "Ho"),
    ("Open Timber Organisation (OTO)", "Ho", "OTO", "Ho"),
    ("Open Timber Organisation", "Ho", "OTO Makerspace", "Ho"),
    ("OTO Makerspace", "Ho", "Open Timber Organisation", "Ho"),
    ("OTO Makerspace", "Ho", "Open A Timber Organisation", "Ho"),
    ("FabLab ENB", "Ho", "FabLab École Nationale du Bois", "Ho"),
    ("Ho Tech Institute", "Ho", "Ho Technical Institute", "Ho"),
    ("Univ. of Timber", "Ho", "University of Timber", "Ho"),
    ("Teak FabLab", "Ho", "Atelier Teak", "Ho"),
    ("H-FabLab", "Ho", "HFablab", "Ho"),
    ("Fablab Lisungi", "Ho", "Lisungi Fablab", "Ho"),
    ("Wood Yard House", "Ho", "House Yard Wood", "Ho"),
    ("Wood Yard Lab", "Ho", "Yard Wood FabLab", "Ho"),
    ("Wouri Lab", "Ho", "Wourilab", "Ho"),
    ("Makerspace Ho", "Ho", "Ho Makerspace", "Ho"),
    ("Wood House Lab", "Ho", "Woodhouse FabLab", "Ho"),
    ("Maker Timber", "Ho", "Timber Maker", "Ho"),
    ("Timber Tec Hall", "Ho", "Timber Technology Hall", "Ho"),
    ("FabLab ENA", "Ho", "École Nationale d'Artisanat", "Ho"),
    ("Ama", "Ho", "AMA Makerspace", "Ho"),
    ("Ama's", "Ho", "AMAS", "Ho"),
    ("Barkhouse", "Ho", "Barkhousse", "Ho"),
    ("Barkhousse", "Ho", "Barkhouse", "Ho"),
    ("Barkes", "Ho", "Barkees", "Ho"),
    ("Barkes", "Ho", "Barkse", "Ho"),
    ("Barkhouse", "Ho", "Barkhoure", "Ho"),
]
TWO = [
    ("Wood House Tunis", "Tunis", "Wood House Lac", "Tunis"),
    ("Wood House", "Tunis", "Wood House", "Sousse"),
    ("Makerspace Ho", "Ho", "FabLab Ho", "Ho"),
    ("Fab Lab Ho", "Ho", "Ho Made Makerspace", "Ho"),
    ("Fab Lab Ho", "Ho", "Fab Lab Ho STEM School", "Ho"),
    ("Innovation Lab", "Ho", "Innovation Workshop", "Ho"),
    ("AI Lab", "Ho", "AI Workshop", "Ho"),
    ("Ama", "Ho", "Ada", "Ho"),
    ("Wood House (Annex)", "Ho", "Annex", "Ho"),
    ("OT Makerspace", "Ho", "Open Timber", "Ho"),
    ("OF Makerspace", "Ho", "Open Fab Lab", "Ho"),
    ("TLO Lab", "Ho", "Timber Lab Organisation", "Ho"),
    ("FabLab 1", "Ho", "FabLab 2", "Ho"),
    ("Barkhouse 12", "Ho", "Barkhouse 13", "Ho"),
    ("Barkhouse 1", "Ho", "Barkhouse 12", "Ho"),
    ("Barkhouse", "Ho", "Barkhouse 1", "Ho"),
    ("Barkhous", "Ho", "Barkhour", "Ho"),
    ("Barke", "Ho", "Barkke", "Ho"),
    ("Barkhouse", "Ho", "Barkhouseen", "Ho"),
    ("Barkhousehall", "Ho", "Brakhuosehall", "Ho"),
    ("Barkhouse A", "Ho", "Barkhouse 1", "Ho"),
    ("Barkhouse 1", "Ho", "Barkhouse A", "Ho"),
    ("Institut Lab", "Ho", "Institute Lab", "Ho"),
    ("Institute Lab", "Ho", "Institut Lab", "Ho"),
    ("Timber Barkhall Lab", "Ho", "Timber Barnfold Lab", "Ho"),
    ("Timber Te Hall", "Ho", "Timber Technology Hall", "Ho"),
    ("Tech Institute", "Ho", "Technical Institute", "Ho"),
    ("Timber", "Ho", "Timb", "Ho"),
    ("Verein", "Ho", "e.V.", "Ho"),
]


def signs(*hubs: dict[str, Any]) -> list[str]:
    tables = {"hub": {f"gh/{at}": json.dumps({"kind": "workshop", **hub}).encode() for at, hub in enumerate(hubs)}}
    check = next(check for check in CHECKS if check.rule.id == "same-hub")
    return [finding.message for finding in check.look(Registry(root=Path(), as_of=date(2026, 6, 30), tables=tables))]


def hub(name: str, town: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "location": {"locality": town, **more}}


@pytest.mark.parametrize(("name", "town", "other", "other_town"), ONE)
def test_one_hub(name: str, town: str, other: str, other_town: str) -> None:
    assert len(signs(hub(name, town), hub(other, other_town))) == 1


@pytest.mark.parametrize(("name", "town", "other", "other_town"), TWO)
def test_two_hubs(name: str, town: str, other: str, other_town: str) -> None:
    assert signs(hub(name, town), hub(other, other_town)) == []


# A town, and two points in degrees of latitude (0.009 is 1 km) with their precision.
PLACES = [
    ("Ho", (6.0, "exact"), (6.22, "exact"), True),
    ("Ho", (6.0, "exact"), (6.23, "exact"), False),
    ("Hohoe", (6.0, "exact"), (6.017, "street"), True),
    ("Hohoe", (6.0, "exact"), (6.019, "street"), False),
    ("Hohoe", (6.0, "exact"), (6.13, "city"), True),
    ("Hohoe", (6.0, "city"), (6.14, "exact"), False),
]


@pytest.mark.parametrize(("town", "first", "second", "is_one"), PLACES)
def test_one_name_in_two_places(town: str, first: tuple[float, str], second: tuple[float, str], is_one: bool) -> None:
    one = hub("Wood House", "Ho", latitude=first[0], longitude=0.4, precision=first[1])
    other = hub("Wood House", town, latitude=second[0], longitude=0.4, precision=second[1])
    assert bool(signs(one, other)) is is_one


@pytest.mark.parametrize(
    ("latitude", "precision", "is_one"), [(6.001, "street", True), (6.002, "street", False), (6.0, "city", False)]
)
def test_names_that_differ_only_in_kind_need_one_door(latitude: float, precision: str, is_one: bool) -> None:
    one = hub("FabLab Ho", "Ho", latitude=6.0, longitude=0.4)
    other = hub("Ho Makerspace", "Ho", latitude=latitude, longitude=0.4, precision=precision)
    named = hub("Innovation Makerspace", "Ho", latitude=6.0, longitude=0.4)
    assert bool(signs(one, other)) is is_one
    assert signs(one, named) == []


def test_a_website_or_a_point_that_many_share_says_nothing() -> None:
    hubs = [{**hub(f"{name} Lab", "Ho", latitude=6.0, longitude=0.4, precision="city"), "website": "https://ho.example"}
            for name in ("Oak", "Teak", "Iroko", "Odum", "Wawa", "Cedar", "Ebony")]  # fmt: skip
    assert signs(*hubs) == []


def test_large_groups_are_compared_by_town_and_by_square() -> None:
    towns = [hub("Wood House", f"Town {at}", latitude=round(5 + at / 10, 1), longitude=0.4) for at in range(60)]
    near = hub("Wood House", "Elsewhere", latitude=7.01, longitude=0.4)
    here = hub("Wood House", "Town 7")
    found = signs(*towns, near, here)
    assert sorted(text.split("`")[1] for text in found) == ["gh/20", "gh/61"]
