"""What the form warns of, by one table of cases for the checks and for the browser: private contacts, places, hosts."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import outlines
from generator.checks import contacts, texts
from generator.publish import form_rules
from tests.forming import ask, forming

pytestmark = pytest.mark.browser

PUBLISHED = {one.path: json.loads(one.content) for one in form_rules.rules()}
RULES = PUBLISHED["data/form.json"]
QUIET = settings(max_examples=40, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with forming(browser, tmp_path_factory.mktemp("forms")) as page:
        yield page


def land(country: str) -> Any:
    return PUBLISHED[f"data/records/land/{country}.json"]


@pytest.mark.parametrize(
    ("email", "name", "private"),
    [
        ("ama.mensah@gmail.com", "Kumasi Hive", True), ("Ama@GMAIL.com", "Kumasi Hive", True),
        ("kumasihive@gmail.com", "Kumasi Hive", False), ("kh@gmail.com", "Kumasi Hive", False),
        ("info@gmail.com", "Kumasi Hive", False), ("fablab.wa@yahoo.fr", "Atelier du Nord", False),
        ("ama@hive.example", "Kumasi Hive", False), ("atelier-élan@gmail.com", "Élan", False),
        ("j.elan+lab@gmail.com", "Élan", False), ("jd+hive@gmail.com", "Kumasi Hive", True),
        ("123@qq.com", "Kumasi Hive", False), ("nobody", "Kumasi Hive", False), ("@gmail.com", "A", False),
        ("ورشة@gmail.com", "ورشة", False), ("mari@orange.fr", "Les Ateliers de Marie gh/marie", False),
        ("jean@orange.fr", "Les Ateliers de Marie gh/marie", True),
    ],
)  # fmt: skip
def test_addresses_of_persons(app: Page, email: str, name: str, private: bool) -> None:
    assert contacts.is_private(email, name) is private
    assert ask(app, "([rules, email, name]) => app.isPrivate(rules, email, name)", [RULES, email, name]) is private


@pytest.mark.parametrize(
    ("country", "phone", "mobile"),
    [
        ("gh", "+233 24 412 3456", True), ("gh", "+233 (0)24 412 3456", True), ("gh", "+233244123456", True),
        ("gh", "+233 30 222 1234", False), ("gh", "024 412 3456", False), ("gh", "+233 1", False), ("gh", "", False),
        ("ke", "+254 712 345678", True), ("ke", "+254 20 2345678", False), ("de", "+49 30 123456", False),
        ("de", "+49 171 2345678", True), ("us", "+1 212 555 0123", False), ("in", "+91 98765 43210", True),
        ("ci", "+225 07 01 23 45 67", True), ("ci", "+225 27 20 12 34 56", False), ("br", "+55 11 91234-5678", True),
    ],
)  # fmt: skip
def test_mobile_numbers(app: Page, country: str, phone: str, mobile: bool) -> None:
    assert contacts.is_mobile(phone) is mobile
    assert ask(app, "([land, phone]) => app.isMobile(land, phone)", [land(country), phone]) is mobile


@pytest.mark.parametrize(
    ("country", "text", "kinds"),
    [
        ("gh", "Open Monday to Friday, for all.", []), ("gh", "Write to ama@gmail.com, or ask.", ["email"]),
        ("gh", "ما رأيك؟ info@warsha.org", ["email"]), ("gh", "a@b, not an address", []),
        ("gh", "Call 024 412 3456 before you come", ["phone"]), ("gh", "Call +233 24 412 3456.", ["phone"]),
        ("gh", "Call +49 171 2345678.", ["phone"]), ("gh", "Size 600 x 400 x 1200 mm, 2024-01-01", []),
        ("gh", "Plot 12, Road 24412345", []), ("ke", "Founded 2012, 1200 members, 3 rooms", []),
        ("ke", "Tel. 0712 345678 / 0733 345678", ["phone", "phone"]), ("gh", "Node 1234567890123", []),
        ("gh", "Ama, born 12 March 1990, runs it.", ["birth"]), ("gh", "née le 12.03.1990", ["birth"]),
        ("gh", "Date of birth: 1990-03-12", ["birth"]), ("gh", "Born in 2012 as a club", []),
        ("gh", "Geboren am 3. März 1990 und 0244123456", ["phone", "birth"]), ("gh", "reborn 12 March 1990", []),
        ("gh", "Nacida el 12 de marzo de 1990; a.b@c.org", ["email", "birth"]), ("gh", "5.6037, -0.1870", []),
        ("de", "Ring 030 12345678 an", ["phone"]), ("ci", "07 01 23 45 67", ["phone"]),
        ("gh", "https://example.org/p/0244123456", ["phone"]),
    ],
)  # fmt: skip
def test_personal_data_in_texts(app: Page, country: str, text: str, kinds: list[str]) -> None:
    words = {"the e-mail": "email", "the teleph": "phone", "a date of ": "birth"}
    assert [words[what[:10]] for what, _ in contacts.personal(text, country.upper())] == kinds
    found = ask(app, "([rules, land, text]) => app.personal(rules, land, text)", [RULES, land(country), text])
    assert [kind for kind, _ in found] == kinds


def test_nobody_is_warned_before_the_country_is_known(app: Page) -> None:
    found = ask(app, "([rules, text]) => app.personal(rules, undefined, text)", [RULES, "024 412 3456, a@b.org"])
    assert found == [["email", "a@b.org"]]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://lab.gh/x", ""), ("http://planned", "none"), ("http://n/a", "none"), ("https://localhost:80/", "none"),
        ("https://www.example.com", "example"), ("https://a.example.org/", "example"), ("https://myexample.org", ""),
        ("https://lab.example/", ""), ("https://me:pw@lab.gh/", "user"), ("https://printer.local", "none"),
        ("https://LAB.GH", ""), ("https://lab.gh.", ""), ("ftp://x", ""), ("", ""), ("https://", "none"),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(app: Page, address: str, fault: str) -> None:
    host = address.removeprefix("https://").removeprefix("http://").split("/")[0].encode()
    words = {"": "", "is no": "none", "is fo": "example", "holds": "user"}
    if address.startswith("http"):
        assert words[texts.host_fault(host)[:5]] == fault
    assert ask(app, "address => app.hostFault(address)", address) == fault


def test_characters_that_nobody_can_see(app: Page) -> None:
    letters = st.sampled_from(
        "aéم अ☀\ufe0f🛠\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u202e\u2066\ufeff\u3164\U000e0041ש"
    )

    @QUIET
    @given(st.lists(st.text(letters, max_size=8), min_size=1, max_size=40))
    def compare(drawn: list[str]) -> None:
        assert ask(app, "all => all.map(app.visible)", drawn) == [texts.visible(text) for text in drawn]

    compare()


@pytest.mark.parametrize("country", ["gh", "ke", "za", "gb", "fr", "ru", "us", "fj", "cl", "id", "va", "hk"])
def test_points_lie_where_the_checks_say(app: Page, country: str) -> None:
    """Anywhere around a country: in it, near it, far from it; with numbers exchanged and signs changed."""
    draw = random.Random(country)
    rings = outlines.rings(country)
    xs = [x for ring in rings for x, _ in ring] or [12.45]
    ys = [y for ring in rings for _, y in ring] or [41.9]
    near = [(draw.choice(ys) + draw.gauss(0, 0.4), draw.choice(xs) + draw.gauss(0, 0.4)) for _ in range(40)]
    wide = [(draw.uniform(min(ys) - 3, max(ys) + 3), draw.uniform(min(xs) - 3, max(xs) + 3)) for _ in range(40)]
    points = [(round(y, 4), round(x, 4)) for y, x in (*near, *wide)]
    points += [one for y, x in points[::4] for one in ((x, y), (-y, x), (y, -x))]
    for precision, km in (("exact", 20), ("city", 40), ("country", 150)):
        made = ask(app, "([land, all, how]) => all.map(one => app.verdict(land, one, how).kind)",
                   [land(country), points, precision])  # fmt: skip
        wanted = [said(country, point, km) for point in points]
        unlike = [(*pair, point) for *pair, point in zip(made, wanted, points, strict=True) if pair[0] != pair[1]]
        assert unlike == []


def said(country: str, point: outlines.Point, km: float) -> str:
    """Return what the checks of places say of a point."""
    y, x = point
    if outlines.is_near(country, point, km) and abs(y) <= 90:
        return "fine"
    if outlines.is_near(country, (x, y), km) and abs(x) <= 90:
        return "swapped"
    return "signs" if any(outlines.is_near(country, one, km) for one in ((y, -x), (-y, x), (-y, -x))) else "far"


def test_zero_is_a_point_in_the_sea(app: Page) -> None:
    assert ask(app, "land => app.verdict(land, [0, 0], 'exact')", land("gh")) == {"kind": "zero"}
    assert ask(app, "land => app.verdict(land, [5.6, 0.19], 'exact').kind", land("gh")) == "fine"
    assert ask(app, "land => app.verdict(land, [-7.9, 0.3], 'exact')", land("gh")) == {
        "kind": "signs", "meant": [7.9, 0.3],
    }  # fmt: skip
