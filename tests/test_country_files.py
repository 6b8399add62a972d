"""Explore where each country has a file of its own, as beyond 4,000 hubs: progress, order, and a file that fails."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.serving import Files, served
from generator import mkdocs_hook, publish, registry
from generator.checks import RULES
from generator.publish import columns

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
# Two hubs in a town of each country, beside those of the small registry in Ghana and Kenya.
TOWNS = {"rw": ("Kigali", -1.95, 30.06), "sn": ("Dakar", 14.69, -17.45), "ug": ("Kampala", 0.35, 32.58)}
HUB = """name: {town} Works {number}
kind: makerspace
location:
  locality: {town}
  latitude: {latitude}
  longitude: {longitude}
website: https://works.example/
processes: [sewing]
verified:
  on: 2026-05-10
  how: visit
"""
ALL, COUNTRIES = 9, 5


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("countries")
    shutil.copytree(ROOT / "tests/mini/registry", folder / "registry")
    for country, (town, latitude, longitude) in TOWNS.items():
        for number in (1, 2):
            file = folder / f"registry/hubs/{country}/{town.lower()}-works-{number}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            text = HUB.format(town=town, number=number, latitude=latitude + number / 100, longitude=longitude)
            file.write_text(text, encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "WHOLE", 3)
        publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES)
    with served(Files(folder / "site")) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without the worker, whose requests a test may hold or break."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield context.new_page()
    context.close()


def countries_asked_for(page: Page) -> list[str]:
    """Return a list that fills with the countries whose hubs a page asks for."""
    found: list[str] = []
    page.on("request", lambda asked: found.extend(re.findall(r"/data/hubs/(\w\w)\.json", asked.url)))
    return found


def held_back(page: Page, country: str) -> list[Route]:
    """Return a list that gets the request for a country's hubs, which waits until somebody continues it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/data/hubs/{country}.json", hold)
    return held


def test_hubs_appear_as_their_countries_arrive(page: Page, address: str) -> None:
    held = held_back(page, "rw")
    page.goto(f"{address}explore/")
    expect(page.locator("#explore-notes")).to_contain_text(f"{COUNTRIES - 1} of {COUNTRIES} countries loaded")
    expect(page.get_by_role("heading", name=f"{ALL - 2} hubs")).to_be_visible()
    assert page.get_by_role("link", name="Kigali Works 1").count() == 0
    page.get_by_role("checkbox", name="Kenya").check()
    expect(page.get_by_role("heading", name="1 hub", exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="Kenya").uncheck()
    held[0].continue_()
    expect(page.get_by_role("heading", name=f"{ALL} hubs")).to_be_visible()
    expect(page.get_by_role("link", name="Kigali Works 1")).to_be_visible()
    expect(page.locator("#explore-notes")).to_be_empty()


@pytest.mark.parametrize(
    ("query", "first", "hubs"),
    [("country=ug", "ug", 2), ("near=sn/dakar&within=25", "sn", 2), ("near=rw/kigali&country=ke", "rw", 0)],
)
def test_the_country_in_the_address_comes_first(page: Page, address: str, query: str, first: str, hubs: int) -> None:
    asked = countries_asked_for(page)
    page.goto(f"{address}explore/?{query}")
    expect(page.locator("#explore-count")).to_have_text(f"{hubs} hubs")
    expect(page.locator(".explore-progress")).to_have_count(0)
    assert asked[0] == first
    assert sorted(asked) == ["gh", "ke", "rw", "sn", "ug"]


def test_a_town_that_is_still_to_come_has_no_hubs_yet(page: Page, address: str) -> None:
    held = held_back(page, "sn")
    page.goto(f"{address}explore/?near=sn/dakar")
    expect(page.locator("#explore-notes")).to_contain_text("countries loaded")
    expect(page.locator("#explore-count")).to_have_text("0 hubs")
    held[0].continue_()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page.get_by_role("button", name="Remove: Within 100 km of Dakar")).to_be_visible()


def test_map_and_list_agree(page: Page, address: str) -> None:
    page.goto(f"{address}explore/")
    expect(page.locator(f"#map_explore[data-ready='{ALL}']")).to_be_visible()
    page.get_by_role("checkbox", name="Senegal").check()
    expect(page.locator("#map_explore[data-ready='2']")).to_be_visible()
    assert page.locator("#explore-list h3").all_inner_texts() == ["Dakar Works 1", "Dakar Works 2"]


def test_details_of_machines_come_from_their_country(page: Page, address: str) -> None:
    page.goto(f"{address}explore/?process=laser-cutting&country=gh")
    page.get_by_role("link", name="Big laser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Big laser")


def test_the_search_of_the_header_finds_hubs_of_every_country(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    page.get_by_role("combobox").fill("works kampala")
    expect(page.get_by_role("option")).to_have_count(3)
    page.get_by_role("combobox").fill("big laser")
    page.get_by_role("option", name="Big laser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Big laser")


def test_a_country_that_fails_is_named_and_the_rest_stays_usable(page: Page, address: str) -> None:
    page.route("**/data/hubs/ke.json", lambda route: route.abort())
    page.goto(f"{address}explore/?process=sewing")
    expect(page.locator("#explore-notes")).to_contain_text("Could not be loaded: Kenya.")
    expect(page.locator(".explore-progress")).to_have_count(0)
    expect(page.locator("#explore-count")).to_have_text("7 hubs")
    page.get_by_role("checkbox", name="Uganda").check()
    expect(page.locator("#explore-count")).to_have_text("2 hubs")
    expect(page.locator("#map_explore[data-ready='2']")).to_be_visible()
    page.unroute("**/data/hubs/ke.json")
    page.get_by_role("button", name="Remove: Uganda").click()
    page.get_by_role("button", name="Remove: Sewing").click()
    expect(page.locator("#explore-count")).to_have_text(f"{ALL - 1} hubs")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#explore-count")).to_have_text(f"{ALL} hubs")
    expect(page.locator("#explore-notes")).to_be_empty()


def test_a_country_that_fails_is_missing_in_the_search_alone(page: Page, address: str) -> None:
    page.route("**/data/hubs/ke.json", lambda route: route.abort())
    page.goto(f"{address}search/?q=works+kampala")
    expect(page.locator("#karakana-results li")).to_have_count(3)
    page.get_by_role("combobox").fill("big laser")
    expect(page.get_by_role("option", name="Big laser")).to_be_visible()
