"""The first hubs in Explore's page are those that its script puts first: real before invented, fresh before stale."""

import json
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from generator import registry
from generator.publish import columns, columns_labels, edition, explore, strings
from tests.exploring import DESK, bundled, names, visiting

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
DAYS = ("2026-05-01", "2025-01-01", "", "2020-01-01")  # fresh, due, unknown, stale on the day of the registry


@pytest.fixture
def many(tmp_path: Path) -> edition.Edition:
    """The miniature registry with a hub for each day, invented and real, open and closed."""
    folder = shutil.copytree(ROOT / "tests/mini/registry", tmp_path / "registry")
    for number, (day, invented, status) in enumerate(product(DAYS, (True, False), ("active", "closed"))):
        name = f"Invented {number:02}" if invented else f"Real {number:02}"
        record: dict[str, object] = {
            "name": name,
            "kind": "workshop",
            "status": status,
            "website": "https://a.example/",
        }
        record |= {"location": {"locality": "Tamale", "latitude": 9 + number / 100, "longitude": 0.0}}
        record |= {"demonstration": True} if invented else {}
        record |= {"verified": {"on": day, "how": "call"}} if day else {}
        (folder / f"hubs/gh/hub-{number:02}.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    known = registry.load(folder, as_of=date(2026, 6, 30))
    assert known.settings is not None
    words = strings.read(ROOT / "site/strings", "en")
    return edition.Edition(known, replace(known.settings), words, edition.Relations(known))


def test_the_script_puts_hubs_in_the_order_of_the_page(browser: Browser, many: edition.Edition) -> None:
    made = [*columns.columns(many), *columns_labels.labels(many, (), ())]
    files = {one.path: json.loads(one.content) for one in made if one.path.endswith(".json")}
    data = [files[f"data/{name}.json"] for name in ("tables", "labels.en", "hubs")]
    page = browser.new_page()
    bundled(page, "export * from './world'; export * from './answers'; export * from './state'")
    found = page.evaluate(
        """([[tables, labels, hubs], search]) => {
          const world = new app.World(tables, labels, hubs);
          world.add("", hubs);
          return Array.from(new app.Answers(world).to(app.readState(search)).hubs, (hub) => world.name[hub]);
        }""",
        [data, ""],
    )
    page.close()
    first = [item.text for item in explore.explore(many).sections[1].items]
    assert found == first
    added = [name for name in found if name.startswith(("Real", "Invented"))]
    assert [name.split()[0] for name in added] == ["Real"] * 4 + ["Invented"] * 4


def test_the_page_shows_the_first_hubs_before_its_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, java_script_enabled=False) as bare:
        before = names(bare("explore/"))
    with visiting(browser, address, **DESK) as whole:
        page = whole("explore/")
        expect(page.locator("#karakana-explore")).to_have_attribute("data-hubs", "4")
        assert names(page) == before
    assert "invented" in before[-1]


def test_invented_hubs_come_last_near_a_place(browser: Browser, address: str) -> None:
    with visiting(browser, address, **DESK) as visit:
        page = visit("explore/?near=ke/kisumu&within=20000")
        expect(page.locator("#explore-count")).to_have_text("4 hubs")
        assert "invented" in names(page)[-1]
