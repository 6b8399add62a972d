"""Measure the site in a real browser: `python -m bench.site [--quick]`. Bytes of a first visit, and waiting times.

Everything is asked for by Chromium from a server on this computer that compresses; nothing is kept and no service
worker runs. A phone is a processor four times slower on a line of 1.6 Mbit/s with 150 ms there and back.
Writes `build/bench/site.json` and `site.md`, and prints the tables.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from . import results, site_peers
from .bed import Bed, Beds
from .browsing import FREE, PHONE, Line, after, chromium, painted, visit
from .results import Figure, Row, Table
from .run import OUTPUT
from .serving import Files, served

MACHINES = 3  # at each hub, as in the real registry
_SEEN = "document.querySelectorAll('#explore-list > li').length > 0"
_LIST = "document.getElementById('karakana-explore')?.dataset.hubs !== undefined"
_MAP = f"{_LIST} && document.querySelector('#map_explore[data-ready]') !== null"
_ALL = f"{_LIST} && document.querySelector('.explore-progress') === null"
_FOUND = "document.querySelector('.karakana-search [role=option] a') !== null"
_FACET = "document.querySelector('#explore-filters details[open] input[type=checkbox]:not(:checked)').click()"
_TYPE = "const box = document.getElementById('explore-words'); box.value = '{}'; box.dispatchEvent(new Event('input'))"
_HUBS = "document.getElementById('karakana-explore').dataset.hubs"
# A script that has not run yet hears nothing: the word is typed again until something is found.
_TYPE_UNTIL = """void setInterval(() => {
    const box = document.querySelector(%(box)s);
    if (box === null || %(ready)s) return;
    if (document.activeElement !== box) box.focus();
    box.value = "laser";
    for (const name of ["focus", "input", "keyup"]) box.dispatchEvent(new Event(name, {bubbles: true}));
}, 250)"""
_WORDS = ("laser", "sewing", "cnc mill", "accra", "3d print", "welding", "fab lab", "repair", "wood")
_BUDGETS = {"home": 150, "hub": 60, "explore": 300}  # KB at 2,000 hubs: site.md


@dataclass(frozen=True, slots=True)
class Plan:
    """How large, and how often: hubs of each site, the one for pages and peers, visits and clicks."""

    sizes: tuple[int, ...] = (150, 2_000, 20_000)
    usual: int = 2_000
    visits: int = 5
    clicks: int = 9


QUICK = Plan(sizes=(50, 200), usual=200, visits=2, clicks=3)


def built(bed: Bed) -> Path:
    """Build a made registry's site in English alone and return its folder."""
    settings = bed.records / "registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^languages:\n(  - .*\n)+", "languages:\n  - en\n", text), encoding="utf-8")
    site = bed.build()
    if not site.output.is_dir():
        subprocess.run(site.job.command, cwd=site.job.folder, check=True)
    return site.output


def weight(browser: Browser, site: Path, show: Callable[[str], None]) -> Table:
    """Tell what a first visit to each kind of page brings over the line."""
    rows: list[Row] = []
    with served(Files(site)) as address:
        for kind, path in _kinds(site):
            show(f"weight: {kind}")
            with visit(browser, address + path) as made:
                made.page.wait_for_load_state("networkidle")
                figures: dict[str, Figure] = {"KB": made.bytes / 1000, "requests": made.requests}
                if kind in _BUDGETS:
                    figures["at most"] = _BUDGETS[kind]
                rows.append(Row(kind, figures))
    about = (
        "All that a first visit in a wide window asks for, compressed, with the headers of answers; 1 KB is 1,000 "
        "bytes. In a window of a phone's width Explore leaves its map until somebody asks for it."
    )
    return Table("Weight of pages", about, (*rows, *_for_later(site)))


def _kinds(site: Path) -> Iterator[tuple[str, str]]:
    """Yield a path for each kind of page; of records the one of middle size."""
    yield from (("home", ""), ("explore", "explore/"), ("guide", "about/"))
    for kind, pattern in (
        ("hub", "hubs/*/*"), ("machine", "machines/*/*/*"), ("model", "models/*/*"), ("process", "processes/*"),
        ("country", "countries/*"), ("material", "materials/*"),
    ):  # fmt: skip
        found = sorted(site.glob(f"{pattern}/index.html"), key=lambda path: (path.stat().st_size, str(path)))
        yield kind, f"{found[len(found) // 2].parent.relative_to(site).as_posix()}/"


