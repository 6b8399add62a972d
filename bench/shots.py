"""A built site in; pictures of one page of every kind, and a sheet with all of them, out: `python -m bench.shots`.

Each page is shown as a phone and a desk show it, in light and in dark, and in light in Arabic.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from .browsing import chromium
from .real import TOP
from .serving import Files, served

Picture = tuple[str, str]  # a page's path and the name of the file


class Look(NamedTuple):
    """The size of a window in CSS pixels, and whether the device asks for dark colours."""

    width: int
    height: int
    is_dark: bool


_LOOKS = tuple(Look(*size, is_dark) for size in ((390, 844), (1280, 900)) for is_dark in (False, True))
_TALLEST = 6000  # CSS pixels: more of a long page shows nothing new, and Chromium cannot draw much more
_SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screenshots</title>
<style>
body { font-family: sans-serif; margin: 2rem }
img { height: 24rem; max-width: 30rem; object-fit: cover; object-position: top; border: 1px solid #888 }
</style>
"""
# What lies below the window would not be drawn: a picture shows the whole page.
_UNFOLD = "document.querySelectorAll('main *').forEach((one) => (one.style.contentVisibility = 'visible'))"
_SINGLE = (
    "", "explore/", "embed/", "hubs/", "countries/", "processes/", "insights/", "changes/", "offline/", "data/",
    "rules/", "kinds/hub/", "about/", "add-your-hub/", "search/?q=laser", "404.html",
)  # fmt: skip
_KINDS = (
    "hubs/*/*", "machines/*/*/*", "models/*/*", "processes/*", "materials/*", "countries/*", "networks/*",
    "competences/*", "competences/*/recognition", "contracts/*/*", "designs/*", "requests/*", "passports/*",
    "recognitions/*", "rules/*",
)  # fmt: skip


def pages(site: Path) -> Iterator[str]:
    """Yield the path of each single page that is there, and of the page of each kind that says most."""
    for path in _SINGLE:
        plain = path.partition("?")[0]
        if (site / (plain if plain.endswith(".html") else f"{plain}index.html")).is_file():
            yield path
    for kind in _KINDS:
        found = [path for path in site.glob(f"{kind}/index.html") if "page--" not in path.parent.name]
        if found:
            most = max(found, key=lambda path: (path.stat().st_size, str(path)))
            yield f"{most.parent.relative_to(site).as_posix()}/"


def shoot(site: Path, folder: Path, done: Callable[[str, int, int], None] = lambda *_: None) -> int:
    """Write the pictures and their sheet into a new folder; return the number of pictures.

    `done` is told the name of each picture that is there, its number and how many there will be.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = list(pages(site))
    arabic = [f"ar/{path}" for path in found if (site / "ar" / path / "index.html").is_file()]
    wanted = [(look, path) for look in _LOOKS for path in (found if look.is_dark else [*found, *arabic])]
    taken: list[Picture] = []
    with served(Files(site), _base(site)) as address, chromium() as browser:
        for look in _LOOKS:
            for picture in _pictures(browser, address, folder, look, [path for one, path in wanted if one is look]):
                taken.append(picture)
                done(picture[1], len(taken), len(wanted))
    (folder / "index.html").write_text(_sheet(taken), encoding="utf-8")
    return len(taken)


def _base(site: Path) -> str:
    """Return the path of the site's root on its host, where the page for what is not there expects it."""
    lost = site / "404.html"
    found = re.search(r'href="(/[^"]*?)assets/', lost.read_text(encoding="utf-8")) if lost.is_file() else None
    return found[1] if found else "/"


def _pictures(browser: Browser, address: str, folder: Path, look: Look, paths: Iterable[str]) -> Iterator[Picture]:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.is_dark else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate(_UNFOLD)
        height = min(page.evaluate("document.documentElement.scrollHeight"), _TALLEST)
        called = path.partition("?")[0].strip("/").replace("/", "-").removesuffix(".html") or "home"
        file = f"{called}.{look.width}{'.dark' if look.is_dark else ''}.png"
        shown = {"x": 0, "y": 0, "width": look.width, "height": height}
        page.screenshot(path=folder / file, full_page=True, clip=shown)  # type: ignore[arg-type]
        yield path, file
    context.close()


def _sheet(taken: Iterable[Picture]) -> str:
    rows: dict[str, list[str]] = {}
    for path, file in taken:
        rows.setdefault(path or "home", []).append(html.escape(file))
    sections = (
        f"<h2>{html.escape(path)}</h2>\n"
        + "\n".join(f'<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>' for file in files)
        for path, files in rows.items()
    )
    return _SHEET + "\n".join(sections) + "\n"


def _tell(file: str, number: int, count: int) -> None:
    print(f"{number}/{count} {file}", file=sys.stderr, flush=True)


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.shots", description=__doc__)
    words.add_argument("--site", type=Path, default=TOP / "build" / "site", help="the built site")
    words.add_argument("--output", type=Path, default=TOP / "build" / "screenshots")
    given = words.parse_args()
    count = shoot(given.site, given.output, _tell)
    print(f"{count} pictures; look at {given.output / 'index.html'}")


if __name__ == "__main__":
    main()
