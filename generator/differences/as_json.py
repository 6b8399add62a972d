"""Differences in; JSON for other programs out, as `schemas/api/diff.json` says."""

from __future__ import annotations

import json
from typing import Any

from .values import Differences, Effect, Entry, Statement

VERSION = "1.0"


def as_json(found: Differences, base: str, head: str) -> str:
    """Return the differences between two commits; `head` is "" for the files on disk. Texts are not escaped."""
    data = {
        "version": VERSION,
        "base": base,
        "head": head,
        "records": [_entry(entry) for entry in found.entries],
        "effects": [_effect(effect) for effect in found.effects],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "how": entry.how,
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "path": entry.path,
        "formerly": entry.formerly,
        "told_in": entry.told_in,
        "statements": [_statement(one) for one in entry.statements],
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "field": one.field,
        "text": one.text,
        "before": list(one.before),
        "after": list(one.after),
    }


def _effect(one: Effect) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "ids": list(one.ids),
        "countries": list(one.countries),
        "hubs": list(one.hubs),
    }
