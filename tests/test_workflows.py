"""The workflows: nobody's pull request gets a token that writes, a script of its own, or a say in what others read."""

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parent.parent / ".github"
WORKFLOWS = {path.name: path for path in sorted((FOLDER / "workflows").glob("*.y*ml"))}
# What a run may write, by workflow and job: a line here is a decision.
WRITING = {
    ("comment.yml", "comment"): {"pull-requests"},
    ("issue.yml", "propose"): {"contents", "issues", "pull-requests"},
    ("nightly.yml", "tell"): {"issues"},
    ("pages.yml", "deploy"): {"pages", "id-token"},
    ("release.yml", "release"): {"contents"},
}
# Values that a stranger cannot choose freely, so that they may stand in a script; there are none.
IN_SCRIPTS: set[str] = set()


def read(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.load(WORKFLOWS[name].read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def triggers(name: str) -> set[str]:
    on = read(name)["on"]
    return {on} if isinstance(on, str) else set(on)


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in read(name)["jobs"].values():
        yield from job.get("steps", ())


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_runs_a_strangers_change_with_rights(name: str) -> None:
    assert "pull_request_target" not in triggers(name)
    assert "secrets." not in WORKFLOWS[name].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_permissions_are_named_and_few(name: str) -> None:
    whole = read(name)["permissions"]
    assert whole in ({}, {"contents": "read"}), "what every job gets"
    for job, about in read(name)["jobs"].items():
        given = about.get("permissions", whole)
        assert isinstance(given, dict)
        assert set(given.values()) <= {"read", "write", "none"}
        writes = {right for right, level in given.items() if level == "write"}
        assert writes <= WRITING.get((name, job), set()), (name, job)
        if triggers(name) & {"pull_request", "pull_request_review"}:
            assert not writes


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_by_hash_with_their_version(name: str) -> None:
    used = re.findall(r"uses:\s*(.*)", WORKFLOWS[name].read_text(encoding="utf-8"))
    for one in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*", one), one


def test_an_action_has_one_version_everywhere() -> None:
    used: dict[str, set[str]] = {}
    for path in WORKFLOWS.values():
        for action, version in re.findall(r"uses:\s*([^@\s]+)@(.*)", path.read_text(encoding="utf-8")):
            used.setdefault(action, set()).add(version)
    assert {action: versions for action, versions in used.items() if len(versions) > 1} == {}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_scripts_hold_no_values_from_outside(name: str) -> None:
    for step in steps(name):
        for script in (step.get("run", ""), step.get("with", {}).get("script", "")):
            assert set(re.findall(r"\$\{\{.*?\}\}", script, re.DOTALL)) <= IN_SCRIPTS, script


@pytest.mark.parametrize("name", WORKFLOWS)
def test_checkouts_leave_no_token_behind(name: str) -> None:
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name not in ("check.yml", "pages.yml")])
def test_what_judges_or_writes_keeps_nothing_that_others_can_fill(name: str) -> None:
    for step in steps(name):
        assert "actions/cache" not in step.get("uses", "")
        assert "cache" not in step.get("with", {})


def test_who_must_approve_is_said_before_what_a_change_can_slow_down() -> None:
    (job,) = read("review.yml")["jobs"].values()
    names = [step.get("name", "") for step in job["steps"]]
    assert names.index("Say who must approve") < names.index("Say what changes")
    (slow,) = (step for step in job["steps"] if step.get("name") == "Say what changes")
    assert int(slow["timeout-minutes"]) < int(job["timeout-minutes"])
    assert slow["continue-on-error"] == "true"
    (strict,) = (step for step in job["steps"] if step.get("name") == "Say who must approve")
    assert "continue-on-error" not in strict
    assert "if" not in strict


@pytest.mark.parametrize("name", WORKFLOWS)
def test_jobs_end(name: str) -> None:
    assert all(int(job["timeout-minutes"]) <= 60 for job in read(name)["jobs"].values())


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if "workflow_run" in triggers(name)])
def test_what_follows_a_run_takes_nothing_of_it_but_text(name: str) -> None:
    assert not [step["uses"] for step in steps(name) if "uses" in step], "no checkout, no download into a folder"
    assert not [word for step in steps(name) for word in ("eval", "source ", "bash ", "python") if word in step["run"]]


