"""Records and a wish in; what the generator's matching and the site's say of it, in the same form, out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from generator.artifacts import Artifact
from generator.documents import parse
from generator.matching.answers import Explained, Tried
from generator.matching.by_process import World
from generator.matching.values import Check, Result
from generator.matching.wanted import Use, Wish, wish_for
from generator.operators import matcher_of
from generator.publish import columns, columns_designs, columns_matching, strings
from generator.publish.edition import Edition, Relations
from generator.records import Design, Hub, Machine
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 6, 30)
NUMBERS = {Result.PASS: 1, Result.UNKNOWN: 2, Result.FAIL: 3}
Records = Mapping[str, Any]

# What the page does between its files and its list, without the page.
RUNNER = """
import { createInterface } from "node:readline";
import { Capabilities } from "./matching/capabilities";
import { Search } from "./matching/search";
import { Taxonomy } from "./matching/terms";
import { NOTHING } from "./matching/wanted";
const files = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { index, design, asked, explain } = JSON.parse(line);
  for (const [path, text] of Object.entries(index)) files.set(path, JSON.parse(text));
  const tables = files.get("data/tables.json"), common = files.get("data/matching.json");
  const { countries } = files.get("data/hubs.json");
  const ofCountries = countries.map(([code]) => [code, files.get(`data/matching/${code}.json`)]);
  const parts = new Map(common.machines ? [["", common]] : ofCountries);
  const known = new Capabilities(common, countries, parts);
  const made = files.get("data/designs.json").find(({ id }) => id === design);
  const { steps = [], silent = [], licences = [], invented: isInvented = false } = made;
  const wish = { ...NOTHING, start: common.as_of, steps, silent, licences, isInvented, ...asked };
  const [processes, materials] = [new Taxonomy(tables.processes), new Taxonomy(tables.materials)];
  const search = new Search(known, processes, materials, wish);
  const answer = search.answer();
  const explained = explain ? answer.rows.map(({ hub }) => search.explained(hub)) : [];
  const offsets = Array.from(known.first);
  console.log(JSON.stringify({ answer, explained, offsets }));
}
"""


def registry(kinds: Mapping[str, Records]) -> Registry:
    """Return a registry of records by kind and id."""
    settings = parse((ROOT / "tests/mini/registry/registry.yaml").read_bytes())
    named = {**kinds, "registry": {"registry": settings}}
    tables = {
        kind: {id: json.dumps(data).encode() for id, data in sorted(table.items())} for kind, table in named.items()
    }
    return Registry(root=Path(), as_of=TODAY, tables=tables)


def index(known: Registry, whole: int) -> dict[str, str]:
    """Return the files that the page reads, as the build writes them."""
    assert known.settings is not None
    edition = Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), Relations(known))
    made: list[Artifact] = [*columns.columns(edition), *columns_matching.matching(known, whole)]
    made += columns_designs.designs(known)
    return {one.path: one.content.decode() for one in made if one.path.startswith("data/")}


def wish(known: Registry, design: str, asked: Records) -> Wish:
    """Return the wish for a design with what the page's fields add to it."""
    record = known.get(Design, design)
    assert record is not None
    made = wish_for(known, record)
    near, by = asked.get("near"), asked.get("by")
    return Wish(
        name=made.name, steps=made.steps, silent=tuple(asked.get("silent", made.silent)), start=made.start,
        not_understood=tuple(asked.get("notUnderstood", ())), licences=made.licences,
        quantity=asked.get("quantity", 1), near=tuple(near) if near else None, within_km=asked.get("within"),
        by=date.fromisoformat(by) if by else None, countries=frozenset(asked.get("countries", ())),
        networks=frozenset(asked.get("networks", ())), contract=asked.get("contract", ""),
        use=Use.COMMERCIAL if asked.get("isCommercial") else Use.OWN, currency=asked.get("currency", ""),
        languages=frozenset(asked.get("languages", ())),
        world=World.INVENTED if asked.get("isInvented", made.world is World.INVENTED) else World.REAL,
    )  # fmt: skip


