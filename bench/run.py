"""Measure whole commands against their peers: `python -m bench.run [--quick] [check] [again] [build] [growth]`.

Writes `build/bench/results.json` and `results.md`, and prints the tables.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from . import results
from .bed import Beds
from .questions import QUESTIONS, QUICK, Plan
from .real import TOP

OUTPUT = TOP / "build" / "bench"


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    words.add_argument("names", nargs="*", metavar="NAME", help=f"all when left out: {', '.join(QUESTIONS)}")
    words.add_argument("--quick", action="store_true", help="small registries: to see that it works")
    words.add_argument("--hubs", type=int, help="how many hubs, where not all sizes are compared")
    words.add_argument("--rounds", type=int, help="timed runs of each command")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--work", type=Path, help="folder for what is made; a temporary one when left out")
    words.add_argument("--markdown", action="store_true", help="measure nothing: print the last results as Markdown")
    given = words.parse_args()
    if unknown := set(given.names) - set(QUESTIONS):
        words.error(f"no such name: {', '.join(sorted(unknown))}")
    if given.markdown:
        print(results.markdown(*results.from_json((OUTPUT / "results.json").read_text(encoding="utf-8"))), end="")
        return
    plan = QUICK if given.quick else Plan()
    changes = {key: value for key in ("hubs", "rounds") if (value := getattr(given, key))}
    folder = Path(tempfile.mkdtemp(prefix="karakana-bench-", dir=given.work))
    try:
        _answer(given.names or list(QUESTIONS), Beds(folder, given.seed, _show), replace(plan, **changes))
    finally:
        shutil.rmtree(folder)


def _answer(names: list[str], beds: Beds, plan: Plan) -> None:
    machine = {**results.machine(beds.folder), "load at the start": f"{os.getloadavg()[0]:.1f}"}
    tables = []
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name in names:
        tables.append(QUESTIONS[name](beds, plan))
        (OUTPUT / "results.json").write_text(results.as_json(tables, machine), encoding="utf-8")
    text = results.markdown(tables, machine)
    (OUTPUT / "results.md").write_text(text, encoding="utf-8")
    print(text, end="")


def _show(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
