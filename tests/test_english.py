"""Pages about rules and keys, which are written in English alone, in editions of other languages."""

import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import registry
from generator.checks import RULES
from generator.publish import kinds, rules, strings
from generator.publish.edition import Edition, Relations
from generator.publish.page import Page
from generator.publish.pages import Templates
from generator.publish.shells import Frame, Shell

ROOT = Path(__file__).parent.parent
PATHS = ("rules/", "rules/unknown-process/", "kinds/", "kinds/hub/")


class Bare(dict[str, Shell]):
    def __contains__(self, path: object) -> bool:
        return True

    def __missing__(self, path: str) -> Shell:
        return Shell(b"", b"", b"", b"")


@pytest.fixture(scope="module")
def english() -> Edition:
    known = registry.load(ROOT / "tests/mini/registry", as_of=date(2026, 6, 30), prefix="registry/")
    assert known.settings is not None
    return Edition(known, known.settings, strings.read(ROOT / "site/strings", "en"), Relations(known))


def pages(edition: Edition) -> dict[str, Page]:
    return {page.path: page for page in (*rules.rules(edition, RULES), *kinds.kinds(edition))}


def content(edition: Edition, path: str) -> str:
    templates = Templates(ROOT / "site/templates", Frame(ROOT, Bare(), ()), edition)
    text = templates.page(pages(edition)[path]).content.decode()
    return text[text.index("<header") :]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_english_text_is_announced_and_marked(english: Edition, language: str, path: str) -> None:
    edition = replace(english, strings=strings.read(ROOT / "site/strings", language))
    text = content(edition, path)
    notice = html.escape(edition.strings("guide.untranslated"))
    assert re.search(rf'<p class="karakana-banner[^"]*" role="note"><bdi>{notice}</bdi></p>', text)
    marked = ' lang="en" dir="ltr"'
    told = text[text.index("<section") :]
    assert re.findall(r"<(?:p|pre|ul)\b([^>]*)>", told)
    for attributes in re.findall(r"<(?:p|pre|ul)\b([^>]*)>", told):
        assert marked in attributes
    for label in re.findall(r"<(?:h2|dt)[^>]*>.*?</(?:h2|dt)>", told):
        assert "lang=" not in label
    assert ('<h1 lang="en">' in text) is (path.count("/") == 2)
    assert ('<p class="karakana-lead" dir="auto" lang="en">' in text) is (path == "kinds/hub/")


@pytest.mark.parametrize("path", PATHS)
def test_english_pages_need_no_mark(english: Edition, path: str) -> None:
    text = content(english, path)
    assert "lang=" not in text
    assert "karakana-banner" not in text
