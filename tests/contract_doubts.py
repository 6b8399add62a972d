"""Hubs and a design in; why they cannot make it, as the command line and the form say it, in the same words, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from generator.cli.doubted import doubts_of
from generator.matching.values import Check, Result
from generator.matching.words import told
from generator.records import Hub
from generator.registry import Registry
from tests.matching_twice import index

Doubt = tuple[str, str]
ALL_IN_ONE, EACH_COUNTRY = 100_000, 0  # hubs in one file
RUNNER = """
import { doubtsOf } from "./contracts/doubts";
import { Capabilities } from "./matching/capabilities";
import { Taxonomy } from "./matching/terms";
(globalThis as any).doubted = (index, design, hubs) => {
  const file = (path) => JSON.parse(index[path] ?? "null");
  const tables = file("data/tables.json"), common = file("data/matching.json"), { countries } = file("data/hubs.json");
  const needed = new Set(hubs.map(([id]) => id.slice(0, 2)));
  const ofCountries = countries.filter(([code]) => needed.has(code)).map(([code]) => [code, file(`data/matching/${code}.json`)]);
  const known = new Capabilities(common, countries, new Map(common.machines ? [["", common]] : ofCountries));
  const made = file("data/designs.json").find(({ id }) => id === design);
  return made === undefined ? undefined : doubtsOf(known, new Taxonomy(tables.processes), new Taxonomy(tables.materials), made, hubs);
};
"""  # noqa: E501  # TypeScript


def by_command(known: Registry, hubs: Sequence[str], design: str) -> list[Doubt]:
    """Return what the command line says without a plan."""
    return list(doubts_of(known, None)(tuple(hubs), design))


def by_site(page: Page, known: Registry, hubs: Sequence[str], design: str, whole: int) -> list[Doubt]:
    """Return what the form says of hubs of the registry; of others it does not ask."""
    ids = list(known.ids(Hub))
    numbered = [[hub, ids.index(hub)] for hub in hubs if hub in ids]
    found = page.evaluate("(given) => doubted(...given)", [index(known, whole), design, numbered])
    assert found is not None, "the design contains itself"
    return [(one["hub"], _worded(**one)) for one in found]


def _worded(hub: str, step: dict[str, Any] | None = None, check: dict[str, Any] | None = None) -> str:
    said = told(Check(**{**check, "result": Result.FAIL})) if check is not None else ""
    if step is None:
        return said or "it can do none of the steps"
    if said:
        return f"step `{step['id']}`: {said}"
    process = step["process"]
    return f"step `{step['id']}`: nobody there does `{process}`" if hub else (
        f"none of them can do step `{step['id']}`, `{process}`")  # fmt: skip
