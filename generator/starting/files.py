"""Wishes and what the package ships in; every file of the new registry out.

Terms (processes, materials, models, competences) are copied, not read from a peer: pickers, checks and builds work at
once and without a network, and a registry may change its own words. Workflows that are the same everywhere are copied
too. The generator is not: `requirements.txt` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import markdown
from ..artifacts import Artifact
from .settings import Wishes, settings

TERMS = ("competences", "materials", "models", "processes")
FORMS = ".github/ISSUE_TEMPLATE"
# Our workflows that another registry has no use for, or has in a form of its own; the others are copied.
OURS_ALONE = frozenset({"check.yml", "release.yml"})
_OWN = Path(__file__).resolve().parent / "texts"
_ABOUT = "site/pages/about.md"


def files(wishes: Wishes, shipped: Path) -> Iterator[Artifact]:
    """Yield the files; `shipped` is laid out as the checkout is: `registry`, `site`, `.github`."""
    yield Artifact("registry/registry.yaml", settings(wishes).encode())
    yield from _filled(_OWN / "every", _words(wishes))
    yield from _filled(_OWN / wishes.forge.kind, _words(wishes))
    for folder in TERMS:
        yield from _copied(shipped, f"registry/{folder}", "*.yaml")
    if wishes.forge.kind != "gitlab":  # which has no forms
        yield from _copied(shipped, FORMS, "*.yml")
    if wishes.forge.kind == "github":
        workflows = _copied(shipped, ".github/workflows", "*.yml")
        yield from (file for file in workflows if file.path.rpartition("/")[2] not in OURS_ALONE)
    yield from _about(wishes, shipped)
    yield from (Artifact(copied(wheel), wheel.read_bytes()) for wheel in wishes.wheels)


def copied(wheel: Path) -> str:
    """Return where in a registry the copy of a wheel lies."""
    return f"wheels/{wheel.name}"


def _words(wishes: Wishes) -> Mapping[str, str]:
    return {
        "@name@": markdown.escaped(wishes.name),
        "@url@": wishes.url,
        "@owner@": wishes.forge.owner,
        "@licence@": wishes.licence,
        "@requirement@": "\n".join(f"./{copied(wheel)}" for wheel in wishes.wheels) or wishes.requirement,
        "@origin@": wishes.origin,
    }


def _filled(folder: Path, words: Mapping[str, str]) -> Iterator[Artifact]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for key, value in words.items():
                text = text.replace(key, value)
            yield Artifact(path.relative_to(folder).as_posix(), text.encode())


def _copied(top: Path, folder: str, pattern: str) -> Iterator[Artifact]:
    for path in sorted((top / folder).rglob(pattern)):
        yield Artifact(path.relative_to(top).as_posix(), path.read_bytes())


def _about(wishes: Wishes, shipped: Path) -> Iterator[Artifact]:
    """Yield the page that says what the registry is, in its languages, without what is said of our name."""
    pages = [_ABOUT, *(_ABOUT.replace("pages/", f"pages/{language}/") for language in wishes.languages)]
    for path in pages:
        if (shipped / path).is_file():
            parts = (shipped / path).read_text(encoding="utf-8").split("\n\n")
            kept = (part for part in parts if not part.startswith("*Karakana*"))
            yield Artifact(path, "\n\n".join(kept).encode())
