"""Diagnostics in; GitHub workflow commands (annotations) and a Markdown summary out.

Source: GitHub, "Workflow commands for GitHub Actions"; a step shows ten annotations of each severity at most,
so the summary has all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostic, Severity
from .text import tally

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SUMMARY_ROWS = 500  # a step summary may hold 1 MiB


def workflow_commands(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one workflow command for each diagnostic."""
    return "".join(_annotation(one) + "\n" for one in diagnostics)


def _annotation(one: Diagnostic) -> str:
    place = {"file": one.location.path, "title": one.rule}
    if one.location.line:
        place |= {"line": str(one.location.line), "col": str(one.location.column)}
    options = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    text = f"{one.message}\n{one.hint}" if one.hint else one.message
    return f"::{_COMMANDS[one.severity]} {options}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a Markdown table of all diagnostics for `$GITHUB_STEP_SUMMARY`."""
    rows = ["| | where | what | what to do |", "|---|---|---|---|"]
    for one in diagnostics[:_SUMMARY_ROWS]:
        cells = (str(one.severity), str(one.location), f"{one.message} ({one.rule})", one.hint)
        rows.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    if len(diagnostics) > _SUMMARY_ROWS:
        rows.append(f"\n… and {len(diagnostics) - _SUMMARY_ROWS} more.")
    table = "\n".join(rows) + "\n" if diagnostics else ""
    return f"### karakana check: {tally(diagnostics)}\n\n{table}"


_MARKDOWN = str.maketrans({char: f"\\{char}" for char in r"\`*_{}[]()<>#|!~@"} | {"\n": " ", "\r": " ", "&": "&amp;"})


def _cell(text: str) -> str:
    """Return text as Markdown that shows just that text: no markup, no mention, no new cell."""
    return text.translate(_MARKDOWN)
