"""`karakana match --ci --base`, run in real repositories: what a change turns, and what the policy makes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator import schemas
from tests.commands import Done, karakana

pytestmark = pytest.mark.usefixtures("alone")
HUB, LASER = "registry/hubs/gh/base-hub.yaml", "registry/machines/gh/base-hub/laser.yaml"
SIGN = """\
name: Sign
function: {en: A sign.}
licence: {hardware: MIT}
repository: https://forge.example/sign
operations:
  - id: cut
    process: laser-cutting
    envelope_mm: [300, 200]
"""
REQUEST = """\
design: sign
quantity: 3
summary: {en: Signs for a school.}
by: gh/base-hub
posted_on: 2026-01-01
needed_by: 2026-06-30
place: {country: gh, locality: Kumasi, latitude: 6.69, longitude: -1.62}
"""
OTHER = "name: Other\nkind: fab-lab\nlocation: {locality: Accra, precision: city}\nwebsite: https://other.example/\n"
OTHER_LASER = "name: Laser\nprocesses: [laser-cutting]\nenvelope_mm: [400, 400]\n"


@pytest.fixture
def kept(committed: Any) -> Any:
    """A repository in which one hub can make a sign, for which there is a request."""
    committed.commit({"registry/designs/sign.yaml": SIGN, "registry/requests/signs.yaml": REQUEST})
    return committed


def match(folder: Path, *words: str) -> Done:
    return karakana(folder, "match", *words)


def told(kept: Any, *words: str) -> dict[str, Any]:
    """Return what is said of the change on disk; it is as the schema says."""
    data: dict[str, Any] = json.loads(match(kept.folder, "--ci", "--format", "json", "--base", "HEAD", *words).out)
    assert schemas.published("match_ci")(data)
    return data


def rules(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["severity"]) for one in data["findings"]]


def turns(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["id"], one["before"], one["after"]) for one in data["turns"]]


def edit(kept: Any, path: str, more: str) -> None:
    text = (kept.folder / path).read_text(encoding="utf-8")
    kept.write({path: text + more})


LOST = [("sign", "alone", "impossible"), ("signs", "alone", "impossible")]


def test_without_a_change_nothing_is_said(kept: Any) -> None:
    done = match(kept.folder, "--ci", "--base", "HEAD")
    assert (done.code, done.out) == (0, "1 of 1 designs can be made, judged by process alone\n")
    assert told(kept)["turns"] == []


@pytest.mark.parametrize("how", ["status: paused", "access: private"])
def test_a_hub_that_can_no_longer_make_a_design_stops_the_change(kept: Any, how: str) -> None:
    edit(kept, HUB, f"{how}\n")
    data = told(kept)
    assert turns(data) == LOST
    assert rules(data)[:2] == [("design-lost", "error"), ("request-lost", "warning")]
    assert data["turns"][0]["hubs"] == ["gh/base-hub"]
    assert match(kept.folder, "--ci", "--base", "HEAD").code == 1


def test_the_size_of_a_bed_counts_too(kept: Any) -> None:
    edit(kept, LASER, "envelope_mm: [100, 100]\n")
    assert turns(told(kept)) == LOST
    assert rules(told(kept)) == [("design-lost", "error"), ("request-lost", "warning")]


def test_the_last_hub_for_a_process_is_named(kept: Any) -> None:
    (kept.folder / LASER).unlink()
    data = told(kept)
    (last,) = [one for one in data["findings"] if one["rule"] == "last-hub"]
    assert last["severity"] == "warning"
    assert last["path"].endswith("hubs/gh/base-hub.yaml")


def test_another_hub_that_can_make_it_prevents_the_loss(kept: Any) -> None:
    kept.commit({"registry/hubs/gh/other.yaml": OTHER, "registry/machines/gh/other/laser.yaml": OTHER_LASER})
    edit(kept, HUB, "status: paused\n")
    assert told(kept)["turns"] == []


def test_what_becomes_possible_is_a_note(kept: Any) -> None:
    edit(kept, HUB, "status: paused\n")
    kept.commit()
    kept.write({"registry/hubs/gh/other.yaml": OTHER, "registry/machines/gh/other/laser.yaml": OTHER_LASER})
    done = match(kept.folder, "--ci", "--base", "HEAD")
    assert done.code == 0
    assert "`sign` can now be made by one hub (changed here: gh/other)" in done.out
    assert rules(told(kept)) == [("possible-now", "note"), ("possible-now", "note")]


def test_a_design_that_asks_for_more_is_lost_and_a_closed_request_is_not(kept: Any) -> None:
    kept.write({"registry/designs/sign.yaml": SIGN.replace("300, 200", "3000, 2000"),
                "registry/requests/signs.yaml": f"{REQUEST}status: met\n"})  # fmt: skip
    assert turns(told(kept)) == [("sign", "alone", "impossible")]


def test_a_model_that_changes_changes_what_its_machines_can_do(kept: Any) -> None:
    path = next((kept.folder / "registry/models").rglob("*.yaml"))
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("envelope_mm")]
    kept.write({str(path.relative_to(kept.folder)): "\n".join(lines).rstrip() + "\nenvelope_mm: [10, 10]\n"})
    assert turns(told(kept)) == LOST


def test_a_design_that_comes_to_contain_itself_is_lost(kept: Any) -> None:
    kept.write({"registry/designs/sign.yaml": f"{SIGN}parts:\n  - {{id: again, source: design, design: sign}}\n"})
    assert turns(told(kept)) == [("sign", "alone", "silent"), ("signs", "alone", "silent")]


POLICY = "matching:\n  design_lost: {}\n  request_lost: ignore\n  last_hub: ignore\n"


@pytest.mark.parametrize(("weight", "code"), [("error", 1), ("warning", 0), ("note", 0), ("ignore", 0)])
def test_the_policy_of_the_base_decides(kept: Any, weight: str, code: int) -> None:
    edit(kept, "registry/registry.yaml", POLICY.format(weight))
    kept.commit()
    text = (kept.folder / "registry/registry.yaml").read_text(encoding="utf-8")
    kept.write({"registry/registry.yaml": text.replace(f"lost: {weight}", "lost: error", 1)})
    edit(kept, HUB, "status: paused\n")
    assert rules(told(kept)) == ([] if weight == "ignore" else [("design-lost", weight)])
    assert match(kept.folder, "--ci", "--base", "HEAD").code == code


def test_requests_that_nobody_can_meet_are_looked_for_when_asked(kept: Any) -> None:
    edit(kept, "registry/registry.yaml", "matching:\n  request_without_plan: error\n")
    edit(kept, HUB, "status: paused\n")
    kept.commit()
    done = match(kept.folder, "--ci")
    assert done.code == 1
    assert "no hubs can meet `signs`, be it together" in done.out
    assert told(kept)["requests_without_plan"] == ["signs"]


def test_annotations_and_a_summary_in_actions(kept: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    edit(kept, HUB, "status: paused\n")
    out = match(kept.folder, "--ci", "--base", "HEAD").out
    assert "::error file=registry/designs/sign.yaml,title=design-lost::`sign` can no longer be made" in out
    summary = (tmp_path / "summary").read_text(encoding="utf-8")
    assert "#### Stops the change" in summary
    assert match(kept.folder, "--ci", "--base", "HEAD", "--format", "markdown").out == summary


def test_mistakes_are_told(kept: Any) -> None:
    assert "no hub is called 'gh/base-hob'; did you mean 'gh/base-hub'?" in match(
        kept.folder, "--reverse", "gh/base-hob"
    ).err.replace("\n", " ")
    assert match(kept.folder, "--ci", "--base", "nowhere").code == 2
    assert match(kept.folder, "--gaps", "--country", "xx").code == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_each_question_is_answered_for_a_day(kept: Any, form: str) -> None:
    edit(kept, LASER, "availability: {lead_days: 10}\n")
    late, soon = (("--as-of", day, "--format", form) for day in ("2026-06-25", "2026-01-01"))
    for words in (("--reverse", "gh/base-hub"), ("--gaps",), ("--ci", "--base", "HEAD")):
        assert match(kept.folder, *words, *late).out != match(kept.folder, *words, *soon).out


def test_reverse_and_gaps_answer(kept: Any) -> None:
    assert "design sign" in match(kept.folder, "--reverse", "gh/base-hub").out
    assert match(kept.folder, "--gaps", "--country", "GH").out.startswith("Ghana: of all designs")
