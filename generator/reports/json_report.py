"""Diagnostics in; a JSON list out, one object for each, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..diagnostics import Diagnostic, Location


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the diagnostics as a JSON array; line and column count from 1 and are 0 for a whole file."""
    return json.dumps([_object(one) for one in diagnostics], ensure_ascii=False, indent=2) + "\n"


def _object(one: Diagnostic) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": str(one.severity),
        **_location(one.location),
        "message": one.message,
        "hint": one.hint,
        "related": [{**_location(related.location), "message": related.message} for related in one.related],
    }


def _location(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}
