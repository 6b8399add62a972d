"""Peers that are read from their Git repository: nothing in it can act, and nothing of it is checked out."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.federation import Limits, Outcome, Pull, Reach, neighbours, pull
from generator.records import Settings
from generator.records.instance import DataLicences, Peer
from generator.words import Text
from tests.conftest import Repository
from tests.peers import site

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
LIMITS = Limits(seconds=20, idle_seconds=5, file_bytes=400_000, git_bytes=1 << 20, git_files=200)
REGISTRY = """\
name: West Africa
url: https://west.example/
languages: [en]
licences:
  data: CC-BY-4.0
  attribution: West Africa's makers
"""
HUB = """\
name: Kumasi Hive
kind: makerspace
location:
  locality: Kumasi
  latitude: 6.6885
  longitude: -1.6244
website: https://hive.example/
processes: [sewing]
stewards:
  - github: somebody
formerly: [gh/ours]
"""
FILES = {
    "registry/registry.yaml": REGISTRY,
    "registry/hubs/gh/kumasi-hive.yaml": HUB,
    "registry/hubs/gh/broken.yaml": "name: [",
    "registry/hubs/gh/invented.yaml": HUB + "demonstration: true\n",
    "registry/machines/gh/kumasi-hive/laser.yaml": "model: acme/l1\n",
    "registry/models/acme/l1.yaml": "name: L1\nbrand: Acme\nprocesses: [laser-cutting]\n",
    "registry/hubs/README": "no record",
    "generator/code.py": "print('never run')\n",
}


@pytest.fixture
def theirs(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "theirs")


def settings(*peers: Peer) -> Settings:
    return Settings(
        id="registry", name=Text.of("Ours"), url="https://ours.example/", languages=("en",), peers=peers,
        licences=DataLicences(data="CC-BY-SA-4.0"),
    )  # fmt: skip


def pulled(tmp_path: Path, one: Peer, *, limits: Limits = LIMITS, clone: Path | None = None) -> Outcome:
    here = settings(one)
    clones = {one.id: clone} if clone else {}
    how = Pull(folder=tmp_path / "peers", now=NOW, limits=limits, reach=Reach.LOOPBACK, clones=clones)
    return pull(here, here.peers, how)[0]


def peer(git: str, branch: str = "") -> Peer:
    return Peer(id="west", name="West", url="https://west.example/", git=git, branch=branch)


def backend(folder: Path, handler: BaseHTTPRequestHandler) -> None:
    """Answer as a forge does, by Git's own program for that."""
    parts = urlsplit(handler.path)
    length = int(handler.headers.get("Content-Length") or 0)
    heads = {
        "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(folder), "GIT_HTTP_EXPORT_ALL": "1",
        "REQUEST_METHOD": handler.command, "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
        "CONTENT_TYPE": handler.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(length),
        "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""), "REMOTE_ADDR": "127.0.0.1",
        "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""), "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
    }  # fmt: skip
    done = subprocess.run(
        ["git", "http-backend"], env=heads, input=handler.rfile.read(length), capture_output=True, check=True
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    pairs = [line.split(": ", 1) for line in head.decode().split("\r\n")]
    status = next((value for name, value in pairs if name == "Status"), "200 OK")
    handler.send_response(int(status[:3]))
    for name, value in pairs:
        if name != "Status":
            handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


@contextmanager
def forge(repository: Repository) -> Iterator[str]:
    with site({"*": lambda handler: backend(repository.folder.parent, handler)}) as address:
        yield f"{address}{repository.folder.name}/.git"


def ids(tmp_path: Path, one: Peer) -> list[str]:
    copy = neighbours(tmp_path / "peers", settings(one))[0].copy
    return [found.record.id for found in copy.hubs] if copy else []


def test_hubs_come_from_the_records_with_day_and_commit(tmp_path: Path, theirs: Repository) -> None:
    commit = theirs.commit(FILES, day="2026-05-02")
    with forge(theirs) as address:
        one = peer(address)
        outcome = pulled(tmp_path, one)
    assert outcome.error == ""
    assert (outcome.terms.commit, outcome.terms.as_of, outcome.terms.name) == (commit, "2026-05-02", "West Africa")
    assert (outcome.terms.hubs, outcome.terms.skipped) == (1, 1)
    copy = neighbours(tmp_path / "peers", settings(one))[0].copy
    assert copy is not None
    found = copy.hubs[0]
    assert found.can == ("laser-cutting", "sewing")
    assert found.page == "https://west.example/hubs/gh/kumasi-hive/"
    assert (found.record.stewards, found.record.formerly) == ((), ())


def test_a_branch_is_read(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit(FILES)
    theirs.git("checkout", "--quiet", "-b", "other")
    theirs.commit({"registry/hubs/gh/second.yaml": HUB})
    theirs.git("checkout", "--quiet", "main")
    with forge(theirs) as address:
        assert pulled(tmp_path, peer(address, "other")).terms.hubs == 2
        assert pulled(tmp_path, peer(address)).terms.hubs == 1
        assert "couldn't find remote ref" in pulled(tmp_path, peer(address, "none")).error
        assert "a name that is refused" in pulled(tmp_path, peer(address, "--upload-pack=x")).error
        assert "a name that is refused" in pulled(tmp_path, peer(address, "a..b")).error


def test_a_clone_on_this_computer_is_read_without_a_network(tmp_path: Path, theirs: Repository) -> None:
    commit = theirs.commit(FILES)
    theirs.write({"registry/hubs/gh/not-committed.yaml": HUB})
    one = peer("https://gone.invalid/x.git")
    outcome = pulled(tmp_path, one, clone=theirs.folder)
    assert (outcome.error, outcome.terms.commit) == ("", commit)
    assert ids(tmp_path, one) == ["gh/kumasi-hive"]


def test_a_registry_may_be_the_repository_itself(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit({path.removeprefix("registry/"): text for path, text in FILES.items()})
    one = peer("")
    assert pulled(tmp_path, one, clone=theirs.folder).error == ""
    assert ids(tmp_path, one) == ["gh/kumasi-hive"]


@pytest.mark.parametrize(
    ("git", "words"),
    [
        ("ext::sh -c touch% /tmp/pwned", "begins with ext"), ("file:///tmp/x", "begins with file"),
        ("ssh://git@x.example/y", "begins with ssh"), ("git://x.example/y", "begins with git"),
        ("/tmp/x", "begins with"), ("--upload-pack=touch", "begins with"), ("https://a:b@x.example/", "a password"),
    ],
)  # fmt: skip
def test_only_https_is_spoken(tmp_path: Path, git: str, words: str) -> None:
    assert words in pulled(tmp_path, peer(git)).error


def hostile(theirs: Repository, tmp_path: Path) -> Path:
    """Commit everything with which a repository could act or lead elsewhere; return what it would leave behind."""
    left = tmp_path / "pwned"
    theirs.write({**FILES, **{f"registry/hubs/gh/more-{number}.yaml": HUB for number in range(4)}})
    (theirs.folder / "registry/hubs/gh/link.yaml").symlink_to("/etc/passwd")
    (theirs.folder / "registry/hubs/ke").symlink_to(tmp_path)
    theirs.write({
        ".gitattributes": "* filter=evil diff=evil merge=evil\n*.yaml filter=lfs\n",
        ".lfsconfig": f"[lfs]\n\turl = http://127.0.0.1:9/\n\tcustomtransfer.x.path = touch {left}\n",
        ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% {left}\n\tupdate = !touch {left}\n',
        "registry/hubs/gh/lfs.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "registry/hubs/gh/Con.yaml": HUB, "registry/hubs/gh/up..yaml": HUB, "registry/hubs/zz/nowhere.yaml": HUB,
        "registry/hubs/gh/deep/er.yaml": HUB,
    })  # fmt: skip
    theirs.git("config", "filter.evil.smudge", f"touch {left}")
    theirs.git("config", "filter.evil.clean", "cat")
    theirs.git("config", "filter.lfs.clean", "cat")
    for name in ("post-checkout", "post-merge", "reference-transaction", "post-index-change"):
        hook = theirs.folder / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {left}\n", encoding="utf-8")
    theirs.commit()
    for name in ("post-checkout", "post-merge", "reference-transaction", "post-index-change"):
        (theirs.folder / ".git/hooks" / name).chmod(0o755)
    return left


@pytest.mark.parametrize("way", ["forge", "forge without submodules", "clone"])
def test_nothing_in_a_repository_acts_or_leads_elsewhere(tmp_path: Path, theirs: Repository, way: str) -> None:
    left = hostile(theirs, tmp_path)
    if way == "forge without submodules":
        (theirs.folder / ".gitmodules").unlink()
        theirs.git("checkout", "--quiet", "--orphan", "bare")
        theirs.commit()
        theirs.git("branch", "--force", "main")
    left.unlink(missing_ok=True)
    if way == "clone":
        one = peer("")
        outcome = pulled(tmp_path, one, clone=theirs.folder)
    else:
        with forge(theirs) as address:
            one = peer(address)
            outcome = pulled(tmp_path, one)
    assert not left.exists()
    if way == "forge":
        assert "Git" in outcome.error
    else:
        assert outcome.error == ""
        assert ids(tmp_path, one) == ["gh/kumasi-hive", *(f"gh/more-{number}" for number in range(4))]
    written = [path for path in (tmp_path / "peers").rglob("*") if path.is_file()]
    assert all(path.parent == tmp_path / "peers/west" for path in written)


def test_a_repository_that_is_too_large_is_left(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit(FILES)
    (theirs.folder / "big.bin").write_bytes(os.urandom(3 << 20))
    theirs.commit()
    with forge(theirs) as address:
        assert "1 MB" in pulled(tmp_path, peer(address)).error


def test_a_record_that_unpacks_to_too_much_is_left(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit({**FILES, "registry/hubs/gh/bomb.yaml": " " * 30_000_000})
    with forge(theirs) as address:
        assert "records of more than" in pulled(tmp_path, peer(address)).error


def test_too_many_files_are_left(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit({**FILES, **{f"registry/hubs/gh/h{number}.yaml": HUB for number in range(201)}})
    with forge(theirs) as address:
        assert "more than 200 files" in pulled(tmp_path, peer(address)).error


def test_a_tree_that_holds_itself_many_times_is_left_in_time(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit(FILES)
    theirs.write({"registry/hubs/gh/h.yaml": HUB})
    blob = theirs.git("hash-object", "-w", "registry/hubs/gh/h.yaml").strip()
    row = "".join(f"100644 blob {blob}\tf{number}.yaml\n" for number in range(10))
    for _ in range(7):
        tree = made(theirs, row)
        row = "".join(f"040000 tree {tree}\td{number}\n" for number in range(10))
    settings_blob = theirs.git("hash-object", "-w", "registry/registry.yaml").strip()
    hubs = made(theirs, row)
    registry = made(theirs, f"040000 tree {hubs}\thubs\n100644 blob {settings_blob}\tregistry.yaml\n")
    top = made(theirs, f"040000 tree {registry}\tregistry\n")
    theirs.git("update-ref", "refs/heads/main", theirs.git("commit-tree", top, "-m", "bomb").strip())
    begun = time.monotonic()
    with forge(theirs) as address:
        outcome = pulled(tmp_path, peer(address), limits=Limits(seconds=4, file_bytes=400_000, git_files=200))
    assert outcome.error
    assert time.monotonic() - begun < 60  # of 100,000,000 files


def made(theirs: Repository, rows: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(theirs.folder), "mktree"], input=rows, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_forge_that_is_slow_is_left_in_time(tmp_path: Path) -> None:
    with site({"*": lambda _: time.sleep(60)}) as address:
        begun = time.monotonic()
        outcome = pulled(tmp_path, peer(f"{address}x.git"), limits=Limits(seconds=1))
    assert "too slow" in outcome.error
    assert time.monotonic() - begun < 50


def test_a_forge_that_redirects_is_not_followed(tmp_path: Path, theirs: Repository) -> None:
    theirs.commit(FILES)
    with forge(theirs) as address:

        def elsewhere(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(301)
            handler.send_header("Location", address + "/info/refs?service=git-upload-pack")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        with site({"*": elsewhere}) as other:
            assert pulled(tmp_path, peer(f"{other}x.git")).error
