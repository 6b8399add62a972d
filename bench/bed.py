"""A size in; a made registry of that size, in Git and ready to be checked and built, out. Made once for each size."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator import registry
from generator.registry import Registry

from . import git
from .make import change, make
from .peers import Site, program
from .real import TOP, real
from .timing import Job

MACHINES = 10
CHANGED = 10
# 1 stands for findings of severity error, which a made registry should not have but a new check may see.
_CODES = frozenset({0, 1})


@dataclass(eq=False)
class Bed:
    """A made registry on disk, and the jobs that are measured on it."""

    top: Path
    hubs: int
    files: int
    _seeds: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def records(self) -> Path:
        return self.top / "registry"

    @cached_property
    def loaded(self) -> Registry:
        return registry.load(self.records, as_of=real().newest)

    def check(self, *words: str, prepare: Callable[[], object] = lambda: None) -> Job:
        return Job([_karakana(), "check", "--quiet", *words], self.top, prepare, _CODES)

    def cold(self) -> Job:
        return self.check(prepare=self.forget)

    def build(self) -> Site:
        output = self.top / "build" / "site"

        def prepare() -> None:
            self.restore()
            shutil.rmtree(output, ignore_errors=True)  # as for the peers: deleting the old site is not building

        return Site(Job([_karakana(), "build", "--quiet"], self.top, prepare), output)

    def frame(self) -> tuple[str, str]:
        """Return what stands before and after the content of a hub's page, for peers to write pages of our size."""
        job, folder = self.build().job, self.top / "build" / "site" / "hubs"
        subprocess.run(job.command, cwd=job.folder, check=True)
        page = min(folder.glob("*/*/index.html")).read_text(encoding="utf-8")
        before, _, rest = page.partition("<article")
        return before, "</article>" + rest.rpartition("</article>")[2]

    def forget(self) -> None:
        """Take away what earlier runs kept, and undo changes to records."""
        shutil.rmtree(self.top / "build" / "cache", ignore_errors=True)
        self.restore()

    def restore(self) -> None:
        subprocess.run(["git", "checkout", "--quiet", "--", "registry"], cwd=self.top, check=True)

    def change(self) -> None:
        """Change records as nobody has changed them before."""
        self.restore()
        change(self.top, CHANGED, next(self._seeds))


class Beds:
    """The made registries of one run, by their number of hubs."""

    def __init__(self, folder: Path, seed: int, show: Callable[[str], None]) -> None:
        self.folder = folder
        self.seed = seed
        self.show = show
        self._made: dict[tuple[int, int], Bed] = {}

    def of(self, hubs: int, machines: int = MACHINES) -> Bed:
        if (hubs, machines) not in self._made:
            self.show(f"making {hubs} hubs, machines at each: {machines}")
            top = self.folder / f"hubs-{hubs}-{machines}"
            files = make(top, hubs, machines, self.seed)
            git.commit_all(top, real().newest)
            for name in ("site", "mkdocs.yml", "generator"):
                (top / name).symlink_to(TOP / name)
            self._made[hubs, machines] = Bed(top, hubs, files)
        return self._made[hubs, machines]


def _karakana() -> str:
    return program("karakana") or "karakana"
