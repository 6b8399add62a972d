"""What one revision brings since it left another, asked of real repositories; and registries with files replaced."""

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.diagnostics import Location
from generator.history import Changes, History, HistoryError, open_history
from generator.records import Hub, Machine
from generator.registry import Registry


def opened(repository: Any, folder: str = "registry") -> History:
    history = open_history(repository.folder / folder)
    assert history is not None
    return history


def branch(repository: Any, name: str, start: str = "main") -> None:
    repository.git("checkout", "--quiet", "-B", name, start)


def brought(changes: Changes) -> dict[str, tuple[bytes | None, bytes | None]]:
    """What was and what is, by path; None where there is no plain file."""
    return {path: (changes.before.get(path), changes.after.get(path)) for path in (*changes.changed, *changes.removed)}


# Lines and where they left each other.


def test_what_others_changed_meanwhile_is_not_brought(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "old", "registry/b.yaml": "old", "other.txt": "old"})
    branch(repository, "topic")
    repository.commit({"registry/a.yaml": "ours", "registry/new.yaml": "new", "other.txt": "ours"})
    branch(repository, "main")
    repository.commit({"registry/b.yaml": "theirs"})
    found = opened(repository).between("main", "topic")
    assert brought(found) == {"a.yaml": (b"old", b"ours"), "new.yaml": (None, b"new")}


def test_work_tree_and_what_is_checked_out_have_no_part(repository: Any) -> None:
    first = repository.commit({"registry/a.yaml": "1"})
    second = repository.commit({"registry/a.yaml": "2"})
    repository.git("checkout", "--quiet", first)
    repository.write({"registry/a.yaml": "dirty", "registry/b.yaml": "new"})
    assert brought(opened(repository).between(first, second)) == {"a.yaml": (b"1", b"2")}


def test_a_revision_brings_nothing_to_itself_nor_to_its_children(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "1"})
    repository.commit({"registry/a.yaml": "2"})
    history = opened(repository)
    assert history.between("HEAD", "HEAD") == Changes()
    assert history.between("HEAD", "HEAD~1") == Changes()


def test_merge_of_the_base_brings_only_what_the_branch_adds(repository: Any) -> None:
    repository.commit({"registry/both.yaml": "old", "registry/theirs.yaml": "old"})
    branch(repository, "topic")
    repository.commit({"registry/both.yaml": "ours"})
    branch(repository, "main")
    repository.commit({"registry/both.yaml": "theirs", "registry/theirs.yaml": "theirs"})
    branch(repository, "topic", "topic")
    repository.git("merge", "--quiet", "--strategy-option=ours", "--no-edit", "main")
    assert brought(opened(repository).between("main", "topic")) == {"both.yaml": (b"theirs", b"ours")}


def criss_cross(repository: Any) -> None:
    """Two lines that merged each other: `one` and `two` left each other at two commits."""
    repository.commit({"registry/a.yaml": "0", "registry/b.yaml": "0", "registry/c.yaml": "0"})
    branch(repository, "one")
    repository.commit({"registry/a.yaml": "one"}, day="2026-01-02")
    branch(repository, "two", "main")
    repository.commit({"registry/b.yaml": "two"}, day="2026-01-03")
    repository.git("tag", "two-before")
    repository.git("merge", "--quiet", "--no-edit", "one", day="2026-01-04")
    branch(repository, "one", "one")
    repository.git("merge", "--quiet", "--no-edit", "two-before", day="2026-01-05")
    assert len(repository.git("merge-base", "--all", "one", "two").split()) == 2


def test_lines_that_crossed_are_compared_with_the_base_itself(repository: Any) -> None:
    criss_cross(repository)
    history = opened(repository)
    assert history.between("one", "two") == Changes()
    repository.commit({"registry/c.yaml": "one"})
    assert brought(history.between("two", "one")) == {"c.yaml": (b"0", b"one")}
    assert history.between("one", "two") == Changes()


def test_a_change_taken_back_in_a_crossing_is_not_hidden(repository: Any) -> None:
    criss_cross(repository)
    repository.commit({"registry/b.yaml": "0"})  # what one of the two common commits had, and the other had not
    assert brought(opened(repository).between("two", "one")) == {"b.yaml": (b"two", b"0")}


def test_fork_with_a_common_commit_needs_no_remote_branch(repository: Any, tmp_path: Path) -> None:
    repository.commit({"registry/a.yaml": "a"})
    clone = type(repository)(tmp_path / "fork")
    clone.git("pull", "--quiet", str(repository.folder), "main")
    clone.commit({"registry/b.yaml": "b"})
    repository.commit({"registry/a.yaml": "later"})
    repository.git("fetch", "--quiet", str(clone.folder), "main:refs/pull/1/head")
    assert brought(opened(repository).between("main", "refs/pull/1/head")) == {"b.yaml": (None, b"b")}


