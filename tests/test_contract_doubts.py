"""Whether hubs can make a design, asked on a contract's page and on the command line: both have the same reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator import registry
from tests.contract_doubts import ALL_IN_ONE, EACH_COUNTRY, by_command, by_site
from tests.contract_samples import sample
from tests.contract_twice import form
from tests.matching_twice import registry as registry_of

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
CUT: dict[str, Any] = {"process": "cutting", "envelope_mm": [300, 200]}
SEW: dict[str, Any] = {"process": "sewing"}
LARGE, SMALL = (
    {"processes": ["cutting"], "envelope_mm": [900, 600]},
    {"processes": ["cutting"], "envelope_mm": [100, 60]},
)
DESIGNS: dict[str, list[dict[str, Any]]] = {"table": [CUT], "bag": [CUT, SEW], "poem": []}
HUBS: dict[str, dict[str, Any]] = {
    "gh/large": {}, "gh/small": {}, "gh/empty": {}, "gh/closed": {"status": "closed"},
    "gh/paused": {"status": "paused"}, "gh/private": {"access": "private"}, "ke/sewing": {},
    "ke/invented": {"demonstration": True},
}  # fmt: skip
MACHINES: dict[str, dict[str, Any]] = {
    "gh/large/cutter": LARGE, "gh/small/cutter": SMALL, "gh/closed/cutter": LARGE, "gh/paused/cutter": LARGE,
    "gh/private/cutter": LARGE, "ke/sewing/machine": {"processes": ["sewing"]}, "ke/invented/cutter": LARGE,
    "gh/empty/broken": {**LARGE, "status": "broken"},
}  # fmt: skip
CASES = {
    "one that can": (["gh/large"], "table", ""),
    "one whose machine is too small": (["gh/small"], "table", "step `s0`: room for"),
    "one without a machine for a step": (["gh/large"], "bag", "nobody there does `sewing`"),
    "one whose machine is broken": (["gh/empty"], "table", "broken"),
    "one that has closed": (["gh/closed"], "table", ""),
    "one that is paused": (["gh/paused"], "table", "paused"),
    "one that nobody may use": (["gh/private"], "table", "access"),
    "one that nobody knows": (["gh/unknown"], "table", ""),
    "an invented one": (["ke/invented"], "table", ""),
    "two that share the steps": (["gh/large", "ke/sewing"], "bag", ""),
    "one of two that can do nothing": (["gh/small", "ke/sewing"], "bag", "none of the steps"),
    "two of which neither can do a step": (["gh/small", "gh/empty"], "bag", "none of them can do step `s1`, `sewing`"),
    "one and another that has closed": (["gh/large", "gh/closed"], "bag", "nobody there does `sewing`"),
    "the same one twice": (["gh/small", "gh/small"], "table", "none of them can do"),
    "a design without operations": (["gh/large", "gh/empty"], "poem", ""),
    "nobody": ([], "bag", ""),
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with form(browser) as made:
        yield made.page


def world() -> registry.Registry:
    hub = {"name": "Hub", "kind": "makerspace", "location": {"locality": "Kumasi"}, "access": "public"}
    named = {"name": "Thing", "licence": {"hardware": "MIT"}}
    designs = {
        id: {**named, "operations": [{"id": f"s{at}", **one} for at, one in enumerate(steps)]} if steps else named
        for id, steps in DESIGNS.items()
    }
    return registry_of({
        "process": {id: {"labels": {"en": id}} for id in ("cutting", "sewing")},
        "hub": {id: {**hub, **rest} for id, rest in HUBS.items()},
        "machine": {id: {"name": "Machine", **rest} for id, rest in MACHINES.items()}, "design": designs,
    })  # fmt: skip


@pytest.mark.parametrize("whole", [ALL_IN_ONE, EACH_COUNTRY])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_both_have_the_same_reasons(page: Page, case: tuple[list[str], str, str], whole: int) -> None:
    hubs, design, said = case
    expected = by_command(world(), hubs, design)
    assert by_site(page, world(), hubs, design, whole) == expected
    assert any(said in why for _, why in expected) if said else expected == []


@pytest.mark.parametrize("id", ["one-to-one-order/1", "distributed-manufacturing/1"])
def test_nobody_doubts_the_samples(page: Page, id: str) -> None:
    known = registry.load(ROOT / "registry", as_of=date(2026, 11, 30))
    parties = [one for value in sample(id).values() for one in (value if isinstance(value, list) else [value])]
    hubs = [one["hub"] for one in parties if isinstance(one, dict) and "hub" in one]
    design = sample(id)["design"]["id"]
    assert hubs
    assert by_site(page, known, hubs, design, EACH_COUNTRY) == by_command(known, hubs, design) == []
