"""Two registries and the files that differ in; an entry for each file, with what is said of it, out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from ..diagnostics import Diagnostic, Severity
from ..records import BY_NAME, KINDS, SINGLES, Hub, Machine, Model, Passport, Record
from ..registry import Registry, identify, path_of
from ..words import Text
from . import labels
from .facts import FORMAT, facts, introduced
from .values import Entry, Statement

Ref = tuple[str, str]  # the kind and id of a record
_RANK = {kind.record_kind: rank for rank, kind in enumerate((*KINDS, *SINGLES))}
_NAMES = ("name", "labels", "title")
_HIDDEN = Statement("hidden", "", "what a passport says is not repeated here")


@dataclasses.dataclass(frozen=True, slots=True)
class Sides:
    """A registry before and after, and the paths of files that differ; `unplain` are links and submodules after."""

    before: Registry
    after: Registry
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unplain: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that differs."""
        return (*self.changed, *self.removed)


def entries(sides: Sides) -> tuple[Entry, ...]:
    """Return an entry for each file, and for each hub whose machines came or went; see `Differences` for the order."""
    renames = _renames(sides)
    gone = set(renames.values())
    found = [_entry(sides, path, renames) for path in sides.paths if _ref(path) not in gone]
    return tuple(sorted(_with_machines(sides, found), key=_place))


def _place(entry: Entry) -> tuple[Any, ...]:
    if entry.kind == Machine.record_kind:
        return 0, entry.id.rpartition("/")[0], 1, entry.id, entry.path
    rank = _RANK.get(entry.kind, len(_RANK))
    return rank, entry.id, 0, entry.id, entry.path


def _ref(path: str) -> Ref | None:
    found = identify(path)
    return (found[0].record_kind, found[1]) if found else None


def data_of(registry: Registry, ref: Ref) -> dict[str, Any] | None:
    """Return a record's data, or None when there is none that can be read."""
    record = registry.get(BY_NAME[ref[0]], ref[1])
    return registry.data(record) if record is not None else None


def _renames(sides: Sides) -> dict[Ref, Ref]:
    """Return the old name of what is new under another, because it says so or stands at a hub that moved."""
    refs = [ref for path in sides.paths if (ref := _ref(path))]
    gone = {ref for ref in refs if data_of(sides.after, ref) is None and data_of(sides.before, ref) is not None}
    new = [ref for ref in refs if data_of(sides.before, ref) is None and data_of(sides.after, ref) is not None]
    found: dict[Ref, Ref] = {}
    for ref in sorted(new, key=lambda ref: (_RANK[ref[0]], ref)):
        ids = list((data_of(sides.after, ref) or {}).get("formerly", ()))
        hub, _, name = ref[1].rpartition("/")
        if ref[0] == Machine.record_kind and (moved := found.get((Hub.record_kind, hub))):
            ids.append(f"{moved[1]}/{name}")
        old = next(((ref[0], id) for id in ids if (ref[0], id) in gone), None)
        if old is not None:
            found[ref] = old
            gone.discard(old)
    return found


def _entry(sides: Sides, path: str, renames: Mapping[Ref, Ref]) -> Entry:
    ref = _ref(path)
    if ref is None:
        return _stray(sides, path)
    was, now = data_of(sides.before, renames.get(ref, ref)), data_of(sides.after, ref)
    name = _name(sides.after if now is not None else sides.before, ref)
    entry = Entry("changed", *ref, name, labels.path(path), formerly=renames[ref][1] if ref in renames else "")
    is_broken = now is None and path not in sides.removed
    if ref[0] == Passport.record_kind:
        how = "broken" if is_broken else "removed" if now is None else "added" if was is None else "changed"
        return Entry(how, ref[0], "", "a passport", "", (_HIDDEN,))
    if is_broken:
        return dataclasses.replace(entry, how="broken", statements=(_broken(sides, path),))
    return _compared(sides, entry, was, now)


def _compared(sides: Sides, entry: Entry, was: dict[str, Any] | None, now: dict[str, Any] | None) -> Entry:
    """Return the entry of a record that can be read on one side at least, or was removed."""
    kind = BY_NAME[entry.kind]
    if was is None or now is None:
        if was is None and (kind.record_kind, entry.id) in sides.before.broken:
            how, said = "removed" if now is None else "mended", "it could not be read before"
            return dataclasses.replace(entry, how=how, statements=(Statement("unreadable", "", said),))
        how = "removed" if now is None else "added"
        told = (*_claims(sides, entry, now or {}), *introduced(kind, was or now or {}))
        return dataclasses.replace(entry, how=how, statements=told)
    skip = frozenset({"formerly"}) if entry.formerly else frozenset()
    differing = facts(kind, was, now, skip)
    how = "renamed" if entry.formerly else "changed" if differing else "format"
    return dataclasses.replace(entry, how=how, statements=differing if differing or entry.formerly else (FORMAT,))


