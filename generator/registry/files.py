"""The registry's folder in; an entry for each record's file and a finding for each file that is none out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import words
from ..diagnostics import Finding, Place, Rule, Severity, rule
from ..records import BY_FOLDER, SINGLES, Record

MISPLACED_FILE = rule(
    "misplaced-file",
    Severity.ERROR,
    """A file stands where no record belongs.

The folder is the kind and the path below it is the id: `hubs/<country>/<hub>.yaml`,
`machines/<country>/<hub>/<machine>.yaml`, `models/<brand>/<model>.yaml`, `processes/<id>.yaml` and so on.
Files end in `.yaml`.""",
)
BAD_ID = rule(
    "bad-id",
    Severity.ERROR,
    """A file or folder name is not an id.

Ids are made of lower-case letters a-z, digits and single hyphens. Letters of other scripts may look the
same and are not. `karakana new` makes a good name.""",
)
NOT_A_PLAIN_FILE = rule(
    "not-a-plain-file",
    Severity.ERROR,
    """A record is not a plain file that can be read.

Symbolic links, folders named like a record and files without read permission are not records.""",
)
IDS_DIFFER_IN_CASE = rule(
    "ids-differ-in-case",
    Severity.ERROR,
    """Two names differ only in upper and lower case.

On many computers they are the same file, and one would overwrite the other. Keep the lower-case one.""",
)

RULES: tuple[Rule, ...] = (MISPLACED_FILE, BAD_ID, NOT_A_PLAIN_FILE, IDS_DIFFER_IN_CASE)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SINGLES = {f"{single.record_kind}.yaml": single for single in SINGLES}
_DOCUMENTS = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record's file: its kind, its id, and its path relative to the registry's folder."""

    kind: type[Record]
    id: str
    path: str


Problem = tuple[Rule, Finding]


def scan(root: Path) -> tuple[list[Entry], list[Problem]]:
    """Return an entry for each record's file below `root`, sorted by path, and every misplaced thing."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for item in _sorted(root):
        kind = BY_FOLDER.get(item.name)
        if item.name in _SINGLES and item.is_file(follow_symlinks=False):
            entries.append(Entry(_SINGLES[item.name], _SINGLES[item.name].record_kind, item.name))
        elif kind is not None and item.is_dir(follow_symlinks=False):
            _scan_kind(kind, item.path, entries, problems)
        elif not (item.name.endswith(_DOCUMENTS) or item.name.startswith(".")):
            problems.append(_misplaced(item.name, f"`{item.name}` is no kind of record"))
    return sorted(entries, key=lambda entry: entry.path), problems


def _scan_kind(kind: type[Record], folder: str, entries: list[Entry], problems: list[Problem]) -> None:
    pending = [(folder, "", 1)]
    while pending:
        path, prefix, depth = pending.pop()
        seen: dict[str, str] = {}
        for item in _sorted(Path(path)):
            name = item.name
            shown = f"{kind.folder}/{prefix}{name}"
            twin = seen.setdefault(name.lower(), shown)
            if twin != shown:
                hint = "keep the lower-case name"
                message = f"`{shown}` and `{twin}` differ only in case"
                problems.append((IDS_DIFFER_IN_CASE, Finding(Place(shown), message, hint)))
            if item.is_symlink():
                problems.append(
                    (NOT_A_PLAIN_FILE, Finding(Place(shown), "a symbolic link", "put the file itself here"))
                )
            elif item.is_dir(follow_symlinks=False):
                problems.extend(_folder_problems(kind, shown, name, depth))
                if depth < kind.depth and not name.endswith(".yaml"):
                    pending.append((item.path, f"{prefix}{name}/", depth + 1))
            elif name.endswith(".yaml") and depth == kind.depth:
                id = f"{prefix}{name[:-5]}"
                bad = _id_problem(shown, name[:-5]) if _SLUG.match(name[:-5]) is None else None
                if bad is not None:
                    problems.append(bad)
                elif all(_SLUG.match(part) for part in prefix.split("/")[:-1]):
                    entries.append(Entry(kind, id, shown))
            elif not name.startswith("."):
                problems.append(_misplaced(shown, _why_misplaced(kind, name, depth)))


def _sorted(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as items:
        yield from sorted(items, key=lambda item: item.name)


def _folder_problems(kind: type[Record], shown: str, name: str, depth: int) -> Iterator[Problem]:
    if name.endswith(".yaml"):
        yield NOT_A_PLAIN_FILE, Finding(Place(shown), "a folder named like a record", "rename the folder")
    elif depth >= kind.depth:
        yield _misplaced(shown, f"folder `{shown}` is one level too deep for a {kind.record_kind}")
    elif _SLUG.match(name) is None:
        yield _id_problem(shown, name)


def _id_problem(shown: str, name: str) -> Problem:
    strange = [char for char in name if not char.isascii()]
    detail = f": `{strange[0]}` is U+{ord(strange[0]):04X}" if strange else ""
    better = words.slug(name)
    hint = f"rename it to `{better}`" if better else "use a-z, 0-9 and hyphens"
    return BAD_ID, Finding(Place(shown), f"`{name}` is not an id{detail}", hint)


def _why_misplaced(kind: type[Record], name: str, depth: int) -> str:
    if not name.endswith(".yaml"):
        return f"`{name}` does not end in .yaml"
    levels = kind.depth - depth
    return f"`{name}` lies {levels} level{'s' if levels > 1 else ''} too high for a {kind.record_kind}"


def _misplaced(shown: str, message: str) -> Problem:
    return MISPLACED_FILE, Finding(Place(shown), message, "see `karakana explain misplaced-file` for where records go")
