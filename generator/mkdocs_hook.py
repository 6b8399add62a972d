"""The adapter to MkDocs: a hook that speaks the language of its pages, and a build into a given folder.

Guides lie in `site/pages`, their translations below it in a folder for each language. A guide that nobody has
translated stands in English, marked as such, so that the navigation is the same in every language.
"""

from __future__ import annotations

import html
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as _build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException as GuideError
from mkdocs.structure.pages import Page

__all__ = ["GuideError", "build", "on_config", "on_page_content"]

_WRITTEN_IN = "en"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the theme its language and words, and the navigation its titles (MkDocs calls this)."""
    language = config.extra.setdefault("language", _WRITTEN_IN)
    strings = Path(str(config.config_file_path)).parent / "site" / "strings"
    files = [strings / f"{name}.json" for name in (_WRITTEN_IN, language)]
    words = {key: text for path in files if path.is_file() for key, text in json.loads(path.read_bytes()).items()}
    config.theme["language"] = language
    config.extra["words"] = words
    config.nav = _named(config.nav, words)
    return config


def on_page_content(content: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Mark a guide that stands in another language than its page (MkDocs calls this)."""
    language = config.extra["language"]
    is_translated = page.file.src_uri in config.extra.get("translated", ())
    if language == _WRITTEN_IN or is_translated or not content.strip():
        return content
    notice = html.escape(config.extra["words"]["guide.untranslated"])
    return f'<p class="karakana-banner" role="note">{notice}</p>\n<div lang="{_WRITTEN_IN}" dir="ltr">{content}</div>'


def build(config_file: Path, folder: Path, *, name: str, url: str, language: str) -> None:
    """Build guides and shells of a language into `folder`, under a registry's own name and the pages' address.

    Raises `GuideError` when a guide has a fault, for one a link that leads nowhere.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    pages = config_file.resolve().parent / "site" / "pages"
    with tempfile.TemporaryDirectory(prefix="karakana-") as scratch:
        docs = Path(scratch) / "pages"
        translated = _overlay(pages, language, docs)
        config = load_config(
            str(config_file),
            docs_dir=str(docs),
            site_dir=str(folder),
            site_name=html.escape(name),
            site_url=url.rstrip("/") + "/",
            hooks=[__file__],  # wherever the package is installed
            extra={"generator": False, "language": language, "translated": translated},
        )
        _build(config)


def _overlay(pages: Path, language: str, docs: Path) -> frozenset[str]:
    """Copy the guides with a language's translations in their place; return the paths of those."""
    translations = [path.name for path in pages.iterdir() if path.is_dir() and (path / "about.md").is_file()]
    shutil.copytree(pages, docs, ignore=lambda at, _: translations if Path(at) == pages else ())
    own = pages / language
    if language not in translations:
        return frozenset()
    shutil.copytree(own, docs, dirs_exist_ok=True)
    return frozenset(path.relative_to(own).as_posix() for path in own.rglob("*.md"))


def _named(part: Any, words: Mapping[str, str]) -> Any:
    """Return navigation with the words of its keys; a title that is no key stays."""
    if isinstance(part, list):
        return [_named(one, words) for one in part]
    if isinstance(part, dict):
        return {words.get(title, title): _named(inner, words) for title, inner in part.items()}
    return part
