"""The site in a real browser: map, search, keyboard, hostile records; no errors and no request to another host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "", "hubs/", "hubs/gh/tamale-open-workshop/", "hubs/gh/hostile/", "machines/gh/tamale-open-workshop/laser/",
    "machines/gh/hostile/long/", "models/beamer/b-60/", "processes/laser-cutting/", "processes/hostile-process/",
    "materials/plywood/", "countries/gh/", "networks/northern-makers/", "competences/laser-operation/",
    "competences/laser-operation/recognition/", "recognitions/matrix/",
    "contracts/small-series/1/", "designs/stool/", "requests/stools-for-a-school/", "rules/", "rules/unknown-process/",
    "kinds/hub/", "insights/", "changes/", "verify/", "about/", "search/?q=laser", "404.html",
)  # fmt: skip


class Watched:
    """A page, and everything it did that it should not: errors, violations, requests to other hosts."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address = address
        self.faults: list[str] = []
        self.context = browser.new_context(**options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda _: self.faults.append("a dialog opened"))
        self.page.on("request", lambda request: self._request(request.url))
        self.page.on("response", lambda answer: self._answer(answer.status, answer.url))

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        if (
            not url.startswith((self.address, "data:", "blob:"))
            and not url.endswith("/registry/")
            and "//127." not in url
        ):
            self.faults.append(f"request: {url}")

    def _answer(self, status: int, url: str) -> None:
        if status >= 400:
            self.faults.append(f"{status}: {url}")


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    made = Watched(browser, address, viewport={"width": 1280, "height": 900})
    yield made
    made.context.close()
    assert made.faults == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    made = Watched(browser, address, viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield made
    made.context.close()
    assert made.faults == []


@pytest.mark.parametrize("path", [path for path in PAGES if path != "404.html"])
def test_page_is_clean_and_fits_a_phone(phone: Watched, path: str) -> None:
    page = phone.open(path)
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("window.pwned") is None


def test_map_shows_hubs_and_a_popup_of_text(watched: Watched) -> None:
    page = watched.open("")
    expect(page.locator("#map_world[data-ready='4']")).to_be_visible()
    page.evaluate("void map_world.setView([5.6, -0.2], 12, {animate: false})")
    box = page.locator("#map_world").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    popup = page.locator(".karakana-popup")
    expect(popup).to_contain_text("</script></title><img src=x onerror=window.pwned=1>")
    expect(popup).to_contain_text("Town</b>")
    assert page.evaluate("window.pwned") is None
    popup.locator("a").press("Enter")  # the map may still be moving below a pointer
    expect(page.locator("h1")).to_contain_text("</script></title>")


@pytest.mark.parametrize("path", ["", "explore/?view=map", "embed/"])
def test_nothing_covers_the_buttons_of_the_map(phone: Watched, path: str) -> None:
    page = phone.open(path)
    expect(page.locator("[id^=map_][data-ready]")).to_be_visible()
    buttons = page.locator(".leaflet-control a, .leaflet-control button").filter(visible=True)
    assert buttons.count() >= 2
    for button in buttons.all():
        button.scroll_into_view_if_needed()
        button.click(trial=True, timeout=3000)


def test_clusters_open(watched: Watched) -> None:
    page = watched.open("")
    expect(page.locator("#map_world[data-ready]")).to_be_visible()
    before = page.evaluate("map_world.getZoom()")
    page.locator(".karakana-cluster").first.click()
    page.wait_for_function("zoom => map_world.getZoom() > zoom", arg=before)


def test_search_finds_a_hub_by_word_and_opens_it(watched: Watched) -> None:
    page = watched.open("processes/sewing/")
    page.get_by_role("combobox").fill("tamale open")
    page.get_by_role("option", name="Tamale Open Workshop").locator("a").click()
    expect(page.locator("h1")).to_have_text("Tamale Open Workshop")
    assert page.url.endswith("/karakana/hubs/gh/tamale-open-workshop/")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("etoile", "Star Workshop"),
        ("ÉTOILE", "Star Workshop"),
        ("lazer", "Laser cutting"),
        ("tamael", "Hubs near Tamale"),
        ("big laser", "Big laser"),
        ("beamer", "Beamer B-60"),
        ("laser cutter ghana", "Tamale Open Workshop"),
        ("add your hub", "Add your hub"),
        ("schema", "Keys of each kind"),
        ("csv", "Open data"),
        ("download", "Open data"),
        ("licence", "Open data"),
        ("fork", "What this is"),
        ("print farm", "Contract templates"),
        ("stale", "Insights"),
        ("gaps", "Insights"),
        ("laser cutter", "Laser cutting"),
        ("laser operation", "Laser cutter operation"),
        ("tamale", "Hubs near Tamale"),
        ("near tamale laser", "Hubs near Tamale"),
        ("200 pieces near Tamale", "Hubs near Tamale"),
    ],
)
def test_search(watched: Watched, query: str, first: str) -> None:
    page = watched.open("about/")
    page.get_by_role("combobox").fill(query)
    expect(page.get_by_role("option").first).to_contain_text(first)


