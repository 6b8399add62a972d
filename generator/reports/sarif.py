"""Diagnostics in; SARIF 2.1.0 out (OASIS Standard, 27 March 2020), for code-scanning views."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..checks import RULES
from ..diagnostics import Diagnostic, Location, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one SARIF run with every rule and one result for each diagnostic."""
    at = {rule.id: number for number, rule in enumerate(RULES)}
    driver = {
        "name": "karakana",
        "version": __version__,
        "informationUri": "https://github.com/karakana-registry/karakana",
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, at[one.rule]) for one in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.help},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(one: Diagnostic, rule_index: int) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": rule_index,
        "level": str(one.severity),
        "message": {"text": _plain(f"{one.message}. {one.hint}" if one.hint else one.message)},
        "locations": [{"physicalLocation": _place(one.location)}],
        "relatedLocations": [
            {"physicalLocation": _place(related.location), "message": {"text": _plain(related.message)}}
            for related in dict.fromkeys(one.related)
        ],
    }


def _plain(text: str) -> str:
    """Return a message without links: SARIF takes `[text](target)` for one (3.11.6)."""
    return text.replace("[", "\\[").replace("]", "\\]")


def _place(location: Location) -> dict[str, Any]:
    region = {"region": {"startLine": location.line, "startColumn": location.column}} if location.line else {}
    return {"artifactLocation": {"uri": quote(location.path)}, **region}
