"""What a registry covers: figures computed by hand, and the page and files that show them."""

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.matching.needs import Need, needs
from generator.publish import charts, figures, insights
from generator.publish.charts import Measure, Segment, Table
from generator.publish.edition import Edition, Relations
from generator.publish.pages import Templates
from generator.publish.shells import Frame, Shell
from generator.publish.strings import Strings, read
from generator.registry import Registry
from generator.registry.coverage import Country, Frequency, coverage

ROOT = Path(__file__).parent.parent
# Beside the two hubs of the miniature registry in Ghana that count; those in Kenya are closed and invented.
MORE = {
    "hubs/ke/one.yaml": """
        name: One
        website: https://one.example/
        kind: fab-lab
        location: {locality: Nairobi, precision: city}
        languages: [sw, en]
        verified: {on: 2025-06-30, how: call}
        """,
    "hubs/ke/two.yaml": """
        name: Two
        website: https://two.example/
        kind: fab-lab
        status: paused
        location: {locality: Nairobi, latitude: -1.29, longitude: 36.82, precision: city}
        processes: [laser-cutting]
        """,
    "hubs/sn/three.yaml": """
        name: Three
        website: https://three.example/
        kind: workshop
        location: {locality: Dakar, precision: city}
        processes: [separating]
        verified: {on: 2025-07-01, how: self}
        """,
    "machines/ke/one/laser.yaml": """
        model: beamer/b-60
        status: broken
        """,
    "machines/ke/one/sewing.yaml": """
        name: Sewing machines
        processes: [sewing]
        quantity: 10
        """,
    "machines/sn/three/shown.yaml": """
        model: beamer/b-60
        demonstration: true
        """,
    "processes/laser-engraving.yaml": """
        labels: {en: Laser engraving}
        broader: [laser-cutting]
        """,
    "designs/sign.yaml": """
        name: Sign
        function: {en: A sign.}
        licence: {hardware: CERN-OHL-S-2.0}
        repository: https://forge.example/mini/sign
        operations:
          - {id: engrave, process: laser-engraving, material: wood}
          - {id: sew, process: sewing}
        """,
    "designs/shown.yaml": """
        name: Shown
        demonstration: true
        function: {en: Nothing.}
        licence: {hardware: CERN-OHL-S-2.0}
        repository: https://forge.example/mini/shown
        operations:
          - {id: print, process: fused-filament-fabrication}
        """,
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("covered") / "registry"
    shutil.copytree(ROOT / "tests" / "mini" / "registry", folder)
    for path, text in MORE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(re.sub(r"^ {8}", "", text.lstrip("\n"), flags=re.MULTILINE).rstrip() + "\n")
    loaded = registry.load(folder, as_of=date(2026, 6, 30))
    assert not loaded.broken
    return loaded


# Figures.


def test_countries_by_hand(known: Registry) -> None:
    ghana, kenya, senegal = coverage(known).countries
    assert ghana == Country(
        "gh", hubs=2, located=2, basic=1, matchable=0, contractable=1, fresh=1, due=0, stale=1, unknown=0,
        machines=2, units=5,
    )  # fmt: skip
    assert kenya == Country(
        "ke", hubs=2, located=1, basic=2, matchable=0, contractable=0, fresh=0, due=1, stale=0, unknown=1,
        machines=2, units=11,
    )  # fmt: skip
    assert senegal == Country(
        "sn", hubs=1, located=0, basic=1, matchable=0, contractable=0, fresh=1, due=0, stale=0, unknown=0,
        machines=0, units=0,
    )  # fmt: skip


def test_frequencies_by_hand(known: Registry) -> None:
    found = coverage(known)
    assert found.processes == (
        Frequency("laser-cutting", 2, 2), Frequency("fused-filament-fabrication", 1, 1), Frequency("sewing", 1, 1),
    )  # fmt: skip
    assert found.models == (Frequency("beamer/b-60", 2, 2),)
    assert found.kinds == (Frequency("fab-lab", 3), Frequency("makerspace", 1), Frequency("workshop", 1))
    assert found.languages == (Frequency("en", 2), Frequency("ha", 1), Frequency("sw", 1), Frequency("", 3))
    assert found.business_models == (Frequency("courses", 1), Frequency("membership", 1), Frequency("", 4))
    assert found.networks == (Frequency("northern-makers", 1), Frequency("", 4))


def test_needs_by_hand(known: Registry) -> None:
    """A broken machine, a paused hub and an invented machine offer nothing; something broader is not what was asked."""
    found = needs(known)
    request = ("stools-for-a-school",)
    assert found.countries == ("gh", "ke", "sn")
    assert found.processes == (
        Need("laser-engraving", ("sign",), (), 0, ("gh", "ke", "sn")),
        Need("laser-cutting", ("stool",), request, 1, ("ke", "sn")),
        Need("sewing", ("sign",), (), 2, ("sn",)),
    )
    assert found.materials == (
        Need("plywood", ("stool",), request, 1, ("ke", "sn")),
        Need("wood", ("sign",), (), 1, ("ke", "sn")),
    )


def test_registry_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    text = (ROOT / "tests" / "mini" / "registry" / "registry.yaml").read_text()
    (tmp_path / "registry" / "registry.yaml").write_text(text)
    edition = made(registry.load(tmp_path / "registry", as_of=date(2026, 6, 30)))
    assert edition.strings("insights.empty") in shown(edition)


def test_no_gap_is_not_the_same_as_nothing_to_count(known: Registry) -> None:
    edition = made(known)
    sections = (one for part in insights.insights(edition).sections for one in part.sections)
    said = {one.id: one.nothing for one in sections if isinstance(one, charts.Chart)}
    assert said["gaps"] == edition.strings("insights.gaps.empty")
    assert said["coverage"] == edition.strings("insights.empty")


# Charts.


def chart(direction: str, *measures: Measure, names: tuple[str, ...] = ()) -> charts.Chart:
    table = Table(("x",), ())
    return charts.chart(
        "x", title="X", lead="", about="", direction=direction, measures=measures, table=table, names=names
    )


def test_the_longest_bar_is_as_wide_as_the_chart() -> None:
    rows = chart("ltr", Measure("a", (50,), "50"), Measure("b", (25,), "25"), Measure("c", (0,), "0")).rows
    assert [row.segments for row in rows] == [
        (Segment("0.000%", "100.000%", 1),), (Segment("0.000%", "50.000%", 1),), (),
    ]  # fmt: skip


def test_parts_of_a_bar_follow_each_other_from_where_the_language_begins() -> None:
    measure, names = Measure("a", (1, 0, 3), "4"), ("one", "two", "three")
    english, arabic = chart("ltr", measure, names=names), chart("rtl", measure, names=names)
    assert (english.start, english.end, arabic.start, arabic.end) == ("0", "100%", "100%", "0")
    assert english.rows[0].segments == (Segment("0.000%", "25.000%", 1), Segment("25.000%", "75.000%", 4))
    assert arabic.rows[0].segments == (Segment("75.000%", "25.000%", 1), Segment("0.000%", "75.000%", 4))


def test_chart_of_nothing() -> None:
    assert chart("ltr").rows == ()
    assert chart("ltr", Measure("a", (0,), "0")).rows[0].segments == ()


def test_long_labels_are_cut_beside_the_bar() -> None:
    assert len(chart("ltr", Measure("m" * 99, (1,), "1")).rows[0].label) == 38


# Page and files.


class Bare(dict[str, Shell]):
    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> Shell:
        return Shell(b"", b"", b"", b"")


def made(known: Registry, language: str = "en") -> Edition:
    assert known.settings is not None
    words = Strings(language, read(ROOT / "site" / "strings", "en").texts)
    return Edition(known, known.settings, words, Relations(known))


def shown(edition: Edition) -> str:
    templates = Templates(ROOT / "site" / "templates", Frame(ROOT, Bare(), ()), edition)
    return templates.page(insights.insights(edition), "insights.html").content.decode()


def test_page_says_what_is_counted_and_when(known: Registry) -> None:
    page = shown(made(known))
    assert "Counted on 30 Jun 2026. Invented records and hubs that closed for good are left out." in page
    for figure in ("5 hubs", "3 countries", "4 machines", "60% with coordinates", "20% contractable"):
        assert figure in page


def test_every_chart_has_words_a_table_and_files(known: Registry) -> None:
    page = shown(made(known))
    drawings = re.findall(r'<svg class="karakana-chart".*?</svg>', page, re.DOTALL)
    assert len(drawings) == len(re.findall(r"<details>", page)) == 11
    for drawing in drawings:
        ids = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing)
        assert ids is not None
        assert re.search(rf'<title id="{ids[1]}">.+</title>', drawing)
        assert re.search(rf'<desc id="{ids[2]}">Bars\. .+</desc>', drawing)
    assert "style=" not in page
    assert "<script" not in page
    made_files = {one.path for one in figures.figures(made(known))}
    linked = set(re.findall(r'href="\.\./(data/insights/[^"]+)"', page))
    assert linked == made_files


