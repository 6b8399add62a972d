"""The path of a plan (`karakana plan --format json`) in; the plan as data out, or why the file is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import click

from .. import schemas, words
from .reading import beginning

_LARGEST = 16 * 1024 * 1024  # bytes


def read_plan(path: Path) -> Mapping[str, Any]:
    """Return a plan from a file."""
    content = beginning(path, _LARGEST + 1)
    if len(content) > _LARGEST:
        raise click.UsageError(f"{path} is larger than any plan")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{path} is no JSON; `karakana plan --format json` writes it") from error
    if not schemas.published("plan")(data):
        raise click.UsageError(f"{path} is no plan of this version; `karakana plan --format json` writes it")
    return cast(Mapping[str, Any], data)


def refuse_impossible(path: Path, plan: Mapping[str, Any]) -> None:
    """Stop at a plan that cannot be carried out, with what stands against it."""
    if plan["valid"]:
        return
    steps = tuple(dict.fromkeys(one["step"] for one in plan["uncovered"]))
    told = [f"nobody does {words.listed(steps)}"] if steps else []
    told += [one["text"] for one in plan["obstacles"]]
    raise click.UsageError(f"{path}: the plan cannot be carried out: {'; '.join(told) or 'it says so itself'}")
