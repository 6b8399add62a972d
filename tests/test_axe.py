"""Every page kind against axe-core's rules for WCAG 2.2 AA, on a light phone and a dark desk: no findings."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Files, served
from generator import mkdocs_hook, publish, registry
from generator.checks import RULES
from tests.test_site import PAGES

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
KINDS = (*PAGES, "explore/", "explore/?view=map", "embed/", "offline/", "insights/", "changes/")
AXE = ROOT / "site/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = {
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "desk-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
# Each finding with the rule, where to read about it, and the elements that it is about.
RUN = """async (tags) => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    return found.violations.map(({id, helpUrl, nodes}) => ({
        rule: id, help: helpUrl,
        elements: nodes.map(({target, any, all, none}) =>
            `${target.join(" ")}: ${[...any, ...all, ...none].map((one) => one.message).join("; ")}`),
    }));
}"""


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The site where its registry.yaml says, for the sake of the page for what is not there."""
    with served(Files(built), "/registry/") as found:
        yield found


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same registry with pages in Arabic too."""
    folder = tmp_path_factory.mktemp("arabic")
    for layer in ("mini/registry", "hostile"):
        shutil.copytree(ROOT / "tests" / layer, folder / "registry", dirs_exist_ok=True)
    settings = folder / "registry/registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("languages: [en]", "languages: [en, ar]"), encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES)
    with served(Files(folder / "site"), "/registry/") as found:
        yield f"{found}ar/"


@pytest.fixture(scope="module", params=LOOKS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    # Without the worker each page is what the build wrote; without motion nothing is half faded in.
    look = LOOKS[request.param]
    context = browser.new_context(**look, reduced_motion="reduce", service_workers="block")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def findings(page: Page, url: str) -> list[dict[str, object]]:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, object]] = page.evaluate(RUN, TAGS)
    return found


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(page: Page, address: str, path: str) -> None:
    found = findings(page, address + path)
    assert found == [], json.dumps(found, indent=1)


@pytest.mark.parametrize("path", [path for path in KINDS if path != "404.html"])
def test_axe_finds_nothing_in_arabic(page: Page, arabic: str, path: str) -> None:
    found = findings(page, arabic + path)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert found == [], json.dumps(found, indent=1)
