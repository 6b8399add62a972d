"""`karakana owners`: what it prints in each format, how it exits, and that text of others stays text in a comment."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import markdown
from generator.cli import main
from generator.owners import Account, Given, Objection, Requirement, Role, Verdict
from generator.reports import ownership

HUB = "registry/hubs/gh/base-hub.yaml"
Karakana = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small registry whose hub has a steward with a number; `topic` changes its hours."""
    text = (committed.folder / HUB).read_text()
    committed.commit({HUB: text.replace("- github: base-hub", "- github: base-hub\n    github_id: 1001")})
    committed.git("checkout", "--quiet", "-b", "topic")
    committed.commit({HUB: (committed.folder / HUB).read_text() + "hours: Mo 09:00-10:00\n"})
    monkeypatch.chdir(committed.folder)
    folder: Path = committed.folder
    return folder


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Karakana:
    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["karakana", "owners", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(stopped.value.code or 0), told.out, told.err

    return run


@pytest.mark.usefixtures("here")
def test_text(karakana: Karakana) -> None:
    assert karakana("--base", "main") == (1, (
        f"{HUB}: waits for a steward of gh/base-hub or a maintainer (base-hub:1001): changes `hours`\n\n"
        "1 file, 1 not approved yet by a steward of gh/base-hub or a maintainer (1)\n"
        "self-merge: no\n"
        f"  {HUB}: its author is not known by number to be a steward\n"
    ), "")  # fmt: skip
    assert karakana("--base", "main", "--author", "Base-Hub:1001") == (0, (
        f"{HUB}: approved by Base-Hub:1001 as steward: changes `hours`\n\n"
        "1 file: everybody who must approve has\n"
        "self-merge: yes\n"
    ), "")  # fmt: skip


@pytest.mark.usefixtures("here")
def test_maintainers_given_by_hand(karakana: Karakana) -> None:
    code, out, _ = karakana("--base", "main", "--approved-by", "ama:9", "--maintainer", "ama:9")
    assert (code, out.splitlines()[0]) == (0, f"{HUB}: approved by ama:9 as maintainer: changes `hours`")
    assert karakana("--base", "main", "--approved-by", "ama:10", "--maintainer", "ama:9")[0] == 1


@pytest.mark.usefixtures("here")
def test_json(karakana: Karakana) -> None:
    code, out, _ = karakana("--base", "main", "--head", "topic", "--approved-by", "base-hub:1001", "--format", "json")
    assert code == 0
    assert json.loads(out) == {
        "approved": True, "self_merge": False, "maintainers": [],
        "objections": [{"path": HUB, "text": "its author is not known by number to be a steward"}],
        "files": [{
            "path": HUB, "kind": "hub", "id": "gh/base-hub", "hub": "gh/base-hub", "needs": "steward", "approved": True,
            "reasons": ["changes `hours`"], "stewards": [{"github": "base-hub", "github_id": 1001}],
            "approved_by": [{"github": "base-hub", "github_id": 1001, "as": "steward"}],
        }],
    }  # fmt: skip


def test_reviews_of_the_last_commit_count(here: Path, karakana: Karakana) -> None:
    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    review = {"user": {"login": "base-hub", "id": 1001}, "state": "APPROVED", "commit_id": head}
    (here / "reviews.json").write_text(json.dumps([[review]]))
    assert karakana("--base", "main", "--reviews", "reviews.json")[0] == 0
    (here / "reviews.json").write_text(json.dumps([[{**review, "commit_id": "0" * 40}]]))
    assert karakana("--base", "main", "--reviews", "reviews.json")[0] == 1


def test_registry_in_a_folder_of_a_repository(here: Path, karakana: Karakana, monkeypatch: pytest.MonkeyPatch) -> None:
    move = "mkdir -p 'a b/c' && git mv registry 'a b/c' && git -c user.name=x -c user.email=x@x commit -qm x"
    for words in (
        "git checkout -q main",
        move,
        "git checkout -q topic",
        "git -c user.name=x -c user.email=x@x rebase -q main",
    ):
        subprocess.run(words, shell=True, check=True)
    monkeypatch.chdir(here / "a b/c")
    code, out, _ = karakana("--base", "main", "--author", "base-hub:1001")
    assert (code, out.splitlines()[0]) == (0, f"a b/c/{HUB}: approved by base-hub:1001 as steward: changes `hours`")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--base", "nowhere"], "Git knows no revision `nowhere`"),
        (["--base", "main", "--author", "base hub"], "'base hub' is no account"),
        (["--base", "main", "--approved-by", "bаse-hub:1001"], "is no account"),
        (["--base", "main", "--reviews", "registry/registry.yaml"], "is no JSON"),
        (["--base", "main", "--reviews", "object.json"], "no list of reviews"),
        (["--base", "main", "--reviews", "odd.json"], "no list of reviews"),
        ([], "Missing option '--base'"),
    ],
)
def test_wrong_use_says_what_to_do(here: Path, karakana: Karakana, words: list[str], expected: str) -> None:
    (here / "object.json").write_text("{}")
    (here / "odd.json").write_text('[{"user": {"login": "x"}, "state": "APPROVED"}]')
    code, out, err = karakana(*words)
    assert (code, out) == (2, "")
    assert expected in err


