"""The page of a network: its charter, who assesses, and what members' own rules make of it; a charter opens nothing."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from generator import registry
from generator.checks import example
from generator.passports import decision, recognising
from generator.passports.values import Claim, Evidence, Question, Result
from generator.publish import edition, networks, strings
from generator.publish.page import Page
from generator.records import Hub, Network
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 30)


def known(folder: Path, *layers: Path) -> Registry:
    for layer in (example.BASE, *layers):
        shutil.copytree(layer, folder, dirs_exist_ok=True)
    return registry.load(folder, as_of=DAY)


def page(found: Registry) -> Page:
    words = strings.read(ROOT / "site" / "strings", "en")
    assert found.settings is not None
    record = found.get(Network, "river")
    assert record is not None
    return networks.network(edition.Edition(found, found.settings, words, edition.Relations(found)), record)


def sections(made: Page) -> dict[str, list[str]]:
    return {one.id: [item.page for item in one.items] for one in made.sections}


def test_members_who_assess_and_those_without_a_rule(tmp_path: Path) -> None:
    made = page(known(tmp_path, example.bad("charter-refused").folder))
    assert sections(made) == {
        "hubs": [], "assess": ["hubs/gh/key-house/", "hubs/gh/wood-house/"],
        "recognition": ["recognitions/gh/key-house/laser/", "recognitions/gh/wood-house/laser/"],
    }  # fmt: skip
    (trusted,) = (one for one in made.sections if one.id == "recognition")
    assert "opens no machine by itself" in trusted.paragraphs[0]
    charters = [item.page for fact in made.facts if fact.label == "Charter" for item in fact.items]
    assert charters == ["contracts/river-charter/1/"]
    shutil.rmtree(tmp_path / "recognitions/gh/wood-house")
    silent = sections(page(registry.load(tmp_path, as_of=DAY)))["silent"]
    assert silent == ["hubs/gh/wood-house/"]


def test_without_a_charter_there_is_no_word_of_one(tmp_path: Path) -> None:
    made = page(known(tmp_path, example.bad("network-without-charter").folder))
    assert "silent" not in sections(made)
    assert not any("charter" in text for one in made.sections for text in one.paragraphs)


def test_a_charter_opens_nothing(tmp_path: Path) -> None:
    """Members of a charter, and a machine at one of them: only a rule makes a difference."""
    known(tmp_path, example.good("not-a-charter").folder)
    hub = tmp_path / "hubs/gh/base-hub.yaml"
    hub.write_text(f"{hub.read_text()}networks:\n  - river\n")
    assert answer(registry.load(tmp_path, as_of=DAY)) is Result.DENY
    rule = tmp_path / "recognitions/gh/base-hub/laser.yaml"
    rule.parent.mkdir(parents=True)
    text = "decision: accept\nnetworks:\n  - river\ncompetence: laser-cutter-operation\nvalid_from: 2026-02-01\n"
    rule.write_text(text)
    assert answer(registry.load(tmp_path, as_of=DAY)) is Result.PERMIT
    file = tmp_path / "networks/river.yaml"
    file.write_text(file.read_text().replace("charter: river-charter/1\n", ""))
    assert answer(registry.load(tmp_path, as_of=DAY)) is Result.PERMIT


def answer(found: Registry) -> Result:
    """Return what somebody may do at the base hub whom the key house assessed."""
    issuer = found.get(Hub, "gh/key-house")
    assert issuer is not None
    claim = Claim(
        id="urn:uuid:1", issuer=issuer.id, holder="me", name="", competence="laser-cutter-operation", version=1,
        level=2, assessed_on=DAY, valid_from=datetime(2026, 6, 30, tzinfo=UTC), valid_until=None, basis="assessment",
        note="", status_list="", status_index=-1,
    )  # fmt: skip
    evidence = Evidence(claim, "", "", DAY, issuer.keys[0].public_key)
    facts = recognising.facts_of(found)
    return decision.decide(facts, Question("gh/base-hub/laser", DAY), [evidence]).result
