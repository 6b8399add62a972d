"""`karakana decide`: a signed credential, a registry with a status list, and the answer at the counter."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from generator.passports import presentation, statuses
from tests.commands import karakana
from tests.passport_samples import HUB, NOW, SIGNER, SITE, made

MACHINE = "gh/tamale-works/cutter"
FILES = {
    "registry.yaml": f"name: Try\nurl: {SITE}\nlanguages: [en]\n",
    "hubs/gh/tamale-works.yaml": (
        "name: Tamale Works\nkind: makerspace\nwebsite: https://tamale.example/\n"
        "location: {locality: Tamale, precision: city}\n"
        f"keys:\n  - {{public_key: {SIGNER.public_key}, valid_from: 2026-01-01}}\n"
    ),
    "machines/gh/tamale-works/cutter.yaml": "name: Cutter\nrequires: [{competence: laser-operation, level: 2}]\n",
    "competences/laser-operation.yaml": "labels: {en: Laser}\nversion: 3\nlevels:\n"
    "  - {level: 1, name: {en: inducted}}\n  - {level: 2, name: {en: operator}}\n",
}

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "ama.json").write_text(json.dumps(presentation.presented([made()])))
    publish(tmp_path)
    return tmp_path


def publish(here: Path, *revoked: int, at: datetime = NOW) -> None:
    path = here / "registry" / statuses.path_of(HUB.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(statuses.signed(statuses.unsigned(SITE, HUB.id, revoked, at), SIGNER, HUB.id, SITE)))


def asked(here: Path, *words: str, day: str = "2026-11-22") -> tuple[int, str, str]:
    return karakana(here, "decide", "-q", "--passport", "ama.json", "--machine", MACHINE, "--on", day, *words)


def test_the_holder_may(here: Path) -> None:
    code, out, _ = asked(here)
    assert code == 0
    assert out.startswith(f"yes: {MACHINE} on 2026-11-22\n  permit      assessed here: laser-operation at level 2")


def test_json_has_the_code_and_the_record_that_decided(here: Path) -> None:
    code, out, _ = asked(here, "--format", "json")
    found = json.loads(out)
    assert (code, found["result"]) == (0, "permit")
    assert [(one["code"], one["record"]) for one in found["reasons"]] == [("own", f"hubs/{HUB.id}")]


@pytest.mark.parametrize(("day", "code"), [("2026-11-19", "signed-later"), ("2027-11-22", "status-stale")])
def test_not_on_that_day(here: Path, day: str, code: str) -> None:
    done, out, _ = asked(here, "--format", "json", day=day)
    assert (done, json.loads(out)["reasons"][0]["code"]) == (1, code)


def test_not_when_revoked_or_nobody_knows(here: Path) -> None:
    publish(here, 4711)
    code, out, _ = asked(here)
    assert code == 1
    assert f"{HUB.id} revoked the credential" in out
    (here / "registry" / statuses.path_of(HUB.id)).unlink()
    assert asked(here)[0] == 1


def test_an_unknown_machine_is_a_message(here: Path) -> None:
    code, _, err = asked(here, "--machine", "gh/tamale-works/cuter")
    assert code == 2
    assert "did you mean gh/tamale-works/cutter?" in err


def test_a_machine_whose_record_is_broken_is_not_unknown(here: Path) -> None:
    (here / "registry" / f"machines/{MACHINE}.yaml").write_text("name: [\n")
    code, _, err = asked(here)
    assert (code, "is not sound; `karakana check` says why" in err) == (2, True)


def test_a_file_that_is_no_passport(here: Path) -> None:
    (here / "ama.json").write_text('{"a": "\\u001b[31m"}')
    code, _, err = asked(here)
    assert code != 0
    assert "\x1b" not in err
