"""All records of one registry, built when asked for, with the indexes that questions need."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, ItemsView, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from .. import documents
from ..diagnostics import Diagnostic, Location, Place
from ..records import BY_NAME, Exceptions, Hub, Machine, Material, Model, Process, R, Record, Settings, build
from .elsewhere import INSIDE_ONLY, Elsewhere
from .taxonomy import Taxonomy, taxonomy
from .vocabulary import TERMS, Vocabulary, vocabulary

Tables = dict[str, dict[str, bytes]]  # kind → id → validated data as JSON


@dataclass(frozen=True, slots=True)
class Scope:
    """The records in question when only a part is checked: ids per kind, and what they were before.

    `changed` holds what is new or different, `touched` what refers to it. `before` holds the records as
    they were at the base, by path; a record that was not there then is missing. `paths` are those of all
    new and changed files, also of those that are no records, and `beside` holds what these were, where they
    were changed or removed.
    """

    changed: frozenset[tuple[str, str]]
    touched: frozenset[tuple[str, str]] = frozenset()
    before: Mapping[str, Record] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    beside: Mapping[str, bytes] = field(default_factory=dict)


class Registry:
    """Every record of a registry as of one day.

    `each` yields the records in question, `all` every one, `get` one by its id. Records are built when
    first asked for, so that a question about ten records costs ten.
    """

    def __init__(
        self,
        *,
        root: Path,
        as_of: date,
        tables: Tables,
        broken: frozenset[tuple[str, str]] = frozenset(),
        diagnostics: tuple[Diagnostic, ...] = (),
        prefix: str = "",
        elsewhere: Elsewhere = INSIDE_ONLY,
        scope: Scope | None = None,
    ) -> None:
        self.root = root
        self.as_of = as_of
        self.broken = broken
        self.diagnostics = diagnostics
        self.prefix = prefix
        self.elsewhere = elsewhere
        self.scope = scope
        self._tables = tables
        self._built: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, list[Any]] = {}
        self._completed: dict[str, Machine] = {}

    def within(self, scope: Scope) -> Registry:
        """Return the same registry with only the records of `scope` in question."""
        return Registry(
            root=self.root, as_of=self.as_of, tables=self._tables, broken=self.broken,
            diagnostics=self.diagnostics, prefix=self.prefix, elsewhere=self.elsewhere, scope=scope,
        )  # fmt: skip

    def ids(self, kind: type[Record]) -> Collection[str]:
        """Return the ids of all valid records of a kind, sorted."""
        return self._tables.get(kind.record_kind, {}).keys()

    def get(self, kind: type[R], id: str) -> R | None:
        """Return a record, or None when there is none or its file is broken."""
        key = (kind.record_kind, id)
        known = self._built.get(key)
        if known is None:
            data = self._tables.get(kind.record_kind, {}).get(id)
            if data is None:
                return None
            known = self._built[key] = build(kind, id, json.loads(data))
        found: R = known
        return found

    def knows(self, kind: type[Record], id: str) -> bool:
        """Tell whether a record is there, broken or not."""
        return id in self._tables.get(kind.record_kind, {}) or (kind.record_kind, id) in self.broken

    def all(self, kind: type[R]) -> Iterator[R]:
        """Yield every record of a kind in the order of ids."""
        known = self._lists.get(kind.record_kind)
        if known is None:
            found = (self.get(kind, id) for id in self._tables.get(kind.record_kind, {}))
            known = self._lists[kind.record_kind] = [record for record in found if record is not None]
        return iter(known)

    def mentioning(self, kind: type[R], texts: Collection[str]) -> Iterator[R]:
        """Yield the records of a kind whose data holds one of some lower-case texts, in any case; maybe some others."""
        if self.scope is None or len(texts) > 32:
            yield from self.all(kind)
            return
        wanted = [text.encode() for text in texts]
        for id, data in self._tables.get(kind.record_kind, {}).items():
            plain = data.lower()
            if any(text in plain for text in wanted) and (record := self.get(kind, id)):
                yield record

    def each(self, kind: type[R]) -> Iterator[R]:
        """Yield the records of a kind that are in question: all, or those of the scope."""
        if self.scope is None:
            yield from self.all(kind)
            return
        wanted = self.scope.changed | self.scope.touched
        for id in sorted(id for name, id in wanted if name == kind.record_kind):
            record = self.get(kind, id)
            if record is not None:
                yield record

    def raw(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield kind, id and data as JSON of every valid record, without building any."""
        for kind, table in self._tables.items():
            for id, data in table.items():
                yield kind, id, data

    def rows(self, kind: type[Record]) -> ItemsView[str, bytes]:
        """Return id and data as JSON of every valid record of a kind, without building any."""
        return self._tables.get(kind.record_kind, {}).items()

    def raw_each(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the same of the records in question only."""
        if self.scope is None:
            yield from self.raw()
            return
        for kind, id in sorted(self.scope.changed | self.scope.touched):
            data = self._tables.get(kind, {}).get(id)
            if data is not None:
                yield kind, id, data

    def data(self, record: Record) -> dict[str, Any]:
        """Return a record's plain data, as its file has it."""
        found: dict[str, Any] = json.loads(self._tables[record.record_kind][record.id])
        return found

    def is_changed(self, path: str) -> bool:
        """Tell whether the file at a path, or one in the folder, is new or changed; without a scope nothing is."""
        return self.scope is not None and path in self._changed_paths

    @functools.cached_property
    def _changed_paths(self) -> frozenset[str]:
        if self.scope is None:
            return frozenset()
        changed = {*self.scope.paths, *(path_of(kind, id) for kind, id in self.scope.changed)}
        return frozenset(changed | {str(folder) for path in changed for folder in PurePosixPath(path).parents})

    @functools.cached_property
    def settings(self) -> Settings | None:
        """`registry.yaml`, or None when it is missing or broken."""
        return self.get(Settings, Settings.record_kind)

    @property
    def language(self) -> str:
        """The default language of the registry's texts."""
        return self.settings.language if self.settings else "en"

    @functools.cached_property
    def exceptions(self) -> Exceptions | None:
        """`exceptions.yaml`, or None when it is missing or broken."""
        return self.get(Exceptions, Exceptions.record_kind)

    @functools.cached_property
    def processes(self) -> Taxonomy:
        """What is narrower and broader than each process."""
        return taxonomy(self.all(Process))

    @functools.cached_property
    def materials(self) -> Taxonomy:
        """What is narrower and broader than each material."""
        return taxonomy(self.all(Material))

    @functools.cached_property
    def vocabulary(self) -> Vocabulary:
        """What words mean: processes, materials and competences by everything they are called."""
        return vocabulary(term for kind in TERMS for term in self.all(kind))

    @functools.cached_property
    def machine_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of machines by the id of the hub at which they stand."""
        found: dict[str, list[str]] = {}
        for id in self.ids(Machine):
            found.setdefault(id.rpartition("/")[0], []).append(id)
        return {hub: tuple(ids) for hub, ids in found.items()}

    def machines_of(self, hub: Hub) -> tuple[Machine, ...]:
        """Return the machines at a hub, each with what its model says."""
        ids = self.machine_ids.get(hub.id, ())
        return tuple(self.complete(machine) for id in ids if (machine := self.get(Machine, id)))

    def complete(self, machine: Machine) -> Machine:
        """Return a machine with what it inherits from its model; what the machine says wins."""
        known = self._completed.get(machine.id)
        if known is None:
            model = self.get(Model, machine.model) if machine.model else None
            known = machine if model is None else _inherited(machine, model)
            self._completed[machine.id] = known
        return known

    def shown(self, path: str) -> str:
        """Return the path of a file of the registry as people see it."""
        return self.elsewhere.told(self.prefix, path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the registry; b"" when it is gone."""
        try:
            return self.elsewhere.file(self.root, path).read_bytes()
        except OSError:
            return b""

    @functools.cached_property
    def locate(self) -> Locator:
        """What turns places into lines and columns."""
        return Locator(self)


class Locator:
    """Turns places into locations, reading each file exactly once and only when asked."""

    def __init__(self, registry: Registry) -> None:
        self._examine = functools.cache(lambda path: documents.examine(registry.read(path)))
        self._shown = registry.shown

    def __call__(self, place: Place) -> Location:
        """Return where a place is in its file; the whole file when that cannot be read."""
        exact = self._examine(place.path)
        if not exact.spans:
            return Location(self._shown(place.path))
        return Location(self._shown(place.path), *exact.find(place.keys, on_key=place.on_key))


def path_of(kind: str, id: str) -> str:
    """Return the path of a record, relative to the registry's folder."""
    folder = BY_NAME[kind].folder
    return f"{folder}/{id}.yaml" if folder else f"{id}.yaml"


def _inherited(machine: Machine, model: Model) -> Machine:
    """Return a machine with its model's facts where it has none of its own."""
    return replace(
        machine,
        name=machine.name or model.full_name,
        processes=machine.processes or model.processes,
        envelope_mm=machine.envelope_mm or model.envelope_mm,
        tolerance_mm=machine.tolerance_mm if machine.tolerance_mm is not None else model.tolerance_mm,
        materials=machine.materials or model.materials,
        power_w=machine.power_w if machine.power_w is not None else model.power_w,
        features={**model.features, **machine.features},
        throughput=machine.throughput or model.throughput,
    )
