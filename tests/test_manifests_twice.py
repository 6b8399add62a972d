"""Manifests of Open Know-How on the site and in the generator: the same steps, and the same words that mean nothing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.cli.wishes import Terms, asked
from generator.importers import okh, okh_parts
from generator.importers.source import Source
from generator.importers.terms import Terms as Vocabulary
from generator.publish import matcher
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/other_projects.json").read_bytes())["cases"]
P = {"title": "Thing", "okhv": "1", "license": {"hardware": "MIT"}}
MORE: list[dict[str, Any]] = [
    {"parts": [{"name": "A", "tsdc": ["3DP", "PCB"], "printing-process": "FDM"}]},
    {"parts": [{"name": "A", "tsdc": "3DP", "printing_process": "3D printing"}]},
    {"parts": [{"name": "A", "tsdc": "3DP", "printing-process": "frobnication"}]},
    {"parts": [{"tsdc": "CNC", "outer_dimensions": {"length": 10, "width": "2,5", "height": 3, "unit": "cm"}}]},
    {"parts": [{"name": "A", "tsdc": "CNC", "outer-dimensions": {"diameter": 10, "length": 200}}]},
    {"parts": [{"name": "A", "process": "lathe", "outer-dimensions": {"diameter": 1, "length": 2, "unit": "in"}}]},
    {"parts": [{"name": "A", "tsdc": "CNC", "manufacturing_params": {"tolerance": "±0.02mm"}}]},
    {"parts": [{"name": "A", "tsdc": "CNC", "tolerance_class": "ISO 2768-m", "outer-dimensions-mm": [20, 30, 40]}]},
    {"parts": [{"name": "A", "tsdc": "CNC", "tolerance": "0 mm"}, {"name": "A", "tsdc": "LAS", "quantity": 100_001}]},
    {"parts": [{"name": "A", "tsdc": "LAS", "quantity": 3.5}, {"name": "B", "tsdc": "LAS", "qty": "4", "unit": "pcs"}]},
    {"parts": [{"name": "A", "quantity": 500, "parts": [{"name": "B", "quantity": 500, "tsdc": "LAS"}]}]},
    {"parts": [{"tsdc": "LAS", "material": ["wood", "mdf"]}, {"name": "B", "tsdc": "LAS", "materials": ["mdf"]}]},
    {"parts": [{"name": "A", "tsdc": "LAS", "material": {"material_id": "x9", "name": "Plywood"}}]},
    {"parts": [{"tsdc": "LAS", "procurement": "off the shelf"}, {"tsdc": "LAS", "source": ["a.step"]}]},
    {"processes": [{"name": "Laser cutting"}, {"title": "casting!"}, "LAS", 7], "manufacturing-processes": "3DP;ASM"},
    {"tsdc": ["ASM", "3DP"], "materials": ["PLA"]}, {"tsdc": "LAS", "materials": [{"name": "acrylic"}]},
    {"tsdc": ["https://en.wikipedia.org/wiki/Laser_cutting", "https://en.wikipedia.org/wiki/%E0%A4%A", "n/a"]},
    {"bom": [{"name": "Screw", "quantity": 4}, {"name": "Lid", "requirements": {"tsdc": "3DP"}, "quantity": 2}]},
    {"sub_parts": {"a": {"tsdc": "LAS"}, "b": {"tsdc": "3DP", "sub-parts": {"c": {"tsdc": "CNC"}}}}},
    {"parts": [{"name": "Case", "tsdc": "LAS", "quantity": 2}, {"name": "Case", "tsdc": "LAS"}],
     "sub_parts": [{"name": "case", "quantity": None, "tsdc": [], "sub_parts": [{"name": "Clip", "quantity": 4,
                                                                                 "tsdc": "3DP"}]}]},
    {"part": [1, None, "x", [], {"name": None, "title": "T", "tsdc": True}], "parts": "x", "bom": "legs, seat"},
]  # fmt: skip
RUNNER = """
import { createInterface } from "node:readline";
import { read } from "./okh/manifest";
let terms;
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.terms) terms = asked.terms;
  else console.log(JSON.stringify(read(asked.name, asked.text, terms)));
}
"""


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry.load(ROOT / "registry", as_of=date(2026, 11, 22))


@pytest.fixture(scope="module")
def site(known: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """Give the site's reader in Node, which answers a line with a line."""
    bundle = tmp_path_factory.mktemp("node") / "okh.mjs"
    command = [str(ROOT / "site/node_modules/.bin/esbuild"), "--bundle", "--platform=browser", "--format=esm"]
    command += ["--loader=ts", "--log-level=warning", "--external:node:*", f"--outfile={bundle}"]
    subprocess.run(command, input=RUNNER, cwd=ROOT / "site/app", check=True, text=True)
    (terms,) = matcher.terms(known)
    process = subprocess.Popen(["node", str(bundle)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps({"terms": json.loads(terms.content)}) + "\n")
        yield process
    finally:
        process.kill()
        process.communicate()


def there(site: subprocess.Popen[str], name: str, text: str) -> dict[str, Any]:
    assert site.stdin is not None
    assert site.stdout is not None
    site.stdin.write(json.dumps({"name": name, "text": text}) + "\n")
    site.stdin.flush()
    found: dict[str, Any] = json.loads(site.stdout.readline())
    return found


@pytest.mark.parametrize("case", [*CASES, *({"file": "a.json", "design": {**P, **one}} for one in MORE)], ids=str)
def test_both_read_the_same(known: Registry, site: subprocess.Popen[str], case: dict[str, Any], tmp_path: Path) -> None:
    text = case["design"] if isinstance(case["design"], str) else json.dumps(case["design"])
    path = tmp_path / case["file"]
    path.write_text(text, encoding="utf-8")
    said, words = there(site, case["file"], text), Vocabulary(known)
    data, fault = okh.manifest(Source("", path=path))
    assert not fault
    made = okh_parts.operations(data, okh_parts.pieces(data), words, [])
    assert sorted(said["unknown"]) == sorted({word for _, word in words.unknown})
    steps = {step.id: step for step in asked(known, str(path), Terms()).wish.steps}
    assert [told(one) for one in said["steps"]] == [
        (one["id"], step.process, step.part, step.material, step.pieces, step.tolerance_mm, box(one.get("envelope_mm")))
        for one in made
        for step in (steps[one["id"]],)
    ]


def told(step: dict[str, Any]) -> tuple[Any, ...]:
    facts = (step["process"], step.get("part", ""), step.get("material", ""), step.get("pieces", 1))
    return (step["id"], *facts, step.get("tolerance_mm"), step.get("envelope", []))


def box(said: Any) -> list[float]:
    """Return a size as the site has it: what turns begins with 0."""
    return [0, said["diameter"], said["length"]] if isinstance(said, dict) else (said or [])
