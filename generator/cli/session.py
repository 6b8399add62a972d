"""What every command starts from: the registry's folder, its day, its Git history and its cache."""

from __future__ import annotations

import functools
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
from ..records import Passport
from ..registry import INSIDE, Elsewhere, Registry

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2
Step = Callable[[int, int], None]


@dataclass(frozen=True)
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

    @functools.cached_property
    def elsewhere(self) -> Elsewhere:
        """Where the passports are kept, seen from the working folder."""
        return registry.elsewhere(self.folder, Path.cwd())

    @functools.cached_property
    def passports(self) -> History | None:
        """The Git history of passports that are kept elsewhere; None for those of the registry's own folder."""
        return open_history(Path(self.elsewhere.folder)) if self.elsewhere.is_there else None

    def shown(self, path: str) -> str:
        """Return the path of a file of the registry as seen from the working folder."""
        return self.elsewhere.told(self.prefix, path)

    @property
    def lead(self) -> str:
        """What leads from the repository's top to the registry's folder, wherever one stands."""
        return self.history.lead if self.history else f"{self.folder.name}/"


def find_workplace(start: Path | None = None) -> Workplace:
    """Return the workplace around a file or folder (the working one): the nearest with `registry/registry.yaml`.

    A file of passports that are kept elsewhere is around nothing: it belongs to the registry around the working folder.
    """
    try:
        folder = find_folder(start)
    except click.ClickException as error:
        here = _of_passports_in(start.resolve()) if start is not None else None
        if here is None:
            raise error from None
        folder = here
    return Workplace(folder.parent, folder, open_history(folder))


def _of_passports_in(start: Path) -> Path | None:
    """Return the folder of the registry around the working folder, when its passports are kept around `start`."""
    try:
        folder = find_folder()
    except click.ClickException:
        return None
    kept = registry.elsewhere(folder, folder).folder
    return folder if kept and start.is_relative_to(kept) else None


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
        histories = [one for one in (place.history, place.passports) if one is not None]
        committed = [day for one in histories if (day := one.commit_date()) is not None]
        if place.history is None or place.history.commit_date() is None:
            return today
        clean = all(one.is_clean for one in histories)
        return max(committed) if clean else max(*committed, today)


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
    cache, listing = (
        registry.Cache(place.cache),
        registry.scan(place.folder, place.elsewhere),
    )  # meanwhile Git looks at the files
    with git_errors():
        blobs = _blobs(place)
    with progress("reading records", quiet=quiet) as step:
        return registry.load(
            place.folder, as_of=day_of(place, as_of), listing=listing, blobs=blobs, cache=cache,
            prefix=place.prefix if prefix is None else prefix, elsewhere=place.elsewhere,
            processes=os.cpu_count() or 1, progress=step,
        )  # fmt: skip


def changes_since(place: Workplace, revision: str) -> Changes:
    """Return what changed in the registry since a revision."""
    if place.history is None:
        raise click.UsageError("--since needs a Git repository, and this folder is in none")
    with git_errors():
        found = place.history.changes(revision)
    return _joined(found, _of_passports(place, revision)) if place.elsewhere.is_there else found


def _of_passports(place: Workplace, revision: str) -> Changes:
    """Return what changed in passports that are kept elsewhere; all of them where the revision is not known there."""
    try:
        found = place.passports.changes(revision) if place.passports else None
    except HistoryError:
        found = None
    if found is None:
        entries, _ = registry.scan(place.folder, place.elsewhere)
        return Changes(tuple(one.path for one in entries if one.kind is Passport), (), {})
    before = {INSIDE + path: content for path, content in found.before.items()}
    return Changes(
        tuple(INSIDE + path for path in found.changed), tuple(INSIDE + path for path in found.removed), before
    )


def _joined(one: Changes, other: Changes) -> Changes:
    changed, removed = (*one.changed, *other.changed), (*one.removed, *other.removed)
    return Changes(changed, removed, {**one.before, **other.before})


def _blobs(place: Workplace) -> dict[str, str]:
    """Return the blob ids of files that are just as Git has them, by path below the registry's folder."""
    found = dict(place.history.blobs) if place.history else {}
    if place.passports is not None:
        found |= {INSIDE + path: blob for path, blob in place.passports.blobs.items()}
    return found


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
