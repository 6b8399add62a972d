"""The adapter to MkDocs: a hook that gives the theme its interface words, and a build into a given folder."""

from __future__ import annotations

import html
import json
import logging
from pathlib import Path

from mkdocs.commands.build import build as _build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException as GuideError

__all__ = ["GuideError", "build", "on_config"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the words of the theme's language into `extra.words` (MkDocs calls this)."""
    words = Path(config.docs_dir).parent / "strings" / f"{config.theme['language']}.json"
    config.extra["words"] = json.loads(words.read_bytes())
    return config


def build(config_file: Path, folder: Path, *, name: str, url: str) -> None:
    """Build guides and shells into `folder`, under a registry's own name and address.

    Raises `GuideError` when a guide has a fault, for one a link that leads nowhere.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(
        str(config_file),
        site_dir=str(folder),
        site_name=html.escape(name),
        site_url=url.rstrip("/") + "/",
        hooks=[__file__],  # wherever the package is installed
    )
    _build(config)
