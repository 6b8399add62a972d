"""The bench of passports: what is made is in order, every peer agrees, and the figures fill the tables."""

import shutil
from pathlib import Path

import pytest

from bench import make, passports, passports_measured, recognition, results
from generator import checks, registry
from generator.diagnostics import Severity
from generator.passports import presentation
from generator.passports.presentation import Passport

HUBS, MACHINES = 60, 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("passports") / "top"
    make.make(top, HUBS, MACHINES, seed=1)
    shutil.copytree(top, top.with_name("again"))
    assert recognition.recognise(top, 1).rules == HUBS * 5
    return top


def test_what_is_made_has_no_errors_and_is_always_the_same(made: Path) -> None:
    loaded = registry.load(made / "registry", as_of=recognition.DAY)
    assert not loaded.broken
    found = checks.run(loaded, checks.CHECKS)
    assert [f"{one.location}: {one.rule}" for one in found if one.severity is Severity.ERROR] == []
    again = made.with_name("again")
    recognition.recognise(again, 1)
    for path in (path for path in made.rglob("*") if path.is_file()):
        assert path.read_bytes() == (again / path.relative_to(made)).read_bytes(), path


def test_a_passport_holds_what_its_file_is_called_for(made: Path) -> None:
    for count in recognition.CARRIED:
        found = presentation.opened((made / f"passport-{count}.json").read_bytes())
        assert isinstance(found, Passport)
        assert (len(found.credentials), found.faults) == (count, ())


def test_every_peer_comes_to_the_same_answers(made: Path) -> None:
    found = passports_measured.measured(made, rounds=1)  # it stops where they differ
    assert found["machines"] == HUBS * MACHINES
    assert found["where: 50: opened"] > 0
    commands = {f"command: {count}{of}": 1.0 for count in (*recognition.CARRIED, "nothing") for of in ("", ": memory")}
    told = results.markdown(list(passports.tables({HUBS: found | commands, 2 * HUBS: found | commands})), {})
    assert "largest / smallest" in told
    assert "cryptography: the signature alone" in told
