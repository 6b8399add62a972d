"""A site that is all written in; what makes it work without a network out: the worker, its plan, lists by country.

The plan names every file that belongs to one build (assets, data, the pages of each language's core) with its
digest, and its version is a digest of these: the same bytes give the same worker. What a page says may change
without it. The worker (site/app/worker.entry.ts) is told in `version.txt` of which build the network's pages are.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..artifacts import Artifact
from .edition import Edition
from .passport_data import KEYS

WORKER = "worker.entry.js"
DATA_LIMIT = 2_000_000  # bytes of data that every visitor's device takes; with compression a fifth of it on the line
_THEME = "#0b5650"
_PATTERNS = ("assets/**/*", "data/**/*.json")
_APART = ("data/offline/", "data/insights/", "data/records/")  # our own lists, tables to download, what is changed
_CORE_PAGES = ("", "explore/", "match/", "offline/", "verify/")
# Fetched when somebody wants them: the base map for near looks, the map for other sites.
_NOT_CORE = (
    "assets/map/countries-50m.json",
    "assets/map/embed.js",
    "assets/app/embed.",
    "assets/map/form.js",
    "assets/app/form.",
    "assets/app/okh.",
    "assets/app/contract.",
    "data/terms.json",
    "assets/map/plot.js",
    "assets/app/plot.",
    "assets/app/opens.",
)


def finish(editions: Sequence[Edition], worker: Path, folder: Path) -> Iterator[Artifact]:
    """Yield the last files of a site that lies in `folder`; `worker` is the bundled script of the worker."""
    script = worker.read_bytes()
    files = _files(editions, folder)
    version = _version(files, script)
    plan = {
        "version": version,
        "files": {path: digest for path, (digest, _) in files.items()},
        "core": _core(files),
        "languages": {edition.prefix: _language(edition, files) for edition in editions},
    }
    yield Artifact("worker.js", b"self.karakana=" + _json(plan) + b";\n" + script)
    yield Artifact("version.txt", f"{version}\n".encode())
    yield from _countries(editions[0], files, folder)


def _files(editions: Sequence[Edition], folder: Path) -> dict[str, tuple[str, int]]:
    """Return the digest and size of every file of the build by its path, where a page's ends in a slash."""
    found = (path for pattern in _PATTERNS for path in folder.glob(pattern) if path.is_file())
    paths = {path.relative_to(folder).as_posix(): path for path in found}
    paths = {path: at for path, at in paths.items() if not path.startswith(_APART)}
    pages = (edition.prefix + page for edition in editions for page in _CORE_PAGES)
    paths |= {page: folder / page / "index.html" for page in pages}
    return {path: _digest(at) for path, at in sorted(paths.items()) if at.is_file()}


def _digest(path: Path) -> tuple[str, int]:
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), len(content)


def _version(files: Mapping[str, tuple[str, int]], script: bytes) -> str:
    whole = hashlib.sha256(script)
    for path, (digest, _) in files.items():
        whole.update(f"{path}\0{digest}\0".encode())
    return whole.hexdigest()[:16]


def _core(files: Mapping[str, tuple[str, int]]) -> list[str]:
    """Return what every visitor needs: assets, and the smallest data without those of one country or language."""
    core = [path for path in files if path.startswith("assets/") and not path.startswith(_NOT_CORE)]
    common = [path for path in files if path.startswith("data/") and path.count("/") == 1 and path not in _NOT_CORE]
    common += [path for path in (KEYS,) if path in files]
    left = DATA_LIMIT
    for path in sorted((path for path in common if "/labels." not in path), key=lambda path: (files[path][1], path)):
        left -= files[path][1]
        if left >= 0:
            core.append(path)
    return core


def _language(edition: Edition, files: Mapping[str, tuple[str, int]]) -> list[str]:
    wanted = (*(edition.prefix + page for page in _CORE_PAGES), f"data/labels.{edition.language}.json")
    return [path for path in wanted if path in files]


def _countries(edition: Edition, files: Mapping[str, tuple[str, int]], folder: Path) -> Iterator[Artifact]:
    """Yield for each country the list of its pages and data as [path, bytes], and a file with the sums of all."""
    sums: dict[str, tuple[int, int]] = {}
    sized = partial(_size, folder)
    for code, hubs in sorted(edition.crossings.hubs_of_country.items()):
        pages = [(path, size) for path in _pages(edition, code, hubs, folder) if (size := sized(f"{path}index.html"))]
        data = [(path, size) for path, (_, size) in files.items() if path.endswith(f"/{code}.json")]
        sums[code] = (len(pages), sum(size for _, size in (*pages, *data)))
        yield Artifact(f"data/offline/{code}.json", _json({"data": data, "pages": pages}) + b"\n")
    yield Artifact("data/offline/index.json", _json(sums) + b"\n")


def _size(folder: Path, path: str) -> int:
    """Return a file's size in bytes; 0 when it is not there."""
    try:
        return os.stat(f"{folder}/{path}").st_size
    except FileNotFoundError:
        return 0


def _pages(edition: Edition, code: str, hubs: Sequence[str], folder: Path) -> Iterator[str]:
    """Yield the paths of a country's pages, those of its hubs, and those of their machines."""
    yield f"countries/{code}/"
    further = (folder / edition.prefix / "countries" / code).glob("page--*")
    yield from sorted(f"countries/{code}/{path.name}/" for path in further)
    for hub in hubs:
        yield f"hubs/{hub}/"
        yield from (f"machines/{machine}/" for machine in edition.registry.machine_ids.get(hub, ()))


def manifest(edition: Edition) -> Iterator[Artifact]:
    """Yield the manifest with which a device can install the site (https://www.w3.org/TR/appmanifest/)."""
    root = "../" * edition.prefix.count("/")
    colours = edition.settings.colours
    value = {
        "name": edition.name,
        "short_name": _short(edition.name),
        "description": edition.text(edition.settings.tagline),
        "lang": edition.language,
        "start_url": "./",
        "scope": root or "./",
        "display": "minimal-ui",
        "theme_color": (colours and colours.primary) or _THEME,
        "background_color": "#ffffff",
        "icons": [{"src": f"{root}assets/images/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    yield Artifact(f"{edition.prefix}manifest.webmanifest", _json(value) + b"\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _short(name: str) -> str:
    """Return the first words of a name that fit below an icon: 12 letters."""
    words = name.split()
    kept = [word for at, word in enumerate(words) if len(" ".join(words[: at + 1])) <= 12]
    return " ".join(kept) or name[:12]
