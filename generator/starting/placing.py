"""Files in; all of them in a folder, or none, out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..artifacts import Artifact

_SCRATCH = ".karakana-init-"  # what a killed run leaves, which the next one clears away
_IGNORED = {".git"}  # an empty clone


class OccupiedError(Exception):
    """A folder that holds other files; the message names some."""


def occupied(folder: Path) -> tuple[str, ...]:
    """Return what a folder holds that must stay; nothing for one that is missing, empty or a fresh clone."""
    if not folder.exists():
        return ()
    if not folder.is_dir():
        return (folder.name,)
    names = sorted(path.name for path in folder.iterdir())
    return tuple(name for name in names if name not in _IGNORED and not name.startswith(_SCRATCH))


def place(files: Iterable[Artifact], folder: Path) -> int:
    """Write files into a folder that is missing, empty or a fresh clone; return the number.

    They are written beside and then moved; when that fails half-way they are moved back. Raises `OccupiedError`.
    """
    if found := occupied(folder):
        raise OccupiedError(", ".join(found[:5]))
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left)
    try:
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch:
            count = _write(files, Path(scratch))
            _move(Path(scratch), folder)
    except BaseException:
        if is_new:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return count


def _write(files: Iterable[Artifact], folder: Path) -> int:
    count = 0
    for file in files:
        count += 1
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        if file.content.startswith(b"#!"):
            target.chmod(0o755)
    return count


def _move(scratch: Path, folder: Path) -> None:
    moved: list[Path] = []
    try:
        for path in sorted(scratch.iterdir()):
            moved.append(folder / path.name)
            path.rename(moved[-1])
    except BaseException:
        for path in moved:
            if path.exists():
                path.rename(scratch / path.name)
        raise
