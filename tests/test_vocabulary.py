"""What words mean: exactly, after normalisation, and never by a part of them."""

from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.checks.references import unknown_process
from generator.records import Competence, Material, Process, Record
from generator.registry import Registry
from generator.registry.vocabulary import vocabulary
from generator.words import Text


def process(id: str, *aliases: str, labels: dict[str, str] | None = None, formerly: tuple[str, ...] = ()) -> Process:
    named = {"en": list(aliases)} if aliases else {}
    return Process(id=id, labels=Text.of(labels or {"en": id.replace("-", " ")}), aliases=named, formerly=formerly)


WORDS = vocabulary(
    [
        process("3d-printing", "3D printer", "additive manufacturing", "impression 3D"),
        process("laser-cutting", "laser cutter", labels={"en": "Laser cutting", "fr": "Découpe laser"}),
        process("casting", "foundry"),
        process("milling", "CNC milling", "fräsen", formerly=("cnc",)),
        process("turning", "drehen", "mixed work"),
        process("sewing", "mixed-work", labels={"en": "Sewing", "ar": "خياطة", "de": "Nähen"}),
        process("punctuation", "---"),
        Material(id="glass", labels=Text.of({"en": "Glass"})),
    ]
)

MEANT = {
    "3d-printing": "3d-printing",
    "3D Printing": "3d-printing",
    "3D-PRINTER": "3d-printing",
    "  additive   manufacturing ": "3d-printing",
    "laser_cutter": "laser-cutting",
    "Lasercutter": "laser-cutting",
    "decoupe laser": "laser-cutting",
    "DÉCOUPE LASER": "laser-cutting",
    "De\u0301coupe laser": "laser-cutting",
    "Frasen": "milling",
    "cnc": "milling",
    "خياطة": "sewing",
    "naehen": "",
    "nahen": "sewing",
}
# What a matcher by substring, prefix or likeness takes for something that it is not.
NOT_MEANT = (
    "", " ", "-", "…", "screen printing", "printing", "3d", "3d printing service", "non 3d printing", "podcasting",
    "broadcasting", "cast", "plasma cutting", "plasma cutter", "cutting", "laser", "laser engraving", "lasercuter",
    "laser cutting and engraving", "water jet cutting", "mill", "windmilling", "cnc turning", "returning",
    "turning point", "glass", "glassblowing", "mixed work", "MixedWork",
)  # fmt: skip


@pytest.mark.parametrize("word", MEANT)
def test_a_word_means_its_term(word: str) -> None:
    assert WORDS.resolve(Process, word) == MEANT[word]


@pytest.mark.parametrize("word", NOT_MEANT)
def test_other_words_mean_nothing(word: str) -> None:
    assert WORDS.resolve(Process, word) == ""


def test_kinds_are_apart() -> None:
    assert WORDS.resolve(Material, "glass") == "glass"
    assert WORDS.resolve(Material, "casting") == ""
    assert WORDS.resolve(Competence, "glass") == ""


@pytest.mark.parametrize("order", [1, -1])
def test_a_word_for_several_terms_means_none(order: int) -> None:
    terms = [process("one", "word"), process("two", "word"), process("three", "word"), process("four", "Word!")][
        ::order
    ]
    assert vocabulary(terms).resolve(Process, "word") == ""


def test_a_term_may_repeat_its_own_words() -> None:
    assert vocabulary([process("sewing", "Sewing", "sewing", "se-wing")]).resolve(Process, "sewing") == "sewing"


@pytest.mark.parametrize("kind", [Process, Material, Competence])
def test_the_registry_knows_its_own_words(kind: type[Record]) -> None:
    loaded = registry.load(Path(__file__).parents[1] / "registry", as_of=date(2026, 11, 22))
    for term in loaded.all(kind):
        assert loaded.vocabulary.resolve(kind, term.id) == term.id


@pytest.mark.parametrize("word", ["screen printing", "podcasting", "plasma cutter"])
def test_the_registry_is_not_fooled_by_parts_of_words(word: str) -> None:
    loaded = registry.load(Path(__file__).parents[1] / "registry", as_of=date(2026, 11, 22))
    assert loaded.vocabulary.resolve(Process, word) not in {"3d-printing", "casting", "laser-cutting"}


def test_a_reference_by_another_word_is_told_the_id() -> None:
    tables = {
        "process": {"laser-cutting": b'{"labels": {"en": "Laser cutting"}, "aliases": {"en": ["lasercutter"]}}'},
        "hub": {"gh/hub": b'{"name": "", "kind": "", "location": {"locality": ""}, "processes": ["laser-cutter"]}'},
    }
    found = list(unknown_process.look(Registry(root=Path(), as_of=date(2026, 6, 30), tables=tables)))
    assert [one.hint for one in found] == ["that is `laser-cutting`"]
