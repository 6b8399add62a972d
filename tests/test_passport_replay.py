"""`decide` and `where --as-of COMMIT`: what the registry said then, whatever it learned since; and `--on` for when."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator import schemas
from generator.passports import presentation, statuses
from tests.commands import Done, karakana
from tests.conftest import Repository
from tests.passport_samples import FOREIGN, HUB, NOW, SIGNER, SITE, made
from tests.test_decide_command import FILES

pytestmark = pytest.mark.usefixtures("alone")
MACHINE = f"{FOREIGN.id}/cutter"
RULE = f"registry/recognitions/{FOREIGN.id}/laser.yaml"
OWN = f"registry/hubs/{HUB.id}.yaml"
LIST = f"registry/{statuses.path_of(HUB.id)}"
MORE = {
    f"hubs/{FOREIGN.id}.yaml": "name: Lake Lab\nkind: fab-lab\nwebsite: https://lake.example/\n"
    "location: {locality: Kisumu, precision: city}\n",
    f"machines/{MACHINE}.yaml": FILES["machines/gh/tamale-works/cutter.yaml"],
}
ACCEPTED = f"decision: accept\nissuers: [{HUB.id}]\ncompetence: laser-operation\nvalid_from: 2026-01-01\n"
TIMES = ("before", "rule", "revoked", "stolen")


def listed(at: datetime, *revoked: int) -> str:
    return json.dumps(statuses.signed(statuses.unsigned(SITE, HUB.id, revoked, at), SIGNER, HUB.id, SITE))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A repository in which a rule is added, then a credential revoked, then a key found to be stolen."""
    top = tmp_path_factory.mktemp("replay")
    repository = Repository(top)
    (top / "ama.json").write_text(json.dumps(presentation.presented([made()])))
    (top / ".gitignore").write_text("ama.json\nbuild\n")
    texts = {f"registry/{name}": text for name, text in (FILES | MORE).items()}
    stolen = texts[OWN].replace("valid_from: 2026-01-01", "valid_from: 2026-01-01, compromised_since: 2026-11-21")
    steps: list[tuple[dict[str, str], str]] = [
        ({**texts, LIST: listed(NOW)}, "2026-11-20"),
        ({RULE: ACCEPTED}, "2026-11-21"),
        ({LIST: listed(NOW + timedelta(days=1), 4711)}, "2026-11-22"),
        ({LIST: listed(NOW), OWN: stolen}, "2026-11-23"),
    ]
    return top, {name: repository.commit(files, day) for name, (files, day) in zip(TIMES, steps, strict=True)}


