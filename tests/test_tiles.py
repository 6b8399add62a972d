"""Street images in a real browser: none before somebody agrees, then from the one host that registry.yaml names."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.serving import Files, served
from generator import mkdocs_hook, publish, registry

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
HOST = "https://tiles.example"
TILES = f"""tiles:
  url: {HOST}/{{z}}/{{x}}/{{y}}.png
  attribution: © <b>street</b> mappers
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tiles")
    shutil.copytree(ROOT / "tests/mini/registry", folder / "registry")
    settings = folder / "registry/registry.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + TILES, encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site")
    with served(Files(folder / "site"), "/karakana/") as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.mark.parametrize(("path", "map"), [("", "#map_world"), ("explore/", "#map_explore"), ("embed/", "#map_embed")])
def test_streets_come_after_a_yes_and_go_with_a_no(context: BrowserContext, address: str, path: str, map: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    context.route(f"{HOST}/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    page: Page = context.new_page()
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith(HOST) else None)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    button = page.locator(f"{map} .karakana-streets-button")
    expect(button).to_contain_text("loads images from tiles.example")
    page.wait_for_load_state("networkidle")
    assert asked == []
    button.click()
    expect(page.locator(f"{map} .karakana-streets").first).to_be_attached()
    page.wait_for_function("document.querySelectorAll('.leaflet-tile-loaded').length > 0")
    expect(page.locator(f"{map} .leaflet-control-attribution")).to_contain_text("© <b>street</b> mappers")
    page.reload()
    expect(button).to_contain_text("Hide streets")
    button.click()
    expect(page.locator(".leaflet-tile")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.reload()
    expect(button).to_contain_text("loads images from")
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert faults == []


def test_pages_without_a_map_admit_no_images_of_others(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    for path, has in (("", True), ("explore/", True), ("embed/", True), ("about/", False), ("hubs/", False)):
        page.goto(address + path)
        policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
        assert (HOST in policy) is has, path
