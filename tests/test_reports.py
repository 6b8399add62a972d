"""Reports: each format as it must be, and no content of a record that breaks out of it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import reports
from generator.checks import RULES
from generator.diagnostics import Diagnostic, Location, Related, Severity

SARIF = json.loads((Path(__file__).parent / "sarif" / "subset-2.1.0.schema.json").read_bytes())
IDS = {rule.id for rule in RULES}

SMALL = (
    Diagnostic(
        "unknown-process", Severity.ERROR, Location("registry/machines/gh/x/laser.yaml", 3, 5),
        "no process is called `lazer-cutting`", "did you mean `laser-cutting`?",
    ),
    Diagnostic(
        "ids-differ-in-case", Severity.WARNING, Location("registry/hubs/gh/A.yaml"), "two: a, b", "",
        (Related(Location("registry/hubs/gh/a.yaml", 1, 1), "the other one"),),
    ),
)  # fmt: skip

TEXT = (
    "registry/machines/gh/x/laser.yaml:3:5: error: unknown-process: no process is called `lazer-cutting`"
    " (did you mean `laser-cutting`?)\n"
    "registry/hubs/gh/A.yaml: warning: ids-differ-in-case: two: a, b\n"
)
GITHUB = (
    "::error file=registry/machines/gh/x/laser.yaml,title=unknown-process,line=3,col=5::"
    "no process is called `lazer-cutting`%0Adid you mean `laser-cutting`?\n"
    "::warning file=registry/hubs/gh/A.yaml,title=ids-differ-in-case::two: a, b\n"
)
JSON = [
    {
        "rule": "unknown-process", "severity": "error", "path": "registry/machines/gh/x/laser.yaml", "line": 3,
        "column": 5, "message": "no process is called `lazer-cutting`", "hint": "did you mean `laser-cutting`?",
        "related": [],
    },
    {
        "rule": "ids-differ-in-case", "severity": "warning", "path": "registry/hubs/gh/A.yaml", "line": 0, "column": 0,
        "message": "two: a, b", "hint": "",
        "related": [{"path": "registry/hubs/gh/a.yaml", "line": 1, "column": 1, "message": "the other one"}],
    },
]  # fmt: skip
WITH_SOURCES = """\
error: no process is called `lazer-cutting`  [unknown-process]
  --> registry/machines/gh/x/laser.yaml:3:5
  3 |   - lazer-cutting
    |     ^
  help: did you mean `laser-cutting`?

warning: two: a, b  [ids-differ-in-case]
  --> registry/hubs/gh/A.yaml
  see registry/hubs/gh/a.yaml:1:1: the other one
"""
SUMMARY = """\
### karakana check: 1 error, 1 warning

