"""The form on the site in a real browser: a new hub, machines, changes, mistakes, drafts, twins, phone, keyboard."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bench.serving import Files, served
from generator import schemas
from generator.canonical import canonical, reformatted
from generator.publish import forge
from generator.records import Hub
from generator.records.instance import Forge
from generator.registry import Registry
from tests.exploring import DESK, Visit
from tests.test_axe import AXE, RUN, TAGS

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
GITHUB = Forge(kind="github", repository="https://github.com/mini/registry", branch="main")
UNFOLDED = """async (one) => {
    for (const open of [false, true]) {
        if (one.open === open) continue;
        const told = new Promise((resolve) => one.addEventListener("toggle", resolve, {once: true}));
        one.open = open;
        await told;
    }
}"""
# A page that is left keeps its draft once more.
FORGET = "() => { Storage.prototype.setItem = () => undefined; localStorage.clear(); }"
KEPT = """async () => {
    const isKept = () => Object.keys(localStorage).some((key) => localStorage[key].includes("wa.example"));
    while (!isKept()) await new Promise((resolve) => setTimeout(resolve, 20));
}"""
FIVE = {"name": "Wa Makers", "kind": "makerspace", "location": {"locality": "Wa", "precision": "city"}}


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One window for all tests, so that files come from its cache; without the worker, which has tests of its own."""
    context = browser.new_context(**DESK, service_workers="block")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def visit(window: BrowserContext, address: str) -> Iterator[Visit]:
    yield from forgotten(window, address)


@pytest.fixture
def on_phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, service_workers="block")
    yield context
    context.close()


@pytest.fixture
def phone(on_phone: BrowserContext, address: str) -> Iterator[Visit]:
    yield from forgotten(on_phone, address)


def forgotten(window: BrowserContext, address: str) -> Iterator[Visit]:
    """Give a page in a window that forgets all drafts when it is closed."""
    made = Visit(window, address)
    yield made
    made.page.evaluate(FORGET)
    made.page.close()
    assert made.faults == []


def on_github(page: Page) -> None:
    """Serve the form as that of a registry on GitHub."""

    def changed(route: Route) -> None:
        answer = route.fetch()
        text = json.dumps(forge.form(GITHUB)).replace("&", "&amp;").replace('"', "&#34;")
        body = re.sub(r'(?<=data-forge=")[^"]*', lambda _: text, answer.text())
        route.fulfill(response=answer, body=body)

    page.route(re.compile(r"/add/(\?.*)?$"), changed)


def opened(visit: Visit, path: str = "add/") -> Page:
    page = visit(path)
    expect(page.locator("#karakana-form[data-ready]")).to_be_attached()
    return page


def five(page: Page, **other: str) -> None:
    """Answer the first five questions."""
    answers = {"Name": "Wa Makers", "Town": "Wa", "Website": "https://wa.example/", **other}
    for label, text in answers.items():
        page.locator(".form-first").get_by_label(re.compile(f"^{label}")).first.fill(text)
    page.get_by_label(re.compile("^Kind")).select_option("makerspace")
    page.get_by_label(re.compile("^Country")).select_option("gh")


def unfold(page: Page, group: str) -> None:
    page.locator(f".form-form > .form-record > [data-group={group}] > summary").click()


def check(page: Page) -> None:
    page.get_by_role("button", name="Check and go on").click()


def way(page: Page, name: str) -> dict[str, str]:
    """Return the parts of the query of a way to send the files."""
    href = page.locator(f"[data-way={name}]").get_attribute("href") or ""
    return {key: values[0] for key, values in parse_qs(urlsplit(href).query).items()}


def preview(page: Page, number: int = 0) -> str:
    """Return what will be written to a file: what is unfolded shows the latest."""
    page.locator(".form-preview").evaluate(UNFOLDED)
    return page.locator(".form-preview pre").nth(number).inner_text().rstrip("\n")


