"""The questions that `bench.run` answers: each a function from made registries to a table of ratios."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import peers
from .bed import CHANGED, MACHINES, Beds
from .pages import pages
from .results import Figure, Row, Table
from .sheets import sheets
from .timing import Cost, Job, measure


@dataclass(frozen=True, slots=True)
class Plan:
    """How large and how often: hubs, sizes to compare, files and pages for slow peers, timed runs."""

    hubs: int = 20_000
    sizes: tuple[int, ...] = (1_000, 2_000, 5_000, 10_000, 20_000)
    peer_files: int = 2_000
    peer_pages: int = 1_000
    rounds: int = 5


QUICK = Plan(hubs=500, sizes=(250, 500, 1_000), peer_files=200, peer_pages=200)

Question = Callable[[Beds, Plan], Table]
_NOT_MEASURED = "not measured"


def check(beds: Beds, plan: Plan) -> Table:
    """Compare a cold check with check-jsonschema, per file."""
    bed = beds.of(plan.hubs)
    jobs: dict[str, Job] = {"karakana check, cold": bed.cold()}
    share = plan.peer_files // (MACHINES + 1)
    for kind, pattern, count in (("hub", "hubs/*/*", share), ("machine", "machines/*/*/*", share * MACHINES)):
        known = sorted(bed.records.glob(f"{pattern}.yaml"))
        if peers.program("check-jsonschema"):
            jobs[kind] = peers.check_jsonschema(kind, known[:: len(known) // count][:count], bed.top)
    costs = measure(jobs, plan.rounds, beds.show)
    ours = costs.pop("karakana check, cold")
    rate = bed.files / ours.median
    rows = [Row("karakana check, cold", {"files": bed.files, "files/s": rate, **_figures(ours)})]
    rows += _schema_alone(costs, share * (MACHINES + 1), rate)
    return Table(
        "Checking, per file",
        "check-jsonschema validates a sample of the same files against the schema alone, one command for each kind; "
        "`karakana check` reads all files and runs all checks. Rates are per file, runs alternate.",
        tuple(rows),
    )


def _schema_alone(costs: Mapping[str, Cost], files: int, rate: float) -> Iterator[Row]:
    """Yield the row of check-jsonschema, whose commands for each kind are added up, and how it compares to a rate."""
    if not costs:
        yield Row("check-jsonschema", {"files/s": _NOT_MEASURED})
        return
    theirs = Cost(
        tuple(map(sum, zip(*(cost.seconds for cost in costs.values()), strict=True))),
        max(cost.memory_mib for cost in costs.values()),
        max(cost.largest_mib for cost in costs.values()),
    )
    figures = {"files": files, "files/s": files / theirs.median, **_figures(theirs)}
    yield Row("check-jsonschema, hubs and machines", figures)
    yield Row("**ratio**", {"files/s": rate / (files / theirs.median)})


def again(beds: Beds, plan: Plan) -> Table:
    """Compare a second check with the first: nothing changed, some files changed, and `--since`."""
    bed = beds.of(plan.hubs)
    jobs = {
        "cold": bed.cold(),
        "again, nothing changed": bed.check(),
        f"again, {CHANGED} files changed": bed.check(prepare=bed.change),
        f"--since HEAD, {CHANGED} files changed": bed.check("--since", "HEAD", prepare=bed.change),
    }
    costs = measure(jobs, plan.rounds, beds.show)
    bed.restore()
    cold = costs["cold"].median
    rows = [Row(name, {**_figures(cost), "% of cold": 100 * cost.median / cold}) for name, cost in costs.items()]
    about = f"`karakana check` on {bed.files:,} files; each run follows the one above it in the table."
    return Table("Checking again", about, tuple(rows))


def build(beds: Beds, plan: Plan) -> Table:
    """Compare building the site with MkDocs and with Hugo, in pages a second."""
    bed = beds.of(plan.hubs, machines=1)
    some = list(itertools.islice(sheets(bed.loaded), plan.peer_pages))
    folder = beds.folder / "peers"
    makers: dict[str, Callable[[], peers.Site]] = {
        "karakana build": bed.build,
        "mkdocs-material": lambda: peers.mkdocs(some, folder / "plain", {}),
        "mkdocs-material, pages outside the navigation": lambda: peers.mkdocs(some, folder / "outside", peers.OUTSIDE),
        "mkdocs-material, neither navigation nor search": lambda: peers.mkdocs(
            some, folder / "bare", {**peers.OUTSIDE, "plugins": []}
        ),
        "Hugo": lambda: peers.hugo(pages(bed.loaded), folder / "hugo", bed.frame()),
    }
    sites: dict[str, peers.Site] = {}
    for name, maker in makers.items():
        try:
            sites[name] = maker()
        except FileNotFoundError as error:
            beds.show(f"{name}: not measured: {error}")
    costs = measure({name: site.job for name, site in sites.items()}, plan.rounds, beds.show)
    return Table(
        "Building",
        "Whole commands, each hub with one machine. Karakana writes every page of the site and the open data. MkDocs "
        "writes a sample of the hub pages, with the same facts, machines and sources: as it comes, and lighter. Hugo "
        "writes the pages of all hubs and machines in the frame of ours, with what ours show worked out ahead, "
        "and the lists of countries and processes; no data files.",
        tuple(_built(makers, sites, costs)),
    )


def _built(names: Iterable[str], sites: Mapping[str, peers.Site], costs: Mapping[str, Cost]) -> Iterator[Row]:
    rates = {name: sites[name].pages()[0] / cost.median for name, cost in costs.items()}
    for name in names:
        if name not in costs:
            yield Row(name, {"pages/s": _NOT_MEASURED})
            continue
        count, size = sites[name].pages()
        figures: dict[str, Figure] = {"pages": count, "KiB a page": size, "pages/s": rates[name]}
        if "karakana build" in rates:
            figures["karakana is faster by"] = rates["karakana build"] / rates[name]
        yield Row(name, figures | _figures(costs[name]))


def growth(beds: Beds, plan: Plan) -> Table:
    """Show what a thousand hubs cost at each size."""
    rows: list[Row] = []
    per: dict[str, list[float]] = {}
    for size in plan.sizes:
        bed = beds.of(size)
        jobs = {"check, cold": bed.cold(), "check, again": bed.check()}
        jobs["build"] = bed.build().job
        costs = measure(jobs, plan.rounds, beds.show)
        figures: dict[str, Figure] = {}
        for name, cost in costs.items():
            per.setdefault(name, []).append(1000 * cost.median / size)
            figures |= {f"{name}, s": cost.median, f"{name}, s per 1,000 hubs": per[name][-1]}
        most = max(cost.memory_mib for cost in costs.values())
        rows.append(Row(f"{size:,} hubs, {bed.files:,} files", figures | {"most memory, MiB": most}))
    last = {f"{name}, s per 1,000 hubs": each[-1] / each[0] for name, each in per.items()}
    rows.append(Row("**largest / smallest**", last))
    about = f"Each hub with {MACHINES} machines. A ratio of 1 is linear growth; below 1, fixed costs are spread."
    return Table("Growth", about, tuple(rows))


QUESTIONS: Mapping[str, Question] = {"check": check, "again": again, "build": build, "growth": growth}


def _figures(cost: Cost) -> dict[str, Figure]:
    return {
        "median s": cost.median,
        "spread %": 100 * cost.spread,
        "memory MiB": cost.memory_mib,
        "largest process MiB": cost.largest_mib,
    }
