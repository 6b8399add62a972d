"""The site without a network, in a real browser: what is kept, one build at a time, and nothing from elsewhere."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bench.serving import Files, served
from generator.publish import policy

pytestmark = pytest.mark.browser

HUB = "hubs/gh/tamale-open-workshop/"
NEWER = "f" * 16
OTHER = "hubs/ke/nakuru-repair/"


def test_worker_names_every_file_of_the_build(built: Path) -> None:
    plan = read_plan(built)
    found = [
        path
        for pattern in ("assets/**/*", "data/*.json", "data/hubs/*.json", "data/machines/*.json")
        for path in built.glob(pattern)
        if path.is_file()
    ]
    assert {path.relative_to(built).as_posix() for path in found} <= set(plan["files"])
    assert set(plan["core"]) <= set(plan["files"])
    assert (built / "version.txt").read_text() == plan["version"] + "\n"
    assert plan["languages"][""][:2] == ["", "explore/"]


def test_lists_of_countries_name_pages_with_their_size(built: Path) -> None:
    found = json.loads((built / "data/offline/gh.json").read_bytes())
    assert "countries/gh/" in dict(found["pages"])
    assert {HUB, "machines/gh/tamale-open-workshop/laser/"} <= set(dict(found["pages"]))
    for path, size in found["pages"]:
        assert (built / path / "index.html").stat().st_size == size
    sums = json.loads((built / "data/offline/index.json").read_bytes())
    assert sums["gh"] == [len(found["pages"]), sum(size for _, size in (*found["pages"], *found["data"]))]


def test_manifest_leads_to_the_site(built: Path) -> None:
    manifest = json.loads((built / "manifest.webmanifest").read_bytes())
    assert manifest["start_url"] == "./"
    assert (built / manifest["icons"][0]["src"]).is_file()


@pytest.mark.parametrize(
    ("tiles", "host"),
    [
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "https://tile.openstreetmap.org"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", "https://*.tiles.example:8443"),
        ("http://tiles.example/{z}/{x}/{y}.png", ""),
        ("https://evil;script-src *.example/{z}", ""),
    ],
)
def test_only_maps_may_show_streets(tiles: str, host: str) -> None:
    assert policy.host(tiles) == host
    with_map = '<script type="module" src="../assets/app/map.js"></script>'
    assert f"img-src 'self' data:{f' {host}' if host else ''};" in policy.of(with_map, policy.host(tiles))
    assert "img-src 'self' data:;" in policy.of("<p>no map</p>", policy.host(tiles))


def read_plan(site: Path) -> dict[str, Any]:
    line = (site / "worker.js").read_text(encoding="utf-8").partition("\n")[0]
    plan: dict[str, Any] = json.loads(line.removeprefix("self.karakana=").removesuffix(";"))
    return plan


class Visitor:
    """A browser's window on the site, which lists what it asked other hosts for and the errors it met."""

    def __init__(self, browser: Browser, site: Path, address: str, files: Files) -> None:
        self.site, self.address, self.files = site, address, files
        self.context: BrowserContext = browser.new_context()
        self.foreign: list[str] = []
        self.context.on("request", lambda request: self._asked(request.url))
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def wait_for_worker(self) -> None:
        """Wait until the build that is served now has been stored, and answers."""
        version = (self.files.folder / "version.txt").read_text().strip()
        self.page.wait_for_function(
            """async (version) => {
                const ready = await navigator.serviceWorker.ready;
                await ready.update();
                return ready.active?.state === "activated" && !ready.installing && !ready.waiting
                    && (await caches.keys()).some((name) => name.endsWith("core " + version));
            }""",
            arg=version,
        )

    def caches(self) -> list[str]:
        names: list[str] = self.page.evaluate("caches.keys()")
        return sorted(name.removeprefix("karakana /karakana/ ") for name in names)

    def offline(self) -> None:
        self.context.set_offline(True)


@pytest.fixture
def visitor(browser: Browser, built: Path) -> Iterator[Visitor]:
    files = Files(built)
    with served(files, "/karakana/") as address:
        made = Visitor(browser, built, address, files)
        yield made
        made.context.close()
    assert made.foreign == []
    assert made.errors == []