def test_five_answers_make_a_file_on_github(visit: Visit) -> None:
    on_github(visit.page)
    page = opened(visit)
    five(page)
    expect(page.locator(".form-progress")).to_have_text("5 of 5 answers")
    check(page)
    expect(page.get_by_role("heading", name="Ready to send")).to_be_visible()
    query = way(page, "propose")
    written = canonical("hub", {**FIVE, "website": "https://wa.example/"})
    assert query == {"filename": "registry/hubs/gh/wa-makers.yaml", "value": written, "message": "Add Wa Makers"}
    assert reformatted("hub", written.encode()) == written.encode()
    page.locator(".form-others > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download: wa-makers.yaml").click()
    assert Path(download.value.path()).read_bytes() == written.encode()
    assert download.value.suggested_filename == "wa-makers.yaml"


def test_the_forge_is_that_of_the_registry(visit: Visit) -> None:
    page = opened(visit)
    five(page)
    check(page)
    href = page.locator("[data-way=propose]").get_attribute("href") or ""
    assert href.startswith(
        "https://forge.example/mini/registry/_new/main/registry/hubs/gh?filename=wa-makers.yaml&value="
    )
    assert way(page, "issue")["title"] == "Add Wa Makers"
    expect(page.locator(".form-done > .form-way")).to_contain_text("make an account, which is free")
    expect(page.locator(".form-next li")).to_have_count(4)
    assert "### Town\n\nWa\n" in way(page, "issue")["body"]


def test_mistakes_are_named_at_their_fields_and_listed(visit: Visit) -> None:
    page = opened(visit)
    check(page)
    summary = page.locator(".form-summary[role=alert]")
    expect(summary.get_by_role("heading")).to_have_text("5 things to mend")
    expect(summary.get_by_role("link")).to_have_text(
        [re.compile(one) for one in ("^Name", "^Kind", "^Country", "^Town", "^Website: Give one way")]
    )
    name = page.locator(".form-first").get_by_label(re.compile("^Name"))
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(re.compile("Please fill this in."))
    summary.get_by_role("link", name=re.compile("^Town")).click()
    expect(page.get_by_label(re.compile("^Town"))).to_be_focused()
    five(page, **{"E-mail address": "nobody"})
    expect(summary.get_by_role("link")).to_have_text([re.compile("^E-mail address: .*hello@lab.example")])
    page.get_by_label("E-mail address").fill("")
    expect(page.locator(".form-summary")).to_be_hidden()
    expect(name).not_to_have_attribute("aria-invalid", "true")


@pytest.fixture(scope="module")
def filled(window: BrowserContext, address: str) -> Iterator[Page]:
    """A page on which the first five questions have answers."""
    for visit in forgotten(window, address):
        opened(visit)
        five(visit.page)
        yield visit.page


@pytest.fixture
def answered(filled: Page) -> Page:
    """The same, with nothing else filled in and everything folded away."""
    filled.locator(".form-part").evaluate_all("all => all.forEach((one) => { one.open = false; })")
    filled.locator(".form-part .form-control").evaluate_all(
        "all => all.filter((one) => one.value !== '').forEach((one) => {"
        " one.value = ''; one.dispatchEvent(new Event('input', {bubbles: true})); })"
    )
    return filled


@pytest.mark.parametrize(
    ("group", "label", "typed", "fault"),
    [
        ("about", "Founded in", "32202", "Founded in: This must not be more than 2,999."),
        ("about", "Founded in", "soon", "Founded in: This must be a whole number."),
        ("can", "Floor (m²)", "0", "Floor (m²): This must be more than 0."),
        ("place", "Latitude (north)", "91", "Latitude (north): This must not be more than 90."),
        ("place", "Postcode", "x" * 17, "Postcode: This must not be longer than 16 characters."),
    ],
)
def test_what_the_schema_refuses(answered: Page, group: str, label: str, typed: str, fault: str) -> None:
    page = answered
    unfold(page, group)
    page.get_by_label(label, exact=True).fill(typed)
    if label.startswith("Latitude"):
        page.get_by_label("Longitude (east)").fill("0")
    unfold(page, group)
    check(page)
    expect(page.locator(".form-summary a")).to_have_text([fault])
    expect(page.get_by_label(label, exact=True)).to_be_focused()
    expect(page.locator(".form-done")).to_be_hidden()


