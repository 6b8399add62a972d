"""One design against 1,000, 5,000 and 20,000 hubs: `python -m bench.matching [DIR] [--hubs N …] [--rounds R]`.

Each registry is measured in a process of its own, so that its memory is its own. Registries are made below DIR, or a
temporary folder; what DIR already holds from an earlier run is used again. The peer judges every machine in Python, by
the same rules one machine at a time, and must find the same hubs.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from generator import registry
from generator.matching.judging import judged, link_of
from generator.matching.search import Matcher, Search
from generator.matching.sites import judged_design, judged_site
from generator.matching.values import Result
from generator.matching.wanted import Step, Use, Wish, wish_for
from generator.records import Design
from generator.records.parts import Requirement
from generator.registry import Registry
from generator.units import Envelope

from . import results, sizes
from .bed import MACHINES
from .make import make
from .real import real
from .results import Figure, Row, Table
from .sizes import Asked

_LASER = Step(
    id="cut", process="laser-cutting", material="plywood", form="sheet", thickness_mm=4,
    envelope=Envelope(sides=(400, 300)), tolerance_mm=0.3, tolerance="± 0.3 mm", features={"laser_type": "co2"},
    requires=(Requirement(competence="laser-cutter-operation", level=2),), certifications=("ISO 9001",),
)  # fmt: skip
_PRINT = Step(
    id="print", process="3d-printing", material="pla", form="filament", envelope=Envelope(sides=(180, 120, 90)),
    tolerance_mm=0.2, tolerance="± 0.2 mm", features={"nozzle_mm": 0.4}, pieces=4,
    requires=(Requirement(competence="fff-printer-operation", level=1),),
)  # fmt: skip
_MILL = Step(
    id="mill", process="cnc-machining", material="wood", envelope=Envelope(sides=(300, 200, 18)), tolerance_mm=0.3,
    tolerance="± 0.3 mm", after=("cut",),
)  # fmt: skip
STEPS: Mapping[str, tuple[Step, ...]] = {"one operation": (_LASER,), "three operations": (_LASER, _PRINT, _MILL)}
# Hard: of many steps several fail at the same hubs, where one machine mended for two can be less work.
HARD, LOOM = "a loom of many operations", "ohloom"


def main() -> None:
    given = sizes.asked("bench.matching", __doc__, rounds=9)
    if given.top is not None:
        print(json.dumps(measured(given.top, given.rounds)))
        return
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as temporary:
        found = {size: _figures(given, Path(temporary), size) for size in given.sizes}
    print(results.markdown(list(_tables(found)), results.machine(Path.cwd())), end="")


def _made(folder: Path, hubs: int) -> Path:
    """Return the folder of a registry of so many hubs, made when it is not there."""
    top = folder / f"hubs-{hubs}"
    if not (top / "registry").exists():
        print(f"making {hubs:,} hubs", file=sys.stderr)
        make(top, hubs, MACHINES, 1)
    return top


def _figures(given: Asked, temporary: Path, hubs: int) -> dict[str, float]:
    return sizes.alone("bench.matching", _made(given.folder or temporary, hubs), given.rounds)


def measured(top: Path, rounds: int) -> dict[str, float]:
    """Return seconds of loading, of gathering, of answers of ours and of the peer; and the most memory in MiB."""
    begun = time.perf_counter()
    loaded = registry.load(top / "registry", as_of=real().newest, processes=os.cpu_count() or 1)
    read = time.perf_counter()
    matcher = Matcher(loaded)
    found = {"load": read - begun, "index": time.perf_counter() - read, "hubs": float(len(matcher.known.hubs))}
    cases = {name: wish_on_all_terms(loaded, steps) for name, steps in _cases(loaded).items()}
    for name, wish in cases.items():
        taken = [_seconds(matcher, wish) for _ in range(rounds)]
        found |= {f"{name}: first": taken[0], f"{name}: median": statistics.median(taken), f"{name}: worst": max(taken)}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if _IS_MAC else 1))
    for name, wish in cases.items():
        begun = time.perf_counter()
        theirs = one_by_one(matcher, wish)
        found[f"{name}: peer"] = time.perf_counter() - begun
        counts = matcher.answer(wish, 10).counts
        ours = sum(count for verdict, count in counts.items() if verdict.is_feasible)
        if ours != theirs:
            raise SystemExit(f"{name}: {ours} hubs by arrays, {theirs} one by one")
    return found


def _cases(loaded: Registry) -> Mapping[str, tuple[Step, ...]]:
    """Return the operations that are asked for, by name."""
    loom = loaded.get(Design, LOOM)
    assert loom is not None  # designs are the project's own in every made registry
    return {**STEPS, HARD: wish_for(loaded, loom).steps}


_IS_MAC = sys.platform == "darwin"


def _seconds(matcher: Matcher, wish: Wish) -> float:
    begun = time.perf_counter()
    matcher.answer(wish, 10)
    return time.perf_counter() - begun


def wish_on_all_terms(loaded: Registry, steps: Sequence[Step]) -> Wish:
    """Return a wish that asks for everything that can be asked for."""
    steps = tuple(replace(step, design="bench") for step in steps)
    return Wish(
        name="bench", steps=steps, licences=(("bench", "CERN-OHL-S-2.0"),), quantity=20, near=(6.69, -1.62),
        within_km=6000.0, start=loaded.as_of, by=loaded.as_of + timedelta(days=60), use=Use.COMMERCIAL,
        contract="distributed-manufacturing/1", currency="EUR", languages=frozenset({"fr"}),
    )  # fmt: skip


def one_by_one(matcher: Matcher, wish: Wish) -> int:
    """Return how many hubs can make it as far as is known, judging every machine by itself."""
    search = Search(matcher, wish)
    of_design = [check for check in judged_design(wish) if check.result is Result.FAIL]
    wanted: list[bool] = search.is_wanted.tolist()
    return sum(not of_design and wanted[hub] and _does(search, hub) for hub in range(len(matcher.known.hubs)))


def _does(search: Search, hub: int) -> bool:
    known, wish = search.known, search.wish
    site, machines = known.site(hub), known.machines_of(hub)
    is_able = not any(check.result is Result.FAIL for check in judged_site(wish, site))
    skills = [known.skill(machine) for machine in machines]
    for at, question in enumerate(search.questions):
        asked, can = search.of_step[at], False
        for machine, skill in zip(machines, skills, strict=True):
            checks = (*judged(question, skill), *asked.people(machine, site, skill.crew))
            if link_of(question, skill.processes) is not None and not skill.is_invented:
                can |= not any(check.result is Result.FAIL for check in checks)
        is_able &= can
    return is_able


def _tables(found: Mapping[int, Mapping[str, float]]) -> Iterator[Table]:
    for name in (*STEPS, HARD):
        rows = [_row(size, name, figures) for size, figures in found.items()]
        about = (
            f"All constraints at once, {MACHINES} machines a hub, after loading. The peer judges every machine in "
            "Python by the same rules and finds the same hubs."
        )
        yield Table(f"Matching: {name}", about, (*rows, *_growth(name, found)))
    rows = [
        Row(f"{size:,} hubs", {"load s": one["load"], "gather s": one["index"], "most memory MiB": one["memory"]})
        for size, one in found.items()
    ]
    yield Table("Matching: before the first answer", "With the files read for the first time.", tuple(rows))


def _row(size: int, name: str, one: Mapping[str, float]) -> Row:
    median = one[f"{name}: median"]
    figures: dict[str, Figure] = {
        "first ms": 1000 * one[f"{name}: first"], "median ms": 1000 * median,
        "slowest ms": 1000 * one[f"{name}: worst"],
        "median ms per 1,000 hubs": 1_000_000 * median / size, "peer s": one[f"{name}: peer"],
        "peer / ours": one[f"{name}: peer"] / median,
    }  # fmt: skip
    return Row(f"{size:,} hubs", figures)


def _growth(name: str, found: Mapping[int, Mapping[str, float]]) -> Iterator[Row]:
    if len(found) > 1:
        least, most = min(found), max(found)
        ratio = (found[most][f"{name}: median"] / most) / (found[least][f"{name}: median"] / least)
        yield Row("**largest / smallest**", {"median ms per 1,000 hubs": ratio})


if __name__ == "__main__":
    main()
