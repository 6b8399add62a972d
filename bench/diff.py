"""How long `karakana diff` takes on a large registry: `python -m bench.diff [DIR] [--hubs N] [--rounds R]`.

Makes a registry in Git, below DIR or a temporary folder, with a branch for each kind of change; whole commands are
measured in turn with the cache filled. What DIR already holds from an earlier run is used again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from generator import documents
from generator.canonical import canonical

from . import git, results
from .bed import CHANGED, MACHINES
from .make import change, make
from .peers import program
from .real import real
from .results import Row, Table
from .timing import Job, measure

_NAMES = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.diff", description=__doc__)
    words.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    words.add_argument("--hubs", type=int, default=20_000)
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as temporary:
        top = given.folder or Path(temporary)
        if not (top / "registry").exists():
            make(top, given.hubs, MACHINES, 1)
            git.commit_all(top, real().newest)
        for name, work in CHANGES.items():
            _branch(top, name, work)
        costs = measure(_jobs(top), given.rounds, lambda text: print(text, file=sys.stderr))
    rows = tuple(
        Row(name, {"median s": cost.median, "spread %": 100 * cost.spread, "memory MiB": cost.memory_mib})
        for name, cost in costs.items()
    )
    about = f"Whole commands, cache filled, in a registry of {given.hubs:,} hubs with {MACHINES} machines each."
    print(results.markdown([Table("karakana diff", about, rows)], results.machine(Path.cwd())), end="")


def _jobs(top: Path) -> Mapping[str, Job]:
    """Return a command for each branch while it is checked out, and for the first one while `main` is."""

    def job(range_: str, branch: str) -> Job:
        command = [program("karakana") or "karakana", "diff", "--quiet", range_]
        return Job(command, top, lambda: _git(top, "checkout", "--quiet", branch))

    jobs = {name: job(f"main..{name}", name) for name in CHANGES}
    return {
        **jobs,
        "facts, main checked out": job("main..facts", "main"),
        "facts, against the files": job("main", "facts"),
    }


def _branch(top: Path, name: str, work: Callable[[Path], object]) -> None:
    _git(top, "checkout", "--quiet", "-B", name, "main")
    work(top)
    _git(top, *_NAMES, "commit", "--quiet", "--all", "--message", name)
    _git(top, "checkout", "--quiet", "main")


def _facts(top: Path) -> None:
    change(top, CHANGED, 1)


def _closed(top: Path) -> None:
    """Close hubs of as many countries, the first of each."""
    for folder in sorted(top.glob("registry/hubs/*"))[:CHANGED]:
        path = min(folder.glob("*.yaml"))
        data = documents.parse(path.read_bytes())
        path.write_text(canonical("hub", data | {"status": "closed", "closed_on": "2026-01-01"}), encoding="utf-8")


def _models(top: Path) -> None:
    """Take a process from models that hubs have."""
    for path in sorted(top.glob("registry/models/*/*.yaml"))[:CHANGED]:
        data = documents.parse(path.read_bytes())
        path.write_text(canonical("model", data | {"processes": ["sawing"]}), encoding="utf-8")


CHANGES: Mapping[str, Callable[[Path], object]] = {"facts": _facts, "closed": _closed, "models": _models}


def _git(top: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=top, check=True)


if __name__ == "__main__":
    main()