def test_no_spreadsheet_runs_what_somebody_asked_for() -> None:
    rows = [["laser-cutting", "=HYPERLINK()", 1, ("a", "b")]]
    assert (
        figures._csv(["process", "asked", "hubs", "opens"], rows).split(b"\r\n")[1]
        == b"laser-cutting,'=HYPERLINK(),1,a;b"
    )


def test_numbers_are_written_as_the_language_does(known: Registry) -> None:
    assert insights._number(made(known, "en"), 1234) == "1,234"
    assert insights._number(made(known, "pt"), 1234) == "1\N{NO-BREAK SPACE}234"


def test_hostile_labels_stay_text(hostile: Registry) -> None:
    page = shown(made(hostile))
    assert "<script" not in page
    assert "<img" not in page


def test_files_say_the_same_in_both_forms(known: Registry) -> None:
    files = {one.path: one.content for one in figures.figures(made(known))}
    rows = list(csv.DictReader(io.StringIO(files["data/insights/countries.csv"].decode())))
    assert rows[1]["country"] == "ke"
    assert rows[1]["units"] == "11"
    found = json.loads(files["data/insights/countries.json"])
    assert (found["as_of"], found["licence"]) == ("2026-06-30", "CC-BY-4.0")
    assert [{key: str(value) for key, value in row.items()} for row in found["rows"]] == rows
    assert b"\r\nlaser-cutting,stool,stools-for-a-school,1,ke;sn\r\n" in files["data/insights/needed-processes.csv"]


def test_no_cell_is_a_formula(hostile: Registry) -> None:
    for one in figures.figures(made(hostile)):
        if one.path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(one.content.decode())) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
