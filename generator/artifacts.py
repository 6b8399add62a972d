"""What producers yield: a path below the output folder and its content, written all or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to write: `path` is relative, with forward slashes."""

    path: str
    content: bytes


def write(artifacts: Iterable[Artifact], folder: Path) -> int:
    """Write artifacts into a folder that takes the place of `folder` when all is there; return their number.

    A failure on the way, a full disk or an interrupt too, leaves the previous folder untouched. What a killed
    run left behind is cleared away. One run at a time: a second one makes the first fail.
    Raises `ValueError` for a path that leaves the folder or stands twice, and `OSError` from the disk.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (folder.with_name(f".{folder.name}.{end}") for end in ("part", "old"))
    _recover(fresh, old, folder)
    try:
        count = _fill(artifacts, fresh)
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


def _fill(artifacts: Iterable[Artifact], folder: Path) -> int:
    made: set[str] = set()
    written: set[str] = set()
    root = str(folder)
    os.mkdir(root)
    for artifact in artifacts:
        _refuse(artifact.path, written)
        written.add(artifact.path)
        parent = artifact.path.rpartition("/")[0]
        if parent not in made:
            os.makedirs(f"{root}/{parent}", exist_ok=True)
            made.add(parent)
        # Buffered, because a raw write to a disk that is nearly full may write a part and raise nothing.
        with open(f"{root}/{artifact.path}", "xb") as file:
            file.write(artifact.content)
    return len(written)


def _refuse(path: str, written: set[str]) -> None:
    if "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        raise ValueError(f"artifact path {path!r} leaves the output folder")
    if path in written:
        raise ValueError(f"two artifacts are called {path!r}")


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
    finally:
        fresh.unlink(missing_ok=True)
