"""How long the history of a registry takes to be read: `python -m bench.log [--commits N] [--files M] [--each K]`.

Makes a repository of M records, of which each commit changes K, and reads its log three times. With `--merged` each
commit is made on a branch of its own, which a merge brings in.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generator import log
from generator.history import open_history


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.log", description=__doc__)
    words.add_argument("--commits", type=int, default=5_000)
    words.add_argument("--files", type=int, default=20_000)
    words.add_argument("--each", type=int, default=10, help="files that each commit changes")
    words.add_argument("--merged", action="store_true", help="bring each commit in with a merge")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as folder:
        top = Path(folder)
        make(top, given.commits, given.files, given.each, "topic" if given.merged else "main")
        for _ in range(3):
            begun = time.perf_counter()
            found = log.read(open_history(top / "registry"))
            seconds = time.perf_counter() - begun
            print(f"{seconds:.2f} s: {len(found.changes)} changes, {len(found.spans):,} records {found.missing}")


def make(top: Path, commits: int, files: int, each: int, branch: str = "main") -> None:
    """Make a repository below `top`, always the same; what is not committed on `main` itself is merged into it."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(top)], check=True)
    stream = b"".join(_stream(random.Random(1), commits, files, each, branch))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=top, input=stream, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=top, check=True)


def _stream(chance: random.Random, commits: int, files: int, each: int, branch: str) -> Iterator[bytes]:
    for number in range(commits):
        here = b"main" if number == 0 else branch.encode()
        changed = range(files) if number == 0 else sorted(chance.sample(range(files), each))
        yield _commit(here, 1_700_000_000 + 600 * number)
        if here != b"main":
            yield b"from refs/heads/main\n"
        yield from (_file(at, number) for at in changed)
        if here != b"main":
            yield _commit(b"main", 1_700_000_300 + 600 * number)
            yield b"merge refs/heads/%s\n" % here
            yield from (_file(at, number) for at in changed)
    yield b"done\n"


def _commit(branch: bytes, stamp: int) -> bytes:
    return b"commit refs/heads/%s\ncommitter Bench <bench@example.org> %d +0000\ndata 6\nchange\n" % (branch, stamp)


def _file(at: int, number: int) -> bytes:
    text = b"%d %d\n" % (at, number)
    return b"M 100644 inline registry/hubs/c%d/hub-%d.yaml\ndata %d\n%s\n" % (at % 54, at, len(text), text)


if __name__ == "__main__":
    main()