def _for_later(site: Path) -> Iterator[Row]:
    line = (site / "worker.js").read_text(encoding="utf-8").partition("\n")[0]
    plan = json.loads(line.removeprefix("self.karakana=").removesuffix(";"))
    paths = [*plan["core"], *plan["languages"][""]]
    files = [site / (f"{path}index.html" if path.endswith("/") or not path else path) for path in paths]
    yield Row("fetched afterwards by the service worker", {"KB": _packed(files) / 1000, "requests": len(files)})


def _packed(files: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in files)


def waiting(browser: Browser, sites: Mapping[int, Path], plan: Plan, show: Callable[[str], None]) -> Table:
    """Tell when Explore can be used on a phone, and how large its data are."""
    rows: list[Row] = []
    for hubs, site in sites.items():
        data = [path for path in site.glob("data/*.json") if "labels" not in path.name] + list(
            site.glob("data/hubs/*.json")
        )
        packed = _packed([*data, site / "data/labels.en.json"])
        with served(Files(site)) as address:
            show(f"waiting: {hubs} hubs")
            for name, line in (("phone", PHONE), ("slow processor, fast line", Line(slower=4)), ("desk", FREE)):
                figures = _explore(browser, address, line, plan.visits)
                figures |= {"data KB": packed / 1000, "data bytes a hub": packed / hubs}
                rows.append(Row(f"{hubs:,} hubs, {name}", figures))
    about = (
        "Explore with nothing kept: seconds from asking for the page until the first hubs can be read and opened, "
        "until list and filters answer, until the map shows hubs when that is what was asked for, and until all hubs "
        "have arrived; medians. KB: in the list's view."
    )
    return Table("Waiting for Explore", about, tuple(rows))


def _explore(browser: Browser, address: str, line: Line, visits: int) -> dict[str, Figure]:
    taken: dict[str, list[float]] = {name: [] for name in ("hubs s", "filters s", "map s", "all hubs s", "KB")}
    for _ in range(visits):
        with visit(browser, f"{address}explore/", line) as made:
            for name, ready in (("hubs s", _SEEN), ("filters s", _LIST), ("all hubs s", _ALL)):
                taken[name].append(painted(made.page, ready) / 1000)
            made.page.wait_for_load_state("networkidle")
            taken["KB"].append(made.bytes / 1000)
        with visit(browser, f"{address}explore/?view=map", line) as made:
            taken["map s"].append(painted(made.page, _MAP) / 1000)
    return {name: statistics.median(found) for name, found in taken.items()}


def answering(browser: Browser, sites: Mapping[int, Path], plan: Plan, show: Callable[[str], None]) -> Table:
    """Tell how long Explore takes to answer a click and a word, on this computer and on a slower one."""
    rows: list[Row] = []
    for hubs, site in sites.items():
        show(f"answering: {hubs} hubs")
        for name, line in (("desk", FREE), ("slow processor", Line(slower=4))):
            with served(Files(site)) as address, visit(browser, f"{address}explore/", line) as made:
                painted(made.page, _ALL)
                changed = [after(made.page, _FACET, f"{_HUBS} !== undefined") for _ in range(plan.clicks)]
                made.page.goto(f"{address}explore/")
                painted(made.page, _ALL)
                typed = [
                    after(made.page, _TYPE.format(word), f"{_HUBS} !== undefined") for word in _WORDS[: plan.clicks]
                ]
            figures: dict[str, Figure] = {"click ms": statistics.median(changed), "slowest click ms": max(changed)}
            figures |= {"word ms": statistics.median(typed), "slowest word ms": max(typed)}
            rows.append(Row(f"{hubs:,} hubs, {name}", figures))
    about = "From a click on a filter, or a word in the box, to the painted list with its numbers; all hubs are there."
    return Table("Answers of Explore", about, tuple(rows))


def peers(browser: Browser, bed: Bed, plan: Plan, show: Callable[[str], None]) -> Iterator[Table]:
    """Compare the map with folium as it is mostly used, and the search with the one of mkdocs-material."""
    yield _maps(browser, bed, plan.visits, show)
    site, folder = built(bed), bed.top.parent / "peers"
    show("peers: mkdocs-material")
    hub = dict(_kinds(site))["hub"]
    searches = {"Karakana": site_peers.Search(site, hub, ".karakana-search input", _FOUND)}
    searches |= site_peers.material_search(bed.loaded, folder / "material", show)
    rows = [Row(name, _searched(browser, search, plan.visits)) for name, search in searches.items()]
    about = (
        f"{bed.hubs:,} hubs on a phone: from asking for a page, with `laser` typed as soon as there is a box, to the "
        "first result, and all bytes until then. Karakana's also finds machines, models and guides, and forgives typos."
    )
    yield Table("Searches", about, tuple(rows))


