"""A report of links in; text for a terminal, Markdown for an issue, or JSON out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from .. import markdown
from .links import Report, Row

_MOST = 100
_PLACES = 3
_TITLES = {
    "gone": ("Gone", "Take the address out, or find the new one; the hub may have closed."),
    "unclear": ("No answer for a week", "Open them: some sites answer people only, and then nothing is wrong."),
    "moved": ("Moved for good", "Open them; if the new page is the hub's, write its address."),
}


def as_text(report: Report) -> str:
    """Return lines for a terminal, in which nothing can act on it."""
    lines: list[str] = []
    for key, rows in _groups(report):
        for row in rows:
            what = (
                f"moved to {row.moved_to}"
                if key == "moved"
                else f"{row.detail}, since {row.since} ({row.failures} times)"
            )
            lines.append(f"{row.places[0] if row.places else '?'}: {row.url}: {what}")
    return "\n".join([*map(markdown.visible, lines), _sum(report)]) + "\n"


def _groups(report: Report) -> Iterator[tuple[str, tuple[Row, ...]]]:
    yield from (("gone", report.gone), ("unclear", report.unclear), ("moved", report.moved))


def _sum(report: Report) -> str:
    counts = f"{len(report.gone)} gone, {len(report.unclear)} without an answer, {len(report.moved)} moved"
    asked = f"{report.asked} of {report.addresses} addresses asked"
    return f"{asked}: {report.fine} fine, {counts}, {report.waiting} to ask again"


def as_markdown(report: Report) -> str:
    """Return a part of an issue's text: addresses as code, so that nothing is linked or mentioned."""
    lines = ["## Links", "", f"{report.day}: {markdown.escaped(_sum(report))}", ""]
    for key, rows in _groups(report):
        if rows:
            title, what = _TITLES[key]
            lines += [f"### {title}", "", what, "", *(_row(key, row) for row in rows[:_MOST])]
            lines += [f"- and {len(rows) - _MOST} more", ""] if len(rows) > _MOST else [""]
    return "\n".join(lines)


def _row(key: str, row: Row) -> str:
    places = ", ".join(markdown.code(place) for place in row.places[:_PLACES])
    more = f" and {len(row.places) - _PLACES} more" if len(row.places) > _PLACES else ""
    url = markdown.code(row.url, 500)
    if key == "moved":
        return f"- {url} → {markdown.code(row.moved_to, 500)} in {places}{more}"
    return f"- {url} {markdown.escaped(row.detail)}, since {row.since}, in {places}{more}"


def as_json(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(asdict(report), ensure_ascii=True, indent=1) + "\n"