def newer(built: Path, folder: Path) -> Path:
    """Return another build of the site: another name of a hub in its data, and another word on its pages."""
    site = Path(shutil.copytree(built, folder / "newer", symlinks=True))
    plan = read_plan(built)
    for path in (HUB, "about/"):
        page = site / path / "index.html"
        page.write_text(page.read_text(encoding="utf-8").replace("</h1>", " (newer)</h1>", 1), encoding="utf-8")
    hubs = site / "data/hubs.json"
    hubs.write_text(hubs.read_text(encoding="utf-8").replace("Tamale Open Workshop", "Tamale Newer Workshop"))
    script = (site / "worker.js").read_text(encoding="utf-8")
    digest = hashlib.sha256(hubs.read_bytes()).hexdigest()
    script = script.replace(plan["files"]["data/hubs.json"], digest).replace(plan["version"], NEWER)
    (site / "worker.js").write_text(script, encoding="utf-8")
    (site / "version.txt").write_text(f"{NEWER}\n")
    return site


def test_second_visit_needs_no_network(visitor: Visitor) -> None:
    page = visitor.open(HUB)
    visitor.wait_for_worker()
    visitor.open("about/")
    visitor.offline()
    visitor.open(HUB)
    expect(page.locator("h1")).to_have_text("Tamale Open Workshop")
    visitor.open("about/")
    expect(page.locator("h1")).to_be_visible()
    visitor.open("")
    expect(page.locator("#map_world[data-ready='4']")).to_be_visible()
    visitor.open("explore/")
    assert page.evaluate("fetch('../data/hubs.json').then((answer) => answer.ok)")
    page.reload()
    expect(page.locator("h1").first).to_be_visible()


def test_a_page_never_visited_leads_to_what_is_kept(visitor: Visitor) -> None:
    page = visitor.open("")
    visitor.wait_for_worker()
    visitor.offline()
    visitor.open(OTHER)
    expect(page.locator("#karakana-offline")).to_be_visible()


