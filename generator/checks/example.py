"""A rule's id in; its good and bad examples out: shown by `explain`, printed on help pages, run by tests.

`examples/<rule>/good` and `examples/<rule>/bad` are small registries laid over `examples/base`, so that an
example shows only what it is about. The guilty line ends in `# <- rule`. What cannot carry a comment is
listed in `bad/expected.txt` as `path:line:rule` (line 0 for the whole file); files of the base that an example
lacks are listed in `without.txt`. `examples/<rule>/before`, where
it is there, is what the records were at the base of a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "examples"
BASE = FOLDER / "base"
EXPECTED = "expected.txt"
WITHOUT = "without.txt"
_MARK = re.compile(r"\s*# <- ([a-z0-9, -]+)$")


@dataclass(frozen=True, slots=True)
class Example:
    """A small registry in a folder, and what the checks must say about it: (path, line, rule)."""

    folder: Path
    expected: frozenset[tuple[str, int, str]]

    @property
    def files(self) -> tuple[Path, ...]:
        """Its files, sorted, without the lists that are about it."""
        found = (path for path in self.folder.rglob("*") if path.is_symlink() or path.is_file())
        return tuple(sorted(path for path in found if path.name not in (EXPECTED, WITHOUT)))

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Return (path, text) of each file that is text, to be read by people."""
        pairs = []
        for path in self.files:
            try:
                pairs.append((path.relative_to(self.folder).as_posix(), path.read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError):
                continue
        return tuple(pairs)


def good(rule: str) -> Example:
    """Return the example that breaks no rule."""
    return Example(FOLDER / rule / "good", frozenset())


def bad(rule: str) -> Example:
    """Return the example that breaks the rule, and where."""
    folder = FOLDER / rule / "bad"
    expected = set(_listed(folder / EXPECTED))
    for path, text in Example(folder, frozenset()).shown():
        for number, line in enumerate(text.split("\n"), start=1):
            if mark := _MARK.search(line):
                expected |= {(path, number, name.strip()) for name in mark[1].split(",")}
    return Example(folder, frozenset(expected))


def before(rule: str) -> Path | None:
    """Return the folder with the records as they were before, when the rule is about changes."""
    folder = FOLDER / rule / "before"
    return folder if folder.is_dir() else None


def _listed(path: Path) -> list[tuple[str, int, str]]:
    if not path.is_file():
        return []
    rows = [line.rsplit(":", 2) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [(name, int(number), rule) for name, number, rule in rows]