def test_lines_without_a_common_commit_are_refused(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit({"registry/a.yaml": "b"})
    with pytest.raises(HistoryError, match=r"`other` and `main` have no commit in common; .*fork"):
        opened(repository).between("main", "other")


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~7", "--help", "", "HEAD:registry", "0" * 40, "main..main"])
@pytest.mark.parametrize("end", ["base", "head"])
def test_unknown_revision_is_said_so(repository: Any, revision: str, end: str) -> None:
    repository.commit({"registry/a.yaml": "a"})
    ends = (revision, "HEAD") if end == "base" else ("HEAD", revision)
    with pytest.raises(HistoryError, match="Git knows no revision"):
        opened(repository).between(*ends)


# Shallow clones.


def shallow(repository: Any, *words: str) -> History:
    clone = repository.folder.parent / "clone"
    repository.git("clone", "--quiet", "--no-single-branch", *words, f"file://{repository.folder}", str(clone))
    history = open_history(clone / "registry")
    assert history is not None
    return history


def two_lines(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "0", "registry/b.yaml": "0"})
    branch(repository, "topic")
    repository.commit({"registry/a.yaml": "1"})
    repository.commit({"registry/a.yaml": "2"})
    branch(repository, "main")
    repository.commit({"registry/b.yaml": "1"})


@pytest.mark.parametrize("depth", [1, 2])
def test_shallow_clone_that_lacks_the_common_commit_says_what_to_do(repository: Any, depth: int) -> None:
    two_lines(repository)
    with pytest.raises(HistoryError, match=r"where `origin/topic` left `origin/main`; .*--unshallow"):
        shallow(repository, f"--depth={depth}").between("origin/main", "origin/topic")


def test_shallow_clone_that_is_deep_enough_answers(repository: Any) -> None:
    two_lines(repository)
    found = shallow(repository, "--depth=3").between("origin/main", "origin/topic")
    assert brought(found) == {"a.yaml": (b"0", b"2")}


def test_shallow_clone_of_a_merge_knows_what_it_brought(repository: Any) -> None:
    two_lines(repository)
    repository.git("merge", "--quiet", "--no-edit", "topic")
    found = shallow(repository, "--depth=2").between("HEAD^1", "HEAD")
    assert brought(found) == {"a.yaml": (b"0", b"2")}


def test_shallow_clone_does_not_take_an_older_common_commit_for_the_last(repository: Any) -> None:
    """Here `main` merged `topic` once, and the clone lacks that merge on one side but not the root on both."""
    root = repository.commit({"registry/a.yaml": "0"})
    branch(repository, "topic")
    repository.commit({"registry/a.yaml": "1"})
    repository.git("tag", "last-common")
    for number in range(3):
        repository.commit({"registry/b.yaml": str(number)})
    repository.git("merge", "--quiet", "--strategy=ours", "--no-edit", root)
    tree = repository.git("rev-parse", "HEAD^{tree}").strip()
    near_root = repository.git("commit-tree", "-m", "x", "-p", "HEAD", "-p", root, tree).strip()
    repository.git("reset", "--quiet", "--hard", near_root)
    branch(repository, "main")
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "last-common")
    assert brought(opened(repository).between("main", "topic")).keys() == {"b.yaml"}
    with pytest.raises(HistoryError, match="--unshallow"):
        shallow(repository, "--depth=3").between("origin/main", "origin/topic")


def test_shallow_clone_without_the_revision_says_what_to_do(repository: Any) -> None:
    two_lines(repository)
    with pytest.raises(HistoryError, match=r"no revision `HEAD~2`; .*--unshallow"):
        shallow(repository, "--depth=1").between("HEAD~2", "HEAD")


# Files.


@pytest.mark.parametrize("folder", ["registry", ".", "deep/er/registry", "re[g]istry"])
def test_paths_are_relative_to_the_folder_wherever_it_lies(repository: Any, folder: str) -> None:
    prefix = "" if folder == "." else f"{folder}/"
    names = ["hubs/gh/a b.yaml", 'hubs/gh/"q".yaml', "hubs/gh/é.yaml", "hubs/gh/*.yaml", "hubs/gh/:(top)x.yaml"]
    repository.commit({f"{prefix}{name}": "old\n" for name in names})
    repository.commit({f"{prefix}{name}": f"{name}\r\n\n" for name in names} | {"outside.txt": "x"})
    history = opened(repository, folder)
    expected = {name: (b"old\n", (repository.folder / folder / name).read_bytes()) for name in names}
    assert brought(history.between("HEAD~1", "HEAD")) == expected | (
        {"outside.txt": (None, b"x")} if not prefix else {}
    )
    assert history.contents("HEAD~1", [*names, "gone.yaml", "hubs"]) == dict.fromkeys(names, b"old\n")


