"""A registry, the sources of the site and a page engine in; the finished site in its folder out."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from .. import artifacts, schemas
from ..artifacts import Artifact, Producer
from ..beside import CAN_FORK, Beside
from ..diagnostics import Rule
from ..log import Log
from ..registry import Progress, Registry, quiet
from ..registry.foreign import Federation
from . import colours, map, matched, offline, policy, shells, strings, unlocking
from .edition import Edition, Relations
from .files import Tables
from .pages import Templates
from .site import site

T = TypeVar("T")
_VALIDATORS = "forms.build.mjs"
_ALONE = Federation()


class Engine(Protocol):
    """What builds guides and shells of one language into a folder: MkDocs today."""

    def __call__(self, folder: Path, /, *, name: str, url: str, language: str) -> None:
        """Build into `folder`, under the registry's name and the address of the language's pages."""


class BundleError(Exception):
    """esbuild is missing, or says that the app has a fault."""


def build(
    registry: Registry,
    *,
    sources: Path,
    engine: Engine,
    output: Path,
    rules: Sequence[Rule] = (),
    tables: Tables = (),
    modules: Path | None = None,
    app: Path | None = None,
    also: Sequence[Producer] = (),
    history: Callable[[], Log] = Log,
    federation: Federation = _ALONE,
    processes: int = 1,
    progress: Progress = quiet,
) -> int:
    """Build the whole site into `output`, which is replaced when all is there; return the number of files.

    `sources` is the folder `site/`, `modules` its npm packages (`site/node_modules` when left out), `app` a
    folder with the bundled app and styles (made by esbuild when left out), `also` makes further files such as the
    open data, `tables` are the schemas of those that are no JSON, `history` reads what changed when, `federation` is
    what is known of other registries.
    Raises `ValueError` without `registry.yaml`, `BundleError`, what the engine raises, and `OSError`.
    """
    settings = registry.settings
    if settings is None:
        raise ValueError("registry.yaml is missing or broken")
    packages = modules or sources / "node_modules"
    with tempfile.TemporaryDirectory(prefix="karakana-") as scratch, _beside(history, processes) as past:
        relations = Relations(registry, past, federation)
        editions = [
            Edition(registry, settings, strings.read(sources / "strings", language), relations)
            for language in settings.languages
        ]
        guides, bundled = Path(scratch) / "guides", app or Path(scratch) / "app"

        def frames() -> None:
            for edition in editions:
                _run(engine, edition, guides / edition.language)
            if app is None:
                bundle(sources, packages, bundled)

        with _beside(frames, processes) as framed:
            relations.prepare()
            matched.prepare(relations)
            unlocking.prepare(relations)
            framed()
        own = colours.style(settings.colours)
        copied: tuple[Producer, ...] = (partial(map.assets, packages), partial(_app, bundled, own))
        # The smallest come last, so that all processes end at about the same time.
        producers = [*also, *_sites(editions, sources / "templates", guides, rules, tables), *copied]
        last = partial(offline.finish, editions, bundled / offline.WORKER)
        return artifacts.write(_counted(producers, progress), output, processes, last)


def _run(engine: Engine, edition: Edition, folder: Path) -> None:
    url = edition.settings.url.rstrip("/") + "/"
    engine(folder, name=edition.name, url=url + edition.prefix, language=edition.language)


def _sites(
    editions: Sequence[Edition], folder: Path, guides: Path, rules: Sequence[Rule], tables: Tables
) -> Iterator[Producer]:
    for edition in editions:
        settings = edition.settings
        tiles = policy.host(settings.tiles.url) if settings.tiles else ""
        frame = shells.read(guides / edition.language, edition.prefix, urlsplit(settings.url).path, tiles)
        yield from site(edition, frame, Templates(folder, frame, edition), rules, tables)


@contextmanager
def _beside(work: Callable[[], T], processes: int) -> Iterator[Callable[[], T]]:
    """Give what returns the result of work that has begun in a process of its own, where it can."""
    if processes == 1 or not CAN_FORK:
        yield work
        return
    running = Beside(work)
    try:
        yield running.result
    finally:
        running.stop()


def bundle(sources: Path, packages: Path, folder: Path) -> None:
    """Bundle the app's modules and the stylesheet of each frame into `folder` with esbuild."""
    sources, packages = sources.resolve(), packages.resolve()
    with tempfile.TemporaryDirectory(prefix="karakana-") as made:
        if (sources / _VALIDATORS).is_file():  # an app without a form needs none
            validators(sources, packages, Path(made))
        _bundle(sources, packages, Path(made), folder)


def validators(sources: Path, packages: Path, folder: Path) -> None:
    """Compile the schemas of what the form on the site writes to `forms.js` in a folder, which esbuild is to find."""
    wanted = {kind: schemas.load()[kind] for kind in ("common", "hub", "machine")}
    _run_node(["node", str(sources / _VALIDATORS), str(folder)], packages, json.dumps(wanted))


def _bundle(sources: Path, packages: Path, made: Path, folder: Path) -> None:
    entries = (*(sources / "app").glob("*.entry.ts"), *(sources / "styles").glob("*.entry.css"))
    command = [
        str(packages / ".bin" / "esbuild"), *sorted(str(path) for path in entries),
        "--bundle", "--minify", "--format=esm", "--target=es2020", "--charset=utf8", "--log-level=warning",
        f"--outdir={folder}", "--entry-names=[name]", "--legal-comments=none",
        "--loader:.png=empty",  # images of Leaflet's that are not used
        f"--alias:karakana-forms={made / 'forms.js'}",
    ]  # fmt: skip
    _run_node(command, packages)


def _run_node(command: Sequence[str], packages: Path, given: str = "") -> None:
    # What lies in a folder of its own finds the packages by this variable.
    found = {**os.environ, "NODE_PATH": str(packages)}
    try:
        done = subprocess.run(
            command, cwd=packages.parent, env=found, input=given, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise BundleError(f"{command[0]}: {error.strerror}; `make setup` installs it") from error
    if done.returncode:
        raise BundleError(done.stderr.strip())


def _app(folder: Path, own: str) -> Iterator[Artifact]:
    """Yield scripts, and stylesheets with a registry's own colours at their end."""
    for path in sorted((*folder.glob("*.js"), *folder.glob("*.css"))):
        if path.name == offline.WORKER:  # it lies at the root, which is as far as it may see
            continue
        further = own.encode() if path.suffix == ".css" else b""
        yield Artifact(f"assets/app/{path.name.replace('.entry', '')}", path.read_bytes() + further)


def _counted(producers: Sequence[Producer], progress: Progress) -> list[Producer]:
    """Return producers that tell how many of them are done; those of other processes tell nobody."""

    def counted(number: int, producer: Producer) -> Iterator[Artifact]:
        yield from producer()
        progress(number, len(producers))

    return [partial(counted, number, producer) for number, producer in enumerate(producers, start=1)]
