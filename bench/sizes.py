"""The words of a benchmark in; the sizes of registries that it measures, each in a process of its own, out."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SIZES = (1_000, 5_000, 20_000)
QUICK, QUICK_ROUNDS = (100,), 2


class Asked(NamedTuple):
    """What somebody wants measured: where registries are made (None for a temporary folder), hubs of each, rounds.

    `top` is a made registry to be measured by this very process; None where this one only starts others.
    """

    folder: Path | None
    sizes: tuple[int, ...]
    rounds: int
    top: Path | None


def asked(module: str, about: str | None, rounds: int) -> Asked:
    """Return what the command line says; `rounds` holds where it says nothing."""
    words = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    words.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    words.add_argument("--hubs", type=int, nargs="+", default=SIZES)
    words.add_argument("--rounds", type=int, default=rounds)
    words.add_argument("--quick", action="store_true", help="a small registry, to see that it works")
    words.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    sizes, rounds = (QUICK, QUICK_ROUNDS) if given.quick else (tuple(given.hubs), given.rounds)
    return Asked(given.folder, sizes, rounds, given.folder if given.measure else None)


def alone(module: str, top: Path, rounds: int) -> dict[str, float]:
    """Return the figures of one registry, taken in a process of its own, so that its memory is its own."""
    print(f"measuring {top.name}", file=sys.stderr)
    command = [sys.executable, "-m", module, str(top), "--rounds", str(rounds), "--measure"]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found
