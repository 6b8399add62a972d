"""A plan in; JSON for other programs out, as `schemas/api/plan.json` says; texts unescaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..registry import Registry
from .answer_json import check_data, wish_data
from .plan_blocks import day
from .plans import NearMiss, Plan, Timing
from .remarks import Remark, told
from .shown import place_of

VERSION = "1.0"


def as_json(registry: Registry, plan: Plan, title: str, notes: Sequence[str] = (), without: Sequence[str] = ()) -> str:
    """Return a plan; `notes` are remarks on the question, `without` the hubs that dropped out."""
    data = {
        "version": VERSION,
        "title": title,
        "wish": wish_data(plan.wish),
        "without": list(without),
        "valid": plan.is_valid,
        "certain": plan.is_certain,
        "method": plan.method.value,
        "bound": plan.bound,
        "hubs": [_hub(registry, hub) for hub in plan.hubs],
        "assignments": [
            {
                "step": one.step, "hub": one.hub, "machine": one.machine, "pieces": one.pieces, "ask": one.ask,
                "days": one.days,
            }
            for one in plan.assignments
        ],
        "stages": [{"steps": list(stage.steps), "hubs": list(stage.hubs)} for stage in plan.stages],
        "legs": [{"start": leg.start, "end": leg.end, "km": leg.km, "steps": list(leg.steps)} for leg in plan.legs],
        "timings": [_timing(plan, one) for one in plan.timings],
        "critical": list(plan.critical),
        "days": plan.days,
        "ready": day(plan, plan.days) if plan.days is not None else None,
        "timely": plan.timely.value,
        "uncovered": [{"step": step, "pieces": pieces} for step, pieces in plan.missing],
        "near": [_near(one) for one in plan.near],
        "obstacles": [_remark(one) for one in plan.obstacles],
        "asks": [{"about": about, "check": check_data(check)} for about, check in plan.asks],
        "notes": [*({"code": "", "values": {}, "text": note} for note in notes), *map(_remark, plan.notes)],
        "changes": [one._asdict() for one in plan.changes],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _hub(registry: Registry, id: str) -> dict[str, str]:
    place = place_of(registry, id)
    return {"id": id, "name": place.name, "locality": place.locality, "country": id.partition("/")[0]}


def _remark(one: Remark) -> dict[str, Any]:
    return {"code": one.code, "values": dict(one.values), "text": told(one)}


def _timing(plan: Plan, one: Timing) -> dict[str, Any]:
    return {
        "step": one.step,
        "begins": one.begins,
        "ends": one.ends,
        "from": day(plan, one.begins) if one.begins is not None else None,
        "until": day(plan, one.ends) if one.ends is not None else None,
    }


def _near(one: NearMiss) -> dict[str, Any]:
    return {
        "step": one.step,
        "hub": one.hub,
        "machine": one.machine,
        "checks": [check_data(check) for check in one.checks],
    }
