"""`karakana plan` in a real folder: what it prints in each form, how it ends and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import schemas
from generator.cli.app import cli

LASER = "name: Laser\nprocesses: [laser-cutting]\navailability:\n  hours_per_week: 40\n  lead_days: {lead}\n{speed}"
MILL = "name: Mill\nprocesses: [milling]\n"
SPEED = "throughput:\n  quantity: {weekly}\n  per: week\n"
DESIGN = "licence:\n  hardware: MIT\nrepository: https://x.example/\n"
REGISTRY = {
    "registry.yaml": "name: Test\nurl: https://test.example/\nlanguages: [en]\n",
    "processes/laser-cutting.yaml": "labels:\n  en: laser cutting\n",
    "processes/milling.yaml": "labels:\n  en: milling\n",
    "designs/lamp.yaml": f"name: Lamp\n{DESIGN}operations:\n  - id: cut\n    process: laser-cutting\n",
    "designs/mute.yaml": f"name: Mute\n{DESIGN}",
    "designs/stool.yaml": f"name: Stool\n{DESIGN}operations:\n  - id: cut\n    process: laser-cutting\n"
    "  - id: mill\n    process: milling\n    after: [cut]\n",
    "requests/lamps.yaml": "design: lamp\nquantity: 200\nposted_on: \"2026-05-01\"\nneeded_by: \"2026-07-14\"\n"
    "place:\n  country: gh\n  locality: Tamale\n  latitude: 9.4\n  longitude: -0.84\nby: gh/a\n",
    "machines/gh/e/mill.yaml": MILL,
}  # fmt: skip
HUBS = {"a": ("Tamale", 9.4, -0.84), "b": ("Accra", 5.6, -0.2), "c": ("Kumasi", 6.7, -1.6), "d": ("Ho", 6.6, 0.47),
        "e": ("Wa", 10.06, -2.5)}  # fmt: skip
Plan = Callable[..., Result]


def write(top: Path, name: str, text: str) -> None:
    path = top / "registry" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The command in a folder with five hubs, of which four cut 25 pieces a week and the fifth mills."""
    for name, text in REGISTRY.items():
        write(tmp_path, name, text)
    for hub, (town, latitude, longitude) in HUBS.items():
        write(
            tmp_path, f"hubs/gh/{hub}.yaml",
            f"name: Hub {hub.upper()}\nkind: makerspace\naccess: public\nwebsite: https://x.example/\nlocation:\n"
            f"  locality: {town}\n  latitude: {latitude}\n  longitude: {longitude}\n",
        )  # fmt: skip
        if hub != "e":
            write(tmp_path, f"machines/gh/{hub}/laser.yaml", LASER.format(lead=0, speed=SPEED.format(weekly=25)))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["plan", *words, "--as-of", "2026-06-30", "--quiet"], standalone_mode=False)

    return run


TEXT = """\
200 × Lamp (lamps), near 9.4, -0.84 by 2026-07-14

Can be made by 4 hubs
  cut: 50 + 50 + 50 + 50 = 200 pieces
  all is made on 2026-07-14, day 14: in time for 2026-07-14
  no fewer hubs would do
  4 hubs share cut, in proportion to what each makes in time
  days on the way are not counted

Hub A (gh/a), Tamale, Ghana
  50 pieces of cut, on laser, done by 2026-07-14
  sent to the destination at 9.4, -0.84 (0 km): cut

Hub B (gh/b), Accra, Ghana
  50 pieces of cut, on laser, done by 2026-07-14
  sent to the destination at 9.4, -0.84 (428 km): cut

Hub C (gh/c), Kumasi, Ghana
  50 pieces of cut, on laser, done by 2026-07-14
  sent to the destination at 9.4, -0.84 (312 km): cut

Hub D (gh/d), Ho, Ghana
  50 pieces of cut, on laser, done by 2026-07-14
  sent to the destination at 9.4, -0.84 (343 km): cut
"""


def test_four_hubs_make_two_hundred_lamps(plan: Plan) -> None:
    done = plan("lamps")
    assert (done.exception, done.return_value) == (None, 0)
    assert done.output == TEXT


def test_json_is_as_its_schema_says(plan: Plan) -> None:
    for words in (
        ["lamps"],
        ["stool"],
        ["mute"],
        ["lamp", "--within", "1", "--near", "0,0"],
        ["stool", "--without", "gh/e"],
    ):
        found = json.loads(plan(*words, "--format", "json").output)
        assert schemas.published("plan")(found), words
    assert [one["step"] for one in found["uncovered"]] == ["mill"]
    assert found["without"] == ["gh/e"]


def test_a_wish_is_told_as_by_match() -> None:
    plan, match = (schemas.load_published()[name] for name in ("plan", "match"))
    assert plan["properties"]["wish"] == match["properties"]["wish"]
    assert all(match["$defs"][name] == one for name, one in plan["$defs"].items() if name in match["$defs"])


def test_markdown_has_a_heading_for_each_hub(plan: Plan) -> None:
    told = plan("stool", "--format", "markdown").output
    assert told.startswith("### Stool")
    assert "#### Hub E (gh/e), Wa, Ghana" in told


def test_no_line_is_longer_than_a_terminal(plan: Plan) -> None:
    for words in (["lamps"], ["stool"], ["mute"], ["stool", "--without", "gh/e"]):
        assert max(map(len, plan(*words).output.splitlines())) <= 80


