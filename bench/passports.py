"""Passports against 1,000, 5,000 and 20,000 hubs: `python -m bench.passports [DIR] [--hubs N …] [--rounds R]`.

Each registry is measured in a process of its own, so that its memory is its own. Registries are made below DIR, or a
temporary folder; what DIR already holds from an earlier run is used again. Every peer must come to the same answers.
Writes `build/bench/passports.json` and `passports.md`, and prints the tables.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import git, results, sizes
from .bed import MACHINES
from .make import make
from .passports_measured import PEERS, measured
from .peers import program
from .recognition import CARRIED, DAY, recognise
from .results import Figure, Row, Table
from .run import OUTPUT
from .timing import Job, measure

Found = Mapping[int, Mapping[str, float]]


def main() -> None:
    given = sizes.asked("bench.passports", __doc__, rounds=5)
    if given.top is not None:
        print(json.dumps(measured(given.top, given.rounds)))
        return
    with tempfile.TemporaryDirectory(prefix="karakana-bench-") as temporary:
        folder = given.folder or Path(temporary)
        found = {size: _one(made(folder, size), given.rounds) for size in given.sizes}
        machine = results.machine(folder)
    found_tables = list(tables(found))
    OUTPUT.mkdir(parents=True, exist_ok=True)
    text = results.markdown(found_tables, machine)
    (OUTPUT / "passports.json").write_text(results.as_json(found_tables, machine), encoding="utf-8")
    (OUTPUT / "passports.md").write_text(text, encoding="utf-8")
    print(text, end="")


def made(folder: Path, hubs: int) -> Path:
    """Return the top of a registry of so many hubs with rules and passports, made when it is not there."""
    top = folder / f"passports-{hubs}"
    if not (top / ".git").exists():
        _show(f"making {hubs:,} hubs")
        make(top, hubs, MACHINES, 1)
        recognise(top, 1)
        git.commit_all(top, DAY)
    return top


def _one(top: Path, rounds: int) -> dict[str, float]:
    """Return the figures of one registry: whole commands first, which also leave its cache warm."""
    karakana = program("karakana") or "karakana"
    words = [karakana, "where", "--quiet", "--on", DAY.isoformat(), "--passport"]
    jobs = {f"command: {count}": _job(top, *words, str(_passport(top, count))) for count in CARRIED}
    jobs["command: nothing"] = _job(top, karakana, "--version")
    costs = measure(jobs, rounds, _show)
    found = {name: cost.median for name, cost in costs.items()}
    found |= {f"{name}: memory": cost.memory_mib for name, cost in costs.items()}
    return found | sizes.alone("bench.passports", top, rounds)


def _job(top: Path, *words: str) -> Job:
    return Job(words, top, codes=frozenset({0, 1}))  # 1 where nothing opens


def _passport(top: Path, count: int) -> Path:
    return (top / f"passport-{count}.json").resolve()


def tables(found: Found) -> Iterator[Table]:
    """Yield the tables of what was found out at each size."""
    yield _verifying(found[max(found)])
    yield _deciding(found)
    yield _where(found)


def _verifying(one: Mapping[str, float]) -> Table:
    names = {"ours": "Karakana: form, key, signature, days and status", **PEERS}
    rows = [
        Row(text, {"credentials/s": 1 / one[f"verify: {name}"], "times the signature's time": _times(one, name)})
        for name, text in names.items()
        if f"verify: {name}" in one
    ]
    about = (
        "Fifty different credentials of fifty hubs, one process, one core, from bytes to a verdict; runs alternate. "
        "The signature alone is what nobody can do without."
    )
    return Table("Passports: verifying", about, tuple(rows))


def _times(one: Mapping[str, float], name: str) -> float:
    return one[f"verify: {name}"] / one["verify: cryptography"]


def _deciding(found: Found) -> Table:
    rows = [
        Row(f"{size:,} hubs, {one['rules']:,.0f} rules", {
            "µs a decision": 1e6 * one["decide"], "facts of all s": one["facts"],
            "one question ms": 1000 * one["decide: loaded"], "reference ms": 1000 * one["decide: peer"],
            "reference / ours": one["decide: peer"] / one["decide: loaded"],
        })
        for size, one in found.items()
    ]  # fmt: skip
    about = (
        "May this passport of five credentials use this machine? With the facts of the whole registry ready, and from "
        "a loaded registry for one question alone. The reference of the tests tries every rule; it must agree."
    )
    return Table("Passports: deciding", about, tuple(rows))


def _where(found: Found) -> Table:
    rows = [_row(size, count, one) for size, one in found.items() for count in CARRIED]
    rows += [_growth(found, count) for count in CARRIED] if len(found) > 1 else []
    about = (
        "All machines that a passport opens, opens on a condition, or would open with one more step: with everything "
        "grouped before, from a loaded registry, and as a whole command on a warm cache, which takes "
        f"{found[max(found)]['command: nothing']:.2f} s to say its version. The peer decides about machine after "
        "machine, with the facts ready, and must open the same machines."
    )
    return Table("Passports: where", about, tuple(rows))


def _row(size: int, count: int, one: Mapping[str, float]) -> Row:
    figures: dict[str, Figure] = {
        "opened": one[f"where: {count}: opened"], "one step away": one[f"where: {count}: away"],
        "grouped ms": 1000 * one[f"where: {count}"], "loaded ms": 1000 * one[f"where: {count}: loaded"],
        "command s": one[f"command: {count}"], "command MiB": one[f"command: {count}: memory"],
        "one by one s": one[f"where: {count}: peer"],
        "one by one / grouped": one[f"where: {count}: peer"] / one[f"where: {count}"],
    }  # fmt: skip
    return Row(f"{size:,} hubs, {one['machines']:,.0f} machines, {count} credentials", figures)


def _growth(found: Found, count: int) -> Row:
    least, most = min(found), max(found)
    columns = {
        "grouped ms": f"where: {count}",
        "loaded ms": f"where: {count}: loaded",
        "command s": f"command: {count}",
    }
    grown = {name: (found[most][key] / most) / (found[least][key] / least) for name, key in columns.items()}
    return Row(f"**time of one hub, largest / smallest, {count} credentials**", grown)


def _show(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
