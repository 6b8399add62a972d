"""A realistic registry of any size, the same bytes for the same seed: `python -m bench.make DIR --hubs 1000`.

Taxonomies, models, competences, networks, contracts and designs are the project's own; hubs and machines are
invented after its records.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from generator import documents
from generator.canonical import canonical

from . import git
from .hubs import hub
from .machines import machines
from .plans import Plan, plans
from .real import TOP, Data, real

COPIED = ("competences", "contracts", "designs", "materials", "models", "networks", "processes")
_BATCH = 50


def make(top: Path, hub_count: int, machine_count: int, seed: int) -> int:
    """Write a registry below `top`, which must be new or empty; return the number of files.

    Raises `FileExistsError` when there is a registry already.
    """
    folder = top / "registry"
    folder.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(TOP / "registry" / name, folder / name)
    shutil.copyfile(TOP / "registry" / "exceptions.yaml", folder / "exceptions.yaml")
    settings = documents.parse((TOP / "registry" / "registry.yaml").read_bytes())
    _write(folder / "registry.yaml", "registry", {**settings, "languages": ["en"]})  # as the peers do
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    wanted = plans(real(), hub_count, seed)
    batches = [wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH)]
    work = partial(_write_batch, folder, machine_count, seed)
    if len(batches) < 4:
        return count + sum(map(work, batches))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return count + sum(pool.map(work, batches))


def _write_batch(folder: Path, machine_count: int, seed: int, batch: Sequence[Plan]) -> int:
    count = 0
    for plan in batch:
        _write(folder / "hubs" / f"{plan.id}.yaml", "hub", hub(real(), plan, seed))
        for name, data in machines(real(), plan.id, machine_count, seed):
            _write(folder / "machines" / plan.id / f"{name}.yaml", "machine", data)
            count += 1
    return count + len(batch)


def _write(path: Path, kind: str, data: Data) -> None:
    text = canonical(kind, data).encode()
    try:
        path.write_bytes(text)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def change(top: Path, count: int, seed: int) -> list[Path]:
    """Change one fact in each of `count` hubs and machines on disk; return their paths, sorted."""
    folder = top / "registry"
    known = sorted((*folder.glob("hubs/*/*.yaml"), *folder.glob("machines/*/*/*.yaml")))
    chosen = sorted(Random(f"change {seed}").sample(known, count))
    for path in chosen:
        data = documents.parse(path.read_bytes())
        if path.is_relative_to(folder / "hubs"):
            _write(path, "hub", data | {"floor_m2": data.get("floor_m2", 100) + 1})
        else:
            _write(path, "machine", data | {"quantity": data.get("quantity", 1) + 1})
    return chosen


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.make", description=__doc__)
    words.add_argument("folder", type=Path, metavar="DIR")
    words.add_argument("--hubs", type=int, default=1000)
    words.add_argument("--machines", type=int, default=10, help="at each hub")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--git", action="store_true", help="make it a Git repository with one commit")
    words.add_argument("--change", type=int, default=0, metavar="K", help="afterwards change K records on disk")
    given = words.parse_args()
    begun = time.perf_counter()
    count = make(given.folder, given.hubs, given.machines, given.seed)
    if given.git:
        git.commit_all(given.folder, real().newest)
    changed = change(given.folder, given.change, given.seed)
    print(f"{count} files, {len(changed)} changed, in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
