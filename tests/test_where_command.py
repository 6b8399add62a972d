"""`karakana where`: what a passport opens, what it would open with one more step, and how far that is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import karakana
from tests.test_decide_command import here as here  # noqa: PLC0414  a fixture
from tests.test_decide_command import publish

MORE = {
    "hubs/gh/kumasi-works.yaml": (
        "name: Kumasi Works\nkind: makerspace\nwebsite: https://kumasi.example/\n"
        "location: {locality: Kumasi, latitude: 6.69, longitude: -1.62}\n"
    ),
    "machines/gh/kumasi-works/cutter.yaml": "name: Cutter\nrequires: [{competence: laser-operation, level: 2}]\n",
    "recognitions/gh/kumasi-works/laser.yaml": (
        "decision: accept-after-induction\nissuers: [gh/tamale-works]\ncompetence: laser-operation\n"
        "valid_from: 2026-01-01\n"
    ),
    "hubs/gh/accra-works.yaml": (
        "name: Accra Works\nkind: makerspace\nwebsite: https://accra.example/\n"
        "location: {locality: Accra, latitude: 5.56, longitude: -0.2}\n"
    ),
    "machines/gh/accra-works/cutter.yaml": "name: Cutter\nrequires: [{competence: laser-operation, level: 1}]\n",
}
pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def three(here: Path) -> Path:
    for name, text in MORE.items():
        path = here / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return here


def asked(folder: Path, *words: str) -> tuple[int, str, str]:
    return karakana(folder, "where", "-q", "--passport", "ama.json", "--on", "2026-11-22", *words)


def test_each_hub_by_what_the_passport_does_there(three: Path) -> None:
    code, out, _ = asked(three, "--near", "6.69,-1.62")
    assert code == 0
    own, condition, step = out.index("are open: 1"), out.index("on a condition: 1"), out.index("One step away: 1")
    assert own < condition < step
    assert "gh/tamale-works/cutter" in out[own:condition]
    assert "gh/kumasi-works, Kumasi, 0 km away" in out[condition:step]
    assert "the hub does not recognise gh/tamale-works" in out[step:]


def test_json(three: Path) -> None:
    code, out, _ = asked(three, "--format", "json")
    rows = {one["hub"]: (one["result"], [why["code"] for why in one["reasons"]]) for one in json.loads(out)["openings"]}
    assert code == 0
    assert rows == {
        "gh/tamale-works": ("permit", ["own"]),
        "gh/kumasi-works": ("conditional", ["recognised-after-induction"]),
        "gh/accra-works": ("deny", ["not-recognised"]),
    }


def test_machines_that_state_nothing_are_counted(three: Path) -> None:
    (three / "registry/machines/gh/accra-works/lathe.yaml").write_text("name: Lathe\n")
    assert "Machines that do not say what they ask for: 1. Ask their hubs." in asked(three)[1]
    assert json.loads(asked(three, "--format", "json")[1])["unstated"] == 1


def test_what_was_revoked_opens_nothing(three: Path) -> None:
    index = json.loads((three / "ama.json").read_text())["verifiableCredential"][0]["credentialStatus"]
    publish(three, int(index["statusListIndex"]))
    code, out, _ = asked(three)
    assert code == 1
    assert "are open" not in out
    assert "revoked the credential" in out


def test_a_file_that_is_none(three: Path) -> None:
    (three / "ama.json").write_text("{}")
    code, _, err = asked(three)
    assert code != 0
    assert "ama.json" in err
