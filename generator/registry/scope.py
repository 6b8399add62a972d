"""Changed paths in; the scope of a check out: what changed, what refers to it, and what it was before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from .. import documents, schemas
from ..records import BY_FOLDER, SINGLES, Record, build
from .registry import Registry, Scope

_ID = re.compile(rb'"([a-z0-9/-]+)"')
# The kinds that records name, for the most numerous kind; those of other kinds are searched for every id.
NAMED = {"machine": frozenset({"model", "process", "material", "competence"})}
_FEW = 32  # a pattern tries its alternatives one by one; beyond this a look at every text is faster


def scope(registry: Registry, changed: Iterable[str], removed: Iterable[str], before: Mapping[str, bytes]) -> Scope:
    """Return the scope for files (paths relative to the registry's folder) that are new, changed or removed."""
    paths = frozenset(changed)
    changed_ids = frozenset(found for path in paths if (found := identify(path)))
    removed_ids = frozenset(found for path in removed if (found := identify(path)))
    named = {(kind.record_kind, id) for kind, id in changed_ids | removed_ids}
    old = dict(_records_before(before))
    return Scope(
        changed=frozenset((kind.record_kind, id) for kind, id in changed_ids),
        touched=frozenset(_referrers(registry, named)) - named,
        before=old,
        paths=paths,
        beside={path: source for path, source in before.items() if identify(path) is None},
    )


def identify(path: str) -> tuple[type[Record], str] | None:
    """Return kind and id of the record that a path stands for, or None when it is no record's."""
    for single in SINGLES:
        if path == f"{single.record_kind}.yaml":
            return single, single.record_kind
    folder, _, rest = path.partition("/")
    kind = BY_FOLDER.get(folder)
    if kind is None or not rest.endswith(".yaml") or rest.count("/") != kind.depth - 1:
        return None
    return kind, rest.removesuffix(".yaml")


def _records_before(before: Mapping[str, bytes]) -> Iterator[tuple[str, Record]]:
    for path, source in before.items():
        found = identify(path)
        if found is None:
            continue
        kind, id = found
        try:
            data = documents.parse(source)
        except documents.UncleanError:
            data = documents.examine(source).data
        if schemas.validator(kind.record_kind)(data):
            yield path, build(kind, id, data)


def _referrers(registry: Registry, named: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what mentions an id as a value, or lies in the folder of a hub. May name too many, never too few."""
    if not named:
        return
    hubs = {id for kind, id in named if kind == "hub"}
    for table, records in groupby(registry.raw(), key=itemgetter(0)):
        wanted = frozenset(id.encode() for kind, id in named if kind in NAMED.get(table, (kind,)))
        mentions = _mentions(wanted) if wanted else None
        for kind, id, data in records:
            if id.rpartition("/")[0] in hubs or (mentions is not None and mentions(data)):
                yield kind, id


def _mentions(ids: frozenset[bytes]) -> Callable[[bytes], object]:
    """Return what tells whether JSON holds one of the ids as a text: one pattern for few, a set for many."""
    if len(ids) <= _FEW:
        return re.compile(b"|".join(re.escape(b'"%s"' % id) for id in sorted(ids))).search
    return lambda data: not ids.isdisjoint(_ID.findall(data))
