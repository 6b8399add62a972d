"""What every command starts from: the registry's folder, its day, its Git history and its cache."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from .. import registry
from ..history import Changes, History, HistoryError, open_history
from ..registry import Registry

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Workplace:
    """The top folder that holds `registry/`, the registry's folder, and the Git history it lies in."""

    top: Path
    folder: Path
    history: History | None

    @property
    def cache(self) -> Path:
        """Where what can be computed again is kept."""
        return self.top / "build" / "cache"

    @property
    def prefix(self) -> str:
        """What leads from the working folder to the registry's, for paths that people can click."""
        return Path(os.path.relpath(self.folder)).as_posix() + "/"

    @property
    def lead(self) -> str:
        """What leads from the repository's top to the registry's folder, wherever one stands."""
        return self.history.lead if self.history else f"{self.folder.name}/"


def find_workplace(start: Path | None = None) -> Workplace:
    """Return the workplace around a file or folder (the working one): the nearest with `registry/registry.yaml`."""
    folder = find_folder(start)
    return Workplace(folder.parent, folder, open_history(folder))


def find_folder(start: Path | None = None, way_out: str = "run this inside a registry") -> Path:
    """Return the registry's folder, as `find_workplace` does, without asking Git about its files."""
    here = (start or Path.cwd()).resolve()
    for top in (here, *here.parents):
        if (top / "registry" / "registry.yaml").is_file():
            return top / "registry"
        if (top / "registry.yaml").is_file():
            return top
    raise click.ClickException(f"no registry/registry.yaml in {here} or above; {way_out}")


def day_of(place: Workplace, given: datetime | None) -> date:
    """Return the registry's day: the one given, else the commit's; with changes on disk, today if later."""
    if given is not None:
        return given.date()
    today = datetime.now(UTC).date()
    with git_errors():
        committed = place.history.commit_date() if place.history else None
        if committed is None or place.history is None:
            return today
        return committed if place.history.is_clean else max(committed, today)


@contextmanager
def git_errors() -> Iterator[None]:
    """Turn what Git refuses into an error for people."""
    try:
        yield
    except HistoryError as error:
        raise click.ClickException(str(error)) from error


def load(
    place: Workplace, as_of: datetime | None = None, *, prefix: str | None = None, quiet: bool = False
) -> Registry:
    """Return the registry as of a day (see `day_of`), through its cache, showing progress when that takes a while.

    `prefix` stands before paths that are shown; `place.prefix` when left out.
    """
    # Records hold no cycles: with hundreds of thousands of them the collector finds nothing and takes half the time.
    gc.collect()
    gc.disable()
    cache, listing = registry.Cache(place.cache), registry.scan(place.folder)  # meanwhile Git looks at the files
    with git_errors():
        blobs = place.history.blobs if place.history else {}
    with progress("reading records", quiet=quiet) as step:
        return registry.load(
            place.folder, as_of=day_of(place, as_of), listing=listing, blobs=blobs, cache=cache,
            prefix=place.prefix if prefix is None else prefix,
            processes=os.cpu_count() or 1, progress=step,
        )  # fmt: skip


def changes_since(place: Workplace, revision: str) -> Changes:
    """Return what changed in the registry since a revision."""
    if place.history is None:
        raise click.UsageError("--since needs a Git repository, and this folder is in none")
    with git_errors():
        return place.history.changes(revision)


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Step]:
    """Give a function (done, total) that draws a bar on a terminal's error stream, after half a second of work."""
    if quiet or not sys.stderr.isatty():
        yield registry.quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what)
    begun = datetime.now(UTC)

    def step(done: int, total: int) -> None:
        if not bar.live.is_started and (datetime.now(UTC) - begun).total_seconds() > 0.5:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield step
    finally:
        bar.stop()


as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to check for; the commit's when left out.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress and no closing line.")