def test_a_newer_build_takes_over_as_a_whole(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(HUB)
    visitor.wait_for_worker()
    named = f"fetch('{visitor.address}data/hubs.json').then((answer) => answer.text())"
    old = visitor.context.new_page()
    old.goto(visitor.address + "about/")
    visitor.files.folder = newer(visitor.site, tmp_path)
    # The page that is open stays with its build; the one that is fetched now is of the newer one.
    assert "Tamale Open Workshop" in old.evaluate(named)
    visitor.open(HUB)
    expect(page.locator("h1")).to_contain_text("(newer)")
    assert "Tamale Newer Workshop" in page.evaluate(named)
    visitor.wait_for_worker()
    assert "Tamale Open Workshop" in old.evaluate(named)
    assert len([name for name in visitor.caches() if name.startswith("core ")]) == 2
    old.close()
    visitor.open("")
    page.wait_for_function(
        "caches.keys().then((names) => names.filter((name) => name.includes(' core ')).length === 1)"
    )
    again = visitor.context.new_page()
    again.goto(visitor.address + HUB)
    visitor.offline()
    again.reload()
    expect(again.locator("h1")).to_contain_text("(newer)")
    assert "Tamale Newer Workshop" in again.evaluate(named)


def test_a_build_that_is_not_whole_is_not_taken(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open("")
    visitor.wait_for_worker()
    before = visitor.caches()
    site = newer(visitor.site, tmp_path)
    shutil.copyfile(visitor.site / "data/hubs.json", site / "data/hubs.json")  # a host that is half way through
    visitor.files.folder = site
    page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.update()).catch(() => 0)")
    page.wait_for_function("navigator.serviceWorker.ready.then((ready) => !ready.installing && !ready.waiting)")
    visitor.offline()
    visitor.open("")
    expect(page.locator("#map_world[data-ready='4']")).to_be_visible()
    assert set(before) <= set(visitor.caches())


def test_a_country_is_kept_and_taken_away(visitor: Visitor) -> None:
    page = visitor.open("offline/#ke")
    visitor.wait_for_worker()
    line = page.locator("#ke")
    button = line.get_by_role("button")
    expect(button).to_contain_text("kB")
    expect(button).to_be_focused()
    button.click()
    expect(line.get_by_role("status")).to_contain_text("Kept on")
    assert "kept ke" in visitor.caches()
    visitor.offline()
    visitor.open(OTHER)
    expect(page.locator("h1")).to_have_text("Nakuru Repair")
    visitor.open("countries/ke/")
    expect(page.locator("h1")).to_have_text("Kenya")
    visitor.open("offline/")
    page.locator("#ke").get_by_role("button", name="Remove").click()
    expect(page.locator("#ke").get_by_role("status")).to_have_text("Removed.")
    assert "kept ke" not in visitor.caches()
    visitor.open(OTHER)
    expect(page.locator("#karakana-offline")).to_be_visible()


def test_a_country_is_kept_from_its_own_page(visitor: Visitor) -> None:
    page = visitor.open("countries/ke/")
    place = page.locator(".karakana-keep")
    expect(place.get_by_role("button")).to_have_text(re.compile(r"^Keep this country .+ \(\d+ kB\)$"))
    expect(page.locator("a[href*='offline/#']")).to_have_count(0)
    place.get_by_role("button").click()
    expect(place.get_by_role("status")).to_contain_text("Kept on")
    expect(place.get_by_role("button", name="Fetch again")).to_be_focused()
    visitor.offline()
    visitor.open(OTHER)
    expect(page.locator("h1")).to_have_text("Nakuru Repair")
    visitor.open("countries/ke/")
    place.get_by_role("button", name="Fetch again").click()
    expect(place.get_by_role("status")).to_contain_text("The network failed")
    place.get_by_role("button", name="Remove").click()
    expect(place.get_by_role("status")).to_have_text("Removed.")
    assert "kept ke" not in visitor.caches()


def test_how_far_a_country_has_come_is_shown(visitor: Visitor) -> None:
    page = visitor.open("countries/ke/")
    visitor.wait_for_worker()
    held: list[Route] = []
    page.route("**/hubs/ke/**", lambda route: held.append(route))  # noqa: PLW0108 Playwright writes on what it calls
    page.locator(".karakana-keep").get_by_role("button").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    page.wait_for_function("() => document.querySelector('progress')?.value > 0")
    for route in held:
        route.continue_()
    expect(page.locator(".karakana-keep").get_by_role("status")).to_contain_text("Kept on")
    expect(bar).to_have_count(0)


def test_pages_that_are_no_more_are_dropped_with_the_next_fetch(visitor: Visitor) -> None:
    page = visitor.open("countries/ke/")
    place = page.locator(".karakana-keep")
    place.get_by_role("button").click()
    expect(place.get_by_role("status")).to_contain_text("Kept on")
    gone = f"{visitor.address}hubs/ke/gone/"
    cache = "caches.open('karakana /karakana/ kept ke')"
    page.evaluate(f"{cache}.then((cache) => cache.put('{gone}', new Response('')))")
    place.get_by_role("button", name="Fetch again").click()
    expect(place.get_by_role("progressbar")).to_have_count(0)
    page.wait_for_function(f"() => {cache}.then((cache) => cache.match('{gone}')).then((found) => found === undefined)")


@pytest.mark.parametrize("lacking", ["script", "worker"])
def test_without_script_or_worker_the_link_stays(browser: Browser, address: str, lacking: str) -> None:
    context = browser.new_context(java_script_enabled=lacking != "script")
    if lacking == "worker":
        context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    page.goto(f"{address}countries/ke/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("a[href='../../offline/#ke']")).to_be_visible()
    expect(page.locator(".karakana-keep")).to_have_count(0)
    context.close()


def test_who_saves_data_gets_a_worker_with_the_first_country(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    page.goto(f"{address}countries/ke/")
    place = page.locator(".karakana-keep")
    expect(place.get_by_role("button")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    place.get_by_role("button").click()
    expect(place.get_by_role("status")).to_contain_text("Kept on")
    context.set_offline(True)
    page.goto(address + OTHER)
    expect(page.locator("h1")).to_have_text("Nakuru Repair")
    context.close()


def test_visited_pages_are_counted_and_can_be_removed(visitor: Visitor) -> None:
    page = visitor.open("about/")
    visitor.wait_for_worker()
    visitor.open(HUB)
    visitor.open("offline/")
    expect(page.locator(".karakana-used")).to_contain_text("2 pages")
    page.locator(".karakana-used").get_by_role("button").click()
    expect(page.locator(".karakana-used")).not_to_contain_text("pages that you opened")
    assert "visited" not in visitor.caches()


def test_a_slow_network_gives_way_to_what_is_kept(visitor: Visitor) -> None:
    page = visitor.open(HUB)
    visitor.wait_for_worker()
    visitor.open(HUB)
    visitor.files.flows.clear()
    visitor.open(HUB)
    expect(page.locator("h1")).to_have_text("Tamale Open Workshop")
    visitor.files.flows.set()
