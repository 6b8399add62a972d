"""A sampling plan in; a small table of how often lots with more and more faulty pieces pass, as lines, out."""

from __future__ import annotations

from collections.abc import Iterator

from .sampling import SamplePlan, chances_by_share

_WIDTH = 7  # characters of a column: ten of them and the lead fit into 80


def table(plan: SamplePlan) -> Iterator[str]:
    """Yield three lines: faulty pieces of the lot, what share of it they are, and how often the lot passes."""
    points = chances_by_share(plan)
    yield _row("faulty", (str(one.faulty) for one in points))
    yield _row("share", (f"{one.faulty / plan.lot:.1%}" for one in points))
    yield _row("passes", (f"{float(one.chance):.1%}" for one in points))


def _row(lead: str, cells: Iterator[str]) -> str:
    return f"    {lead:<6}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells)
