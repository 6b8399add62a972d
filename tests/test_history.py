"""Git's knowledge of a registry, asked of real repositories."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.history import Changes, History, HistoryError, open_history
from generator.registry.cache import blob_id

NAMES = ["hubs/gh/a b.yaml", 'hubs/gh/"quoted".yaml', "hubs/gh/é.yaml", "hubs/gh/*.yaml", "hubs/gh/:(top)x.yaml"]


def opened(repository: Any, folder: str = "registry") -> History:
    history = open_history(repository.folder / folder)
    assert history is not None
    return history


def test_folder_outside_of_git_has_no_history(tmp_path: Path) -> None:
    assert open_history(tmp_path) is None
    assert open_history(tmp_path / "gone") is None


def test_bare_repository_has_no_work_tree(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path / "bare")], check=True)
    assert open_history(tmp_path / "bare") is None


def test_computer_without_git_has_no_history(tmp_path: Path) -> None:
    code = "import pathlib; from generator.history import open_history; print(open_history(pathlib.Path('.')))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env={**os.environ, "PATH": str(tmp_path)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("None\n", "")


# The day.


def test_day_is_that_of_the_commit_in_utc(repository: Any) -> None:
    assert opened(repository, ".").commit_date() is None
    repository.commit({"registry/x.yaml": "a: 1\n"}, day="2026-03-01")
    assert opened(repository).commit_date() == date(2026, 3, 1)
    repository.commit({"other.txt": "x"}, day="2026-03-05")
    assert opened(repository).commit_date() == date(2026, 3, 5)
    repository.git("checkout", "--quiet", "HEAD~1")
    assert opened(repository).commit_date() == date(2026, 3, 1)


# Content ids.


def test_blobs_are_known_before_the_first_commit(repository: Any) -> None:
    repository.write({"registry/x.yaml": "a: 1\n"})
    history = opened(repository)
    assert history.blobs == {}
    assert not history.is_clean


@pytest.mark.parametrize("folder", ["registry", ".", "deep/er/registry", "re[g]istry"])
def test_blobs_of_clean_files_by_path(repository: Any, folder: str) -> None:
    prefix = "" if folder == "." else f"{folder}/"
    repository.commit({f"{prefix}{name}": name for name in NAMES})
    history = opened(repository, folder)
    assert history.blobs == {name: blob_id(name.encode()) for name in NAMES}
    assert history.is_clean


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (lambda one: one.write({"registry/a.yaml": "changed"}), {"a.yaml"}),
        (lambda one: (one.write({"registry/a.yaml": "staged"}), one.git("add", "--all")), {"a.yaml"}),
        (lambda one: one.write({"registry/new.yaml": "untracked"}), set()),
        (lambda one: (one.write({"registry/new.yaml": "x"}), one.git("add", "--intent-to-add", "--all")), set()),
        (lambda one: (one.folder / "registry/a.yaml").unlink(), {"a.yaml"}),
        (lambda one: one.git("rm", "--quiet", "--cached", "registry/a.yaml"), {"a.yaml"}),
        (lambda one: one.git("mv", "registry/a.yaml", "registry/new.yaml"), {"a.yaml"}),
    ],
    ids=["changed", "staged", "untracked", "intended", "deleted", "removed from the index", "renamed"],
)
def test_blobs_of_files_that_differ_are_not_known(repository: Any, change: Any, gone: set[str]) -> None:
    repository.commit({"registry/a.yaml": "a", "registry/b.yaml": "b"})
    change(repository)
    history = opened(repository)
    assert set(history.blobs) == {"a.yaml", "b.yaml"} - gone
    assert not history.is_clean


def test_touched_file_and_files_elsewhere_do_not_differ(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a", "other.txt": "x"})
    repository.write({"other.txt": "changed"})
    os.utime(repository.folder / "registry" / "a.yaml", (0, 0))
    history = opened(repository)
    assert history.is_clean
    assert set(history.blobs) == {"a.yaml"}


def test_files_in_conflict_are_not_known(repository: Any) -> None:
    diverge(repository)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "main")
    history = opened(repository)
    assert "both.yaml" not in history.blobs
    assert "both.yaml" in history.changes("main~1").changed


# Changes.


def diverge(repository: Any) -> None:
    """Make two lines from one commit, check out `topic`, and let both change the same file."""
    repository.commit({"registry/both.yaml": "old", "registry/theirs.yaml": "old", "registry/ours.yaml": "old"})
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.commit({"registry/both.yaml": "ours", "registry/ours.yaml": "ours"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"registry/both.yaml": "theirs", "registry/theirs.yaml": "theirs", "registry/added.yaml": "x"})
    repository.git("checkout", "--quiet", "topic")


def test_nothing_changed(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    assert opened(repository).changes("HEAD") == Changes()


def test_changes_in_commits_index_and_files(repository: Any) -> None:
    first = repository.commit(
        {f"registry/{name}.yaml": name for name in ("same", "edited", "moved", "deleted", "dirty")}
    )
    repository.git("mv", "registry/moved.yaml", "registry/to.yaml")
    repository.git("rm", "--quiet", "registry/deleted.yaml")
    repository.commit({"registry/edited.yaml": "new", "other.txt": "not below the folder"})
    repository.write({"registry/dirty.yaml": "new", "registry/untracked.yaml": "x", "registry/staged.yaml": "x"})
    repository.git("add", "registry/staged.yaml")
    repository.write({".gitignore": "ignored.yaml\n", "registry/ignored.yaml": "x"})
    assert opened(repository).changes(first) == Changes(
        changed=("dirty.yaml", "edited.yaml", "staged.yaml", "to.yaml", "untracked.yaml"),
        removed=("deleted.yaml", "moved.yaml"),
        before={
            name: name.removesuffix(".yaml").encode()
            for name in ("deleted.yaml", "dirty.yaml", "edited.yaml", "moved.yaml")
        },
    )


def test_what_others_changed_meanwhile_is_not_ours(repository: Any) -> None:
    diverge(repository)
    assert opened(repository).changes("main") == Changes(
        changed=("both.yaml", "ours.yaml"), before={"both.yaml": b"old", "ours.yaml": b"old"},
    )  # fmt: skip


def test_merge_brings_only_what_the_branch_adds(repository: Any) -> None:
    diverge(repository)
    repository.git("merge", "--quiet", "--strategy-option=ours", "--no-edit", "main")
    assert opened(repository).changes("main") == Changes(
        changed=("both.yaml", "ours.yaml"), before={"both.yaml": b"theirs", "ours.yaml": b"old"},
    )  # fmt: skip


def test_line_without_a_common_ancestor_is_compared_as_it_is(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a", "registry/b.yaml": "b"})
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit({"registry/a.yaml": "changed"})
    assert opened(repository).changes("main").changed == ("a.yaml",)


def test_strange_names_and_contents_come_through(repository: Any) -> None:
    names = {name: f"{name}\n\n" for name in NAMES}
    repository.commit({f"registry/{name}": text for name, text in names.items()})
    for name in NAMES:
        (repository.folder / "registry" / name).write_bytes(b"\xff\0\r\n")
    repository.commit()
    changes = opened(repository).changes("HEAD~1")
    assert changes.changed == tuple(sorted(NAMES))
    assert changes.before == {name: text.encode() for name, text in names.items()}
    for name in NAMES:
        (repository.folder / "registry" / name).unlink()
    assert opened(repository).changes("HEAD").before == dict.fromkeys(NAMES, b"\xff\0\r\n")


def test_file_taken_out_of_the_index_is_still_there(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    repository.git("rm", "--quiet", "--cached", "registry/a.yaml")
    assert opened(repository).changes("HEAD") == Changes(changed=("a.yaml",), before={"a.yaml": b"a"})


def test_file_that_became_a_link(repository: Any) -> None:
    repository.commit({"registry/a.yaml": "a"})
    (repository.folder / "registry" / "a.yaml").unlink()
    (repository.folder / "registry" / "a.yaml").symlink_to("b.yaml")
    assert opened(repository).changes("HEAD") == Changes(changed=("a.yaml",), before={"a.yaml": b"a"})


def test_submodule_has_no_content(repository: Any) -> None:
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},registry/sub")
    repository.git("commit", "--quiet", "--message", "submodule")
    repository.git("update-index", "--force-remove", "registry/sub")
    assert opened(repository, ".").changes("HEAD") == Changes(removed=("registry/sub",))


@pytest.mark.parametrize("revision", ["nowhere", "HEAD~7", "--help", "", "HEAD:registry", "0" * 40])
def test_unknown_revision_is_said_so(repository: Any, revision: str) -> None:
    repository.commit({"registry/a.yaml": "a"})
    with pytest.raises(HistoryError, match="Git knows no revision"):
        opened(repository).changes(revision)


def test_repository_without_commits_knows_no_revision(repository: Any) -> None:
    repository.write({"registry/a.yaml": "a"})
    with pytest.raises(HistoryError, match="Git knows no revision"):
        opened(repository).changes("HEAD")


def shallow(repository: Any, *words: str) -> History:
    clone = repository.folder.parent / "clone"
    repository.git("clone", "--quiet", "--depth=1", *words, f"file://{repository.folder}", str(clone))
    history = open_history(clone / "registry")
    assert history is not None
    return history


def test_shallow_clone_that_lacks_the_revision_says_what_to_do(repository: Any) -> None:
    diverge(repository)
    with pytest.raises(HistoryError, match=r"no revision `origin/main`; .* --unshallow"):
        shallow(repository, "--branch=topic").changes("origin/main")


def test_shallow_clone_that_lacks_the_ancestor_says_what_to_do(repository: Any) -> None:
    diverge(repository)
    history = shallow(repository, "--branch=topic", "--no-single-branch")
    with pytest.raises(HistoryError, match=r"where this line left `origin/main`; .* --unshallow"):
        history.changes("origin/main")


def test_shallow_clone_knows_its_own_commit(repository: Any) -> None:
    diverge(repository)
    history = shallow(repository)
    assert history.commit_date() == date(2026, 1, 1)
    assert history.is_clean
    assert history.changes("HEAD") == Changes()


def test_linked_work_tree_has_a_history_of_its_own(repository: Any) -> None:
    diverge(repository)
    repository.git("worktree", "add", "--quiet", str(repository.folder.parent / "linked"), "main")
    history = open_history(repository.folder.parent / "linked" / "registry")
    assert history is not None
    assert set(history.blobs) == {"added.yaml", "both.yaml", "ours.yaml", "theirs.yaml"}
    assert history.changes("topic").changed == ("added.yaml", "both.yaml", "theirs.yaml")


def test_folder_behind_a_link_is_where_it_leads(repository: Any, tmp_path: Path) -> None:
    repository.commit({"registry/a.yaml": "a"})
    (tmp_path / "link").symlink_to(repository.folder / "registry", target_is_directory=True)
    history = open_history(tmp_path / "link")
    assert history is not None
    assert set(history.blobs) == {"a.yaml"}
