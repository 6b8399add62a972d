"""The map of a design and of a request in a browser: nothing is fetched before it is opened; it is for everybody."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.test_axe import AXE, RUN, TAGS
from tests.test_site import Watched

pytestmark = pytest.mark.browser
PATHS = ("designs/stool/", "requests/stools-for-a-school/")


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    made = Watched(browser, address, viewport={"width": 390, "height": 844})
    yield made
    made.context.close()
    assert made.faults == []


def opened(page: Page) -> Page:
    page.locator("details[data-plot] > summary").click()
    expect(page.locator("#map_plot[data-ready]")).to_be_visible()
    return page


@pytest.mark.parametrize("path", PATHS)
def test_a_map_costs_nothing_until_it_is_opened(watched: Watched, path: str) -> None:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = watched.open(path)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "leaflet" in url or "plot" in url or "/map/" in url] == []
    opened(page)
    assert page.locator("#map_plot").get_attribute("data-ready") == "1"
    expect(page.locator(".karakana-plot .karakana-legend li")).to_have_count(1)


def test_a_place_on_the_map_leads_to_its_hub(watched: Watched) -> None:
    page = opened(watched.open(PATHS[0]))
    page.locator("#map_plot").scroll_into_view_if_needed()
    page.locator("#map_plot").click()  # the only place is in the middle
    link = page.locator(".karakana-popup a")
    expect(link).to_have_text("Tamale Open Workshop")
    link.click()
    expect(page).to_have_url(f"{watched.address}hubs/gh/tamale-open-workshop/")


def test_what_a_map_shows_is_text(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    name = "<img src=x onerror=alert(1)>"
    plot = {"spots": [[[6, 1], name, "hubs/gh/x/", name, "yes"]], "ways": [], "legend": [["yes", name]]}
    page.goto(address + PATHS[0])
    page.evaluate("(plot) => { document.querySelector('[data-plot]').dataset.plot = plot; }", json.dumps(plot))
    opened(page)
    page.locator("#map_plot").click()
    expect(page.locator(".karakana-popup a")).to_have_text(name)
    assert page.locator(".karakana-plot img").count() == 0
    context.close()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_map_is_for_everybody(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, service_workers="block", bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + path)
    opened(page).evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, TAGS)
    assert found == [], json.dumps(found, indent=1)
    context.close()
