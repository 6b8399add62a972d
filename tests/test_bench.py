"""Made registries: the same bytes for the same seed, no errors, and as many changes as asked for."""

from datetime import date
from pathlib import Path

import pytest

from bench import git, make, results
from bench.real import real
from generator import checks, registry
from generator.diagnostics import Severity
from generator.history import open_history

HUBS, MACHINES = 40, 3


def content(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*.yaml")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("made") / "top"
    assert make.make(top, HUBS, MACHINES, seed=1) == len(content(top))
    return top


def test_the_same_seed_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make.make(tmp_path / "again", HUBS, MACHINES, seed=1)
    assert content(tmp_path / "again") == content(made)


def test_another_seed_gives_other_records(made: Path, tmp_path: Path) -> None:
    make.make(tmp_path / "other", HUBS, MACHINES, seed=2)
    assert content(tmp_path / "other") != content(made)


def test_every_hub_has_its_machines(made: Path) -> None:
    hubs = {path.with_suffix("").relative_to(made / "registry/hubs") for path in made.glob("registry/hubs/*/*.yaml")}
    assert len(hubs) == HUBS
    for hub in hubs:
        assert len(list((made / "registry/machines" / hub).glob("*.yaml"))) == MACHINES


def test_made_records_have_no_errors(made: Path) -> None:
    loaded = registry.load(made / "registry", as_of=real().newest)
    found = checks.run(loaded, checks.CHECKS)
    assert [f"{one.location}: {one.rule}" for one in found if one.severity is Severity.ERROR] == []
    assert len(found) < HUBS


def test_changes_are_seen_by_git(tmp_path: Path) -> None:
    top = tmp_path / "top"
    make.make(top, HUBS, MACHINES, seed=1)
    git.commit_all(top, date(2026, 1, 31))
    history = open_history(top / "registry")
    assert history is not None
    assert history.commit_date() == date(2026, 1, 31)
    changed = make.change(top, 7, seed=3)
    history = open_history(top / "registry")
    assert history is not None
    assert history.changes("HEAD").changed == tuple(path.relative_to(top / "registry").as_posix() for path in changed)
    assert len(changed) == 7
    loaded = registry.load(top / "registry", as_of=real().newest)
    assert not loaded.broken


def test_figures_survive_being_written() -> None:
    tables = [results.Table("Title", "about", (results.Row("one", {"s": 1.5}), results.Row("two", {"ratio": "none"})))]
    assert results.from_json(results.as_json(tables, {"cores": "2"})) == (tables, {"cores": "2"})
    assert "| one | 1.5 |  |" in results.markdown(tables, {"cores": "2"})
