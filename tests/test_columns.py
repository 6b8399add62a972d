"""Columns for the browser: what they hold, how they are cut into files, and what fits into an envelope."""

import json
import math
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from generator import registry, schemas
from generator.artifacts import Artifact
from generator.diagnostics import Rule, Severity
from generator.publish import atlas, columns, columns_labels, edition, insights, strings
from generator.publish.columns_tables import envelope
from generator.units import Envelope

ROOT = Path(__file__).parent.parent


def english() -> edition.Edition:
    known = registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")
    assert known.settings is not None
    return edition.Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), edition.Relations(known))


def french() -> edition.Edition:
    made = english()
    return replace(made, strings=strings.read(ROOT / "site/strings", "fr"))


def read(artifacts: list[Artifact]) -> dict[str, Any]:
    return {one.path: json.loads(one.content) for one in artifacts}


def test_machines_stand_in_the_order_of_their_hubs() -> None:
    files = read(list(columns.columns(english())))
    hubs, details, tables = files["data/hubs.json"], files["data/machines.json"], files["data/tables.json"]
    assert hubs["countries"] == [["gh", 2, 2], ["ke", 2, 1]]
    assert hubs["name"] == ["Star Workshop", "Tamale Open Workshop", "Demo Lakeside (invented)", "Nakuru Repair"]
    assert hubs["id"] == ["atelier-etoile", 0, "demo-lakeside", 0]  # an id that follows from the name is not said
    assert hubs["machines"] == [0, 2, 1, 0]
    assert details["slug"] == ["laser", "printers", 0]
    assert details["called"] == ["Big laser", "Filament printers", 0]
    assert details["holds"] == [0, [250, 210, 210], 0]
    assert [tables["models"][place - 1][0] if place else "" for place in hubs["model"]] == [
        "beamer/b-60", "", "beamer/b-60",
    ]  # fmt: skip


def test_marks_tell_place_freshness_and_status() -> None:
    marks = dict(
        zip(*(read(list(columns.columns(english())))["data/hubs.json"][key] for key in ("name", "marks")), strict=True)
    )
    assert marks["Star Workshop"] == columns.SOFT | 3 << 2
    assert marks["Tamale Open Workshop"] == 1 << 2
    assert marks["Demo Lakeside (invented)"] & columns.INVENTED
    assert marks["Nakuru Repair"] >> 4 == 3


def test_a_name_is_the_one_of_the_language() -> None:
    assert read(list(columns.columns(english())))["data/hubs.json"]["name"][0] == "Star Workshop"
    labels = read(list(columns_labels.labels(french(), (), ())))["data/labels.fr.json"]
    assert labels["names"] == {"gh/atelier-etoile": "Atelier Étoile"}
    assert read(list(columns_labels.labels(english(), (), ())))["data/labels.en.json"]["names"] == {}


def test_other_pages_are_found_in_the_words_of_the_language() -> None:
    rule = Rule(id="unknown-process", severity=Severity.ERROR, help="No such process.")
    rows = read(list(columns_labels.labels(french(), (), (rule,))))["data/labels.fr.json"]["others"]
    by_kind = {kind: [row[1:] for row in rows if row[0] == kind] for kind, *_ in rows}
    pages = {path: (name, also) for name, path, also in by_kind["page"]}
    assert pages["recognitions/matrix/"] == ("Tableau des reconnaissances", "")
    assert pages["changes/"] == ("Modifications", "nouvelles flux rss atom historique journal")
    assert "Fraîcheur par pays" in pages["insights/"][1]
    assert by_kind["rule"] == [["unknown-process", "", ""]]
    assert ["hub", "", " ".join(schemas.load()["hub"]["properties"])] in by_kind["kind"]
    assert [path for _, path, _ in by_kind["contract"]] == ["contracts/small-series/1/"]
    assert [path for _, path, _ in by_kind["request"]] == ["requests/stools-for-a-school/"]


