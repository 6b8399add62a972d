"""What a change turns and its diagnostics in; Markdown, or JSON as `schemas/api/match_ci.json` says, out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Severity
from ..markdown import code, cut, escaped, sentence
from .turns import Turn

VERSION = "1.0"
_HEADINGS = {Severity.ERROR: "Stops the change", Severity.WARNING: "To look at", Severity.NOTE: "To know"}


def as_markdown(report: Sequence[str], found: Sequence[Diagnostic]) -> str:
    """Return what follows, the heaviest first, and then what no hub can make by process alone."""
    lines = ["### Who can make what", *(line for weight in _HEADINGS for line in _weighing(found, weight))]
    if not found:
        lines.append("\nNothing that could be made is lost.")
    if report:
        lines += [f"\n#### {escaped(report[0])}\n", *(f"- {sentence(line.strip())}" for line in report[1:])]
    return cut("\n".join(lines) + "\n")


def _weighing(found: Sequence[Diagnostic], weight: Severity) -> Iterator[str]:
    some = [one for one in found if one.severity is weight]
    if some:
        yield f"\n#### {_HEADINGS[weight]}\n"
        yield from (f"- {sentence(one.message)} ({code(one.rule)})" for one in some)


def as_json(found: Sequence[Turn], diagnostics: Sequence[Diagnostic], base: str, without: Sequence[str]) -> str:
    """Return all that turned, the diagnostics, and the open requests without a plan as far as somebody looked."""
    data = {
        "version": VERSION,
        "base": base,
        "turns": [
            {"kind": one.kind, "id": one.id, "before": one.before.value, "after": one.after.value,
             "hubs": list(one.hubs)}
            for one in found
        ],
        "requests_without_plan": list(without),
        "findings": [
            {"rule": one.rule, "severity": one.severity.value, "path": one.location.path, "message": one.message,
             "hint": one.hint}
            for one in diagnostics
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
