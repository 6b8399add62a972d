"""Figures in; a table for the terminal and for Markdown, and JSON, out."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .peers import program

Figure = float | str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was measured, and its figures by the heading of their column."""

    name: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one question, with a sentence on how they came about."""

    title: str
    about: str
    rows: tuple[Row, ...]


def markdown(tables: Sequence[Table], machine: Mapping[str, str]) -> str:
    """Return the tables as Markdown, after one of what they were measured on."""
    parts = ["\n".join(["| measured on | |", "|---|---|", *(f"| {key} | {text} |" for key, text in machine.items())])]
    for table in tables:
        columns = list(dict.fromkeys(column for row in table.rows for column in row.figures))
        lines = [f"| | {' | '.join(columns)} |", "|---|" + "--:|" * len(columns)]
        lines += [
            f"| {row.name} | {' | '.join(_shown(row.figures.get(key, '')) for key in columns)} |" for row in table.rows
        ]
        parts.append(f"### {table.title}\n\n{table.about}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def as_json(tables: Sequence[Table], machine: Mapping[str, str]) -> str:
    """Return the tables as JSON."""
    found = [
        {"title": table.title, "about": table.about, "rows": [{"name": row.name, **row.figures} for row in table.rows]}
        for table in tables
    ]
    return json.dumps({"machine": dict(machine), "tables": found}, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> tuple[list[Table], dict[str, str]]:
    """Return what `as_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    tables = [
        Table(one["title"], one["about"], tuple(Row(row.pop("name"), row) for row in one["rows"]))
        for one in data["tables"]
    ]
    return tables, data["machine"]


def machine(folder: Path) -> dict[str, str]:
    """Return what the figures were measured on: processor, memory, the file system of a folder, versions."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    versions = [f"{name} {_version(name)}" for name in ("karakana", "check-jsonschema", "mkdocs-material", "mkdocs")]
    return {
        "cores": f"{os.cpu_count()} ({platform.machine()})",
        "memory": f"{pages * size / 2**30:.0f} GiB",
        "file system": _said("stat", "-f", "-c", "%T", str(folder)),
        "system": f"{platform.system()} {platform.release()}",
        "versions": ", ".join([f"Python {platform.python_version()}", _said("git", "--version"), *versions, _hugo()]),
    }


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _hugo() -> str:
    return " ".join(_said("hugo", "version").split()[:2]) if program("hugo") else "hugo not installed"


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _shown(figure: Figure) -> str:
    if isinstance(figure, str):
        return figure
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"