def _maps(browser: Browser, bed: Bed, visits: int, show: Callable[[str], None]) -> Table:
    show("peers: folium")
    site, folder = built(bed), bed.top.parent / "peers"
    pages = {
        "Karakana, Explore's first hubs": (site, "explore/", _SEEN),
        "Karakana, Explore's list and filters": (site, "explore/", _LIST),
        "Karakana, Explore's map": (site, "explore/?view=map", _MAP),
        "Karakana, home": (site, "", "document.querySelector('#map_world[data-ready]') !== null"),
    }
    try:
        modules = site_peers.folium_assets(folder / "assets")
    except (OSError, subprocess.CalledProcessError) as error:
        show(f"folium: not measured: {error}")
    else:
        shown = "document.querySelector('.marker-cluster') !== null"
        for name, icons in (("folium", False), ("folium, with icons", True)):
            made = site_peers.folium_map(bed.loaded, modules, folder / name, icons=icons)
            pages[name] = (made, "", shown)
    rows = [Row(name, _shown(browser, *found, visits)) for name, found in pages.items()]
    about = (
        f"{bed.hubs:,} hubs on a phone until they can be used: Explore when its first hubs can be read and opened, and "
        "when list and filters answer; a map when it shows the hubs. The field's way: folium, a Marker with a popup "
        "for each hub in a MarkerCluster, all written into the page, with what folium's pages load, from the same "
        "server and without tiles. Explore also finds words and counts all filters."
    )
    return Table("Maps", about, tuple(rows))


def _shown(browser: Browser, site: Path, path: str, ready: str, visits: int) -> dict[str, Figure]:
    seconds: list[float] = []
    heaviest = 0.0
    with served(Files(site)) as address:
        for _ in range(visits):
            with visit(browser, address + path, PHONE) as made:
                seconds.append(painted(made.page, ready) / 1000)
                made.page.wait_for_load_state("networkidle")
                heaviest = max(heaviest, made.bytes / 1000)
    page = site / path.partition("?")[0] / "index.html"
    return {"s": statistics.median(seconds), "KB": heaviest, "HTML, unpacked KB": page.stat().st_size / 1000}


def _searched(browser: Browser, search: site_peers.Search, visits: int) -> dict[str, Figure]:
    seconds: list[float] = []
    heaviest = 0.0
    with served(Files(search.site)) as address:
        for _ in range(visits):
            with visit(browser, address + search.page, PHONE) as made:
                made.page.evaluate(_TYPE_UNTIL % {"box": json.dumps(search.box), "ready": search.ready})
                seconds.append(painted(made.page, search.ready) / 1000)
                heaviest = max(heaviest, made.bytes / 1000)
    return {"first result s": statistics.median(seconds), "KB": heaviest}


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__)
    words.add_argument("--quick", action="store_true", help="small registries: to see that it works")
    words.add_argument("--visits", type=int, help="how often each page is opened")
    words.add_argument("--work", type=Path, help="folder for what is made; a temporary one when left out")
    given = words.parse_args()
    plan = QUICK if given.quick else Plan()
    if given.visits:
        plan = Plan(plan.sizes, plan.usual, given.visits, plan.clicks)
    folder = Path(tempfile.mkdtemp(prefix="karakana-bench-", dir=given.work))
    try:
        _measure(folder, plan)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, plan: Plan) -> None:
    beds = Beds(folder, 1, _show)
    sites = {hubs: built(beds.of(hubs, MACHINES)) for hubs in plan.sizes}
    usual = sites[plan.usual]
    tables: list[Table] = []
    with chromium() as browser:
        machine = {**results.machine(folder), "browser": f"Chromium {browser.version}"}
        steps: tuple[Callable[[], Iterable[Table]], ...] = (
            lambda: [weight(browser, usual, _show)],
            lambda: [waiting(browser, sites, plan, _show)],
            lambda: [answering(browser, sites, plan, _show)],
            lambda: peers(browser, beds.of(plan.usual, MACHINES), plan, _show),
        )
        for step in steps:
            tables += step()
            _write(tables, machine)
    print(results.markdown(tables, machine), end="")


def _write(tables: list[Table], machine: dict[str, str]) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    whole = [
        Table(one.title, one.about, tuple(Row(row.name, _numbers(row.figures)) for row in one.rows)) for one in tables
    ]
    (OUTPUT / "site.json").write_text(results.as_json(whole, machine), encoding="utf-8")
    (OUTPUT / "site.md").write_text(results.markdown(whole, machine), encoding="utf-8")


def _numbers(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {key: "never" if isinstance(value, float) and math.isnan(value) else value for key, value in figures.items()}


def _show(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
