"""Measure the page that checks passports, on a phone: `python -m bench.verifier [--quick]`. Bytes, and waiting times.

The site is built from a made registry with rules, keys and status lists; a phone is what `bench.site` takes for one.
Writes `build/bench/verifier.json` and `verifier.md`, and prints the table.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from generator.passports import packing, presentation
from generator.passports.presentation import Passport

from . import git, results
from .bed import Bed
from .browsing import PHONE, Visit, chromium, painted, visit
from .make import make
from .real import TOP
from .recognition import CARRIED, DAY, recognise
from .results import Figure, Row, Table
from .run import OUTPUT
from .serving import Files, served
from .site import MACHINES, built

LIMIT_KB = 60  # beside the shell: the specification's
_LIVE = "document.querySelector('[data-live] input') !== null"
_SHOWN = "document.querySelectorAll('.verify-one').length"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many hubs the registry has, and how often each page is opened."""

    hubs: int = 2_000
    visits: int = 5


QUICK = Plan(hubs=60, visits=1)


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.verifier", description=__doc__)
    words.add_argument("--quick", action="store_true", help="a small registry, to see that it works")
    words.add_argument("--work", type=Path, help="folder for what is made; a temporary one when left out")
    given = words.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="karakana-bench-", dir=given.work))
    try:
        machine, table = _measured(folder, QUICK if given.quick else Plan())
    finally:
        shutil.rmtree(folder)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    text = results.markdown([table], machine)
    (OUTPUT / "verifier.json").write_text(results.as_json([table], machine), encoding="utf-8")
    (OUTPUT / "verifier.md").write_text(text, encoding="utf-8")
    print(text, end="")


def _measured(folder: Path, plan: Plan) -> tuple[dict[str, str], Table]:
    top = folder / "top"
    _show(f"making {plan.hubs} hubs and their site")
    files = make(top, plan.hubs, MACHINES, 1)
    passports = recognise(top, 1).passports
    git.commit_all(top, DAY)
    for name in ("site", "mkdocs.yml", "generator"):
        (top / name).symlink_to(TOP / name)
    site = built(Bed(top, plan.hubs, files))
    with chromium() as browser, served(Files(site)) as address:
        machine = {**results.machine(folder), "browser": f"Chromium {browser.version}"}
        return machine, verifier(browser, address, passports, plan)


def verifier(browser: Browser, address: str, passports: dict[int, Path], plan: Plan) -> Table:
    """Tell what the page weighs, and how long it takes to answer on a phone."""
    page, card = f"{address}{packing.PAGE}", _card(passports[CARRIED[0]])
    ways: dict[str, tuple[str, Callable[[Visit], float]]] = {
        "a page of the guide, for the shell": (f"{address}about/", lambda made: painted(made.page, "true")),
        "the page, until it takes a passport": (page, lambda made: painted(made.page, _LIVE)),
        "a card that is scanned, until its verdict": (
            f"{page}#{card}", lambda made: painted(made.page, f"{_SHOWN} === 1"),
        ),
        **{
            f"a file of {count}, from choosing it to its verdicts": (page, _file(path, count))
            for count, path in passports.items()
        },
    }  # fmt: skip
    rows = [_row(browser, name, *way, plan.visits) for name, way in ways.items()]
    shell = float(rows[0].figures["KB"])
    rows = [Row(row.name, {**row.figures, "KB beside the shell": float(row.figures["KB"]) - shell}) for row in rows[1:]]
    rows[0] = Row(rows[0].name, {**rows[0].figures, "at most": LIMIT_KB})
    about = (
        f"First visits on a phone, {plan.hubs:,} hubs; the median of {plan.visits}. Beside the shell: what comes in "
        "addition to what a page of the guide brings. Of what was revoked, only the lists of the issuers are fetched."
    )
    return Table("The verifier page", about, tuple(rows))


def _row(browser: Browser, name: str, url: str, way: Callable[[Visit], float], visits: int) -> Row:
    seconds: list[float] = []
    heaviest, requests = 0.0, 0
    for _ in range(visits):
        with visit(browser, url, PHONE) as made:
            _show(name)
            seconds.append(way(made) / 1000)
            made.page.wait_for_load_state("networkidle")
            heaviest, requests = max(heaviest, made.bytes / 1000), max(requests, made.requests)
    figures: dict[str, Figure] = {"s": statistics.median(seconds), "KB": heaviest, "requests": requests}
    return Row(name, figures)


def _file(path: Path, count: int) -> Callable[[Visit], float]:
    def chosen(made: Visit) -> float:
        page: Page = made.page
        painted(page, _LIVE)
        page.wait_for_load_state("networkidle")
        begun: float = page.evaluate("performance.now()")
        page.set_input_files("input[type=file]", str(path))
        return painted(page, f"{_SHOWN} === {count}") - begun

    return chosen


def _card(path: Path) -> str:
    """Return what stands behind the # in the address on a card."""
    found = presentation.opened(path.read_bytes())
    assert isinstance(found, Passport)
    return f"{packing.VERSION}.{packing.pack(dict(found.credentials[0].document))}"


def _show(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