def _claims(sides: Sides, entry: Entry, data: Mapping[str, Any]) -> Iterator[Statement]:
    """Yield what a new record says of other ids, and what it does not say though it looks so."""
    kind = BY_NAME[entry.kind]
    old = _ref(sides.renamed.get(path_of(entry.kind, entry.id), ""))
    known = (data_of(sides.before, old) or {}).get("formerly", ()) if old else ()
    for id in (id for id in data.get("formerly", ()) if id not in known):
        held = "which is still there" if sides.after.knows(kind, id) else "which this change does not remove"
        yield Statement("claims", "formerly", f"says that it was {id} before, {held}", (), (id,))
    if old and old[0] == entry.kind and old[1] not in data.get("formerly", ()) and "formerly" in _keys(kind):
        text = f"looks like {old[1]} under another id: links to that one break unless it is added to formerly"
        yield Statement("renamed-silently", "formerly", text, (old[1],), (entry.id,))


def _keys(kind: type[Record]) -> frozenset[str]:
    return frozenset(item.name for item in dataclasses.fields(kind))


def _stray(sides: Sides, path: str) -> Entry:
    """Return the entry of a file that is no record."""
    is_broken = path in sides.unplain
    how = "broken" if is_broken else "removed" if path in sides.removed else "changed"
    said = _broken(sides, path) if is_broken else Statement("stray", "", "a file that is no record")
    return Entry(how, "", "", labels.path(path), labels.path(path), (said,))


def _broken(sides: Sides, path: str) -> Statement:
    if path in sides.unplain:
        return Statement("unreadable", "", "is no plain file: a symbolic link or a submodule")
    first = _first(sides.after, path)
    line = f" (line {first.location.line})" if first and first.location.line else ""
    return Statement("unreadable", "", f"cannot be read: {first.message if first else 'it is no record'}{line}")


def _first(registry: Registry, path: str) -> Diagnostic | None:
    where = registry.shown(labels.path(path))
    found = (one for one in registry.diagnostics if one.location.path == where and one.severity is Severity.ERROR)
    return min(found, key=lambda one: one.sort_key, default=None)


def _name(registry: Registry, ref: Ref) -> str:
    record = registry.get(BY_NAME[ref[0]], ref[1])
    if isinstance(record, Machine):
        return registry.complete(record).name
    if isinstance(record, Model):
        return record.full_name
    given = next((value for key in _NAMES if (value := getattr(record, key, ""))), "")
    return given.into(registry.language) if isinstance(given, Text) else str(given)


def _with_machines(sides: Sides, found: list[Entry]) -> Iterator[Entry]:
    """Yield the entries; those of hubs say which machines came and went, and stand for these where they can."""
    hubs = {entry.id: entry for entry in found if entry.kind == Hub.record_kind}
    machines: dict[str, list[Entry]] = {}
    for entry in found:
        if entry.kind == Machine.record_kind and entry.how in ("added", "removed", "renamed"):
            machines.setdefault(entry.id.rpartition("/")[0], []).append(entry)
    for hub in sorted(machines):
        hubs[hub] = _with(hubs.get(hub) or _unchanged(sides, hub), machines[hub])
    told = {entry.path: hubs[hub].path for hub, owned in machines.items() for entry in owned}
    yield from hubs.values()
    for entry in found:
        if entry.kind != Hub.record_kind:
            quiet = entry.path in told and all(one.kind in ("is", "order") for one in entry.statements)
            yield dataclasses.replace(entry, told_in=told[entry.path]) if quiet else entry


def _unchanged(sides: Sides, hub: str) -> Entry:
    """Return the entry of a hub whose own file does not differ, perhaps because there is none."""
    ref = (Hub.record_kind, hub)
    return Entry("changed", *ref, _name(sides.after, ref), path_of(*ref))


def _with(hub: Entry, machines: list[Entry]) -> Entry:
    said = list(hub.statements)
    for how in ("added", "removed", "renamed"):
        names = tuple(_machine(one) for one in sorted(machines, key=lambda one: one.id) if one.how == how)
        if names:
            word = "moved along" if how == "renamed" and hub.how == "renamed" else how
            text = f"{labels.counted('machines', len(names))} {word}: {labels.shown(names)}"
            sides = ((), names) if how == "added" else (names, ()) if how == "removed" else (names, names)
            said.append(Statement(f"machines-{how}", "machines", text, *sides))
    return dataclasses.replace(hub, statements=tuple(said))


def _machine(entry: Entry) -> str:
    model = next((one.after[0] for one in entry.statements if one.field == "model"), "")
    name = entry.id.rpartition("/")[2]
    return f"{name} ({model})" if model else name
