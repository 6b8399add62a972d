"""Every rule's examples: all checks run on each, and file, line and rule must be those that are marked."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator import records, registry
from generator.checks import CHECKS, RULES, example, run
from generator.documents import parse
from generator.registry import Registry, Scope

AS_OF = date(2026, 6, 30)
IDS = [rule.id for rule in RULES]


def lay_out(folder: Path, *layers: Path) -> Path:
    """Copy layers over one another; a later one wins."""
    for layer in layers:
        if layer.is_dir():
            shutil.copytree(layer, folder, dirs_exist_ok=True, symlinks=True)
    (folder / example.EXPECTED).unlink(missing_ok=True)
    return folder


def load(rule: str, shown: example.Example, folder: Path) -> Registry:
    loaded = registry.load(lay_out(folder, example.BASE, shown.folder), as_of=AS_OF)
    before = example.before(rule)
    if before is None:
        return loaded
    kinds = {path.parent.parent: kind for path in shown.files for kind in records.KINDS if kind.folder in path.parts}
    changed = set()
    old = {}
    for path in shown.files:
        kind = kinds[path.parent.parent]
        id = path.relative_to(shown.folder / kind.folder).with_suffix("").as_posix()
        changed.add((kind.record_kind, id))
        was = before / path.relative_to(shown.folder)
        if was.is_file():
            old[f"{kind.folder}/{id}.yaml"] = records.build(kind, id, parse(was.read_bytes()))
    return loaded.within(Scope(changed=frozenset(changed), before=old))


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
