"""Who recognises whom, as pages tell it: machines, competences, hubs and the matrix, for rules of every kind."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from generator import registry
from generator.passports.mutual import worths
from generator.publish import competence, grid, hubs, machines, pages, recognised, shells, site, strings
from generator.publish.edition import Edition, Relations
from generator.publish.page import Item, Page, Section, Table
from generator.records import Competence, Hub, Machine
from generator.registry import Registry
from tests.passport_histories import COMPETENCES, history, registry_of

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 30)
KEY = {"public_key": "z6MkkKKG3bT6g1HaL4vcu35PeKg8JthzeABpUHjDQsfT9FgN", "valid_from": "2026-01-01"}
LASER = {"labels": {"en": "Laser"}, "levels": [{"level": at, "name": {"en": f"Step {at}"}} for at in (1, 2, 3)]}
HUBS: dict[str, dict[str, Any]] = {
    "at/near": {"location": {"locality": "Wien", "latitude": 48.2, "longitude": 16.4}},
    "at/home": {"location": {"locality": "Linz", "latitude": 48.3, "longitude": 14.3}, "keys": [KEY]},
    "gh/kumasi": {"location": {"locality": "Kumasi", "latitude": 6.7, "longitude": -1.6}, "keys": [KEY]},
    "gh/river": {"networks": ["rivers"]},
    "gh/shut": {"networks": ["rivers"], "status": "paused"},
    "ke/lake": {"networks": ["rivers"]},
    "ke/quiet": {},
    "ke/solo": {},
}
RULES: dict[str, dict[str, Any]] = {
    "at/home/near": {"decision": "accept", "issuers": ["at/near"], "max_age_days": 365, "valid_until": "2027-12-31"},
    "at/home/kumasi": {"decision": "accept-after-induction", "issuers": ["gh/kumasi"],
                       "levels": [{"theirs": 2, "ours": 1}, {"theirs": 3, "ours": 2}]},
    "at/home/rivers": {"decision": "accept", "networks": ["rivers"], "excludes": ["at/home/big"]},
    "at/home/not-lake": {"decision": "refuse", "issuers": ["ke/lake"]},
    "at/home/old": {"decision": "accept", "issuers": ["ke/quiet"], "valid_until": "2026-03-01"},
    "at/near/home": {"decision": "accept", "issuers": ["at/home"]},
    "gh/river/own": {"decision": "accept", "networks": ["rivers"], "competence": "drill"},
    "ke/lake/both": {"decision": "accept", "issuers": ["gh/kumasi", "gh/shut"], "valid_from": "2026-07-01"},
}  # fmt: skip
MACHINES: dict[str, dict[str, Any]] = {
    "at/home/laser": {"requires": [{"competence": "laser", "level": 2}]},
    "at/home/big": {"requires": [{"competence": "laser", "level": 2}]},
    "at/home/staffed": {"use": "operated", "requires": [{"competence": "laser", "level": 2}]},
    "at/home/free": {},
    "at/home/hard": {"requires": [{"competence": "laser", "level": 3}]},
}


def world() -> Registry:
    basics = {"kind": "makerspace", "location": {"locality": "Town"}}
    tables: dict[str, dict[str, Any]] = {
        "competence": {"laser": LASER, "lathe": {**LASER, "labels": {"en": "Lathe"}},
                       "drill": {**LASER, "labels": {"en": "Drill"}}},
        "hub": {id: {**basics, "name": {"en": id}, **hub} for id, hub in HUBS.items()},
        "machine": {id: {"name": id, **one} for id, one in MACHINES.items()},
        "network": {"rivers": {"name": {"en": "Rivers"}, "kind": "regional"}},
        "recognition": {
            id: {"competence": "laser", "valid_from": "2026-01-01", **rule} for id, rule in RULES.items()
        },
        "passport": {"a": {"consent_on": "2026-06-01", "credentials": [
            {"id": f"urn:uuid:{at}", "issuer": hub, "competence": "laser", "level": 2, "assessed_on": "2026-05-01",
             "basis": basis}
            for at, (hub, basis) in enumerate((("gh/river", "assessment"), ("ke/solo", "recognition")))
        ]}},
    }  # fmt: skip
    made = {
        kind: {id: json.dumps(table[id]).encode() for id in sorted(table)} for kind, table in sorted(tables.items())
    }
    return Registry(root=Path(), as_of=DAY, tables=made)


def edition_of(known: Registry) -> Edition:
    settings = registry.load(ROOT / "tests/mini/registry", as_of=DAY, prefix="registry/").settings
    assert settings is not None
    return Edition(known, settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


@pytest.fixture(scope="module")
def edition() -> Edition:
    return edition_of(world())


def part(page: Page, id: str) -> Section:
    return next(section for section in page.sections if section.id == id)


def machine(edition: Edition, id: str) -> Section:
    record = edition.registry.get(Machine, id)
    assert record is not None
    return part(machines.machine(edition, record), "needs")


def lines(card: Item, at: int) -> list[tuple[str, str]]:
    return [(item.text, item.note) for item in card.facts[at].items]


def laser(edition: Edition) -> Competence:
    record = edition.registry.get(Competence, "laser")
    assert record is not None
    return record


def test_a_machine_says_where_to_be_assessed_the_nearest_first(edition: Edition) -> None:
    section = machine(edition, "at/home/laser")
    (card,) = section.items
    assert (card.text, card.note, card.page) == ("Laser", "level 2 (Step 2)", "competences/laser/")
    assert lines(card, 0) == [
        ("at/home", "this hub assesses it"),
        ("at/near", "156 km away · from their level 2, not older than 365 days, rule ends on 31 Dec 2027"),
        ("gh/kumasi", "4,746 km away · from their level 3, after a local induction"),
        ("gh/river", "from their level 2"),
        ("Rivers", "any active member, from their level 2"),
    ]
    assert lines(card, 1) == [("ke/lake", "does not accept"), ("ke/quiet", "rule not in force · ended 1 Mar 2026")]
    assert [link.page for link in section.links] == ["verify/", "hubs/at/home/#contact"]


def test_a_rule_does_not_open_what_it_excludes(edition: Edition) -> None:
    (card,) = machine(edition, "at/home/big").items
    assert [name for name, _ in lines(card, 0)] == ["at/home", "at/near", "gh/kumasi"]
    assert lines(card, 1)[-1] == ("Rivers", "any active member, not for this machine")


def test_a_level_that_no_map_reaches_is_told(edition: Edition) -> None:
    (card,) = machine(edition, "at/home/hard").items
    assert ("gh/kumasi", "counts as level 2 at most") in lines(card, 1)


@pytest.mark.parametrize(("id", "words"), [("staffed", "have the work done"), ("free", "Ask the hub")])
def test_where_nothing_is_to_be_had_the_hub_is_asked(edition: Edition, id: str, words: str) -> None:
    section = machine(edition, f"at/home/{id}")
    assert section.items == ()
    assert words in section.paragraphs[0]
    assert [link.page for link in section.links] == ["hubs/at/home/#contact"]


def test_a_competence_says_who_assesses_who_recognises_and_who_asks(edition: Edition) -> None:
    first, table = competence.competences(edition, laser(edition))
    assessors = part(first, "issuers")
    assert [(item.text, "no key" in item.note) for item in assessors.items] == [
        ("gh/kumasi", False), ("at/home", False), ("gh/river", True), ("ke/quiet", True), ("at/near", True),
        ("gh/shut", True),
    ]  # fmt: skip
    assert [level.title for level in part(first, "machines").sections] == ["Level 2: Step 2", "Level 3: Step 3"]
    second = part(first, "machines").sections[0]
    assert second.paragraphs == ("3 machines",)
    assert (second.items[0].text, second.items[0].page) == ("at/home/big", "machines/at/home/big/")
    assert second.items[0].note == "at/home · Linz, Austria"
    assert len(part(first, "recognition").items) == len(RULES) - 1
    assert [link.page for link in part(first, "recognition").links] == [table.path, "recognitions/matrix/"]


def cells(table: Table) -> dict[tuple[str, str], str]:
    return {
        (head.text, column.text): " | ".join(" · ".join(filter(None, (one.text, one.note))) for one in cell)
        for head, row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if cell
    }


def test_the_matrix_of_a_competence(edition: Edition) -> None:
    (page,) = grid.grids(edition, laser(edition))
    table = page.sections[0].table
    assert table is not None
    assert cells(table) == {
        ("at/home", "at/home"): "its own assessments",
        ("at/home", "at/near"):
            "accepts · level for level · not older than 365 days · rule ends on 31 Dec 2027 · both ways",
        ("at/home", "gh/kumasi"):
            "accepts after an induction · their 2 counts as 1, their 3 counts as 2 · one way",
        ("at/home", "gh/shut"): "not while that hub is not open",
        ("at/home", "ke/lake"): "does not accept",
        ("at/home", "Others"): "ke/quiet · rule not in force · ended 1 Mar 2026",
        ("at/home", "Members of Rivers"): "accepts · level for level",
        ("at/near", "at/home"): "accepts · level for level · both ways",
        ("at/near", "at/near"): "its own assessments",
        ("ke/lake", "gh/kumasi"): "rule not in force · from 1 Jul 2026 on",
        ("ke/lake", "gh/shut"): "rule not in force · from 1 Jul 2026 on",
        ("ke/lake", "ke/lake"): "its own assessments",
    }  # fmt: skip
    tones = {item.tone for _, row in table.rows for cell in row for item in cell}
    assert tones == {"accepted", "refused", "stale"}


def test_whom_few_name_stands_in_the_last_column(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_COLUMNS", 2)
    grid.grid.cache_clear()
    (page,) = grid.grids(edition, laser(edition))
    grid.grid.cache_clear()
    table = page.sections[0].table
    assert table is not None
    assert [column.text for column in table.columns] == ["gh/kumasi", "Members of Rivers", "Others"]
    (_, home), (_, near), (_, lake) = table.rows
    assert [item.text for item in home[-1]] == ["at/near", "ke/lake", "ke/quiet"]
    assert home[-1][1].note == "does not accept"
    assert (len(near[-1]), len(lake[-1])) == (1, 1)


def test_many_hubs_stand_on_pages(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_ROWS", 2)
    first, second = grid.grids(edition, laser(edition))
    assert (first.path, second.path) == (
        "competences/laser/recognition/", "competences/laser/recognition/page--2/"
    )  # fmt: skip
    assert [item.page for item in part(first, "pages").items] == ["", second.path]
    assert first.sections[0].table is not None
    assert [head.text for head, _ in first.sections[0].table.rows] == ["at/home", "at/near"]


def test_nobody_has_a_rule_so_there_is_no_matrix(edition: Edition) -> None:
    record = edition.registry.get(Competence, "lathe")
    assert record is not None
    (page,) = competence.competences(edition, record)
    assert part(page, "recognition").paragraphs
    assert part(page, "issuers").paragraphs == ("No record says so yet. Ask a hub whose machines ask for it.",)
    assert part(page, "machines").paragraphs == ("No machine says that it asks for it.",)


def test_many_hubs_that_ask_are_listed_by_country(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(competence, "_FIRST", 0)
    first, _, listed = competence.competences(edition, laser(edition))
    assert [(item.text, item.page, item.note) for item in part(first, "machines").items] == [
        ("Austria", "competences/laser/at/", "1")
    ]
    assert listed.path == "competences/laser/at/"
    assert [item.note for item in listed.sections[0].items] == ["Makerspace · Linz · level 2, level 3"]


def test_a_hub_says_whose_credentials_count_and_where_its_own_do(edition: Edition) -> None:
    def of(id: str) -> tuple[Section, Section]:
        record = edition.registry.get(Hub, id)
        assert record is not None
        return recognised.here(edition, record), recognised.elsewhere(edition, record)

    here, elsewhere = of("at/home")
    assert len(here.items) == 5
    assert here.items[0].note.startswith("their 2 counts as 1")
    assert [(item.text, item.note) for item in elsewhere.items] == [("at/near on Laser", "accepts · level for level")]
    _, through = of("gh/river")
    assert [item.text for item in through.items] == ["at/home on Laser"]
    _, refused = of("ke/lake")
    assert [(item.note, item.tone) for item in refused.items] == [
        ("does not accept", "refused"), ("accepts · level for level", ""),
    ]  # fmt: skip
    record = edition.registry.get(Hub, "at/home")
    assert record is not None
    section = part(hubs.hub(edition, record), "needs")
    assert [inner.id for inner in section.sections] == ["credentials", "recognised"]


def test_rules_about_a_large_network_are_counted(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognised, "_SHOWN", 0)
    record = edition.registry.get(Hub, "gh/river")
    assert record is not None
    section = recognised.elsewhere(edition, record)
    assert section.items == ()
    assert [(item.text, item.page, item.note) for item in section.links] == [
        ("More about members of Rivers", "networks/rivers/#recognition", "1")
    ]


@given(seed=st.integers(0, 2**32))
def test_each_cell_is_what_the_decision_says(seed: int) -> None:
    """Every hub with a rule stands in a row, everybody it names in a column; cells are the worths themselves."""
    known = registry_of(history(random.Random(seed)))
    relations = Relations(known)
    for name in COMPETENCES:
        ids = relations.naming.hubs.get(name, ())
        found = grid.grid(relations, name, ids, 4)
        assert tuple(row.hub for row in found.rows) == ids
        for row in found.rows:
            for column, worth in zip(found.columns, row.cells, strict=True):
                if not column.is_network:
                    (same,) = worths(relations.facts, known.as_of, (row.hub, name), [column.id], 4)
                    assert worth == same
            rules = relations.facts.rules[row.hub, name]
            assert rules.issuers & set(relations.facts.hubs) <= {one.id for one in found.columns}


class Bare(dict[str, shells.Shell]):
    """A shell for every page that adds nothing."""

    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> shells.Shell:
        return shells.Shell(b"", b"", b"", b"")


def test_a_stacked_table_carries_its_headings_and_roles(edition: Edition) -> None:
    templates = pages.Templates(ROOT / "site/templates", shells.Frame(ROOT, Bare(), ()), edition)
    (page,) = grid.grids(edition, laser(edition))
    text = templates.page(page).content.decode()
    assert text.count('role="rowheader"') == 3
    assert text.count('role="columnheader"') == 8
    assert 'data-of="Members of Rivers"' in text
    made = [one.path for one in site._competence(edition, templates, "laser")]
    assert made == ["competences/laser/index.html", "competences/laser/recognition/index.html"]


@pytest.mark.browser
def test_rows_are_cards_on_a_phone_and_still_a_table(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}competences/laser-operation/recognition/")
    row = page.get_by_role("row", name="Star Workshop")
    expect(row.get_by_role("cell").first).to_contain_text("their 2 counts as 1")
    expect(page.locator(".karakana-stacked thead")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    head = "getComputedStyle(document.querySelector('.karakana-stacked td'), '::before').content"
    assert page.evaluate(head) == '"Tamale Open Workshop"'
    page.close()