def test_renamed_file_is_removed_and_added(repository: Any) -> None:
    text = "".join(f"line {number}\n" for number in range(20))
    repository.commit({"registry/old.yaml": text, "registry/gone.yaml": "quite different\n"})
    repository.git("mv", "registry/old.yaml", "registry/new.yaml")
    repository.git("rm", "--quiet", "registry/gone.yaml")
    repository.commit({"registry/new.yaml": f"{text}more\n"})
    found = opened(repository).between("HEAD~1", "HEAD")
    assert (found.changed, found.removed) == (("new.yaml",), ("gone.yaml", "old.yaml"))
    assert found.renamed == {"new.yaml": "old.yaml"}
    assert found.contents_before == {"new.yaml": None, "old.yaml": text.encode(), "gone.yaml": b"quite different\n"}


def test_moving_into_the_folder_is_an_addition(repository: Any) -> None:
    repository.commit({"draft.yaml": "same text\n", "registry/a.yaml": "a"})
    repository.git("mv", "draft.yaml", "registry/b.yaml")
    repository.commit()
    found = opened(repository).between("HEAD~1", "HEAD")
    assert (brought(found), found.renamed) == ({"b.yaml": (None, b"same text\n")}, {})


def test_links_and_submodules_have_no_contents(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a", "registry/b.yaml": "b"})
    for name, target in (("a", "name: a record, says the link"), ("c", "/etc/passwd")):
        path = repository.folder / f"registry/{name}.yaml"
        path.unlink(missing_ok=True)
        path.symlink_to(target)
    repository.commit()
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},registry/sub")
    repository.git("commit", "--quiet", "--message", "submodule")
    history = opened(repository)
    expected = {"a.yaml": (b"a", None), "c.yaml": (None, None), "sub": (None, None)}
    found = history.between("HEAD~2", "HEAD")
    assert brought(found) == expected
    assert found.contents == {"a.yaml": b"", "c.yaml": b"", "sub": b""}
    assert history.contents("HEAD", expected) == {}
    repository.git("revert", "--no-edit", "HEAD~2..HEAD")
    assert brought(history.between("HEAD~2", "HEAD")) == {
        "a.yaml": (None, b"a"),
        "c.yaml": (None, None),
        "sub": (None, None),
    }


