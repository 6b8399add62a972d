"""Labels and numbers in; a chart of bars out: where each bar and text stands, ready to be printed as SVG.

Lengths are in em, or in percent of the chart's width, so that text keeps its size on every screen and nothing has to
be known about that screen. Where a language is written from the right, bars grow from the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .page import Item

_ROW = 2.7  # em from one row to the next
_LABEL, _BAR = 1.0, 1.35  # em from a row's top to the foot of its label, and to the top of its bar
_LONGEST = 38  # letters of a label that stand beside a number on a phone


class Measure(NamedTuple):
    """A label, the numbers that its bar consists of, and what is printed beside it."""

    label: str
    parts: tuple[int, ...]
    shown: str


class Segment(NamedTuple):
    """A part of a bar: where it begins, how long it is, and its colour by number."""

    x: str
    width: str
    tone: int


class Row(NamedTuple):
    """A label with its bar below it."""

    label: str
    shown: str
    label_y: str
    bar_y: str
    segments: tuple[Segment, ...]


class Legend(NamedTuple):
    """What a colour stands for."""

    tone: int
    label: str


class Table(NamedTuple):
    """The numbers of a chart: the heads of its columns, and rows of a link and numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Item, tuple[str, ...]], ...]
    note: str = ""


class Chart(NamedTuple):
    """A chart with its numbers beside it; `about` says it to those who do not see it, `nothing` where it has no bars.

    `links` lead to what it counts.

    `start` and `end` are where a line of text begins and ends.
    """

    id: str
    title: str
    lead: str
    about: str
    height: str
    start: str
    end: str
    rows: tuple[Row, ...]
    legend: tuple[Legend, ...]
    table: Table
    files: tuple[Item, ...]
    links: tuple[Item, ...] = ()
    nothing: str = ""


def chart(
    id: str,
    *,
    title: str,
    lead: str,
    about: str,
    direction: str,
    measures: Sequence[Measure],
    table: Table,
    names: Sequence[str] = (),
    files: Sequence[Item] = (),
    whole: int = 0,
) -> Chart:
    """Return a chart with a row for each measure; `names` say what the parts of its bars are, when there are several.

    `direction` is that of the language, `ltr` or `rtl`. A bar of `whole` is as wide as the chart; where none is given,
    the longest.
    """
    start, end = ("100%", "0") if direction == "rtl" else ("0", "100%")
    most = max([whole, *(sum(measure.parts) for measure in measures)]) or 1
    tones = _tones(len(names) or 1)
    return Chart(
        id,
        title,
        lead,
        about,
        _em(len(measures) * _ROW),
        start,
        end,
        tuple(_row(at, one, most, tones, start) for at, one in enumerate(measures)),
        tuple(Legend(tone, name) for tone, name in zip(tones, names, strict=False)),
        table,
        tuple(files),
    )


def _tones(count: int) -> tuple[int, ...]:
    """Return numbers of colours, from what is best (1) to what is least known (4)."""
    return {1: (1,), 2: (1, 4), 3: (1, 2, 4)}.get(count, (1, 2, 3, 4))


def _row(at: int, measure: Measure, most: int, tones: Sequence[int], start: str) -> Row:
    top = at * _ROW
    segments = []
    begun = 0
    for tone, part in zip(tones, measure.parts, strict=True):
        x = begun if start == "0" else most - begun - part
        if part:
            segments.append(Segment(_percent(x, most), _percent(part, most), tone))
        begun += part
    return Row(_short(measure.label), measure.shown, _em(top + _LABEL), _em(top + _BAR), tuple(segments))


def _short(label: str) -> str:
    """Return a label that fits beside a number on a phone."""
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"


def _em(length: float) -> str:
    return f"{length:.2f}em"


def _percent(part: int, most: int) -> str:
    return f"{100 * part / most:.3f}%"
