"""A registry's top folder in; what its site is made of, its own files over those of the package, out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_OVER = ("pages", "strings", "templates", "theme")


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder of the site's sources, MkDocs' settings, the npm packages; `app` when the app is bundled already."""

    site: Path
    config: Path
    modules: Path
    app: Path | None = None


def shipped() -> Path:
    """Return the folder that holds `site`, `schemas`, `registry` and so on: in the wheel, else the checkout."""
    data = _PACKAGE / "data"
    return data if (data / "mkdocs.yml").is_file() else _PACKAGE.parent


@contextmanager
def sources(top: Path) -> Iterator[Sources]:
    """Give the sources for the registry in a folder: a fork's own where it has them all, else the package's.

    Files of the registry's own `site/` and `mkdocs.yml` take the place of those of the package that have the same path.
    """
    own = top / "site"
    if (own / "package.json").is_file():
        yield Sources(own, top / "mkdocs.yml", own / "node_modules")
        return
    with tempfile.TemporaryDirectory(prefix="karakana-") as scratch:
        yield _overlaid(top, shipped(), Path(scratch))


def _overlaid(top: Path, base: Path, scratch: Path) -> Sources:
    for name in _OVER:
        for folder in (base / "site" / name, top / "site" / name):
            if folder.is_dir():
                shutil.copytree(folder, scratch / "site" / name, dirs_exist_ok=True)
    config = top / "mkdocs.yml"
    shutil.copyfile(config if config.is_file() else base / "mkdocs.yml", scratch / "mkdocs.yml")
    found = Sources(scratch / "site", scratch / "mkdocs.yml", base / "site" / "packages", base / "site" / "bundled")
    return found if found.modules.is_dir() else _bundled(found, base)


def _bundled(found: Sources, base: Path) -> Sources:
    """Return sources with the app of a checkout, which esbuild bundles."""
    from .. import publish

    modules, app = base / "site" / "node_modules", found.config.parent / "bundled"
    publish.bundle(base / "site", modules, app)
    return Sources(found.site, found.config, modules, app)