def test_a_draft_is_there_again(visit: Visit) -> None:
    page = opened(visit)
    five(page)
    unfold(page, "machines")
    page.get_by_role("button", name="Add a machine").click()
    page.get_by_label("Name at the hub").fill("Big saw")
    before = preview(page), preview(page, 1)
    page.reload()
    expect(page.locator(".form-draft")).to_contain_text("Your draft of")
    assert (preview(page), preview(page, 1)) == before
    opened(visit, "add/?edit=hubs/gh/tamale-open-workshop")
    expect(page.locator(".form-draft")).to_have_count(0)
    opened(visit)
    page.get_by_role("button", name="Start afresh").click()
    expect(page.locator(".form-progress")).to_have_text("0 of 5 answers")
    page.reload()
    expect(page.locator("#karakana-form[data-ready]")).to_be_attached()
    expect(page.locator(".form-draft")).to_have_count(0)


def test_a_hub_that_is_here_already_is_noticed(visit: Visit, hostile: Registry) -> None:
    page = opened(visit)
    five(page, Name="Open Workshop Tamale", Town="tamalé")
    expect(page.locator(".form-twins")).to_contain_text("Tamale Open Workshop, Tamale: a similar name.")
    link = page.locator(".form-twins").get_by_role("link", name="Change that one instead")
    assert link.get_attribute("href") == "?edit=hubs/gh/tamale-open-workshop"
    five(page, Name="Nothing Like It")
    expect(page.locator(".form-twins")).to_be_hidden()
    hub = hostile.get(Hub, "gh/tamale-open-workshop")
    assert hub is not None
    five(page, Name="Nothing Like It", Website=hub.website.replace("https://", "http://www.").upper() + "/")
    expect(page.locator(".form-twins")).to_contain_text("the same website")
    five(page, Name="Tamale Open Workshop")
    check(page)
    expect(page.locator(".form-summary a")).to_have_text([re.compile("There is a hub of this name already")])


def test_machines_come_with_their_models(visit: Visit) -> None:
    on_github(visit.page)
    page = opened(visit)
    five(page)
    unfold(page, "machines")
    page.get_by_role("button", name="Add a machine").click()
    expect(page.get_by_role("combobox", name="Model", exact=True)).to_be_focused()
    page.keyboard.type("b-60")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".form-machine .form-meant")).to_contain_text("Laser cutting")
    page.get_by_label("Quantity").fill("2")
    page.get_by_role("button", name="Add a machine").click()
    second = page.locator(".form-machine").nth(1)
    second.get_by_label("Name at the hub").fill("Saw: old #1")
    check(page)
    body = way(page, "issue")["body"]
    first = canonical("machine", {"model": "beamer/b-60", "quantity": 2})
    assert f"`registry/machines/gh/wa-makers/b-60.yaml`\n\n```yaml\n{first}```\n" in body
    assert '`registry/machines/gh/wa-makers/saw-old-1.yaml`\n\n```yaml\nname: "Saw: old #1"\n```\n' in body
    assert body.count("```yaml") == 3
    assert page.locator("[data-way=propose]").count() == 0