def test_headings_of_the_insights_are_those_of_its_charts() -> None:
    charts = insights.insights(english()).sections[1].sections
    assert insights.headings(english()) == tuple(chart.title for chart in charts)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "name", "path"),
    [
        ("insights", "Insights", "insights/"),
        ("freshness by country", "Insights", "insights/"),
        ("matrix", "Recognition matrix", "recognitions/matrix/"),
        ("unknown-process", "unknown-process", "rules/unknown-process/"),
        ("envelope_mm", "machine", "kinds/machine/"),
        ("small series", "Small series", "contracts/small-series/1/"),
        ("open data", "", "data/"),
    ],
)
def test_search_finds_pages_that_are_no_record(
    browser: Browser, address: str, query: str, name: str, path: str
) -> None:
    page = browser.new_page()
    page.goto(address + "about/")
    page.get_by_role("combobox").fill(query)
    option = page.get_by_role("option", name=name).first
    expect(option).to_be_visible()
    option.locator("a").click()
    page.wait_for_url(f"{address}{path}")
    expect(page.locator("h1")).to_be_visible()
    page.close()


def test_words_of_all_languages_find_a_process() -> None:
    made = english()
    words = read(list(columns_labels.aliases(made)))["data/words.json"]
    tables = read(list(columns.columns(made)))["data/tables.json"]
    assert len(words["processes"]) == len(tables["processes"])
    assert all(label for label in words["processes"])


def test_many_hubs_are_cut_by_country(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(list(columns.columns(english())))
    monkeypatch.setattr(columns, "WHOLE", 3)
    parts = read(list(columns.columns(english())))
    assert parts["data/hubs.json"] == {"countries": whole["data/hubs.json"]["countries"]}
    for key in ("id", "name", "marks", "machines", "model"):
        joined = parts["data/hubs/gh.json"][key] + parts["data/hubs/ke.json"][key]
        assert joined == whole["data/hubs.json"][key]
    assert parts["data/machines/ke.json"]["slug"] == [0]
    middles = parts["data/points.json"]
    assert middles["countries"] == whole["data/hubs.json"]["countries"]
    assert len(middles["y"]) == len(middles["x"]) == 2  # one for each country
    assert "marks" not in middles


CASES = json.loads((ROOT / "tests/sizes.json").read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['piece']} in {case['envelope']}")
def test_sizes(case: dict[str, Any]) -> None:
    """The table that the browser's `fits` is tested with agrees with every way of turning the piece."""
    room = Envelope.of(case["envelope"]) if case["envelope"] else None
    assert any(_lies(turned, room) for turned in permutations(case["piece"])) is case["fits"]


def _lies(piece: tuple[float, ...], room: Envelope | None) -> bool:
    if room is None:
        return False
    if room.diameter is not None:
        axis, *across = piece
        return axis <= (room.length or math.inf) and math.hypot(*across) <= room.diameter
    if len(piece) > len(room.sides) and max(piece[len(room.sides) :]) > min(piece[: len(room.sides)]):
        return False  # a bed of two sides: the shortest side of the piece stands up
    return all(side <= space for side, space in zip(piece, _longest(room.sides, len(piece)), strict=False))


def _longest(sides: tuple[float, ...], count: int) -> tuple[float, ...]:
    return tuple(sorted(sides, reverse=True))[:count]


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (None, 0),
        ([600.0, 300.0], [600, 300]),
        ({"diameter": 50.0}, [0, 50, 0]),
        ({"diameter": 5, "length": 9}, [0, 5, 9]),
    ],
)
def test_envelopes_are_written_as_numbers(given: Any, written: Any) -> None:
    assert envelope(Envelope.of(given) if given else None) == written


def test_a_coarser_atlas_is_the_same_world() -> None:
    source = (ROOT / "site/node_modules/world-atlas/countries-110m.json").read_bytes()
    fine, coarse = json.loads(source), json.loads(atlas.regridded(source, 8191))
    assert [one.get("id") for one in coarse["objects"]["countries"]["geometries"]] == [
        one.get("id") for one in fine["objects"]["countries"]["geometries"]
    ]
    for one, other in zip(fine["arcs"], coarse["arcs"], strict=True):
        for end in (0, 1):
            before, after = _end(one, fine["transform"], end), _end(other, coarse["transform"], end)
            assert math.dist(before, after) < 0.05


def _end(arc: list[list[int]], transform: dict[str, list[float]], end: int) -> tuple[float, float]:
    steps = arc if end else arc[:1]
    x, y = (sum(step[axis] for step in steps) * transform["scale"][axis] for axis in (0, 1))
    return (x, y)
