"""Explore in a real browser with addresses and records of somebody who means harm, or of nobody who thought."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.exploring import PHONE, Visit, bundled, visiting

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address, **PHONE) as made:
        yield made


@pytest.mark.parametrize(
    ("query", "hubs"),
    [
        ("q=%00%01%FF", 4),
        ("q=%E0%A4", 4),
        ("q=" + "a" * 20_000, 0),
        ("q=" + "%F0%9F%94%A8" * 60, 4),
        ("q=%22%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E", 1),
        ("near=junk", 0),
        ("near=gh/nowhere-known", 0),
        ("near=%3Cimg+src=x+onerror=window.pwned=1%3E", 0),
        ("near=999,999", 0),
        ("near=NaN,NaN", 0),
        ("near=,", 0),
        ("near=gh/tamale&within=-5", 2),
        ("near=gh/tamale&within=1e99", 2),
        ("size=junk", 4),
        ("size=0x0", 4),
        ("size=-1x2x3", 4),
        ("size=1x2x3x4x5", 4),
        ("size=1e300", 4),
        ("area=NaN,1,2,3", 4),
        ("area=90,0,-90,0", 4),
        ("country=xx", 0),
        ("model=no/such", 0),
        ("access=no-such", 0),
        ("verified=no-such&status=no-such", 0),
        ("process=__proto__,constructor,toString", 0),
        ("country=" + ",".join(f"x{number}" for number in range(5_000)), 0),
        ("network=" + "x" * 60_000, 0),
        ("kind=+", 0),
        ("country=gh&country=ke", 3),
        ("view=map&view=list", 4),
        ("view=what&__proto__=1&constructor=2", 4),
        ("&&==&%&q", 4),
    ],
)
def test_nonsense_in_the_address_breaks_nothing(phone: Visit, query: str, hubs: int) -> None:
    page = phone(f"explore/?{query}")
    expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", str(hubs))
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if hubs == 0:
        page.locator(".explore-nothing button").last.click()
        expect(page.locator("#karakana-explore")).not_to_have_attribute("data-hubs", "0")
    expect(page.get_by_role("button", name="Filters")).to_be_enabled()


def test_no_cell_of_a_download_is_a_formula(browser: Browser) -> None:
    page = browser.new_page()
    bundled(page, "export * from './download'")
    made = page.evaluate("""app.csv({
      id: () => "gh/a", name: ["=1+1, \\"x\\""], town: ["@town"], marks: [0], y: [-1], x: [NaN], kind: [0],
      tables: {kinds: ["-kind"]}, hubPage: () => "hubs/gh/a/", machineName: () => "+m",
    }, {hubs: [0], machines: () => [1]}, "https://a.example/")""")
    page.close()
    assert made.split("\r\n")[1] == (
        """gh/a,"'=1+1, ""x""\",'-kind,active,gh,'@town,-1,,exact,unknown,no,'+m,https://a.example/hubs/gh/a/"""
    )
