"""The setting `passports:` in; the folder out that stands for `registry/passports`, outside the registry's own.

A path relative to the registry's folder stays what it is (`passports/<id>.yaml`): only where the file lies, and what
is shown of it to people, differ.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .. import documents, schemas
from ..records import Passport, Settings

INSIDE = f"{Passport.folder}/"


class Elsewhere(NamedTuple):
    """Where passports are kept: "" for the registry's own folder. `is_there` tells whether it is a folder."""

    folder: str = ""
    shown: str = ""  # what stands before the names of its files for people
    is_there: bool = False

    def file(self, root: Path, path: str) -> Path:
        """Return where a file lies, for a path relative to the registry's folder."""
        if self.folder and path.startswith(INSIDE):
            return Path(self.folder, path.removeprefix(INSIDE))
        return root / path

    def told(self, prefix: str, path: str) -> str:
        """Return a file's path as people see it; `prefix` leads to the registry's folder."""
        return self.shown + path.removeprefix(INSIDE) if self.folder and path.startswith(INSIDE) else prefix + path

    def untold(self, prefix: str, shown: str) -> str:
        """Return the path relative to the registry's folder for one that people see."""
        if self.folder and shown.startswith(self.shown):
            return INSIDE + shown.removeprefix(self.shown)
        return shown.removeprefix(prefix)


INSIDE_ONLY = Elsewhere()


def elsewhere(root: Path, standing: Path) -> Elsewhere:
    """Return where the registry in `root` keeps its passports; paths are shown as seen from `standing`.

    The setting is relative to the folder that holds the registry's: `../passports` lies beside the repository. A
    symbolic link is no such folder.
    """
    named = _setting(root)
    if not named:
        return INSIDE_ONLY
    folder = os.path.normpath(root.resolve().parent / named)
    shown = Path(os.path.relpath(folder, standing)).as_posix() + "/"
    return Elsewhere(folder, shown, _is_folder(folder))


def _is_folder(folder: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(folder).st_mode)
    except OSError:
        return False


def _setting(root: Path) -> str:
    """Return the setting; "" when it is left out, or `registry.yaml` is missing or broken."""
    try:
        with open(root / "registry.yaml", "rb") as file:
            source = file.read(documents.LIMIT_BYTES + 1)
    except OSError:
        return ""
    data = _data(source)
    return str(data.get("passports", "")) if schemas.validator(Settings.record_kind)(data) else ""


def _data(source: bytes) -> Mapping[str, Any]:
    try:
        data = documents.parse(source)
    except documents.UncleanError:
        data = documents.examine(source).data
    return data if isinstance(data, dict) else {}