def by_generator(known: Registry, design: str, asked: Records) -> dict[str, Any]:
    """Return what the generator says."""
    matcher, wanted = matcher_of(known), wish(known, design, asked)
    answer = matcher.answer(wanted)
    return {
        "checks": [_check(one) for one in answer.checks],
        "counts": {str(verdict): count for verdict, count in answer.counts.items()},
        "rows": [[row.hub, *_tally(row.tally), row.distance_km] for row in answer.rows],
        "explained": [_explained(matcher.explain(wanted, row.hub)) for row in answer.rows],
    }


def _tally(tally: Any) -> tuple[int, ...]:
    return (tally.passed, tally.unknown, tally.failed, tally.missing, tally.beyond)


def _check(check: Check) -> list[Any]:
    return [check.rule, NUMBERS[check.result], *map(str, check[2:7])]


def _explained(one: Explained) -> dict[str, Any]:
    return {
        "checks": [_check(check) for check in one.checks],
        "steps": [[step.id, [_tried(tried) for tried in all]] for step, all in one.steps],
        "repairs": [[of, _check(check)] for of, check in one.repairs],
    }


def _tried(one: Tried) -> list[Any]:
    return [one.machine, [_check(check) for check in one.checks]]


class Site:
    """The app's modules in Node, which answer one line with another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, files: Mapping[str, str], design: str, asked: Records, known: Registry) -> dict[str, Any]:
        """Return what the site says, with ids in the place of numbers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = json.dumps({"index": files, "design": design, "asked": asked, "explain": True})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return _named(json.loads(self._process.stdout.readline()), known)


@contextmanager
def node(folder: Path) -> Iterator[Site]:
    """Give the app's modules, bundled into a folder."""
    bundle = folder / "matching.mjs"
    command = [str(ROOT / "site/node_modules/.bin/esbuild"), "--bundle", "--platform=node", "--format=esm"]
    command += ["--loader=ts", "--log-level=warning", f"--outfile={bundle}"]
    subprocess.run(command, input=RUNNER, cwd=ROOT / "site/app", check=True, text=True)
    pipe = subprocess.PIPE
    process = subprocess.Popen(["node", str(bundle)], stdin=pipe, stdout=pipe, text=True)
    try:
        yield Site(process)
    finally:
        process.kill()
        process.communicate()


def _named(said: dict[str, Any], known: Registry) -> dict[str, Any]:
    hubs = list(known.ids(Hub))
    offsets = said["offsets"]

    def name(hub: int, machine: int) -> str:
        own = known.machine_ids.get(hubs[hub], ())
        at = machine - offsets[hub]
        return own[at] if machine >= 0 and at < len(own) else ""

    answer, explained = said["answer"], []
    for one in said["explained"]:
        hub = one["row"]["hub"]
        steps = [
            [step["id"], [[name(hub, tried["machine"]), [*map(_listed, tried["checks"])]] for tried in all]]
            for step, all in one["steps"]
        ]
        repairs = [[_record(known, hubs[hub], name(hub, machine), check), _listed(check)]
                   for machine, check in one["repairs"]]  # fmt: skip
        explained.append({"checks": [*map(_listed, one["checks"])], "steps": steps, "repairs": repairs})
    rows = [[hubs[row["hub"]], *_figures(row["tally"]), row.get("km")] for row in answer["rows"]]
    checks = [*map(_listed, answer["checks"])]
    return {"checks": checks, "counts": answer["counts"], "rows": rows, "explained": explained}


def _record(known: Registry, hub: str, machine: str, check: Records) -> str:
    """Return the id of the record that a repair changes."""
    found = known.get(Machine, machine) if machine else None
    of = {"hub": hub, "machine": machine, "model": found.model if found is not None else ""}
    return of.get(check["subject"]) or check.get("record", "")


def _listed(check: Records) -> list[Any]:
    return [check[key] for key in ("rule", "result", "subject", "field", "reason", "asked", "found")]


def _figures(tally: Records) -> list[int]:
    return [tally[key] for key in ("passed", "unknown", "failed", "missing", "beyond")]
