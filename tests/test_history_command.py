"""`karakana history`: when and how a record changed, told from real repositories."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.app import cli

HUB = (
    "name: Volta Lab\nkind: makerspace\nlocation:\n  locality: Ho\n  precision: city\nwebsite: https://volta.example/\n"
)


@pytest.fixture
def told(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A repository in which gh/volta became gh/volta-lab and then changed, and the working folder in it."""
    committed.commit({"registry/hubs/gh/volta.yaml": HUB}, day="2026-02-01")
    (committed.folder / "registry/hubs/gh/volta.yaml").unlink()
    former = f"{HUB}formerly:\n  - gh/volta\n"
    committed.commit({"registry/hubs/gh/volta-lab.yaml": former}, day="2026-02-02")
    committed.commit({"registry/hubs/gh/volta-lab.yaml": former.replace("Ho", "Hohoe")}, day="2026-02-03")
    monkeypatch.chdir(committed.folder)
    return committed


def history(*words: str) -> Result:
    return CliRunner().invoke(cli, ["history", *words])


def as_json(*words: str) -> Any:
    done = history(*words, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def show_names(folder: Path) -> None:
    with (folder / "registry/registry.yaml").open("a", encoding="utf-8") as file:
        file.write("contributor_names: shown\n")


@pytest.mark.usefixtures("told")
def test_record_is_followed_to_the_id_that_it_had() -> None:
    done = history("gh/volta-lab")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["registry/hubs/gh/volta-lab.yaml", "formerly registry/hubs/gh/volta.yaml"]
    assert [(line[:10], line.split()[2]) for line in lines[2:]] == [
        ("2026-02-03", "changed"), ("2026-02-02", "renamed"), ("2026-02-01", "added"),
    ]  # fmt: skip
    assert history("gh/volta").stdout == done.stdout, "the id that it had leads to it"


def test_names_are_told_only_where_the_registry_shows_them(told: Any) -> None:
    assert "NAME" not in history("gh/volta-lab").stdout.upper().replace("RENAMED", "")
    assert "by" not in as_json("gh/volta-lab")[0]["changes"][0]
    show_names(told.folder)
    assert "by name@example.org" in history("gh/volta-lab").stdout
    (found,) = as_json("gh/volta-lab")
    assert found["contributors"] == ["name@example.org"]
    assert found["changes"][0]["by"] == ["name@example.org"]


def test_names_and_titles_of_strangers_cannot_steer_a_terminal(told: Any) -> None:
    show_names(told.folder)
    told.write({"registry/hubs/gh/volta-lab.yaml": f"{HUB}formerly: [gh/volta]\nsummary: Lab\n"})
    told.git("add", "--all")
    told.git("-c", "user.name=x", "commit", "--quiet", "--author", "Eve\x1b[31m\u202e <e@example.org>",
             "--message", "red\x1b[31m\u202e title")  # fmt: skip
    done = history("gh/volta-lab")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "red[31m title" in done.stdout


def test_what_a_merge_brought_is_one_change(told: Any) -> None:
    told.git("checkout", "--quiet", "-b", "side")
    for day in ("2026-03-01", "2026-03-02"):
        told.commit({"registry/hubs/gh/volta-lab.yaml": HUB.replace("Ho", day)}, day=day)
    told.git("checkout", "--quiet", "main")
    told.git("merge", "--quiet", "--no-ff", "--message", "Correct the town", "side", day="2026-03-05")
    (found,) = as_json("gh/volta-lab", "--limit", "1")
    (change,) = found["changes"]
    assert (change["on"], change["title"], change["what"]) == ("2026-03-05", "Correct the town", "changed")


def test_limit_counts_changes_of_the_record_and_days_those_of_all(told: Any) -> None:
    told.commit({"registry/hubs/gh/other.yaml": HUB.replace("Volta", "Other")}, day="2026-04-01")
    (found,) = as_json("hub:gh/volta-lab", "--limit", "2")
    assert [change["on"] for change in found["changes"]] == ["2026-02-03", "2026-02-02"]
    assert found["days"] == {"first": "2026-02-01", "last": "2026-02-03"}


def test_removed_and_broken_records_have_a_history_too(told: Any) -> None:
    told.commit({"registry/hubs/gh/gone.yaml": HUB.replace("Volta", "Gone")}, day="2026-04-01")
    (told.folder / "registry/hubs/gh/gone.yaml").unlink()
    told.commit(day="2026-04-02")
    assert [change["what"] for change in as_json("gh/gone")[0]["changes"]] == ["removed", "added"]
    told.commit({"registry/hubs/gh/broken.yaml": "name: [\n"}, day="2026-04-03")
    assert [change["what"] for change in as_json("gh/broken")[0]["changes"]] == ["added"]


def test_each_record_of_an_id_is_told(told: Any) -> None:
    told.commit({"registry/materials/sawing.yaml": "labels:\n  en: Sawing\n"}, day="2026-04-01")
    assert [one["path"] for one in as_json("sawing")] == [
        "registry/processes/sawing.yaml", "registry/materials/sawing.yaml",
    ]  # fmt: skip


def test_record_that_is_not_committed_says_so(told: Any) -> None:
    told.write({"registry/hubs/gh/fresh.yaml": HUB.replace("Volta", "Fresh")})
    assert "not committed yet" in history("gh/fresh").stdout


def test_changes_link_to_the_forge(told: Any) -> None:
    with (told.folder / "registry/registry.yaml").open("a", encoding="utf-8") as file:
        file.write("forge:\n  kind: gitlab\n  repository: https://gitlab.example/volta/registry\n")
    change = as_json("gh/volta-lab")[0]["changes"][0]
    assert change["url"] == f"https://gitlab.example/volta/registry/-/commit/{change['commit']}"


@pytest.mark.usefixtures("told")
def test_unknown_id_has_a_way_out() -> None:
    done = history("gh/volta-lap")
    assert done.exit_code == 2
    assert "did you mean 'gh/volta-lab'?" in done.output
    assert "karakana find" in history("hub:zzzzzzzz").output


def test_shallow_clone_and_folder_without_git_have_a_way_out(
    told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", f"file://{told.folder}", tmp_path / "shallow"], check=True
    )
    monkeypatch.chdir(tmp_path / "shallow")
    done = history("gh/volta-lab")
    assert done.exit_code == 1
    assert "git fetch --unshallow" in done.output
    (tmp_path / "plain/registry").mkdir(parents=True)
    (tmp_path / "plain/registry/registry.yaml").write_bytes((told.folder / "registry/registry.yaml").read_bytes())
    monkeypatch.chdir(tmp_path / "plain")
    assert "in none" in history("gh/volta-lab").output


def test_the_history_of_a_passport_is_not_told(told: Any) -> None:
    id = "q7h2m9x4b1t8w5k3z6c0"
    entry = "{id: 'urn:uuid:7dfd29c6-4477-435f-a802-f173fe0b8300', issuer: gh/base-hub, level: 2, basis: assessment, "
    entry += "competence: laser-cutter-operation, assessed_on: 2026-01-01}"
    text = f"consent_on: 2026-01-01\ncredentials:\n  - {entry}\n"
    told.commit({f"registry/passports/{id}.yaml": text}, day="2026-02-04")
    for words in ((id,), (f"passport:{id}",), (id, "--format", "json")):
        done = history(*words)
        assert done.exit_code == 2
        assert "2026-02-04" not in done.output
    (told.folder / f"registry/passports/{id}.yaml").unlink()
    told.commit(day="2026-02-05")
    done = history(id)
    assert done.exit_code == 2
    assert "no record is or was called" in done.output
