"""A built site in; pictures of one page of every kind, and a sheet with all of them, out: `python -m bench.shots`.

Each page is shown as a phone and a desk show it, in light and in dark, and in light in Arabic.
"""

from __future__ import annotations

import argparse
import html
import shutil
from collections.abc import Iterable, Iterator
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
    "competences/*", "contracts/*/*", "designs/*", "requests/*", "passports/*", "recognitions/*", "rules/*",
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


def shoot(site: Path, folder: Path) -> int:
    """Write the pictures and their sheet into a new folder; return the number of pictures."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = list(pages(site))
    arabic = [f"ar/{path}" for path in found if (site / "ar" / path / "index.html").is_file()]
    taken: list[Picture] = []
    with served(Files(site)) as address, chromium() as browser:
        for look in _LOOKS:
            taken += _pictures(browser, address, folder, look, found if look.is_dark else [*found, *arabic])
    (folder / "index.html").write_text(_sheet(taken), encoding="utf-8")
    return len(taken)


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
        called = path.partition("?")[0].strip("/").replace("/", "-").removesuffix(".html") or "home"
        file = f"{called}.{look.width}{'.dark' if look.is_dark else ''}.png"
        page.screenshot(path=folder / file, full_page=True)
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


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.shots", description=__doc__)
    words.add_argument("--site", type=Path, default=TOP / "build" / "site", help="the built site")
    words.add_argument("--output", type=Path, default=TOP / "build" / "screenshots")
    given = words.parse_args()
    count = shoot(given.site, given.output)
    print(f"{count} pictures; look at {given.output / 'index.html'}")


if __name__ == "__main__":
    main()
