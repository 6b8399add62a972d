"""Every page kind as axe-core and a screen reader find it (WCAG 2.2 AA), in English and in Arabic: no findings.

Wide or narrow, light or dark, English or Arabic: each pair of these is looked at, with four of the eight combinations.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Files, served
from tests.test_site import PAGES

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
KINDS = (
    *PAGES,
    "add/",
    "match/?design=stool",
    "match/?process=sewing",
    "explore/",
    "explore/?view=map",
    "embed/",
    "offline/",
)
AXE = ROOT / "site/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "phone-light-en": ("address", {"viewport": PHONE, "color_scheme": "light"}),
    "desk-dark-en": ("address", {"viewport": DESK, "color_scheme": "dark"}),
    "phone-dark-ar": ("arabic", {"viewport": PHONE, "color_scheme": "dark"}),
    "desk-light-ar": ("arabic", {"viewport": DESK, "color_scheme": "light"}),
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
# What somebody who moves from heading to heading, landmark to landmark, link to link relies on. Menus are unfolded;
# what stands in a table is told apart by its row and column, what has a note beside it by the note.
READ = """() => {
    const isSeen = (one) => one.checkVisibility({checkVisibilityCSS: true});
    const seen = [...document.querySelectorAll("body *")].filter(isSeen);
    const find = (selector) => seen.filter((one) => one.matches(selector));
    const textOf = (one) => (one?.textContent ?? "").replace(/\\s+/g, " ").trim();
    const byIds = (ids) => ids.split(" ").map((id) => textOf(document.getElementById(id))).join(" ").trim();
    const nameOf = (one) => one.hasAttribute("aria-labelledby") ? byIds(one.getAttribute("aria-labelledby"))
        : one.getAttribute("aria-label") ?? [...(one.labels ?? [])].map(textOf).join(" ");
    const faults = [];
    const headings = find("h1, h2, h3, h4, h5, h6");
    if (headings.filter((one) => one.tagName === "H1").length !== 1) faults.push("not one h1");
    headings.reduce((last, one) => {
        const level = Number(one.tagName[1]);
        if (level > last + 1 || textOf(one) === "") faults.push(`h${level} after h${last}: ${textOf(one)}`);
        return level;
    }, 0);
    const marks = {main: "main", navigation: "nav", complementary: "aside", search: "search, [role=search]",
        region: "[role=region], section[aria-label], section[aria-labelledby]"};
    for (const [role, selector] of Object.entries(marks)) {
        const names = find(selector).map(nameOf);
        const isBare = names.includes("") && !["main", "search"].includes(role);
        if (isBare || new Set(names).size < names.length) faults.push(`${role}: ${names}`);
    }
    for (const one of find("button, summary, input, select, textarea, [role=button], [role=option]")) {
        const name = nameOf(one) || textOf(one);
        if (name === "") faults.push(`without a name: ${one.outerHTML.slice(0, 120)}`);
    }
    for (const one of find("table")) {
        if (!one.querySelector("th") || nameOf(one) + textOf(one.caption) === "") faults.push("a bare table");
    }
    for (const one of find("[role=listbox], [role=group], fieldset, dialog, [role=dialog]")) {
        if (nameOf(one) + textOf(one.querySelector("legend")) === "") faults.push(`without a name: ${one.className}`);
    }
    const leads = new Map();
    for (const one of find("a[href]")) {
        const name = nameOf(one) || textOf(one);
        if (name === "") faults.push(`a link without words: ${one.href}`);
        if (one.closest("td, #explore-list") || one.nextElementSibling?.tagName === "SMALL") continue;
        const goal = one.href.split("#")[0];
        if (goal === location.href.split("#")[0]) continue;
        const other = leads.get(name) ?? goal;
        if (other !== goal) faults.push(`two pages are called ${name}: ${other} and ${goal}`);
        leads.set(name, goal);
    }
    return faults;
}"""
# What WCAG 1.4.12 says that somebody may set: between lines, letters and words, and after paragraphs.
SPACED = "* {line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important}"
FITS = "document.documentElement.scrollWidth <= innerWidth"
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; })"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The site where its registry.yaml says, for the sake of the page for what is not there."""
    with served(Files(built), "/registry/") as found:
        yield found


class Reader:
    """A page without the worker, so that it is what the build wrote, and without motion: nothing is half faded in."""

    def __init__(self, browser: Browser, address: str, look: dict[str, Any]) -> None:
        self.address = address
        options = {"reduced_motion": "reduce", "service_workers": "block", "bypass_csp": True}
        self.look = look
        self.context = browser.new_context(**look, **options)
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture(scope="module", params=LOOKS)
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Reader]:
    site, look = LOOKS[request.param]
    made = Reader(browser, request.getfixturevalue(site), look)
    yield made
    made.context.close()


@pytest.mark.parametrize("path", KINDS)
def test_a_page_kind_is_for_everybody(reader: Reader, path: str) -> None:
    if path == "404.html" and reader.address.endswith("/ar/"):
        pytest.skip("there is one for all languages")
    page = reader.open(path)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if reader.address.endswith("/ar/") else "ltr")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, TAGS)
    assert found == [], json.dumps(found, indent=1)
    page.evaluate(UNFOLD)
    assert page.evaluate(READ) == []
    # A desk at 400 % is as wide (WCAG 1.4.10).
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function(FITS)
    page.add_style_tag(content=SPACED)
    page.wait_for_function(FITS)
    page.set_viewport_size(reader.look["viewport"])
