"""Explore in a real browser: filters, counts, the address, downloads, keyboard, embedded map."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.exploring import DESK, Visit, box, bundled, names, visiting

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, **DESK) as made:
        yield made


def test_list_and_map_show_the_same_hubs(visit: Visit) -> None:
    page = visit("explore/")
    expect(page.locator("#explore-count")).to_have_text("4 hubs")
    expect(page.locator("#map_explore[data-ready='4']")).to_be_visible()
    box(page, "Laser cutting").click()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page.locator("#map_explore[data-ready='2']")).to_be_visible()
    assert sorted(names(page)) == ["Demo Lakeside (invented)", "Tamale Open Workshop"]
    assert page.evaluate("window.pwned") is None


def test_the_address_holds_everything_and_back_restores_it(visit: Visit, browser: Browser) -> None:
    page = visit("explore/")
    box(page, "Laser cutting").click()
    box(page, "Ghana").click()
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    expect(page).to_have_url(re.compile(r"/explore/\?process=laser-cutting&country=gh$"))
    other = browser.new_page()
    other.goto(page.url)
    expect(other.locator("#explore-count")).to_have_text("1 hub")
    other.close()
    page.locator("#explore-list a", has_text="Tamale Open Workshop").click()
    expect(page.locator("h1")).to_have_text("Tamale Open Workshop")
    page.go_back()
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    page.go_back()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    page.go_back()
    expect(page.locator("#explore-count")).to_have_text("4 hubs")
    page.go_forward()
    expect(page.locator(".explore-chip")).to_have_text(["Laser cutting"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("process=separating", ["Demo Lakeside (invented)", "Tamale Open Workshop"]),
        ("process=sewing", ["Tamale Open Workshop"]),
        ("process=laser-cutting,sewing&country=gh", ["Tamale Open Workshop"]),
        ("process=laser-cutting&size=600x400x100", ["Demo Lakeside (invented)", "Tamale Open Workshop"]),
        ("process=fused-filament-fabrication&size=600x400x100", []),
        ("process=sewing&material=plywood", []),
        ("material=wood&country=gh", ["Tamale Open Workshop"]),
        ("model=beamer/b-60&kind=training-centre", ["Demo Lakeside (invented)"]),
        ("language=ha", ["Tamale Open Workshop"]),
        ("service=training&access=membership", ["Tamale Open Workshop"]),
        ("network=northern-makers&verified=fresh", ["Tamale Open Workshop"]),
        ("status=closed", ["Nakuru Repair"]),
        ("q=etoile", ["Star Workshop"]),
        ("q=%C3%89TOILE", ["Star Workshop"]),
        ("q=decoupe+kenya", ["Demo Lakeside (invented)"]),
        ("q=big+laser", ["Tamale Open Workshop"]),
        ("near=gh/tamale&within=10", ["Tamale Open Workshop", "Star Workshop"]),
        ("near=-0.09,34.77&within=25", ["Demo Lakeside (invented)"]),
        ("area=-2,33,1,36", ["Demo Lakeside (invented)"]),
        ("country=xx&size=nonsense&area=1,2&status=what", []),
    ],
)
def test_filters(visit: Visit, query: str, found: list[str]) -> None:
    page = visit(f"explore/?{query}")
    expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", str(len(found)))
    assert sorted(names(page)) == sorted(found)


def test_numbers_are_those_of_the_other_facets(visit: Visit) -> None:
    page = visit("explore/?process=laser-cutting&country=gh")
    expect(box(page, "Ghana").locator(".explore-number")).to_have_text("1")
    expect(box(page, "Kenya").locator(".explore-number")).to_have_text("1")
    expect(box(page, "Sewing").locator(".explore-number")).to_have_text("1")
    expect(box(page, "Fab lab")).to_have_count(0)


@pytest.mark.parametrize(("typed", "first"), [("lazer", "laser"), ("tamael", "tamale")])
def test_typing_forgives_slips(visit: Visit, typed: str, first: str) -> None:
    page = visit("explore/")
    page.locator("#explore-words").fill(typed)
    expect(page.locator("#explore-notes")).to_contain_text(f"“{first}”")
    assert "Tamale Open Workshop" in names(page)


def test_chips_take_wishes_away(visit: Visit) -> None:
    page = visit("explore/?process=laser-cutting&country=gh&size=600x400")
    page.get_by_role("button", name="Remove: Ghana").click()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#explore-count")).to_have_text("4 hubs")
    expect(page).to_have_url(re.compile("/explore/$"))


def test_a_facet_works_by_keyboard_and_keeps_the_focus(visit: Visit) -> None:
    page = visit("explore/")
    laser = box(page, "Laser cutting").locator("input")
    laser.focus()
    page.keyboard.press("Space")
    expect(page.locator("#explore-status")).to_have_text("2 hubs")
    expect(laser).to_be_focused()
    expect(laser).to_be_checked()


def test_search_this_area(visit: Visit) -> None:
    page = visit("explore/")
    expect(page.locator("#map_explore[data-ready='4']")).to_be_visible()
    assert page.locator("#explore-area").is_hidden()
    page.locator("#map_explore").focus()
    page.keyboard.press("Shift")
    page.evaluate("void map_explore.setView([-0.09, 34.77], 9, {animate: false})")
    page.get_by_role("button", name="Search this area").click()
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    expect(page).to_have_url(re.compile("area="))


def test_downloads_hold_what_is_shown(visit: Visit) -> None:
    page = visit("explore/?process=laser-cutting")
    expect(page.locator("#explore-list a", has_text="Big laser")).to_be_visible()
    page.locator(".explore-menu summary").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Table (CSV)").click()
    rows = Path(taken.value.path()).read_bytes().decode().split("\r\n")
    assert len(rows) == 4
    assert any(row.startswith("gh/tamale-open-workshop,Tamale Open Workshop,makerspace,active,gh") for row in rows)
    page.locator(".explore-menu summary").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="GeoJSON").click()
    found = json.loads(Path(taken.value.path()).read_text())
    assert [one["id"] for one in found["features"]] == ["gh/tamale-open-workshop", "ke/demo-lakeside"]


def test_without_javascript_lists_lead_to_hubs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = Visit(context, address)("explore/")
    page.locator("#countries a", has_text="Ghana").click()
    expect(page.locator("h1")).to_have_text("Ghana")
    context.close()


def test_without_data_it_leads_to_the_lists(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.route("**/data/hubs.json", lambda route: route.abort())
    page = Visit(context, address)("explore/")
    expect(page.locator("#explore-notes a")).to_have_attribute("href", "../hubs/")
    context.close()


def test_an_embedded_map_takes_the_same_filters(visit: Visit) -> None:
    page = visit("explore/?process=laser-cutting&country=gh")
    page.get_by_role("button", name="Embed this map").click()
    snippet = page.locator("dialog textarea").input_value()
    source = re.search(r'src="([^"]+)"', snippet)
    assert source is not None
    assert source[1].endswith("/embed/?process=laser-cutting&amp;country=gh")
    partner = page.context.new_page()
    partner.set_content(snippet)
    frame = partner.frame_locator("iframe")
    expect(frame.locator("#map_embed[data-ready='1']")).to_be_visible()
    expect(frame.locator("#embed-open")).to_have_attribute("href", "../explore/?process=laser-cutting&country=gh")
    assert frame.locator("header").count() == 0


def test_sizes_in_the_browser(browser: Browser) -> None:
    page = browser.new_page()
    bundled(page, "export * from './size'")
    for case in json.loads((ROOT / "tests/sizes.json").read_bytes()):
        room = case["envelope"]
        if isinstance(room, dict):
            room = [0, room["diameter"], room.get("length", 0)]
        assert page.evaluate("([piece, room]) => app.fits(piece, room)", [case["piece"], room or 0]) is case["fits"], (
            case
        )
    page.close()
