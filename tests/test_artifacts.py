"""Writing all or nothing: whatever happens on the way, the previous folder is whole."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.artifacts import Artifact, Producer, replace_file, write

BEFORE = {"index.html": b"old", "hubs/gh/x.html": b"old hub"}
AFTER = {"index.html": b"new", "api/v1/hubs.json": b"[]"}


def made(files: dict[str, bytes]) -> Iterator[Artifact]:
    return (Artifact(path, content) for path, content in files.items())


def artifacts(files: dict[str, bytes]) -> list[Producer]:
    """One producer for each file, so that every process has something to do."""
    return [partial(made, {path: content}) for path, content in files.items()]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "build" / "site"
    write(artifacts(BEFORE), folder)
    return folder


@pytest.mark.parametrize("processes", [1, 2, 7])
def test_folder_is_replaced_as_a_whole(site: Path, processes: int) -> None:
    assert write(artifacts(AFTER), site, processes) == len(AFTER)
    assert tree(site.parent) == {f"site/{path}": content for path, content in AFTER.items()}


def test_nothing_is_written_as_nothing(site: Path) -> None:
    assert write((), site) == 0
    assert list(site.parent.rglob("*")) == [site]


@pytest.mark.parametrize(
    "failure",
    [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), ValueError("our bug"), SystemExit(1)],
    ids=lambda failure: type(failure).__name__,
)
def test_failure_midway_leaves_the_previous_folder(site: Path, failure: BaseException) -> None:
    def failing() -> Iterator[Artifact]:
        yield from made(AFTER)
        raise failure

    with pytest.raises(type(failure)):
        write([failing], site)
    assert tree(site.parent) == {f"site/{path}": content for path, content in BEFORE.items()}


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", "a/..", "..", ".", "./x", "a//x", "", "a/", "/", "a\\..\\x", "a\0b", "C:\\x"],
)
def test_path_that_leaves_the_folder_is_refused(site: Path, path: str) -> None:
    with pytest.raises(ValueError, match="leaves the output folder"):
        write(artifacts({**AFTER, path: b"x"}), site)
    assert tree(site.parent.parent) == {f"build/site/{name}": content for name, content in BEFORE.items()}


@pytest.mark.parametrize("processes", [1, 2])
def test_two_of_the_same_name_are_refused(site: Path, processes: int) -> None:
    with pytest.raises(ValueError, match=r"two artifacts are called 'a\.html'"):
        write([partial(made, {"a.html": b"1"}), partial(made, {"a.html": b"2"})], site, processes)
    assert tree(site) == BEFORE


@pytest.mark.parametrize(
    ("end", "raised"),
    [(lambda: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space")), OSError), (lambda: os._exit(3), OSError)],
    ids=["disk full", "died"],
)
def test_failure_in_another_process_leaves_the_previous_folder(
    site: Path, end: Callable[[], Iterator[Artifact]], raised: type[Exception]
) -> None:
    with pytest.raises(raised):
        write([partial(made, AFTER), end], site, 2)
    assert tree(site.parent) == {f"site/{path}": content for path, content in BEFORE.items()}


@pytest.mark.parametrize("paths", [("a", "a/b"), ("a/b", "a")])
def test_file_and_folder_of_the_same_name_are_refused(site: Path, paths: tuple[str, ...]) -> None:
    with pytest.raises(OSError, match="a"):
        write(artifacts(dict.fromkeys(paths, b"")), site)
    assert tree(site) == BEFORE


def test_leftovers_of_a_killed_run_are_cleared_away(site: Path) -> None:
    for name in (".site.part", ".site.old"):
        write(artifacts({"left.html": b"over"}), site.parent / name)
    write(artifacts(AFTER), site)
    assert tree(site.parent) == {f"site/{path}": content for path, content in AFTER.items()}


def test_folder_of_a_run_killed_between_its_renames_comes_back(site: Path) -> None:
    site.rename(site.parent / ".site.old")
    with pytest.raises(ValueError, match="leaves"):
        write(artifacts({"..": b""}), site)
    assert tree(site.parent) == {f"site/{path}": content for path, content in BEFORE.items()}


def test_killed_process_leaves_the_previous_folder(site: Path) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from generator.artifacts import Artifact, write\n"
        "def dying():\n"
        "    yield Artifact('half.html', b'x')\n"
        "    os.kill(os.getpid(), 9)\n"
        "write([dying], pathlib.Path(sys.argv[1]))\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(site)], check=False).returncode == -9
    assert tree(site) == BEFORE
    write(artifacts(AFTER), site)
    assert tree(site.parent) == {f"site/{path}": content for path, content in AFTER.items()}


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX's")
def test_file_that_is_cut_short_by_the_disk_is_a_failure(site: Path) -> None:
    code = (
        "import pathlib, resource, signal, sys\n"
        "from generator.artifacts import Artifact, write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write([lambda: [Artifact('big', b'x' * 1500)]], pathlib.Path(sys.argv[1]))\n"
        "except OSError:\n"
        "    sys.exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(site)], check=False).returncode == 7
    assert tree(site.parent) == {f"site/{path}": content for path, content in BEFORE.items()}


def test_link_to_a_folder_stays_a_link(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "public"
    link.symlink_to(site, target_is_directory=True)
    write(artifacts(AFTER), link)
    assert link.is_symlink()
    assert tree(site) == AFTER


@given(st.dictionaries(st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3}){0,2}\.html", fullmatch=True), st.binary(), max_size=8))
def test_what_is_given_is_what_is_there(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("write") / "site"
    assert write(artifacts(files), folder) == len(files)
    assert tree(folder) == files


def test_file_is_replaced_or_left(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert tree(tmp_path) == {"x.yaml": b"two"}
    with pytest.raises(OSError, match="gone"):
        replace_file(tmp_path / "gone" / "x.yaml", b"three")
    assert tree(tmp_path) == {"x.yaml": b"two"}
