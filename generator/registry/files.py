"""The registry's folder in; an entry for each record's file and a finding for each file that is none out."""

from __future__ import annotations

import operator
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import words
from ..diagnostics import Finding, Place, Rule, Severity, rule
from ..records import BY_FOLDER, SINGLES, Passport, Record
from .beside import STATUSES, private_keys, status_files
from .elsewhere import INSIDE, INSIDE_ONLY, Elsewhere

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

Ids are made of lower-case letters a-z, digits and single hyphens, at most 64 of them. Letters of other
scripts may look the same and are not. Names that Windows keeps for devices (`con`, `aux`, `com1` …) would make
the repository impossible to check out there. `karakana new` makes a good name.""",
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

_NAME, _ID = operator.attrgetter("name"), operator.attrgetter("id")
_RECORD = re.compile(rf"(?!.{{70}})(?!(?:{words.DEVICES})\.yaml\Z)[a-z0-9]+(?:-[a-z0-9]+)*\.yaml\Z")
_SLUG = re.compile(rf"(?!.{{65}})(?!(?:{words.DEVICES})\Z)[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SINGLES = {f"{single.record_kind}.yaml": single for single in SINGLES}
_DOCUMENTS = (".md", ".txt")
IS_DEVICE = "Windows keeps this name for a device: add a word to it"


class Entry(NamedTuple):
    """A record's file: its kind, its id, and its path relative to the registry's folder."""

    kind: type[Record]
    id: str
    path: str


Problem = tuple[Rule, Finding]


Listing = tuple[list[Entry], list[Problem]]


def scan(root: Path, elsewhere: Elsewhere = INSIDE_ONLY) -> Listing:
    """Return an entry for each record's file below `root`, sorted by kind and id, and every misplaced thing.

    Passports that are kept elsewhere are read there, and nowhere else.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for item in _sorted(str(root)):
        name = _shown(item.name)
        kind = BY_FOLDER.get(name)
        if name in _SINGLES and item.is_file(follow_symlinks=False):
            entries.append(Entry(_SINGLES[name], _SINGLES[name].record_kind, name))
        elif kind is Passport and elsewhere.folder:
            problems.append(_two_places(elsewhere))
        elif kind is not None and item.is_dir(follow_symlinks=False):
            entries += sorted(_scan_kind(kind, item.path, problems), key=_ID)
        elif kind is not None or name in _SINGLES:
            problems.append(_not_plain(item, name))
        elif name == STATUSES and item.is_dir(follow_symlinks=False):
            problems.extend(_status_problems(item.path))
        elif item.is_file(follow_symlinks=False) and (hidden := [*private_keys(item.path, name)]):
            problems.extend(hidden)
        elif not (name.endswith(_DOCUMENTS) or name.startswith(".")):
            problems.append(_misplaced(name, f"`{name}` is no kind of record"))
    if elsewhere.is_there:
        entries += sorted(_scan_elsewhere(elsewhere, problems), key=_ID)
    return entries, problems


def _status_problems(folder: str) -> Iterator[Problem]:
    for path, shown, is_placed in status_files(folder):
        if is_placed:
            yield from private_keys(path, shown)
        else:
            yield _misplaced(shown, f"`{shown}` is not the place of a status list")


def _two_places(elsewhere: Elsewhere) -> Problem:
    hint = f"move them to {elsewhere.shown}, or take `passports` out of registry.yaml"
    return MISPLACED_FILE, Finding(Place("registry.yaml", ("passports",)), "passports lie in `passports/` too", hint)


