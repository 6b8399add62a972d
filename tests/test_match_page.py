"""The page that tells who can make what, as somebody visits it: choosing, describing, a file, sharing, offline."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from generator.matching.search import Matcher
from generator.matching.wanted import wish_for
from generator.records import Design
from generator.registry import Registry
from tests.exploring import DESK, PHONE, Held, Visit, visiting

pytestmark = pytest.mark.browser

PROCESS = "?process=laser-cutting"
LOSH = """
okhv = "OKH-LOSHv1.0"
name = "Lamp"
repo = "https://example.org/lamp"
[[part]]
name = "Shade"
quantity = 2
tsdc = ["Laser cutting"]
material = "Plywood"
smallest-tolerance-class = "IT12"
[part.outer-dimensions]
openSCAD = "cube(size = [30, 20, 0.4])"
unit = "cm"
"""
YAML = """%Open Know-How Manifest 1.0
# made by hand
title: Lamp
date-created: 2026-01-01
sub-parts:
  - title: Shade
    printing-process: Laser cutting
    material: unobtainium
  - title: Screw
"""


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, service_workers="block", **request.param) as made:
        yield made


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, service_workers="block", **DESK) as made:
        yield made


def cards(page: Page) -> list[str]:
    # Not `all_inner_texts`: a card that is off the screen is not laid out, and then has none.
    return page.locator("#match-list h3").all_text_contents()


def form(page: Page) -> Locator:
    return page.locator("#match-form")


def settled(page: Page) -> Page:
    expect(page.locator("#karakana-match")).to_have_attribute("data-live", "")
    return page


def drop(page: Page, name: str, text: str | bytes) -> None:
    content = text.encode() if isinstance(text, str) else text
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def test_a_design_is_chosen_and_shared(visit: Visit) -> None:
    page = settled(visit("match/"))
    expect(page.locator("#match-count")).to_have_text("Choose a design or a process to begin.")
    form(page).get_by_role("combobox", name="Design").select_option(label="Stool")
    expect(page.locator(".match-card")).not_to_have_count(0)
    page.wait_for_url("**/match/?design=stool")
    found = cards(page)
    page.reload()
    expect(page.locator(".match-card")).to_have_count(len(found))
    assert cards(page) == found


def test_what_is_needed_is_described_in_words(visit: Visit) -> None:
    page = settled(visit("match/"))
    form(page).get_by_label("Process").fill("laser cutting")
    form(page).get_by_label("Length").fill("5000")
    expect(page.locator(".match-card").first).to_contain_text("One change away")
    expect(page.locator(".match-card").first).to_contain_text("5000 mm needed")
    page.wait_for_url("**/match/?process=laser-cutting&size=5000")
    form(page).get_by_label("Length").fill("300")
    form(page).get_by_label("Width").fill("200")
    expect(page.locator(".match-card").first).not_to_contain_text("One change away")


def test_few_ask_for_people_contract_network_and_language(visit: Visit) -> None:
    page = settled(visit("match/"))
    form(page).get_by_label("Process").fill("laser cutting")
    names = ("Competence", "At least", "Certification", "Contract", "Network", "Hubs that speak it first")
    fields = {name: form(page).get_by_role("combobox", name=name) for name in names}
    for field in fields.values():
        expect(field).to_be_hidden()
    for title in ("People and certificates", "Contract, network, language"):
        form(page).get_by_text(title, exact=True).click()
    fields["Competence"].select_option("laser-operation")
    fields["At least"].select_option(label="level 2")
    fields["Certification"].fill("ISO 9001")
    fields["Contract"].select_option("small-series/1")
    fields["Hubs that speak it first"].select_option(label="English")
    page.wait_for_url("**/match/?process=laser-cutting&competence=laser-operation&level=2&certification=ISO%209001"
                      "&contract=small-series/1&language=en")  # fmt: skip
    expect(page.locator("#match-list")).to_contain_text("ISO 9001 needed")
    found = cards(page)
    page.reload()
    expect(page.locator(".match-card")).to_have_count(len(found))
    assert cards(page) == found
    for field in fields.values():
        expect(field).to_be_visible()


def test_a_word_that_means_nothing_is_told(visit: Visit) -> None:
    page = settled(visit("match/"))
    field = form(page).get_by_label("Process")
    field.fill("podcasting")
    field.blur()
    assert (
        field.evaluate("(field) => field.validationMessage") == "Nothing here is called that. Choose one of the list."
    )
    expect(page.locator(".match-card")).to_have_count(0)


def test_everything_that_was_checked_unfolds(visit: Visit) -> None:
    page = settled(visit("match/?design=stool"))
    card = page.locator(".match-card").first
    card.get_by_text("Everything that was checked").click()
    expect(card.locator("dl")).not_to_have_count(0)
    expect(card.locator("dt", has_text="Material")).to_be_visible()


@pytest.mark.parametrize(("name", "text"), [("lamp.toml", LOSH), ("lamp.json", json.dumps({
    "title": "Lamp", "sub-parts": [{"title": "Shade", "printing-process": "laser-cutting", "material": "plywood"}],
}))])  # fmt: skip
def test_a_manifest_is_read_here(desk: Visit, name: str, text: str) -> None:
    page = settled(desk("match/"))
    drop(page, name, text)
    expect(page.locator(".match-drop")).to_contain_text(f"From the file {name}.")
    expect(page.locator(".match-card")).not_to_have_count(0)
    page.get_by_role("button", name="Put the file away").click()
    expect(page.locator(".match-card")).to_have_count(0)


def test_a_manifest_can_be_dropped_anywhere(desk: Visit) -> None:
    """Beside the box a browser would leave the page, and what was filled in, to show the file."""
    page = settled(desk("match/"))
    is_taken = page.locator("h1").evaluate(
        """(heading, text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "lamp.yml"));
            const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
            heading.dispatchEvent(drop);
            return drop.defaultPrevented;
        }""",
        YAML,
    )
    assert is_taken
    expect(page.locator(".match-drop")).to_contain_text("From the file lamp.yml.")


def test_words_that_mean_nothing_are_left_out(desk: Visit) -> None:
    page = settled(desk("match/"))
    drop(page, "lamp.yml", YAML)
    expect(page.locator(".match-drop")).to_contain_text("left out: unobtainium")
    expect(page.locator("#match-steps")).to_contain_text("Steps (1)")
    expect(page.locator(".match-card")).not_to_have_count(0)
    expect(page.locator(".match-verdict.match-yes")).to_have_count(0)
    expect(page.locator(".match-card").first).to_contain_text("words that are not understood here: unobtainium")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("big.yaml", b" " * 1_000_001, "larger than 1 MB"),
        ("a.yaml", b"- just\n- a list", "no names with values"),
        ("a.yaml", b"title: [", "cannot be read"),
        ("a.toml", b"title = ", "cannot be read"),
        ("a.json", b"{", "cannot be read"),
        ("a.json", b"\xff\xfe", "no text in UTF-8"),
        ("a.yaml", b"title: Lamp", "names no process"),
        ("a.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "cannot be read"),
        ("a.json", b'{"title": "<img src=x onerror=alert(1)>", "tsdc": ["__proto__"]}', "left out: __proto__"),
    ],
)
def test_a_file_that_is_no_manifest_is_told(desk: Visit, name: str, content: bytes, told: str) -> None:
    page = settled(desk("match/"))
    drop(page, name, content)
    expect(page.locator(".match-fault")).to_contain_text(told)


def test_all_can_be_done_with_keys(visit: Visit) -> None:
    page = settled(visit(f"match/{PROCESS}"))
    expect(page.locator(".match-card")).not_to_have_count(0)
    answered = page.locator("#karakana-match").get_attribute("data-answer")
    form(page).get_by_label("Quantity").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("25")
    page.wait_for_url("**quantity=25**")
    expect(page.locator("#karakana-match")).not_to_have_attribute("data-answer", answered or "")
    page.keyboard.press("Enter")
    expect(page.locator("#match-count")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.match-results') !== null")


def test_the_link_to_the_map_asks_the_same(desk: Visit) -> None:
    page = settled(desk(f"match/{PROCESS}&near=9.4,-0.85&within=50"))
    page.get_by_role("link", name="on the map").click()
    page.wait_for_url("**/explore/?process=laser-cutting&near=9.4,-0.85&within=50&view=map")


def test_a_hub_that_is_only_too_far_is_asked_for_with_one_press(desk: Visit) -> None:
    page = settled(desk("match/?process=laser-cutting&near=0,0&within=1"))
    expect(page.locator(".match-too-far").first).to_have_text("Too far away")
    expect(page.locator(".match-one-fix")).to_have_count(0)
    page.get_by_role("button", name="Ask within").click()
    expect(page.locator(".match-card").first).not_to_contain_text("Too far away")
    assert "within=1&" not in page.url


def test_an_address_that_makes_no_sense_asks_nothing(desk: Visit) -> None:
    page = settled(desk("match/?design=<script>&quantity=-1&by=never&size=axb&within=NaN&near=%00"))
    expect(page.locator("#match-count")).to_have_text("Choose a design or a process to begin.")


def test_what_the_address_asks_outlasts_a_list_that_is_late(desk: Visit) -> None:
    held = Held(desk.page, "**/data/designs.json")
    page = desk("match/?design=stool")
    form(page).get_by_label("Quantity").fill("25")
    page.wait_for_url("**/match/?design=stool&quantity=25")
    expect(page.locator("#match-count")).to_have_text("Asking all hubs…")
    held.go_on()
    expect(page.locator(".match-card")).not_to_have_count(0)
    expect(form(page).get_by_role("combobox", name="Design")).to_have_value("stool")


def test_what_means_nothing_yet_is_not_lost(desk: Visit) -> None:
    page = settled(desk("match/"))
    for label in ("Process", "Material"):
        field = form(page).get_by_role("combobox", name=label, exact=True)
        field.fill("lazer")
        form(page).get_by_label("Quantity").fill("5")
        page.wait_for_timeout(400)
        expect(field).to_have_value("lazer")
    page.goto(f"{desk.address}match/{PROCESS}")
    expect(form(page).get_by_role("combobox", name="Process", exact=True)).to_have_value("Laser cutting")


def test_a_day_that_is_past_is_told_as_on_the_command_line(desk: Visit) -> None:
    page = settled(desk(f"match/{PROCESS}&by=2020-01-01"))
    expect(page.locator("#match-count")).to_have_text(
        "January 1, 2020 is past: the day of these data is June 30, 2026."
    )
    expect(page.locator(".match-card")).to_have_count(0)
    form(page).get_by_label("Needed by").fill("2026-06-30")
    expect(page.locator(".match-card")).not_to_have_count(0)


def test_of_two_files_the_last_one_counts(desk: Visit) -> None:
    held = Held(desk.page, "**/data/terms.json")
    page = settled(desk("match/"))
    drop(page, "lamp.toml", LOSH)
    held.arrive()
    drop(page, "big.yaml", " " * 1_000_001)
    expect(page.locator(".match-fault")).to_contain_text("larger than 1 MB")
    held.go_on()
    page.wait_for_timeout(500)
    expect(page.locator(".match-fault")).to_contain_text("larger than 1 MB")
    expect(page.locator(".match-card")).to_have_count(0)


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_a_town_need_not_be_chosen_from_the_list(desk: Visit, key: str) -> None:
    page = settled(desk(f"match/{PROCESS}"))
    town = page.get_by_role("combobox", name="Near a place")
    town.fill("Nowhere")
    town.press(key)
    expect(page.locator(".explore-near")).to_contain_text("No hub lies in a town of this name.")
    form(page).get_by_label("Quantity").fill("2")
    page.wait_for_url("**quantity=2")
    expect(town).to_have_value("Nowhere")
    town.fill("tamale")
    expect(page.locator(".explore-near")).not_to_contain_text("No hub lies")
    town.press(key)
    page.wait_for_url("**near=gh/tamale")


def test_it_works_without_a_network(browser: Browser, address: str) -> None:
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.goto(f"{address}about/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{address}match/?design=stool")
    expect(page.locator(".match-card")).not_to_have_count(0)
    found = cards(page)
    context.set_offline(True)
    page.goto(f"{address}match/?design=stool&quantity=2")
    expect(page.locator(".match-card")).to_have_count(len(found))
    context.close()


def test_in_arabic(browser: Browser, arabic: str) -> None:
    with visiting(browser, arabic.removesuffix("ar/"), service_workers="block", **PHONE) as visit:
        page = settled(visit("ar/match/?design=stool"))
        expect(page.locator(".match-card")).not_to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_another_language_asks_the_same(browser: Browser, arabic: str) -> None:
    with visiting(browser, arabic.removesuffix("ar/"), service_workers="block", **DESK) as visit:
        page = settled(visit("match/?design=stool&quantity=25"))
        form(page).get_by_label("Quantity").fill("7")
        page.wait_for_url("**quantity=7")
        page.locator(".karakana-languages summary").click()
        page.locator(".karakana-languages a[lang=ar]").click()
        page.wait_for_url("**/ar/match/?design=stool&quantity=7")
        expect(page.locator(".match-card")).not_to_have_count(0)


def test_the_same_as_on_the_command_line(hostile: Registry, desk: Visit) -> None:
    """The page's order of hubs is that of `karakana match`."""
    design = hostile.get(Design, "stool")
    assert design is not None
    rows = Matcher(hostile).answer(wish_for(hostile, design)).rows
    page = settled(desk("match/?design=stool"))
    expect(page.locator(".match-card")).to_have_count(min(20, len(rows)))
    paths = page.locator("#match-list h3 a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert [path.removeprefix("../hubs/").rstrip("/") for path in paths] == [row.hub for row in rows][:20]
