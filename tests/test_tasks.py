"""What visitors come for (design/site.md), done on a phone by what they read: few taps, and no dead end."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

TAMALE = {"latitude": 9.4, "longitude": -0.84}


class Visitor:
    """Somebody with a phone, who taps on what has a name; `taps` counts how often."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, accept_downloads=True,
            geolocation=TAMALE, permissions=["geolocation"],
        )  # type: ignore[arg-type]  # fmt: skip
        self.page: Page = self.context.new_page()
        self.taps = 0
        self.page.goto(address)

    def tap(self, role: str, name: str, within: Locator | None = None) -> None:
        place = self.page.get_by_role("main").or_(self.page.get_by_role("dialog")).last if within is None else within
        # A checkbox is called by its value and how many hubs there are.
        place.get_by_role(role, name=name, exact=role != "checkbox").first.tap()  # type: ignore[arg-type]
        self.taps += 1

    def menu(self, section: str, name: str) -> None:
        """Open the menu, a section of it, and one of its pages."""
        header = self.page.get_by_role("banner")
        for summary in ("Menu", section):
            header.locator("summary", has_text=summary).tap()
        header.get_by_role("link", name=name, exact=True).tap()
        self.taps += 3

    def type(self, text: str) -> None:
        """Type into the search and send it off."""
        box = self.page.get_by_role("combobox", name="Search the registry")
        box.tap()
        box.press_sequentially(text)
        box.press("Enter")
        self.taps += 2

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    made = Visitor(browser, address)
    yield made
    made.context.close()


def test_a_maker_types_what_and_where(visitor: Visitor) -> None:
    visitor.type("laser cutting tamale")
    visitor.reads("1 hub", "Big laser")
    visitor.tap("link", "Tamale Open Workshop")
    visitor.is_at("Tamale Open Workshop")
    visitor.reads(
        "Opening hours", "Monday to Saturday", "For members", "hello@workshop.example", "Laser cutter operation"
    )
    assert visitor.taps <= 3


def test_a_maker_looks_around_where_she_is(visitor: Visitor) -> None:
    visitor.tap("link", "Find a place")
    visitor.tap("button", "Filters")
    visitor.tap("button", "Near me")
    visitor.tap("checkbox", "Laser cutting")
    visitor.tap("button", "Show 1 hub")
    visitor.reads("Within 100 km of your place", "km away")
    visitor.tap("link", "Big laser")
    visitor.is_at("Big laser")
    assert visitor.taps <= 6


def test_a_maker_is_led_on_when_nothing_is_near(visitor: Visitor) -> None:
    visitor.tap("link", "Find a place")
    visitor.tap("button", "Filters")
    visitor.tap("checkbox", "Kenya")
    visitor.tap("button", "Near me")
    visitor.tap("button", "Show 0 hubs")
    visitor.reads("No hub meets all of this.", "1 hub does this")
    visitor.page.get_by_role("button", name="Look within").tap()
    visitor.reads("Demo Lakeside (invented)", "invented")


def test_an_entrepreneur_finds_who_makes_pieces_to_order(visitor: Visitor) -> None:
    visitor.menu("Find", "Designs")
    visitor.tap("link", "Stool")
    visitor.is_at("Stool")
    visitor.reads("Who can make it")
    visitor.tap("link", "Tamale Open Workshop")
    visitor.reads("made to order", "Pieces in one order", "50 to 500", "Ready to sign")
    visitor.page.get_by_role("link", name="hello@workshop.example").wait_for()
    assert visitor.taps <= 5
    visitor.tap("link", "Small series")
    visitor.is_at("Small series")


def test_an_entrepreneur_looks_at_a_call_like_hers(visitor: Visitor) -> None:
    visitor.menu("Find", "Requests")
    visitor.page.get_by_role("main").get_by_role("link", name="Stool").first.tap()
    visitor.reads("Quantity", "40", "Needed by", "How it can be made", "Tamale Open Workshop")
    visitor.page.get_by_role("link", name="office@school.example").wait_for()


def test_a_coordinator_sees_what_is_stale_and_whom_to_ask(visitor: Visitor) -> None:
    visitor.menu("Data", "Insights")
    visitor.reads("Freshness by country", "Counted on 30 Jun 2026")
    visitor.menu("Work together", "Networks")
    visitor.tap("link", "Northern Makers")
    visitor.tap("link", "Tamale Open Workshop")
    trust = visitor.page.get_by_role("complementary")
    expect(trust).to_contain_text("How complete")
    expect(trust).to_contain_text("10 May 2026")
    expect(trust).to_contain_text("A list of workshops")
    goal = trust.get_by_role("link", name="Report a problem").get_attribute("href") or ""
    assert goal.startswith("https://forge.example/mini/registry/issues/new")


def test_a_funder_takes_figures_with_their_day(visitor: Visitor) -> None:
    visitor.menu("Data", "Insights")
    visitor.page.locator("summary", has_text="Coverage by country").tap()
    table = visitor.page.get_by_role("table", name="Coverage by country")
    expect(table.get_by_role("rowheader", name="Ghana")).to_be_visible()
    with visitor.page.expect_download() as taken:
        visitor.page.get_by_role("link", name=re.compile("CSV.*Coverage by country")).click(modifiers=["Alt"])
    assert "gh" in Path(taken.value.path()).read_text(encoding="utf-8")
    visitor.menu("Find", "Countries")
    visitor.tap("link", "Ghana")
    visitor.reads("hubs in Ghana", "Verified in the last year", "What hubs here can do")


def test_a_researcher_finds_the_data_their_licence_and_their_form(visitor: Visitor, address: str) -> None:
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="open data and licences").tap()
    visitor.reads("Licence", "JSON Schema")
    asked = visitor.page.request
    for name in ("api/v1/registry.json", "api/v1/hubs.csv", "api/v1/hubs.geojson", "api/v1/schemas/hub.json"):
        href = visitor.page.get_by_role("link", name=name).get_attribute("href") or ""
        assert asked.get(f"{address}data/{href}").ok
    manifest = json.loads(asked.get(f"{address}api/v1/registry.json").text())
    assert "CC-BY-4.0" in json.dumps(manifest)


def test_staff_add_their_hub_and_mend_it(visitor: Visitor) -> None:
    visitor.tap("link", "Add your hub")
    visitor.is_at("Add your hub")
    expect(visitor.page.get_by_role("textbox", name="Name required")).to_be_visible()
    visitor.page.go_back()
    visitor.type("tamale open workshop")
    visitor.tap("link", "Tamale Open Workshop")
    visitor.tap("link", "Change this record")
    expect(visitor.page.get_by_role("textbox", name="Name required")).to_have_value("Tamale Open Workshop")


def test_menus_open_one_after_the_other(visitor: Visitor) -> None:
    header = visitor.page.get_by_role("banner")
    header.locator("summary", has_text="Menu").tap()
    for section in ("Find", "Work together", "Guides", "Data"):
        header.locator("summary", has_text=section).tap()
        expect(header.locator("details[open]", has_text=section).last).to_contain_text(section)
        assert header.locator("details[name][open] > summary").all_inner_texts() == [section]
