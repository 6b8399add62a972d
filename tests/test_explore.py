"""Explore in a real browser: filters, counts, the address, near, sizes, downloads, phone, keyboard, embedded map."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent


class Visit:
    """A page that keeps a list of what went wrong on it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"request: {url}")

    def __call__(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    made = Visit(context, address)
    yield made
    context.close()
    assert made.faults == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    made = Visit(context, address)
    yield made
    context.close()
    assert made.faults == []


def names(page: Page) -> list[str]:
    return page.locator("#explore-list h3").all_inner_texts()


def box(page: Page, name: str) -> Any:
    return page.locator(".explore-facet label", has=page.get_by_text(name, exact=True))


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


@pytest.mark.parametrize(
    ("query", "hubs"),
    [
        ("q=%00%01%FF", 4),
        ("q=%E0%A4", 4),
        ("q=" + "a" * 20_000, 0),
        ("q=" + "%F0%9F%94%A8" * 60, 4),
        ("q=%22%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E", 1),
        ("near=junk", 0),
        ("near=gh/nowhere-known", 0),
        ("near=%3Cimg+src=x+onerror=window.pwned=1%3E", 0),
        ("near=999,999", 0),
        ("near=NaN,NaN", 0),
        ("near=,", 0),
        ("near=gh/tamale&within=-5", 2),
        ("near=gh/tamale&within=1e99", 2),
        ("size=junk", 4),
        ("size=0x0", 4),
        ("size=-1x2x3", 4),
        ("size=1x2x3x4x5", 4),
        ("size=1e300", 4),
        ("area=NaN,1,2,3", 4),
        ("area=90,0,-90,0", 4),
        ("country=xx", 0),
        ("model=no/such", 0),
        ("access=no-such", 0),
        ("verified=no-such&status=no-such", 0),
        ("process=__proto__,constructor,toString", 0),
        ("country=" + ",".join(f"x{number}" for number in range(5_000)), 0),
        ("network=" + "x" * 60_000, 0),
        ("kind=+", 0),
        ("country=gh&country=ke", 3),
        ("view=map&view=list", 4),
        ("view=what&__proto__=1&constructor=2", 4),
        ("&&==&%&q", 4),
    ],
)
def test_nonsense_in_the_address_breaks_nothing(phone: Visit, query: str, hubs: int) -> None:
    page = phone(f"explore/?{query}")
    expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", str(hubs))
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if hubs == 0:
        page.locator(".explore-nothing button").last.click()
        expect(page.locator("#karakana-explore")).not_to_have_attribute("data-hubs", "0")
    expect(page.get_by_role("button", name="Filters")).to_be_enabled()


def test_a_town_without_hubs_is_called_by_its_own_name(visit: Visit) -> None:
    page = visit("explore/?near=gh/old-town")
    expect(page.get_by_role("button", name="Remove: Within 100 km of old town")).to_be_visible()
    page.get_by_role("button", name="Without Within 100 km of old town: 4 hubs").click()
    expect(page.locator("#explore-count")).to_have_text("4 hubs")


def test_too_many_words_can_be_made_fewer(visit: Visit) -> None:
    page = visit("explore/?q=zzzzzz+sewing+tamale")
    page.get_by_role("button", name="Without “zzzzzz”: 1 hub").click()
    expect(page.get_by_role("link", name="Tamale Open Workshop")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=sewing\+tamale$"))
    visit("explore/?q=zzzzzz+xxxxxx+tamale")
    expect(page.get_by_role("button", name="Without “zzzzzz xxxxxx”: 2 hubs")).to_be_visible()


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


def test_without_results_it_says_what_to_drop(visit: Visit) -> None:
    page = visit("explore/?process=laser-cutting&country=gh&near=ke/kisumu&within=50")
    expect(page.locator("#explore-notes")).to_contain_text("1 hub does this")
    visit("explore/?process=laser-cutting&country=gh&size=5000x4000")
    page.get_by_role("button", name="Without 5,000 × 4,000 mm: 1 hub").click()
    expect(page.locator("#explore-count")).to_have_text("1 hub")


def test_near_a_town_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("explore/")
    town = page.get_by_role("combobox", name="Near a place")
    town.press_sequentially("tamal")
    expect(page.locator("#explore-towns li")).to_have_count(1)
    town.press("ArrowDown")
    town.press("Enter")
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page.locator(".explore-where").first).to_contain_text("km away")
    expect(page).to_have_url(re.compile("near=gh/tamale"))


def test_the_device_is_asked_only_after_a_click(browser: Browser, address: str) -> None:
    place = {"latitude": 9.4, "longitude": -0.84}
    context = browser.new_context(geolocation=place, permissions=["geolocation"])  # type: ignore[arg-type]
    page = Visit(context, address)("explore/")
    expect(page.locator("#explore-count")).to_have_text("4 hubs")
    assert "near" not in page.url
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page).to_have_url(re.compile("near=9.40,-0.84"))
    context.close()


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


def test_a_phone_shows_the_list_first(phone: Visit) -> None:
    page = phone("explore/")
    expect(page.locator("#explore-list li").first).to_be_visible()
    assert page.locator("#map_explore").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Filters").click()
    box(page, "Laser cutting").click()
    page.get_by_role("button", name="Show 2 hubs").click()
    expect(page.locator("#explore-list li")).to_have_count(2)
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("#map_explore[data-ready='2']")).to_be_visible()
    assert page.locator("#explore-list").is_hidden()
    expect(page).to_have_url(re.compile(r"\?process=laser-cutting&view=map$"))


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


def bundled(page: Page, module: str) -> None:
    """Put a module of the app on a page as `app`."""
    command = [str(ROOT / "site/node_modules/.bin/esbuild"), str(ROOT / "site/app" / module)]
    options = ["--bundle", "--format=iife", "--global-name=app", "--log-level=warning"]
    made = subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout
    page.add_script_tag(content=made)


def test_sizes_in_the_browser(browser: Browser) -> None:
    page = browser.new_page()
    bundled(page, "size.ts")
    for case in json.loads((ROOT / "tests/sizes.json").read_bytes()):
        room = case["envelope"]
        if isinstance(room, dict):
            room = [0, room["diameter"], room.get("length", 0)]
        assert page.evaluate("([piece, room]) => app.fits(piece, room)", [case["piece"], room or 0]) is case["fits"], (
            case
        )
    page.close()


def test_no_cell_of_a_download_is_a_formula(browser: Browser) -> None:
    page = browser.new_page()
    bundled(page, "download.ts")
    made = page.evaluate("""app.csv({
      id: () => "gh/a", name: ["=1+1, \\"x\\""], town: ["@town"], marks: [0], y: [-1], x: [NaN], kind: [0],
      tables: {kinds: ["-kind"]}, hubPage: () => "hubs/gh/a/", machineName: () => "+m",
    }, {hubs: [0], machines: () => [1]}, "https://a.example/")""")
    page.close()
    assert made.split("\r\n")[1] == (
        """gh/a,"'=1+1, ""x""\",'-kind,active,gh,'@town,-1,,exact,unknown,no,'+m,https://a.example/hubs/gh/a/"""
    )
