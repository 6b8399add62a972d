"""Diagnostics in; text out, one small function for each format."""

from collections.abc import Callable, Mapping, Sequence

from ..diagnostics import Diagnostic
from .github import summary, workflow_commands
from .json_report import as_json
from .sarif import as_sarif
from .text import lines, tally, with_sources

FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": lines,
    "github": workflow_commands,
    "json": as_json,
    "sarif": as_sarif,
}

__all__ = ["FORMATS", "as_json", "as_sarif", "lines", "summary", "tally", "with_sources", "workflow_commands"]