def test_outside_of_git(small: Path, karakana: Karakana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent)
    assert "this needs a Git repository" in karakana("--base", "main")[2]


# Comments.

NASTY = [
    "registry/@all.yaml", "a|b", "`x`", "``", "a`", "<img src=x onerror=alert(1)>", "[x](https://evil.example)", "\\",
    "\\|", "##[error]x", "  ::error::x",
    "a\nb\n\n# h", "![x](//evil.example/x)", "#1", "https://evil.example", "\x1b[2J", "\u202efdp", "www.evil.example",
    "::error::x", "o/r#1", "&lt;", "</details>", "-->", " ", "", "@", "a@b.example", "\udcff", "\u200b", "1. x", "- x",
]  # fmt: skip


class Page(HTMLParser):
    """The tags of a page, its text, and what of it stands in code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.plain: list[str] = []
        self.codes: list[str] = []
        self.feed(MarkdownIt("commonmark").enable("table").render(text))

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.append(tag)
        if tag == "code":
            self.codes.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "code":
            self.codes[-1] += data
        else:
            self.plain.append(data)


ROW = ["table", "thead", "tr", "th", "/th", "th", "/th", "/tr", "/thead", "tbody", "tr", "td"]


def assert_harmless(text: str) -> None:
    row = Page(f"| a | b |\n|---|---|\n| {markdown.code(text)} | {markdown.escaped(text)} |\n")
    assert row.tags == [*ROW, "code", "/code", "/td", "td", "/td", "/tr", "/tbody", "/table"]
    assert row.codes[0].strip() == markdown.visible(text).replace("|", "｜")[: len(row.codes[0])].strip()
    told = "".join(row.plain)
    assert re.search(r"@\w|#\d", told) is None
    shown = told.replace("\u2060", "").split("\n")
    assert markdown.visible(text).strip() in [line.strip() for line in shown] or not text.strip()


@pytest.mark.parametrize("text", NASTY)
def test_text_of_others_stays_text(text: str) -> None:
    assert_harmless(text)


@given(st.text(st.characters(), max_size=40) | st.text("`|\\<>@#[]()!*_&;/: \n-", max_size=12))
def test_any_text_stays_text(text: str) -> None:
    assert_harmless(text)


def verdict(path: str, count: int = 1, given_by: tuple[Given, ...] = ()) -> Verdict:
    one = Requirement(path, "hub", "gh/x", "gh/x", Role.STEWARD, ("changes `a`", "odd: `", path), (), given_by)
    return Verdict((one,) * count, (), (Objection(path, "why: `x`"),) * count)


@pytest.mark.parametrize("path", NASTY)
def test_comment_is_a_table_whatever_the_files_are_called(path: str) -> None:
    page = Page(ownership.as_markdown(verdict(path, 2)).replace("<details>", "").replace("</details>", ""))
    assert page.tags.count("tr") == 3
    assert page.tags.count("td") == 8
    assert not {"a", "img", "script"} & set(page.tags)
    lines = ownership.text(verdict(path)).split("\n") + ownership.as_json(verdict(path)).split("\n")
    assert not any("\x1b" in line or line.strip().startswith("::") or "##[" in line for line in lines)
    assert json.loads(ownership.as_json(verdict(path)))["files"][0]["path"] == path


def test_comment_has_a_limit() -> None:
    text = ownership.as_markdown(verdict("registry/" + "x" * 180, 5000))
    assert len(text) <= markdown.LIMIT
    shown = text.count("\n| `registry")
    assert 20 < shown < 100
    assert f"… and {5000 - shown} more files." in text
    assert text.endswith("</details>\n")
    assert len(ownership.text(verdict("x", 5000)).splitlines()) > 5000


def test_comment_says_when_all_is_well() -> None:
    found = verdict("registry/hubs/gh/x.yaml", given_by=(Given(Account("ama", 9), Role.MAINTAINER),))
    assert "Everybody who must approve has" not in ownership.as_markdown(verdict("x"))
    assert "everybody who must approve has" in ownership.as_markdown(found)
    assert "`ama` (maintainer)" in ownership.as_markdown(found)


def test_nothing_changes() -> None:
    assert ownership.text(Verdict((), (), (Objection("", "nothing changes"),))).startswith("\nnothing changes\n")
    assert "Nothing changes" in ownership.as_markdown(Verdict(()))
    assert io.StringIO(ownership.as_json(Verdict(()))).readline() == "{\n"
