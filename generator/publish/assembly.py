"""A registry, the sources of the site and a page engine in; the finished site in its folder out."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from .. import artifacts
from ..artifacts import Artifact, Producer
from ..beside import CAN_FORK, Beside
from ..diagnostics import Rule
from ..registry import Progress, Registry, quiet
from . import map, shells, strings
from .edition import Edition
from .pages import Templates
from .site import site


class Engine(Protocol):
    """What builds guides and shells into a folder: MkDocs today."""

    def __call__(self, folder: Path, /, *, name: str, url: str) -> None:
        """Build into `folder`, under the registry's name and address."""


class BundleError(Exception):
    """esbuild is missing, or says that the app has a fault."""


def build(
    registry: Registry,
    *,
    sources: Path,
    engine: Engine,
    output: Path,
    rules: Sequence[Rule] = (),
    modules: Path | None = None,
    app: Path | None = None,
    also: Sequence[Producer] = (),
    processes: int = 1,
    progress: Progress = quiet,
) -> int:
    """Build the whole site into `output`, which is replaced when all is there; return the number of files.

    `sources` is the folder `site/`, `modules` its npm packages (`site/node_modules` when left out), `app` a
    folder with the bundled app (made by esbuild when left out), `also` makes further files such as the open data.
    Raises `ValueError` without `registry.yaml`, `BundleError`, what the engine raises, and `OSError`.
    """
    settings = registry.settings
    if settings is None:
        raise ValueError("registry.yaml is missing or broken")
    edition = Edition(registry, settings, strings.read(sources / "strings", settings.language))
    packages = modules or sources / "node_modules"
    with tempfile.TemporaryDirectory(prefix="karakana-") as scratch:
        guides, bundled = Path(scratch) / "guides", app or Path(scratch) / "app"

        def frame() -> None:
            engine(guides, name=edition.name, url=settings.url)
            if app is None:
                bundle(sources, packages, bundled)

        _do_both(frame, edition.prepare, processes)
        read = shells.read(guides)
        templates = Templates(sources / "templates", read, edition.strings, settings.url)
        copied: tuple[Producer, ...] = (partial(map.assets, packages), partial(_app, bundled))
        # The smallest come last, so that all processes end at about the same time.
        producers = [*also, *site(edition, read, templates, rules), *copied]
        return artifacts.write(_counted(producers, progress), output, processes)


def _do_both(aside: Callable[[], None], here: Callable[[], None], processes: int) -> None:
    if processes == 1 or not CAN_FORK:
        aside()
        here()
        return
    running = Beside(aside)
    try:
        here()
        running.result()
    finally:
        running.stop()


def bundle(sources: Path, packages: Path, folder: Path) -> None:
    """Bundle the app's modules into `folder` with esbuild."""
    sources, packages = sources.resolve(), packages.resolve()
    command = [
        str(packages / ".bin" / "esbuild"), *sorted(str(path) for path in (sources / "app").glob("*.entry.ts")),
        "--bundle", "--minify", "--format=esm", "--target=es2020", "--charset=utf8", "--log-level=warning",
        f"--outdir={folder}", "--entry-names=[name]", "--legal-comments=none",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=sources, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BundleError(f"{command[0]}: {error.strerror}; `make setup` installs it") from error
    if done.returncode:
        raise BundleError(done.stderr.strip())


def _app(folder: Path) -> Iterator[Artifact]:
    for path in sorted(folder.glob("*.js")):
        yield Artifact(f"assets/app/{path.name.replace('.entry', '')}", path.read_bytes())


def _counted(producers: Sequence[Producer], progress: Progress) -> list[Producer]:
    """Return producers that tell how many of them are done; those of other processes tell nobody."""

    def counted(number: int, producer: Producer) -> Iterator[Artifact]:
        yield from producer()
        progress(number, len(producers))

    return [partial(counted, number, producer) for number, producer in enumerate(producers, start=1)]
