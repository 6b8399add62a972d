"""`karakana diff`, run in real repositories: what it prints, and how it exits."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator import markdown, schemas
from tests.commands import Done, karakana

pytestmark = pytest.mark.usefixtures("alone")
HUB = "name: New Hub\nkind: fab-lab\nlocation:\n  locality: Accra\n  precision: city\nwebsite: https://new.example/\n"
BASE_HUB = "registry/hubs/gh/base-hub.yaml"


def diff(folder: Path, *words: str) -> Done:
    """Run the command in this process, in a folder."""
    return karakana(folder, "diff", *words)


def printed(folder: Path, *words: str) -> list[str]:
    done = diff(folder, *words)
    assert (done.code, done.err) == (0, "")
    return done.out.rstrip("\n").split("\n")


def branch(repository: Any, name: str, start: str = "main") -> None:
    repository.git("checkout", "--quiet", "-B", name, start)


def two_lines(repository: Any) -> None:
    """`topic` adds a hub and closes the other; `main` goes on meanwhile."""
    branch(repository, "topic")
    text = (repository.folder / BASE_HUB).read_text(encoding="utf-8")
    repository.commit({"registry/hubs/tg/new.yaml": HUB, BASE_HUB: f"{text}access: public\n"})
    branch(repository, "main")
    repository.commit({"registry/hubs/bj/other.yaml": HUB, "README.md": "x"})


BROUGHT = [
    "changed hub: Base Hub (gh/base-hub)", "  access: not given → public",
    "added hub: New Hub (tg/new)", "  fab lab in Accra",
]  # fmt: skip


@pytest.mark.parametrize("range_", ["main..topic", "main...topic", "HEAD..topic", "..topic"])
def test_what_a_branch_brings_while_another_one_is_checked_out(committed: Any, range_: str) -> None:
    two_lines(committed)
    found = printed(committed.folder, range_)
    assert found[:4] == BROUGHT
    assert "Benin" not in "".join(found)


def test_the_same_is_said_whatever_is_checked_out(committed: Any) -> None:
    two_lines(committed)
    said = [diff(committed.folder, "main..topic", "--format", form).out for form in ("text", "markdown", "json")]
    committed.write({BASE_HUB: "name: [\n", "registry/hubs/gh/dirty.yaml": HUB})
    again = [diff(committed.folder, "main..topic", "--format", form).out for form in ("text", "markdown", "json")]
    assert said == again
    committed.git("checkout", "--quiet", "--force", "topic")
    committed.git("clean", "--quiet", "--force")
    assert said[0] == diff(committed.folder / "registry/hubs", "main..").out


def test_base_alone_is_compared_with_the_files_on_disk(committed: Any) -> None:
    two_lines(committed)
    branch(committed, "topic", "topic")
    committed.write({"registry/hubs/tg/new.yaml": HUB.replace("New", "Newer")})
    assert "added hub: Newer Hub (tg/new)" in printed(committed.folder, "main")
    assert "  name changed: “New Hub” → “Newer Hub”" in printed(committed.folder, "HEAD")
    data = json.loads(diff(committed.folder, "main", "--format", "json").out)
    assert data["head"] == ""


def test_renames_deletes_and_links(committed: Any) -> None:
    committed.git("mv", BASE_HUB, "registry/hubs/gh/other.yaml")
    committed.git("mv", "registry/machines/gh/base-hub", "registry/machines/gh/other")
    text = (committed.folder / "registry/hubs/gh/other.yaml").read_text(encoding="utf-8")
    (committed.folder / "registry/materials/wood.yaml").unlink()
    (committed.folder / "registry/hubs/gh/link.yaml").symlink_to(HUB)
    committed.commit({"registry/hubs/gh/other.yaml": f"{text}formerly:\n  - gh/base-hub\n"})
    found = printed(committed.folder, "HEAD~1..HEAD")
    assert "renamed hub: Base Hub (gh/other), formerly gh/base-hub" in found
    assert "  machine moved along: laser" in found
    assert any(line.startswith("removed material:") for line in found)
    assert found[found.index("broken hub: gh/link") + 1] == "  is no plain file: a symbolic link or a submodule"
    committed.git("mv", "registry/hubs/gh/other.yaml", "registry/hubs/gh/third.yaml")
    committed.commit()
    assert any("looks like gh/other under another id" in line for line in printed(committed.folder, "HEAD~1..HEAD"))


def test_merge_of_main_is_not_what_the_branch_brings(committed: Any) -> None:
    two_lines(committed)
    branch(committed, "topic", "topic")
    committed.git("merge", "--quiet", "--no-edit", "main")
    assert printed(committed.folder, "main..topic")[:4] == BROUGHT


def test_lines_that_crossed(committed: Any) -> None:
    branch(committed, "one")
    committed.commit({"registry/hubs/gh/one.yaml": HUB}, day="2026-01-02")
    branch(committed, "two", "main")
    committed.commit({"registry/hubs/gh/two.yaml": HUB}, day="2026-01-03")
    committed.git("tag", "before")
    committed.git("merge", "--quiet", "--no-edit", "one", day="2026-01-04")
    branch(committed, "one", "one")
    committed.git("merge", "--quiet", "--no-edit", "before", day="2026-01-05")
    assert printed(committed.folder, "one..two") == ["no differences"]
    committed.git("rm", "--quiet", "registry/hubs/gh/two.yaml")
    committed.commit()
    assert printed(committed.folder, "two..one")[0] == "removed hub: New Hub (gh/two)"


def test_fork_and_shallow_clone(committed: Any, tmp_path: Path) -> None:
    two_lines(committed)
    clone = tmp_path / "clone"
    words = ("--quiet", "--depth=1", "--no-single-branch", f"file://{committed.folder}", str(clone))
    committed.git("clone", *words)
    done = diff(clone, "origin/main..origin/topic")
    assert done.code == 2
    assert "git fetch --unshallow" in done.err
    committed.git("-C", str(clone), "fetch", "--quiet", "--unshallow")
    assert printed(clone, "origin/main..origin/topic")[:4] == BROUGHT


@pytest.mark.parametrize(
    ("range_", "said"),
    [
        ("nowhere..HEAD", "no revision `nowhere`"),
        ("HEAD..nowhere", "no revision `nowhere`"),
        ("main..other", "no commit in common"),
        ("--help-me", "No such option"),
        ("a..b..c", "no revision"),
    ],
)
def test_wrong_use_is_said_so(committed: Any, range_: str, said: str) -> None:
    committed.git("checkout", "--quiet", "--orphan", "other")
    committed.commit({"registry/hubs/gh/new.yaml": HUB})
    done = diff(committed.folder, range_)
    assert done.code == 2
    assert said in done.err


def test_folder_without_git_is_wrong_use(small: Path) -> None:
    done = diff(small, "HEAD")
    assert done.code == 2
    assert "needs a Git repository" in done.err


def test_nothing_differs(committed: Any) -> None:
    committed.commit({"README.md": "x"})
    assert printed(committed.folder, "HEAD~1..HEAD") == ["no differences"]
    assert printed(committed.folder, "HEAD~1..HEAD", "--format", "markdown") == ["No record differs."]


def test_json_is_stable_and_as_its_schema_says(committed: Any) -> None:
    two_lines(committed)
    data = json.loads(diff(committed.folder, "main..topic", "--format", "json").out)
    assert schemas.published("diff")(data)
    assert data["base"] == committed.git("rev-parse", "main").strip()
    assert data["head"] == committed.git("rev-parse", "topic").strip()
    assert data["records"][0] == {
        "how": "changed", "kind": "hub", "id": "gh/base-hub", "name": "Base Hub", "path": "hubs/gh/base-hub.yaml",
        "formerly": "", "told_in": "",
        "statements": [
            {"kind": "set", "field": "access", "text": "access: not given → public", "before": [], "after": ["public"]}
        ],
    }  # fmt: skip


def test_names_of_files_that_are_not_utf_8(committed: Any) -> None:
    with open(os.fsencode(committed.folder / "registry/hubs/gh") + b"/caf\xe9.yaml", "wb") as file:
        file.write(HUB.encode())
    committed.commit()
    for form in ("text", "markdown", "json"):
        assert "caf\\" in "".join(printed(committed.folder, "HEAD~1..HEAD", "--format", form))


def test_hundreds_of_records_fit_into_a_comment(committed: Any) -> None:
    name = "'@all |x| [x](https://e.example) فارسی'"
    committed.commit({
        f"registry/hubs/gh/h-{number}.yaml": HUB.replace("New Hub", name).replace("new.", f"n{number}.")
        for number in range(500)
    })  # fmt: skip
    done = diff(committed.folder, "HEAD~1..HEAD", "--format", "markdown")
    assert len(done.out) <= markdown.LIMIT
    told = done.out.count("**added hub:**")
    assert f"… and {500 - told} more: `karakana diff` tells them." in done.out
    assert diff(committed.folder, "HEAD~1..HEAD", "--quiet").out.count("added hub:") == 500


@pytest.mark.parametrize("junk", [bytes(range(256)) * 20, b"\0" * 70_000, b"\xef\xbb\xbf", b"name: [\n", b"&a [*a]\n"])
def test_junk_on_either_side(committed: Any, junk: bytes) -> None:
    (committed.folder / BASE_HUB).write_bytes(junk)
    committed.commit()
    for range_, how in (("HEAD~1..HEAD", "broken"), ("HEAD~1..HEAD~1", "")):
        for form in ("text", "markdown", "json"):
            said = diff(committed.folder, range_, "--format", form, "--quiet")
            assert said.code == 0
            assert how in said.out
            assert all(char.isprintable() or char in "\n\u2060" for char in said.out)
    committed.git("revert", "--no-edit", "HEAD")
    assert "mended hub" in diff(committed.folder, "HEAD~1..HEAD", "--quiet").out


def test_hostile_records_in_a_comment(committed: Any) -> None:
    hostile = HUB.replace("New Hub", "'@all #1 <img src=x> [x](https://e.example) \\u202e'").replace("'", '"')
    committed.commit({"registry/hubs/gh/evil.yaml": hostile})
    shown = "\n".join(printed(committed.folder, "HEAD~1..HEAD", "--format", "markdown"))
    for active in ("@all", "#1", "<img", "](", "https://", "\u202e"):
        assert active not in shown.replace("\\](", "")
