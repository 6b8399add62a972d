"""How long each check takes over a registry, slowest first: `python -m bench.checks [DIR]`.

The first check that asks for records of a kind pays for building them; that is measured apart, before the checks.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator import checks, history, records, registry
from generator.registry import Registry

from .real import TOP

Timed = tuple[str, float, int]  # what, seconds, how many came out


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.checks", description=__doc__)
    words.add_argument("folder", nargs="?", type=Path, default=TOP, metavar="DIR", help="holds registry/")
    words.add_argument("--since", metavar="REV", help="only what changed since a revision")
    given = words.parse_args()
    loaded = _loaded(given.folder / "registry", given.since)
    rows = [*_built(loaded), *sorted(_checked(loaded), key=lambda row: -row[1])]
    width = max(len(name) for name, _, _ in rows)
    for name, seconds, count in rows:
        print(f"{name:{width}}  {seconds * 1000:9.1f} ms  {count:9,}")
    print(f"{'all':{width}}  {sum(seconds for _, seconds, _ in rows) * 1000:9.1f} ms")


def _loaded(folder: Path, since: str | None) -> Registry:
    past = history.open_history(folder)
    day = past.commit_date() if past else None
    assert past is not None
    assert day is not None
    loaded = registry.load(folder, as_of=day, blobs=past.blobs, processes=2)
    if since is None:
        return loaded
    changes = past.changes(since)
    return loaded.within(registry.scope(loaded, changes.changed, changes.removed, changes.before))


def _built(loaded: Registry) -> Iterator[Timed]:
    for kind in records.KINDS:
        yield _timed(f"building: {kind.record_kind}", lambda kind=kind: sum(1 for _ in loaded.each(kind)))  # type: ignore[misc]


def _checked(loaded: Registry) -> Iterator[Timed]:
    for check in checks.CHECKS:
        yield _timed(check.rule.id, lambda check=check: sum(1 for _ in check.look(loaded)))  # type: ignore[misc]


def _timed(name: str, work: Callable[[], int]) -> Timed:
    begun = time.perf_counter()
    count = work()
    return name, time.perf_counter() - begun, count


if __name__ == "__main__":
    main()
