"""What to do about a finding: hints that depend on what is wrong, told for the bad examples."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.checks import CHECKS, example

HINTS = {
    "impossible-condition": [
        "its choices are `sea`, `road`",
        "its choices are `sea`, `road`",
        "`insured` is of the type boolean",
        "`gt` compares numbers, and `due` is of the type date",
        "`sites` is a list, which no condition compares",
        "`quantity` is of the type quantity",
        "`quantity` is of the type quantity",
        "`country` is of the type text",
        "`due` is of the type date, written like 2026-03-31",
        "correct the condition",
        "correct the condition, or take it away",
    ],
    "unknown-role": ["did you mean `maker`?", "there are `buyer`, `maker`"],
    "unknown-part": ["did you mean `leg`?"],
    "undeclared-parameter": ["there are `quantity`"] * 5,
}


@pytest.mark.parametrize("rule", HINTS)
def test_hints(rule: str, tmp_path: Path) -> None:
    for layer in (example.BASE, example.bad(rule).folder):
        shutil.copytree(layer, tmp_path, dirs_exist_ok=True)
    loaded = registry.load(tmp_path, as_of=date(2026, 6, 30))
    check = next(check for check in CHECKS if check.rule.id == rule)
    assert [finding.hint for finding in check.look(loaded)] == HINTS[rule]
