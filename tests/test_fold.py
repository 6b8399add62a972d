"""Folding in the browser and in the generator: one normal form for searching, one id for a name."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.words import plain, slug

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
LATIN = [chr(code) for code in range(0x20, 0x250)]  # what an id in columns.py may follow from


@pytest.fixture(scope="module")
def folding(browser: Browser) -> Iterator[Page]:
    command = [str(ROOT / "site/node_modules/.bin/esbuild"), str(ROOT / "site/app/fold.ts")]
    command += ["--bundle", "--format=iife", "--global-name=app"]
    page = browser.new_page()
    page.add_script_tag(content=subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    yield page
    page.close()


def test_every_latin_letter_gives_the_same_id(folding: Page) -> None:
    names = [f"{one}{middle}{other}" for middle in LATIN for one, other in (("", ""), ("a", "b"), ("A ", " B"))]
    made = folding.evaluate("names => names.map(app.slugOf)", names)
    assert dict(zip(names, made, strict=True)) == {name: slug(name) for name in names}


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from(LATIN), max_size=90), max_size=30))
def test_latin_names_give_the_same_ids(folding: Page, names: list[str]) -> None:
    assert folding.evaluate("names => names.map(app.slugOf)", names) == [slug(name) for name in names]


@pytest.mark.parametrize(
    "text",
    ["Atelier Étoile", "ورشة العمل", "STRASSE Straße", "Ɛkɔ  Labs", "\u0130stanbul", "\ufb01ne", "½ inch", "e\u0301"],
)
def test_the_same_normal_form(folding: Page, text: str) -> None:
    assert folding.evaluate("text => app.fold(text)", text) == plain(text)