@pytest.mark.parametrize(
    ("query", "found", "left"),
    [
        ("near tamale laser", "Tamale Open Workshop", "“near”"),
        ("200 pieces near Tamale", "Tamale Open Workshop", "“200”, “pieces”, “near”"),
        ("laser qqqqq", "Laser cutting", "“qqqqq”"),
        ("sewing kisumu", "Sewing", "“kisumu”"),
        ("laser in tamael", "Tamale Open Workshop", "“in”"),
    ],
)
def test_search_says_which_words_it_left_out(watched: Watched, query: str, found: str, left: str) -> None:
    page = watched.open("about/")
    page.get_by_role("combobox").fill(query)
    expect(page.get_by_role("option").filter(has_text=found).first).to_be_visible()
    expect(page.locator(".karakana-found")).to_contain_text(f"Left out: {left}.")
    expect(page.locator(".karakana-search [role=status]")).to_contain_text(f"Left out: {left}.")


def test_what_is_made_comes_before_what_must_be_learnt(watched: Watched) -> None:
    page = watched.open("about/")
    page.get_by_role("combobox").fill("laser")
    kinds = page.locator("[role=option] small")
    expect(kinds.first).to_have_text("Process")
    expect(kinds.filter(has_text="Machine").first).to_be_visible()  # names of machines come after those of hubs
    texts = [text.split(" · ")[0] for text in kinds.all_inner_texts()]
    assert texts.index("Machine") < texts.index("Competence")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("tamale", "near=gh/tamale"),
        ("tamale ghana", "near=gh/tamale"),
        ("sewing near tamale", "q=sewing&near=gh/tamale"),
    ],
)
def test_a_town_leads_to_what_is_near_it(watched: Watched, query: str, asked: str) -> None:
    page = watched.open("hubs/gh/tamale-open-workshop/")
    page.get_by_role("combobox").fill(query)
    page.get_by_role("option", name="Hubs near Tamale").locator("a").click()
    page.wait_for_url(f"**/karakana/explore/?{asked}")
    expect(page.locator("#explore-chips")).to_contain_text("Within 100 km of Tamale")
    expect(page.locator("#explore-list")).to_contain_text("Tamale Open Workshop")


def test_search_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open("")
    page.keyboard.press("/")
    page.keyboard.type("nakuru")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nakuru Repair")
    expect(page.locator(".karakana-banner")).to_contain_text("Closed for good")


def test_enter_leads_to_the_page_of_results(watched: Watched) -> None:
    page = watched.open("hubs/gh/tamale-open-workshop/")
    page.get_by_role("combobox").fill("laser")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url("**/karakana/search/?q=laser")
    expect(page.locator("#karakana-results li").first).to_be_visible()
    page.locator("#karakana-results a", has_text="Big laser").click()
    expect(page.locator("h1")).to_have_text("Big laser")


def test_hostile_records_are_found_as_text(watched: Watched) -> None:
    page = watched.open("search/?q=" + "hostile%20%3Cimg%20src=x%20onerror=window.pwned=1%3E")
    page.get_by_role("combobox").fill("onerror")
    expect(page.get_by_role("option").first).to_contain_text("<img src=x onerror=window.pwned=1>")
    assert page.locator("article img").count() == 0
    assert page.evaluate("window.pwned") is None


def test_lists_lead_everywhere_without_javascript(browser: Browser, address: str) -> None:
    made = Watched(browser, address, java_script_enabled=False)
    page = made.open("")
    page.locator("#countries a", has_text="Ghana").click()
    page.locator("#list a", has_text="Tamale Open Workshop").click()
    page.locator("#machines a", has_text="Big laser").click()
    page.locator(".karakana-facts a", has_text="Laser cutting").click()
    expect(page.locator("h1")).to_have_text("Laser cutting")
    expect(page.locator("#hubs")).to_contain_text("Tamale Open Workshop")
    made.context.close()
    assert made.faults == []


def test_a_former_address_leads_on(watched: Watched) -> None:
    page = watched.open("hubs/gh/tamale-workshop/")
    expect(page.locator("h1")).to_have_text("Tamale Open Workshop")
