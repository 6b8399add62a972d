"""The guides as they are built: their links lead somewhere, in every language, and give the same commands."""

import hashlib
import html
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator import exporters, mkdocs_hook, publish, registry
from generator.checks import RULES

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "site/pages"
GUIDES = sorted(path.name for path in PAGES.glob("*.md") if path.name != "index.md")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the miniature registry in English, French, and Portuguese, into which nobody translated guides."""
    folder = tmp_path_factory.mktemp("guides")
    shutil.copytree(ROOT / "tests/mini/registry", folder / "registry")
    settings = folder / "registry/registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("languages: [en]", "languages: [en, fr, pt]"), encoding="utf-8")
    known = registry.load(folder / "registry", as_of=date(2026, 6, 30))
    engine = partial(mkdocs_hook.build, ROOT / "mkdocs.yml")
    publish.build(
        known, sources=ROOT / "site", engine=engine, output=folder / "site", rules=RULES,
        tables=exporters.described(), also=tuple(exporters.open_data(known)),
    )  # fmt: skip
    return folder / "site"


def links(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for found in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', text[text.index("<article") : text.index("</article>")]):
        yield unquote(html.unescape(found))


@pytest.mark.parametrize("language", ["", "fr/", "pt/"])
def test_every_link_of_a_guide_leads_somewhere(site: Path, language: str) -> None:
    lost = []
    for name in GUIDES:
        page = site / language / name.removesuffix(".md") / "index.html"
        for link in links(page):
            path, _, part = link.partition("#")
            if "://" in path or path.startswith("mailto:"):
                continue
            target = page if not path else (page.parent / path / ("index.html" if path.endswith("/") else "")).resolve()
            if not target.is_file() or (part and f'id="{part}"' not in target.read_text(encoding="utf-8")):
                lost.append((name, link))
    assert lost == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_guide_is_there_in_french_with_the_same_commands(name: str) -> None:
    def commands(path: Path) -> list[str]:
        return re.findall(r"```(?:sh|python)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)

    assert commands(PAGES / name) == commands(PAGES / "fr" / name)


def test_every_published_file_has_a_page_that_names_its_facts(site: Path) -> None:
    manifest = json.loads((site / "api/v1/registry.json").read_bytes())
    listed = (site / "files/index.html").read_text(encoding="utf-8")
    kinds = {path.stem for path in (site / "api/v1").glob("*.json") if path.with_suffix("").is_dir()}
    for path in [one["path"] for one in manifest["files"]] + ["registry.sqlite", "registry.json"]:
        assert f"api/v1/{path}" in listed or path.removesuffix(".json") in kinds, path
    columns = (site / "api/v1/hubs.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    page = (site / "files/hubs-csv/index.html").read_text(encoding="utf-8")
    for column in columns:
        assert f'<section id="{column}">' in page


def test_checksum_of_the_database_lies_beside_it(site: Path) -> None:
    digest = hashlib.sha256((site / "api/v1/registry.sqlite").read_bytes()).hexdigest()
    assert (site / "api/v1/registry.sqlite.sha256").read_text(encoding="utf-8") == f"{digest}  registry.sqlite\n"