def test_a_hub_drops_out_and_the_others_keep_what_they_have(plan: Plan) -> None:
    before = json.loads(plan("stool", "--format", "json").output)["assignments"]
    dropped = next(one["hub"] for one in before if one["step"] == "cut")
    again = json.loads(plan("stool", "--without", dropped, "--format", "json").output)
    assert [one for one in before if one["hub"] != dropped] == [
        one for one in again["assignments"] if one["step"] == "mill"
    ]
    assert (again["valid"], again["method"]) == (True, "changed")


def stored(plan: Plan, tmp_path: Path, *words: str) -> str:
    (tmp_path / "plan.json").write_text(plan(*words, "--format", "json").output, encoding="utf-8")
    return str(tmp_path / "plan.json")


def changed(done: Result) -> tuple[dict[str, int], list[tuple[str, int, int]]]:
    found = json.loads(done.output)
    return {one["hub"]: one["pieces"] for one in found["assignments"]}, [
        (one["hub"], one["before"], one["after"]) for one in found["changes"]
    ]


def test_an_earlier_plan_keeps_who_has_agreed(plan: Plan, tmp_path: Path) -> None:
    file = stored(plan, tmp_path, "lamp", "--quantity", "40", "--by", "2026-07-14", "--without", "gh/a")
    words = ("lamp", "--quantity", "40", "--by", "2026-07-14", "--plan", file, "--format", "json")
    assert changed(plan(*words)) == ({"gh/b": 40}, [])  # a new plan would be for the hub that comes first, gh/a
    assert changed(plan(*words, "--without", "gh/b")) == ({"gh/a": 40}, [("gh/b", 40, 0), ("gh/a", 0, 40)])
    assert "cut: gh/a has 40 pieces, it had nothing" in plan(*words[:-2], "--without", "gh/b").output


def test_what_no_longer_holds_of_an_earlier_plan_is_told_and_given_to_others(plan: Plan, tmp_path: Path) -> None:
    file = stored(plan, tmp_path, "lamp", "--quantity", "40", "--by", "2026-07-14")
    write(tmp_path, "machines/gh/a/laser.yaml", LASER.format(lead=60, speed=SPEED.format(weekly=25)))
    done = plan("lamp", "--quantity", "40", "--by", "2026-07-14", "--plan", file)
    assert (done.exception, done.return_value) == (None, 0)
    told = " ".join(done.output.split())
    assert "gh/a can no longer do what it had of cut in the earlier plan: 40 in 14 days" in told
    assert "cut: gh/b has 40 pieces, it had nothing" in done.output


def test_a_plan_for_another_order_is_refused(plan: Plan, tmp_path: Path) -> None:
    file = stored(plan, tmp_path, "lamps")
    assert "`quantity` is 200 there, and 150 now" in str(plan("lamps", "--quantity", "150", "--plan", file).exception)
    write(tmp_path, "designs/lamp.yaml", REGISTRY["designs/lamp.yaml"] + "    quantity_per_unit: 2\n")
    assert "its operations are others: cut" in str(plan("lamps", "--plan", file).exception)
    for text in ("{}", "[1]", "no"):
        (tmp_path / "plan.json").write_text(text, encoding="utf-8")
        assert "`karakana plan --format json` writes it" in str(plan("lamps", "--plan", file).exception)


def test_a_maker_in_kumasi_joins_four_other_hubs_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    words = ["plan", "demo-200-wobble-switches-douala", "--as-of", "2026-11-23", "--quiet", "--format", "json"]
    found = json.loads(CliRunner().invoke(cli, words, standalone_mode=False).output)
    assert (found["valid"], found["certain"], found["method"]) == (True, True, "exact")
    assert [hub["id"].partition("/")[0] for hub in found["hubs"]] == ["bj", "cm", "gh", "ng", "tg"]
    assert sum(one["pieces"] for one in found["assignments"]) == 200
    assert [leg["end"] for leg in found["legs"]] == [""] * 5


def test_what_nobody_does_ends_with_1_and_is_named(plan: Plan) -> None:
    done = plan("lamps", "--without", "gh/a")
    assert done.return_value == 1
    assert "Nobody does cut" in done.output
    assert "50 pieces of 200 left" in done.output
    done = plan("mute")
    assert done.return_value == 1
    assert "states no operations" in done.output


def test_limits_from_the_command_line(plan: Plan) -> None:
    shared = json.loads(plan("lamp", "--quantity", "9", "--max-share", "3", "--format", "json").output)
    assert [one["pieces"] for one in shared["assignments"]] == [3, 3, 3]
    assert plan("lamp", "--quantity", "9", "--max-share", "3", "--max-hubs", "2").return_value == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "no design, request or file"),
        (["lamp", "--without", "gh/q"], "no hub is called"),
        (["lamp", "--by", "2026-01-01"], "is past"),
        (["lamp", "--within", "5"], "--near"),
        (["lamp", "--quantity", "0"], "0"),
    ],
)
def test_wrong_use_is_told(plan: Plan, words: list[str], said: str) -> None:
    assert said in str(plan(*words).exception)


def test_the_same_question_gives_the_same_bytes(plan: Plan) -> None:
    for form in ("text", "json", "markdown"):
        assert plan("stool", "--format", form).output == plan("stool", "--format", form).output
