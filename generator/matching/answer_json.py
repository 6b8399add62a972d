"""What is told of an answer in; JSON for other programs out, as `schemas/api/match.json` says; texts unescaped."""

from __future__ import annotations

import json
from typing import Any

from .answers import Explained, Tried
from .shown import Place, Report
from .values import Check, Tally, Verdict
from .wanted import Step, Use, Wish
from .words import told

VERSION = "1.0"


def as_json(report: Report) -> str:
    """Return the answer and its hubs, with every check."""
    answer = report.answer
    data = {
        "version": VERSION,
        "title": report.title,
        "wish": wish_data(answer.wish),
        "notes": list(report.notes),
        "checks": [check_data(check) for check in answer.checks],
        "counts": {verdict.value: answer.counts[verdict] for verdict in Verdict},
        "hubs": [_hub(place, found) for place, found in report.hubs],
        "near": [_hub(place, found) for place, found in report.near],
        "far": [_hub(place, found) for place, found in report.far],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def wish_data(wish: Wish) -> dict[str, Any]:
    """Return a wish with its steps."""
    return {
        "name": wish.name,
        "quantity": wish.quantity,
        "near": list(wish.near) if wish.near is not None else None,
        "within_km": wish.within_km,
        "start": wish.start.isoformat(),
        "by": wish.by.isoformat() if wish.by is not None else None,
        "countries": sorted(wish.countries),
        "networks": sorted(wish.networks),
        "contract": wish.contract,
        "commercial": wish.use is Use.COMMERCIAL,
        "languages": sorted(wish.languages),
        "invented": wish.world.value == "invented",
        "silent": list(wish.silent),
        "not_understood": list(wish.not_understood),
        "steps": [_step(wish, step) for step in wish.steps],
    }


def _step(wish: Wish, step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "design": step.design,
        "part": step.part,
        "process": step.process,
        "pieces": wish.pieces(step),
        "after": list(step.after),
    }


def _hub(place: Place, found: Explained) -> dict[str, Any]:
    row = found.row
    return {
        "id": row.hub,
        "name": place.name,
        "locality": place.locality,
        "country": row.hub.partition("/")[0],
        "verdict": row.verdict.value,
        "tally": _tally(row.tally),
        "distance_km": row.distance_km,
        "checks": [check_data(check) for check in found.checks],
        "steps": [
            {"id": step.id, "machines": [_tried(one) for one in tried]}
            for step, tried in found.steps
        ],
        "repairs": [check_data(check._replace(record=record)) for record, check in found.repairs],
    }  # fmt: skip


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "passed": tally.passed,
        "unknown": tally.unknown,
        "failed": tally.failed,
        "missing": tally.missing,
    }


def _tried(one: Tried) -> dict[str, Any]:
    return {"machine": one.machine, "claimed": one.claimed, "checks": [check_data(check) for check in one.checks]}


def check_data(check: Check) -> dict[str, str]:
    """Return a check, and what it says in words."""
    return {
        "rule": check.rule,
        "result": check.result.value,
        "reason": check.reason,
        "kind": check.subject.value,
        "record": check.record,
        "field": check.field,
        "asked": check.asked,
        "found": check.found,
        "text": told(check),
    }
