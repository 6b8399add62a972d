"""References between records: each must lead to a record that is there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .. import words
from ..diagnostics import Finding, Key, Severity
from ..records import (
    Competence,
    Contract,
    Design,
    Hub,
    Machine,
    Material,
    Model,
    Network,
    Passport,
    Process,
    Recognition,
    Record,
    Request,
)
from ..registry import Registry
from .check import check

Keys = tuple[Key, ...]
Names = Callable[[Any], Iterable[tuple[Keys, str]]]  # a record → where it names which id
Sources = tuple[tuple[type[Record], Names], ...]


def _one(key: str) -> Names:
    return lambda record: [((key,), id) for id in (getattr(record, key),) if id]


def _list(key: str) -> Names:
    return lambda record: [((key, at), id) for at, id in enumerate(getattr(record, key))]


def _parts(key: str, inner: str) -> Names:
    return lambda record: [
        ((key, at, inner), id) for at, part in enumerate(getattr(record, key)) if (id := getattr(part, inner))
    ]


def _operations_require(design: Design) -> Iterator[tuple[Keys, str]]:
    for step, operation in enumerate(design.operations):
        for at, need in enumerate(operation.requires):
            yield ("operations", step, "requires", at, "competence"), need.competence


# Of each kind that is named: which records name it, and where.
SOURCES: Mapping[type[Record], Sources] = {
    Process: (
        (Hub, _list("processes")),
        (Machine, _list("processes")),
        (Model, _list("processes")),
        (Process, _list("broader")),
        (Process, _parts("substitutes", "process")),
        (Competence, _list("processes")),
        (Design, _parts("operations", "process")),
    ),
    Material: (
        (Machine, _parts("materials", "material")),
        (Model, _parts("materials", "material")),
        (Material, _list("broader")),
        (Design, _parts("operations", "material")),
    ),
    Competence: (
        (Machine, _parts("requires", "competence")),
        (Design, _operations_require),
        (Recognition, _one("competence")),
        (Passport, _parts("credentials", "competence")),
    ),
    Model: ((Machine, _one("model")), (Competence, _list("models"))),
    Hub: (
        (Recognition, _list("issuers")),
        (Recognition, lambda recognition: [((), recognition.hub)]),
        (Passport, _parts("credentials", "issuer")),
        (Request, _one("by")),
    ),
    Machine: ((Recognition, _list("excludes")),),
    Network: ((Hub, _list("networks")), (Recognition, _list("networks"))),
    Contract: ((Hub, _list("accepts")), (Request, _one("contract")), (Network, _one("charter"))),
    Design: ((Request, _one("design")), (Design, _parts("parts", "design"))),
}


class _Search:
    """The ids of a kind, searched only when one is not found."""

    def __init__(self, registry: Registry, kind: type[Record]) -> None:
        self.registry = registry
        self.kind = kind
        self.hint = functools.cache(self._hint)

    def finding(self, record: Record, keys: Keys, id: str) -> Finding:
        return Finding(record.at(*keys), f"no {self.kind.record_kind} is called `{id}`", self.hint(id))

    def _hint(self, id: str) -> str:
        if id in self._renamed:
            return f"it is now called `{self._renamed[id]}`"
        if meant := self.registry.vocabulary.resolve(self.kind, id):
            return f"that is `{meant}`"
        if near := words.closest(id, self._candidates(id)):
            return f"did you mean `{near}`?"
        return f"add {self.kind.folder}/{id}.yaml, or see `karakana find`"

    def _candidates(self, id: str) -> Iterable[str]:
        """Return the ids that share a folder or the last part with a missing one: comparing with all is slow."""
        if self.kind.depth == 1:
            return self.registry.ids(self.kind)
        folder, _, name = id.rpartition("/")
        ids = self.registry.ids(self.kind)
        return [known for known in ids if known.startswith(f"{folder}/") or known.endswith(f"/{name}")]

    @functools.cached_property
    def _renamed(self) -> Mapping[str, str]:
        return {old: record.id for record in self.registry.all(self.kind) for old in getattr(record, "formerly", ())}


def _dangling(registry: Registry, kind: type[Record]) -> Iterator[Finding]:
    """Yield a finding for each reference to a record of `kind` that is not there."""
    search = _Search(registry, kind)
    for source, names in SOURCES[kind]:
        for record in registry.each(source):
            for keys, id in names(record):
                if not registry.knows(kind, id):
                    yield search.finding(record, keys, id)


@check(Severity.ERROR)
def unknown_process(registry: Registry) -> Iterator[Finding]:
    """A record names a process that the taxonomy does not have.

    Ids of processes are the file names in `registry/processes`. If the word is missing there, add it in the
    same pull request: a file with a label and what it is a kind of.
    """
    yield from _dangling(registry, Process)


@check(Severity.ERROR)
def unknown_material(registry: Registry) -> Iterator[Finding]:
    """A record names a material that the taxonomy does not have.

    Ids of materials are the file names in `registry/materials`. If the word is missing there, add it in the
    same pull request: a file with a label and what it is a kind of.
    """
    yield from _dangling(registry, Material)


@check(Severity.ERROR)
def unknown_competence(registry: Registry) -> Iterator[Finding]:
    """A record names a competence that the registry does not have.

    Ids of competences are the file names in `registry/competences`. A machine, an operation, a recognition
    rule and a credential can only speak of a competence whose levels are written down there.
    """
    yield from _dangling(registry, Competence)


@check(Severity.ERROR)
def unknown_model(registry: Registry) -> Iterator[Finding]:
    """A record names a machine model that the registry does not have.

    The id of a model is its path below `registry/models`, such as `creality/ender-3`. A machine needs no
    model: leave the key out and say what the machine can do with `processes`.
    """
    yield from _dangling(registry, Model)


@check(Severity.ERROR)
def unknown_hub(registry: Registry) -> Iterator[Finding]:
    """A record names a hub that the registry does not have.

    The id of a hub is its path below `registry/hubs`, such as `gh/kumasi-hive`. The folder of a recognition
    rule is the id of the hub whose rule it is. A hub that was renamed is named by its new id.
    """
    yield from _dangling(registry, Hub)


@check(Severity.ERROR)
def unknown_machine(registry: Registry) -> Iterator[Finding]:
    """A recognition rule excludes a machine that the registry does not have.

    The id of a machine is its path below `registry/machines`, such as `gh/kumasi-hive/laser`. A misspelt
    id would exclude nothing.
    """
    yield from _dangling(registry, Machine)


@check(Severity.ERROR)
def unknown_network(registry: Registry) -> Iterator[Finding]:
    """A record names a network that the registry does not have.

    Ids of networks are the file names in `registry/networks`. A network is added there first, with its
    name and kind.
    """
    yield from _dangling(registry, Network)


@check(Severity.ERROR)
def unknown_contract_template(registry: Registry) -> Iterator[Finding]:
    """A record names a contract template that the registry does not have.

    The id of a template is its path below `registry/contracts`, with its version:
    `distributed-manufacturing/1`.
    """
    yield from _dangling(registry, Contract)


@check(Severity.ERROR)
def unknown_design(registry: Registry) -> Iterator[Finding]:
    """A record names a design that the registry does not have.

    Ids of designs are the file names in `registry/designs`. A request is for a design that is there, and a
    part with `source: design` is one of them.
    """
    yield from _dangling(registry, Design)


@check(Severity.ERROR)
def orphan_machine_folder(registry: Registry) -> Iterator[Finding]:
    """A folder of machines belongs to no hub.

    `machines/gh/kumasi-hive/` holds the machines of hub `gh/kumasi-hive`, and there is no such hub. Rename
    the folder, or add the hub. It is reported once, at the folder's first machine.
    """
    search = _Search(registry, Hub)
    seen: set[str] = set()
    for machine in registry.each(Machine):
        if machine.hub not in seen and not registry.knows(Hub, machine.hub):
            yield search.finding(machine, (), machine.hub)
        seen.add(machine.hub)
