"""Sheets or files in; the same work as jobs for other tools out: check-jsonschema, MkDocs with Material, Hugo.

MkDocs is measured as it comes and as light as it can be; Hugo lists countries and processes as we do.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .real import TOP
from .sheets import Sheet
from .timing import Job

_HUGO = Path(__file__).parent / "hugo"  # its templates


@dataclass(frozen=True, slots=True)
class Site:
    """The job that builds a site, and the folder into which it does."""

    job: Job
    output: Path

    def pages(self) -> tuple[int, float]:
        """Return how many pages the last build wrote, and their mean size in KiB."""
        sizes = [path.stat().st_size for path in self.output.rglob("*.html")]
        return len(sizes), sum(sizes) / max(1, len(sizes)) / 1024


# Pages outside the navigation, which Material repeats on each of them.
OUTSIDE: Mapping[str, object] = {"nav": [{"Home": "index.md"}], "not_in_nav": "/hubs/\n"}


def program(name: str) -> str:
    """Return the path of a program beside this Python or on the search path; "" when it is not there."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name) or ""


def check_jsonschema(kind: str, files: Sequence[Path], folder: Path) -> Job:
    """Return the job that validates files of one kind; raise `FileNotFoundError` without check-jsonschema."""
    schema = str(TOP / "schemas" / f"{kind}.json")
    return Job([_found("check-jsonschema"), "--schemafile", schema, *map(str, files)], folder)


def mkdocs(sheets: Iterable[Sheet], folder: Path, settings: Mapping[str, object]) -> Site:
    """Write a site of Markdown pages with more settings than a name and a theme, and return what builds it."""
    theme = {"name": "material", "font": False}
    whole = {"site_name": "Made", "theme": theme, "markdown_extensions": ["tables"], **settings}
    _write(folder / "mkdocs.yml", json.dumps(whole))  # YAML reads JSON
    _write(folder / "docs" / "index.md", "# Made\n")
    for sheet in sheets:
        _write(folder / "docs" / f"{sheet.path}.md", _markdown(sheet))
    output = folder / "site"
    command = [_found("mkdocs"), "build", "--quiet", "--site-dir", str(output)]
    # Material prints a banner about its successor, which is not what is measured.
    job = Job(command, folder, lambda: _remove(output), environment={"DISABLE_MKDOCS_2_WARNING": "true"})
    return Site(job, output)


def hugo(pages: Iterable[tuple[str, Mapping[str, object]]], folder: Path, frame: tuple[str, str]) -> Site:
    """Write a site of pages as JSON front matter, between the two halves of a frame, and return what builds it."""
    before, after = frame
    # A partial is not parsed for each page: Hugo prints the halves as they are, as we do.
    for name, half in (("before", before), ("after", after)):
        _write(folder / "layouts" / "partials" / f"{name}.html", half.replace("{{", "{ {"))
    settings = {
        "baseURL": "https://example.org/",
        "title": "Made",
        "taxonomies": {"country": "countries", "process": "processes"},
        "disableKinds": ["RSS", "sitemap", "section"],
    }
    _write(folder / "config.json", json.dumps(settings))
    shutil.copytree(_HUGO, folder / "layouts" / "_default")
    for path, data in pages:
        _write(folder / "content" / f"{path}.md", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    output = folder / "public"
    return Site(Job([_found("hugo"), "--quiet", "--destination", str(output)], folder, lambda: _remove(output)), output)


def _found(name: str) -> str:
    path = program(name)
    if not path:
        raise FileNotFoundError(f"{name} is not installed")
    return path


def _markdown(sheet: Sheet) -> str:
    facts = "\n".join(f"| {label} | {text} |" for label, text in sheet.facts)
    machines = "\n".join(f"- **{name}** {does}" for name, does in sheet.machines)
    sources = "\n".join(f"- [{name}]({url})" for name, url in sheet.sources)
    return (
        f"# {sheet.title}\n\n{sheet.lead}\n\n| | |\n|---|---|\n{facts}\n\n"
        f"## Machines\n\n{machines}\n\n## Sources\n\n{sources}\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