def test_a_change_keeps_all_else(visit: Visit, hostile: Registry) -> None:
    page = opened(visit, "add/?edit=hubs/gh/tamale-open-workshop")
    hub = hostile.get(Hub, "gh/tamale-open-workshop")
    assert hub is not None
    data = hostile.data(hub)
    check(page)
    expect(page.locator(".form-progress")).to_have_text("Nothing is changed yet.")
    assert preview(page) == canonical("hub", data).rstrip("\n")
    page.get_by_label("Telephone").fill("+233 20 111 2222")
    check(page)
    written = canonical("hub", {**data, "contact": {**data.get("contact", {}), "phone": "+233 20 111 2222"}})
    expect(page.locator(".form-done")).to_be_visible()
    assert preview(page) == written.rstrip("\n")
    page.locator(".form-others > summary").click()
    link = page.locator("[data-way=edit]")
    assert (link.get_attribute("href") or "").endswith("/_edit/main/registry/hubs/gh/tamale-open-workshop.yaml")
    link.evaluate("one => one.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    expect(page.locator(".form-said")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == written


def test_what_no_field_is_about_is_kept(visit: Visit) -> None:
    strange = {"later": {"b": 1, "a": [True]}, "keys": [{"public_key": "z6Mk", "more": "x"}], "name": " two  spaces "}

    def spoilt(route: Route) -> None:
        answer = route.fetch()
        records = answer.json()
        records["hubs/gh/tamale-open-workshop"] |= strange
        route.fulfill(response=answer, json=records)

    visit.page.route("**/data/records/gh/0.json", spoilt)
    page = opened(visit, "add/?edit=hubs/gh/tamale-open-workshop")
    page.get_by_label(re.compile("^Town")).fill("Yendi")
    text = preview(page)
    assert 'name: " two  spaces "' in text
    assert "  locality: Yendi\n" in text
    assert "keys:\n  - public_key: z6Mk\n    more: x\n" in text
    assert text.endswith("later:\n  b: 1\n  a:\n    - true")


def test_a_machine_is_changed_and_added(visit: Visit) -> None:
    page = opened(visit, "add/?edit=machines/gh/tamale-open-workshop/laser")
    assert preview(page).startswith("name: ")
    page.get_by_label("Quantity").fill("3")
    check(page)
    expect(page.locator(".form-files code")).to_have_text("registry/machines/gh/tamale-open-workshop/laser.yaml")
    opened(visit, "add/?machine=gh/tamale-open-workshop")
    page.get_by_label("Name at the hub").fill("Laser")
    check(page)
    expect(page.locator(".form-files code")).to_have_text("registry/machines/gh/tamale-open-workshop/laser-2.yaml")
    expect(page.locator("h1")).to_have_text("Add a machine to Tamale Open Workshop")


def test_hostile_text_stays_text(visit: Visit) -> None:
    page = opened(visit)
    name = "\u200fورشة: <img src=x onerror=window.pwned=1> #1 \x07'\""
    five(page, Name=name)
    unfold(page, "record")
    page.get_by_label("Its address here").fill("warsha")
    unfold(page, "about")
    summary = "- no\n12:30 \n\n```\n### Name\n{{x}} ${y} </script>\n\u202e🛠️"
    page.get_by_label("What it is and for whom").fill(summary)
    check(page)
    expect(page.locator(".form-done")).to_be_visible()
    seen = summary.replace("12:30 \n", "12:30\n").replace("\u202e", "")
    data: dict[str, Any] = {
        **FIVE, "name": name.replace("\x07", ""), "summary": seen, "website": "https://wa.example/",
    }  # fmt: skip
    assert schemas.validator("hub")(data)
    assert way(page, "propose")["value"] == canonical("hub", data)
    assert page.evaluate("window.pwned") is None


def test_what_is_too_long_for_a_link_is_copied(visit: Visit) -> None:
    on_github(visit.page)
    page = opened(visit)
    five(page)
    unfold(page, "about")
    page.get_by_label("What it is and for whom").fill("ورشة " * 1000)
    check(page)
    expect(page.locator(".form-done > .form-way")).to_contain_text("It is too long for a link.")
    link = page.get_by_role("link", name="Copy the message and open GitHub")
    assert way(page, "issue") == {"title": "Add Wa Makers"}
    link.evaluate("one => one.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    expect(page.locator(".form-said")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("### Name\n\nWa Makers\n")
    assert copied.count("ورشة") == 1000
    assert page.locator("[data-way]").count() == 1
    page.locator(".form-others > summary").click()
    expect(page.get_by_role("button", name="Download: wa-makers.yaml")).to_be_visible()
    page.get_by_label("What it is and for whom").fill("ورشة " * 170)
    check(page)
    expect(page.get_by_role("link", name="Send it on GitHub")).to_be_visible()
    expect(page.locator(".form-done > .form-way")).to_contain_text("Sign in on GitHub before you press this")


def test_what_may_be_a_persons_own_is_asked_about(visit: Visit) -> None:
    page = opened(visit)
    five(
        page, Website="https://www.example.com/", Telephone="+233 24 412 3456", **{"E-mail address": "yaw.b@gmail.com"}
    )
    unfold(page, "about")
    page.get_by_label("What it is and for whom").fill("Ask Ama, 024 412 3456")
    cautions = page.locator(".form-caution:visible")
    expect(cautions).to_have_text([
        "https://www.example.com/ leads nowhere. Leave it out when no address is known.",
        re.compile("^yaw.b@gmail.com may be a person’s own address."),
        "+233 24 412 3456 is a mobile number. Leave it only if it is the hub’s own.",
        re.compile("^This text holds “024 412 3456”."),
    ])  # fmt: skip
    check(page)
    expect(page.locator(".form-cautions a")).to_have_count(4)
    page.locator(".form-cautions a").nth(2).click()
    expect(page.get_by_label("Telephone")).to_be_focused()
    page.get_by_label("Telephone").fill("+233 30 222 1234")
    page.get_by_label("E-mail address").fill("wamakers@gmail.com")
    page.get_by_label("Website").fill("https://wa.example/")
    page.get_by_label("What it is and for whom").fill("Ask Ama")
    expect(cautions).to_have_count(0)
    check(page)
    expect(page.locator(".form-done")).to_be_visible()
    expect(page.locator(".form-cautions")).to_have_count(0)


def test_comments_of_a_file_stay(visit: Visit) -> None:
    def noted(route: Route) -> None:
        answer = route.fetch()
        noted = {"first": ["# by hand"], "after": [[["location", "locality"], " # the old town"]]}
        route.fulfill(response=answer, json={**answer.json(), "comments": {"hubs/gh/tamale-open-workshop": noted}})

    visit.page.route("**/data/records/gh/0.json", noted)
    page = opened(visit, "add/?edit=hubs/gh/tamale-open-workshop")
    check(page)
    expect(page.locator(".form-progress")).to_have_text("Nothing is changed yet.")
    page.get_by_label(re.compile("^Town")).fill("Yendi")
    assert preview(page).startswith("# by hand\nname: ")
    assert "\n  locality: Yendi # the old town\n" in preview(page)


def test_the_pin_and_the_numbers_follow_each_other(visit: Visit) -> None:
    page = opened(visit)
    five(page)
    unfold(page, "place")
    latitude, longitude = page.get_by_label("Latitude (north)"), page.get_by_label("Longitude (east)")
    latitude.fill("10.06, -2.5")
    expect(latitude).to_have_value("10.06")
    expect(longitude).to_have_value("-2.5")
    page.get_by_role("button", name="Show the map").click()
    expect(page.locator("#map_form[data-ready]")).to_be_visible()
    pin = page.locator(".form-marker")
    pin.focus()
    page.keyboard.press("ArrowRight")
    expect(longitude).not_to_have_value("-2.5")
    box = pin.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 15, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 55, box["y"] + 45, steps=5)
    page.mouse.up()
    expect(latitude).not_to_have_value("10.06")
    assert 9 < float(latitude.input_value()) < 10.06
    assert "precision" not in preview(page)
    for _ in range(6):
        page.get_by_role("button", name="Zoom out").click()
        expect(page.locator("#map_form .leaflet-zoom-anim")).to_have_count(0)  # a map that moves takes no click
    page.locator("#map_form").click(position={"x": 480, "y": 300})  # inland, however far the map is out
    expect(page.locator(".form-pin .form-note")).to_contain_text("km off. Go nearer")
    latitude.fill("-2.5")
    longitude.fill("10.06")
    expect(page.locator(".form-pin .form-note")).to_contain_text("seem to be swapped")
    page.get_by_role("button", name="Swap the numbers").click()
    expect(latitude).to_have_value("10.06")
    expect(page.locator(".form-pin .form-note")).to_be_hidden()
    latitude.fill("52")
    expect(page.locator(".form-pin .form-note")).to_contain_text("not in the country")
    latitude.fill("-10.06")
    page.get_by_role("button", name="Change the sign").click()
    expect(latitude).to_have_value("10.06")
    latitude.fill("0")
    longitude.fill("0")
    expect(page.locator(".form-pin .form-note")).to_contain_text("a point in the sea")


def test_the_device_is_asked_only_after_a_click(browser: Browser, address: str) -> None:
    context = browser.new_context(geolocation={"latitude": 10.0601, "longitude": -2.5099}, permissions=["geolocation"])
    page = context.new_page()
    page.add_init_script("""const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
        window.asked = 0;
        navigator.geolocation.getCurrentPosition = (...all) => { window.asked += 1; real(...all); };""")
    page.goto(f"{address}add/")
    unfold(page, "place")
    assert page.evaluate("window.asked") == 0
    page.get_by_role("button", name="Use my place").click()
    expect(page.get_by_label("Longitude (east)")).to_have_value("-2.5099")
    context.close()


@pytest.mark.parametrize(
    ("hours", "meant"),
    [
        ("Mo-Fr 09:00-18:00; Sa off", "That means: Mon–Fri 09:00–18:00; Sat closed"),
        ("24/7", "That means: day and night"),
        ("nine to five", "Not understood here"),
    ],
)
def test_opening_hours_are_read_back(answered: Page, hours: str, meant: str) -> None:
    page = answered
    unfold(page, "visit")
    page.get_by_label("Opening hours").fill(hours)
    expect(page.locator("[data-group=visit] .form-meant")).to_contain_text(meant)


def test_processes_are_found_in_every_language(visit: Visit, arabic: str) -> None:
    page = visit.page
    visit.address = arabic.removesuffix("ar/")
    page.goto(f"{arabic}add/")
    expect(page.locator("#karakana-form[data-ready]")).to_be_attached()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    unfold(page, "can")
    page.locator("[data-group=can] [role=combobox]").first.fill("decoupe")
    expect(page.locator("[data-group=can] [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    assert preview(page).endswith("processes:\n  - laser-cutting")
    unfold(page, "about")
    page.locator("[data-group=about] textarea").fill("ورشة مفتوحة")
    assert "summary:\n  ar: ورشة مفتوحة\n" in preview(page)


def test_by_keyboard_alone(visit: Visit) -> None:
    page = opened(visit)
    page.locator(".form-first").get_by_label(re.compile("^Name")).focus()
    for typed in ("Wa Makers", None, "Makers", "Ghana", "Wa", "https://wa.example/"):
        if typed is not None:
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
    expect(page.locator(".form-progress")).to_have_text("5 of 5 answers")
    page.get_by_role("button", name="Check and go on").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".form-done")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-way=issue]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[data-way=propose]")).to_be_focused()


@pytest.mark.parametrize("language", ["", "ar/"])
def test_on_a_narrow_phone_and_for_a_screen_reader(phone: Visit, arabic: str, language: str) -> None:
    page = phone.page
    if language:
        phone.address = arabic.removesuffix("ar/")
    page.goto(f"{arabic if language else phone.address}add/")
    expect(page.locator("#karakana-form[data-ready]")).to_be_attached()
    page.locator(".form-bar button").click()
    page.locator(".form-part").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator("[data-group=machines] .karakana-button").click()
    page.locator(".form-add").evaluate_all(
        "all => all.filter((one) => !one.closest('.form-machine')).forEach((one) => one.click())"
    )
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, TAGS) == []
    small = page.locator(
        ".form button:visible, .form a:visible, .form input:visible, .form select:visible"
    ).evaluate_all("all => all.filter((one) => one.getBoundingClientRect().height < 20).map((one) => one.outerHTML)")
    assert small == []