def test_comment_follows_a_workflow_that_exists() -> None:
    assert set(read("comment.yml")["on"]["workflow_run"]["workflows"]) <= {read(name)["name"] for name in WORKFLOWS}


def test_owners_are_judged_by_the_bases_code_and_named_for_its_branch() -> None:
    (job,) = read("review.yml")["jobs"].values()
    assert job["name"].endswith("${{ github.event.pull_request.base.ref }}")
    installed = [step["run"] for step in job["steps"] if ".ci/setup" in step.get("run", "")]
    assert installed == ["base/.ci/setup python"]
    assert all(
        step["working-directory"] == "base" for step in job["steps"] if ".venv/bin/karakana" in step.get("run", "")
    )
    (base,) = (step for step in job["steps"] if step.get("with", {}).get("path") == "base")
    assert base["with"]["ref"] == "refs/heads/${{ github.event.pull_request.base.ref }}"


def test_code_owners_have_everything_but_the_records_of_hubs() -> None:
    rows = [row.split() for row in (FOLDER / "CODEOWNERS").read_text().splitlines() if row and row[0] != "#"]
    assert rows[0][0] == "*"
    assert rows[0][1:], "somebody"
    assert [row for row in rows if not row[1:]] == [["/registry/hubs/"], ["/registry/machines/"],
                                                    ["/registry/recognitions/"],
                                                    ["/registry/statuses/"]]  # fmt: skip


# The script that asks who approved, run with a forge that is a script.

HEAD = "a" * 40
ASKED = r"""#!/usr/bin/env bash
case "$*" in
  *"/pulls/12/reviews?"*) cat "$STATE/reviews.json" ;;
  *"/collaborators/ama/permission"*) echo admin ;;
  *"/collaborators/kofi/permission"*) echo write ;;
  *"/collaborators/base-hub/permission"*) echo maintain ;;
  *"repos/o/r/activity "*"ref=refs/heads/$BRANCH "*) cat "$STATE/activity" ;;
  *) echo '{"message": "Resource not accessible by integration"}'; exit 1 ;;
esac
"""


@pytest.mark.parametrize(
    ("is_own_fork", "is_here", "pushers", "vouches"),
    [
        ("true", "false", "", True),
        ("false", "false", "", False),
        ("", "", "", False),
        ("$(touch x)", "$(touch x)", "", False),
        ("false", "true", "1\n1\n", True),
        ("false", "true", "1\n8\n1\n", False),
        ("true", "true", "8\n1\n", False),
        ("true", "true", "0\n", False),
        ("true", "true", "", False),
        ("true", "true", None, False),
    ],
)
def test_people_are_asked_for(
    tmp_path: Path, is_own_fork: str, is_here: str, pushers: str | None, vouches: bool
) -> None:
    """The author's word counts where nobody else can have written the branch; approvals of its last commit count."""
    if shutil.which("jq") is None:
        pytest.skip("needs jq, as on the forge's machines")
    (tmp_path / "gh").write_text(ASKED)
    (tmp_path / "gh").chmod(0o755)
    users = [("ama", 9), ("kofi", 8), ("mallory", 6)]
    reviews = [[{"user": {"login": login, "id": id}, "state": "APPROVED", "commit_id": HEAD}] for login, id in users]
    idle = [{"user": {"login": f"a{id}", "id": id}, "state": "COMMENTED", "commit_id": HEAD} for id in range(100, 200)]
    (tmp_path / "reviews.json").write_text(json.dumps([*reviews, [{"user": None, "state": "APPROVED"}], idle]))
    if pushers is not None:
        (tmp_path / "activity").write_text(pushers)
    (step,) = (step for step in steps("review.yml") if "IS_OWN_FORK" in step.get("env", {}))
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATE": str(tmp_path), "REPOSITORY": "o/r", "NUMBER": "12",
           "AUTHOR": "base-hub:1", "NUMBER_OF_AUTHOR": "1", "BRANCH": "a&b;$(touch x)", "HEAD": HEAD,
           "IS_OWN_FORK": is_own_fork, "IS_HERE": is_here}  # fmt: skip
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=work, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    author = ["--author=base-hub:1"] if vouches else []
    assert (work / "people").read_text().splitlines() == [*author, "--maintainer=ama:9", "--maintainer=base-hub:1"]
    assert {path.name for path in work.iterdir()} <= {"people", "pushers", "reviews.json"}


