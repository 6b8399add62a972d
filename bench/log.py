"""How long the history of a registry takes to be read: `python -m bench.log [--commits N] [--files M] [--each K]`.

Makes a repository of M records, of which each commit changes K, and reads its log three times.
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
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as folder:
        top = Path(folder)
        make(top, given.commits, given.files, given.each)
        for _ in range(3):
            begun = time.perf_counter()
            found = log.read(open_history(top / "registry"))
            seconds = time.perf_counter() - begun
            print(f"{seconds:.2f} s: {len(found.changes)} changes, {len(found.spans):,} records {found.missing}")


def make(top: Path, commits: int, files: int, each: int) -> None:
    """Make a repository below `top`, always the same."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(top)], check=True)
    stream = b"".join(_stream(random.Random(1), commits, files, each))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=top, input=stream, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=top, check=True)


def _stream(chance: random.Random, commits: int, files: int, each: int) -> Iterator[bytes]:
    for number in range(commits):
        stamp = 1_700_000_000 + 600 * number
        yield b"commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\ndata 6\nchange\n" % stamp
        for at in range(files) if number == 0 else sorted(chance.sample(range(files), each)):
            text = b"%d %d\n" % (at, number)
            path = b"registry/hubs/c%d/hub-%d.yaml" % (at % 54, at)
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(text), text)
    yield b"done\n"


if __name__ == "__main__":
    main()
