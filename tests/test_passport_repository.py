"""A repository of passports beside the registry's is read, checked, kept and changed like its own folder."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import mkdocs_hook, publish, registry
from generator.checks import CHECKS, RULES, run
from generator.cli.app import cli
from generator.cli.session import changes_since, day_of, find_workplace, load
from generator.records import Passport

from .conftest import ROOT, Repository

ID = "w73cgw73l33a2qorngxy"
TEXT = """\
consent_on: 2025-06-01
credentials:
  - id: urn:uuid:1c0c83db-de0d-481b-8525-5383b5352e50
    issuer: gh/base-hub
    competence: laser-cutter-operation
    level: 1
    assessed_on: 2025-05-01
    basis: assessment
"""
Told = Callable[..., tuple[int, str]]


@pytest.fixture
def passports(committed: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository of one passport, beside that of a registry whose setting names it; the registry's is entered."""
    settings = committed.folder / "registry" / "registry.yaml"
    committed.commit({"registry/registry.yaml": f"{settings.read_text()}passports: ../passports\n"}, day="2026-06-01")
    beside = Repository(committed.folder.parent / "passports")
    beside.commit({f"{ID}.yaml": TEXT, "README.md": "# Passports\n", ".github/x.yml": "a: 1\n"}, day="2026-06-02")
    monkeypatch.chdir(committed.folder)
    return beside


@pytest.fixture
def told(alone: None) -> Told:  # noqa: ARG001
    def call(*words: str, given: str = "") -> tuple[int, str]:
        found = CliRunner().invoke(cli, words, input=given, standalone_mode=False, catch_exceptions=True)
        return int(found.return_value or 0), found.output

    return call


@pytest.mark.usefixtures("passports")
def test_they_are_read_as_if_they_lay_in_the_registry() -> None:
    place = find_workplace()
    found = load(place, quiet=True)
    assert list(found.ids(Passport)) == [ID]
    assert found.diagnostics == ()
    assert found.read(f"passports/{ID}.yaml") == TEXT.encode()
    assert found.shown(f"passports/{ID}.yaml") == f"../passports/{ID}.yaml"
    assert str(day_of(place, None)) == "2026-06-02"


def test_what_is_wrong_is_told_at_the_place_where_it_lies(passports: Repository, told: Told) -> None:
    passports.write({f"{ID}.yaml": TEXT.replace("level: 1", "level: 9"), "Mine.yaml": TEXT, "notes": "x"})
    code, said = told("check", "-q")
    assert code == 1
    lines = {line.partition(": ")[0] for line in said.splitlines()}
    assert {"../passports/Mine.yaml", "../passports/notes"} <= lines
    assert any(line.startswith(f"../passports/{ID}.yaml:6") for line in lines)
    code, said = told("check", "-q", f"../passports/{ID}.yaml", "registry")
    assert "Mine.yaml" not in said


def test_the_cache_knows_them_and_forgets_with_them(passports: Repository, told: Told) -> None:
    assert told("check", "-q") == told("check", "-q") == (0, "")
    kept = find_workplace().cache
    assert "1c0c83db" in "".join(path.read_text() for path in kept.glob("records-*"))
    passports.commit({f"{ID}.yaml": TEXT.replace("level: 1", "level: 9")}, day="2026-06-03")
    assert told("check", "-q")[0] == 1
    passports.git("rm", "--quiet", f"{ID}.yaml")
    passports.commit(day="2026-06-04")
    assert told("check", "-q") == (0, "")
    assert list(load(find_workplace(), quiet=True).ids(Passport)) == []


def test_since_a_revision_that_both_repositories_know(passports: Repository) -> None:
    place, other = find_workplace(), "e2h7t1ipn93jufs4h0lu"
    passports.git("tag", "before")
    Repository.git(Repository(place.top), "tag", "before")
    passports.write({f"{other}.yaml": TEXT.replace("1c0c", "2c0c")})
    passports.git("rm", "--quiet", f"{ID}.yaml")
    found = changes_since(place, "before")
    assert found.changed == (f"passports/{other}.yaml",)
    assert found.removed == (f"passports/{ID}.yaml",)
    assert found.before[f"passports/{ID}.yaml"] == TEXT.encode()


