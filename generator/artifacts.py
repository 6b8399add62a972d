"""What producers yield: a path below the output folder and its content, written all or not at all."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from .beside import CAN_FORK, Beside


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: `path` is relative, with forward slashes."""

    path: str
    content: bytes


Producer = Callable[[], Iterable[Artifact]]

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


Last = Callable[[Path], Iterable[Artifact]]


def nothing(_: Path) -> Iterable[Artifact]:
    """Yield no artifact."""
    return ()


def write(producers: Sequence[Producer], folder: Path, processes: int = 1, last: Last = nothing) -> int:
    """Write what producers yield into a folder that takes the place of `folder` when all is there; return the number.

    With several processes each makes and writes the next producer that is left; the files are the same. `last` is
    given the folder where everything else lies, and yields what depends on its bytes.

    A failure on the way, a full disk or an interrupt too, leaves the previous folder untouched. What a killed
    run left behind is cleared away. One run at a time: a second one makes the first fail.
    Raises `ValueError` for a path that leaves the folder or stands twice, and `OSError` from the disk.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder.with_name(f".{folder.name}.{end}") for end in ("part", "old"))
    _recover(fresh, old, folder)
    try:
        count = _fill(producers, fresh, processes)
        count += _fill_share([partial(last, fresh)], fresh)
        _swap(fresh, old, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _recover(fresh: Path, old: Path, folder: Path) -> None:
    """Clear away what a killed run left; bring the previous folder back when it was killed between two renames."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (fresh, old):
        if left.exists():
            shutil.rmtree(left)


def _fill(producers: Sequence[Producer], folder: Path, processes: int) -> int:
    """Write all producers' artifacts; forked helpers take a share each where the system can fork."""
    os.mkdir(folder)
    helpers = max(1, min(processes, len(producers))) if CAN_FORK else 1
    taken = multiprocessing.get_context("fork").Value("i", helpers) if helpers > 1 else None
    running = [Beside(partial(_fill_share, _Share(producers, first, taken), folder)) for first in range(1, helpers)]
    try:
        count = _fill_share(_Share(producers, 0, taken), folder)
        return count + sum(helper.result() for helper in running)
    finally:
        for helper in running:
            helper.stop()


@dataclass(frozen=True, slots=True)
class _Share:
    """The producers of one process: its first, then each that nobody has taken yet; all without others."""

    producers: Sequence[Producer]
    first: int
    taken: Synchronized[int] | None

    def __iter__(self) -> Iterator[Producer]:
        if self.taken is None:
            yield from self.producers
            return
        number = self.first
        while number < len(self.producers):
            yield self.producers[number]
            with self.taken.get_lock():
                number = self.taken.value
                self.taken.value += 1


def _fill_share(share: Iterable[Producer], folder: Path) -> int:
    made: set[str] = set()
    root = str(folder)
    count = 0
    for artifact in chain.from_iterable(produce() for produce in share):
        _refuse(artifact.path)
        parent = artifact.path.rpartition("/")[0]
        if parent not in made:
            _make_folder(f"{root}/{parent}")
            made.add(parent)
        try:
            file = os.open(f"{root}/{artifact.path}", _NEW, 0o666)
        except FileExistsError:
            if os.path.isdir(f"{root}/{artifact.path}"):
                raise
            raise ValueError(f"two artifacts are called {artifact.path!r}") from None
        try:
            _write_whole(file, artifact.content)
        finally:
            os.close(file)
        count += 1
    return count


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)
    except OSError:  # it is there, or the one above it is not
        os.makedirs(path, exist_ok=True)


def _write_whole(file: int, content: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part, says how much, and refuses the rest."""
    written = os.write(file, content)
    while written < len(content):
        written += os.write(file, content[written:])


def _refuse(path: str) -> None:
    if "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise ValueError(f"artifact path {path!r} leaves the output folder")


def _swap(fresh: Path, old: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`, which is put back when that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write one file in the place of another, or not at all. Raises `OSError` from the disk."""
    fresh = path.with_name(f".{path.name}.part")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        error.filename = str(path)  # a full disk names no file, and the other name is ours
        raise
    finally:
        fresh.unlink(missing_ok=True)