def _scan_elsewhere(elsewhere: Elsewhere, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the passports of a folder of their own; it may be a repository, with texts and settings beside them."""
    try:
        items = _sorted(elsewhere.folder)
    except OSError as error:
        found = Finding(Place(INSIDE), f"cannot be listed: {error.strerror}", "give read permission")
        problems.append((NOT_A_PLAIN_FILE, found))
        return
    names, others = _parted([one for one in items if not one.name.startswith(".")])
    for name in names:
        yield Entry(Passport, name[:-5], INSIDE + name)
    others = [one for one in others if not one.name.endswith(_DOCUMENTS)]
    if others:
        problems.extend(_twins(INSIDE, items))
    for item in others:
        _is_level(Passport, item, INSIDE, Passport.depth, problems)


def _scan_kind(kind: type[Record], folder: str, problems: list[Problem]) -> Iterator[Entry]:
    pending = [(folder, "", 1)]
    while pending:
        path, prefix, depth = pending.pop()
        shown = f"{kind.folder}/{prefix}"
        is_id = all(_SLUG.match(part) for part in prefix.split("/")[:-1])
        try:
            items = _sorted(path)
        except OSError as error:
            message = f"cannot be listed: {error.strerror}"
            problems.append((NOT_A_PLAIN_FILE, Finding(Place(shown.rstrip("/")), message, "give read permission")))
            continue
        names, others = _parted(items) if is_id and depth == kind.depth else ([], items)
        for name in names:  # nearly all files of a registry come by here
            yield Entry(kind, prefix + name[:-5], shown + name)
        if others:
            problems.extend(_twins(shown, items))
        folders = [item for item in others if _is_level(kind, item, shown, depth, problems)]
        pending += [(item.path, f"{prefix}{_shown(item.name)}/", depth + 1) for item in reversed(folders)]


def _parted(items: Sequence[os.DirEntry[str]]) -> tuple[list[str], list[os.DirEntry[str]]]:
    """Return the names of records' files, and everything else."""
    names: list[str] = []
    others: list[os.DirEntry[str]] = []
    for item in items:
        if _RECORD.match(item.name) and item.is_file(follow_symlinks=False):
            names.append(item.name)
        else:
            others.append(item)
    return names, others


def _is_level(kind: type[Record], item: os.DirEntry[str], shown: str, depth: int, problems: list[Problem]) -> bool:
    """Tell whether something that is no record is a folder in which records may lie; note what is wrong with it."""
    name = _shown(item.name)
    if item.is_symlink() or not (item.is_dir() or item.is_file()):
        problems.append(_not_plain(item, shown + name))
    elif item.is_dir():
        problems.extend(_folder_problems(kind, shown + name, name, depth))
        return depth < kind.depth and not name.endswith(".yaml")
    elif name.endswith(".yaml") and depth == kind.depth:
        if _SLUG.match(name[:-5]) is None:
            problems.append(_id_problem(shown + name, name[:-5]))
    elif hidden := [*private_keys(item.path, shown + name)]:
        problems.extend(hidden)
    elif not name.startswith("."):
        problems.append(_misplaced(shown + name, _why_misplaced(kind, name, depth)))
    return False


def _twins(folder: str, items: Sequence[os.DirEntry[str]]) -> Iterator[Problem]:
    names = [item.name for item in items]
    if len({name.lower() for name in names}) == len(names):
        return
    seen: dict[str, str] = {}
    for item in items:
        name = folder + _shown(item.name)
        twin = seen.setdefault(name.lower(), name)
        if twin != name:
            message = f"`{name}` and `{twin}` differ only in case"
            yield IDS_DIFFER_IN_CASE, Finding(Place(name), message, "keep the lower-case name")


def _shown(name: str) -> str:
    """Return a file's name as text that can be printed, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as items:
        return sorted(items, key=_NAME)


def _not_plain(item: os.DirEntry[str], shown: str) -> Problem:
    what = "a symbolic link" if item.is_symlink() else "a folder" if item.is_dir() else "not a plain file"
    return NOT_A_PLAIN_FILE, Finding(Place(shown), what, "put the file or folder itself here")


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
    if words.is_device(name):
        hint = IS_DEVICE
    return BAD_ID, Finding(Place(shown), f"`{name}` is not an id{detail}", hint)


def _why_misplaced(kind: type[Record], name: str, depth: int) -> str:
    if not name.endswith(".yaml"):
        return f"`{name}` does not end in .yaml"
    levels = kind.depth - depth
    return f"`{name}` lies {levels} level{'s' if levels > 1 else ''} too high for a {kind.record_kind}"


def _misplaced(shown: str, message: str) -> Problem:
    return MISPLACED_FILE, Finding(Place(shown), message, "see `karakana explain misplaced-file` for where records go")
