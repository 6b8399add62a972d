"""Interface words: every language has every key, with its own plurals and the same placeholders."""

import json
import re
from pathlib import Path

import pytest
import yaml
from babel import Locale

ROOT = Path(__file__).parent.parent
STRINGS = ROOT / "site" / "strings"
ENGLISH: dict[str, str] = json.loads((STRINGS / "en.json").read_bytes())
COUNTED = {key.removesuffix(".one") for key, text in ENGLISH.items() if key.endswith(".one") and "{count}" in text}
LANGUAGES = ("en", "fr", "pt", "sw", "ar")


def words(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((STRINGS / f"{language}.json").read_bytes())
    return found


def english(key: str) -> str:
    return ENGLISH[key] if key in ENGLISH else ENGLISH[f"{key.rpartition('.')[0]}.other"]


def test_site_speaks_all_its_languages() -> None:
    assert sorted(path.stem for path in STRINGS.glob("*.json")) == sorted(LANGUAGES)
    settings = yaml.safe_load((ROOT / "registry" / "registry.yaml").read_text(encoding="utf-8"))
    assert set(settings["languages"]) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_translated(language: str) -> None:
    forms = {*Locale.parse(language).plural_form.tags, "other"}
    plain = {key for key in ENGLISH if key.rpartition(".")[0] not in COUNTED}
    assert set(words(language)) == plain | {f"{key}.{form}" for key in COUNTED for form in forms}


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    wrong = {key: text for key, text in words(language).items() if names(text) != names(english(key))}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_sorted_and_say_something(language: str) -> None:
    found = words(language)
    assert list(found) == sorted(found)
    assert [key for key, text in found.items() if not text.strip()] == []