# The script that posts comments, run with a forge that is a script too.

BASE = "b" * 40
LEFT = "c" * 40
FORGE = r"""#!/usr/bin/env bash
# Answers as `gh api` does, and writes down what is posted.
case "$*" in
  *"/artifacts?name=comment"*) echo 77 ;;
  *"/artifacts/77/zip"*) cat "$STATE/text.zip" ;;
  *"/issues/12/comments?"*) cat "$STATE/mine" ;;
  *"--method"*) echo "$*" >> "$STATE/posted"; cp comment.md "$STATE/comment.md" ;;
  *"/compare/bbbb"*"...aaaa"*) printf '%040d\n' 0 | tr 0 c ;;
  *"/git/trees/cccc"*) echo 1234 ;;
  *"/git/trees/aaaa"*) cat "$STATE/workflows" ;;
  *"/pulls/"*) cat "$STATE/pull" ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
"""


@pytest.fixture
def forge(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin/gh"
    gh.write_text(FORGE)
    gh.chmod(0o755)
    (tmp_path / "mine").write_text("")
    (tmp_path / "pull").write_text(f"open {HEAD} {BASE}\n")
    (tmp_path / "workflows").write_text("1234\n")
    return tmp_path


def post(forge: Path, text: bytes, number: str = "12\n") -> subprocess.CompletedProcess[str]:
    if shutil.which("unzip") is None:
        pytest.skip("needs unzip, as on the forge's machines")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("number", number)
        archive.writestr("comment.md", text)
        archive.writestr("../../bin/gh", "echo taken over")
    (forge / "text.zip").write_bytes(packed.getvalue())
    (step,) = steps("comment.yml")
    place = forge / "work"
    place.mkdir(exist_ok=True)
    env = {"PATH": f"{forge / 'bin'}:{os.environ['PATH']}", "STATE": str(forge), "REPOSITORY": "o/r", "RUN": "5",
           "HEAD": HEAD, "LC_ALL": "C.UTF-8"}  # fmt: skip
    return subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=place, env=env, capture_output=True, text=True, check=False
    )


def test_comment_is_posted_and_then_written_anew(forge: Path) -> None:
    assert post(forge, b"### All fine\n").returncode == 0
    assert (
        forge / "posted"
    ).read_text() == "api --silent --method POST repos/o/r/issues/12/comments --field body=@comment.md\n"
    assert (forge / "comment.md").read_text() == "<!-- karakana: review -->\n### All fine\n"
    (forge / "mine").write_text("99\n100\n")
    assert post(forge, b"### Not fine\n").returncode == 0
    assert (forge / "posted").read_text().splitlines()[1:] == [
        "api --silent --method PATCH repos/o/r/issues/comments/99 --field body=@comment.md"
    ]


@pytest.mark.parametrize(
    ("number", "pull"),
    [("12; touch x", f"open {HEAD}"), ("", f"open {HEAD}"), ("../12", f"open {HEAD}"), ("12", f"open {'b' * 40}"),
     ("12", f"closed {HEAD}"), ("9" * 300, f"open {'c' * 40}"), ("12", f"open {LEFT} {HEAD}"), ("12", "")],
)  # fmt: skip
def test_number_is_believed_only_for_the_runs_own_commit(forge: Path, number: str, pull: str) -> None:
    (forge / "pull").write_text(f"{pull}\n")
    post(forge, b"text", number)
    assert not (forge / "posted").exists()


