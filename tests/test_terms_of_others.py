"""What words of other projects mean: in five languages, by codes and addresses, and those that must mean nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.importers.terms import Terms

ROOT = Path(__file__).parent.parent
DATA: dict[str, dict[str, str]] = json.loads((ROOT / "tests/terms_of_others.json").read_bytes())
WORDS = [(kind, word) for kind, words in DATA.items() for word in words]


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms(registry.load(ROOT / "registry", as_of=date(2026, 11, 22)))


@pytest.mark.parametrize(("kind", "word"), WORDS, ids=ascii)
def test_a_word_means_what_it_says_or_nothing(terms: Terms, kind: str, word: str) -> None:
    known = {
        "process": lambda: terms.known_process(word, "TSDC"),
        "material": lambda: terms.known_material(word),
        "competence": lambda: terms.known_competence(word),
    }
    assert known[kind]() == DATA[kind][word]


def test_what_means_nothing_is_counted() -> None:
    terms = Terms(registry.load(ROOT / "registry", as_of=date(2026, 11, 22)))
    several = [
        "Broadcasting",
        "no 3D printer",
        "laser cutting",
        "Broadcasting",
        "https://www.wikidata.org/wiki/Q1475300",
    ]
    assert terms.processes(several, "TSDC") == ["laser-cutting"]
    assert dict(terms.unknown) == {
        ("process", "Broadcasting"): 2,
        ("process", "no 3D printer"): 1,
        ("process", "https://www.wikidata.org/wiki/Q1475300"): 1,
    }