| | where | what | what to do |
|---|---|---|---|
| error | registry/machines/gh/x/laser.yaml:3:5 | no process is called \\`lazer-cutting\\` \\(unknown-process\\) | did you mean \\`laser-cutting\\`? |
| warning | registry/hubs/gh/A.yaml | two: a, b \\(ids-differ-in-case\\) |  |
"""  # noqa: E501


def test_text() -> None:
    assert reports.lines(SMALL) == TEXT


def test_github() -> None:
    assert reports.workflow_commands(SMALL) == GITHUB


def test_json() -> None:
    assert json.loads(reports.as_json(SMALL)) == JSON


def test_text_with_sources() -> None:
    assert reports.with_sources(SMALL, lambda _path, _line: "  - lazer-cutting") == WITH_SOURCES


def test_summary() -> None:
    assert reports.summary(SMALL) == SUMMARY
    assert reports.summary(()) == "### karakana check: no findings\n\n"


def test_long_summary_stays_below_what_github_takes() -> None:
    text = reports.summary(SMALL[:1] * 20_000)
    assert len(text.encode()) < 2**20
    assert text.endswith("… and 19500 more.\n")


def test_sarif() -> None:
    log = json.loads(reports.as_sarif(SMALL))
    assert jsonschema_rs.validator_for(SARIF, validate_formats=True).is_valid(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert {rule["id"] for rule in rules} == IDS
    assert [one["level"] for one in run["results"]] == ["error", "warning"]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert places[0]["region"] == {"startLine": 3, "startColumn": 5}
    assert "region" not in places[1]


@pytest.mark.parametrize("form", reports.FORMATS)
def test_no_findings(form: str) -> None:
    text = reports.FORMATS[form](())
    assert text == "" if form in ("text", "github") else json.loads(text) is not None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), "no findings"),
        (SMALL, "1 error, 1 warning"),
        (SMALL * 2, "2 errors, 2 warnings"),
        (SMALL[1:], "1 warning"),
    ],
)
def test_tally(found: Sequence[Diagnostic], expected: str) -> None:
    assert reports.tally(found) == expected


# Hostile content: whatever a stranger puts into a record or calls a file.

HOSTILE = [
    "x\n::error::y", "\r::set-output name=a::b", "%0A::error::y", "a|b\n|c|d|", "\x1b[31mred\x1b[0m", "\x9b31m",
    "\u202eevil",
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "@maintainers",
    "`x` **y**",
    "\\|", "file=a,line=1::", "&lt;img&gt;", "\0", "\u2028", "😀", "[x](1)", "{0}", '"}]}', "\x07\x08", "# x", "\udce9",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8")), max_size=3).map("".join)
SAFE = TEXTS.map(lambda text: text.encode("utf-8", "backslashreplace").decode())
FOUND = st.builds(
    Diagnostic,
    rule=st.sampled_from(sorted(IDS)),
    severity=st.sampled_from(Severity),
    location=st.builds(Location, SAFE.filter(bool), st.integers(1, 9), st.integers(1, 200)),
    message=SAFE,
    hint=SAFE,
    related=st.lists(st.builds(Related, st.builds(Location, SAFE), SAFE), max_size=2).map(tuple),
)


@given(st.lists(FOUND, max_size=4), SAFE)
def test_hostile_content_stays_in_its_line(found: list[Diagnostic], source: str) -> None:
    for text in (reports.lines(found), reports.workflow_commands(found)):
        assert text.count("\n") == len(found)
    for text in (reports.lines(found), reports.with_sources(found, lambda _path, _line: source)):
        assert all(char == "\n" or char.isprintable() for char in text)
    heads = [row for row in reports.with_sources(found, lambda _path, _line: source).split("\n") if row[:1].strip()]
    assert len(heads) == len(found)


@given(st.lists(FOUND, min_size=1, max_size=4))
def test_hostile_content_adds_no_workflow_command(found: list[Diagnostic]) -> None:
    for row, one in zip(reports.workflow_commands(found).split("\n"), found, strict=False):
        command = re.fullmatch(r"::(error|warning|notice) ([^\r\n]*?)::([^\r\n]*)", row)
        assert command is not None
        options = dict(pair.split("=", 1) for pair in command[2].split(","))
        assert set(options) == {"file", "title", "line", "col"}
        assert unescaped(options["file"]) == one.location.path
        assert unescaped(command[3]) == (f"{one.message}\n{one.hint}" if one.hint else one.message)


def unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


@given(st.lists(FOUND, min_size=1, max_size=4))
def test_hostile_content_adds_no_cell_or_markup_to_the_summary(found: list[Diagnostic]) -> None:
    rows = reports.summary(found).split("\n")[4:-1]
    assert len(rows) == len(found)
    for row in rows:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 5
        assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`*_@]", row)


@given(st.lists(FOUND, max_size=4))
@example(
    [Diagnostic("alias", Severity.NOTE, Location("a b/ü:%?#", 1, 1), "[x](1)", "", (Related(Location("x"), "y"),) * 2)]
)
def test_json_and_sarif_hold_what_was_found(found: list[Diagnostic]) -> None:
    assert [(row["message"], row["path"]) for row in json.loads(reports.as_json(found))] == [
        (one.message, one.location.path) for one in found
    ]
    log = json.loads(reports.as_sarif(found))
    assert jsonschema_rs.validator_for(SARIF, validate_formats=True).is_valid(log)
    for row in log["runs"][0]["results"]:
        assert not re.search(r"(?<!\\)\[", row["message"]["text"])


@pytest.mark.parametrize(
    ("source", "column", "shown"),
    [
        ("a: b", 4, "  1 | a: b\n    |    ^"),
        ("é: 😀 b", 6, "  1 | é: 😀 b\n    |       ^"),
        ("日本: x", 5, "  1 | 日本: x\n    |       ^"),
        ("a\tb: x", 6, "  1 | a\\u0009b: x\n    |           ^"),
        ("x" * 500, 300, f"  1 | {'x' * 160}\n    | {' ' * 80}^"),
        ("x" * 500, 10, f"  1 | {'x' * 160}\n    | {' ' * 9}^"),
    ],
)
def test_mark_stands_below_the_column(source: str, column: int, shown: str) -> None:
    one = Diagnostic("alias", Severity.ERROR, Location("x.yaml", 1, column), "m")
    assert shown in reports.with_sources([one], lambda _path, _line: source)
