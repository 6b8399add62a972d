"""The sources of the site and its npm packages in; a folder from which sites are built without Node.js out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import map
from .assembly import bundle

BUNDLED = "bundled"
PACKAGES = "packages"
_COPIED = ("pages", "strings", "templates", "theme")


def ship(sources: Path, packages: Path, folder: Path) -> None:
    """Fill `folder`, which is made anew, with what `assembly.build` reads: `app` is in it, and `modules`.

    Raises `BundleError` as `assembly.bundle` does, and `OSError`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in _COPIED:
        shutil.copytree(sources / name, folder / name)
    bundle(sources, packages, (folder / BUNDLED).resolve())
    for path in (*map.NEEDED, *_licences(sources, packages)):
        target = folder / PACKAGES / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / path, target)


def _licences(sources: Path, packages: Path) -> Iterator[str]:
    """Yield the paths of the licences of all packages that may be in the bundle."""
    lock = json.loads((sources / "package-lock.json").read_bytes())
    for place, about in lock["packages"].items():
        name = place.removeprefix("node_modules/")
        if place and not about.get("dev"):
            paths = sorted((packages / name).iterdir())
            yield from (f"{name}/{path.name}" for path in paths if path.stem.lower() in ("license", "licence"))
