"""A command in; how long it took and how much memory it and its children held, out.

Memory is the largest sum of the proportional set sizes (PSS) of the command and all its children, sampled every
tenth of a second: pages that several processes share count once. Where there is no `/proc`, it is the largest
resident set of any one of them, as `wait4` tells. The run that is sampled is not timed.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_SAMPLE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """A command to measure, what comes before each run of it, and the exit codes with which it has done its work."""

    command: Sequence[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None
    codes: frozenset[int] = frozenset({0})
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of each timed run, and the most memory in MiB: of all processes together, and of the largest."""

    seconds: tuple[float, ...]
    memory_mib: float
    largest_mib: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """The difference between the slowest and the fastest run, as a part of the median."""
        return (max(self.seconds) - min(self.seconds)) / self.median


def measure(jobs: Mapping[str, Job], rounds: int, show: Callable[[str], None]) -> dict[str, Cost]:
    """Run each job once for its memory, then all in turn (A B A B …) `rounds` times for their time.

    A job that fails in its first run is shown and left out.
    """
    memory = {}
    for name, job in jobs.items():
        show(f"{name}: memory")
        try:
            memory[name] = _sampled(job)
        except OSError as error:
            show(f"{name}: not measured: {error}")
    seconds: dict[str, list[float]] = {name: [] for name in memory}
    for number in range(1, rounds + 1):
        for name in memory:
            show(f"{name}: run {number} of {rounds}")
            seconds[name].append(_timed(jobs[name]))
    return {name: Cost(tuple(taken), *memory[name]) for name, taken in seconds.items()}


def _timed(job: Job) -> float:
    job.prepare()
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = _start(job, said)
        _, status, _ = os.wait4(process.pid, 0)
        taken = time.perf_counter() - begun
        _ended(job, process, status, said)
    return taken


def _sampled(job: Job) -> tuple[float, float]:
    """Return the most memory of one run in MiB: the sum over its processes, and the largest process."""
    job.prepare()
    most = 0
    with tempfile.TemporaryFile() as said:
        process = _start(job, said)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, sum(map(_pss_kib, _tree(process.pid))))
            time.sleep(_SAMPLE_SECONDS)
        _ended(job, process, status, said)
    largest = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return max(most / 1024, largest), largest


def _start(job: Job, said: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **job.environment}
    return subprocess.Popen(job.command, cwd=job.folder, stdout=subprocess.DEVNULL, stderr=said, env=environment)


def _ended(job: Job, process: subprocess.Popen[bytes], status: int, said: IO[bytes]) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in job.codes:
        said.seek(0)
        last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
        raise OSError(f"`{' '.join(job.command)[:120]}` ended with {process.returncode}: {last}")


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        children = [Path(f"/proc/{pid}/task/{task}/children").read_text().split() for task in tasks]
    except OSError:
        return
    for child in itertools.chain.from_iterable(children):
        yield from _tree(int(child))


def _pss_kib(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
