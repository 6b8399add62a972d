"""Every rule's examples: all checks run on each, and file, line and rule must be those that are marked."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.checks import CHECKS, RULES, example, run
from generator.registry import Registry

AS_OF = date(2026, 6, 30)
IDS = [rule.id for rule in RULES]


def lay_out(folder: Path, *layers: Path) -> Path:
    """Copy layers over one another; a later one wins."""
    for layer in layers:
        if layer.is_dir():
            shutil.copytree(layer, folder, dirs_exist_ok=True, symlinks=True)
    (folder / example.EXPECTED).unlink(missing_ok=True)
    lacking = folder / example.WITHOUT
    for name in lacking.read_text(encoding="utf-8").split() if lacking.is_file() else ():
        (folder / name).unlink()
    lacking.unlink(missing_ok=True)
    return folder


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.suffix in (".yaml", ".json") and path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def load(rule: str, shown: example.Example, folder: Path) -> Registry:
    loaded = registry.load(lay_out(folder / "now", example.BASE, shown.folder), as_of=AS_OF)
    base = example.before(rule)
    if base is None:
        return loaded
    now, before = contents(loaded.root), contents(lay_out(folder / "before", example.BASE, base))
    changed = [path for path in now if now[path] != before.get(path)]
    removed = [path for path in before if path not in now]
    return loaded.within(registry.scope(loaded, changed, removed, before))


@pytest.mark.parametrize("rule", IDS)
def test_bad_example_is_found_where_it_is_marked(rule: str, tmp_path: Path) -> None:
    shown = example.bad(rule)
    found = run(load(rule, shown, tmp_path), CHECKS)
    assert {(one.location.path, one.location.line, one.rule) for one in found} == shown.expected
    assert any(name == rule for _, _, name in shown.expected)


@pytest.mark.parametrize("rule", IDS)
def test_good_example_is_clean(rule: str, tmp_path: Path) -> None:
    shown = example.good(rule)
    assert shown.files
    assert [f"{one.location}: {one.rule}: {one.message}" for one in run(load(rule, shown, tmp_path), CHECKS)] == []


def test_every_example_belongs_to_a_rule() -> None:
    assert sorted(path.name for path in example.FOLDER.iterdir()) == sorted([*IDS, "base"])


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_has_a_title_and_a_help_text(rule: registry.Registry) -> None:
    lines = rule.help.strip().split("\n")
    assert len(lines) >= 3
    assert lines[1] == ""
    assert lines[0].endswith(".")
    assert len(lines[0]) <= 90