def asked(top: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = karakana(top, "decide", "-q", "--passport", "ama.json", "--machine", MACHINE, "--format", "json", *words)
    found: dict[str, Any] = json.loads(done.out)
    return done.code, found


def codes(found: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in found["reasons"]]


@pytest.mark.parametrize(
    ("then", "day", "code"),
    [
        ("before", "2026-11-22", "not-recognised"),
        ("rule", "2026-11-22", "recognised"),
        ("rule", "2026-11-19", "signed-later"),
        ("revoked", "2026-11-22", "status-revoked"),
        ("revoked", "2026-11-20", "status-stale"),  # the list of then says nothing of a day before it was signed
        ("stolen", "2026-11-22", "key-compromised"),
        ("stolen", "2026-11-20", "recognised"),  # nobody had stolen it yet
    ],
)
def test_what_was_known_then(story: tuple[Path, dict[str, str]], then: str, day: str, code: str) -> None:
    top, commits = story
    done, found = asked(top, "--as-of", commits[then], "--on", day)
    assert codes(found) == [code]
    assert done == (0 if code == "recognised" else 1)
    assert (found["day"], found["registry"]) == (day, {"commit": commits[then], "changed": False})


def test_the_day_of_use_is_that_of_the_commit(story: tuple[Path, dict[str, str]]) -> None:
    top, commits = story
    assert asked(top, "--as-of", commits["rule"])[1]["day"] == "2026-11-21"
    assert asked(top, "--as-of", "HEAD~2")[1]["registry"]["commit"] == commits["rule"]


@pytest.mark.parametrize("told", ["assume-unchanged", "skip-worktree"])
def test_a_file_that_git_does_not_look_at_has_no_part_in_it(story: tuple[Path, dict[str, str]], told: str) -> None:
    """As in a sparse checkout, where a refusal may be missing."""
    top, commits = story
    repository, text = Repository(top), (top / LIST).read_text()
    repository.git("update-index", f"--{told}", LIST)
    try:
        (top / LIST).write_text("{}")
        _, then = asked(top, "--as-of", commits["stolen"], "--on", "2026-11-20")
        _, now = asked(top, "--on", "2026-11-20")
    finally:
        repository.git("update-index", f"--no-{told}", LIST)
        (top / LIST).write_text(text)
    assert codes(then) == ["recognised"]
    assert (codes(now), now["registry"]["changed"]) == (["status-unreadable"], True)


def test_what_stands_in_the_place_of_a_commit_here_has_no_part_in_it(story: tuple[Path, dict[str, str]]) -> None:
    """Else a copy of the registry said yes in the name of a commit that says no."""
    top, commits = story
    repository = Repository(top)
    repository.git("replace", commits["revoked"], commits["rule"])
    try:
        _, found = asked(top, "--as-of", commits["revoked"], "--on", "2026-11-22")
    finally:
        repository.git("replace", "--delete", commits["revoked"])
    assert codes(found) == ["status-revoked"]


def test_where_then(story: tuple[Path, dict[str, str]]) -> None:
    top, commits = story

    def opens(then: str) -> dict[str, str]:
        words = ("--as-of", commits[then], "--on", "2026-11-22", "--format", "json")
        found = json.loads(karakana(top, "where", "-q", "--passport", "ama.json", *words).out)
        assert found["registry"] == {"commit": commits[then], "changed": False}
        return {one["hub"]: one["result"] for one in found["openings"]}

    assert opens("before") == {HUB.id: "permit", FOREIGN.id: "deny"}
    assert opens("rule") == {HUB.id: "permit", FOREIGN.id: "permit"}
    assert opens("revoked") == {HUB.id: "deny", FOREIGN.id: "deny"}


def test_files_on_disk_have_no_part_in_it(story: tuple[Path, dict[str, str]]) -> None:
    """Neither a changed rule, nor an untracked one, nor one that Git ignores, nor another list."""
    top, commits = story
    clean = asked(top, "--as-of", commits["before"], "--on", "2026-11-22")
    ignored = top / "registry/recognitions/ke/lake-lab/ignored.yaml"
    saved = {path: (top / path).read_text() for path in (RULE, LIST, ".gitignore")}
    try:
        (top / ".gitignore").write_text("ama.json\nbuild\nignored.yaml\n")
        ignored.write_text(ACCEPTED)
        (top / RULE).write_text(ACCEPTED + "max_age_days: 9\n")
        (top / LIST).write_text("{}")
        assert asked(top, "--as-of", commits["before"], "--on", "2026-11-22") == clean
        _, found = asked(top, "--on", "2026-11-22")
        assert found["registry"] == {"commit": commits["stolen"], "changed": True}
        done = karakana(top, "decide", "-q", "--passport", "ama.json", "--machine", MACHINE)
        assert f"which differ from commit {commits['stolen'][:10]}: nobody can repeat" in done.out
    finally:
        ignored.unlink()
        for path, text in saved.items():
            (top / path).write_text(text)


def test_the_answer_is_as_the_schema_says(story: tuple[Path, dict[str, str]]) -> None:
    top, commits = story
    words = ("--as-of", commits["rule"], "--format", "json")
    for name, command in (("decision", ("decide", "--machine", MACHINE)), ("openings", ("where",))):
        found = json.loads(karakana(top, *command, "-q", "--passport", "ama.json", *words).out)
        jsonschema.Draft202012Validator(schemas.load_published()[name]).validate(found)


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("nothing", "no revision `nothing`"),
        ("2026-11-21", "git rev-list -1 --before=2026-11-21"),
        ("-x", "`-x`"),
        ("", "no commit"),
    ],
)
def test_a_wrong_commit_is_a_message(story: tuple[Path, dict[str, str]], revision: str, told: str) -> None:
    done: Done = karakana(
        story[0], "decide", "--passport", "ama.json", "--machine", MACHINE, f"--as-of={revision}"
    )  # fmt: skip
    assert (done.code, told in done.err) == (2, True), done.err


def test_without_git(tmp_path: Path) -> None:
    for name, text in (FILES | MORE).items():
        path = tmp_path / "registry" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "ama.json").write_text(json.dumps(presentation.presented([made()])))
    code, found = asked(tmp_path)
    assert (code, found["registry"]) == (1, {"commit": "", "changed": False})
    done = karakana(tmp_path, "decide", "--passport", "ama.json", "--machine", MACHINE, "--as-of", "HEAD")
    assert (done.code, "needs a Git repository" in done.err) == (2, True)
