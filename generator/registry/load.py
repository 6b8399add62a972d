"""The registry's folder in; a `Registry` out, with a diagnostic for each file that is no valid record.

Bulk path: files are parsed and validated without positions, in several processes where it pays, or come
from the cache. Only a file that fails is read again exactly, to say what is wrong and where.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from .. import documents, schemas
from ..diagnostics import Diagnostic, Finding, Location, Place, Rule, Severity, diagnose
from . import files
from .cache import Cache, blob_id
from .elsewhere import INSIDE_ONLY, Elsewhere
from .files import NOT_A_PLAIN_FILE, Entry, Listing
from .registry import Registry, Tables
from .scope import identify

RULES: tuple[Rule, ...] = (*files.RULES, *documents.RULES, *schemas.RULES)

Progress = Callable[[int, int], None]
Job = tuple[str, str]  # kind and file
_BATCH = 256
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: `dumps` makes one a call
_PAYS_FROM = 2000  # files to parse; below this a second process costs more than it saves


def quiet(done: int, total: int) -> None:
    """Show no progress."""


def load(
    root: Path,
    *,
    as_of: date,
    listing: Listing | None = None,
    blobs: Mapping[str, str] | None = None,
    cache: Cache | None = None,
    prefix: str = "",
    elsewhere: Elsewhere = INSIDE_ONLY,
    processes: int = 1,
    progress: Progress = quiet,
) -> Registry:
    """Return all records below `root`.

    `listing` is what `scan` found there, when it was asked before. `blobs` gives the Git blob id of files
    whose content is known to be that blob, by path relative to `root`. `prefix` is put before paths in
    diagnostics. `elsewhere` says where passports are kept. Raises `OSError` when `root` cannot be listed.
    """
    entries, problems = listing or files.scan(root, elsewhere)
    broken = Broken(prefix, problems, elsewhere)
    tables: Tables = {}
    pending: list[tuple[Entry, str]] = []
    known = blobs or {}
    for entry in entries:
        name = entry.kind.record_kind
        blob = "" if cache is None else known.get(entry.path) or _blob(elsewhere.file(root, entry.path))
        data = cache.get(name, blob) if cache is not None else None
        if data is None:
            pending.append((entry, blob))
        # A file that is not read yet keeps its place in the order of ids.
        tables.setdefault(name, {})[entry.id] = data or b""
    jobs = [(entry.kind.record_kind, str(elsewhere.file(root, entry.path))) for entry, _ in pending]
    for (entry, blob), (_, file), data in zip(pending, jobs, _read(jobs, processes, progress), strict=True):
        table = tables[entry.kind.record_kind]
        table[entry.id] = data or broken.examine(entry, _source(Path(file)))
        if not table[entry.id]:
            del table[entry.id]
        if data and cache is not None and blob:
            cache.add(entry.kind.record_kind, blob, data)
    if cache is not None:
        cache.save()
    return Registry(
        root=root,
        as_of=as_of,
        tables=dict(sorted(tables.items())),
        broken=frozenset(broken.ids),
        diagnostics=tuple(broken.diagnostics),
        prefix=prefix,
        elsewhere=elsewhere,
    )


def _blob(file: Path) -> str:
    """Return the blob id of a file's content, "" when it cannot be read."""
    try:
        return blob_id(file.read_bytes())
    except OSError:
        return ""


def _read(jobs: Sequence[Job], processes: int, progress: Progress) -> Iterator[bytes]:
    """Yield the validated data of each file as JSON, in order; b"" for one that needs a closer look."""
    batches = [jobs[at : at + _BATCH] for at in range(0, len(jobs), _BATCH)]
    if processes > 1 and len(jobs) >= _PAYS_FROM:
        with ProcessPoolExecutor(processes) as pool:
            yield from _counted(pool.map(_read_batch, batches), len(jobs), progress)
    else:
        yield from _counted(map(_read_batch, batches), len(jobs), progress)


def _counted(batches: Iterator[list[bytes]], total: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    for batch in batches:
        yield from batch
        done += len(batch)
        progress(done, total)


def _read_batch(jobs: Sequence[Job]) -> list[bytes]:
    return [_read_one(kind, path) for kind, path in jobs]


def _read_one(kind: str, path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return validated(kind, file.read(documents.LIMIT_BYTES + 1))
    except OSError:
        return b""


def validated(kind: str, source: bytes) -> bytes:
    """Return the data of a record's file as JSON; b"" for one that needs a closer look."""
    try:
        data = documents.parse(source)
    except documents.UncleanError:
        return b""
    return _as_json(data) if schemas.validator(kind)(data) else b""


def _as_json(data: Any) -> bytes:
    return _encode(data).encode()


def _whole_file(prefix: str, elsewhere: Elsewhere) -> Callable[[Place], Location]:
    return lambda place: Location(elsewhere.told(prefix, place.path))


class Broken:
    """Collects what is wrong with files, and the ids of those that cannot be used."""

    def __init__(self, prefix: str, problems: Sequence[files.Problem], elsewhere: Elsewhere = INSIDE_ONLY) -> None:
        self.prefix = prefix
        self.elsewhere = elsewhere
        self.diagnostics: list[Diagnostic] = []
        self.ids: list[tuple[str, str]] = []
        for rule, found in problems:
            self.refuse(rule, found)

    def refuse(self, rule: Rule, found: Finding) -> None:
        """Say what is wrong with a file as a whole."""
        self.diagnostics.append(diagnose(found, rule, rule.severity, _whole_file(self.prefix, self.elsewhere)))
        named = identify(found.at.path) if rule is NOT_A_PLAIN_FILE else None
        if named is not None:
            self.ids.append((named[0].record_kind, named[1]))

    def examine(self, entry: Entry, source: bytes | OSError) -> bytes:
        """Say what is wrong with a file; return its data all the same when that is only warnings."""
        shown = self.elsewhere.told(self.prefix, entry.path)
        if isinstance(source, OSError):
            message = f"cannot be read: {source.strerror}"
            self.refuse(NOT_A_PLAIN_FILE, Finding(Place(entry.path), message, "put a plain, readable file here"))
            return b""
        exact = documents.examine(source)
        self.diagnostics += [
            Diagnostic(
                problem.rule.id, problem.rule.severity, Location(shown, problem.line, problem.column), problem.message
            )
            for problem in exact.problems
        ]
        faults = []
        if exact.data is not None:
            every = schemas.explain(entry.kind.record_kind, entry.path, exact.data)
            faults = [(rule, found) for rule, found in every if found.at.keys not in exact.unread]
        place = partial(_located, exact, shown)
        self.diagnostics += [diagnose(found, rule, rule.severity, place) for rule, found in faults]
        if exact.is_broken or any(rule.severity is Severity.ERROR for rule, _ in faults):
            self.ids.append((entry.kind.record_kind, entry.id))
            return b""
        return _as_json(exact.data)


def _source(path: Path) -> bytes | OSError:
    try:
        with open(path, "rb") as file:
            return file.read(documents.LIMIT_BYTES + 1)
    except OSError as error:
        return error


def _located(exact: documents.Examination, shown: str, place: Place) -> Location:
    return Location(shown, *exact.find(place.keys, on_key=place.on_key))
