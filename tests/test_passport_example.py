"""The passport that comes with the package: invented hubs signed it, it opens machines, others do not offer it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.cli.evidence import evidence_of
from generator.passports import presentation, recognising
from generator.passports.decision import decide
from generator.passports.presentation import Passport
from generator.passports.values import Question
from generator.publish import strings, verifier
from generator.publish.edition import Edition, Relations
from generator.registry import Registry

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry.load(ROOT / "registry", as_of=DAY)


def edition(known: Registry, url: str = "") -> Edition:
    assert known.settings is not None
    settings = replace(known.settings, url=url) if url else known.settings
    return Edition(known, settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


@pytest.mark.parametrize(("machine", "result", "code"), [
    ("gh/demo-adum-makers/laser-cutter", "permit", "own"),
    ("at/demo-werkhof-donau/laser-cutter", "conditional", "recognised-after-induction"),
    ("gh/demo-adum-makers/fff-printers", "permit", "recognised"),
    ("at/demo-werkhof-donau/metal-lathe", "deny", "no-credential"),
])  # fmt: skip
def test_it_opens_what_the_rules_of_the_demonstration_say(
    known: Registry, machine: str, result: str, code: str
) -> None:
    passport = presentation.opened(verifier.example(edition(known)))
    assert isinstance(passport, Passport)
    assert passport.faults == ()
    evidences = [evidence_of(known, one, DAY) for one in passport.credentials]
    found = decide(recognising.facts_of(known), Question(machine, DAY), evidences)
    assert (found.result, found.reasons[0].code) == (result, code)


def test_it_names_nobody(known: Registry) -> None:
    passport = presentation.opened(verifier.example(edition(known)))
    assert isinstance(passport, Passport)
    assert {one.claim.name for one in passport.credentials} == {"Invented for demonstration"}


def test_another_registry_does_not_offer_it(known: Registry, hostile: Registry) -> None:
    assert verifier.example(edition(hostile)) == b""
    assert verifier.example(edition(known, "https://makers.example/")) == b""
    assert [one.path for one in verifier.supplies(edition(hostile))] == [verifier.DICTIONARY]
    assert [one.path for one in verifier.supplies(edition(known))] == [verifier.DICTIONARY, verifier.EXAMPLE]
