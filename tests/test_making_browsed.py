"""Pages of designs, requests, hubs and countries as somebody visits them, with scripts and without: who makes what."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.serving import Files, served
from generator import mkdocs_hook, publish, registry
from generator.checks import RULES
from tests.exploring import DESK, PHONE, Visit, visiting

ROOT = Path(__file__).parent.parent
PLACED = "name: {0}\nkind: makerspace\nlocation: {{locality: {1}, {2}}}\nwebsite: https://x.example/\naccess: public\n"
SOMEWHERE = "precision: city"
SHEET = "materials:\n  - {material: plywood, form: sheet, max_thickness_mm: 9}\n"
LASER = "name: Laser\nprocesses: [laser-cutting]\n"
RECORDS = {
    "hubs/gh/small.yaml": PLACED.format("Small Hub", "Accra", SOMEWHERE),
    "machines/gh/small/laser.yaml": f"{LASER}{SHEET}envelope_mm: [300, 300]\n",
    "hubs/gh/silent.yaml": PLACED.format("Silent Hub", "Accra", SOMEWHERE),
    "machines/gh/silent/laser.yaml": f"{LASER}materials: [{{material: plywood}}]\n",
    "materials/steel.yaml": "labels: {en: Steel}\n",
    "hubs/ke/far.yaml": PLACED.format("Far Hub", "Nairobi", "latitude: -1.29, longitude: 36.82"),
    "machines/ke/far/laser.yaml": f"{LASER}{SHEET}envelope_mm: [600, 600]\n"
    "throughput: {quantity: 10, per: day}\navailability: {lead_days: 1}\n",
    "hubs/tg/invented.yaml": PLACED.format("Invented Hub", "Lomé", SOMEWHERE) + "demonstration: true\n",
    "designs/table.yaml": "name: Table\nfunction: {en: A table.}\nlicence: {hardware: MIT}\n"
    "repository: https://x.example/\noperations:\n  - {id: cut, process: laser-cutting, envelope_mm: [2000, 900]}\n",
    "designs/shelf.yaml": "name: Shelf\nfunction: {en: A shelf.}\nlicence: {hardware: MIT}\nrepository: https://x.example/\n"
    "operations:\n  - {id: cut, process: laser-cutting, material: steel}\n",
    "requests/near.yaml": "design: stool\nquantity: 4\nposted_on: 2026-05-01\nneeded_by: 2026-09-01\nwithin_km: 50\n"
    "place: {country: gh, locality: Tamale, latitude: 9.4, longitude: -0.84}\nby: gh/small\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with hubs of every verdict."""
    folder = tmp_path_factory.mktemp("making")
    shutil.copytree(ROOT / "tests/mini/registry", folder / "registry")
    for name, text in RECORDS.items():
        path = folder / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES)
    with served(Files(folder / "site"), "/registry/") as found:
        yield found


@pytest.fixture(params=[{**DESK, "java_script_enabled": False}, PHONE], ids=["no script", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    with visiting(browser, site, service_workers="block", **request.param) as made:
        yield made


def leads_somewhere(page: Page, within: str) -> None:
    """Every link of a part of a page leads to a page of the site, or to the tool, and is no dead end."""
    links = page.locator(f"{within} a")
    assert links.count()
    for address in {links.nth(at).evaluate("one => one.href") for at in range(links.count())}:
        assert page.request.get(address).ok, address


def test_a_design_names_hubs_by_verdict_and_near_misses_on_demand(visit: Visit) -> None:
    page = visit("designs/stool/")
    makers = page.locator("#makers")
    expect(makers.locator("#makers-yes")).to_contain_text("Far Hub")
    ask = makers.locator("#makers-ask li", has_text="Silent Hub")
    expect(ask).to_contain_text("400 × 400 mm needed; the record does not say how large a piece may be")
    near = makers.locator("details#makers-one-fix")
    card = near.locator("li", has_text="Small Hub")
    expect(card).to_be_hidden()
    near.locator("summary").click()
    expect(card).to_be_visible()
    expect(card).to_contain_text("400 × 400 mm needed; only 300 × 300 mm available")
    near.locator("summary").click()
    expect(card).to_be_hidden()
    leads_somewhere(page, "#makers")


def test_near_misses_stand_open_where_nobody_does_better(visit: Visit) -> None:
    page = visit("designs/shelf/")
    expect(page.locator("#makers")).to_contain_text("no single hub can make all of it")
    card = page.locator("section#makers-one-fix li", has_text="Small Hub")
    expect(card).to_contain_text("Steel needed; the record names")


def test_what_is_too_far_from_a_request_is_no_near_miss(visit: Visit) -> None:
    page = visit("requests/near/")
    near, far = page.locator("#makers-one-fix"), page.locator("details#makers-too-far")
    expect(near).not_to_contain_text("Far Hub")
    far.locator("summary").click()
    expect(far.locator("li", has_text="Far Hub")).to_contain_text("km away; 50 km at most")


def test_a_hub_says_what_it_can_make_what_to_ask_and_what_one_change_opens(visit: Visit) -> None:
    page = visit("hubs/ke/far/")
    expect(page.locator("#able li", has_text="Stool").first).to_contain_text("can be made · 8 of 8 facts known")
    expect(page.locator("#fixes li", has_text="Table").first).to_contain_text("2000 × 900 mm needed")
    leads_somewhere(page, "#able")
    leads_somewhere(page, "#fixes")
    page = visit("hubs/gh/silent/")
    expect(page.locator("#questions")).to_contain_text("Does a piece of 2000 × 900 mm fit?")
    leads_somewhere(page, "#questions")


def test_a_country_says_what_is_missing_there_and_nothing_where_nothing_is(visit: Visit) -> None:
    page = visit("countries/ke/")
    gaps = page.locator("#gaps")
    expect(gaps).to_contain_text("Laser cutting: Size 2000 × 900 mm")
    expect(gaps.locator("li", has_text="Size 2000").first).to_contain_text("1 hub lacks only that")
    leads_somewhere(page, "#gaps")
    page = visit("countries/tg/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#gaps")).to_have_count(0)