@pytest.mark.usefixtures("passports")
def test_since_a_revision_of_the_registry_alone_looks_at_every_passport() -> None:
    place = find_workplace()
    base = Repository(place.top).git("rev-parse", "HEAD~1").strip()
    assert f"passports/{ID}.yaml" in changes_since(place, base).changed


def test_a_missing_folder_is_a_warning_and_the_rest_goes_on(passports: Repository, told: Told) -> None:
    passports.folder.rename(passports.folder.with_name("elsewhere"))
    code, said = told("check", "-q")
    assert code == 0
    assert "there is no folder `../passports`" in said
    assert "warning: passports-not-there:" in said


@pytest.mark.usefixtures("passports")
def test_passports_in_two_places_are_one_place_too_many(told: Told) -> None:
    Repository(find_workplace().top).write({f"registry/passports/{ID}.yaml": TEXT})
    code, said = told("check", "-q")
    assert code == 1
    assert "passports lie in `passports/` too" in said


def test_a_link_is_no_folder_of_passports(passports: Repository) -> None:
    moved = passports.folder.rename(passports.folder.with_name("moved"))
    passports.folder.symlink_to(moved)
    assert not find_workplace().elsewhere.is_there


@pytest.mark.parametrize("named", ["/etc", "../../etc", "a/../b", "..", "a//b", "../.git", "a/", "~/x"])
def test_the_setting_leads_one_step_up_at_most(small: Path, named: str) -> None:
    (small / "registry.yaml").write_text((small / "registry.yaml").read_text() + f"passports: {named}\n")
    assert registry.elsewhere(small, small).folder == ""


@pytest.mark.usefixtures("passports")
def test_nobody_elses_registry_leads_out_of_its_folder() -> None:
    place = find_workplace()
    found = registry.load(place.folder, as_of=day_of(place, None))
    assert list(found.ids(Passport)) == []
    assert [one.rule for one in run(found, CHECKS)] == ["passports-not-there"]


def test_fmt_and_show_reach_them(passports: Repository, told: Told) -> None:
    passports.write({f"{ID}.yaml": TEXT.replace("level: 1\n", "level:   1\n")})
    assert told("fmt", "../passports")[1] == f"changed ../passports/{ID}.yaml\n"
    assert (passports.folder / f"{ID}.yaml").read_text() == TEXT
    assert f"# passport: ../passports/{ID}.yaml" in told("show", ID)[1]


def test_a_new_passport_is_written_there(passports: Repository, told: Told) -> None:
    answers = ["2025-06-01", "urn:uuid:2c0c83db-de0d-481b-8525-5383b5352e50", "gh/base-hub", "laser-cutter-operation",
               "1", "2025-05-01", "assessment", ""]  # fmt: skip
    assert "wrote ../passports/" in told("new", "passport", given="\n".join(answers) + "\n")[1]
    assert len(list(passports.folder.glob("*.yaml"))) == 2
    assert not os.path.lexists(find_workplace().folder / "passports")


@pytest.mark.usefixtures("passports")
def test_they_are_on_the_site_without_links_into_the_wrong_repository(tmp_path: Path) -> None:
    place = find_workplace()
    settings = place.folder / "registry.yaml"
    forge = "forge:\n  kind: github\n  repository: https://forge.example/a/b\n"
    settings.write_text(settings.read_text() + forge)
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(
        load(place, quiet=True, prefix=place.lead), sources=ROOT / "site", engine=engine, output=tmp_path / "site",
        rules=RULES,
    )  # fmt: skip
    page = (tmp_path / f"site/passports/{ID}/index.html").read_text()
    assert "Base Hub" in page
    assert "https://forge.example/a/b/edit/" not in page
