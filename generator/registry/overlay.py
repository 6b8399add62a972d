"""A registry and other contents for some of its files in; the registry that it would be out, at the cost of these."""

from __future__ import annotations

import functools
import operator
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping

from .. import words
from ..diagnostics import Finding, Place
from ..documents import LIMIT_BYTES
from ..records import Hub, Machine, Record
from .files import BAD_ID, IS_DEVICE, MISPLACED_FILE, Entry, Problem
from .load import Broken, validated
from .registry import Registry, Scope
from .scope import identify

Contents = Mapping[str, bytes | None]
_PLACES = "see `karakana explain misplaced-file` for where records go"


class _Overlay(Registry):
    """A registry some of whose files are not what lies on disk."""

    def __init__(self, registry: Registry, contents: Contents) -> None:
        super().__init__(
            root=registry.root, as_of=registry.as_of, tables=registry._tables, broken=registry.broken,
            diagnostics=registry.diagnostics, prefix=registry.prefix, elsewhere=registry.elsewhere,
            scope=registry.scope,
        )  # fmt: skip
        self.contents = contents

    def read(self, path: str) -> bytes:
        return (self.contents[path] or b"") if path in self.contents else super().read(path)

    def within(self, scope: Scope) -> Registry:
        return _Overlay(super().within(scope), self.contents)


def replaced(registry: Registry, contents: Contents) -> Registry:
    """Return the same registry with the contents of some files replaced, by path; None takes a file away.

    They are validated as `load` does. What is wrong with files that are not replaced stays as it was.
    """
    entries, problems = _entries(contents)
    broken = Broken(registry.prefix, problems, registry.elsewhere)
    named = {(kind.record_kind, id) for kind, id in filter(None, map(identify, contents))}
    fresh: dict[str, dict[str, bytes]] = {kind: {} for kind, _ in named}
    for entry in entries:
        source = (contents[entry.path] or b"")[: LIMIT_BYTES + 1]
        if data := validated(entry.kind.record_kind, source) or broken.examine(entry, source):
            fresh[entry.kind.record_kind][entry.id] = data
    tables = registry._tables | {
        kind: _merged(registry._tables.get(kind, {}), rows, {id for name, id in named if name == kind})
        for kind, rows in fresh.items()
    }
    shown = {registry.shown(_shown(path)) for path in contents}
    kept = tuple(one for one in registry.diagnostics if one.location.path not in shown)
    base = Registry(
        root=registry.root, as_of=registry.as_of, tables=dict(sorted(tables.items())), prefix=registry.prefix,
        broken=(registry.broken - named) | set(broken.ids), diagnostics=(*kept, *broken.diagnostics),
        elsewhere=registry.elsewhere, scope=registry.scope,
    )  # fmt: skip
    return _Overlay(base, {**getattr(registry, "contents", {}), **contents})


def part(registry: Registry, hubs: Collection[str]) -> Registry:
    """Return a registry of some hubs and their machines only, and of everything that is neither."""
    table, rows = registry._tables.get(Hub.record_kind, {}), Rows(registry, Machine)
    tables = registry._tables | {
        Hub.record_kind: {id: table[id] for id in sorted(hubs) if id in table},
        Machine.record_kind: dict(sorted(row for hub in hubs for row in rows.below(hub))),
    }
    return Registry(
        root=registry.root, as_of=registry.as_of, tables=tables, broken=registry.broken,
        diagnostics=registry.diagnostics, prefix=registry.prefix, elsewhere=registry.elsewhere,
    )  # fmt: skip


class Rows:
    """The records of a kind as they are kept: ids, and data as JSON."""

    def __init__(self, registry: Registry, kind: type[Record]) -> None:
        self._table = registry._tables.get(kind.record_kind, {})

    @functools.cached_property
    def _ids(self) -> list[str]:
        return list(self._table)  # sorted

    def of(self, id: str) -> bytes:
        """Return a record's data; nothing when it is not there."""
        return self._table.get(id, b"")

    def below(self, folder: str) -> list[tuple[str, bytes]]:
        """Return id and data of every record whose id begins with a folder's name and a slash."""
        found = slice(bisect_left(self._ids, f"{folder}/"), bisect_left(self._ids, f"{folder}0"))  # 0 follows the slash
        return [(id, self._table[id]) for id in self._ids[found]]


def _merged(table: Mapping[str, bytes], rows: Mapping[str, bytes], named: Collection[str]) -> dict[str, bytes]:
    """Return a table with `rows` in the place of what is `named`, in the order of ids."""
    found = {**table, **rows}
    for id in set(named) - rows.keys():
        found.pop(id, None)
    return found if rows.keys() <= table.keys() else dict(sorted(found.items(), key=operator.itemgetter(0)))


def _entries(contents: Contents) -> tuple[list[Entry], list[Problem]]:
    """Return what `scan` would find at these paths: records, and what stands where none belongs."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path in sorted(path for path, source in contents.items() if source is not None):
        found = identify(path)
        if found is not None and not (wrong := tuple(_wrong_names(*found))):
            entries.append(Entry(*found, path))
        elif found is not None:
            problems.extend(wrong)
        elif not _is_ignored(path):
            shown = _shown(path)
            problems.append((MISPLACED_FILE, Finding(Place(shown), f"`{shown}` is no record's place", _PLACES)))
    return entries, problems


def _wrong_names(kind: type[Record], id: str) -> Iterator[Problem]:
    wrong = [part for part in id.split("/") if not words.is_name(part)]
    if not wrong:
        return
    shown = _shown(f"{kind.folder}/{id}.yaml")
    better = "/".join(map(words.slug, id.split("/")))
    hint = f"rename it to `{better}`" if better.strip("/") else "use a-z, 0-9 and hyphens"
    if any(map(words.is_device, wrong)):
        hint = IS_DEVICE
    yield BAD_ID, Finding(Place(shown), f"`{shown}` has a name that is no id", hint)


def _is_ignored(path: str) -> bool:
    """Tell whether a file may lie there without being a record: texts at the top, and hidden files."""
    folder, _, name = path.rpartition("/")
    return name.startswith(".") or (not folder and name.endswith((".md", ".txt"))) or path.startswith(".")


def _shown(path: str) -> str:
    """Return a path as text that can be printed, whatever bytes it is made of."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
