"""The page of a template in Chromium: filled in by hand, kept, checked; the files are the command line's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, Route, expect

from bench.serving import Files, served
from generator import mkdocs_hook, publish, registry
from generator.checks import RULES
from generator.cli.app import cli
from generator.publish import columns
from tests.contract_samples import sample
from tests.exploring import Held
from tests.matching_twice import index

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
SAMPLE = sample("one-to-one-order/1")
PATH = "contracts/one-to-one-order/1/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copytree(ROOT / "tests/mini/registry", folder / "registry")
    shutil.copytree(ROOT / "registry/contracts/one-to-one-order", folder / "registry/contracts/one-to-one-order")
    hub = folder / "registry/hubs/gh/tamale-open-workshop.yaml"
    text = hub.read_text(encoding="utf-8")
    hub.write_text(text.replace("accepts: [", "accepts: [one-to-one-order/1, "), encoding="utf-8")
    settings = folder / "registry/registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("languages: [en]", "languages: [en, ar]"), encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES)
    return folder


@pytest.fixture(scope="module")
def site(place: Path) -> Iterator[str]:
    with served(Files(place / "site"), "/registry/") as found:
        yield found


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, accept_downloads=True, service_workers="block")
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("request", lambda request: faults.append(request.url) if not request.url.startswith(site) else None)
    made.goto(site + PATH)
    open_form(made)
    yield made
    assert faults == []
    context.close()


def open_form(page: Page) -> None:
    page.locator("#fill-open").click()
    expect(page.locator("#fill[data-hubs]")).to_be_attached()


def by_hand(page: Page, values: dict[str, Any]) -> None:
    """Fill in each value where somebody would, by the labels of the page."""
    labels = {one["name"]: one for one in page.evaluate("fetch('../../../data/contracts/one-to-one-order/1.json')"
                                                        ".then((one) => one.json())")["parameters"]}  # fmt: skip
    for name, value in values.items():
        one = labels[name]
        field = page.locator(".contract-form > .form-field").filter(has=page.locator(
            f"xpath=./*[contains(@class, 'form-label')][text()={json.dumps(one['label']['en'])}]"))  # fmt: skip
        for item in value if one.get("many") else [value]:
            if one.get("many"):
                field.locator(":scope > .form-add").click()
            write(field.locator(".form-row").last if one.get("many") else field, one["type"], item)


def write(field: Any, kind: str, value: Any) -> None:
    controls = field.locator("input:visible, select:visible, textarea:visible")
    if kind in ("party", "design", "place", "inspection-plan"):
        labels = {"name": "Name", "address": "Address", "locality": "Town", "country": "Country", "version": "Version",
                  "url": "Web address"}  # fmt: skip
        for part, text in value.items():
            control = field.get_by_label(labels[part], exact=True)
            control.select_option(text) if part == "country" else control.fill(text)
    elif kind == "money":
        controls.nth(0).fill(value["amount"])
        controls.nth(1).fill(value["currency"])
    elif kind == "duration":
        units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
        controls.nth(0).fill(value[1:-1])
        controls.nth(1).select_option(units[value[-1]])
    elif kind in ("boolean", "choice"):
        controls.first.select_option(json.dumps(value).strip('"'))
    else:
        controls.first.fill(str(value))


def check(page: Page) -> None:
    page.locator(".form-bar .form-main").click()


def files(page: Page, folder: Path) -> dict[str, bytes]:
    """Return what the buttons download, by file names."""
    found = {}
    for button in page.locator(".contract-files .karakana-button").all():
        with page.expect_download() as download:
            button.click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        found[target.name] = target.read_bytes()
    return found


def by_command(place: Path, values: dict[str, Any], out: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.chdir(place)
    given = out.parent / "given.json"
    given.write_text(json.dumps(values), encoding="utf-8")
    arguments = ["contract", "fill", "one-to-one-order", "--params", str(given), "--language", "fr", "--out", str(out)]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return {path.name: path.read_bytes() for path in out.iterdir()}


def own(values: dict[str, Any]) -> dict[str, Any]:
    """Return values without records of another registry."""
    parts = {name: {part: text for part, text in value.items() if part not in ("hub", "id")}
             for name, value in values.items() if isinstance(value, dict) and "name" in value}  # fmt: skip
    return {**values, **parts}


def test_filled_in_by_hand_the_files_are_those_of_the_command(
    page: Page, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = own(SAMPLE)
    page.get_by_label("Language of the contract").select_option("fr")
    by_hand(page, values)
    check(page)
    expect(page.locator(".contract-files h3")).to_be_focused()
    (tmp_path / "downloads").mkdir()
    assert files(page, tmp_path / "downloads") == by_command(place, values, tmp_path / "out", monkeypatch)


def test_a_hub_is_chosen_by_name_and_its_address_is_put_in(
    page: Page, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {**own(SAMPLE), "manufacturer": "gh/tamale-open-workshop"}
    opened(page, {**values, "manufacturer": None}, tmp_path)
    expect(page.locator(".form-summary a")).to_have_text(["Manufacturer: This is missing."])
    field = page.locator(".contract-form > fieldset").filter(has=page.locator("legend", has_text="Manufacturer")).first
    field.get_by_role("combobox", name="Hub").fill("tamale")
    field.get_by_role("option").first.click()
    expect(field.get_by_label("Address", exact=True)).to_have_value("Plot 4, Workshop Lane, Tamale")
    page.get_by_label("Language of the contract").select_option("fr")
    check(page)
    expect(page.locator(".contract-files h3")).to_be_focused()
    (tmp_path / "downloads").mkdir()
    assert files(page, tmp_path / "downloads") == by_command(place, values, tmp_path / "out", monkeypatch)


def test_checked_while_a_hub_is_still_being_fetched_it_waits_for_it(page: Page, tmp_path: Path) -> None:
    page.add_init_script(
        "const real = fetch; fetch = (...one) => new Promise((done) =>"
        " setTimeout(() => done(real(...one)), String(one[0]).includes('records') ? 1500 : 0))"
    )
    page.reload()
    open_form(page)
    opened(page, {**own(SAMPLE), "manufacturer": "gh/tamale-open-workshop"}, tmp_path)
    expect(page.locator(".contract-files h3")).to_be_focused()


def opened(page: Page, values: dict[str, Any], folder: Path) -> None:
    """Open values from a file, and check them."""
    path = folder / f"{len(list(folder.iterdir()))}.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    page.get_by_label("Number of the contract").fill("")
    page.locator(".contract-starts input[type=file]").set_input_files(path)
    expect(page.get_by_label("Number of the contract")).to_have_value(values["contract_number"])
    check(page)


def test_a_hub_that_cannot_make_the_design_is_told_as_soon_as_both_are_named(page: Page, tmp_path: Path) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    opened(page, {**own(SAMPLE), "manufacturer": "gh/tamale-open-workshop"}, tmp_path)
    expect(page.locator(".contract-files h3")).to_be_focused()
    assert not any("doubts.js" in url or "matching" in url for url in fetched)
    opened(page, {**own(SAMPLE), "manufacturer": "gh/atelier-etoile", "design": "stool"}, tmp_path)
    expect(page.locator(".form-summary a")).to_have_text(
        ["Manufacturer: gh/atelier-etoile cannot make stool: Laser cutting is needed and is not done here"]
    )
    expect(page.locator(".contract-files")).to_be_hidden()


def test_without_a_connection_the_files_are_made_and_it_says_that_nobody_was_asked(page: Page, tmp_path: Path) -> None:
    page.route("**/data/designs.json", lambda route: route.abort())
    opened(page, {**own(SAMPLE), "manufacturer": "gh/tamale-open-workshop", "design": "stool"}, tmp_path)
    expect(page.locator(".contract-files .form-warning")).to_contain_text("could not be asked without a connection")


def test_a_hub_that_could_not_be_fetched_is_not_taken_for_one_that_agrees(page: Page, tmp_path: Path) -> None:
    refuses = {**own(SAMPLE)["manufacturer"], "hub": "gh/atelier-etoile"}
    page.route("**/data/records/**", lambda route: route.abort())
    opened(page, {**own(SAMPLE), "manufacturer": refuses}, tmp_path)
    expect(page.locator(".contract-files .form-warning")).to_contain_text("could not be asked without a connection")
    page.unroute("**/data/records/**")
    check(page)
    expect(page.locator(".contract-files .form-warning")).to_contain_text("says nothing of which contracts it accepts")


def test_what_is_changed_while_it_is_checked_is_in_the_files_or_there_are_none(page: Page, tmp_path: Path) -> None:
    held = Held(page, "**/data/records/**")
    values = {**own(SAMPLE), "manufacturer": {**own(SAMPLE)["manufacturer"], "hub": "gh/tamale-open-workshop"}}
    opened(page, values, tmp_path)
    held.arrive()
    page.get_by_label("Number of the contract").fill("")
    expect(page.locator(".contract-form .form-progress")).not_to_have_text("Everything fits.")
    held.go_on()
    expect(page.locator(".form-summary a")).to_have_text(["Number of the contract: This is missing."])
    page.wait_for_timeout(500)
    expect(page.locator(".contract-files")).to_be_hidden()
    expect(page.locator(".form-progress")).to_have_text("Something is still missing or wrong.")
    expect(page.get_by_label("Number of the contract")).to_be_focused()


def test_a_language_that_does_not_arrive_is_told(page: Page) -> None:
    page.route("**/words/fr.json", lambda route: route.abort())
    page.get_by_label("Language of the contract").select_option("fr")
    check(page)
    expect(page.locator(".form-progress")).to_contain_text("Try again with a connection")
    expect(page.locator(".contract-files")).to_be_hidden()


def test_values_that_no_template_asks_for_are_told_and_can_be_left_out(page: Page, tmp_path: Path) -> None:
    opened(page, {**own(SAMPLE), "contract_numer": "7", "<b>\u202ex": 1, "nothing": None}, tmp_path)
    expect(page.locator(".form-summary a")).to_have_text([
        "Not asked for: The template asks for nothing called 'contract_numer'; perhaps contract_number was meant. "
        "The template asks for nothing called '<b>\\u202ex'."
    ])  # fmt: skip
    page.get_by_role("button", name="Leave it out").click()
    check(page)
    expect(page.locator(".contract-files h3")).to_be_focused()


def test_where_hubs_stand_in_many_files_a_country_is_chosen_first(
    page: Page, site: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "WHOLE", 0)
    files = index(registry.load(place / "registry", as_of=date(2026, 6, 30)), 0)
    hubs = json.loads(files["data/hubs.json"])
    hubs["countries"] += [[code, 0, 0] for code in ("tz", "ug", "za", "zm", "zw")]
    files["data/hubs.json"] = json.dumps(hubs)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(site)))

    def answer(route: Route) -> None:
        text = files.get(route.request.url.removeprefix(site))
        route.continue_() if text is None else route.fulfill(body=text, content_type="application/json")

    page.route("**/data/**", answer)
    page.reload()
    open_form(page)
    assert not any(path.startswith("data/hubs/") for path in fetched)
    field = page.locator(".contract-form > fieldset").filter(has=page.locator("legend", has_text="Manufacturer")).first
    expect(field.get_by_role("combobox", name="Hub", exact=True)).to_be_hidden()
    field.get_by_label("Country of the hub").select_option("gh")
    field.get_by_role("combobox", name="Hub", exact=True).fill("tamale")
    field.get_by_role("listbox").get_by_role("option").first.click()
    expect(field.get_by_label("Address", exact=True)).to_have_value("Plot 4, Workshop Lane, Tamale")
    assert [path for path in fetched if path.startswith("data/hubs/")] == ["data/hubs/gh.json"]


def test_problems_stand_at_their_fields_and_lead_there(page: Page) -> None:
    page.locator(".contract-starts button").click()
    page.get_by_label("Number of the contract").fill("a\u202eb")
    page.get_by_label("Number of pieces").fill("2.5")
    page.locator(".contract-form > fieldset").filter(has=page.locator("legend", has_text="Price")).get_by_label(
        "Amount"
    ).fill("1")
    check(page)
    links = page.locator(".form-summary a")
    expect(links).to_have_count(3)
    expect(links.nth(0)).to_contain_text("U+202E")
    expect(links.nth(2)).to_contain_text("add up to 3600, 3599 more than 1.")
    links.nth(1).click()
    expect(page.get_by_label("Number of pieces")).to_be_focused()
    expect(page.get_by_label("Number of pieces")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".contract-files")).to_be_hidden()


def test_what_was_filled_in_is_kept_on_the_device(page: Page) -> None:
    page.get_by_label("Number of the contract").fill("DEMO-9")
    page.reload()
    open_form(page)
    expect(page.get_by_label("Number of the contract")).to_have_value("DEMO-9")
    page.locator(".form-draft button").click()
    expect(page.get_by_label("Number of the contract")).to_have_value("")


def test_the_text_is_shown_while_it_is_filled_in(page: Page) -> None:
    page.locator(".contract-starts button").click()
    page.locator(".form-preview > summary").click()
    page.get_by_label("Number of the contract").fill("<b>DEMO</b>")
    expect(page.locator(".contract-text")).to_contain_text("This is contract <b>DEMO</b> of 5 December 2026")
    page.get_by_label("Language of the contract").select_option("fr")
    expect(page.locator(".contract-text[lang=fr]")).to_contain_text("Ce document est le contrat <b>DEMO</b>")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_has_no_finding_of_axe(browser: Browser, site: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}{'ar/' if scheme == 'dark' else ''}{PATH}")
    open_form(page)
    check(page)
    expect(page.locator(".form-summary")).to_be_visible()
    page.locator(".contract-starts button").click()
    page.locator(".form-preview > summary").click()
    page.evaluate((ROOT / "site/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('#fill', {resultTypes: ['violations']}).then((all) => all.violations.map((one) =>"
                          " `${one.id}: ${one.nodes.map(({target}) => target).join()}`))")  # fmt: skip
    assert found == []
    context.close()


def test_without_its_script_a_page_says_how(place: Path) -> None:
    text = (place / "site" / PATH / "index.html").read_text(encoding="utf-8")
    assert "karakana contract fill one-to-one-order/1 --params order.yaml" in text
    assert "{%" not in text.partition("<main")[2]
    assert '<b class="karakana-gap">Number of the contract</b>' in text