def test_new_mode_of_a_file_is_a_change_of_nothing(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    (repository.folder / "registry/a.yaml").chmod(0o755)
    repository.commit()
    assert brought(opened(repository).between("HEAD~1", "HEAD")) == {"a.yaml": (b"a", b"a")}


def test_names_that_are_not_utf_8_come_through(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    folder = os.fsencode(repository.folder / "registry")
    with open(folder + b"/caf\xe9.yaml", "wb") as file:
        file.write(b"\xff")
    repository.commit()
    history = opened(repository)
    assert brought(history.between("HEAD~1", "HEAD")) == {"caf\udce9.yaml": (None, b"\xff")}
    assert history.contents("HEAD", ["caf\udce9.yaml"]) == {"caf\udce9.yaml": b"\xff"}


def test_huge_file_is_not_read_whole(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    repository.commit({"registry/a.yaml": "x" * 3_000_000, "registry/b.yaml": "b"})
    found = opened(repository).between("HEAD~1", "HEAD")
    assert (len(found.after["a.yaml"]), found.after["b.yaml"]) == (64 * 1024 + 1, b"b")


def test_settings_of_whoever_runs_it_change_nothing(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a\n" * 9, "registry/b.yaml": "b"})
    repository.git("mv", "registry/a.yaml", "registry/z.yaml")
    repository.commit({"registry/b.yaml": "c"})
    history = opened(repository)
    expected = history.between("HEAD~1", "HEAD")
    for name, value in (("diff.renames", "copies"), ("diff.relative", "true"), ("diff.noprefix", "true"),
                        ("core.quotePath", "true"), ("diff.ignoreSubmodules", "all")):  # fmt: skip
        repository.git("config", name, value)
    assert history.between("HEAD~1", "HEAD") == expected


# From the files on disk to those of a revision.


def test_files_on_disk_become_those_of_a_revision(repository: Any) -> None:
    first = repository.commit({"registry/a.yaml": "1", "registry/b.yaml": "1", "registry/c.yaml": "1"})
    repository.git("rm", "--quiet", "registry/c.yaml")
    repository.commit({"registry/a.yaml": "2", "registry/d.yaml": "2"})
    repository.write({"registry/b.yaml": "dirty", "registry/e.yaml": "untracked"})
    history = opened(repository)
    assert history.onto(first) == {"a.yaml": b"1", "b.yaml": b"1", "c.yaml": b"1", "d.yaml": None, "e.yaml": None}
    assert history.onto("HEAD") == {"b.yaml": b"1", "e.yaml": None}
    assert not history.is_checked_out("HEAD")
    repository.git("stash", "--quiet", "--include-untracked")
    assert opened(repository).is_checked_out("HEAD")
    assert not opened(repository).is_checked_out(first)


# Registries with files replaced.


def loaded(folder: Path) -> Registry:
    return registry.load(folder, as_of=date(2026, 1, 1), prefix="registry/")


def rows(known: Registry) -> list[tuple[str, str, bytes]]:
    return list(known.raw())


HUB = "name: X\nkind: makerspace\nlocation:\n  locality: Accra\n  precision: city\nwebsite: https://x.example/\n"


@pytest.mark.parametrize(
    "change",
    [
        {"hubs/gh/zz-new.yaml": HUB},
        {"hubs/gh/aa-new.yaml": HUB, "hubs/aa/new.yaml": HUB},
        {"hubs/gh/aa-new.yaml": "name: X\n"},
        {"hubs/gh/aa-new.yaml": "name: [\n"},
        {"hubs/gh/aa-new.yaml": HUB + "x" * 70_000},
        {"hubs/gh/aa-new.yaml": ""},
        {"hubs/gh/UPPER.yaml": HUB},
        {"hubs/gh/a_b.yaml": HUB, "hubs/new.yaml": HUB, "notes.md": "x", "other.txt": "x", "hubs/gh/.hidden": "x"},
        {"registry.yaml": "name: [\n"},
        {"exceptions.yaml": None},
    ],
    ids=" ".join,
)  # fmt: skip
def test_registry_with_files_replaced_is_that_of_such_files(small: Path, change: dict[str, str | None]) -> None:
    before = loaded(small)
    found = registry.replaced(before, {path: None if text is None else text.encode() for path, text in change.items()})
    for path, text in change.items():
        target = small / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True) if text is None else target.write_text(text, encoding="utf-8")
    expected = loaded(small)
    assert rows(found) == rows(expected)
    assert found.broken == expected.broken
    said = [
        {(one.rule, one.location.path, one.location.line) for one in known.diagnostics} for known in (found, expected)
    ]
    assert said[0] == said[1]


def test_replacing_back_gives_the_registry_again(small: Path) -> None:
    before = loaded(small)
    paths = [f"{kind.folder}/{id}.yaml" for kind in (Hub, Machine) for id in before.ids(kind)]
    assert paths
    without = registry.replaced(before, dict.fromkeys(paths))
    assert not without.ids(Hub)
    again = registry.replaced(without, {path: (small / path).read_bytes() for path in paths})
    assert rows(again) == rows(before)
    assert (again.broken, again.diagnostics) == (before.broken, before.diagnostics)


def test_broken_file_replaced_by_a_good_one_is_not_broken(small: Path) -> None:
    path = small / "hubs/gh/broken.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("name: [\n", encoding="utf-8")
    known = loaded(small)
    assert ("hub", "gh/broken") in known.broken
    found = registry.replaced(known, {"hubs/gh/broken.yaml": HUB.encode()})
    assert (found.broken, found.diagnostics) == (frozenset(), ())
    assert found.get(Hub, "gh/broken") is not None


def test_what_is_replaced_is_read_and_located_in_its_new_text(small: Path) -> None:
    found = registry.replaced(loaded(small), {"hubs/gh/x.yaml": b"# a comment\n" + HUB.encode(), "registry.yaml": None})
    hub = found.get(Hub, "gh/x")
    assert hub is not None
    scoped = found.within(registry.scope(found, ["hubs/gh/x.yaml"], [], {}))
    for known in (found, scoped):
        assert known.read("registry.yaml") == b""
        assert known.locate(hub.at("kind")) == Location("registry/hubs/gh/x.yaml", 3, 7)


def test_a_link_whose_target_reads_like_a_record_is_none(repository: Any) -> None:
    repository.commit({"registry/registry.yaml": "x", "registry/hubs/gh/x.yaml": HUB})
    path = repository.folder / "registry/hubs/gh/x.yaml"
    path.unlink()
    path.symlink_to(HUB)
    repository.commit()
    changes = opened(repository).between("HEAD~1", "HEAD")
    repository.git("checkout", "--quiet", "HEAD~1")
    found = registry.replaced(loaded(repository.folder / "registry"), changes.contents)
    assert ("hub", "gh/x") in found.broken
    assert subprocess.run(["git", "-C", str(repository.folder), "diff", "--quiet"], check=False).returncode == 0


def test_part_of_a_registry_holds_some_hubs_and_all_that_is_no_hub(small: Path) -> None:
    known = loaded(small)
    hub = next(iter(known.ids(Hub)))
    found = registry.part(known, {hub, "gh/unknown"})
    assert list(found.ids(Hub)) == [hub]
    assert set(found.ids(Machine)) == set(known.machine_ids.get(hub, ()))
