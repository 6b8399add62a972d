"""What stands on many pages: figures, how to cite them, the form for a new hub, amounts and lists of a language."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator import registry
from generator.publish import citing, guides, home, hubs, making, markup, pages, places, shells, strings, workshop
from generator.publish.edition import Edition, Relations
from generator.publish.page import Item, Page, Section
from generator.records import Hub, Request
from generator.records.parts import Money

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def edition() -> Edition:
    known = registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")
    assert known.settings is not None
    return Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


@pytest.fixture
def open_hub(edition: Edition) -> Hub:
    found = edition.registry.get(Hub, "gh/tamale-open-workshop")
    assert found is not None
    return found


def ids(sections: tuple[Section, ...]) -> list[str]:
    return [section.id for section in sections]


def part(page: Page, id: str) -> Section:
    return next(section for section in (*page.sections, *page.after) if section.id == id)


def test_many_machines_are_folded_and_all_in_the_page(edition: Edition, open_hub: Hub) -> None:
    machine = edition.registry.machines_of(open_hub)[0]
    many = [replace(machine, id=f"{open_hub.id}/m{number}", name=f"Machine {number}") for number in range(9)]
    section = workshop.machines(edition, open_hub, many)
    (rest,) = section.sections
    assert [len(section.items), len(rest.items), rest.title] == [4, 5, "Show 5 more machines"]
    shown = str(markup.sections((section,), "../"))
    assert all(f"Machine {number}" in shown for number in range(9))
    assert shown.count("<details") == shown.count("</details>") == 1
    assert workshop.machines(edition, open_hub, many[:5]).sections == ()


def test_links_to_the_parts_of_a_long_page_only(edition: Edition, open_hub: Hub) -> None:
    page = hubs.hub(edition, open_hub)
    assert re.findall(r'href="#([a-z]+)"', str(markup.contents(page))) == [*ids(page.sections), "where", "nearby"]
    assert markup.contents(page._replace(sections=page.sections[:1])) == ""


def test_a_page_says_how_to_cite_it(edition: Edition, open_hub: Hub) -> None:
    text, licence = part(hubs.hub(edition, open_hub), "cite").links
    assert text.text == (
        "Cite as: Mini Registry, “Tamale Open Workshop”, "
        "https://mini.example/registry/hubs/gh/tamale-open-workshop/, data of 30 Jun 2026."
    )
    assert licence.url == "https://creativecommons.org/licenses/by/4.0/"
    assert "cite" not in ids(hubs.hub(edition, replace(open_hub, demonstration=True)).after)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html"),
        ("ODbL-1.0 OR CC-BY-4.0", ""),
        ("LicenseRef-ours", ""),
    ],
)
def test_a_licence_leads_to_its_text(edition: Edition, name: str, url: str) -> None:
    licences = replace(edition.settings.licences, data=name)
    other = replace(edition, settings=replace(edition.settings, licences=licences))
    assert citing.licence(other) == Item(name, url=url)


def test_every_page_counts_the_same_hubs(edition: Edition) -> None:
    first, known = home.home(edition), edition.relations.coverage.countries
    figures = [item.text for item in part(first, "figures").items]
    assert figures[0] == f"{sum(one.hubs for one in known)} hubs"
    assert part(first, "figures").paragraphs == ("Invented records and hubs that closed for good are not counted.",)
    notes = {item.page: item.note for item in places.links(edition)}
    pages = {page.path: page for page in places.countries(edition)}
    for one in known:
        path = f"countries/{one.country}/"
        assert notes[path] == str(one.hubs)
        assert pages[path].lead.startswith(f"{one.hubs} hub")


def test_a_country_leads_to_the_form_for_a_new_hub(edition: Edition) -> None:
    page = next(page for page in places.countries(edition) if page.path == "countries/gh/")
    assert [item.page for item in part(page, "explore").links if item.page.startswith("add/")] == ["add/?country=gh"]
    bare = replace(edition, settings=replace(edition.settings, forge=None))
    assert guides.new_hub(bare).page == "add/"
    assert guides.slots(bare)["form"] == ""


def test_amounts_as_in_the_language(edition: Edition) -> None:
    french = replace(edition, strings=strings.read(ROOT / "site/strings", "fr"))
    asked = edition.registry.get(Request, "stools-for-a-school")
    assert asked is not None
    record = replace(asked, quantity=12500, budget=Money(amount="36000.00", currency="GHS"))
    shown = [
        {fact.label: fact.items[0].text for fact in making.request(one, record).facts} for one in (edition, french)
    ]
    assert (shown[0]["Quantity"], shown[0]["Budget"]) == ("12,500", "36,000\N{NO-BREAK SPACE}GHS")
    assert "36\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}GHS" in shown[1].values()


def test_lists_are_parted_as_in_the_language(edition: Edition, open_hub: Hub) -> None:
    arabic = replace(edition, strings=strings.read(ROOT / "site/strings", "ar"))
    shell = shells.Shell(b"", b"", b"", b"")
    path = f"hubs/{open_hub.id}/"
    templates = pages.Templates(ROOT / "site/templates", shells.Frame(ROOT, {path: shell}, ()), arabic)
    text = templates.page(hubs.hub(arabic, open_hub)).content.decode()
    assert "</bdi>، <" in text
    assert "</bdi>, <" not in text


@pytest.mark.browser
def test_the_menu_stays_beside_the_name_on_the_narrowest_phone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(address)
    name, menu = (page.locator(one).bounding_box() for one in (".karakana-name", ".karakana-menu"))
    page.close()
    assert name is not None
    assert menu is not None
    assert abs(name["y"] - menu["y"]) < 5


@pytest.mark.browser
def test_full_and_hollow_differ_where_the_device_forces_its_colours(browser: Browser, address: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(f"{address}hubs/gh/atelier-etoile/")
    found = page.evaluate(
        "[...document.querySelectorAll('.karakana-steps li')].map(li => ['::before', '::after']"
        ".map(part => getComputedStyle(li, part).backgroundColor))"
    )
    page.close()
    ground = {after for _, after in found if after != "rgba(0, 0, 0, 0)"}
    assert ground
    assert all(before not in ground for before, _ in found)
