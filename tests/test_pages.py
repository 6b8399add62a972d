"""What record pages say: hours in words, the order of a hub's page, outlines, recognition, the code on paper."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from generator import outlines, registry
from generator.publish import (
    agreements,
    competence,
    hubs,
    machines,
    matrix,
    opening,
    outline,
    pages,
    rechecks,
    shells,
    strings,
    terms,
)
from generator.publish.edition import Edition, Relations
from generator.publish.page import Drawing, Page, Section
from generator.records import Competence, Hub, Machine, Network, Process
from generator.records.hub import HubLocation
from generator.records.taxonomy import Assessment, LevelTasks
from generator.words import Text

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def edition() -> Edition:
    known = registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")
    assert known.settings is not None
    return Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


@pytest.fixture
def open_hub(edition: Edition) -> Hub:
    return found(edition, Hub, "gh/tamale-open-workshop")


def found(edition: Edition, kind, id):  # type: ignore[no-untyped-def]
    record = edition.registry.get(kind, id)
    assert record is not None
    return record


def ids(sections: tuple[Section, ...]) -> list[str]:
    return [section.id for section in sections]


def texts(section: Section) -> dict[str, str]:
    return {fact.label: ", ".join(item.text for item in fact.items) for fact in section.facts}


def part(page: Page, id: str) -> Section:
    return next(section for section in (*page.sections, *page.after) if section.id == id)


def test_a_hub_answers_in_the_order_of_questions(edition: Edition, open_hub: Hub) -> None:
    page = hubs.hub(edition, open_hub)
    assert ids(page.sections) == [
        "hours", "entry", "contact", "processes", "machines", "able", "questions", "needs", "offers", "partners",
    ]  # fmt: skip
    assert ids(page.after) == ["where", "nearby", "cite"]
    assert [item.text for item in page.about] == ["Makerspace", "Tamale", "Ghana"]


def test_each_process_names_the_machines_behind_it(edition: Edition, open_hub: Hub) -> None:
    items = part(hubs.hub(edition, open_hub), "processes").items
    assert [(item.text, item.note) for item in items] == [
        ("Fused filament fabrication", "Filament printers"), ("Laser cutting", "Big laser"), ("Sewing", ""),
    ]  # fmt: skip


def test_a_closed_hub_has_no_door(edition: Edition) -> None:
    record = replace(found(edition, Hub, "ke/nakuru-repair"), hours="Mo-Fr 09:00-17:00", access="public")
    page = hubs.hub(edition, record)
    assert ids(page.sections) == ["processes", "contact", "offers"]
    assert page.sections[0].title == "What it could do"
    assert page.trust is not None
    assert page.trust.advice == ()
    assert "openingHours" not in page.structured
    assert "Closed for good" in page.banners[0].text


def hours_of(edition: Edition, hub: Hub, hours: str, **changes: object) -> Section:
    return opening.opening(edition, replace(hub, hours=hours, **changes))


@pytest.mark.parametrize(
    ("hours", "rows"),
    [
        ("Mo-Sa 08:30-17:30; PH off",
         {"Monday to Saturday": "08:30–17:30", "Sunday": "closed", "Public holidays": "closed"}),
        ("24/7", {"Every day": "day and night"}),
        ("Tu 10:00-12:00,14:00-26:00",
         {"Monday": "closed", "Tuesday": "10:00–12:00, 14:00–02:00", "Wednesday to Sunday": "closed"}),
        ('Mo-Su "by appointment"', {"Every day": "by appointment"}),
        ('Mo 10:00-24:00 "ring <b>"', {"Monday": "10:00–24:00 (ring <b>)", "Tuesday to Sunday": "closed"}),
        ("Mo unknown", {"Monday": "ask first", "Tuesday to Sunday": "closed"}),
        ("Jun-Aug 10:00-12:00", {"As written": "Jun-Aug 10:00-12:00"}),
        ("nonsense", {"As written": "nonsense"}),
    ],
)  # fmt: skip
def test_hours_in_words(edition: Edition, open_hub: Hub, hours: str, rows: dict[str, str]) -> None:
    assert texts(hours_of(edition, open_hub, hours)) == rows


def test_only_what_is_sure_can_be_open_now(edition: Edition, open_hub: Hub) -> None:
    data = dict(hours_of(edition, open_hub, "Mo 09:00-17:00; Su 20:00-02:00").data)
    assert (data["zone"], data["week"]) == ("Africa/Accra", "540-1020 9840-10200")
    for changes in ({"status": "paused"}, {"id": "us/somewhere"}, {"hours": '"by appointment"'}):
        assert hours_of(edition, open_hub, **{"hours": "24/7", **changes}).data == ()  # type: ignore[arg-type]


def test_hours_for_search_engines() -> None:
    assert opening.schema_hours("Mo-Fr 08:30-17:30; Sa 20:00-02:00") == ["Mo-Fr 08:30-17:30", "Sa 20:00-02:00"]
    assert opening.schema_hours("24/7") == ["Mo-Su 00:00-23:59"]
    assert opening.schema_hours("Jun 10:00-12:00") == []


def test_a_place_is_no_more_exact_than_its_record(edition: Edition, open_hub: Hub) -> None:
    exact, city = (
        part(hubs.hub(edition, replace(open_hub, location=replace(open_hub.location, precision=one))), "where")
        for one in ("exact", "city")
    )
    assert "karakana-here" in str(exact.drawing)
    assert "karakana-near" in str(city.drawing)
    assert texts(exact)["Coordinates"].startswith("9.40080, -0.83930")
    assert texts(city)["Coordinates"].startswith("9.40, -0.84")
    bare = replace(open_hub, location=HubLocation(locality="Tamale"))
    nowhere = part(hubs.hub(edition, bare), "where")
    assert nowhere.drawing is None
    assert texts(nowhere)["How exact"] == "the point on the map is not known"


@pytest.mark.parametrize("country", sorted(outlines.countries()))
def test_an_outline_is_small_and_holds_every_part_of_its_country(country: str) -> None:
    for ring in outlines.rings(country):
        longitude, latitude = ring[0]
        drawn = outline.drawing(country, (latitude, longitude), "Title", "Text", soft=False)
        assert isinstance(drawn, Drawing)
        assert len(drawn) < 3000
        assert "style" not in drawn


def test_words_on_an_outline_stay_words() -> None:
    drawn = outline.drawing("gh", (6.7, -1.6), "<script>", '"><img>', soft=True)
    assert "<script>" not in str(drawn)
    assert "<img>" not in str(drawn)
    assert outline.drawing("gh", (48.2, 16.4), "far", "off", soft=True) is None
    assert outline.drawing("xx", (6.7, -1.6), "no", "country", soft=True) is None


def test_a_machine_says_what_it_takes_and_where_that_is_assessed(edition: Edition) -> None:
    page = machines.machine(edition, found(edition, Machine, "gh/tamale-open-workshop/laser"))
    assert ids(page.sections)[0] == "can"
    (need,) = part(page, "needs").items
    assert (need.text, need.note) == ("Laser cutter operation", "level 2 (Alone)")
    assert [item.text for item in need.facts[0].items] == ["Tamale Open Workshop"]


def test_a_process_leads_to_the_map_and_to_each_country(edition: Edition) -> None:
    (page,) = terms.process(edition, found(edition, Process, "laser-cutting"))
    listing = part(page, "hubs")
    assert listing.links[0].page == "explore/?process=laser-cutting"
    assert [section.title for section in listing.sections] == sorted(section.title for section in listing.sections)


def test_a_competence_says_who_asks_for_it_and_who_recognises_it(edition: Edition) -> None:
    page = competence.competence(edition, found(edition, Competence, "laser-operation"))
    (level,) = part(page, "machines").sections
    assert [item.text for item in level.items] == ["Big laser"]
    assert [link.page for link in part(page, "recognition").links] == [
        "competences/laser-operation/recognition/", "recognitions/matrix/",
    ]  # fmt: skip
    links = {(item.text, item.page) for section in page.sections for item in section.items if item.page}
    assert len(links) == len(dict(links))  # a rule is not called like the hub that it is about


def test_a_competence_shows_its_assessors_guide_and_marks_what_is_not_translated(edition: Edition) -> None:
    tasks = LevelTasks(level=2, minutes=45, tasks=(Text.of({"en": "cuts a sheet"}), Text.of({"fr": "trouve le point"})))
    guide = Assessment(needs=(Text.of("a caliper"),), stops=(Text.of("PVC in the machine"),), levels=(tasks,))
    record = found(edition, Competence, "laser-operation")
    assert "assessment" not in ids(competence.competence(edition, record).sections)
    section = part(competence.competence(edition, replace(record, assessment=guide)), "assessment")
    needs, stops, level = section.sections
    assert (needs.items[0].text, stops.items[0].text) == ("a caliper", "PVC in the machine")
    assert (level.title, level.paragraphs) == ("Tasks for level 2: Alone", ("About 45 minutes",))
    assert [(item.text, item.language) for item in level.items] == [("cuts a sheet", ""), ("trouve le point", "fr")]


def test_a_network_lists_its_members_by_country(edition: Edition) -> None:
    page = agreements.network(edition, found(edition, Network, "northern-makers"))
    assert [item.page for item in part(page, "hubs").links[1:]] == [
        item.page for item in rechecks.rechecks(edition, ["gh/tamale-open-workshop"], "network=northern-makers")
    ]
    assert [section.title for section in part(page, "hubs").sections] == ["Ghana"]
    assert part(page, "hubs").links[0].page == "explore/?network=northern-makers"


class Bare(dict[str, shells.Shell]):
    """A shell for every page that adds nothing."""

    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> shells.Shell:
        return shells.Shell(b"", b"", b"", b"")


def test_the_matrix_is_a_table_with_headings(edition: Edition) -> None:
    (page,) = matrix.matrix(edition)
    table = page.sections[0].table
    assert table is not None
    assert [column.text for column in table.columns] == ["Laser cutter operation"]
    templates = pages.Templates(ROOT / "site/templates", shells.Frame(ROOT, Bare(), ()), edition)
    text = templates.page(page).content.decode()
    assert text.count('scope="col"') == 2
    assert text.count('scope="row"') == len(table.rows) == 1
    assert "<caption>" in text


NOW = [
    (540, "today", 600), (600, "open", 720), (719, "open", 720), (720, "today", 840), (1100, "tomorrow", 2040),
    (4 * 1440 + 1300, "later", 6 * 1440 + 1200), (6 * 1440 + 1300, "open", 7 * 1440 + 120), (60, "open", 120),
]  # fmt: skip
OPEN = "600-720 840-1080 2040-2160 9840-10200"
# Made with python-qrcode 8 under the same mask; which of the eight masks is best is a matter of taste.
CODE = (
    "1fce87f 1042f41 175375d 175125d 175995d 1054e41 1fd557f 001bb00 17cd47c 0996102 19d42ab 0491601 1bf83d7 19a1d2a"
    " 14c4ffb 1691bf1 10795f4 001c318 1fc7157 1056518 175a3f5 1759cdf 1754e8d 1041b39 1fd547f"
)
LARGER = [
    ("https://karakana-registry.github.io/karakana/hubs/gh/demo-adum-makers/", "8f760d9534d5a9c1"),
    ("https://é.example/" + "y" * 100, "5c6ae314eebd5858"),
    ("z" * 213, "f6862dc828d614e5"),
]


@pytest.fixture(scope="module")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A browser's page that has the app's modules `open` and `qr` as `app`."""
    made = tmp_path_factory.mktemp("app") / "app.js"
    entry = made.with_name("app.ts")
    entry.write_text("".join(f'export * from "{ROOT}/site/app/{name}";\n' for name in ("open", "qr", "paper")))
    bundler = ROOT / "site/node_modules/.bin/esbuild"
    command = [
        bundler,
        entry,
        "--bundle",
        "--format=iife",
        "--global-name=app",
        "--log-level=error",
        f"--outfile={made}",
    ]
    subprocess.run(command, check=True)
    page = browser.new_page()
    page.add_script_tag(content=made.read_text(encoding="utf-8"))
    yield page
    page.close()


@pytest.mark.browser
def test_open_now(app: Window) -> None:
    for minute, key, change in NOW:
        answer = app.evaluate("([week, at]) => app.nowOf(app.spansOf(week), at)", [OPEN, minute])
        assert answer == {"key": key, "change": change}, minute
    assert app.evaluate("app.nowOf(app.spansOf('0-10080'), 5000).key") == "always"
    assert app.evaluate("app.minuteOfWeek('Africa/Accra', new Date('2026-06-29T23:59:00Z'))") == 1439
    assert app.evaluate("app.minuteOfWeek('Asia/Kathmandu', new Date('2026-06-28T18:15:00Z'))") == 0


@pytest.mark.browser
def test_a_code_is_that_of_another_program(app: Window) -> None:
    def code(text: str) -> list[str]:
        rows = json.loads(app.evaluate("text => JSON.stringify(app.qr(text))", text))
        return ["".join("1" if dark else "0" for dark in row) for row in rows]

    assert [f"{int(row, 2):07x}" for row in code("https://a.example/")] == CODE.split()
    for text, digest in LARGER:
        assert hashlib.sha256("\n".join(code(text)).encode()).hexdigest()[:16] == digest, text
    assert app.evaluate("app.qr('z'.repeat(214)) === undefined")