@pytest.mark.parametrize("workflows", ["5678\n", "", "1234\n1234\n"])
def test_who_edits_the_workflows_does_not_write_the_comment(forge: Path, workflows: str) -> None:
    (forge / "workflows").write_text(workflows)
    assert post(forge, "### ✅ Everybody who must approve has\n".encode()).returncode == 0
    told = (forge / "comment.md").read_text(encoding="utf-8")
    assert "Everybody" not in told
    assert "This change edits `.github`" in told


def test_nothing_is_posted_while_it_is_not_known_who_wrote_it(forge: Path) -> None:
    (forge / "workflows").unlink()
    assert post(forge, b"text").returncode != 0
    assert not (forge / "posted").exists()


# The script that fetches what the last night remembered.

NIGHTS = r"""#!/usr/bin/env bash
case "$*" in
  "api repos/o/r/actions/workflows/nightly.yml/runs?"*"event=schedule"*" --jq "*)
    while [ "$1" != --jq ]; do shift; done
    jq --raw-output "$2" "$STATE/runs.json" ;;
  "run download "*) echo "$*" > "$STATE/downloaded"; mkdir last; echo "{}" > last/links.json ;;
  *) exit 1 ;;
esac
"""


@pytest.mark.parametrize(
    ("runs", "taken"),
    [
        ([], ""),
        ([(5, "schedule", "o/r")], "5"),
        ([(7, "pull_request", "mallory/r"), (5, "schedule", "o/r")], "5"),
        ([(7, "schedule", "mallory/r"), (6, "pull_request", "o/r")], ""),
    ],
)
def test_nights_remember_nothing_of_a_strangers_run(
    tmp_path: Path, runs: list[tuple[int, str, str]], taken: str
) -> None:
    if shutil.which("jq") is None:
        pytest.skip("needs jq, as on the forge's machines")
    (tmp_path / "gh").write_text(NIGHTS)
    (tmp_path / "gh").chmod(0o755)
    rows = [{"id": id, "event": event, "head_repository": {"full_name": name}} for id, event, name in runs]
    (tmp_path / "runs.json").write_text(json.dumps({"workflow_runs": rows}))
    (step,) = (step for step in steps("nightly.yml") if "remembered" in step.get("name", ""))
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATE": str(tmp_path), "REPOSITORY": "o/r", "BRANCH": "main"}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = tmp_path / "downloaded"
    assert (found.read_text().split()[2] if found.exists() else "") == taken


def test_comment_mentions_links_and_shows_nothing(forge: Path) -> None:
    hostile = (
        b"@all ![x](https://evil.example/p.png) [click](https://evil.example) [a]: https://evil www.evil.example\n"
        b"<img src=x onerror=alert(1)> <a href='//evil.example'>x</a> <details><summary>more</summary>kept</details>\n"
        b"#12 o/r#12 !12 GH-12 gh-1\n"
        b"\x1b[31m \x01 \xff\xfe <!-- karakana: review --> `code` | table |\n"
    )
    assert post(forge, hostile).returncode == 0
    text = (forge / "comment.md").read_text(encoding="utf-8")
    told = text.removeprefix("<!-- karakana: review -->\n")
    for pattern in (
        r"@\w",
        r"[#!]\d|(?i:gh-\d)",
        r"!\[",
        r"\]\(",
        r"\]:",
        r"//",
        r"www\.",
        r"<(?!/?(?:details|summary)>)[^\u2060]",
        r"[\x00-\x08\x1b]",
    ):
        assert re.search(pattern, told) is None, pattern
    assert "<details><summary>more</summary>kept</details>" in told
    assert "`code` | table |" in told


@pytest.mark.parametrize("text", [b"x" * 5_000_000, b"@" * 300_000, "ü".encode() * 100_000, b""])
def test_comment_has_a_limit(forge: Path, text: bytes) -> None:
    done = post(forge, text)
    assert done.returncode == 0, done.stderr
    assert len((forge / "comment.md").read_bytes()) <= 61_000
    assert json.dumps((forge / "comment.md").read_text(encoding="utf-8"))
