"""A tree, a split and many requests against made hubs: `python -m bench.planning [DIR] [--hubs N] [--requests R]`.

The registry is made below DIR, or a temporary folder; what DIR holds from an earlier run is used again. Every plan is
checked: pieces add up, and no machine makes more than it can.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from generator import registry
from generator.matching.plan_json import as_json
from generator.matching.planning import plan_for
from generator.matching.plans import Plan
from generator.matching.replan import replan
from generator.matching.search import Matcher
from generator.matching.wanted import Step, Wish, wish_for
from generator.records import Design
from generator.registry import Registry
from generator.units import Envelope

from . import results
from .matching import _made
from .real import real
from .results import Row, Table

HUBS, REQUESTS, QUICK = 20_000, 1_000, 500
_NEAR = (6.69, -1.62)
_PROCESSES = (
    "laser-cutting", "fused-filament-fabrication", "cnc-milling", "vacuum-forming", "machine-embroidery",
    "stereolithography", "sanding", "drilling", "sawing", "cnc-routing", "cnc-turning", "vinyl-cutting",
)  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.planning", description=__doc__)
    words.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    words.add_argument("--hubs", type=int, default=HUBS)
    words.add_argument("--requests", type=int, default=REQUESTS)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--quick", action="store_true", help="a small registry, to see that it works")
    given = words.parse_args()
    hubs, requests = (QUICK, 50) if given.quick else (given.hubs, given.requests)
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as temporary:
        top = _made(given.folder or Path(temporary), hubs)
        loaded = with_known_speeds(
            registry.load(top / "registry", as_of=real().newest, processes=os.cpu_count() or 1)
        )  # fmt: skip
    tables = [_plans(loaded, given.rounds), _requests(loaded, requests)]
    print(results.markdown(tables, results.machine(Path.cwd())), end="")


def with_known_speeds(loaded: Registry) -> Registry:
    """Return a made registry whose throughputs are those of any piece, so that it is known how much machines make."""
    tables: dict[str, dict[str, bytes]] = {}
    for kind, id, data in loaded.raw():
        tables.setdefault(kind, {})[id] = data.replace(b',"of":"small parts"', b"").replace(b'"of":"small parts",', b"")
    return Registry(root=loaded.root, as_of=loaded.as_of, tables=tables)


def _plans(loaded: Registry, rounds: int) -> Table:
    begun = time.perf_counter()
    matcher = Matcher(loaded)
    gathered = time.perf_counter() - begun
    rows = [Row("gathering", {"median ms": 1000 * gathered})]
    for name, wish in _wishes(loaded).items():
        taken, plan = [], None
        for _ in range(rounds):
            begun = time.perf_counter()
            plan = plan_for(matcher, wish)
            taken.append(time.perf_counter() - begun)
        assert plan is not None
        insist(matcher, plan)
        begun = time.perf_counter()
        again = replan(matcher, plan, plan.hubs[:1])
        changed = time.perf_counter() - begun
        insist(matcher, again)
        if as_json(loaded, plan, name) != as_json(loaded, plan_for(matcher, wish), name):
            raise SystemExit(f"{name}: the same question gave other bytes")
        rows.append(Row(name, {
            "operations": len(wish.steps), "hubs": len(plan.hubs), "method": plan.method.value, "bound": plan.bound,
            "valid": str(plan.is_valid), "median ms": 1000 * statistics.median(taken), "slowest ms": 1000 * max(taken),
            "without one hub ms": 1000 * changed,
        }))  # fmt: skip
    hubs = len(matcher.known.hubs)
    return Table(f"Planning: one wish against {hubs:,} hubs and {len(matcher.known.names):,} machines", "", tuple(rows))


def _wishes(loaded: Registry) -> Mapping[str, Wish]:
    def wish(steps: Sequence[Step], quantity: int, days: int) -> Wish:
        return Wish(
            name="bench", steps=tuple(steps), quantity=quantity, near=_NEAR, start=loaded.as_of,
            by=loaded.as_of + timedelta(days=days), licences=(("bench", "CERN-OHL-S-2.0"),),
        )  # fmt: skip

    tree = [_step(at, at % 12, after=(f"s{at - 1}",) if at % 4 else ()) for at in range(15)]
    tree.append(_step(15, 3, after=("s3", "s7", "s11", "s14")))
    return {
        "a tree of 16 parts": wish(tree, 10, 90),
        "a split over 12 operations": wish([_step(at, at) for at in range(12)], 400, 30),
        "200 pieces of one operation": wish([_step(0, 1)], 200, 30),
        "5,000 pieces of three operations": wish(
            [_step(0, 0), _step(1, 1, after=("s0",)), _step(2, 9, after=("s1",))], 5000, 30
        ),
    }


def _step(at: int, process: int, after: tuple[str, ...] = ()) -> Step:
    return Step(
        id=f"s{at}", process=_PROCESSES[process], part=f"part-{at}", pieces=1 + at % 3, after=after,
        envelope=Envelope(sides=(100 + 10 * at, 80)),
    )  # fmt: skip


def _requests(loaded: Registry, count: int) -> Table:
    matcher, taken, methods = Matcher(loaded), [], Counter[str]()
    whole = time.perf_counter()
    for wish in itertools.islice(requests(loaded), count):
        begun = time.perf_counter()
        plan = plan_for(matcher, wish)
        taken.append(time.perf_counter() - begun)
        methods[plan.method.value if plan.is_valid else "none"] += 1
        insist(matcher, plan)
    seconds, memory = time.perf_counter() - whole, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = Row(f"{count:,} requests", {
        "seconds": seconds, "median ms": 1000 * statistics.median(taken), "slowest ms": 1000 * max(taken),
        "most memory MiB": memory, **{f"plans: {name}": number for name, number in sorted(methods.items())},
    })  # fmt: skip
    return Table(f"Planning: requests against {len(matcher.known.hubs):,} hubs", "", (row,))


def requests(loaded: Registry) -> Iterator[Wish]:
    """Yield wishes for the designs of a registry, of all sizes and everywhere, for ever."""
    random = Random("requests")
    designs = [design for design in loaded.all(Design) if design.operations]
    while True:
        wish = wish_for(loaded, random.choice(designs))
        yield replace(
            wish, quantity=random.choice((1, 5, 20, 100, 400)), within_km=random.choice((None, 300.0, 2000.0)),
            near=(round(random.uniform(-35, 60), 3), round(random.uniform(-20, 60), 3)),
            by=loaded.as_of + timedelta(days=random.randint(14, 180)),
        )  # fmt: skip


def insist(matcher: Matcher, plan: Plan) -> None:
    """Stop when pieces do not add up or a machine makes more than it can."""
    made, by_machine, missing = Counter[str](), Counter[tuple[str, str]](), dict(plan.missing)
    for one in plan.assignments:
        made[one.step] += one.pieces
        by_machine[one.hub, one.machine] += one.pieces
    for step in plan.wish.steps:
        if made[step.id] + missing.get(step.id, 0) != plan.wish.pieces(step):
            raise SystemExit(f"{plan.wish.name}: {step.id} does not add up")
    for (hub, name), pieces in by_machine.items():
        known = matcher.known
        machine = next(one for one in known.machines_of(matcher.numbers[hub]) if known.names[one] == name)
        time_ = known.skills["time"][machine]
        if name and plan.wish.by is not None and time_.pieces_per_week and time_.lead_days is not None:
            most = (plan.wish.days - time_.lead_days) * time_.pieces_per_week / 7
            if pieces > most + 1e-6:
                raise SystemExit(f"{plan.wish.name}: {name} makes {pieces} of at most {most}")


if __name__ == "__main__":
    main()