def test_the_end_is_for_a_screen_reader_too(phone: Visit) -> None:
    page = opened(phone)
    five(page, **{"E-mail address": "yaw.b@gmail.com"})
    check(page)
    page.locator(".form-others > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, TAGS) == []


def test_a_record_that_is_not_there(browser: Browser, address: str) -> None:
    page = browser.new_page()
    for asked in ("hubs/gh/no-such", "hubs/xx/nowhere", "machines/gh/tamale-open-workshop/no"):
        page.goto(f"{address}add/?edit={asked}")
        expect(page.locator("#form-place")).to_contain_text("could not be loaded")
    page.close()


def test_links_lead_to_the_form(visit: Visit) -> None:
    page = visit("")
    page.locator("main").get_by_role("link", name=re.compile("^Add your hub")).click()
    expect(page).to_have_url(re.compile(r"/add/$"))
    opened(visit, "add/?country=ke")
    expect(page.get_by_label(re.compile("^Country"))).to_have_value("ke")


def test_the_form_opens_without_a_network_once_it_was_visited(browser: Browser, built: Path) -> None:
    with served(Files(built), "/karakana/") as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}add/")
        expect(page.locator("#karakana-form[data-kept]")).to_be_attached(timeout=15_000)
        five(page)
        page.evaluate(KEPT)
    page.goto(f"{address}add/")
    expect(page.locator(".form-draft")).to_be_visible(timeout=10_000)
    check(page)
    expect(page.locator(".form-done")).to_be_visible()
    context.close()
