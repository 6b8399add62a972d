"""Explore in a real browser: near a place or me, what to change with few results or none, a phone's first screen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.exploring import DESK, PHONE, Visit, box, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, **DESK) as made:
        yield made


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, **PHONE) as made:
        yield made


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


def test_the_first_screen_of_a_phone_holds_what_most_need(phone: Visit) -> None:
    page = phone("explore/")
    seen = [page.locator("#explore-words"), *(page.get_by_role("button", name=name) for name in ("Near me", "Process"))]
    for part in (*seen, page.locator("#explore-list li").first):
        expect(part).to_be_in_viewport(ratio=1)


def test_laser_cutters_near_me_take_a_word_and_a_tap(browser: Browser, address: str) -> None:
    place = {"geolocation": {"latitude": 9.4, "longitude": -0.84}, "permissions": ["geolocation"]}
    with visiting(browser, address, **PHONE, **place) as visit:
        page = visit("explore/")
        page.locator("#explore-words").fill("laser cutter")
        page.get_by_role("button", name="Near me").tap()
        expect(page.locator("#explore-list a").first).to_have_text("Tamale Open Workshop")
        expect(page.locator("#explore-count")).to_have_text("1 hub")
        expect(page.get_by_role("button", name="Near me")).to_have_attribute("aria-pressed", "true")


def test_the_processes_are_one_tap_away_on_a_phone(phone: Visit) -> None:
    page = phone("explore/")
    page.get_by_role("button", name="Process", exact=True).tap()
    box(page, "Laser cutting").tap()
    page.get_by_role("button", name="Show 2 hubs").tap()
    expect(page.locator("#explore-list li")).to_have_count(2)


def test_a_phone_is_told_when_its_place_stays_unknown(browser: Browser, address: str) -> None:
    with visiting(browser, address, **PHONE, permissions=[]) as visit:
        page = visit("explore/")
        page.get_by_role("button", name="Near me").tap()
        expect(page.locator("#explore-quick")).to_contain_text("Your device did not say where you are.")


def test_few_hubs_near_offer_to_look_farther(visit: Visit) -> None:
    page = visit("explore/?near=gh/tamale&process=laser-cutting&within=25")
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    expect(page.locator("#explore-farther")).to_contain_text("Without Laser cutting: 2 hubs")
    page.get_by_role("button", name="1 more within 5,000 km").click()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page.locator("#explore-count")).to_be_focused()
    expect(page).to_have_url(re.compile("within=5000"))
    visit("explore/?process=laser-cutting&country=gh")
    expect(page.locator("#explore-count")).to_have_text("1 hub")
    expect(page.locator("#explore-farther")).to_be_empty()


def test_only_who_is_there_reads_your_place(browser: Browser, address: str) -> None:
    place = {"geolocation": {"latitude": 9.4, "longitude": -0.84}, "permissions": ["geolocation"]}
    with visiting(browser, address, **DESK, **place) as mine:
        page = mine("explore/")
        page.get_by_role("button", name="Near me").click()
        expect(page.locator("#explore-chips")).to_contain_text("of your place")
        expect(page).to_have_url(re.compile("near=9"))
        page.reload()
        expect(page.locator("#explore-chips")).to_contain_text("of your place")
        shared = page.url
    with visiting(browser, address, **DESK) as other:
        page = other(shared.removeprefix(address))
        expect(page.locator("#explore-chips")).to_contain_text("of the chosen point")


def test_no_distance_is_less_than_a_kilometre(visit: Visit) -> None:
    page = visit("explore/?near=gh/tamale&within=0.0001")
    expect(page.locator("#explore-chips")).to_contain_text("Within 1 km of Tamale")


@pytest.mark.parametrize(
    ("words", "hubs", "left"),
    [
        ("laser near tamale", 1, "“near”"),
        ("200 pieces in Tamale", 2, "“200”, “pieces”, “in”"),
        ("where can I find sewing?", 1, "“where”, “can”, “i”, “find”"),
        ("tamale", 2, ""),
    ],
)
def test_words_that_say_nothing_are_left_out(visit: Visit, words: str, hubs: int, left: str) -> None:
    page = visit("explore/")
    page.locator("#explore-words").fill(words)
    expect(page.locator("#explore-count")).to_have_text(f"{hubs} hub{'s' if hubs > 1 else ''}")
    expect(page.locator("#explore-notes")).to_have_text(f"Left out: {left}." if left else "")
